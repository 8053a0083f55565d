"""The service under load, on loopback. serve_load.py COMMAND [SECONDS]

First order-sign with prefetch at 500 requests a second, the service on one core and this client on another: latency counts from
when a request was due, so that a service that falls behind is not spared. Then its connection limit with clients that are well
behaved, slow, too large, broken and too many at once: every answer is looked at, and so is the memory of the service.
"""
import asyncio, collections, contextlib, json, os, pathlib, platform, random, re, select, signal, socket, subprocess, sys, tempfile, time

root = pathlib.Path(__file__).resolve().parent.parent
command = sys.argv[1]
seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 20
path = "/cds-services/magnesia-orders"
body = (root / "examples/orders/order-sign.json").read_bytes()
request = (f"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n").encode() + body
faults = []


class Service:
    def __init__(self, *options, core=None):
        self.folder = tempfile.TemporaryDirectory(prefix="magnesia-load-")
        pinned = ["taskset", "-c", str(core)] if core is not None else []
        self.process = subprocess.Popen([*pinned, command, "serve", "--port", "0", "--no-auth", "--as-of", "2026-11-25", "--feedback", f"{self.folder.name}/feedback.sqlite",
                                         "--access-log", f"{self.folder.name}/log", *options], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.port = int(re.search(r":(\d+)$", self.process.stdout.readline().strip())[1])

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(60)
        if code != 0:
            faults.append(f"the service ended with {code}")
        self.folder.cleanup()

    def memory(self):
        return int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{self.process.pid}/status").read_text())[1]) / 1024

    def cpu(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def length_of(data):
    """How long the answer at the beginning is; None while its header is not whole."""
    end = data.find(b"\r\n\r\n")
    if end < 0:
        return None
    found = re.search(rb"(?i)content-length: (\d+)", data[:end])
    return end + 4 + (int(found[1]) if found else 0)


def steady(rate, connections=32):
    cores = sorted(os.sched_getaffinity(0))
    service = Service("--threads", "1", core=cores[0])
    if len(cores) > 1:
        os.sched_setaffinity(0, {cores[1]})
    poll = select.epoll()
    wires, waiting, due_at, got = {}, collections.deque(), {}, {}
    for _ in range(connections):
        wire = socket.create_connection(("127.0.0.1", service.port))
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        wires[wire.fileno()] = wire
        poll.register(wire.fileno(), select.EPOLLIN)
    free = list(wires)
    taken, answer, first_cpu, first_time = [], None, None, None
    begin = time.perf_counter() + 0.1
    warm, total = int(rate * 2), int(rate * (seconds + 2))
    sent = done = 0
    while done < total:
        now = time.perf_counter()
        while sent < total and begin + sent / rate <= now:
            waiting.append(sent)
            sent += 1
        while waiting and free:
            number, wire = waiting.popleft(), free.pop()
            due_at[wire], got[wire] = number, b""
            wires[wire].sendall(request)
        timeout = max(0.0, begin + sent / rate - time.perf_counter()) if sent < total else 1
        for wire, _ in poll.poll(timeout):
            got[wire] += wires[wire].recv(1 << 16)
            if length_of(got[wire]) != len(got[wire]):
                continue
            came = got[wire].split(b"\r\n\r\n", 1)
            if answer is None:
                answer = came[1]
                if b'"cards":[{' not in answer:
                    faults.append(f"order-sign: found {got[wire][:300]!r}, expected cards")
            if not came[0].startswith(b"HTTP/1.1 200 ") or came[1] != answer:
                faults.append(f"order-sign under load: found {got[wire][:200]!r}, expected the same cards as before")
            number = due_at[wire]
            if number == warm:
                first_cpu, first_time = service.cpu(), time.perf_counter()
            if number >= warm:
                taken.append(time.perf_counter() - (begin + number / rate))
            free.append(wire)
            done += 1
    busy = (service.cpu() - first_cpu) / (time.perf_counter() - first_time)
    memory = service.memory()
    for wire in wires.values():
        wire.close()
    service.stop()
    os.sched_setaffinity(0, set(cores))
    taken.sort()
    shown = ", ".join(f"{name} {taken[min(len(taken) - 1, int(len(taken) * share))] * 1000:.2f} ms" for name, share in [("p50", .5), ("p90", .9), ("p99", .99), ("p99.9", .999), ("worst", 1)])
    print(f"order-sign at {rate}/s for {seconds:.0f} s, {len(body)} bytes in, {len(answer)} out, service on one core: {shown}; {busy:.0%} of the core, {memory:.0f} MiB")


class Mixed:
    def __init__(self, limit):
        self.service = Service("--max-connections", str(limit), "--request-time", "2", "--idle-time", "3", "--max-body", "1000000")
        self.seen = collections.Counter()
        self.expected = None

    def wrong(self, who, data):
        self.seen["wrong"] += 1
        if len(faults) < 20:
            faults.append(f"{who}: found {data[:200]!r}")

    async def open(self):
        return await asyncio.open_connection("127.0.0.1", self.service.port, limit=1 << 22)

    async def exchange(self, data, many=1):
        """What comes back until it is closed, or `many` answers have come; none where it was closed without a word."""
        reader, writer = await self.open()
        came = b""
        try:
            writer.write(data)
            while many and (piece := await asyncio.wait_for(reader.read(1 << 16), 20)):
                came += piece
                while many and (length := length_of(came)) is not None and len(came) >= length and many > 1:
                    came, many = came[length:], many - 1
        except (ConnectionError, asyncio.TimeoutError) as error:
            if isinstance(error, asyncio.TimeoutError):
                self.wrong("no end", came)
        finally:
            writer.close()
        return came

    def note(self, who, came, *statuses):
        status = int(came[9:12]) if came.startswith(b"HTTP/1.1 ") else 0
        self.seen[f"{who} {status or 'closed'}"] += 1
        # Over the limit: 503, or closed where even those are too many.
        if status not in (*statuses, 503, 0) or (status == 0 and came):
            self.wrong(who, came)

    async def good(self, until):
        while time.monotonic() < until:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                reader, writer = await self.open()
                for _ in range(random.randint(1, 40)):
                    writer.write(request)
                    head = await reader.readuntil(b"\r\n\r\n")
                    came = await reader.readexactly(length_of(head) - len(head))
                    if head.startswith(b"HTTP/1.1 503"):
                        self.seen["good 503"] += 1
                        break
                    if not head.startswith(b"HTTP/1.1 200") or came != self.expected:
                        self.wrong("good", head + came)
                    self.seen["good 200"] += 1
                    await asyncio.sleep(random.random() / 100)
                writer.close()

    async def slow(self, until):
        while time.monotonic() < until:
            with contextlib.suppress(ConnectionError):
                reader, writer = await self.open()
                came = b""
                for at in range(0, 200):
                    writer.write(request[at:at + 1])
                    with contextlib.suppress(asyncio.TimeoutError):
                        piece = await asyncio.wait_for(reader.read(1 << 16), 0.1)
                        came += piece
                        if not piece:
                            break
                writer.close()
                self.note("slow", came, 408)

    async def large(self, until):
        over = request.replace(str(len(body)).encode(), b"2000000", 1) + b" " * 2_000_000
        chunked = (f"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n").encode() + (b"10000\r\n" + b" " * 65536 + b"\r\n") * 30
        header = b"GET /ready HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 100_000
        most = f"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: 1000000\r\n\r\n".encode() + b" " * 1_000_000
        while time.monotonic() < until:
            with contextlib.suppress(ConnectionError):
                self.note("body too large", await self.exchange(over), 413)
                self.note("chunks too large", await self.exchange(chunked), 413)
                self.note("header too large", await self.exchange(header), 431)
                self.note("as large as may be", await self.exchange(most), 400)

    async def broken(self, until):
        while time.monotonic() < until:
            data = bytearray(request)
            for _ in range(random.randint(1, 5)):
                data[random.randrange(120)] = random.randrange(256)
            with contextlib.suppress(ConnectionError):
                self.note("broken", await self.exchange(bytes(data).replace(b"Host: a", b"Host: a\r\nConnection: close")), *range(200, 500), 501, 505)
            with contextlib.suppress(ConnectionError):
                reader, writer = await self.open()  # gone in the middle
                writer.write(request[:random.randrange(len(request))])
                writer.transport.abort()
                self.seen["gone"] += 1

    async def crowd(self, until):
        while time.monotonic() < until:
            with contextlib.suppress(ConnectionError):
                self.note("crowd", await self.exchange(b"GET /ready HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"), 200)
            await asyncio.sleep(random.random() / 20)

    async def round(self, length, limit):
        until = time.monotonic() + length
        numbers = [(self.good, limit // 4), (self.slow, limit), (self.large, 6), (self.broken, 10), (self.crowd, 30)]
        await asyncio.gather(*(kind(until) for kind, number in numbers for _ in range(number)))

    async def run(self, limit):
        one = await self.exchange(request.replace(b"Host: a", b"Host: a\r\nConnection: close"))
        self.expected = one.split(b"\r\n\r\n", 1)[1]
        memory = [self.service.memory()]
        rounds = 4
        for _ in range(rounds):
            await self.round(max(3.0, seconds / rounds), limit)
            memory.append(self.service.memory())
        await asyncio.sleep(4)
        came = await self.exchange(b"GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        lost = re.search(rb"^magnesia_connections (\d+)", came, re.MULTILINE)
        print(f"at its limit of {limit} connections: {dict(sorted(self.seen.items()))}")
        print(f"memory: {', '.join(f'{one:.0f}' for one in memory)} MiB, then {self.service.memory():.0f}; connections left open: {int(lost[1]) - 1}")
        if int(lost[1]) != 1:
            faults.append(f"connections: found {lost[1]!r} open, expected this one")
        if memory[-1] > 2 * memory[1] + 20:
            faults.append(f"memory: found {memory}, expected that it does not grow from round to round")
        for kind in ("slow 408", "body too large 413", "chunks too large 413", "header too large 431", "as large as may be 400", "broken 400", "crowd 503"):
            if not self.seen[kind]:
                faults.append(f"{kind}: found none, expected at least one, or nothing was tried")
        if self.seen["good 200"] < 100:
            faults.append(f"good clients: found {self.seen['good 200']} answers, expected at least 100")
        self.service.stop()


print(f"{platform.machine()}, {os.cpu_count()} processors, {re.search(r'model name.*: (.*)', pathlib.Path('/proc/cpuinfo').read_text())[1]}")
steady(500)
asyncio.run(Mixed(200).run(200))
print(*faults, sep="\n", end="\n" if faults else "")
sys.exit(bool(faults))
