"""The service over its sockets, as clients meet it: every status, limits, tokens, feedback that outlives a kill, TLS, stopping.
serve_check.py COMMAND"""
import base64, concurrent.futures, contextlib, http.client, json, os, pathlib, random, re, shutil, signal, socket, sqlite3, ssl, subprocess, sys
import tempfile, threading, time, uuid

root = pathlib.Path(__file__).resolve().parent.parent
command = sys.argv[1]
folder = pathlib.Path(tempfile.mkdtemp(prefix="magnesia-serve-"))
faults, checked = [], 0
slow = float(os.environ.get("MAGNESIA_TEST_SLOW", "1"))  # how much longer everything may take (sanitizers)


def expect(what, found, expected):
    global checked
    checked += 1
    if found != expected:
        faults.append(f"{what}: found {found!r:.400}, expected {expected!r:.400}")


def holds(what, condition, found=""):
    expect(f"{what} {found!r:.300}" if not condition else what, bool(condition), True)


# --- The service, and clients

class Service:
    """`magnesia serve` on a free port; a context that ends it and looks at how it ended."""

    def __init__(self, *options, auth=False, ends_with=0, feedback=None):
        self.log_path = folder / f"log-{uuid.uuid4().hex}"
        self.feedback = str(feedback or folder / f"feedback-{uuid.uuid4().hex}.sqlite")
        arguments = [command, "serve", "--port", "0", *options]
        if "--feedback" not in options:
            arguments += ["--feedback", self.feedback]
        if not auth:
            arguments.append("--no-auth")
        self.ends_with = ends_with
        self.log_file = self.log_path.open("wb")
        self.process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=self.log_file, text=True)
        line = self.process.stdout.readline()
        found = re.match(r"listening on (https?)://(.*):(\d+)\n", line)
        if not found:
            raise SystemExit(f"{' '.join(arguments)}: found {line!r} and {self.log_path.read_text()!r}, expected that it listens")
        self.scheme, self.host, self.port = found[1], found[2].strip("[]"), int(found[3])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(timeout=30 * slow)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = "no end"
        expect("how the service ended", code, self.ends_with)
        self.process.stdout.close()
        self.log_file.close()

    def log(self):
        return self.log_path.read_text(encoding="utf-8")

    def lines(self):
        return [json.loads(line) for line in self.log().splitlines() if line.startswith("{")]

    def connect(self):
        return socket.create_connection((self.host, self.port), timeout=20 * slow)

    def send(self, data, half_close=False):
        """All bytes that come back until the service closes."""
        with self.connect() as wire:
            with contextlib.suppress(OSError):  # it may answer and close before all was sent
                wire.sendall(data)
                if half_close:
                    wire.shutdown(socket.SHUT_WR)
            return drain(wire)

    def ask(self, method, path, body=None, **fields):
        headers = {name.replace("_", "-"): value for name, value in fields.items() if value is not None}
        if body is not None and "Content-Type" not in headers:
            headers["Content-Type"] = "application/json"
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
        if isinstance(body, str):
            body = body.encode()
        link = http.client.HTTPConnection(self.host, self.port, timeout=30 * slow)
        try:
            link.request(method, path, body=body, headers=headers)
            answer = link.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            link.close()

    def metrics(self):
        text = self.ask("GET", "/metrics").body.decode()
        return {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1]) for line in text.splitlines() if not line.startswith("#")}


class Answer:
    def __init__(self, status, fields, body):
        self.status, self.fields, self.body = status, fields, body

    def json(self):
        return json.loads(self.body)


def drain(wire):
    data = b""
    with contextlib.suppress(ConnectionResetError):
        while piece := wire.recv(65536):
            data += piece
    return data


def answers(data):
    """The answers in a row of bytes; each must end where its Content-Length says."""
    found = []
    while data:
        head, _, data = data.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        fields = {line.split(":", 1)[0].lower(): line.split(":", 1)[1].strip() for line in lines[1:]}
        length = int(fields.get("content-length", 0))
        found.append(Answer(int(lines[0].split(" ")[1]), fields, data[:length]))
        expect("a body as long as announced", len(data) >= length, True)
        data = data[length:]
    return found


def statuses(data):
    return [answer.status for answer in answers(data)]


def is_outcome(what, answer):
    """What is refused says why, as an OperationOutcome, with places only."""
    expect(f"{what}: type", answer.fields.get("content-type", "").split(";")[0], "application/fhir+json")
    outcome = answer.json()
    expect(f"{what}: OperationOutcome", (outcome["resourceType"], bool(outcome["issue"])), ("OperationOutcome", True))


marker = "Zzyzx"  # stands for a patient's name: it may be in no log
cards_id = "magnesia-orders"
cards_path = f"/cds-services/{cards_id}"
example = root / "examples/orders/order-sign.json"


def order_sign():
    request = json.loads(example.read_text(encoding="utf-8"))
    request["hookInstance"] = str(uuid.uuid4())
    request["prefetch"]["patient"]["name"] = [{"family": marker}]
    return request


def feedback(*cards, outcome="overridden", **more):
    return {"feedback": [{"card": card, "outcome": outcome, "outcomeTimestamp": "2026-11-25T10:00:00Z", **more} for card in cards]}


def get(path, *fields, version="1.1"):
    return "\r\n".join([f"GET {path} HTTP/{version}", "Host: a", *fields, "", ""]).encode()


def post(path, body, *fields):
    body = body if isinstance(body, bytes) else json.dumps(body).encode()
    return "\r\n".join([f"POST {path} HTTP/1.1", "Host: a", "Content-Type: application/json", f"Content-Length: {len(body)}", *fields, "", ""]).encode() + body


# --- What the command refuses to begin with

