"""What `magnesia plan` prints for many generated days is what docs/schema/plan-1.schema.json says and keeps what was asked, `magnesia check`
finds nothing too close in it, and pictures and calendars are well formed; the schema refuses what it should. plan_schema_check.py COMMAND"""
import json, pathlib, random, re, subprocess, sys, xml.dom.minidom

import jsonschema

root = pathlib.Path(__file__).resolve().parent.parent
command = sys.argv[1]
chance = random.Random(20261125)
faults = []
schema = json.loads((root / "docs/schema/plan-1.schema.json").read_text(encoding="utf-8"))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)


def run(*arguments, text):
    return subprocess.run([command, *arguments], input=text, capture_output=True, text=True, encoding="utf-8", timeout=60)


def clock(minutes):
    return f"{minutes // 60:02}:{minutes % 60:02}"


def times():
    return [clock(chance.randrange(6 * 4, 23 * 4) * 15) for _ in range(chance.randint(1, 2))]


drugs = ["alendronate", "levothyroxine", "ciprofloxacin", "moxifloxacin", "doxycycline", "gabapentin", "rosuvastatin", "metformin", "warfarin",
         "digoxin", "sotorasib", "unheard-of <drug> & \u202e"]


def request():
    medications = []
    for drug in chance.sample(drugs, chance.randint(0, 4)):
        entry = {"drug": drug}
        if chance.random() < 0.85:
            entry["times"] = times()
        if chance.random() < 0.2:
            entry["times"] = entry.get("times", []) + [{"from": clock(chance.randrange(1440)), "to": clock(chance.randrange(1440))}]
        if chance.random() < 0.2:
            entry["days"] = chance.sample(["sun", "mon", "tue", "wed", "thu", "fri", "sat"], chance.randint(1, 3))
        if chance.random() < 0.4 and all(isinstance(time, str) for time in entry.get("times", [])):
            entry["may_move"] = chance.choice([True, {"from": "06:00", "to": "11:00"}, {"from": "20:00", "to": "02:00"}])
        medications.append(entry)
    magnesium = []
    for _ in range(chance.randint(1, 2)):
        entry = chance.choice([{"salt": "magnesium oxide", "amount": {"value": 400, "unit": "mg"}, "basis": "salt"},
                               {"label": "Magnesium (as magnesium bisglycinate) 100 mg per 2 capsules"},
                               {"salt": "magnesium citrate", "amount": {"value": 5, "unit": "mmol"}}])
        entry = dict(entry, times=times()) if chance.random() < 0.8 else dict(entry)
        if chance.random() < 0.3:
            entry["min_spacing"] = {"value": chance.choice([4, 8, 10]), "unit": "h"}
        if chance.random() < 0.3:
            entry["with_food"] = True
        if chance.random() < 0.2:
            entry["may_move"] = False
        magnesium.append(entry)
    return {"magnesia": "request/1", "patient": {"age": {"value": 50, "unit": "a"}, "sex": "male", "dialysis": False, "conditions": [],
                                                 "labs": {"egfr": {"value": 90, "unit": "mL/min/{1.73_m2}"}}},
            "medications": medications, "magnesium": magnesium,
            "day": {"wake": "06:30", "breakfast": "07:30", "lunch": "12:30", "dinner": "18:30", "bed": "22:30"}}


def entry_of(person, subject):
    kind, index = re.fullmatch(r"(\w+)\[(\d+)\]", subject).groups()
    return person[kind][int(index)]


def in_order(taken):
    return sorted(taken, key=json.dumps)


def keeps(person, out):
    """The planned times, put back into the request, break nothing that a check knows of."""
    again = json.loads(json.dumps(person))
    for doses in out["doses"]:
        entry = entry_of(again, doses["subject"])
        before = entry_of(person, doses["subject"])
        if not before.get("may_move", doses["subject"].startswith("magnesium")) and in_order(before["times"]) != in_order(doses["times"]):
            yield f"{doses['subject']} moved, although it may not"
        if doses["moved"] != ("times" in before and in_order(before["times"]) != in_order(doses["times"])):
            yield f"moved of {doses['subject']} is wrong"
        entry["times"] = doses["times"]
    changed = sum(len(doses["times"]) - sum(min(doses["times"].count(t), doses["was"].count(t)) for t in set(doses["was"]))
                  for doses in out["doses"] if doses["moved"])
    if changed != out["changes"]:
        yield f"{changed} changes, not {out['changes']}"
    if len({json.dumps(time) for doses in out["doses"] for time in doses["times"]}) != out["occasions"]:
        yield "occasions are counted wrong"
    for kept in out["because"]:
        if kept["has_h"] < kept["needs_h"]:
            yield f"{kept['window']} is broken"
    placed = {doses["subject"] for doses in out["doses"]}
    checked = json.loads(run("check", "-", "--format", "json", text=json.dumps(again)).stdout)
    drugs_placed = {entry_of(again, subject)["drug"] for subject in placed if subject.startswith("medications")}
    for finding in checked["findings"]:
        if finding["topic"] == "timing" and finding["severity"] != "none" and all(
                name.split("@")[0] in drugs_placed or name.split("@")[0] in placed for name in finding["subject"]):
            yield f"check finds {finding['rule']}"


