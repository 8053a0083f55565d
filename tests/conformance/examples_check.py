"""The examples of all languages say the same: examples_check.py NAME=PROGRAM..."""
import pathlib, shlex, subprocess, sys, tempfile

root = pathlib.Path(__file__).resolve().parent.parent.parent
programs = dict(argument.split("=", 1) for argument in sys.argv[1:])
faults = []
broken = pathlib.Path(tempfile.mkdtemp()) / "broken.json"
broken.write_text('{"magnesia": "request/1", "patient": {"condtions": []}}')
people = [*sorted((root / "examples/people").glob("*.json")), broken]


def run(program, person):
    return subprocess.run([*shlex.split(program), str(person)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60, text=True)


for person in people:
    first = None
    for name, program in programs.items():
        done = run(program, person)
        if person is broken:
            if done.returncode == 0 or done.stdout or "/patient/condtions: found" not in done.stderr:
                faults.append(f"{name}: {person.name}: found {done.returncode} {done.stdout[:200]!r} {done.stderr[:300]!r}, expected the fault")
        elif done.returncode != 0 or " to " not in done.stdout.splitlines()[0]:
            faults.append(f"{name}: {person.name}: found {done.returncode} {done.stdout[:200]!r} {done.stderr[:300]!r}, expected a verdict")
        elif (first := first or done.stdout) != done.stdout:
            faults.append(f"{name}: {person.name}: found {done.stdout[:200]!r}, expected {first[:200]!r}")
    if first:
        print(f"{person.name}: {', '.join(programs)}: {first.splitlines()[0]}")
print(*faults, sep="\n", end="\n" if faults else "")
sys.exit(bool(faults))
