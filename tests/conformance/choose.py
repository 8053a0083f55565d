"""Chooses people for people.jsonl from the cases of the knowledge and from examples/people: choose.py > people.jsonl

Each 14th case, so that all kinds of rules come; calls, forms and policies in turns. The cases may change without the file: it holds
whole requests, and nothing is expected of the answers but that all of them are the same."""
import itertools, json, pathlib

root = pathlib.Path(__file__).resolve().parent.parent.parent
forms = itertools.cycle([("assess", "json"), ("assess", "text"), ("assess", "json"), ("plan", "json"), ("assess", "html"), ("assess", "json"),
                         ("plan", "svg"), ("assess", "json"), ("plan", "text"), ("assess", "json"), ("plan", "html"), ("plan", "ics")])
policies = itertools.cycle([{}, {"as_of": "2026-11-25"}, {"record_is_complete": True}, {"authority": "strictest"}, {"history_settles": True}])


def job(name, request, **policy):
    call, form = next(forms)
    if form == "ics":
        policy = {**policy, "as_of": "2026-12-01"}
    return {"name": name, "call": call, "form": form, **next(policies), **policy, "request": request}


cases = [(path, case) for path in sorted((root / "knowledge").rglob("*.cases.json"))
         for case in json.loads(path.read_text(encoding="utf-8"))["cases"]]
jobs = [job(f"{path.stem.removesuffix('.cases')}: {case['name']}", case["request"],
            **({"authority": case["authority"]} if "authority" in case else {})) for path, case in cases[::14]]
for path in sorted((root / "examples/people").glob("ann*.json")):
    for _ in range(4):
        jobs.append(job(path.stem, json.loads(path.read_text(encoding="utf-8"))))
for one in jobs:
    print(json.dumps(one, ensure_ascii=False, separators=(",", ":")))
