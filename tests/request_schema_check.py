"""docs/schema/request-1.schema.json says of each case in conformance/request_format.json what the reader says (request_test.cpp reads
the same cases), except where the case is marked as beyond a schema's means."""
import json, pathlib, sys

import jsonschema

tests = pathlib.Path(__file__).resolve().parent
schema = json.loads((tests.parent / "docs/schema/request-1.schema.json").read_text(encoding="utf-8"))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
faults = []


def reaches(place, error):
    """Whether the schema found the fault at this place, or at the object that lacks the key or has it too much."""
    parts = place.split("/")[1:]
    for deeper in [error, *(error.context or [])]:
        found = [str(part) for part in deeper.absolute_path]
        if found in (parts, parts[:-1]) or (deeper.context and any(reaches(place, inner) for inner in deeper.context)):
            return True
    return False


cases = json.loads((tests / "conformance/request_format.json").read_text(encoding="utf-8"))["cases"]
for case in cases:
    errors = list(validator.iter_errors(case["request"]))
    expected = bool(case["faults"]) and not case.get("beyond_schema", False)
    if bool(errors) != expected:
        faults.append(f"{case['name']}: found {errors[0].message if errors else 'valid'}, expected {case['faults'] if expected else 'valid'}")
    for place in case["faults"] if expected else []:
        if errors and not any(reaches(place, error) for error in errors):
            faults.append(f"{case['name']}: found {[error.json_path for error in errors]}, expected {place}")
print("\n".join(faults) or f"{len(cases)} requests: schema and reader agree")
sys.exit(bool(faults))
