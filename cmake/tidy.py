"""clang-tidy over the sources of the library, the command and the examples, two or more at a time.

What passed is remembered by the contents of a source and of all our headers that it reaches, so only what changed is looked at
again. After --seconds no new file is begun; how many were left is said.
"""
import argparse, concurrent.futures, hashlib, pathlib, re, subprocess, sys, time

parser = argparse.ArgumentParser()
parser.add_argument("--seconds", type=float, required=True)
parser.add_argument("--jobs", type=int, required=True)
parser.add_argument("--database", required=True, help="folder of compile_commands.json")
parser.add_argument("--passed", type=pathlib.Path, required=True, help="folder of what passed already")
options = parser.parse_args()

folders = [pathlib.Path("include"), pathlib.Path("src")]
quoted = re.compile(r'^#include "([^"]+)"', re.MULTILINE)


def reached(file, seen):
    if file not in seen:
        seen.add(file)
        for name in quoted.findall(file.read_text()):
            for folder in folders:
                if (folder / name).is_file():
                    reached(folder / name, seen)
    return seen


def mark_of(file):
    digest = hashlib.sha256(pathlib.Path(".clang-tidy").read_bytes())
    for part in sorted(reached(file, set())):
        digest.update(str(part).encode() + b"\0" + part.read_bytes() + b"\0")
    return options.passed / digest.hexdigest()


def check(file):
    if time.monotonic() > deadline:
        return None
    run = subprocess.run(["clang-tidy", "-p", options.database, "--quiet", "--extra-arg=-Wno-unknown-warning-option", str(file)], capture_output=True, text=True)
    if run.returncode == 0:
        mark_of(file).touch()
    else:
        print(run.stdout, run.stderr, sep="", flush=True)
    return run.returncode == 0


deadline = time.monotonic() + options.seconds
options.passed.mkdir(parents=True, exist_ok=True)
files = [*pathlib.Path("src").rglob("*.cpp"), *pathlib.Path("examples").glob("*.cpp")]
todo = sorted((file for file in files if not mark_of(file).exists()), key=lambda file: -file.stat().st_mtime)
with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
    results = list(pool.map(check, todo))
left, failed = results.count(None), results.count(False)
print(f"clang-tidy: {len(files)} files, {len(files) - len(todo)} unchanged, {results.count(True)} passed, {failed} failed"
      + (f", {left} left for ./dev lint" if left else ""))
sys.exit(failed > 0)
