"""Every document under knowledge/ is valid by the schema of its kind (knowledge/schema/<kind>.schema.json), and the schemas are
worth that: a misspelt key anywhere in a document, or a statement without sources, is refused."""
import copy, json, pathlib, sys

import jsonschema

root = pathlib.Path(__file__).resolve().parent.parent
knowledge = root / "knowledge"
faults = []


def unique_keys(pairs):
    if len(dict(pairs)) < len(pairs):
        raise ValueError("found a key given twice, expected each key once: " + ", ".join(key for key, _ in pairs))
    return dict(pairs)


def read(path):
    try:
        return json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=unique_keys)
    except ValueError as fault:
        faults.append(f"{path.relative_to(root)}: {fault}")


# The schemas refer to one another by file name. Put together into one, they need no resolver.
def inlined(part, name):
    if isinstance(part, list):
        return [inlined(item, name) for item in part]
    if not isinstance(part, dict):
        return part
    part = {key: inlined(value, name) for key, value in part.items() if key != "$schema"}
    if isinstance(part.get("$ref"), str):
        file, _, pointer = part["$ref"].partition("#")
        part["$ref"] = f"#/$defs/{file or name}{pointer}"
    return part


files = sorted((knowledge / "schema").glob("*.schema.json"))
together = {file.name: inlined(read(file), file.name) for file in files}
Validator = jsonschema.Draft202012Validator
for file in files:
    Validator.check_schema(read(file))
validators = {name.removesuffix(".schema.json"): Validator({"$ref": f"#/$defs/{name}", "$defs": together}) for name in together}

folders = {"drugs/classes": "drug-class", "drugs": "drug", "conditions": "condition", "salts": "salt", "limits": "limit", "preferences": "preference",
           "titrations": "titration", "rules": "rule", "questions": "fact", "ranges": "ranges", "texts": "texts", "products": "product",
           "sources": "sources", "records": "record", ".": "pack"}
examples = {}  # by kind and shape: a document and the path of an object in it


def objects(part, path=()):
    if isinstance(part, dict):
        yield path
    for key, item in part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ():
        yield from objects(item, (*path, key))


def at(part, path):
    for key in path:
        part = part[key]
    return part


paths = sorted(path for path in knowledge.rglob("*.json") if path.parent != knowledge / "schema")
for path in paths:
    document = read(path)
    if document is None:
        continue
    place = path.relative_to(root)
    kind = str(document.get("magnesia", "")).removesuffix("/1") if isinstance(document, dict) else ""
    expected = "cases" if path.name.endswith(".cases.json") else folders.get(path.parent.relative_to(knowledge).as_posix())
    if kind != expected:
        faults.append(f"{place}: found the kind '{kind}', expected '{expected}' in this folder")
        continue
    errors = sorted(validators[kind].iter_errors(document), key=lambda error: error.json_path)
    for error in errors:
        deepest = jsonschema.exceptions.best_match([error])
        pointer = "/" + "/".join(map(str, deepest.absolute_path))
        faults.append(f"{place}: {pointer}: {deepest.message[:300]}")
    if not errors:
        for where in objects(document):
            if "request" not in where and where[:1] != ("texts",):  # a request has a schema of its own; texts have any key
                shape = tuple("[]" if isinstance(step, int) else step for step in where)
                examples.setdefault((kind, shape, "sources" in at(document, where)), (document, where))

for (kind, shape, has_sources), (document, where) in examples.items():
    name = kind + ": /" + "/".join(shape)
    broken = copy.deepcopy(document)
    at(broken, where)["condtions"] = []
    if validators[kind].is_valid(broken):
        faults.append(f"schema of {name}: found that it takes the key 'condtions', expected a refusal")
    if has_sources:
        broken = copy.deepcopy(document)
        at(broken, where).pop("sources")
        if validators[kind].is_valid(broken):
            faults.append(f"schema of {name}: found that it takes a statement without sources, expected a refusal")

print(*faults, sep="\n", end="\n" if faults else "")
print(f"{len(paths)} documents, {len(examples)} shapes broken on purpose, {len(faults)} faults")
sys.exit(bool(faults) or not paths)
