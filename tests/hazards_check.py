"""Each rule and test that docs/hazards.md names exists."""
import json, pathlib, re, sys

root = pathlib.Path(__file__).parent.parent
named = set(re.findall(r"`([^`]+)`", (root / "docs/hazards.md").read_text(encoding="utf-8").split("\n## ", 1)[1]))

rules = set()
for path in (root / "knowledge").rglob("*.json"):
    document = json.loads(path.read_text(encoding="utf-8"))
    if document.get("magnesia") == "rule/1":
        rules.add(document["id"])
    rules.update(rule["id"] for rule in document.get("rules", []))

tests = set()
declared = re.compile(r"(?:TEST(?:_F|_P)?|RC_GTEST_PROP)\(\s*(\w+),\s*(\w+)")
for path in (root / "tests").rglob("*.cpp"):
    tests.update(".".join(pair) for pair in declared.findall(path.read_text(encoding="utf-8")))

what = [name for name in named if re.fullmatch(r"\w+\.\w+", name) and name[0].isupper() or re.fullmatch(r"[a-z-]+\.[a-z0-9-]+", name)]
unknown = sorted(set(what) - rules - tests)
for name in unknown:
    print(f"docs/hazards.md: found {name!r}, expected a rule of the knowledge or a test")
print(f"hazards_check: {len(what)} rules and tests, {len(unknown)} unknown")
sys.exit(bool(unknown) or len(what) < 40)
