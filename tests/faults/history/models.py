"""Sequential models: the answers that a ticket, or a seat, may give in a state, and the state that follows. Pure.

Written from docs/scan-api.md, not from the hub's rules: what both get wrong alike would not be found.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol, TypeVar

from tests.faults.history.record import VENUE, Door, Request, Rules

State = TypeVar("State")
Outcome = tuple[str, State]


class Model(Protocol[State]):
    """Sequential specification of one object."""

    @property
    def initial(self) -> State:
        """The state before any operation."""

    def outcomes(self, state: State, request: Request) -> Iterator[Outcome[State]]:
        """Yield each code that `request` may be answered in `state`, with the state after it."""


class TicketState(NamedTuple):
    """Where the people of a ticket are, and how often it came in from outside."""

    where: tuple[str, ...] = ()
    entries: int = 0


class TicketModel:
    """A ticket at doors. Room is not its own affair: where it may come in, it may be admitted or find it `full`."""

    initial = TicketState()

    def __init__(self, rules: Rules) -> None:
        self._rules = rules

    def outcomes(self, state: TicketState, request: Request) -> Iterator[Outcome[TicketState]]:
        """Yield the verdicts that the re-entry rule allows."""
        door = self._rules.doors.get(request.door, Door())
        if request.given is not None:
            yield request.given, _after(state, door, request.given)
        elif request.action == "out":
            yield ("exited", _leave(state, door)) if state.where else ("not_inside", state)
        elif comes_from_outside(state, door) and not self._may_enter(state):
            yield "already_scanned", state
        else:
            yield "admitted", _enter(state, door)
            if self._rules.limits:
                yield "full", state

    def _may_enter(self, state: TicketState) -> bool:
        match self._rules.reentry.split(":"):
            case ["single"]:
                return state.entries == 0
            case ["reentry"]:
                return not state.where
            case ["multi", most]:
                return state.entries < int(most)
        raise ValueError(self._rules.reentry)


def _after(state: TicketState, door: Door, code: str) -> TicketState:
    """Return the state after what another side decided, whether it was right in this state or not."""
    if code == "admitted":
        return _enter(state, door)
    return _leave(state, door) if code == "exited" and state.where else state


def comes_from_outside(state: TicketState, door: Door) -> bool:
    """Return whether an entry through `door` is one from outside, no move between zones."""
    if not state.where:
        return True
    if door.out_of is not None and door.out_of in state.where:
        return False
    return place(door) in state.where or (door.into is None and door.out_of is None)


def place(door: Door) -> str:
    """Return the place that a door leads into."""
    return door.into or VENUE


def _enter(state: TicketState, door: Door) -> TicketState:
    if comes_from_outside(state, door):
        return TicketState((*state.where, place(door)), state.entries + 1)
    origin = door.out_of if door.out_of in state.where else state.where[-1]
    where = list(state.where)
    where.remove(str(origin))
    return TicketState((*where, place(door)), state.entries)


def _leave(state: TicketState, door: Door) -> TicketState:
    where = list(state.where)
    where.remove(place(door) if place(door) in where else where[-1])
    return TicketState((*where, *([door.out_of] if door.out_of else [])), state.entries)


class SeatModel:
    """A seat that one buyer at a time may hold."""

    initial = False

    def outcomes(self, state: bool, request: Request) -> Iterator[Outcome[bool]]:
        """Yield what a buyer may be answered: booked where it is free, else `sold_out`."""
        if request.action == "release":
            yield "released", False
        elif state:
            yield "sold_out", state
        else:
            yield "booked", True


class Rooms:
    """People inside by zone, `VENUE` for all, while operations are gone through one after another."""

    def __init__(self, limits: Mapping[str, int]) -> None:
        self.inside: dict[str, int] = {}
        self._limits = limits

    def move(self, before: TicketState, after: TicketState) -> None:
        """Count the people of a ticket from one state to the next."""
        for people, where in ((-1, before.where), (1, after.where)):
            for one in where:
                self.inside[VENUE] = self.inside.get(VENUE, 0) + people
                if one != VENUE:
                    self.inside[one] = self.inside.get(one, 0) + people

    def is_full(self, state: TicketState, door: Door) -> bool:
        """Return whether a ticket in `state` finds no room behind `door`."""
        wanted = {VENUE} if comes_from_outside(state, door) else set()
        wanted |= {door.into} if door.into else set()
        return any(self.inside.get(zone, 0) >= self._limits[zone] for zone in wanted if zone in self._limits)
