"""The C library shows the functions of magnesia.h and nothing else, and neither they nor what they take has changed.

abi_check.py LIBRARY [--write]
symbols.txt holds each symbol with its version, interface.abi the types as libabigail sees them (where it is installed): of a probe
that points to each function, compiled as C, so that nothing of the library's inside gets in. --write renews both."""
import pathlib, re, shutil, subprocess, sys, tempfile

here = pathlib.Path(__file__).resolve().parent
root = here.parent.parent
library = sys.argv[1]
write = "--write" in sys.argv
faults = []


def expect(holds, place, found, expected):
    if not holds:
        faults.append(f"{place}: found {found}, expected {expected}")


def output(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


# What the library shows.
shown = sorted(line.split()[-1] for line in output("nm", "-D", "--defined-only", "--with-symbol-versions", library).splitlines()
               if " A " not in line)
functions = sorted(set(re.findall(r"^    (magnesia_\w+);", (root / "src/c/exports.map").read_text(), re.MULTILINE)))
header = (root / "include/magnesia/magnesia.h").read_text(encoding="utf-8")
declared = sorted(set(re.findall(r"\b(magnesia_\w+)\([^)]*\) MAGNESIA_NOEXCEPT;", re.sub(r"\s+", " ", header))))
expect(declared == functions, "exports.map", sorted(set(declared) ^ set(functions)), "the functions of magnesia.h")
expect([symbol.split("@")[0] for symbol in shown] == functions, library, [s for s in shown if s.split("@")[0] not in functions] or shown,
       "the functions of magnesia.h and nothing else")
symbols = here / "symbols.txt"
if write:
    symbols.write_text("\n".join(shown) + "\n")
kept = symbols.read_text().splitlines()
for symbol in sorted(set(kept) - set(shown)):
    faults.append(f"{symbol}: is gone; programs that use it no longer start. That needs a new version of the file name")
for symbol in sorted(set(shown) - set(kept)):
    faults.append(f"{symbol}: is new. ./dev abi --write, once its version in exports.map is that of the next release")

# What they take and give.
interface = here / "interface.abi"
if shutil.which("abidw") and shutil.which("abidiff"):
    with tempfile.TemporaryDirectory() as folder:
        probe, built, now = (pathlib.Path(folder) / name for name in ("probe.c", "probe.so", "interface.abi"))
        lines = ["#include <magnesia/magnesia.h>"]
        lines += [f"__typeof__(&{name}) const probe_{name} = {name};" for name in functions]
        lines += [f"enum {name} probe_{name};" for name in re.findall(r"^enum (magnesia_\w+) \{", header, re.MULTILINE)]
        probe.write_text("\n".join(lines) + "\n")
        subprocess.run(["cc", "-std=gnu99", "-g", "-O0", "-fPIC", "-shared", "-I", root / "include", "-o", built, probe], check=True)
        now.write_text(output("abidw", "--no-show-locs", "--no-comp-dir-path", "--no-corpus-path", "--no-elf-needed",
                              "--type-id-style", "hash", str(built)))
        if write:
            interface.write_text(now.read_text().replace(str(probe), probe.name))
        done = subprocess.run(["abidiff", "--harmless", "--no-show-locs", interface, now], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        told = "incompatible: that needs a new version of the file name" if done.returncode & 8 else "./dev abi --write if it is meant"
        expect(done.returncode == 0, "magnesia.h", done.stdout.strip(), f"the interface of tests/abi/interface.abi ({told})")
else:
    print("abidw and abidiff (abigail-tools) not found: types are not compared")

print(*faults, sep="\n", end="\n" if faults else "")
sys.exit(bool(faults))
