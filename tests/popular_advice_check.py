"""What popular advice says (docs/popular-advice.json), and what Magnesia answers: each entry comes out as it says, and
docs/popular-advice.md is what is made of it. popular_advice_check.py COMMAND [--write]: --write writes the page."""
import collections, json, pathlib, re, subprocess, sys, textwrap
from concurrent.futures import ThreadPoolExecutor

root = pathlib.Path(__file__).resolve().parent.parent
command = sys.argv[1]
page = root / "docs/popular-advice.md"
advice = json.loads((root / "docs/popular-advice.json").read_text(encoding="utf-8"))
documents, entries = advice["documents"], advice["entries"]
faults = []


def expect(entry, what, found, expected):
    if found != expected:
        faults.append(f"{entry['id']}: {what}: found {found}, expected {expected}")


def answer_of(*arguments, text=None):
    done = subprocess.run([command, *arguments, "--format", "json"], input=text, capture_output=True, text=True, encoding="utf-8", timeout=60)
    return json.loads(done.stdout) if done.returncode == 0 else done.stderr


def assessed(entry):
    elemental = answer_of("elemental", entry["elemental"]["text"]) if "elemental" in entry else None
    return answer_of("check", "-", text=json.dumps(entry["request"])), elemental


# --- Each entry comes out as it says.
keys = {"id", "claim", "said_by", "topic", "conflict", "request", "expect", "elemental", "verdict"}
conflicts = {  # in the order of the page
    "documents": "Where the documents contradict each other",
    "itself": "Where a document contradicts itself",
    "evidence": "Where a claim goes against the evidence, or beyond it",
    "leaves-out": "Where a danger is left out",
}


def check(entry, answer, elemental):
    expect(entry, "keys", sorted(set(entry) - keys) + sorted(keys - {"conflict", "elemental"} - set(entry)), [])
    expect(entry, "said by", [one for one in entry["said_by"] if one not in documents], [])
    expect(entry, "conflict", [one for one in entry.get("conflict", []) if one not in conflicts], [])
    if isinstance(answer, str) or isinstance(elemental, str):
        faults.append(f"{entry['id']}: {answer if isinstance(answer, str) else elemental}")
        return
    expected, verdict = entry["expect"], answer["verdict"]
    expect(entry, "keys of expect", sorted(expected), ["at_least", "at_most", "rules", "silent"])
    rules = {finding["rule"] for finding in answer["findings"]}
    expect(entry, "range", (verdict["at_least"], verdict["at_most"]), (expected["at_least"], expected["at_most"]))
    expect(entry, "rules that are silent", sorted(set(expected["rules"]) - rules), [])
    expect(entry, "rules that are not silent", sorted(set(expected["silent"]) & rules), [])
    if elemental is not None:
        found = elemental["items"][0]["elemental"]
        expect(entry, "elemental", (found["low"], found["high"]), (entry["elemental"]["low"], entry["elemental"]["high"]))


# --- The page.
def wrapped(text, indent="", first=None):
    return textwrap.fill(text, 120, initial_indent=indent if first is None else first, subsequent_indent=indent,
                         break_long_words=False, break_on_hyphens=False)


def sentence(text):
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".!?" else text + "."


def in_words(text):
    """With the documents named in words."""
    def name(match):
        document = documents[match[1]]["name"]
        return document[0].upper() + document[1:] if match.start() == 0 or text[:match.start()].endswith(". ") else document
    return re.sub(r"\{(\d+)\}", name, text)


def listed(words):
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


units = {"mL/min/{1.73_m2}": "mL/min/1.73 m²"}


def quantity(value):
    return f"{value['value']:g} {units.get(value['unit'], value['unit'])}"


def named(term):
    return term if isinstance(term, str) else f"{term['system']} {term['code']}"


def open_list(value):
    return (value, False) if isinstance(value, list) else (value["at_least"], True)


def schedule(entry):
    out = ""
    if "times" in entry:
        out += " at " + listed(entry["times"])
    if "doses_per_day" in entry:
        out += f" {entry['doses_per_day']} times a day"
    if "days" in entry:
        out += " on " + listed(entry["days"])
    out += ", with food" if entry.get("with_food") else ""
    return out + (", when needed" if entry.get("as_needed") else "")