shapes, seen = {}, {}
for number in range(120):
    person = request()
    text = json.dumps(person)
    done = run("plan", "-", "--format", "json", text=text)
    if done.returncode or done.stderr:
        faults.append(f"day {number}: ended with {done.returncode}, {done.stderr[:300]}: {text[:400]}")
        continue
    out = json.loads(done.stdout)
    for error in validator.iter_errors(out):
        faults.append(f"day {number}: {error.json_path}: {error.message[:200]}")
    seen[out["status"]] = seen.get(out["status"], 0) + 1
    if "offer" in out:
        seen[out["offer"]["kind"]] = 1
    if out["status"] == "impossible":
        if not out["conflicts"]:
            faults.append(f"day {number}: impossible, and nothing says why")
    else:
        faults += [f"day {number}: {what}: {text}" for what in keeps(person, out)]

    def objects(part, path=()):
        if isinstance(part, dict):
            shapes.setdefault((*path, tuple(sorted(part))), (out, part))
        for key, item in part.items() if isinstance(part, dict) else ((None, item) for item in part) if isinstance(part, list) else ():
            objects(item, (*path, key))
    objects(out)
    if number % 6 == 0:
        picture = run("plan", "-", "--format", "svg", text=text).stdout
        drawn = xml.dom.minidom.parseString(picture)
        if not drawn.getElementsByTagName("title") or not drawn.getElementsByTagName("desc"):
            faults.append(f"day {number}: found a picture without title or description")
        for doses in out["doses"]:
            for time in doses["times"]:
                time = time if isinstance(time, str) else f"{time['from']}-{time['to']}"
                if f">{time}<" not in picture:
                    faults.append(f"day {number}: found no dose at {time} in the picture")
        page = run("plan", "-", "--format", "html", text=text).stdout
        if "<svg" not in page and out["status"] != "impossible" or "<script" in page:
            faults.append(f"day {number}: found a page without its picture, or with a script")
        calendar = run("plan", "-", "--format", "ics", "--as-of", "2026-11-25", text=text).stdout
        lines = calendar.encode("utf-8").split(b"\n")
        if any(len(line) > 76 for line in lines):
            faults.append(f"day {number}: found a line of a calendar of more than 75 bytes")
        if calendar.count("BEGIN:VEVENT") != len({(json.dumps(t), tuple(d.get("days", ()))) for d in out["doses"] for t in d["times"]}):
            faults.append(f"day {number}: found another number of events than of occasions")

for expected in ["optimal", "impossible", "fewer-doses"]:
    if expected not in seen:
        faults.append(f"generated days: found {seen}, expected that {expected} occurs")
for (*_, keys), (whole, part) in shapes.items():
    part["condtions"] = []
    if validator.is_valid(whole):
        faults.append(f"plan schema: found that an object of {keys} takes another key, expected a refusal")
    del part["condtions"]

# A dose raised over days: planned or refused, as docs/schema/titration-1.schema.json says.
titrations = jsonschema.Draft202012Validator(json.loads((root / "docs/schema/titration-1.schema.json").read_text(encoding="utf-8")))
jsonschema.Draft202012Validator.check_schema(titrations.schema)
answers = {}
for number in range(120):
    person = request()
    person["medications"] = [] if chance.random() < 0.8 else person["medications"]
    person["purpose"] = chance.choice(["constipation", "hypomagnesaemia", "migraine", "no such purpose"])
    salt = chance.choice(["magnesium oxide", "magnesium aspartate", "magnesium citrate"])
    person["magnesium"] = chance.choice([[], [{"salt": salt, "doses_per_day": 2}], [{"salt": salt, "times": ["20:00"]}], [{"salt": salt}] * 2])
    person["patient"]["age"]["value"] = chance.choice([10, 17, 18, 50, 50, 50])
    person["patient"]["labs"]["egfr"]["value"] = chance.choice([25, 59, 90, 90, 90])
    authority = chance.choice(["us-nasem", "efsa", "cn-cns", "strictest"])
    done = run("plan", "-", "--titrate", "--format", "json", "--authority", authority, text=json.dumps(person))
    if done.returncode or done.stderr:
        faults.append(f"titration {number}: ended with {done.returncode}, {done.stderr[:300]}")
        continue
    out = json.loads(done.stdout)
    for error in titrations.iter_errors(out):
        faults.append(f"titration {number}: {error.json_path}: {error.message[:200]}")
    answers[out.get("refused", {}).get("because", "planned")] = out
    for before, step in zip([None, *out.get("steps", [])], out.get("steps", [])):
        if step["per_day"]["value"] > min(out["ceiling"]["value"], out["source_most"]["value"]) + 1e-6:
            faults.append(f"titration {number}: found a step above its ceiling")
        if before and (step["day"] - before["day"] < out["interval_days"] or step["per_day"]["value"] <= before["per_day"]["value"]):
            faults.append(f"titration {number}: found steps that do not rise in their time")
    page = run("plan", "-", "--titrate", "--format", "text", "--authority", authority, text=json.dumps(person)).stdout
    if not page or "{" in page:
        faults.append(f"titration {number}: found a placeholder in its text, or none")
for expected in ["planned", "unsourced", "purpose", "product", "person", "limit", "forbidden"]:
    if expected not in answers:
        faults.append(f"generated titrations: found {sorted(answers)}, expected that {expected} occurs")
for out in answers.values():
    out["condtions"] = []
    if titrations.is_valid(out):
        faults.append("titration schema: found that it takes another key, expected a refusal")

print(*faults[:40], sep="\n", end="\n" if faults else "")
print(f"{seen}, {len(shapes)} shapes, {len(faults)} faults")
sys.exit(bool(faults))