def refused_options():
    (folder / "keys.json").write_text(json.dumps({"keys": [Key("a", "EC").jwk]}))
    (folder / "no-keys.json").write_text('{"keys": []}')
    (folder / "secret.json").write_text('{"keys": [{"kty": "EC", "crv": "P-384", "kid": "a", "d": "AAAA"}]}')
    (folder / "text.txt").write_text("no database" * 100)
    good = ["--port", "0", "--no-auth", "--feedback", "none", "--access-log", "none"]
    issuer = ["--port", "0", "--feedback", "none", "--public-url", "https://cds.example.org"]
    for what, code, arguments, *words in [
        ("no port", 2, ["--no-auth"], "--port"),
        ("a port beyond all", 2, ["--port", "65536", "--no-auth"], "--port", "65535"),
        ("a port that is no number", 2, ["--port", "80a", "--no-auth"], "--port"),
        ("nobody's tokens", 2, ["--port", "0"], "--issuer", "--no-auth"),
        ("issuers and --no-auth", 2, [*good, "--issuer", f"https://ehr={folder}/no-keys.json"], "no-keys.json"),
        ("an issuer without a file", 2, [*issuer, "--issuer", "https://ehr"], "--issuer"),
        ("a file that is not there", 2, [*issuer, "--issuer", f"https://ehr={folder}/absent.json"], "absent.json"),
        ("no keys", 2, [*issuer, "--issuer", f"https://ehr={folder}/no-keys.json"], "no-keys.json/keys", "ES384"),
        ("a secret key", 2, [*issuer, "--issuer", f"https://ehr={folder}/secret.json"], "/keys/0/d"),
        ("no public URL", 2, ["--port", "0", "--issuer", f"https://ehr={folder}/keys.json"], "--public-url"),
        ("a public URL with a slash at its end", 2, ["--port", "0", "--public-url", "https://a/", "--issuer", f"https://ehr={folder}/keys.json"], "--public-url"),
        ("an origin with a path", 2, [*good, "--allow-origin", "https://a/b"], "--allow-origin"),
        ("an address of others without TLS", 2, [*good, "--host", "0.0.0.0"], "--host", "--no-tls"),
        ("a name for an address", 2, [*good, "--host", "localhost", "--no-tls"], "address"),
        ("a certificate without a key", 2, [*good, "--tls-certificate", "a"], "--tls-key"),
        ("a certificate that is not there", 2, [*good, "--tls-certificate", f"{folder}/a.pem", "--tls-key", f"{folder}/b.pem"], "a.pem"),
        ("feedback in a file of something else", 2, ["--port", "0", "--no-auth", "--feedback", f"{folder}/text.txt"], "text.txt"),
        ("feedback in a folder that is not there", 2, ["--port", "0", "--no-auth", "--feedback", f"{folder}/no/f"], "no/f"),
        ("a log in a folder that is not there", 2, [*good[:-2], "--access-log", f"{folder}/no/log"], "no/log"),
        ("an unknown authority", 2, [*good, "--authority", "who"], "--authority"),
        ("a day of no calendar", 2, [*good, "--as-of", "2026-02-30"], "--as-of"),
        ("an operand", 2, [*good, "file.json"], "file.json"),
        ("knowledge that is not there", 3, [*good, "--knowledge", f"{folder}/pack"], "pack"),
    ]:
        done = subprocess.run([command, "serve", *arguments], capture_output=True, text=True, timeout=60 * slow)
        expect(f"{what}: exit code", done.returncode, code)
        expect(f"{what}: says that it listens", done.stdout, "")
        for word in (*words, "found", "expected"):
            holds(f"{what}: says {word!r}", word in done.stderr, done.stderr)
    def few_files():
        import resource
        resource.setrlimit(resource.RLIMIT_NOFILE, (200, 200))

    done = subprocess.run([command, "serve", *good], capture_output=True, text=True, timeout=60 * slow, preexec_fn=few_files)
    expect("more connections than files", (done.returncode, "256" in done.stderr, "open files" in done.stderr), (2, True, True))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = subprocess.run([command, "serve", "--port", str(taken.getsockname()[1]), *good[2:]], capture_output=True, text=True, timeout=60 * slow)
        expect("a port that is taken", (done.returncode, "free port" in done.stderr), (2, True))


# --- What is found where

