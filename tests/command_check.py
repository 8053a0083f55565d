"""The command as people meet it: exit codes, where output and complaints go, options, formats, completion. command_check.py COMMAND"""
import base64, hashlib, json, os, pathlib, pty, re, shutil, subprocess, sys, tempfile

root = pathlib.Path(__file__).resolve().parent.parent
command = sys.argv[1]
ann = str(root / "examples/people/ann.json")
folder = pathlib.Path(tempfile.mkdtemp())
faults, checked = [], 0


def run(*arguments, text=None, env=None, stdout=subprocess.PIPE):
    return subprocess.run([command, *arguments], input=text, stdout=stdout, stderr=subprocess.PIPE, timeout=60,
                          text=True, encoding="utf-8", env={**os.environ, **(env or {})})


def expect(what, found, expected):
    global checked
    checked += 1
    if found != expected:
        faults.append(f"{what}: found {found!r:.300}, expected {expected!r:.300}")


def complains(what, done, code, *words):
    expect(f"{what}: exit code", done.returncode, code)
    expect(f"{what}: standard output", done.stdout, "")
    expect(f"{what}: says who speaks", done.stderr.startswith("magnesia: "), True)
    for word in (*words, "expected"):
        expect(f"{what}: {word!r} in {done.stderr[:300]!r}", word in done.stderr, True)


def write(name, content):
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return str(path)


def person(**members):
    return {"magnesia": "request/1", "patient": {}, **members}


# Answers, whatever the verdict, are 0; what --fail-at names is 1.
done = run("check", ann)
expect("check: exit code", (done.returncode, done.stderr), (0, ""))
answer = json.loads(done.stdout)
expect("check: json where no terminal is", answer["magnesia"], "assessment/1")
expect("check: ends with a line end", done.stdout.endswith("}\n"), True)
expect("check -", run("check", "-", text=pathlib.Path(ann).read_text(encoding="utf-8")).stdout, done.stdout)
expect("the same bytes again", run("check", ann, env={"LC_ALL": "de_DE.UTF-8", "TZ": "Asia/Tokyo"}).stdout, done.stdout)
order = ["none", "minor", "moderate", "major", "contraindicated"]
for severity in order:
    reached = order.index(answer["verdict"]["at_most"]) >= order.index(severity)
    failed = run("check", ann, "--fail-at", severity)
    expect(f"--fail-at {severity}", failed.returncode, int(reached))
    expect(f"--fail-at {severity}: answers all the same", failed.stdout, done.stdout)
nothing = write("nothing.json", person(medications=[], magnesium=[], patient={
    "age": {"value": 30, "unit": "a"}, "sex": "male", "dialysis": False, "conditions": [], "labs": {"egfr": {"value": 100, "unit": "mL/min/{1.73_m2}"}}}))
expect("--fail-at minor, nothing taken", run("check", nothing, "--fail-at", "minor").returncode, 0)
expect("nothing taken: a clearance", json.loads(run("check", nothing).stdout)["verdict"]["clearance"] is not None, True)

# Input that cannot be read is 2, with file, place, found and expected.
complains("a misspelt key", run("check", write("misspelt.json", '{"magnesia": "request/1", "patient": {"condtions": []}}')), 2,
          "misspelt.json", "/patient/condtions", "found", "conditions")
complains("two faults", run("check", write("two.json", person(patient={"condtions": [], "sexx": "male"}))), 2, "condtions", "sexx")
complains("no JSON", run("check", write("broken.json", "{")), 2, "broken.json")
complains("an empty file", run("check", write("empty.json", "")), 2, "empty.json")
complains("a unit of another kind", run("check", "-", text=json.dumps(person(patient={"labs": {"egfr": {"value": 41, "unit": "mg"}}}))), 2,
          "standard input", "/patient/labs/egfr/unit", '"mg"')
complains("an impossible age", run("check", "-", text=json.dumps(person(patient={"age": {"value": 300, "unit": "a"}}))), 2, "/patient/age", "300 a", "125 a")
oxide = {"salt": "magnesium oxide", "times": ["12:00"]}
complains("a tablet of 40 g", run("check", "-", text=json.dumps(person(magnesium=[oxide | {"amount": {"value": 40, "unit": "g"}}]))), 2,
          "/magnesium/0/amount", "40000 mg", "35000 mg")
