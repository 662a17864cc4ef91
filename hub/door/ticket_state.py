"""Ticket state: a fold over the scans a ticket keeps: who is inside on it, and how often it was let in. Pure.

Scans that the hub decided always count. One that a door made offline counts where, at its time, the ticket's rule had
room for it beside those; of two where one was possible, the earlier by (time, device, nonce) counts and the other is
a conflict: one guest more is inside on the ticket (scan-api.md, offline). So the same set of scans leads to the same
state in whatever order devices deliver them.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import msgspec

from hub.clock import in_zone
from hub.model.event import Event, product_named
from hub.model.ticket import Scan, Settled, Ticket

FIRST_YEAR, LAST_YEAR = 1900, 9000
DAY_TURNS_AT = timedelta(hours=5)
"""A `daily` ticket's day begins at 05:00 in the event's zone."""

MOST_KEPT = 64
"""Scans that a ticket keeps one by one."""


class Outside:
    """The place of a guest who is not inside."""


OUTSIDE = Outside()
Place = str | None | Outside
"""A zone's id, None for the venue itself, or outside."""


class State(msgspec.Struct, frozen=True):
    """State of a ticket: where its people are, and how often they came in.

    `where` holds a zone id (None: the venue itself) for each person inside on this ticket: one, unless it was forced
    or let in twice offline. `entries` counts entries from outside, `entered` holds the times of the latest.
    """

    where: tuple[str | None, ...] = ()
    entries: int = 0
    entered: tuple[datetime, ...] = ()
    last: Scan | None = None
    conflicts: tuple[Scan, ...] = ()

    @property
    def is_inside(self) -> bool:
        """Whether at least one person is inside on this ticket."""
        return bool(self.where)

    @property
    def is_scanned(self) -> bool:
        """Whether the ticket was ever let in."""
        return self.entries > 0


NEVER_SCANNED = State()

MayEnter = Callable[[State, datetime], bool]
"""A re-entry rule: may a ticket in this state come in from outside, at this time?"""


# --- the re-entry rules ------------------------------------------------------------------------------------------


def rule_of(ticket: Ticket, event: Event) -> MayEnter:
    """Return the ticket's re-entry rule: its product's, else the event's (scan-api.md, the rules)."""
    product = product_named(event, ticket.product)
    own = None if product is None else product.reentry
    return reentry_rule(own or event.reentry, ZoneInfo(event.timezone))


@cache
def reentry_rule(name: str, zone: ZoneInfo) -> MayEnter:
    """Return the rule called `single`, `reentry`, `multi:N` or `daily`."""
    match name.split(":"):
        case ["single"]:
            return lambda state, at: state.entries == 0
        case ["reentry"]:
            return lambda state, at: not state.where
        case ["multi", most]:
            return lambda state, at: state.entries < int(most)
        case ["daily"]:
            return lambda state, at: _day(at, zone) not in {_day(entered, zone) for entered in state.entered}
    raise ValueError(f"no such re-entry rule: {name}")


def _day(moment: datetime, zone: ZoneInfo) -> date:
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:  # kept by versions that took any clock's word
        return moment.date()
    return (in_zone(moment, zone).replace(tzinfo=None) - DAY_TURNS_AT).date()


# --- the fold ----------------------------------------------------------------------------------------------------


def fold(ticket: Ticket, may_enter: MayEnter) -> State:
    """Return the state that the ticket's scans lead to under its rule. Undone ones count for nothing."""
    if not ticket.scans and ticket.settled is None:
        return NEVER_SCANNED
    start = _start(ticket.settled)
    scans = [scan for scan in ticket.scans if not scan.undone]
    if not any(scan.by == "batch" for scan in scans):
        return _run(start, sorted(scans, key=_order), frozenset())
    conflicts = _find_conflicts(start, scans, may_enter)
    state = _run(start, sorted(scans, key=_order), frozenset(scan.seq for scan in conflicts))
    return msgspec.structs.replace(state, conflicts=tuple(conflicts))


def _find_conflicts(start: State, scans: Sequence[Scan], may_enter: MayEnter) -> list[Scan]:
    """Return the offline entries that the rule had no room for beside the hub's decisions and earlier offline ones."""
    counted = [scan for scan in scans if scan.by != "batch" or scan.direction == "out"]
    conflicts = []
    broken = _violations(start, counted, may_enter)
    offline = [scan for scan in scans if scan.by == "batch" and scan.direction == "in"]
    for scan in sorted(offline, key=_precedence):
        more = _violations(start, [*counted, scan], may_enter)
        if more > broken:
            conflicts.append(scan)
        else:
            counted.append(scan)
            broken = more
    return conflicts