def endpoints():
    with Service("--allow-origin", "https://ehr.example.org") as service:
        found = service.ask("GET", "/cds-services")
        expect("discovery", (found.status, found.fields["content-type"]), (200, "application/json"))
        ids = {one["id"] for one in found.json()["services"]}
        holds("discovery names the services", cards_id in ids, ids)
        head = service.ask("HEAD", "/cds-services")
        expect("HEAD", (head.status, head.body, head.fields["content-length"], head.fields["etag"]),
               (200, b"", str(len(found.body)), found.fields["etag"]))
        again = service.ask("GET", "/cds-services", If_None_Match=found.fields["etag"])
        expect("discovery, known", (again.status, again.body), (304, b""))
        expect("discovery, another known", service.ask("GET", "/cds-services", If_None_Match='"x"').status, 200)
        expect("discovery with a query", service.ask("GET", "/cds-services?a=b").body, found.body)
        expect("discovery as a proxy asks", answers(service.send(get("http://a/cds-services", "Connection: close")))[0].body, found.body)

        answer = service.ask("POST", cards_path, order_sign())
        expect("order-sign", (answer.status, answer.fields["content-type"], answer.fields["cache-control"]), (200, "application/json", "no-store"))
        cards = answer.json()["cards"]
        holds("order-sign: cards", cards, answer.body)
        holds("a card that warns", any(card["indicator"] in ("warning", "critical") for card in cards), cards)
        same = service.ask("POST", cards_path, order_sign() | {"hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea"})
        expect("order-sign again", same.status, 200)
        expect("a body with its charset", service.ask("POST", cards_path, order_sign(), Content_Type="Application/JSON ; charset=utf-8").status, 200)

        for method, path, allowed in [("POST", "/cds-services", "GET"), ("GET", cards_path, "POST"), ("HEAD", cards_path, "POST"), ("PUT", cards_path, "POST"),
                                      ("DELETE", cards_path, "POST"), ("PATCH", f"{cards_path}/feedback", "POST"), ("TRACE", "/cds-services", "GET"),
                                      ("GET", f"{cards_path}/feedback", "POST"), ("POST", "/metrics", "GET"), ("POST", "/ready", "GET"), ("BREW", "/cds-services", "GET")]:
            answer = service.ask(method, path, "{}" if method in ("POST", "PUT", "PATCH") else None)
            expect(f"{method} {path}", (answer.status, allowed in answer.fields.get("allow", "")), (405, True))
            if method != "HEAD":
                is_outcome(f"{method} {path}", answer)
        for path in ["/", "/cds-services/", "/cds-services/absent", "/cds-services/absent/feedback", f"{cards_path}/", f"{cards_path}/feedback/", "/cds-services//feedback",
                     f"/{cards_path}", "/CDS-services", "/cds-services%2fmagnesia-orders", f"/cds-services/../cds-services/{cards_id}", "/metrics/", "*"]:
            answer = service.ask("GET", path)
            expect(f"GET {path}", answer.status, 404)
            is_outcome(f"GET {path}", answer)
            expect(f"POST {path}", service.ask("POST", path, order_sign()).status, 404)
        for kind in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", "application/fhir+json", "", "application/json2; a=b"]:
            expect(f"a body of type {kind!r}", service.ask("POST", cards_path, "{}", Content_Type=kind).status, 415)
        expect("a compressed body", service.ask("POST", cards_path, b"\x1f\x8b", Content_Encoding="gzip").status, 415)
        for body in ["", "{", "[]", "null", '{"hook": 1}', '{"hook": "order-sign", "hook": "order-sign"}', "\ufeff{}", '{"a": "\udc80"}'.encode("utf-8", "surrogatepass"), "[" * 10_000]:
            answer = service.ask("POST", cards_path, body)
            expect(f"body {body[:30]!r}", answer.status, 400)
            is_outcome(f"body {body[:30]!r}", answer)
            expect(f"feedback {body[:30]!r}", service.ask("POST", f"{cards_path}/feedback", body).status, 400)

        for path in ("/healthy", "/ready"):
            expect(path, (service.ask("GET", path).status, service.ask("GET", path).body, service.ask("HEAD", path).status), (200, b"ok\n", 200))

        preflight = {"Origin": "https://ehr.example.org", "Access_Control_Request_Method": "POST", "Access_Control_Request_Headers": "authorization,content-type"}
        answer = service.ask("OPTIONS", cards_path, **preflight)
        expect("preflight", (answer.status, answer.fields["access-control-allow-origin"], "POST" in answer.fields["access-control-allow-methods"],
                             answer.fields["access-control-allow-headers"], answer.fields["vary"]),
               (204, "https://ehr.example.org", True, "Authorization, Content-Type", "Origin"))
        answer = service.ask("OPTIONS", cards_path, **(preflight | {"Origin": "https://evil.example.org"}))
        expect("preflight from elsewhere", (answer.status, [name for name in answer.fields if name.startswith("access-control")]), (204, []))
        for origin, allowed in [("https://ehr.example.org", True), ("https://evil.example.org", False), ("null", False), ("https://ehr.example.org.evil.example.org", False)]:
            answer = service.ask("POST", cards_path, order_sign(), Origin=origin)
            expect(f"from {origin}", (answer.status, answer.fields.get("access-control-allow-origin")), (200, origin if allowed else None))
        expect("an error can be read from there too", service.ask("POST", cards_path, "{", Origin="https://ehr.example.org").fields.get("access-control-allow-origin"),
               "https://ehr.example.org")

        numbers = service.metrics()
        holds("metrics: by route and status", numbers['magnesia_requests_total{route="service",status="200"}'] >= 3, numbers)
        holds("metrics: cards", sum(value for name, value in numbers.items() if name.startswith("magnesia_cards_total")) >= len(cards), numbers)
        count = numbers['magnesia_request_seconds_count{route="service"}']
        expect("metrics: the histogram is whole", numbers['magnesia_request_seconds_bucket{route="service",le="+Inf"}'], count)
        buckets = [value for name, value in numbers.items() if name.startswith('magnesia_request_seconds_bucket{route="service"')]
        expect("metrics: the histogram grows", buckets, sorted(buckets))
        for text in (service.ask("GET", "/metrics").body.decode(), service.log()):
            holds("no patient's name", marker not in text)
            holds("no path that a client chose", "absent" not in text)
        routes = {line.get("route") for line in service.lines()}
        holds("the log has every route", routes >= {"none", "discovery", "service", "feedback", "healthy", "ready", "metrics"}, routes)
    with Service("--allow-origin", "*", "--feedback", "none") as service:
        expect("any origin", service.ask("GET", "/cds-services", Origin="http://localhost:8080").fields.get("access-control-allow-origin"), "http://localhost:8080")
    with Service() as service:
        answer = service.ask("POST", cards_path, order_sign(), Origin="https://ehr.example.org")
        expect("no origin by default", [name for name in answer.fields if name.startswith("access-control")], [])


# --- HTTP itself

