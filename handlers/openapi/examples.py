"""Examples of bodies and answers in the OpenAPI document, by operation.

Those of `EXAMPLES` work on any hub as they stand: a test sends each of them. All others are of a night that a test
plays on a hub, and are written to `examples.json` with other ids and no secrets (tests/handlers/openapi/played.py).
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

PLAYED = Path(__file__).with_name("examples.json")

EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "create_event": {
        "name": "Winter concert",
        "timezone": "Europe/Paris",
        "starts_at": "2090-12-24T20:30:00+01:00",
        "ends_at": "2090-12-25T02:00:00+01:00",
        "doors": [{"name": "North door"}],
        "products": [{"name": "Standard"}],
        "showings": [{"date": "2090-12-24", "time": "20:30", "capacity": 100}],
    },
    "change_event": {"max_inside": 500, "doors_open_min": 90},
    "add_showings": {"date": "2090-12-25", "time": "20:30", "capacity": 100},
    "change_showings": {"date": "2090-12-25", "time": "20:30", "capacity": 120},
    "book_ticket": {
        "name": "Grace Hopper",
        "phone_number": "+33 1 98 76 54",
        "date": "2090-12-24",
        "time": "20:30",
    },
    "book_reservation": {
        "name": "Grace Hopper",
        "phone_number": "+33 1 98 76 54",
        "email": "grace@example.org",
        "date": "2090-12-24",
        "time": "20:30",
        "tickets": [{"first_name": "Grace", "last_name": "Hopper"}, {"first_name": "Charles"}],
    },
    "change_ticket": {"name": "Grace Brewster Hopper"},
    "change_ticket_by_patch": {"notice": "Hand out a blue wristband"},
    "change_reservation": {"notice": "Hand out a blue wristband"},
    "create_device": {"name": "Gate 1", "may": ["force", "undo"]},
    "change_device": {"name": "Gate 2"},
    "create_key": {"name": "Till", "scopes": ["tickets:read", "tickets:write"]},
    "create_webhook": {"url": "https://example.org/scans", "kinds": ["ticket.scanned", "ticket.denied"]},
    "change_webhook": {"paused": True},
    "recount_event": {"inside": 12, "reason": "Counted by hand at 21:15"},
}


class PlayedExample(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Example of one operation: what was sent, and the JSON that the hub answered."""

    body: Any = None
    answer: Any = None


@cache
def played() -> Mapping[str, PlayedExample]:
    """Return the examples of the night that was played, by operation."""
    return msgspec.json.decode(PLAYED.read_bytes(), type=dict[str, PlayedExample])


def body_of(operation_id: str) -> Any:
    """Return the example of an operation's body, None where it has none."""
    kept = played().get(operation_id)
    return EXAMPLES.get(operation_id, kept and kept.body)


def answer_of(operation_id: str) -> Any:
    """Return the example of an operation's answer in JSON, None where it has none."""
    kept = played().get(operation_id)
    return kept and kept.answer