def amount(entry):
    if "label" in entry:
        return f"“{entry['label']}”"
    if "ingredients" in entry:
        return listed([amount(one) for one in entry["ingredients"]])
    out = entry.get("salt", "magnesium")
    if "amount" in entry:
        basis = {"elemental": " of magnesium", "salt": " of the salt", None: ""}[entry.get("basis")]
        out += f", {quantity(entry['amount'])}{basis}"
    return out


def product(entry):
    weighs = f", a unit weighing {quantity(entry['unit_mass'])}" if "unit_mass" in entry else ""
    count = f", {entry['units_per_dose']:g} a dose" if "units_per_dose" in entry else ""
    return amount(entry) + weighs + count + schedule(entry)


def person(patient):
    sex = {"female": "woman", "male": "man"}.get(patient.get("sex"), "person")
    parts = [f"a {sex} of " + (quantity(patient["age"]).removesuffix(" a") if "age" in patient else "unknown age")]
    if "pregnancy" in patient:
        pregnancy = patient["pregnancy"]
        trimester = f", trimester {pregnancy['trimester']}" if "trimester" in pregnancy else ""
        parts.append(pregnancy["status"].replace("not-pregnant", "not pregnant") + trimester)
    if patient.get("lactating") is not None:
        parts.append("breast-feeding" if patient["lactating"] else "not breast-feeding")
    if patient.get("dialysis") is not None:
        parts.append("on dialysis" if patient["dialysis"] else "not on dialysis")
    parts += [f"{key} {quantity(patient[key])}" for key in ("weight", "height") if key in patient]
    names = {"egfr": "eGFR", "serum-magnesium": "serum magnesium", "transferrin-saturation": "transferrin saturation"}
    parts += [f"{names.get(key, key.replace('-', ' '))} {quantity(value)}" for key, value in patient.get("labs", {}).items()]
    if not any(key in patient.get("labs", {}) for key in ("egfr", "creatinine", "cystatin-c")):
        parts.append("kidney function unknown")
    if "conditions" not in patient:
        parts.append("conditions unknown")
    else:
        conditions, more = open_list(patient["conditions"])
        parts.append((listed([named(one).replace("-", " ") for one in conditions]) if conditions else "no condition") + (" and perhaps more" if more else ""))
    return ", ".join(parts)


def regimen(request):
    out = person(request["patient"]) + "; "
    if "medications" not in request:
        out += "medicines unknown"
    else:
        medications, more = open_list(request["medications"])
        out += "takes " + (listed([named(one["drug"]) + schedule(one) for one in medications]) if medications else "no medicine") + (" and perhaps more" if more else "")
    products, _ = open_list(request["magnesium"])
    out += "; " + listed([product(one) for one in products])
    return out + (f"; for {named(request['purpose']).replace('-', ' ')}" if "purpose" in request else "")


def number(value):
    return "no upper bound" if value is None else f"{value:.1f}".removesuffix(".0")


def milligrams(bounds):
    low, high = number(bounds["low"]), number(bounds["high"])
    return f"{low} mg" if low == high else f"{low} mg, {high}" if bounds["high"] is None else f"{low} to {high} mg"


def answered(answer):
    verdict = answer["verdict"]
    span = verdict["at_least"] if verdict["at_least"] == verdict["at_most"] else f"{verdict['at_least']} to {verdict['at_most']}"
    limit = answer["intake"]["limit"]
    return (f"**{span}**{'' if verdict['decided'] else ', not decided'}. Magnesium a day from this: {milligrams(answer['intake']['per_day'])}"
            + (f" (level: {number(limit['value'])} mg)." if limit and "value" in limit else "."))


def finding_lines(answer):
    # Of one rule the first finding says it; information is named only.
    seen = {}
    for finding in answer["findings"]:
        seen.setdefault(finding["rule"], finding)
    for finding in seen.values():
        if finding["severity"] != "none":
            status = "" if finding["status"] == "established" else ", possible"
            yield wrapped(f"{finding['severity']}{status}, `{finding['rule']}`: {finding['message']}", "  ", "- ")
    told = [f"`{rule}`" for rule, finding in seen.items() if finding["severity"] == "none"]
    if told:
        yield wrapped("for information: " + listed(told), "  ", "- ")
    for one in answer["unrecognised"]:
        yield wrapped(f"not recognised: {one['text']}", "  ", "- ")
    if not answer["verdict"]["decided"] and answer["missing"]:
        yield wrapped("asks: " + " ".join(one["question"] for one in answer["missing"][:3]), "  ", "- ")