complains("millimoles where milligrams were meant", run("check", "-", text=json.dumps(person(magnesium=[oxide | {"amount": {"value": 400, "unit": "mmol"}}]))),
          2, "/magnesium/0/amount", "9722 mg of magnesium (400 mmol)", "5000 mg")
expect("the largest dose that a monograph knows", run("check", "-", text=json.dumps(person(magnesium=[
    {"salt": "magnesium sulfate heptahydrate", "basis": "salt", "amount": {"value": 30, "unit": "g"}}]))).returncode, 0)
complains("a missing file", run("check", str(folder / "absent.json")), 2, "absent.json")
complains("a folder", run("check", str(folder)), 2, str(folder))
complains("no file", run("check"), 2, "check")
complains("two files", run("check", ann, ann), 2, "2 files")
big = folder / "big.json"
with big.open("wb") as file:
    file.truncate(1 << 30)
complains("1 GiB", run("check", str(big)), 2, "big.json", "1073741824 bytes")
complains("a steering character in a file's name", run("check", str(folder / "a\x1b[31m.json")), 2, "\ufffd")

# The command line itself.
complains("no verb", run(), 2, "check")
complains("an unknown verb", run("chekc"), 2, '"chekc"', "check, plan, elemental, knowledge")
complains("an unknown format", run("check", ann, "--format", "xml"), 2, "--format", '"xml"', "text, json, html")
complains("an unknown option", run("check", ann, "--colour"), 2, '"--colour"', "--format")
complains("an unknown severity", run("check", ann, "--fail-at", "bad"), 2, "--fail-at", "contraindicated")
complains("an option without its value", run("check", ann, "--format"), 2, "--format")
complains("an option twice", run("check", ann, "--format", "json", "--format=text"), 2, "--format")
complains("a value too much", run("check", ann, "--history-settles=yes"), 2, "--history-settles")
complains("an unknown authority", run("check", ann, "--authority", "who"), 2, "--authority: found who", "us-nasem")
for day in ["2026-02-29", "2026-2-9", "24.11.2026", "2026-11-24T", "0000-00-00", "+026-11-24"]:
    complains(f"--as-of {day}", run("check", ann, "--as-of", day), 2, "--as-of", day)
expect("--as-of", json.loads(run("check", ann, "--as-of", "2024-02-29").stdout)["as_of"], "2024-02-29")
expect("--name=value", run("check", "--format=json", ann).stdout, done.stdout)
expect("-- ends options", run("check", "--", ann).stdout, done.stdout)

# Findings that are left out are counted.
part = json.loads(run("check", ann, "--min-severity", "major").stdout)
expect("--min-severity", {finding["severity"] for finding in part["findings"]} <= {"major", "contraindicated"}, True)
expect("--min-severity counts", part["left_out"] + len(part["findings"]), len(answer["findings"]))
expect("--min-severity leaves some out", part["left_out"] > 0, True)
expect("--min-severity keeps the verdict", part["verdict"], answer["verdict"])
expect("--min-severity in text", f"{part['left_out']}." in run("check", ann, "--format", "text", "--min-severity", "major").stdout, True)
uk = json.loads(run("check", ann, "--authority", "uk-evm").stdout)["intake"]
expect("--authority", (uk["authority"]["id"], uk["limit"] and uk["limit"]["authority"]), ("uk-evm", "uk-evm"))

# What only a policy brings.
healthy = write("healthy.json", person(medications=[], patient={"age": {"value": 40, "unit": "a"}, "sex": "male", "dialysis": False, "conditions": []},
                                       magnesium=[{"salt": "magnesium oxide", "amount": {"value": 200, "unit": "mg"}, "basis": "salt", "times": ["21:00"]}]))
plain, settled = (json.loads(run("check", healthy, *more).stdout) for more in ([], ["--history-settles"]))
expect("without --history-settles", (plain["settled"], [one["fact"] for one in plain["missing"]][:1]), ([], ["egfr"]))
expect("without it severe impairment is possible", plain["verdict"]["at_most"], "contraindicated")
expect("--history-settles", [one["fact"] for one in settled["settled"]], ["egfr"])
expect("--history-settles rules severe impairment out", [f["rule"] for f in settled["findings"] if f["rule"] == "renal.severe-impairment"], [])
record = json.loads(pathlib.Path(healthy).read_text(encoding="utf-8")) | {"medications": {"at_least": []}}
open_list, closed = (json.loads(run("check", "-", *more, text=json.dumps(record)).stdout) for more in ([], ["--record-is-complete"]))
expect("an open list", "medications" in [one["fact"] for one in open_list["missing"]], True)
expect("--record-is-complete", "medications" in [one["fact"] for one in closed["missing"]], False)

