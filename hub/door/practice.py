"""Practice codes: one for each verdict, so that volunteers can train on the real system (booking-api.md, rehearsal).

Their signature is genuine and their ticket's id is made of the event and the verdict, so that nothing need be stored.
"""

from uuid import UUID, uuid5

import msgspec

from hub.door.codes import Signer, sign
from hub.door.rules import Verdict, verdict_of
from hub.model.event import Event
from hub.model.refusals import PRACTICE_LABELS
from hub.vault import Vault

MADE_VERSION = "5"
"""Of a uuid that is made of something; tickets have random ones, so that few ids need be compared."""


class PracticeCode(msgspec.Struct, frozen=True, kw_only=True):
    """Practice code: the verdict that it shows, the text for a QR, and a label for people."""

    shows: str
    code: str
    label: str


def practice_codes(event: Event, vault: Vault) -> list[PracticeCode]:
    """Return the event's practice codes, one for each verdict."""
    signer = Signer.load(event.key.kid, vault.open(event.key.sealed))
    return [
        PracticeCode(shows=shows, code=sign(_practice_id(event.id, shows), 1, signer), label=label)
        for shows, label in PRACTICE_LABELS.items()
    ]


def practice_verdict(event_id: str, ticket_id: str) -> Verdict | None:
    """Return the answer to a practice code of the event's, or None where `ticket_id` is none."""
    if ticket_id[14] != MADE_VERSION:
        return None
    for shows, label in PRACTICE_LABELS.items():
        if _practice_id(event_id, shows) == ticket_id:
            return verdict_of("practice", f"Practice: {label}", shows=shows)
    return None


def _practice_id(event_id: str, shows: str) -> str:
    return str(uuid5(UUID(event_id), f"practice:{shows}"))
