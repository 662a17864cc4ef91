"""May this ticket in? The rules at the door, as pure functions (scan-api.md, the rules and the order of the checks).

`judge` is where the question "why was this ticket refused?" leads: its checks stand in the order of the contract, and
the first that fails is the answer. A ticket's state is a fold over the scans it keeps; counters move by the
difference between two such states.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from hub.model import Direction, Door, Event, Scan, Stream, Ticket

FORCEABLE = frozenset({"already_scanned", "unpaid", "too_early", "too_late", "wrong_door"})
DAY_TURNS_AT = timedelta(hours=5)
"""A `daily` ticket's day begins at 05:00 in the event's zone."""

OUTSIDE = object()
"""Where somebody comes from who is not inside, for `passage`."""


class State(msgspec.Struct, frozen=True):
    """Where a ticket's people are, and when they came in.

    `where` holds a zone id (None: the house itself) for each person inside on this ticket: one, unless it was
    forced or let in twice offline. `entered` holds the time of each entry from outside.
    """

    where: tuple[str | None, ...] = ()
    entered: tuple[datetime, ...] = ()
    last: Scan | None = None

    @property
    def is_inside(self) -> bool:
        """Whether anybody is inside on this ticket."""
        return bool(self.where)

    @property
    def is_scanned(self) -> bool:
        """Whether the ticket was ever let in."""
        return bool(self.entered)


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """What a door asks: let this ticket in, or out, now."""

    at: datetime
    direction: Direction = "in"
    device: str | None = None
    door: Door | None = None
    issue: int = 1
    events: frozenset[str] = frozenset()
    """The events that the device and its request name; the ticket must be of each. Empty: any event's."""
    force: bool = False
    over_limit: bool = False


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """The answer: `code` for machines, `message` for people, `details` for the answer's own fields."""

    code: str
    message: str
    status: int = 200
    details: dict[str, Any] = {}

    @property
    def is_passed(self) -> bool:
        """Whether somebody goes through the door."""
        return self.code in {"admitted", "exited"}


# --- the fold ----------------------------------------------------------------------------------------------------


def fold(scans: Iterable[Scan]) -> State:
    """Return the state that `scans`, in their order, lead to. Undone ones count for nothing."""
    state = State()
    for scan in scans:
        if not scan.undone:
            state = step(state, scan)
    return state


def step(state: State, scan: Scan) -> State:
    """Return the state after one more scan."""
    where = list(state.where)
    entered = state.entered
    if scan.direction == "out":
        _leave(where, scan)
    else:
        origin = passage(state, scan.into, scan.out_of)
        if origin is OUTSIDE:
            entered = (*entered, scan.at)
        else:
            where.remove(origin)  # type: ignore[arg-type]
        where.append(scan.into)
    return State(where=tuple(where), entered=entered, last=scan if scan.direction == "in" else state.last)


def _leave(where: list[str | None], scan: Scan) -> None:
    if not where:
        return
    where.remove(scan.into if scan.into in where else where[-1])
    if scan.out_of is not None:
        where.append(scan.out_of)


def passage(state: State, into: str | None, out_of: str | None) -> object:
    """Return the zone that an entry through a door leaves, or `OUTSIDE` where it comes from there.

    A move between zones is no new entry. A door from outside straight into the house is an outer door: somebody
    who is inside already and shows up there handed the ticket over the fence.
    """
    if not state.where:
        return OUTSIDE
    if out_of is not None and out_of in state.where:
        return out_of
    if into in state.where or (into is None and out_of is None):
        return OUTSIDE
    return state.where[-1]


def difference(before: State, after: State) -> dict[str, int]:
    """Return what the counters `admitted`, `inside` and `zones.*` move by between two states of one ticket."""
    effect = {
        "admitted": int(after.is_scanned) - int(before.is_scanned),
        "inside": len(after.where) - len(before.where),
    }
    zones = Counter(zone for zone in after.where if zone is not None)
    zones.subtract(zone for zone in before.where if zone is not None)
    effect |= {f"zones.{zone}": delta for zone, delta in zones.items()}
    return {path: delta for path, delta in effect.items() if delta}


# --- the checks, in order ----------------------------------------------------------------------------------------


def judge(ticket: Ticket, event: Event, stream: Stream, ask: Ask) -> Verdict:
    """Decide what the door does with `ticket`; `event` and `stream` are the ticket's own, of this instant."""
    state = fold(ticket.scans)
    if refusal := _wrong_event(ticket, ask) or _replaced(ticket, ask):
        return refusal
    if ask.direction == "out":
        return _exit(state)
    checks = (_status(ticket, ask.at), _times(ticket, event, ask), _products(ticket, event, ask))
    for refusal in (*checks, _entries(ticket, event, state, ask), _limits(event, stream, state, ask)):
        if refusal is not None and not _is_forced(refusal, ask):
            return refusal
    return Verdict(code="admitted", message="Ticket successfully scanned")


def _is_forced(refusal: Verdict, ask: Ask) -> bool:
    return ask.force and (refusal.code in FORCEABLE or (refusal.code == "full" and ask.over_limit))


def _wrong_event(ticket: Ticket, ask: Ask) -> Verdict | None:
    if ask.events <= {ticket.event}:
        return None
    return Verdict(code="wrong_event", message="Event error", status=406)


