"""What `check --format fhir` and `plan --format fhir` print for the examples and for many generated people says what the JSON says, and the
bundles are written to FOLDER, for tests/fhir_validate to look at. fhir_out_check.py COMMAND FOLDER"""
import json, pathlib, random, re, subprocess, sys

from people import People

tests = pathlib.Path(__file__).resolve().parent
command, folder = sys.argv[1], pathlib.Path(sys.argv[2])
folder.mkdir(parents=True, exist_ok=True)
chance = random.Random(20261126)
people = People(command, chance)
faults = []
severities = ["none", "minor", "moderate", "major", "contraindicated"]
high = {"contraindicated": "high", "major": "high", "moderate": "moderate", "minor": "low", "none": None}


def run(verb, text, *options):
    done = subprocess.run([command, verb, "-", *options], input=text, capture_output=True, text=True, encoding="utf-8", timeout=60)
    return done.stdout if done.returncode == 0 else None


def of_type(bundle, kind):
    return [entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == kind]


def says_the_same(bundle, out):
    """The Bundle against the assessment in JSON."""
    verdict = out["verdict"]
    (guidance,), (parameters,) = of_type(bundle, "GuidanceResponse"), of_type(bundle, "Parameters")
    notes = [note["text"] for note in guidance["note"]]
    status = "data-required" if not verdict["decided"] else "data-requested" if out["missing"] else "success"
    yield "status", guidance["status"] == status
    yield "headline", verdict["headline"] in notes
    yield "notice", out["notice"] in notes and out["notice"] in guidance["text"]["div"]
    yield "clearance", [note for note in notes if note.startswith("No concern was found.")] == ([verdict["clearance"]] if verdict["clearance"] else [])
    asked = [extension["valueCode"] for need in guidance.get("dataRequirement", []) for extension in need["extension"] if extension["url"] == "urn:magnesia:fact"]
    yield "dataRequirement", asked == [one["fact"] for one in out["missing"]]
    yield "every needed fact has a place", all(need["type"] != "Basic" and need["mustSupport"] for need in guidance.get("dataRequirement", []))
    yield "day", guidance.get("occurrenceDateTime") == out["as_of"]
    yield "knowledge", out["knowledge"]["sha256"] in guidance["moduleCodeableConcept"]["text"]
    told = {one["name"]: one for one in parameters["parameter"]}
    yield "range", (told["at-least"]["valueCode"], told["at-most"]["valueCode"]) == (verdict["at_least"], verdict["at_most"])
    yield "decided", told["decided"]["valueBoolean"] == verdict["decided"]
    issues = of_type(bundle, "DetectedIssue")
    yield "rules", [issue["identifier"][0]["value"] for issue in issues] == [finding["rule"] for finding in out["findings"]]
    for issue, finding in zip(issues, out["findings"]):
        yield f"{finding['rule']}: severity", issue.get("severity") == high[finding["severity"]]
        yield f"{finding['rule']}: finer severity", issue["extension"][0]["valueCode"] == finding["severity"]
        yield f"{finding['rule']}: status", issue["status"] == ("final" if finding["status"] == "established" else "preliminary")
        yield f"{finding['rule']}: message", finding["message"] in issue["detail"]
        yield f"{finding['rule']}: action", issue["mitigation"][0]["action"]["text"] == finding["action"]
        evidence = issue.get("evidence", [])
        yield f"{finding['rule']}: basis and sources", len(evidence) == len(finding["because"]) + len(finding["sources"])
        cited = [one["code"][0]["coding"][0]["code"] for one in evidence[len(finding["because"]):]]
        yield f"{finding['rule']}: sources", cited == [source["id"] for source in finding["sources"]]
        yield f"{finding['rule']}: only what is possible says so", (out_text["fhir.possible"] in issue["detail"]) == (finding["status"] == "possible")
    outcomes = of_type(bundle, "OperationOutcome")
    unread = [issue["diagnostics"] for outcome in outcomes for issue in outcome["issue"] if issue["code"] == "not-supported"]
    yield "unrecognised", unread == [f"{one['path']}: {one['text']}" for one in out["unrecognised"]]


def plans_the_same(bundle, plan):
    doses = of_type(bundle, "MedicationRequest") + of_type(bundle, "MedicationStatement")
    yield "doses", len(doses) == len(plan["doses"])
    written = sorted((tuple(time[:5] for time in (one.get("dosageInstruction") or one["dosage"])[0].get("timing", {}).get("repeat", {}).get("timeOfDay", [])),
                      one["resourceType"]) for one in doses)
    told = [[] if any(isinstance(time, dict) for time in one["times"]) else one["times"] for one in plan["doses"]]
    yield "times", written == sorted((tuple(times), "MedicationRequest" if one["moved"] else "MedicationStatement")
                                     for times, one in zip(told, plan["doses"]))
    told = [issue["details"]["text"] for outcome in of_type(bundle, "OperationOutcome") for issue in outcome["issue"]]
    yield "conflicts", all(conflict["message"] in told for conflict in plan["conflicts"])
    yield "unplanned", all(one["message"] in told for one in plan["unplanned"])


out_text = json.loads((tests.parent / "knowledge/texts/en.json").read_text(encoding="utf-8"))["texts"]
requests = [path.read_text(encoding="utf-8") for path in sorted((tests.parent / "examples/people").glob("*.json"))]
if not requests:
    faults.append("examples/people: found no file, expected some")
examples = len(requests)
requests += [json.dumps(people.request()) for _ in range(250)]
checked, planned, seen = 0, 0, set()
with open(folder / "check.ndjson", "w", encoding="utf-8") as checks, open(folder / "plan.ndjson", "w", encoding="utf-8") as plans:
    for number, request in enumerate(requests):
        options = chance.sample(["--record-is-complete", "--as-of=2026-11-25"], chance.randint(0, 2))
        options += ["--min-severity", chance.choice(severities)] if chance.random() < 0.2 else []
        bundle, out = run("check", request, "--format", "fhir", *options), run("check", request, "--format", "json", *options)
        if bundle is None or out is None:
            faults.append(f"request {number}: found an error, expected an answer")
            continue
        if bundle != run("check", request, "--format", "fhir", *options):
            faults.append(f"request {number}: found other bytes the second time, expected the same")
        checks.write(bundle)
        checked += 1
        bundle, out = json.loads(bundle), json.loads(out)
        seen |= {of_type(bundle, "GuidanceResponse")[0]["status"], out["verdict"]["clearance"] is not None}
        faults += [f"request {number}: {what}" for what, holds in says_the_same(bundle, out) if not holds]
        if number < examples or number % 3 == 0:
            bundle, plan = run("plan", request, "--format", "fhir"), run("plan", request, "--format", "json")
            if bundle is None or plan is None:
                continue  # a plan may be refused: too many doses that may move
            plans.write(bundle)
            planned += 1
            faults += [f"plan of request {number}: {what}" for what, holds in plans_the_same(json.loads(bundle), json.loads(plan)) if not holds]

for expected in ["data-required", "data-requested", False]:
    if expected not in seen:
        faults.append(f"generated people: found {seen}, expected that {expected} occurs")
print(*faults[:40], sep="\n", end="\n" if faults else "")
print(f"{checked} checked, {planned} planned, {len(faults)} faults")
sys.exit(bool(faults))