# Text: width, no colour in a pipe; colour on a terminal unless NO_COLOR is set.
text = run("check", ann, "--format", "text").stdout
expect("text: at most 80 columns", [line for line in text.splitlines() if len(line) > 80], [])
expect("text: no escape sequence", "\x1b" in text, False)
expect("text: ends with a line end", text.endswith("\n"), True)
for finding in answer["findings"]:
    for sentence in (finding["message"], finding["action"], finding["rule"]):
        expect(f"text has {sentence[:40]!r}", "".join(sentence.split()) in "".join(text.split()), True)
for one in answer["missing"]:
    expect(f"text asks {one['question']!r}", "".join(one["question"].split()) in "".join(text.split()), True)


def on_terminal(*arguments, env):
    master, slave = pty.openpty()
    done = run(*arguments, env=env, stdout=slave)
    os.close(slave)
    seen = b""
    try:
        while chunk := os.read(master, 65536):
            seen += chunk
    except OSError:  # the other end is closed
        pass
    os.close(master)
    return done.returncode, seen.decode()


short = ("check", nothing)
code, seen = on_terminal(*short, env={"TERM": "xterm", "NO_COLOR": ""})
expect("terminal: text in colour", (code, "\x1b[" in seen, seen.startswith("{")), (0, True, False))
expect("terminal: NO_COLOR", "\x1b" in on_terminal(*short, env={"TERM": "xterm", "NO_COLOR": "1"})[1], False)
expect("terminal: dumb", "\x1b" in on_terminal(*short, env={"TERM": "dumb", "NO_COLOR": ""})[1], False)
if os.path.exists("/dev/full"):
    with open("/dev/full", "w") as full:
        done_full = run("check", ann, stdout=full)
    expect("a full disk", (done_full.returncode, "standard output" in done_full.stderr), (2, True))

# What a user wrote steers neither a terminal nor a browser.
evil = "<script>alert(1)</script>\x1b[31m\u202e\"&'"
done_evil = json.dumps(person(medications=[{"drug": evil}], magnesium=[{"label": evil, "times": ["08:00"]}, {"salt": evil}]))
page = run("check", "-", "--format", "html", text=done_evil).stdout
expect("html: no script", "<script" in page.lower(), False)
expect("html: escaped", "&lt;script&gt;" in page, True)
for form in ("text", "html"):
    shown = run("check", "-", "--format", form, text=done_evil).stdout
    expect(f"{form}: no steering character", [c for c in shown if c in "\x1b\u202e"], [])
expect("json: what was written", json.loads(run("check", "-", text=done_evil).stdout)["unrecognised"][0]["text"], evil)

# A FHIR record is recognised by itself.
maria = str(root / "examples/people/maria.fhir.json")
record = run("check", maria, "--as-of", "2026-11-25")
fhir = json.loads(record.stdout)
expect("fhir: the verdict of its eGFR", (record.returncode, fhir["verdict"]["at_least"]), (0, "contraindicated"))
expect("fhir: nothing left over", (record.stderr, fhir["unrecognised"]), ("", []))
expect("fhir: its magnesium", [one["product"] for one in fhir["intake"]["by_product"]], ["magnesium oxide"])
undated = run("check", maria)
expect("fhir: without a day the age is not known", "age" in {one["fact"] for one in json.loads(undated.stdout)["missing"]}, True)
expect("fhir: nor the eGFR", json.loads(undated.stdout)["derived"], {})
for place in ("/entry/0/resource/birthDate", "/entry/2/resource"):
    expect(f"fhir: without a day {place} is named", f"maria.fhir.json: {place}: " in undated.stderr, True)
