"""The same jobs through C++ and everything else that answers: byte for byte the same answers.

conformance_check.py FOLDER NAME=PROGRAM... [command=MAGNESIA]
Each program reads all jobs from its standard input and writes its answers; the command is called for each person and label. The first
is the one that all others are compared with. FOLDER keeps what was written."""
import base64, concurrent.futures, hashlib, json, os, pathlib, shlex, subprocess, sys, time

here = pathlib.Path(__file__).resolve().parent
folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
programs = dict(argument.split("=", 1) for argument in sys.argv[2:])
command = programs.pop("command", None)
faults = []


class Job:
    def __init__(self, line):
        known = {"name", "call", "form", "authority", "as_of", "history_settles", "record_is_complete", "request", "text", "base64"}
        assert not line.keys() - known, f"{line['name']}: unknown {line.keys() - known}"
        self.name, self.call, self.form = line["name"], line["call"], line["form"]
        self.authority, self.as_of = line.get("authority", "us-nasem"), line.get("as_of", "-")
        self.settles, self.complete = line.get("history_settles", False), line.get("record_is_complete", False)
        if "request" in line:
            self.text = json.dumps(line["request"], ensure_ascii=False).encode()
        else:
            self.text = base64.b64decode(line["base64"]) if "base64" in line else line["text"].encode()

    def written(self):
        head = f"{self.call} {self.form} {self.authority} {self.as_of} {self.settles:d} {self.complete:d} {len(self.text)}\n"
        return head.encode() + self.text + b"\n"


jobs = [Job(json.loads(line)) for name in ("people.jsonl", "edges.jsonl", "fhir.jsonl") for line in (here / name).read_text(encoding="utf-8").splitlines()]
everything = b"".join(job.written() for job in jobs)
(folder / "jobs").write_bytes(everything)


def answers_of(name, program):
    began = time.monotonic()
    done = subprocess.run(shlex.split(program), input=everything, stdout=subprocess.PIPE, timeout=300)
    (folder / f"answers-{name}").write_bytes(done.stdout)
    seconds = time.monotonic() - began
    print(f"{name}: {len(jobs)} jobs in {seconds:.2f} s, sha256 {hashlib.sha256(done.stdout).hexdigest()}")
    if done.returncode:
        faults.append(f"{name}: ended with {done.returncode}")
    answers, at = [], 0
    while at < len(done.stdout):
        end = done.stdout.index(b"\n", at)
        head = done.stdout[at:end].decode().split()
        size = int(head[-1])
        answers.append((head[0], head[1:-1], done.stdout[end + 1:end + 1 + size]))
        at = end + 2 + size
    if len(answers) != len(jobs):
        faults.append(f"{name}: {len(answers)} answers to {len(jobs)} jobs")
    return answers


def shown(answer):
    return f"{answer[0]} {answer[1]} {answer[2][:300]!r}"


def command_answer(job):
    """What the command says: status and text."""
    flags = ["--history-settles"] * job.settles + ["--record-is-complete"] * job.complete
    dated = [] if job.as_of == "-" else ["--as-of", job.as_of]
    verb = {"assess": "check", "plan": "plan", "elemental": "elemental"}[job.call]
    options = [] if verb == "elemental" else ["--authority", job.authority, *dated, *flags]
    operand = job.text if verb == "elemental" else "-"
    done = subprocess.run([command, verb, "--format", job.form, *options, "--", operand], input=job.text, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=60)
    return ("ok" if done.returncode == 0 else "bad-input"), done.stdout, done.stderr


first, *others = programs
expected = answers_of(first, programs[first])
statuses = [status for status, *_ in expected]
for status, least in (("ok", 150), ("bad-input", 10), ("bad-argument", 3)):
    if statuses.count(status) < least:
        faults.append(f"{first}: {statuses.count(status)} of status {status}, expected at least {least}")
if not any(verdict[3] == "1" for _, verdict, _ in expected):
    faults.append(f"{first}: no clearance, expected one")
for name in others:
    for job, one, other in zip(jobs, expected, answers_of(name, programs[name])):
        if one != other:
            faults.append(f"{name}: {job.name} ({job.call} as {job.form}): found {shown(other)}, expected as {first}: {shown(one)}")

if command is not None:
    # What cannot be given to a command, and what the command words otherwise, is left out: NULs in an argument, forms it refuses.
    began = time.monotonic()
    asked = [(job, one) for job, one in zip(jobs, expected) if one[0] != "bad-argument" and not (job.call == "elemental" and b"\0" in job.text)]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for (job, one), (status, out, complaints) in zip(asked, pool.map(command_answer, [job for job, _ in asked])):
            if one[0] == "ok":
                text = one[2] + (b"\n" if job.form in ("json", "fhir") else b"")
                if (status, out) != ("ok", text):
                    faults.append(f"command: {job.name} ({job.call} as {job.form}): found {status} {out[:300]!r} {complaints[:300]!r}, expected {text[:300]!r}")
            else:
                error = json.loads(one[2])
                told = complaints.decode()
                for fault in (error, *error.get("others", [])):
                    if status != "bad-input" or out or fault["expected"] not in told:
                        faults.append(f"command: {job.name}: found {told[:300]!r}, expected {fault['expected']!r}")
    print(f"command: {len(asked)} jobs in {time.monotonic() - began:.2f} s")

print(*faults[:40], sep="\n", end="\n" if faults else "")
sys.exit(bool(faults))
