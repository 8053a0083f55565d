"""The page for browsers, in a real one: page_check.py CHROMIUM FOLDER MAGNESIA

Served on loopback it is filled in and sent, and shows what the command says of the same request; opened as a file it starts, too; and it
may connect to nothing."""
import base64, functools, http.server, json, pathlib, re, subprocess, sys, tempfile, threading

chromium, folder, command = sys.argv[1], pathlib.Path(sys.argv[2]).resolve(), sys.argv[3]
here = pathlib.Path(__file__).resolve().parent
faults = []


def expect(what, found, expected):
    if found != expected:
        faults.append(f"{what}: found {str(found)[:400]!r}, expected {str(expected)[:400]!r}")


class Handler(http.server.SimpleHTTPRequestHandler):
    def translate_path(self, path):
        return str(here / "drive.html") if path == "/drive.html" else super().translate_path(path)

    def log_message(self, *_):
        pass


def dom_of(address):
    with tempfile.TemporaryDirectory() as profile:
        done = subprocess.run([chromium, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", f"--user-data-dir={profile}",
                               "--virtual-time-budget=60000", "--timeout=60000", "--dump-dom", address],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=180, text=True)
    return done.stdout


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=folder))
threading.Thread(target=server.serve_forever, daemon=True).start()
dom = dom_of(f"http://127.0.0.1:{server.server_port}/drive.html")
told = re.search(r'<script id="result"[^>]*>([^<]+)</script>', dom)
if told is None:
    sys.exit(f"found {dom[:500]!r}, expected that the page was driven to its end")
told = json.loads(base64.b64decode(told.group(1)))
expect("driving", told.get("error"), None)
version = subprocess.run([command, "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout.split()[1]
expect("version", told.get("version"), version)
expect("the page may connect", told.get("connected"), False)
answered = 0
for one in told.get("result", []):
    what = f"{one['button']} of {one['person']}"
    verb = {"assess": "check", "plan": "plan"}[one["button"]]
    done = subprocess.run([command, verb, "-", "--format", "html"], input=json.dumps(one["request"]), stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True) if one["request"] else None
    if done is None:
        expect(what, (one["html"], "found" in one["fault"]), (None, True))
    elif done.returncode == 0:
        expect(what, one["html"], done.stdout)
        expect(what, one["fault"], "")
        answered += 1
    else:
        expect(what, one["html"], None)
        expect(f"{what}: its fault", one["fault"].strip() in done.stderr and one["fault"] != "", True)
expect("answered", answered, 6)
opened = dom_of(f"file://{folder}/index.html")
expect("opened as a file", re.findall(r'<span id="version">([^<]*)', opened), [version])
print(f"page: {answered} answers as the command's, {len(told.get('result', [])) - answered} faults shown, no connection, opened as a file too")
print(*faults, sep="\n", end="\n" if faults else "")
sys.exit(bool(faults))