bundle = json.loads(pathlib.Path(maria).read_text(encoding="utf-8"))
bundle["entry"][3]["resource"]["medicationCodeableConcept"] = {"text": "Moonstone 5 MG"}
unread = json.loads(run("check", "-", "--as-of", "2026-11-25", "--record-is-complete", text=json.dumps(bundle)).stdout)
expect("fhir: what nobody knows", [(one["path"], one["kind"]) for one in unread["unrecognised"]], [("/entry/3/resource/medicationCodeableConcept", "medication")])
expect("fhir: is not decided", unread["verdict"]["decided"], False)
shown = run("check", "-", "--as-of", "2026-11-25", "--format", "text", text=json.dumps(bundle)).stdout
expect("fhir: in text with its place", "/entry/3/resource/medicationCodeableConcept" in "".join(shown.split()), True)
bundle["entry"].append({"resource": {"resourceType": "Patient", "id": "other"}})
complains("fhir: two patients", run("check", "-", "--as-of", "2026-11-25", text=json.dumps(bundle)), 2, "/entry/5/resource", "one patient")
named = run("check", "-", "--as-of", "2026-11-25", "--patient", "maria", text=json.dumps(bundle))
expect("fhir: --patient", (named.returncode, json.loads(named.stdout)["verdict"]["at_least"]), (0, "contraindicated"))
complains("fhir: no such patient", run("check", "-", "--patient", "nobody", text=json.dumps(bundle)), 2, "nobody")
complains("fhir: no resource type", run("check", "-", text='{"resourceType": 7}'), 2, "/resourceType", "a resource of FHIR R4")
planned = json.loads(run("plan", maria, "--as-of", "2026-11-25", "--format", "json").stdout)
expect("fhir: plan", planned["magnesia"], "plan/1")

# --knowledge: a folder instead of what is built in; packs over it; faults are 3.
expect("--knowledge FOLDER", json.loads(run("check", ann, "--knowledge", str(root / "knowledge")).stdout)["findings"], answer["findings"])
overlay = write("overlay.json", {"magnesia": "pack/1", "id": "st-elsewhere", "version": "3", "date": "2026-11-23", "documents": [
    {"magnesia": "change/1", "id": "gabapentin-up", "rule": "interaction.gabapentin", "severity": "major", "because": "A local incident."}]})
over = json.loads(run("check", ann, "--knowledge", "embedded", "--knowledge", overlay).stdout)
expect("overlay: severity", {f["severity"] for f in over["findings"] if f["rule"] == "interaction.gabapentin"}, {"major"})
expect("overlay: named", ["st-elsewhere 3" in one for one in over["knowledge"]["overlays"]], [True])
expect("overlay in text", "st-elsewhere 3" in run("check", ann, "--knowledge", "embedded", "--knowledge", overlay, "--format", "text").stdout, True)
milder = write("milder.json", {"magnesia": "pack/1", "id": "bad", "version": "1", "date": "2026-11-23", "documents": [
    {"magnesia": "change/1", "id": "down", "rule": "interaction.levothyroxine", "severity": "minor", "because": "We would rather not."}]})
complains("an overlay that is milder", run("check", ann, "--knowledge", "embedded", "--knowledge", milder), 3, "milder.json")
complains("an overlay alone", run("check", ann, "--knowledge", overlay), 3, "overlay.json")
complains("a pack that is not there", run("check", ann, "--knowledge", str(folder / "no-pack")), 3, "no-pack")
complains("a pack that is no JSON", run("check", ann, "--knowledge", write("pack.json", "nonsense")), 3, "pack.json")

# knowledge: list, show, find, sources
def fits(what, text):
    expect(f"{what}: at most 80 columns", [line for line in text.splitlines() if len(line) > 80], [])


listed = run("knowledge", "list").stdout
expect("knowledge list", bool(re.search(r"^drug +levothyroxine +levothyroxine$", listed, re.MULTILINE)), True)
fits("knowledge list", listed)
kinds = sorted(set(re.findall(r"^([a-z-]+) ", listed, re.MULTILINE)))
expect("knowledge list: kinds", set(kinds) >= {"condition", "drug", "drug-class", "fact", "limit", "ranges", "rule", "salt", "source"}, True)
for kind in kinds:
    only = run("knowledge", "list", kind).stdout
    expect(f"knowledge list {kind}", bool(only) and all(line.startswith((kind + " ", "    ")) for line in only.splitlines()), True)
    plural = {"drug-class": "drug-classes", "ranges": "ranges"}.get(kind, kind + "s")
    expect(f"knowledge list {plural}", run("knowledge", "list", plural).stdout, only)