def made(answers):
    out = ["# What popular advice says, and what Magnesia answers", ""]
    out += [wrapped("Five documents that people meet when they ask about magnesium were read for what they say about doses, dangers and timing. "
                    f"Each of their {len(entries)} claims stands here beside a regimen that follows it to the letter, with what Magnesia answers to exactly "
                    "that, and why. Claims are given in our own words. The regimen is the claim's, the person ours: healthy unless the claim is about "
                    "illness. An answer that is mild for this person says nothing about another."), ""]
    out += [wrapped("This page is made by `./dev docs` from `docs/popular-advice.json`; a test fails when an answer or the page has changed. "
                    "`magnesia knowledge show RULE` says what a rule rests on."), ""]
    out += ["## The documents", ""]
    counts = collections.Counter(code for entry in entries for code in entry["said_by"])
    for code, document in documents.items():
        out.append(wrapped(f"**{sentence(document['name'])[:-1]}**. {document['about']} Claims: {counts[code]}.", "  ", "- "))
    out += ["", "## The answers, counted", "", "| Answer | Claims |", "|---|---|"]
    spans = collections.Counter((a["verdict"]["at_least"], a["verdict"]["at_most"], a["verdict"]["decided"]) for a, _ in answers)
    order = ["none", "minor", "moderate", "major", "contraindicated"]
    for low, high, decided in sorted(spans, key=lambda span: (order.index(span[0]), order.index(span[1]), not span[2])):
        out.append(f"| {low if low == high else f'{low} to {high}'}{'' if decided else ', not decided'} | {spans[low, high, decided]} |")
    for conflict, heading in conflicts.items():
        out += ["", f"## {heading}", ""]
        out += [wrapped(f"[{entry['topic']}](#{entry['id']}): {in_words(entry['claim'])}", "  ", "- ") for entry in entries if conflict in entry.get("conflict", [])]
    informed = {}
    for topic in dict.fromkeys(entry["topic"] for entry in entries):
        out += ["", f"## {sentence(topic)[:-1]}"]
        for entry, (answer, elemental) in zip(entries, answers):
            if entry["topic"] != topic:
                continue
            for finding in answer["findings"]:
                if finding["severity"] == "none":
                    informed.setdefault(finding["rule"], finding["message"])
            out += ["", f'### <a id="{entry["id"]}"></a>{in_words(entry["claim"])}', ""]
            out += [wrapped("Said by " + listed([documents[code]["name"] for code in entry["said_by"]]) + "."), ""]
            out += [wrapped("Regimen: " + regimen(entry["request"]) + "."), ""]
            out += [wrapped("Magnesia: " + answered(answer)), ""]
            lines = list(finding_lines(answer))
            out += [*lines, ""] if lines else []
            if elemental is not None:
                out += [wrapped(f"Elemental magnesium of “{entry['elemental']['text']}”: {milligrams(elemental['items'][0]['elemental'])}."), ""]
            out.append(wrapped("Why: " + in_words(entry["verdict"])))
    out += ["", "## What is said for information", ""]
    out += ["The first time each was said above.", ""]
    out += [wrapped(f"`{rule}`: {message}", "  ", "- ") for rule, message in sorted(informed.items())]
    return "\n".join(out) + "\n"


with ThreadPoolExecutor(2) as pool:
    answers = list(pool.map(assessed, entries))
expect({"id": "ids"}, "twice", [one for one, count in collections.Counter(entry["id"] for entry in entries).items() if count > 1], [])
for entry, (answer, elemental) in zip(entries, answers):
    check(entry, answer, elemental)
if not any(isinstance(part, str) for pair in answers for part in pair):
    text = made(answers)
    if "--write" in sys.argv:
        page.write_text(text, encoding="utf-8")
    elif not page.exists() or page.read_text(encoding="utf-8") != text:
        faults.append(f"{page.relative_to(root)}: found another page, expected the one that ./dev docs writes")
print(*faults, sep="\n", end="\n" if faults else "")
print(f"{len(entries)} claims, {len(faults)} faults")
sys.exit(bool(faults) or not entries)
