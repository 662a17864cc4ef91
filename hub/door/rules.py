"""Admission rules: may this ticket in? Pure functions (scan-api.md, the rules and the order of the checks).

`judge` is where the question "why was this ticket refused?" leads: its checks stand in the order of the contract, and
the first that fails is the answer. What state a ticket is in, its scans tell (`hub/door/ticket_state.py`).
"""

from datetime import datetime, timedelta
from typing import Any, get_args
from zoneinfo import ZoneInfo

import msgspec

from hub.clock import in_zone
from hub.door.ticket_state import OUTSIDE, MayEnter, Place, State, fold, passage, rule_of
from hub.model.base import Direction, TicketStatus
from hub.model.event import Door, Event
from hub.model.journal import Stream
from hub.model.refusals import OUTCOMES, PASSED, STATUS_LABELS, may_force
from hub.model.ticket import Ticket


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """Question of a door on a ticket, now: may it in, or out."""

    at: datetime
    direction: Direction = "in"
    device: str | None = None
    door: Door | None = None
    issue: int | None = 1
    """The issue that the code is of; None where it does not tell."""
    events: frozenset[str] = frozenset()
    """The events that the device and its request name; the ticket must be of each. Empty: any event's."""
    force: bool = False
    over_limit: bool = False


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """Verdict on a ticket: `code` for machines, `message` for people, `details` for the answer's own fields."""

    code: str
    message: str
    status: int = 200
    details: dict[str, Any] = {}

    @property
    def is_passed(self) -> bool:
        """Whether the ticket's holder goes through the door."""
        return self.code in PASSED


def verdict_of(code: str, message: str | None = None, **details: Any) -> Verdict:
    """Return the verdict `code` with its message and status from the table of outcomes, `message` in their place."""
    outcome = OUTCOMES[code]
    return Verdict(code=code, message=message or outcome.message, status=outcome.status, details=details)


ADMITTED, EXITED, NOT_INSIDE = verdict_of("admitted"), verdict_of("exited"), verdict_of("not_inside")
WRONG_EVENT, EXPIRED = verdict_of("wrong_event"), verdict_of("expired")
BY_STATUS = {status: verdict_of(status) for status in get_args(TicketStatus) if status != "valid"}


# --- the checks, in order ----------------------------------------------------------------------------------------


def judge(ticket: Ticket, event: Event, stream: Stream, ask: Ask) -> Verdict:
    """Return the verdict on `ticket`; `event` and `stream` are the ticket's own, of this instant."""
    may_enter = rule_of(ticket, event)
    state = fold(ticket, may_enter)
    if refusal := _wrong_event(ticket, ask) or _replaced(ticket, state, ask):
        return refusal
    if ask.direction == "out":
        return _exit(state)
    checks = (_status(ticket, ask.at), _times(ticket, event, ask), _products(ticket, event, ask))
    for refusal in (*checks, _entries(may_enter, state, ask), limits(event, stream, _origin(state, ask), ask.door)):
        if refusal is not None and not _is_forced(refusal, ask):
            return refusal
    return ADMITTED


def _is_forced(refusal: Verdict, ask: Ask) -> bool:
    return ask.force and may_force(refusal.code, over_limit=ask.over_limit)


def _wrong_event(ticket: Ticket, ask: Ask) -> Verdict | None:
    if ask.events <= {ticket.event}:
        return None
    return WRONG_EVENT


def _replaced(ticket: Ticket, state: State, ask: Ask) -> Verdict | None:
    if ask.issue in (None, ticket.issue) or (ask.direction == "out" and _came_in_before_reissue(ticket, state)):
        return None
    when = "" if ticket.issued_at is None else f" at {ticket.issued_at.isoformat()}"
    return verdict_of("replaced", f"{OUTCOMES['replaced'].message}{when}")


def _came_in_before_reissue(ticket: Ticket, state: State) -> bool:
    """Return whether the person inside holds an old code: they can leave by it, else they would count for ever."""
    return (
        state.is_inside and state.last is not None and ticket.issued_at is not None and state.last.at < ticket.issued_at
    )


def _exit(state: State) -> Verdict:
    if not state.is_inside:
        return NOT_INSIDE
    return EXITED


def _status(ticket: Ticket, at: datetime) -> Verdict | None:
    if ticket.status != "valid":
        return BY_STATUS[ticket.status]
    return EXPIRED if is_expired(ticket, at) else None


def is_expired(ticket: Ticket, at: datetime) -> bool:
    """Return whether the ticket's time is over: marked by a scheduled job, or due to be."""
    return ticket.expired or at >= ticket.expires_at


