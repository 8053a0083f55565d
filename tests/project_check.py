"""The project's own files agree with one another: README with its example, packages with the version, documents with the code, the
folders with their layers."""
import json, pathlib, re, sys

root = pathlib.Path(__file__).resolve().parent.parent
faults = []


def read(path):
    return (root / path).read_text(encoding="utf-8")


def expect(holds, place, found, expected):
    if not holds:
        faults.append(f"{place}: found {found}, expected {expected}")


# README shows examples/check_one_person.cpp, but for the comment that begins the file.
readme = read("README.md")
shown = re.findall(r"^```cpp\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
example = re.sub(r"\A(//.*\n)+", "", read("examples/check_one_person.cpp"))
expect(shown == [example], "README.md", "another program", "the one in examples/check_one_person.cpp")
for target in re.findall(r"\]\(([^)#:]+)\)", readme):
    expect((root / target).exists(), "README.md", f"a link to {target}", "a file that is there")

# docs/integration.md shows the same program in each language: those that are built and run.
shown = dict(re.findall(r"^```(\w+)\n(.*?)^```", read("docs/integration.md"), re.MULTILINE | re.DOTALL))
for language, path in {"c": "examples/c_program.c", "python": "bindings/python/example.py", "java": "bindings/java/Example.java",
                       "js": "bindings/node/example.js"}.items():
    expect(shown.get(language) == read(path), "docs/integration.md", f"another program in {language}", f"the one in {path}")

# One version, in version.hpp.
version = re.search(r'library_version = "([^"]+)"', read("include/magnesia/version.hpp")).group(1)
stated = json.loads(read("vcpkg.json"))["version-semver"]
expect(stated == version, "vcpkg.json", stated, version)
for path, pattern in {"bindings/python/pyproject.toml": r'^version = "(.*)"', "bindings/node/package.json": r'"version": "(.*)"'}.items():
    stated = re.search(pattern, read(path), re.MULTILINE).group(1)
    expect(stated == version, path, stated, version)
newest = re.search(r"^## ([0-9.]+)", read("CHANGELOG.md"), re.MULTILINE).group(1)
expect(newest == version, "CHANGELOG.md", newest, version)

# Each kind of error has its page; and no page is left over.
kinds = re.search(r"enum class ErrorKind[^{]*\{(.*?)\};", read("include/magnesia/error.hpp"), re.DOTALL).group(1)
kinds = [kind.replace("_", "-") for kind in re.findall(r"^\s*(\w+),", kinds, re.MULTILINE)]
pages = re.findall(r"^## (.+)$", read("docs/errors.md"), re.MULTILINE)
expect(kinds and pages == kinds, "docs/errors.md", pages, f"{kinds}, as in error.hpp")

# Each folder of sources is on the map, and the map shows none that is not there.
architecture = read("docs/architecture.md")
on_map = set(re.findall(r"^    src/(\w+)/", architecture, re.MULTILINE))
there = {path.parent.relative_to(root / "src").parts[0] for path in (root / "src").rglob("*.cpp") if path.parent != root / "src"}
expect(on_map == there, "docs/architecture.md", sorted(on_map), f"{sorted(there)}, the folders below src")

# The core knows no JSON and no adapter; nothing includes the command.
upper = {"json", "request", "knowledge", "report", "fhir", "cds", "c", "serve", "cli"}
for path in sorted((root / "src").rglob("*.[ch]pp")):
    place = path.relative_to(root)
    layer = place.parts[1]
    for include in re.findall(r'^#include "(\w+)/', path.read_text(encoding="utf-8"), re.MULTILINE):
        adapters = ["fhir", "cds", "c", "serve", "cli"]
        above = set(adapters[adapters.index(layer) + 1:]) if layer in adapters else set(adapters) if layer in upper else upper
        allowed = include not in above
        expect(allowed, place, f"an include of {include}/", "none, since dependencies point one way")

# magnesia.hpp is everything, but for what needs another library.
def reached(header, seen):
    path = root / "include" / header
    if header not in seen and path.exists():
        seen.add(header)
        for name in re.findall(r'^#include "(magnesia/[^"]+)"', path.read_text(encoding="utf-8"), re.MULTILINE):
            reached(name, seen)
    return seen


public = {f"magnesia/{path.name}" for path in (root / "include/magnesia").glob("*.hpp")} - {"magnesia/boost_units.hpp"}
left_out = sorted(public - reached("magnesia/magnesia.hpp", set()))
expect(not left_out, "include/magnesia/magnesia.hpp", f"no way to {left_out}", "every public header")

# Same input, same bytes (law 8): no clock, locale, environment, chance or floating point in the libraries.
forbidden = re.compile(r"\b(float|double|getenv|setlocale|strto[dfl]d?|stod|stof|s?rand|random_device|localtime|gmtime|system_clock|"
                       r"steady_clock|clock_gettime|std::time|std::locale)\b")
for path in sorted([*(root / "include").rglob("*.hpp"), *(root / "src").rglob("*.[ch]pp")]):
    place = path.relative_to(root)
    if place.parts[:2] in {("src", "cli"), ("src", "serve")} or path.name == "boost_units.hpp":
        continue
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        code = re.sub(r"""'(\\.|[^'\\])'|"(\\.|[^"\\])*\"""", "", line).split("//")[0]
        found = forbidden.search(code)
        expect(not found, f"{place}:{number}", found and found.group(), "the same answer on every machine")

# What is written for everybody names no machine.
for path in [*root.glob("*.md"), *(root / "docs").glob("*.md"), root / "dev"]:
    for line in path.read_text(encoding="utf-8").splitlines():
        expect(not re.search(r"(^|[\s\"'`(])/(work|tmp|home|root)/", line), path.name, line.strip(), "no path of one machine")

print(*faults, sep="\n", end="\n" if faults else "")
sys.exit(bool(faults))