expect("knowledge list classes", run("knowledge", "list", "classes").stdout, run("knowledge", "list", "drug-class").stdout)
expect("knowledge list questions", run("knowledge", "list", "questions").stdout, run("knowledge", "list", "fact").stdout)
expect("knowledge list, two kinds", len(run("knowledge", "list", "salts", "limits").stdout.splitlines()) >= 60, True)
complains("knowledge list, no such kind", run("knowledge", "list", "dragons"), 2, '"dragons"', "drug")
shown = run("knowledge", "show", "levothyroxine", "--format", "json")
expect("knowledge show a drug as written", json.loads(shown.stdout)["id"], "levothyroxine")
rule = run("knowledge", "show", "interaction.levothyroxine").stdout
expect("knowledge show a rule: its words first", rule.splitlines()[2], "interaction.levothyroxine: major, timing")
expect("knowledge show a rule: its window", "4 h before or 4 h after magnesium" in rule, True)
files = [json.loads(path.read_text(encoding="utf-8")) for path in (root / "knowledge/sources").glob("*.json")]
source = next(one for file in files for one in file["sources"] if one["id"] == "label.levothyroxine")
for part in (source["title"], source["publisher"], str(source["year"]), source["grade"], "(confirmed)", "antacids"):
    expect(f"knowledge show: sources in full: {part}", "".join(part.split()) in "".join(rule.split()), True)
for name in ("levothyroxine", "magnesium-citrate", "us-nasem", "kidney-disease", "egfr", "label.levothyroxine", "inputs", "renal.severe-impairment"):
    own = run("knowledge", "show", name)
    expect(f"knowledge show {name}", (own.returncode, own.stderr), (0, ""))
    fits(f"knowledge show {name}", own.stdout)
both = run("knowledge", "show", "pregnancy").stdout
expect("knowledge show, a condition and a fact of one id", ("condition pregnancy\n" in both, "fact pregnancy\n" in both), (True, True))
unread = write("unread.json", {"magnesia": "pack/1", "id": "unread", "version": "1", "date": "2026-11-23", "documents": [
    {"magnesia": "rule/1", "id": "test.unread", "topic": "data", "severity": "minor", "scope": "person", "message": "M.", "action": "A.",
     "sources": [{"source": "label.levothyroxine", "locator": "somewhere", "confirmed": False}], "reviewed": "2026-11-23"}]})
over_it = ("--knowledge", "embedded", "--knowledge", unread)
expect("knowledge show: not confirmed", "NOT confirmed" in run("knowledge", "show", "test.unread", *over_it).stdout, True)
complains("knowledge show, unknown", run("knowledge", "show", "levothyroxin"), 2, '"levothyroxin"', "find")
complains("knowledge show, two", run("knowledge", "show", "iron", "zinc"), 2, "one id")
complains("--format of another", run("knowledge", "list", "--format", "json"), 2, "--format", "knowledge show")
for text, first in (("Synthroid", "drug"), ("E03.9", "condition"), ("rxnorm 10582", "drug"), ("H03AA01", "drug"), ("RHO26O1T9V", "salt"), ("iron", "drug")):
    found = run("knowledge", "find", text)
    expect(f"knowledge find {text}", (found.returncode, found.stdout.split()[0]), (0, first))
    fits(f"knowledge find {text}", found.stdout)
expect("knowledge find: a code below", "lies below icd10cm E03" in run("knowledge", "find", "E03.9").stdout, True)
complains("knowledge find, nothing known", run("knowledge", "find", "dragon scales"), 2, '"dragon scales"', "nothing is known")
complains("knowledge find, no text", run("knowledge", "find"), 2, "one text")
complains("knowledge find, two texts", run("knowledge", "find", "a", "b"), 2, "one text")
bibliography = run("knowledge", "sources").stdout
fits("knowledge sources", bibliography)
expect("knowledge sources", "(guideline)" in bibliography, True)
for file in files:
    for one in file["sources"]:
        expect(f"knowledge sources: {one['id']}", f"\n{one['id']} (" in "\n" + bibliography, True)
