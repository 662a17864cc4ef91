"""Practice codes: one for each verdict, so that volunteers can train on the real system (booking-api.md, rehearsal).

Their signature is genuine and their ticket's id is made of the event and the verdict, so that nothing need be stored.
"""

from typing import Any
from uuid import UUID, uuid5

from hub.door.codes import Signer, sign
from hub.door.rules import Verdict
from hub.model.event import Event
from hub.secrets import Vault

LABELS = {
    "admitted": "Ticket successfully scanned",
    "exited": "Exit recorded",
    "already_scanned": "Ticket already scanned",
    "canceled": "Ticket canceled",
    "unpaid": "Ticket not paid",
    "blocked": "Ticket blocked",
    "replaced": "Ticket reissued",
    "expired": "Ticket expired",
    "too_early": "Too early for this ticket",
    "too_late": "Too late for this ticket",
    "wrong_door": "Wrong door",
    "full": "Capacity reached",
    "not_inside": "Ticket is not inside",
    "wrong_event": "Event error",
    "invalid_code": "Invalid QR code format",
    "bad_signature": "Invalid ticket signature",
    "unknown_ticket": "Ticket not found",
}
"""The verdicts that there are practice codes for, each with what a door says."""

MADE_VERSION = "5"
"""Of a uuid that is made of something; tickets have random ones, so that few ids need be compared."""


def practice_codes(event: Event, vault: Vault) -> list[dict[str, Any]]:
    """Return the event's practice codes: `shows`, `code` (the text for a QR) and `label`."""
    signer = Signer.load(event.key.kid, vault.open(event.key.sealed))
    return [
        {"shows": shows, "code": sign(_practice_id(event.id, shows), 1, signer), "label": label}
        for shows, label in LABELS.items()
    ]


def practice_verdict(event_id: str, ticket_id: str) -> Verdict | None:
    """Return the answer to a practice code of the event's, or None where `ticket_id` is none."""
    if ticket_id[14] != MADE_VERSION:
        return None
    for shows, label in LABELS.items():
        if _practice_id(event_id, shows) == ticket_id:
            return Verdict(code="practice", message=f"Practice: {label}", details={"shows": shows})
    return None


def _practice_id(event_id: str, shows: str) -> str:
    return str(uuid5(UUID(event_id), f"practice:{shows}"))
