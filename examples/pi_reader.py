"""A door of a Raspberry Pi and a reader that types like a keyboard: scans each line, prints the verdict, works offline.

    sudo apt install python3-cryptography
    python3 pi_reader.py https://hub.example.org/scan/TOKEN/pair     # the first time; afterwards without the address

Make the device under *Phones*, *Add phones*, in the administration, for one event and one door: its link is the
address. What it keeps (its key, the list, the scans that wait) lies in `~/.scan-door`, or in SCAN_DOOR, for its user
alone, so that it goes on after a power cut, also without a network.

Offline it lets in only what is plain: a code whose signature is good, of a ticket on its list that is valid, in time,
for this door, and never let in before, here or, as far as the list says, elsewhere. All else is "ASK": tickets that are
not paid or were out and come back, sellers' barcodes, tickets sold since the list came, doors between zones, questions
that a door must ask. It cannot know that another door lets the same ticket in meanwhile: the hub shows both afterwards,
as a conflict. It counts no limits of people inside, lets nobody out, and needs a clock that is right (a Pi has none of
its own: give it a clock module, or a network at its start). The scanner page does all of that: docs/scanner.md.
"""

import base64
import contextlib
import json
import os
import sys
import threading
import time
import urllib.error
import urllib.request
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

FOLDER = Path(os.environ.get("SCAN_DOOR", Path.home() / ".scan-door"))
ANSWER_S = 1.5
"""A guest waits no longer for the hub."""
LIST_S = 15.0
SYNC_EVERY_S = 20.0
MOST_AT_ONCE = 50


class Unreached(Exception):
    """The hub did not answer, or could not decide now."""


class Kept:
    """What outlasts a power cut: files that are whole or not there."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder

    def read(self, name: str, otherwise: Any) -> Any:
        """Return the content that is kept under a name, else `otherwise`."""
        path = self._folder / name
        return json.loads(path.read_text()) if path.exists() else otherwise

    def write(self, name: str, content: Any) -> None:
        """Replace the content that is kept under a name; returns once the disk has it."""
        beside = self._folder / f"{name}.new"
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(content, file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._folder / name)


class Hub:
    """The hub, asked with the device's key."""

    def __init__(self, url: str, key: str = "") -> None:
        self._url, self._key = url, key

    def ask(self, path: str, body: Any = None, *, within_s: float = ANSWER_S) -> Any:
        """Return the answer, also a refusal. Raises `Unreached`."""
        headers = {"Authorization": f"Api-Key {self._key}"} if self._key else {}
        request = urllib.request.Request(self._url + path, body and json.dumps(body).encode(), headers)
        try:
            return json.load(urllib.request.urlopen(request, timeout=within_s))
        except urllib.error.HTTPError as refusal:
            if refusal.code == 429 or refusal.code >= 500:
                raise Unreached from None
            return json.load(refusal)
        except (OSError, ValueError):
            raise Unreached from None


class Guests:
    """The list that the hub gave last, and who was let in here since."""

    def __init__(self, manifest: Any, door: str | None) -> None:
        self._door = next((each for each in manifest["doors"] if each["id"] == door), None)
        self._policy, self._keys = manifest["policy"], {key["kid"]: key["pem"] for key in manifest["keys"]}
        self._tickets = {ticket["uuid"]: ticket for ticket in manifest["tickets"]}

    def ticket_of(self, code: str) -> Any:
        """Return the ticket that the code is good for; None for any other code."""
        data, _, signature = code.partition(":")
        try:
            payload = json.loads(unpadded(data))
            key = load_pem_public_key(self._keys[payload["k"]].encode())
            if not isinstance(key, Ed25519PublicKey):
                return None
            key.verify(unpadded(signature), data.encode())
            ticket = self._tickets[payload["uuid"]]
            return ticket if payload.get("g", 1) == ticket["issue"] else None
        except (ValueError, KeyError, TypeError, AttributeError, InvalidSignature):
            return None

    def may_enter(self, ticket: Any, now: datetime) -> bool:
        """Return whether the ticket is plain enough for a door that is alone."""
        product: Any = next((each for each in self._policy["products"] if each["name"] == ticket["product"]), {})
        asks = self._policy["confirm"] or product.get("confirm")
        is_new = (
            ticket["status"] == "valid" and not ticket["is_expired"] and not ticket["entries"] and not ticket["where"]
        )
        return (
            self._policy["offline"] == "admit"
            and not asks
            and is_new
            and self._in_time(ticket, now)
            and self._here(ticket)
        )

    def _in_time(self, ticket: Any, now: datetime) -> bool:
        starts, before, after = (
            moment(ticket["starts_at"]),
            self._policy["admit_before_min"],
            self._policy["admit_after_min"],
        )
        is_early = before is not None and now < starts - timedelta(minutes=before)
        is_late = after is not None and now > starts + timedelta(minutes=after)
        return not is_early and not is_late and now < moment(ticket["expires_at"])

    def _here(self, ticket: Any) -> bool:
        if self._door is None:
            return True
        is_plain = not any(self._door[it] for it in ("into", "out_of", "opens_at", "closes_at"))
        return is_plain and (self._door["products"] is None or ticket["product"] in self._door["products"])


