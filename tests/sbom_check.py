"""The bill of materials names what was built: this version, the knowledge with its digest, and each thing that is linked.

sbom_check.py COMMAND BILL
"""
import json, pathlib, re, subprocess, sys

command, bill = sys.argv[1], json.loads(pathlib.Path(sys.argv[2]).read_text(encoding="utf-8"))
faults = []


def expect(what, found, expected):
    if found != expected:
        faults.append(f"{what}: found {found!r}, expected {expected!r}")


version = re.search(r"magnesia (\S+)", subprocess.run([command, "--version"], capture_output=True, text=True, check=True).stdout)[1]
knowledge = subprocess.run([command, "knowledge", "version"], capture_output=True, text=True, check=True).stdout
expect("format", (bill["bomFormat"], bill["specVersion"]), ("CycloneDX", "1.5"))
expect("version", bill["metadata"]["component"]["version"], version)
components = {component["name"]: component for component in bill["components"]}
digest = components["magnesia-knowledge"]["hashes"][0]["content"]
expect("the digest is the embedded knowledge's", digest in knowledge and len(digest) == 64, True)
refs = [component["bom-ref"] for component in bill["components"]]
expect("refs are unique", len(refs), len(set(refs)))
expect("dependencies", bill["dependencies"], [{"ref": bill["metadata"]["component"]["bom-ref"], "dependsOn": refs}])
for component in bill["components"]:
    expect(f"{component['name']}: version", bool(re.fullmatch(r"\d+(\.\d+)+\S*", component["version"])), True)
    expect(f"{component['name']}: licence", bool(component["licenses"][0]["license"]["id"]), True)
expect("simdjson", "simdjson" in components, True)
print("\n".join(faults) or f"sbom_check: {len(components)} components")
sys.exit(bool(faults))