counts = dict(re.findall(r"^  (\w+) +(\d+)$", bibliography, re.MULTILINE))
grades = ["label", "authority", "guideline", "trial", "observational", "expert", "consumer", "unconfirmed"]
expect("knowledge sources: grades", list(counts), [*grades, "all"])
expect("knowledge sources: sum", sum(int(counts[grade]) for grade in grades), int(counts["all"]))
expect("knowledge sources: none without", bibliography.endswith("none of them without a source\n"), True)
more = dict(re.findall(r"^  (\w+) +(\d+)$", run("knowledge", "sources", *over_it).stdout, re.MULTILINE))
expect("knowledge sources: one more unconfirmed", int(more["unconfirmed"]), int(counts["unconfirmed"]) + 1)
expect("knowledge version", answer["knowledge"]["sha256"] in run("knowledge", "version").stdout, True)
expect("knowledge validate", run("knowledge", "validate", "embedded", overlay).returncode, 0)
complains("knowledge validate, faulty", run("knowledge", "validate", "embedded", milder), 3, "milder.json")
# A plan: whatever comes out is an answer; a calendar needs its first day.
day = str(root / "examples/people/ann.json")
done = run("plan", day)
expect("plan: exit code", (done.returncode, done.stderr), (0, ""))
expect("plan: json where no terminal is", json.loads(done.stdout)["magnesia"], "plan/1")
expect("plan -", run("plan", "-", text=pathlib.Path(day).read_text(encoding="utf-8")).stdout, done.stdout)
for form, begins in {"text": "", "html": "<!DOCTYPE html>", "svg": "<svg ", "json": "{"}.items():
    expect(f"plan: {form}", run("plan", day, "--format", form).stdout.startswith(begins), True)
calendar = run("plan", day, "--format", "ics", "--as-of", "2026-11-25").stdout
expect("plan: ics", (calendar.startswith("BEGIN:VCALENDAR"), "DTSTART:202611" in calendar), (True, True))
complains("plan: ics without a day", run("plan", day, "--format", "ics"), 2, "--as-of")
raised = run("plan", "-", "--titrate", text=json.dumps(person(purpose="constipation")))
expect("plan: a titration is an answer", (raised.returncode, json.loads(raised.stdout)["magnesia"]), (0, "titration/1"))
complains("plan: a titration as a picture", run("plan", day, "--titrate", "--format", "svg"), 2, "--format", "text or json")
complains("plan: no file", run("plan"), 2, "plan", "0 files")
complains("plan: a fault of the request", run("plan", "-", text=json.dumps(person(medications=[{"drug": "a", "times": ["25:00"]}]))), 2, "/medications/0/times/0")

complains("knowledge, no verb", run("knowledge"), 2, "list, show, find, validate, sources, reference, version")

# The reference, as files.
pages = folder / "made" / "reference"
made = run("knowledge", "reference", str(pages), "--knowledge", str(root / "knowledge"))
expect("knowledge reference", (made.returncode, made.stdout.strip()), (0, str(pages / "index.html")))
written = {path.name: path.read_bytes() for path in pages.iterdir()}
expect("knowledge reference: pages", {"index.html", "drugs.html", "rules.html", "sources.html", "salts.html"} <= written.keys(), True)
expect("knowledge reference: cases", b"Cases that are tested" in written["rules.html"], True)
run("knowledge", "reference", str(pages), "--knowledge", str(root / "knowledge"), env={"LC_ALL": "de_DE.UTF-8", "TZ": "Asia/Tokyo"})
expect("knowledge reference: the same bytes again", {path.name: path.read_bytes() for path in pages.iterdir()} == written, True)
index = written["index.html"].decode()
digest = base64.b64encode(hashlib.sha256(re.search(r"<script>(.*?)</script>", index, re.DOTALL).group(1).encode()).digest()).decode()
expect("knowledge reference: the policy lets its own script run, and no other", re.findall(r"script-src ([^\"]*)\"", index), [f"'sha256-{digest}'"])
complains("knowledge reference, a file in the way", run("knowledge", "reference", write("in-the-way", "")), 2, "in-the-way")
complains("knowledge reference, no folder", run("knowledge", "reference"), 2, "one folder")

