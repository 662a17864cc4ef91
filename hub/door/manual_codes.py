"""Manual codes: codes of a guest list, in place of the tickets' own (scan-api.md, search). Pure, no I/O.

    D:S     D = base64url of {"uuid": ticket, "k": "hand", "g": issue, "event", "device", "until"}
            S = HMAC over D's bytes

A phone posts one back to check its guest in. It works for the one device that it was made for, for ten minutes, until
the ticket is reissued or handed on: then its guest is another than the list showed. A signing key's id is 8 hex digits,
so that no other code is taken for one.
"""

import base64
import hmac
from datetime import datetime, timedelta

import msgspec

from hub.door.codes import ParsedCode
from hub.vault import TokenKey

HAND_KID = "hand"
LASTS = timedelta(minutes=10)


class ManualCode(msgspec.Struct, frozen=True, kw_only=True):
    """Payload of a manual code: an issue of a ticket of an event, for one device, `until` seconds since 1970."""

    uuid: str
    k: str = HAND_KID
    g: int | None = None
    """The issue; None in codes of versions before."""
    event: str
    device: str
    until: int


class ManualCodes:
    """Signer and reader of manual codes under a key of the hub's."""

    def __init__(self, key: TokenKey) -> None:
        self._key = key

    def make(self, ticket: str, issue: int, event: str, device: str, now: datetime) -> str:
        """Return the text with which `device` may check this ticket in by hand, for ten minutes."""
        until = int((now + LASTS).timestamp())
        data = _encode(msgspec.json.encode(ManualCode(uuid=ticket, g=issue, event=event, device=device, until=until)))
        return f"{data.decode()}:{_encode(self._key.sign(data)).decode()}"

    def read(self, code: ParsedCode, device: str, now: datetime) -> ManualCode | None:
        """Return the payload of a code that this hub made for `device` and that has not ended; else None."""
        if not any(hmac.compare_digest(each, code.signature) for each in self._key.signatures(code.data)):
            return None
        found = msgspec.json.decode(_decode(code.data), type=ManualCode)
        return found if found.device == device and now.timestamp() < found.until else None


def _encode(raw: bytes) -> bytes:
    return base64.urlsafe_b64encode(raw).rstrip(b"=")


def _decode(data: bytes) -> bytes:
    return base64.urlsafe_b64decode(data + b"=" * (-len(data) % 4))
