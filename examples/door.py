"""A door in twenty lines: pairs by the address in a device's QR, then scans each code that is typed or read.

    python3 door.py https://hub.example.org/scan/TOKEN/pair

Make the device under *Phones*, *Add phones*, in the administration: its link is the address. Needs Python 3.11 alone.
Where the hub does not answer, the same scan is asked for again, by its nonce: it counts once. Without a network it
waits. The key that pairing gives is lost when this ends: pair anew. docs/scan-api.md has every call and every answer.
"""

import json
import sys
import time
import urllib.error
import urllib.request
import uuid
from typing import Any


def ask(url: str, key: str = "", body: Any = None) -> Any:
    """Return the hub's answer, also a refusal; asks again until there is one."""
    request = urllib.request.Request(url, body and json.dumps(body).encode(), {"Authorization": f"Api-Key {key}"})
    while True:
        try:
            return json.load(urllib.request.urlopen(request, timeout=10))
        except urllib.error.HTTPError as refusal:
            if refusal.code not in (429, 502, 503, 504):
                return json.load(refusal)
        except OSError:
            pass
        time.sleep(1)


paired = ask(sys.argv[1])
print(paired["message"], flush=True)
for line in sys.stdin if paired["success"] else ():
    scan = {"qrcode_data": line.strip(), "nonce": str(uuid.uuid4())}
    answer = ask(f"{sys.argv[1].partition('/scan/')[0]}/scan/ticket/", paired["api_key"], scan)
    print("LET IN" if answer["success"] else "STOP", "-", answer["message"], flush=True)