# elemental
item = json.loads(run("elemental", "Magnesium (as magnesium oxide) 301.5 mg").stdout)["items"][0]
expect("elemental: as claimed", (item["elemental"]["low"], item["elemental"]["high"]), (301.5, 301.5))
expect("elemental: text", "301.5 mg" in run("elemental", "Magnesium (as magnesium oxide) 301.5 mg", "--format", "text").stdout, True)
complains("elemental, no amount", run("elemental", "nothing of the kind"), 2, "nothing of the kind")
complains("elemental, one of two", run("elemental", "Magnesium 100 mg", "nothing of the kind"), 2, "nothing of the kind")
complains("elemental, no text", run("elemental"), 2)
priced = json.loads(run("elemental", "Magnesium (as magnesium oxide) 250 mg", "--price", "12.50", "--servings", "50").stdout)["items"][0]
expect("elemental: price", priced["price_per_100_mg"], {"low": 0.1, "high": 0.1})
expect("elemental: no price that nobody told", "price_per_100_mg" in item, False)
expect("elemental: price in text", "0.1" in run("elemental", "Magnesium 250 mg", "--price=12.50", "--servings=50", "--format=text").stdout, True)
complains("elemental, price of what", run("elemental", "Magnesium 250 mg", "--price", "12.50"), 2, "--servings")
complains("elemental, servings alone", run("elemental", "Magnesium 250 mg", "--servings", "50"), 2, "--price")
complains("elemental, one price for two", run("elemental", "Magnesium 250 mg", "Magnesium 1 g", "--price", "1", "--servings", "2"), 2, "one text")
complains("elemental, no servings", run("elemental", "Magnesium 250 mg", "--price", "1", "--servings", "0"), 2, "doses")
complains("elemental, no number", run("elemental", "Magnesium 250 mg", "--price", "cheap", "--servings", "2"), 2, "--price")

# The catalogue of products
expect("knowledge list product", bool(re.search(r"^product +slow-mag +Slow-Mag$", run("knowledge", "list", "product").stdout, re.MULTILINE)), True)
expect("knowledge show a product", json.loads(run("knowledge", "show", "slow-mag", "--format", "json").stdout)["elemental"], {"value": 143, "unit": "mg"})
named = json.loads(run("elemental", "SLOW-MAG").stdout)["items"][0]
expect("elemental: a product's name", (named["elemental"]["low"], "per 2 tablets" in named["readings"][0]), (143, True))
taken = json.loads(run("check", write("named.json", person(magnesium=[{"label": "Slow-Mag", "times": ["08:00"]}]))).stdout)
expect("check: a product's name", taken["intake"]["by_product"][0]["per_day"]["high"], 143)
expect("check: which label was read", "Magnesium (as magnesium chloride) 143 mg per 2 tablets" in taken["intake"]["by_product"][0]["readings"], True)

# Help and completion, which come from the same tables.
verbs = ["check", "plan", "elemental", "knowledge", "completion"]
general = run("--help").stdout
for verb in verbs:
    expect(f"--help names {verb}", bool(re.search(rf"^  {verb} ", general, re.MULTILINE)), True)
    own = run(verb, "--help")
    expect(f"{verb} --help", (own.returncode, own.stdout.startswith(f"Usage: magnesia {verb}")), (0, True))
    expect(f"help {verb}", run("help", verb).stdout, own.stdout)
    expect(f"{verb} --help fits", [line for line in own.stdout.splitlines() if len(line) > 84], [])
version = re.search(r'library_version = "([^"]+)"', (root / "include/magnesia/version.hpp").read_text(encoding="utf-8")).group(1)
expect("--version", run("--version").stdout, f"magnesia {version}\n")
options = sorted(set(re.findall(r"^  (--[a-z-]+)", run("check", "--help").stdout, re.MULTILINE)))
expect("check --help names options", {"--format", "--fail-at", "--min-severity", "--authority", "--as-of", "--history-settles", "--knowledge"} <= set(options), True)
for shell, option in (("bash", "--{}"), ("zsh", "--{}"), ("fish", "-l {}")):
    script = run("completion", shell).stdout
    for name in options:
        expect(f"completion {shell}: {name}", option.format(name[2:]) in script, True)
    if shutil.which(shell):
        syntax = subprocess.run([shell, "-n"], input=script, capture_output=True, text=True)
        expect(f"completion {shell}: syntax", (syntax.returncode, syntax.stderr), (0, ""))
for shell in ("bash", "zsh", "fish"):
    for word in ("find", "reference"):
        expect(f"completion {shell}: knowledge {word}", f" {word} " in run("completion", shell).stdout, True)
complains("completion of another shell", run("completion", "csh"), 2, '"csh"', "fish")
if shutil.which("bash"):
    tried = 'source <("$0" completion bash); COMP_WORDS=(magnesia check --fail-at m); COMP_CWORD=3; _magnesia; echo "${COMPREPLY[@]}"'
    expect("bash completes", subprocess.run(["bash", "-c", tried, command], capture_output=True, text=True).stdout.split(), ["minor", "moderate", "major"])

shutil.rmtree(folder)
print(*faults, sep="\n", end="\n" if faults else "")
print(f"{checked} checks, {len(faults)} faults")
sys.exit(bool(faults))
