"""What the command prints for many generated people is what docs/schema says, and means what docs/contract.md says; and the schemas refuse
what they should. assessment_schema_check.py COMMAND"""
import copy, json, pathlib, random, subprocess, sys

import jsonschema
from people import People

tests = pathlib.Path(__file__).resolve().parent
command = sys.argv[1]
chance = random.Random(20261124)
faults = []
severities = ["none", "minor", "moderate", "major", "contraindicated"]


def validator_of(name):
    schema = json.loads((tests.parent / f"docs/schema/{name}-1.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def run(*arguments, text=None):
    return subprocess.run([command, *arguments], input=text, capture_output=True, text=True, encoding="utf-8", timeout=60)


people = People(command, chance)
salts = [json.loads(file.read_text(encoding="utf-8")) for file in (tests.parent / "knowledge/salts").glob("*.json")]
excipients = [salt["name"] for salt in salts if not salt.get("counts_toward_limit", True)]  # what counts of one is less than it holds


def means_what_it_says(out, asked_least):
    verdict, findings = out["verdict"], out["findings"]
    at_least, at_most = (severities.index(verdict[key]) for key in ("at_least", "at_most"))
    levels = [severities.index(finding["severity"]) for finding in findings]
    yield "at_least is above at_most", at_least <= at_most
    yield "decided is not what the range says", verdict["decided"] == (at_least == at_most and not out["unrecognised"])
    yield "a clearance that the range does not bear", (verdict["clearance"] is not None) == (at_most == 0 and not out["unrecognised"])
    yield "findings out of order", [(-level, f["rule"]) for level, f in zip(levels, findings)] == sorted((-l, f["rule"]) for l, f in zip(levels, findings))
    yield "a finding above at_most", all(level <= at_most for level in levels)
    yield "a finding below --min-severity", all(level >= severities.index(asked_least) for level in levels)
    established = [level for level, finding in zip(levels, findings) if finding["status"] == "established"]
    yield "at_least is not the worst that is established", asked_least != "none" or max(established, default=0) == at_least
    reach = [severities.index(one["could_reach"]) for one in out["missing"]]
    yield "missing is not in the order of reach", reach == sorted(reach, reverse=True)
    counted = sum(one["per_day"]["low"] for one in out["intake"]["by_product"] if one["counts"])
    partly = any(name in one["product"] for name in excipients for one in out["intake"]["by_product"] if one["counts"])
    yield "the sum of the products is not the intake", abs(counted - out["intake"]["per_day"]["low"]) < 1e-4 or (
        partly and out["intake"]["per_day"]["low"] < counted)
    for part in [out["intake"]["per_day"], *(one[key] for one in out["intake"]["by_product"] for key in ("dose", "per_day"))]:
        yield "low is above high", part["high"] is None or part["low"] <= part["high"]


def check(name, text, validator):
    try:
        out = json.loads(text)
    except ValueError as fault:
        faults.append(f"{name}: {fault}")
        return None
    for error in validator.iter_errors(out):
        faults.append(f"{name}: {error.json_path}: {error.message[:200]}")
    return out


assessment = validator_of("assessment")
shapes, seen = {}, set()
calm = {"magnesia": "request/1", "medications": [], "patient": {"age": {"value": 40, "unit": "a"}, "sex": "male", "conditions": [],
        "labs": {"egfr": {"value": 90, "unit": "mL/min/{1.73_m2}"}}},
        "magnesium": [{"salt": "magnesium oxide", "amount": {"value": 450, "unit": "mg"}, "basis": "elemental", "times": ["12:00"]}]}
for number in range(150):
    person = calm if number == 0 else people.request()
    least = chance.choice(severities) if chance.random() < 0.3 else "none"
    options = ["--format", "json", "--min-severity", least, "--authority", chance.choice([*people.limits, "strictest"])]
    options += chance.sample(["--history-settles", "--record-is-complete", "--as-of=2026-11-24"], chance.randint(0, 3))
    done = run("check", "-", *options, text=json.dumps(person))
    if done.returncode != 0 or done.stderr:
        faults.append(f"person {number}: ended with {done.returncode}, {done.stderr[:300]}: {json.dumps(person)[:300]}")
        continue
    out = check(f"person {number}", done.stdout, assessment)
    if out is None:
        continue
    faults += [f"person {number}: {what}" for what, holds in means_what_it_says(out, least) if not holds]
    seen |= {out["verdict"]["at_most"], out["verdict"]["decided"], *(finding["status"] for finding in out["findings"])}

    def objects(part, path=()):
        if isinstance(part, dict):
            shapes.setdefault((*path, tuple(sorted(part))), (out, part))
        for key, item in part.items() if isinstance(part, dict) else ((None, item) for item in part) if isinstance(part, list) else ():
            objects(item, (*path, key))
    objects(out)

# The people reach what there is to reach, or the check above says little.
for expected in ["contraindicated", "major", "moderate", True, False, "established", "possible"]:
    if expected not in seen:
        faults.append(f"generated people: found {seen}, expected that {expected} occurs")

# Each shape of object refuses a key too much.
broken = 0
for (*_, keys), (whole, part) in shapes.items():
    if part is whole["derived"]:
        continue
    part["condtions"] = []
    if assessment.is_valid(whole):
        faults.append(f"assessment schema: found that an object of {keys} takes another key, expected a refusal")
    del part["condtions"]
    broken += 1

texts = ["500 mg magnesium oxide", "Magnesium (as magnesium bisglycinate) 200 mg", "magnesium sulfate heptahydrate 1 g", "Magnesium 100 mg"]
done = run("elemental", *texts, "--format", "json")
elemental = check("elemental", done.stdout, validator_of("elemental"))
if elemental and [item["text"] for item in elemental["items"]] != texts:
    faults.append("elemental: found other texts than were asked, expected one item each, in order")
for line in (tests / "conformance/error-1.jsonl").read_text(encoding="utf-8").splitlines():
    check("error-1.jsonl", line, validator_of("error"))

print(*faults[:40], sep="\n", end="\n" if faults else "")
print(f"{len(shapes)} shapes, {broken} broken on purpose, {len(faults)} faults")
sys.exit(bool(faults))