def _violations(start: State, scans: Iterable[Scan], may_enter: MayEnter) -> int:
    """Count the entries that break the rule when `scans` are gone through in order."""
    state, broken = start, 0
    for scan in sorted(scans, key=_order):
        if scan.direction == "in" and passage(state, scan.into, scan.out_of) is OUTSIDE:
            broken += not may_enter(state, scan.at)
        state = step(state, scan)
    return broken


def _run(start: State, scans: Iterable[Scan], conflicts: frozenset[int]) -> State:
    state = start
    for scan in scans:
        state = _add_person(state, scan) if scan.seq in conflicts else step(state, scan)
    return state


def _order(scan: Scan) -> tuple[datetime, bool, int, str, str]:
    is_offline = scan.by == "batch"
    return scan.at, is_offline, 0 if is_offline else scan.seq, scan.device or "", scan.nonce


def _precedence(scan: Scan) -> tuple[datetime, str, str]:
    return scan.at, scan.device or "", scan.nonce


def step(state: State, scan: Scan) -> State:
    """Return the state after one more scan that counts."""
    where = list(state.where)
    if scan.direction == "out":
        _leave(where, scan)
        return msgspec.structs.replace(state, where=tuple(where))
    origin = passage(state, scan.into, scan.out_of)
    where.append(scan.into)
    if not isinstance(origin, Outside):
        where.remove(origin)
        return msgspec.structs.replace(state, where=tuple(where), last=scan)
    return msgspec.structs.replace(
        state,
        where=tuple(where),
        entries=state.entries + 1,
        entered=(*state.entered, scan.at)[-MOST_KEPT:],
        last=scan,
    )


def _add_person(state: State, scan: Scan) -> State:
    """One person more is inside on the ticket; it was not admitted once more."""
    return msgspec.structs.replace(state, where=(*state.where, scan.into), last=scan)


def _leave(where: list[str | None], scan: Scan) -> None:
    if not where:
        return
    where.remove(scan.into if scan.into in where else where[-1])
    if scan.out_of is not None:
        where.append(scan.out_of)


def passage(state: State, into: str | None, out_of: str | None) -> Place:
    """Return the zone that an entry through a door leaves, or `OUTSIDE` where it comes from there.

    A move between zones is no new entry. A door from outside straight into the venue is an outer door: a guest
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
    """Return the effect on the counters `admitted`, `inside` and `zones.*` between two states of one ticket."""
    effect = {
        "admitted": int(after.is_scanned) - int(before.is_scanned),
        "inside": len(after.where) - len(before.where),
    }
    for zone in {*before.where, *after.where} - {None}:
        effect[f"zones.{zone}"] = after.where.count(zone) - before.where.count(zone)
    return {path: delta for path, delta in effect.items() if delta}


# --- keeping few -------------------------------------------------------------------------------------------------


def with_scan(ticket: Ticket, scan: Scan) -> Ticket:
    """Return the ticket with one more scan; the oldest are settled once there are more than it keeps."""
    scans = sorted([*ticket.scans, _in_sequence(ticket, scan)], key=_order)
    settled = ticket.settled
    while len(scans) > MOST_KEPT:
        oldest = scans.pop(0)
        settled = settled if oldest.undone else _settle(step(_start(settled), oldest))
    return msgspec.structs.replace(ticket, scans=scans, settled=settled)


def _in_sequence(ticket: Ticket, scan: Scan) -> Scan:
    """Let no scan be earlier than those the hub decided before it: the clocks of its processes differ a little."""
    if scan.by == "batch":
        return scan
    decided = (earlier.at for earlier in ticket.scans if earlier.by != "batch")
    return msgspec.structs.replace(scan, at=max(scan.at, *decided, scan.at))


def _start(settled: Settled | None) -> State:
    if settled is None:
        return State()
    return State(tuple(settled.where), settled.entries, tuple(settled.entered), settled.last)


def _settle(state: State) -> Settled:
    return Settled(where=list(state.where), entries=state.entries, entered=list(state.entered), last=state.last)