def _replaced(ticket: Ticket, ask: Ask) -> Verdict | None:
    if ask.issue == ticket.issue:
        return None
    when = "" if ticket.issued_at is None else f" at {ticket.issued_at.isoformat()}"
    return Verdict(code="replaced", message=f"Ticket reissued{when}")


def _exit(state: State) -> Verdict:
    if not state.is_inside:
        return Verdict(code="not_inside", message="Ticket is not inside")
    return Verdict(code="exited", message="Exit recorded")


def _status(ticket: Ticket, at: datetime) -> Verdict | None:
    match ticket.status:
        case "canceled":
            return Verdict(code="canceled", message="Ticket canceled")
        case "unpaid":
            return Verdict(code="unpaid", message="Ticket not paid")
        case "blocked":
            return Verdict(code="blocked", message="Ticket blocked")
    if is_expired(ticket, at):
        return Verdict(code="expired", message="Ticket expired")
    return None


def is_expired(ticket: Ticket, at: datetime) -> bool:
    """Tell whether the ticket's time is over: marked by the clock's work, or due to be."""
    return ticket.expired or at >= ticket.expires_at


def _times(ticket: Ticket, event: Event, ask: Ask) -> Verdict | None:
    zone = ZoneInfo(event.timezone)
    if event.admit_before_min is not None:
        opens = ticket.starts_at - timedelta(minutes=event.admit_before_min)
        if ask.at < opens:
            return Verdict(code="too_early", message=f"Ticket is for {ticket.time}; from {_clock(opens, zone)}")
    if event.admit_after_min is not None:
        closes = ticket.starts_at + timedelta(minutes=event.admit_after_min)
        if ask.at > closes:
            return Verdict(code="too_late", message=f"Ticket is for {ticket.time}; until {_clock(closes, zone)}")
    return _window(ask, zone)


def _window(ask: Ask, zone: ZoneInfo) -> Verdict | None:
    door = ask.door
    if door is None:
        return None
    if door.opens_at is not None and ask.at < door.opens_at:
        return Verdict(code="too_early", message=f"{door.name} opens; from {_clock(door.opens_at, zone)}")
    if door.closes_at is not None and ask.at >= door.closes_at:
        return Verdict(code="too_late", message=f"{door.name} is closed; until {_clock(door.closes_at, zone)}")
    return None


def _clock(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%H:%M")


def _products(ticket: Ticket, event: Event, ask: Ask) -> Verdict | None:
    door = ask.door
    if door is None or door.products is None or ticket.product in door.products:
        return None
    others = [d.name for d in event.doors if d.products is None or ticket.product in d.products]
    where = f"go to {', '.join(others)}" if others else "no door takes this ticket"
    return Verdict(code="wrong_door", message=f"Wrong door: {where}", details={"doors": others})


def _entries(ticket: Ticket, event: Event, state: State, ask: Ask) -> Verdict | None:
    door = ask.door
    moving = passage(state, door.into if door else None, door.out_of if door else None)
    if moving is not OUTSIDE or _may_enter(policy(ticket, event), event, state, ask.at):
        return None
    assert state.last is not None
    details = {
        "reason_detail": "inside" if state.is_inside else "used_up",
        "seconds_ago": max(0, int((ask.at - state.last.at).total_seconds())),
        "same_device": state.last.device == ask.device,
    }
    return Verdict(code="already_scanned", message="Ticket already scanned", details=details)


def policy(ticket: Ticket, event: Event) -> str:
    """Return the ticket's re-entry rule: its product's, else the event's."""
    for product in event.products:
        if product.name == ticket.product and product.reentry is not None:
            return product.reentry
    return event.reentry


def _may_enter(rule: str, event: Event, state: State, at: datetime) -> bool:
    match rule.split(":"):
        case ["single"]:
            return not state.entered
        case ["reentry"]:
            return not state.where
        case ["multi", entries]:
            return len(state.entered) < int(entries)
        case ["daily"]:
            zone = ZoneInfo(event.timezone)
            return _day(at, zone) not in {_day(entered, zone) for entered in state.entered}
    raise ValueError(f"no such re-entry rule: {rule}")


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return (moment.astimezone(zone).replace(tzinfo=None) - DAY_TURNS_AT).date()


def _limits(event: Event, stream: Stream, state: State, ask: Ask) -> Verdict | None:
    into = ask.door.into if ask.door else None
    comes_in = passage(state, into, ask.door.out_of if ask.door else None) is OUTSIDE
    if comes_in and event.max_inside is not None and stream.inside >= event.max_inside:
        return Verdict(code="full", message="Capacity reached", details={"limit": event.max_inside})
    for zone in event.zones:
        if zone.id == into and zone.max_inside is not None and stream.zones.get(zone.id, 0) >= zone.max_inside:
            return Verdict(
                code="full", message="Capacity reached", details={"zone": zone.name, "limit": zone.max_inside}
            )
    return None


def status_label(ticket: Ticket, state: State, at: datetime) -> str:
    """Return the label of the TiBillet API, in English whatever the locale (scan-api.md, status labels)."""
    refusal = _status(ticket, at)
    if refusal is not None:
        labels = {"canceled": "Canceled", "unpaid": "Not paid", "blocked": "Blocked", "expired": "Expired"}
        return labels[refusal.code]
    return "Valid and scanned" if state.is_scanned else "Valid and not scanned"