def http_itself():
    with Service("--max-body", "200000", "--max-header", "4096") as service:
        one = get("/cds-services")
        expect("pipelined", statuses(service.send(one + post(cards_path, order_sign()) + get("/absent") + post("/absent", order_sign()) + one + get("/ready", "Connection: close") + one)),
               [200, 200, 404, 404, 200, 200])
        with service.connect() as wire:
            reader = http.client.HTTPResponse
            for _ in range(20):
                wire.sendall(one)
                answer = reader(wire)
                answer.begin()
                answer.read()
                expect("kept alive", (answer.status, answer.will_close), (200, False))
        for byte_at_a_time in (post(cards_path, order_sign(), "Connection: close"),):
            with service.connect() as wire:
                for at in range(0, 400):
                    wire.sendall(byte_at_a_time[at:at + 1])
                wire.sendall(byte_at_a_time[400:])
                expect("a request in small pieces", statuses(drain(wire)), [200])
        expect("HTTP/1.0", [(a.status, a.fields["connection"]) for a in answers(service.send(get("/ready", version="1.0") + one))], [(200, "close")])
        expect("HTTP/1.0, kept alive", statuses(service.send(get("/ready", "Connection: keep-alive", version="1.0") + get("/ready", version="1.0"))), [200, 200])
        body = json.dumps(order_sign()).encode()
        chunks = b"".join(b"%x\r\n%s\r\n" % (len(body[at:at + 1000]), body[at:at + 1000]) for at in range(0, len(body), 1000)) + b"0\r\n\r\n"
        chunked = b"POST %s HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n" % cards_path.encode()
        expect("chunks", statuses(service.send(chunked + b"\r\n" + chunks + get("/ready", "Connection: close"))), [200, 200])
        whole = service.ask("POST", cards_path, json.loads(body))
        expect("chunks: the same answer", answers(service.send(chunked + b"Connection: close\r\n\r\n" + chunks))[0].body, whole.body)

        with service.connect() as wire:
            wire.sendall(post(cards_path, body, "Expect: 100-continue", "Connection: close")[:-len(body)])
            expect("100-continue", wire.recv(100), b"HTTP/1.1 100 Continue\r\n\r\n")
            wire.sendall(body)
            expect("100-continue: the answer", statuses(drain(wire)), [200])
        expect("100-continue, refused", statuses(service.send(post("/absent", b"a" * 100, "Expect: 100-continue")[:-100])), [404])
        expect("another expectation", statuses(service.send(post(cards_path, body, "Expect: a miracle"))), [417])

        def broken(what, data, status):
            came = answers(service.send(data, half_close=status is None))
            expect(what, [(a.status, a.fields["connection"]) for a in came], [(status, "close")] if status else [])
            if status and status != 401:
                is_outcome(what, came[0])

        broken("a body too large", post(cards_path, b" " * 200_001), 413)
        broken("a body too large, announced only", post(cards_path, b"")[:-4].replace(b"Content-Length: 0", b"Content-Length: 99999999") + b"\r\n\r\n", 413)
        broken("chunks too large", chunked + b"\r\n" + b"10000\r\n" + b" " * 65536 + b"\r\n" + b"10000\r\n" + b" " * 65536 + b"\r\n10000\r\n" + b" " * 65536 + b"\r\n10000\r\n" + b" " * 65536, 413)
        expect("a body that just fits", service.ask("POST", cards_path, b" " * 200_000).status, 400)
        broken("a header too large", get("/ready", "X: " + "a" * 5000), 431)
        broken("fields too many", get("/ready", *["a: b"] * 2000), 431)
        broken("a header that never ends", b"GET /ready HTTP/1.1\r\nHost: a\r\n" + b"a: b\r\n" * 100_000, 431)
        broken("a path too long", get("/" + "a" * 5000), 414)
        broken("a line that never ends", b"GET /" + b"a" * 1_000_000, 414)
        broken("a size of a chunk too long", chunked + b"\r\n" + b"0" * 100_000, 400)
        broken("a trailer too long", chunked + b"\r\n0\r\n" + b"a: b\r\n" * 20_000, 400)
        for what, data, status in [
            ("no HTTP", b"hello\r\n\r\n", 400), ("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + os.urandom(100), 400), ("no host", b"GET /ready HTTP/1.1\r\n\r\n", 400),
            ("two hosts", get("/ready", "Host: b"), 400), ("HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505), ("line feeds alone", b"GET /ready HTTP/1.1\nHost: a\n\n", 400),
            ("two lengths", post(cards_path, b"{}", "Content-Length: 3"), 400), ("a length and chunks", post(cards_path, b"0\r\n\r\n", "Transfer-Encoding: chunked"), 400),
            ("another coding", chunked.replace(b"chunked", b"gzip, chunked") + b"\r\n0\r\n\r\n", 501), ("a chunk of no size", chunked + b"\r\nzz\r\n", 400),
            ("a blank before the colon", get("/ready", "Transfer-Encoding : chunked"), 400), ("a NUL", get("/ready", "X: a\0b"), 400),
            ("a bare carriage return", get("/ready", "X: a\rb"), 400), ("two tokens", get("/ready", "Authorization: Bearer a", "Authorization: Bearer b"), 400),
            ("half a request", post(cards_path, b"{}")[:-1], None), ("half a header", b"GET /rea", None), ("nothing", b"", None)]:
            broken(what, data, status)
        # What comes behind a broken request is not taken for one (request smuggling).
        smuggled = post(cards_path, b"0\r\n\r\n" + get("/metrics"), "Transfer-Encoding: chunked")
        expect("nothing is smuggled", statuses(service.send(smuggled)), [400])
        for size in (1_000, 60_000, 190_000):  # refused before its body came; the client still reads why
            expect(f"404 with {size} bytes behind it", statuses(service.send(post("/absent", b" " * size) + get("/ready", "Connection: close")))[0], 404)
        random.seed(2026)
        for _ in range(300):
            data = bytearray(post(cards_path, order_sign(), "Connection: close"))
            for _ in range(random.randint(1, 8)):
                data[random.randrange(min(len(data), 300))] = random.randrange(256)
            came = statuses(service.send(bytes(data), half_close=True))
            holds("a mutated request", all(200 <= status < 600 and status != 500 for status in came), came)
        expect("still there", service.ask("GET", "/ready").status, 200)
        for line in service.lines():
            holds("no fault of its own", line.get("status") != 500, line)


# --- Time and number

def limits():
    with Service("--request-time", "1", "--idle-time", "1") as service:
        begin = time.monotonic()
        expect("a header that does not end", statuses(service.send(b"GET /ready HTTP/1.1\r\nHost:")), [408])
        holds("in its time", 0.9 < time.monotonic() - begin < 3 * slow, time.monotonic() - begin)
        expect("a body that does not end", statuses(service.send(post(cards_path, b"{}")[:-1])), [408])
        with service.connect() as wire:  # a byte now and then does not win time
            begin = time.monotonic()
            with contextlib.suppress(OSError):
                for byte in b"GET /ready HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 100:
                    wire.sendall(bytes([byte]))
                    time.sleep(0.1)
            holds("a slow header", time.monotonic() - begin < 5 * slow, time.monotonic() - begin)
        begin = time.monotonic()
        expect("nothing at all", service.send(b""), b"")
        holds("in its time", 0.9 < time.monotonic() - begin < 3 * slow, time.monotonic() - begin)
        expect("idle after an answer", statuses(service.send(get("/ready"))), [200])
        with service.connect() as wire:  # who does not read its answers is not waited for
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            many = get("/metrics") * 3000
            wire.settimeout(1)
            with contextlib.suppress(OSError):
                wire.sendall(many)
            time.sleep(2.5 * slow)
            wire.settimeout(20)
            came = drain(wire)
            holds("who does not read is cut", came.count(b"HTTP/1.1 200") < 3000, came.count(b"HTTP/1.1 200"))
        numbers = service.metrics()
        holds("metrics: too slow", numbers["magnesia_requests_too_slow_total"] >= 3, numbers)

    with Service("--max-connections", "20", "--request-time", "2") as service:
        held = [service.connect() for _ in range(20)]
        for wire in held:
            wire.sendall(get("/ready"))
            expect("within the limit", wire.recv(100)[:12], b"HTTP/1.1 200")
        over = answers(service.send(get("/ready")))
        expect("over the limit", [(a.status, a.fields["connection"]) for a in over], [(503, "close")])
        with concurrent.futures.ThreadPoolExecutor(40) as pool:
            came = list(pool.map(lambda _: statuses(service.send(get("/ready"))), range(120)))
        holds("many over the limit", all(one in ([503], []) for one in came), came)
        holds("most are told", sum(one == [503] for one in came) > 60, came)
        held[0].close()
        deadline = time.monotonic() + 5 * slow
        while (again := statuses(service.send(get("/ready", "Connection: close")))) != [200] and time.monotonic() < deadline:
            time.sleep(0.05)
        expect("after one has gone", again, [200])
        for wire in held:
            wire.close()
    with Service("--max-connections", "60", "--request-time", "2", "--idle-time", "2") as service:  # slow clients crowd nobody out for long
        held = [service.connect() for _ in range(60)]
        for wire in held:
            wire.sendall(b"GET /ready HTTP/1.1\r\n")
        deadline = time.monotonic() + 8 * slow  # the time of a request, and of a farewell
        while (status := service.ask("GET", "/ready").status) != 200 and time.monotonic() < deadline:
            time.sleep(0.2)
        expect("after slow clients", status, 200)
        for wire in held:
            wire.close()


# --- Tokens

def openssl(*arguments, text=None):
    return subprocess.run(["openssl", *map(str, arguments)], input=text, capture_output=True, check=True).stdout


def url64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Key:
    """A key pair of OpenSSL's command, and what it signs."""

    def __init__(self, name, kind):
        self.name, self.kind, self.file = name, kind, folder / f"{name}.pem"
        if kind == "EC":
            openssl("ecparam", "-name", "secp384r1", "-genkey", "-noout", "-out", self.file)
            point = openssl("ec", "-in", self.file, "-pubout", "-outform", "DER")[-96:]
            self.jwk = {"kty": "EC", "crv": "P-384", "x": url64(point[:48]), "y": url64(point[48:]), "kid": name, "alg": "ES384", "use": "sig"}
        else:
            openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", self.file)
            modulus = openssl("rsa", "-in", self.file, "-modulus", "-noout").decode().strip().split("=")[1]
            self.jwk = {"kty": "RSA", "n": url64(bytes.fromhex(modulus)), "e": "AQAB", "kid": name, "alg": "RS384"}

    def sign(self, text):
        signature = openssl("dgst", "-sha384", "-sign", self.file, text=text)
        if self.kind != "EC":
            return signature
        parts, at = [], 2 if signature[1] < 128 else 3  # DER: a sequence of two integers
        for _ in range(2):
            length = signature[at + 1]
            parts.append(int.from_bytes(signature[at + 2:at + 2 + length], "big").to_bytes(48, "big"))
            at += 2 + length
        return b"".join(parts)

    def token(self, audience, header=None, **claims):
        now = int(time.time())
        head = {"alg": self.jwk["alg"], "typ": "JWT", "kid": self.name} | (header or {})
        body = {"iss": "https://ehr.example.org", "aud": audience, "exp": now + 200, "iat": now, "jti": str(uuid.uuid4())} | claims
        text = url64(json.dumps(head).encode()) + "." + url64(json.dumps({k: v for k, v in body.items() if v is not None}).encode())
        return "Bearer " + text + "." + url64(self.sign(text.encode()))


def tokens():
    elliptic, rsa, stranger = Key("ec-1", "EC"), Key("rsa-1", "RSA"), Key("stranger", "EC")
    (folder / "keys.json").write_text(json.dumps({"keys": [elliptic.jwk, rsa.jwk]}))
    stranger.jwk["kid"] = "ec-1"
    (folder / "other-keys.json").write_text(json.dumps({"keys": [stranger.jwk]}))
    base = "https://cds.example.org/base"
    trusted = ["--issuer", f"https://ehr.example.org={folder}/keys.json", "--issuer", f"https://other.example.org={folder}/other-keys.json", "--public-url", base]
    call = base + cards_path
    with Service(*trusted, "--allow-origin", "https://ehr.example.org", auth=True) as service:
        def ask(token, path=cards_path, body=None, **fields):
            return service.ask("POST", path, body or order_sign(), Authorization=token, **fields)

        expect("discovery needs no token", service.ask("GET", "/cds-services").status, 200)
        expect("a preflight needs none", service.ask("OPTIONS", cards_path, Origin="https://ehr.example.org", Access_Control_Request_Method="POST").status, 204)
        for key in (elliptic, rsa):
            expect(f"a token of {key.name}", ask(key.token(call)).status, 200)
        expect("several audiences", ask(elliptic.token(["https://a", call])).status, 200)
        expect("with a jku", ask(elliptic.token(call, {"jku": "http://127.0.0.1:1/keys.json"})).status, 200)
        expect("for feedback", ask(elliptic.token(call + "/feedback"), cards_path + "/feedback", feedback("a")).status, 200)
        expect("another issuer", ask(stranger.token(call, {"kid": "ec-1"}, iss="https://other.example.org")).status, 200)
        with sqlite3.connect(service.feedback) as kept:
            expect("feedback knows who", kept.execute("SELECT issuer FROM feedback").fetchall(), [("https://ehr.example.org",)])
        kept.close()
        now = int(time.time())
        good = elliptic.token(call)
        twice = elliptic.token(call)
        expect("a token once", ask(twice).status, 200)
        unsigned = good.rsplit(".", 1)[0] + "."
        none = "Bearer " + url64(b'{"alg":"none","typ":"JWT","kid":"ec-1"}') + "." + good.split(".")[1] + "."
        bad = {
            "no-token": [None, "", "Bearer", "Basic YTpi", good[7:]], "replayed": [twice], "signature": [unsigned, stranger.token(call, {"kid": "ec-1"}), good[:-6] + "AAAAAA"],
            "algorithm": [none, elliptic.token(call, {"alg": "HS384"}), elliptic.token(call, {"alg": "HS256"}), elliptic.token(call, {"alg": "RS384"}), elliptic.token(call, {"alg": "ES256"}),
                          rsa.token(call, {"alg": "RS256"}), rsa.token(call, {"alg": "ES384"})],
            "unknown-key": [stranger.token(call)], "unknown-issuer": [elliptic.token(call, iss="https://evil.example.org")],
            "audience": [elliptic.token(base + "/cds-services"), elliptic.token(call + "/feedback"), elliptic.token(f"http://127.0.0.1:{service.port}{cards_path}"), elliptic.token([])],
            "expired": [elliptic.token(call, exp=now - 100)], "lives-too-long": [elliptic.token(call, exp=now + 100_000)], "from-the-future": [elliptic.token(call, iat=now + 1000), elliptic.token(call, nbf=now + 1000)],
            "critical": [elliptic.token(call, {"crit": ["exp"]})],
            "malformed": [elliptic.token(call, jti=None), elliptic.token(call, exp=None), elliptic.token(call, iat=None), elliptic.token(call, iss=7), "Bearer a.b.c", "Bearer " + "a" * 9000, good + "=", good + ".x"],
        }
        refusals = 0
        for reason, shown in bad.items():
            for token in shown:
                answer = ask(token)
                expect(f"{reason}: {str(token)[:40]}", (answer.status, answer.fields.get("www-authenticate"), answer.body), (401, "Bearer", b""))
                refusals += 1
        deadline = time.monotonic() + 5 * slow
        while len([line for line in service.lines() if line.get("status") == 401]) < refusals and time.monotonic() < deadline:
            time.sleep(0.02)
        logged = [line.get("refused") for line in service.lines() if line.get("status") == 401]
        expect("our log knows why", sorted(logged), sorted(reason for reason, shown in bad.items() for _ in shown))
        expect("a token that was not used up", ask(good).status, 200)
        expect("401 before a body comes", statuses(service.send(post(cards_path, b"{}", "Expect: 100-continue")[:-2])), [401])
        expect("401 keeps the connection", statuses(service.send(post(cards_path, order_sign()) + get("/ready", "Connection: close"))), [401, 200])
        expect("401 from a browser", ask(None, Origin="https://ehr.example.org").fields.get("access-control-allow-origin"), "https://ehr.example.org")
        text = service.log()
        holds("no token in the log", all(token[7:60] not in text for token in (good, twice)))
    with Service(*trusted, "--protect-discovery", auth=True) as service:
        expect("a protected discovery", service.ask("GET", "/cds-services").status, 401)
        expect("a protected discovery, with a token", service.ask("GET", "/cds-services", Authorization=rsa.token(base + "/cds-services")).status, 200)
        expect("operators need none", service.ask("GET", "/ready").status, 200)


# --- Feedback

def rows(path):
    with contextlib.closing(sqlite3.connect(path)) as kept:
        expect("the file is whole", kept.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
        return kept.execute("SELECT card, outcome FROM feedback").fetchall()


def feedback_log():
    with Service("--threads", "2") as service:
        path = cards_path + "/feedback"
        said = feedback("card-1", overrideReason={"reason": {"code": "will-monitor", "system": "https://example.org/reasons"}, "userComment": f"{marker} asked for it"})
        for _ in range(3):
            expect("feedback", service.ask("POST", path, said).status, 200)
        expect("feedback of two", service.ask("POST", path, feedback("card-1", "card-2", outcome="accepted", acceptedSuggestions=[{"id": "s"}])).status, 200)
        expect("kept once each", sorted(rows(service.feedback)), [("card-1", "accepted"), ("card-1", "overridden"), ("card-2", "accepted")])
        numbers = service.metrics()
        expect("metrics", (numbers['magnesia_feedback_total{kept="new"}'], numbers['magnesia_feedback_total{kept="repeated"}']), (3, 2))
        holds("no comment in the log", marker not in service.log())
        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            came = list(pool.map(lambda i: service.ask("POST", path, feedback(f"many-{i % 50}")).status, range(400)))
        expect("many at once", set(came), {200})
        expect("many at once, kept once each", len(rows(service.feedback)), 53)
        # Who reads the file meanwhile, or holds it for a while, loses nothing.
        holder = sqlite3.connect(service.feedback, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            late = pool.submit(lambda: service.ask("POST", path, feedback("late")).status)
            time.sleep(0.5)
            holder.execute("COMMIT")
            expect("a file that someone held", late.result(), 200)
        holder.execute("BEGIN IMMEDIATE")
        with concurrent.futures.ThreadPoolExecutor(4) as pool:  # more than there are threads
            late = [pool.submit(lambda: service.ask("POST", path, feedback("too-late"))) for _ in range(4)]
            time.sleep(0.3)
            begin = time.monotonic()
            expect("cards while feedback waits", {service.ask("POST", cards_path, order_sign()).status for _ in range(10)}, {200})
            holds("and not late", time.monotonic() - begin < 1.5 * slow, time.monotonic() - begin)
            answer = late[0].result()
            for one in late:
                expect("each is told", one.result().status, 503)
        holder.execute("ROLLBACK")
        expect("a file that someone holds on to", (answer.status, answer.fields.get("retry-after")), (503, "30"))
        is_outcome("a file that someone holds on to", answer)
        expect("and not said to be kept", ("too-late", "overridden") in rows(service.feedback), False)
        expect("the same later", service.ask("POST", path, feedback("too-late")).status, 200)
        holder.close()
    with Service("--feedback", "none") as service:
        expect("no feedback kept, no place for it", service.ask("POST", cards_path + "/feedback", feedback("a")).status, 404)


def killed():
    """What was answered with 200 is there after SIGKILL at any moment, once, and the file opens again."""
    path = folder / "killed.sqlite"
    told, sent = set(), 0
    random.seed(int(os.environ.get("MAGNESIA_TEST_SEED", "2026")))
    for turn in range(12):
        service = Service(feedback=path, ends_with=-signal.SIGKILL)
        with service:
            stop = threading.Event()
            lock = threading.Lock()

            def report(worker):
                number = 0
                while not stop.is_set():
                    cards = [f"{turn}-{worker}-{number}-{i}" for i in range(random.randint(1, 3))]
                    number += 1
                    try:
                        if service.ask("POST", cards_path + "/feedback", feedback(*cards)).status == 200:
                            with lock:
                                told.update(cards)
                    except (OSError, http.client.HTTPException):
                        return

            workers = [threading.Thread(target=report, args=(worker,)) for worker in range(4)]
            for worker in workers:
                worker.start()
            time.sleep(random.uniform(0.02, 0.5) * slow)
            service.process.kill()
            stop.set()
            for worker in workers:
                worker.join()
    with Service(feedback=path) as service:
        kept = rows(path)
        holds("something was reported", len(told) > 100, len(told))
        expect("nothing is lost", sorted(told - {card for card, _ in kept}), [])
        expect("nothing is there twice", len(kept), len(set(kept)))
        for card in random.sample(sorted(told), 20):
            expect("reported again", service.ask("POST", cards_path + "/feedback", feedback(card)).status, 200)
        expect("and still once", len(rows(path)), len(kept))


# --- TLS

def tls():
    for name in ("server", "other"):
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", folder / f"{name}.key", "-out", folder / f"{name}.crt",
                "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1")
    openssl("pkcs8", "-topk8", "-in", folder / "server.key", "-out", folder / "locked.key", "-passout", "pass:secret")
    for key, word in [("other.key", "another certificate"), ("locked.key", "passphrase")]:
        done = subprocess.run([command, "serve", "--port", "0", "--no-auth", "--feedback", "none", "--tls-certificate", folder / "server.crt", "--tls-key", folder / key],
                              capture_output=True, text=True, timeout=60 * slow, stdin=subprocess.DEVNULL)
        expect(f"{key}: refused", (done.returncode, key in done.stderr, word in done.stderr), (2, True, True))
    with Service("--tls-certificate", str(folder / "server.crt"), "--tls-key", str(folder / "server.key"), "--host", "0.0.0.0", "--request-time", "2", "--idle-time", "2", "--max-connections", "8") as service:
        expect("the scheme", service.scheme, "https")

        def context(least=ssl.TLSVersion.TLSv1_2, most=ssl.TLSVersion.TLSv1_3):
            made = ssl.create_default_context(cafile=folder / "server.crt")
            made.minimum_version, made.maximum_version = least, most
            return made

        def ask(made, data=get("/ready", "Connection: close")):
            with socket.create_connection(("127.0.0.1", service.port), timeout=20 * slow) as wire, made.wrap_socket(wire, server_hostname="localhost") as safe:
                safe.sendall(data)
                return safe.version(), statuses(drain(safe))

        expect("TLS 1.3", ask(context()), ("TLSv1.3", [200]))
        expect("TLS 1.2", ask(context(most=ssl.TLSVersion.TLSv1_2)), ("TLSv1.2", [200]))
        expect("a request with cards", ask(context(), post(cards_path, order_sign()) * 3 + get("/ready", "Connection: close")), ("TLSv1.3", [200, 200, 200, 200]))
        expect("broken inside", ask(context(), b"hello\r\n\r\n"), ("TLSv1.3", [400]))
        expect("too slow inside", ask(context(), b"GET /"), ("TLSv1.3", [408]))
        with_alpn = context()
        with_alpn.set_alpn_protocols(["h2", "http/1.1"])
        with socket.create_connection(("127.0.0.1", service.port)) as wire, with_alpn.wrap_socket(wire, server_hostname="localhost") as safe:
            expect("the protocol chosen", safe.selected_alpn_protocol(), "http/1.1")
        for version in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
            try:
                import warnings
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    old = context(least=version, most=version)
                old.set_ciphers("ALL:@SECLEVEL=0")
                found = ask(old)
            except (ssl.SSLError, OSError):
                found = "refused"
            expect(f"{version.name}", found, "refused")
        with socket.create_connection(("127.0.0.1", service.port), timeout=20 * slow) as wire:
            wire.sendall(get("/ready"))
            holds("HTTP to a port of TLS", not drain(wire).startswith(b"HTTP/"))
        with socket.create_connection(("127.0.0.1", service.port), timeout=20 * slow) as wire:
            expect("no handshake at all", drain(wire), b"")
        held = []
        for _ in range(8):
            safe = context().wrap_socket(socket.create_connection(("127.0.0.1", service.port), timeout=20 * slow), server_hostname="localhost")
            safe.sendall(get("/ready"))
            safe.recv(10)
            held.append(safe)
        try:
            expect("over the limit", ask(context())[1], [503])
        except ssl.SSLError as error:
            expect("over the limit", str(error), "503")
        for safe in held:
            safe.close()


# --- Stopping

def stopping():
    for stop in (signal.SIGTERM, signal.SIGINT):
        with Service() as service:
            idle = service.connect()
            idle.sendall(get("/ready"))
            idle.recv(65536)
            busy = service.connect()
            request = post(cards_path, order_sign())
            busy.sendall(request[:-10])
            time.sleep(0.3 * slow)
            service.process.send_signal(stop)
            expect(f"{stop.name}: idle connections are closed", drain(idle), b"")
            time.sleep(0.3 * slow)
            with contextlib.suppress(OSError):
                service.connect().close()
                expect(f"{stop.name}: nobody new is let in", "let in", "refused")
            expect(f"{stop.name}: and what is in hand is awaited", service.process.poll(), None)
            busy.sendall(request[-10:])
            came = answers(drain(busy))
            expect(f"{stop.name}: a request in hand is answered", [(a.status, a.fields["connection"]) for a in came], [(200, "close")])
            expect(f"{stop.name}: and then it ends", service.process.wait(10 * slow), 0)
            expect(f"{stop.name}: with its last line", service.lines()[-1]["event"], "stopped")
    with Service("--grace", "1") as service:
        busy = service.connect()
        busy.sendall(post(cards_path, order_sign())[:-10])
        time.sleep(0.3 * slow)
        begin = time.monotonic()
        service.process.send_signal(signal.SIGTERM)
        expect("grace: it ends", service.process.wait(20 * slow), 0)
        holds("grace: after its time", 0.8 < time.monotonic() - begin < 5 * slow, time.monotonic() - begin)
        busy.close()
    with Service("--grace", "60", "--request-time", "60") as service:
        busy = service.connect()
        busy.sendall(post(cards_path, order_sign())[:-10])
        time.sleep(0.3 * slow)
        service.process.send_signal(signal.SIGTERM)
        time.sleep(0.3 * slow)
        service.process.send_signal(signal.SIGTERM)
        expect("a second signal cuts it short", service.process.wait(10 * slow), 0)
        busy.close()
    # Under load: each request that was sent in full before the end is answered, or its connection was never taken.
    with Service() as service:
        bad = []

        def load():
            while True:
                try:
                    wire = service.connect()
                except OSError:
                    return
                with wire:
                    try:
                        wire.sendall(get("/ready", "Connection: close"))
                        came = drain(wire)
                    except OSError:
                        return
                    if came and statuses(came) != [200]:
                        bad.append(came)

        workers = [threading.Thread(target=load) for _ in range(8)]
        for worker in workers:
            worker.start()
        time.sleep(0.5 * slow)
        service.process.send_signal(signal.SIGTERM)
        expect("stopped under load", service.process.wait(20 * slow), 0)
        for worker in workers:
            worker.join()
        expect("no half answer", bad, [])
    # The log's reader goes away: cards matter more.
    reader, writer = os.pipe()
    process = subprocess.Popen([command, "serve", "--port", "0", "--no-auth", "--feedback", "none"], stdout=subprocess.PIPE, stderr=writer, text=True)
    os.close(writer)
    port = int(process.stdout.readline().rsplit(":", 1)[1])
    os.close(reader)
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=20 * slow)
    for _ in range(5):
        link.request("GET", "/ready")
        answer = link.getresponse()
        answer.read()
        expect("without a reader of its log", answer.status, 200)
    link.close()
    process.send_signal(signal.SIGTERM)
    expect("without a reader of its log: the end", process.wait(20 * slow), 0)
    process.stdout.close()


parts = [refused_options, endpoints, http_itself, limits, tokens, feedback_log, killed, tls, stopping]
wanted = sys.argv[2:]
try:
    for part in parts:
        if wanted and part.__name__ not in wanted:
            continue
        begin = time.monotonic()
        part()
        if wanted or os.environ.get("MAGNESIA_TEST_TIMES"):
            print(f"{part.__name__}: {time.monotonic() - begin:.1f} s")
finally:
    shutil.rmtree(folder, ignore_errors=True)
print(*faults, sep="\n", end="\n" if faults else "")
print(f"{checked} checks, {len(faults)} faults")
sys.exit(bool(faults))
