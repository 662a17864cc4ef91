"""A receiver of webhooks: checks each delivery's signature and age, takes each delivery once, and prints it.

    SECRET=... PORT=9000 python3 webhook_receiver.py

SECRET is the webhook's, shown once when it is made (docs/webhooks.md). Needs Python 3.11 alone. It listens on this
machine: put a server with HTTPS in front or, while you try, let the hub post to it as it is
(`HUB_WEBHOOKS_TO_PRIVATE=true`). The ids that it has seen are kept in memory, so that after its restart a
delivery may be printed again: a receiver that counts money keeps them in its database, in the transaction that does
the work.
"""

import base64
import hashlib
import hmac
import json
import os
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

SECRET = os.environ["SECRET"]
OLDEST_S = 300
MOST_BYTES = 1_000_000
seen: set[str] = set()


def key_of(secret: str) -> bytes:
    """Return the key of a secret: what follows `whsec_`, decoded; of any other secret its text."""
    return base64.b64decode(secret[6:]) if secret.startswith("whsec_") else secret.encode()


def is_genuine(delivery: str, timestamp: str, signatures: str, body: bytes) -> bool:
    """Return whether one of the signatures is ours, and of the last five minutes (Standard Webhooks)."""
    if not timestamp.isdecimal() or abs(time.time() - int(timestamp)) > OLDEST_S:
        return False
    signed = f"{delivery}.{timestamp}.".encode() + body
    expected = "v1," + base64.b64encode(hmac.new(key_of(SECRET), signed, hashlib.sha256).digest()).decode()
    return any(hmac.compare_digest(expected.encode(), one.encode()) for one in signatures.split())


class Receiver(BaseHTTPRequestHandler):
    """Request handler of deliveries: 204 for a genuine one, new or not; 401 for any other."""

    timeout = 10

    def do_POST(self) -> None:
        """Take one delivery."""
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > MOST_BYTES:
            return self.answer(413)
        body = self.rfile.read(int(length))
        delivery, timestamp, signatures = (
            self.headers.get(f"webhook-{it}", "") for it in ("id", "timestamp", "signature")
        )
        if not is_genuine(delivery, timestamp, signatures, body):
            return self.answer(401)
        if delivery not in seen:
            seen.add(delivery)
            entry = json.loads(body)
            print(entry["kind"], entry.get("verdict") or "", flush=True)
        self.answer(204)

    def answer(self, status: int) -> None:
        """Answer without a body."""
        self.send_response(status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Log no requests: entries alone are printed."""


HTTPServer(("127.0.0.1", int(os.environ.get("PORT", "9000"))), Receiver).serve_forever()
