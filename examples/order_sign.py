"""Starts the service on loopback, sends it an order as an electronic health record does before a clinician signs it, prints the
cards, and stops it. order_sign.py COMMAND [REQUEST]"""
import json, pathlib, re, signal, subprocess, sys, tempfile, textwrap, urllib.request

command = sys.argv[1]
request = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else pathlib.Path(__file__).parent / "orders/order-sign.json")

with tempfile.TemporaryDirectory() as folder:
    service = subprocess.Popen([command, "serve", "--port", "0", "--no-auth", "--feedback", f"{folder}/feedback.sqlite", "--access-log", f"{folder}/log"],
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        listening = service.stdout.readline().strip()
        url = re.search(r"http://\S+", listening)[0]
        print(listening)
        with urllib.request.urlopen(f"{url}/cds-services") as answer:
            services = json.load(answer)["services"]
        hook = json.loads(request.read_text(encoding="utf-8"))["hook"]
        service_id = next(one["id"] for one in services if one["hook"] == hook)
        print(f"POST {url}/cds-services/{service_id} < {request.name}\n")
        call = urllib.request.Request(f"{url}/cds-services/{service_id}", request.read_bytes(), {"Content-Type": "application/json"})
        with urllib.request.urlopen(call) as answer:
            cards = json.load(answer)["cards"]
        for card in cards:
            print(f"[{card['indicator']}] {card['summary']}")
            for line in card.get("detail", "").splitlines():
                print(textwrap.fill(line, 100, initial_indent="    ", subsequent_indent="    "))
            for suggestion in card.get("suggestions", []):
                print(f"    suggests: {suggestion['label']}")
            print()
        print(f"{len(cards)} cards")
    finally:
        service.send_signal(signal.SIGTERM)
        ended = service.wait(20)
sys.exit(ended)
