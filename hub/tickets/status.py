"""Guest status: a ticket as its holder sees it: good, scanned and where, or why a door will refuse it. Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, get_args

import msgspec

from hub.door.rules import is_expired
from hub.door.ticket_state import State, fold, rule_of
from hub.model.base import TicketStatus
from hub.model.event import Event
from hub.model.refusals import VOID
from hub.model.ticket import Scan, Ticket

Word = TicketStatus | Literal["expired", "inside", "left", "used"]

SHAPES: Mapping[str, str] = {
    **{state: "check" if state == "valid" else "stop" if state in VOID else "warn" for state in get_args(TicketStatus)},
    "inside": "check",
    "left": "out",
    "used": "note",
    "expired": "note",
}
"""Each state of a ticket with the shape that a page shows it by."""


class GuestStatus(msgspec.Struct, frozen=True, kw_only=True):
    """Guest status: `state` for the page to put into words; `at` and `door` (its name) of the last entry, if any.

    `left` may come in again, `used` may not.
    """

    state: Word
    at: datetime | None = None
    door: str | None = None


def guest_status(ticket: Ticket, event: Event, now: datetime) -> GuestStatus:
    """Return the status of `ticket`, one of `event`."""
    may_enter = rule_of(ticket, event)
    state = fold(ticket, may_enter)
    entry = state.last if state.is_scanned else None
    return GuestStatus(
        state=_word(ticket, state, now, may_return=may_enter(state, now)),
        at=entry.at if entry else None,
        door=_door_of(entry, event),
    )


def is_visited(ticket: Ticket, event: Event, now: datetime) -> bool:
    """Whether a ticket's holder has been there by `now`, or could have been: its time has begun."""
    if fold(ticket, rule_of(ticket, event)).is_scanned:
        return True
    return ticket.status != "canceled" and now >= ticket.starts_at


def _word(ticket: Ticket, state: State, now: datetime, *, may_return: bool) -> Word:
    if ticket.status != "valid":
        return ticket.status
    if state.is_inside:
        return "inside"
    if is_expired(ticket, now):
        return "expired"
    if state.is_scanned:
        return "left" if may_return else "used"
    return "valid"


def _door_of(entry: Scan | None, event: Event) -> str | None:
    names = (door.name for door in event.doors if entry is not None and door.id == entry.door)
    return next(names, None)
