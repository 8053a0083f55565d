"""The bibliography: every source is cited, every citation has its source, what is superseded is cited only beside its successor,
and every rule, limit, salt and fact has a source and a review date."""
import copy, json, pathlib, sys

root = pathlib.Path(__file__).resolve().parent.parent
knowledge = root / "knowledge"
stated = {"rule/1", "limit/1", "salt/1", "fact/1"}


def statements(part, place):
    """What says where it comes from, or should: (place, object)."""
    if isinstance(part, dict):
        if "sources" in part or "reviewed" in part or part.get("magnesia") in stated:
            yield place, part
        for key, item in part.items():
            if key == "rules":
                for index, rule in enumerate(item):
                    yield f"{place}/rules/{index}", rule
                    for name, inside in rule.items():
                        yield from statements(inside, f"{place}/rules/{index}/{name}")
            elif key != "sources":
                yield from statements(item, f"{place}/{key}")
    elif isinstance(part, list):
        for index, item in enumerate(part):
            yield from statements(item, f"{place}/{index}")


def faults_of(documents):
    """documents: by path."""
    faults, sources, cited = [], {}, set()
    for path, document in documents.items():
        if document["magnesia"] == "sources/1":
            for source in document["sources"]:
                if source["id"] in sources:
                    faults.append(f"{path}: found a second source {source['id']}, expected one")
                sources[source["id"]] = source
    successor = {name: source["superseded_by"] for name, source in sources.items() if "superseded_by" in source}
    for name in successor:
        seen, at = set(), name
        while at in successor and at not in seen:
            seen.add(at)
            at = successor[at]
        if at not in sources:
            faults.append(f"source {name}: found that it is superseded by {at}, expected the id of a source")
        elif at in seen:
            faults.append(f"source {name}: found successors in a circle, expected a newest one")
    for path, document in documents.items():
        if document["magnesia"] in ("sources/1", "texts/1"):
            continue
        for place, statement in statements(document, path + ":"):
            names = {one.get("source") for one in statement.get("sources", [])}
            if not names:
                faults.append(f"{place}: found no source, expected at least one")
            if not statement.get("reviewed"):
                faults.append(f"{place}: found no review date, expected one")
            for name in sorted(names - sources.keys()):
                faults.append(f"{place}: found the source {name}, which dangles, expected the id of one in knowledge/sources")
            for name in sorted(names & successor.keys()):
                if successor[name] not in names:
                    faults.append(f"{place}: found {name} cited without {successor[name]}, which supersedes it, expected both or the newer")
            cited |= names
    return faults + [f"source {name}: found that nothing cites it, expected a statement that does" for name in sorted(sources.keys() - cited)]


# That each fault is found: a small bibliography that is well, and one break of it a fault.
well = {
    "sources/a.json": {"magnesia": "sources/1", "sources": [{"id": "new"}, {"id": "old", "superseded_by": "new"}]},
    "rules/r.json": {"magnesia": "rule/1", "id": "r", "sources": [{"source": "old"}, {"source": "new"}], "reviewed": "2026-11-23"},
    "drugs/d.json": {"magnesia": "drug/1", "id": "d", "rules": [{"id": "i", "sources": [{"source": "new"}], "reviewed": "2026-11-23"}],
                     "no_interaction": {"note": "n", "sources": [{"source": "new"}], "reviewed": "2026-11-23"}},
    "limits/l.json": {"magnesia": "limit/1", "id": "l", "sources": [{"source": "new"}], "reviewed": "2026-11-23"},
    "salts/s.json": {"magnesia": "salt/1", "id": "s", "sources": [{"source": "new"}], "reviewed": "2026-11-23"}}
breaks = {
    "nothing cites it": lambda d: d["sources/a.json"]["sources"].append({"id": "unused"}),
    "dangles": lambda d: d["limits/l.json"]["sources"].append({"source": "absent"}),
    "cited without": lambda d: d["rules/r.json"]["sources"].pop(),
    "superseded by gone": lambda d: d["sources/a.json"]["sources"][1].update(superseded_by="gone"),
    "in a circle": lambda d: d["sources/a.json"]["sources"][0].update(superseded_by="old"),
    "a second source": lambda d: d["sources/a.json"]["sources"].append({"id": "new"}),
    "rules/0: found no source": lambda d: d["drugs/d.json"]["rules"][0].pop("sources"),
    "rules/0: found no review date": lambda d: d["drugs/d.json"]["rules"][0].pop("reviewed"),
    "limits/l.json:: found no review date": lambda d: d["limits/l.json"].pop("reviewed"),
    "salts/s.json:: found no source": lambda d: d["salts/s.json"].update(sources=[]),
    "salts/s.json:: found no review date": lambda d: (d["salts/s.json"].pop("reviewed"), d["salts/s.json"].pop("sources")),
    "no_interaction: found no review date": lambda d: d["drugs/d.json"]["no_interaction"].pop("reviewed")}
faults = [f"the well bibliography: {fault}" for fault in faults_of(well)]
for expected, break_it in breaks.items():
    broken = copy.deepcopy(well)
    break_it(broken)
    found = faults_of(broken)
    if not any(expected in fault for fault in found):
        faults.append(f"a bibliography broken on purpose: found {found}, expected a fault with '{expected}'")

documents = {path.relative_to(root).as_posix(): json.loads(path.read_text(encoding="utf-8")) for path in sorted(knowledge.rglob("*.json"))
             if path.parent.name != "schema" and not path.name.endswith(".cases.json")}
faults += faults_of(documents)
print(*faults, sep="\n", end="\n" if faults else "")
print(f"{len(documents)} documents, {len(breaks)} broken on purpose, {len(faults)} faults")
sys.exit(bool(faults) or not documents)