class Door:
    """Door that asks the hub, else decides alone, and keeps its scans.

    While scans wait to be sent it decides alone, so that a guest whom it let in is not asked of a hub that knows
    nothing of that yet.
    """

    def __init__(self, hub: Hub, kept: Kept) -> None:
        self._hub, self._kept = hub, kept
        self._lock = threading.Lock()
        self._waiting: list[Any] = kept.read("waiting", [])
        self._entered: set[str] = set(kept.read("entered", []))
        self.wake = threading.Event()

    @property
    def waiting(self) -> int:
        """How many scans wait to be sent."""
        return len(self._waiting)

    def scan(self, code: str) -> str:
        """Return the verdict on a code as the guest is to hear it."""
        nonce, now = str(uuid.uuid4()), datetime.now(UTC)
        with contextlib.suppress(Unreached):
            if not self._waiting:
                answer = self._hub.ask("/scan/ticket/", {"qrcode_data": code, "nonce": nonce})
                if answer["success"]:
                    self._enter(answer["ticket"]["uuid"])
                return f"{'LET IN' if answer['success'] else 'STOP'} - {answer['message']}"
        return self._alone(code, nonce, now)

    def _alone(self, code: str, nonce: str, now: datetime) -> str:
        manifest = self._kept.read("manifest", None)
        guests = manifest and Guests(manifest, self._kept.read("device", {}).get("door"))
        ticket = guests and guests.ticket_of(code)
        if not ticket or ticket["uuid"] in self._entered or not guests.may_enter(ticket, now):
            return "ASK - offline, and not plain: send this guest to a phone at another door"
        scan = {"qrcode_data": code, "nonce": nonce, "scanned_at": now.isoformat(), "verdict": "admitted"}
        self._enter(ticket["uuid"], scan)
        self.wake.set()
        return "LET IN - decided offline"

    def _enter(self, ticket: str, *scans: Any) -> None:
        with self._lock:
            self._entered.add(ticket)
            self._kept.write("entered", sorted(self._entered))
            self._waiting = [*self._waiting, *scans]
            self._kept.write("waiting", self._waiting)

    def sync(self) -> None:
        """Send the scans that wait, and fetch the list anew; nothing where the hub is not reached."""
        with contextlib.suppress(Unreached):
            while self._waiting and self._send(self._waiting[:MOST_AT_ONCE]):
                pass
            tested = self._hub.ask("/scan/test_api/", within_s=LIST_S)
            manifest = self._hub.ask("/scan/manifest/", within_s=LIST_S)
            if tested["success"] and manifest["success"]:
                self._kept.write("device", tested["device_info"])
                self._kept.write("manifest", manifest)

    def _send(self, batch: list[Any]) -> bool:
        """Send scans that were made offline, oldest first; return whether the hub has taken all. Raises `Unreached`."""
        answer = self._hub.ask("/scan/batch/", {"scans": batch}, within_s=LIST_S)
        if not answer["success"]:
            return False
        results = answer["results"]
        for conflict in [result["conflict"] for result in results if "conflict" in result]:
            print(f"CONFLICT - let in offline, and the hub would not have: {conflict}", flush=True)
        for refused in [result["message"] for result in results if result["status"] in (400, 409)]:
            print(f"NOT TAKEN - the hub could not record a scan: {refused}", flush=True)
        later = [scan for scan, result in zip(batch, results, strict=True) if result["status"] in (429, 503)]
        with self._lock:
            self._waiting = later + self._waiting[len(batch) :]
            self._kept.write("waiting", self._waiting)
        return not later


def unpadded(text: str) -> bytes:
    """Return the bytes of base64url without padding. Raises `ValueError`."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def moment(text: str) -> datetime:
    """Return an instant of the manifest."""
    return datetime.fromisoformat(text)


def paired_by(kept: Kept, arguments: list[str]) -> Any:
    """Return the hub's address and the device's key, pairing where an address is given. Ends the program without."""
    if not arguments:
        return kept.read("paired", None) or sys.exit("Not paired: give the address of a pairing code")
    if kept.read("waiting", []):
        sys.exit("Scans of the pairing before still wait: start once without an address, where the hub is reached")
    url = arguments[0].partition("/scan/")[0]
    try:
        paired = Hub(url).ask(arguments[0].removeprefix(url), within_s=LIST_S)
    except Unreached:
        sys.exit("The hub does not answer: pair when it does")
    if not paired["success"]:
        sys.exit(paired["message"])
    kept.write("waiting", [])
    kept.write("entered", [])
    kept.write("manifest", None)
    kept.write("paired", {"url": url, "key": paired["api_key"]})
    return kept.read("paired", None)


def sync_on_and_on(door: Door) -> None:
    """Send and fetch now and then; soon where something waits."""
    while True:
        door.wake.wait(SYNC_EVERY_S)
        door.wake.clear()
        door.sync()
        if door.waiting:
            time.sleep(1)
            door.wake.set()


def main() -> None:
    """Pair or go on, then scan until the input ends."""
    kept = Kept(FOLDER)
    paired = paired_by(kept, sys.argv[1:])
    door = Door(Hub(paired["url"], paired["key"]), kept)
    door.sync()
    threading.Thread(target=sync_on_and_on, args=(door,), daemon=True).start()
    print("Ready" if kept.read("manifest", None) else "Ready, but not for offline", flush=True)
    for line in sys.stdin:
        if code := line.strip():
            print(door.scan(code), flush=True)
    print(f"{door.waiting} scans wait to be sent", flush=True)


if __name__ == "__main__":
    main()