def _times(ticket: Ticket, event: Event, ask: Ask) -> Verdict | None:
    zone = ZoneInfo(event.timezone)
    if event.admit_before_min is not None:
        opens = ticket.starts_at - timedelta(minutes=event.admit_before_min)
        if ask.at < opens:
            message = f"{_ticket_is_for(ticket, ask, zone)}; from {_bound(opens, ticket, ask, zone)}"
            return verdict_of("too_early", message, opens_at=opens.isoformat())
    if event.admit_after_min is not None:
        closes = ticket.starts_at + timedelta(minutes=event.admit_after_min)
        if ask.at > closes:
            message = f"{_ticket_is_for(ticket, ask, zone)}; until {_bound(closes, ticket, ask, zone)}"
            return verdict_of("too_late", message, closes_at=closes.isoformat())
    return _window(ask, zone)


def _window(ask: Ask, zone: ZoneInfo) -> Verdict | None:
    door = ask.door
    if door is None:
        return None
    if door.opens_at is not None and ask.at < door.opens_at:
        message = f"{door.name} opens; from {_clock(door.opens_at, zone)}"
        return verdict_of("too_early", message, opens_at=door.opens_at.isoformat(), place=door.name)
    if door.closes_at is not None and ask.at >= door.closes_at:
        message = f"{door.name} is closed; until {_clock(door.closes_at, zone)}"
        return verdict_of("too_late", message, closes_at=door.closes_at.isoformat(), place=door.name)
    return None


def _ticket_is_for(ticket: Ticket, ask: Ask, zone: ZoneInfo) -> str:
    """Return the time that a ticket is for, with its day where that is not the day of the scan."""
    return f"Ticket is for {_time(ticket.starts_at, ask.at, zone)}"


def _bound(moment: datetime, ticket: Ticket, ask: Ask, zone: ZoneInfo) -> str:
    """Return from or until when a ticket admits: after midnight of its own night a time of day says it."""
    is_tonight = _is_same_day(ticket.starts_at, ask.at, zone)
    return _clock(moment, zone) if is_tonight else _time(moment, ticket.starts_at, zone)


def _time(moment: datetime, today: datetime, zone: ZoneInfo) -> str:
    local = in_zone(moment, zone)
    return (
        f"{local:%H:%M}" if _is_same_day(moment, today, zone) else f"{local:%a} {local.day} {local:%b}, {local:%H:%M}"
    )


def _is_same_day(one: datetime, other: datetime, zone: ZoneInfo) -> bool:
    return in_zone(one, zone).date() == in_zone(other, zone).date()


def _clock(moment: datetime, zone: ZoneInfo) -> str:
    return in_zone(moment, zone).strftime("%H:%M")


def _products(ticket: Ticket, event: Event, ask: Ask) -> Verdict | None:
    door = ask.door
    if door is None or door.products is None or ticket.product in door.products:
        return None
    others = [d.name for d in event.doors if d.products is None or ticket.product in d.products]
    where = f"go to {', '.join(others)}" if others else "no door takes this ticket"
    return verdict_of("wrong_door", f"Wrong door: {where}", doors=others)


def _origin(state: State, ask: Ask) -> Place:
    door = ask.door
    return passage(state, door.into if door else None, door.out_of if door else None)


def _entries(may_enter: MayEnter, state: State, ask: Ask) -> Verdict | None:
    if _origin(state, ask) is not OUTSIDE or may_enter(state, ask.at):
        return None
    details: dict[str, Any] = {"reason_detail": "inside" if state.is_inside else "used_up"}
    if state.last is not None:
        details["seconds_ago"] = max(0, int((ask.at - state.last.at).total_seconds()))
        details["same_device"] = state.last.device == ask.device
    return verdict_of("already_scanned", **details)


def limits(event: Event, stream: Stream, origin: Place, door: Door | None, people: int = 1) -> Verdict | None:
    """Refuse `people` more through `door`, coming from `origin`, where the venue or the door's zone has a limit."""
    into = door.into if door else None
    if origin is OUTSIDE and event.max_inside is not None:
        if stream.inside + people > event.max_inside:
            return _full(event.max_inside - stream.inside, limit=event.max_inside)
    for zone in event.zones:
        if zone.id == into and zone.max_inside is not None:
            inside = stream.zones.get(zone.id, 0)
            if inside + people > zone.max_inside:
                return _full(zone.max_inside - inside, limit=zone.max_inside, zone=zone.name)
    return None


def _full(fits: int, **details: Any) -> Verdict:
    return verdict_of("full", **details, fits=max(0, fits))


def status_label(ticket: Ticket, state: State, at: datetime) -> str:
    """Return the label of the TiBillet API, in English whatever the locale (scan-api.md, status labels)."""
    refusal = _status(ticket, at)
    if refusal is not None:
        return STATUS_LABELS[refusal.code]
    return "Valid and scanned" if state.is_scanned else "Valid and not scanned"
