"""Corrections at the door: scans undone, headcounts of people without tickets, recounts by hand (scan-api.md)."""

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Annotated, Literal

import msgspec
from typing_extensions import override

from hub.door.device_command import DeviceCommand
from hub.door.response import DoorAnswer, StatusAnswer, reservation_view, ticket_view
from hub.door.rules import limits
from hub.door.ticket_state import OUTSIDE, State, difference, fold, rule_of
from hub.errors import BadInput, Conflict, NotAllowed, NotFound
from hub.model.access import Principal
from hub.model.command import Change, Key, NewEntry, UnitOfWork, at_door, clamped
from hub.model.event import Door
from hub.model.figures import part_of
from hub.model.journal import Stream
from hub.model.refusals import OUTCOMES
from hub.model.ticket import Scan, Ticket
from hub.validation import PROSE

UNDO_WITHIN = timedelta(minutes=15)
UNDONE_COUNTERS = {"in": "admitted", "out": "exited"}


class UndoBody(msgspec.Struct, kw_only=True):
    """The body of `POST /scan/undo/`."""

    ticket_uuid: str
    seq: Annotated[int, msgspec.Meta(ge=1, le=2**53)]
    nonce: str | None = None


class HeadcountBody(msgspec.Struct, kw_only=True):
    """The body of `POST /scan/headcount/`."""

    delta: Annotated[int, msgspec.Meta(ge=-1000, le=1000)]
    kind: Literal["crew", "child", "walk_in"]
    nonce: str | None = None


class RecountBody(msgspec.Struct, kw_only=True):
    """The body of `POST /api/events/{uuid}/recount`: `zone` is a zone's name, None the venue."""

    inside: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=500), PROSE]
    zone: str | None = None


class Correction(DeviceCommand):
    """Base of commands that correct counts; on a relay they are decided there, too (docs/relay.md)."""

    body: "UndoBody | HeadcountBody"

    @abstractmethod
    def done(self, unit: UnitOfWork, seq: int) -> DoorAnswer:
        """Return the answer to one that was done already, by the entry with this number."""


class UndoScan(Correction):
    """Command: undo one scan, if it is the ticket's last."""

    body: UndoBody

    def __init__(self, *, principal: Principal, body: UndoBody, home: str, nonce: str) -> None:
        super().__init__(principal=principal, home=home, nonce=nonce, bound=["undo", body.ticket_uuid, body.seq])
        self.body = body

    @override
    def reads(self) -> Iterable[Key]:
        """The nonce and the ticket."""
        yield from super().reads()
        yield Ticket, self.body.ticket_uuid

    @property
    @override
    def ticket_id(self) -> str | None:
        return self.body.ticket_uuid

    @override
    def named(self, unit: UnitOfWork) -> Ticket | None:
        ticket = unit.find(Ticket, self.body.ticket_uuid)
        return ticket if ticket is not None and ticket.event == self.home else None

    @override
    def execute(self, unit: UnitOfWork) -> Change[StatusAnswer]:
        """Mark the scan undone; an exit taken back must find room again."""
        ticket = self.named(unit)
        if ticket is None:
            raise NotFound(OUTCOMES["unknown_ticket"].message, code="unknown_ticket")
        scan = self._last(ticket)
        self._check_time(unit, scan)
        door = next((door for door in unit.event.doors if door.id == scan.door), None)
        after = without(ticket, scan)
        effect = self._effect(unit, ticket, after)
        self._check_room(unit, scan, door, effect)
        answer = self._answer(unit, after, unit.next_seq)
        return Change(
            answer=(200, self.with_guest(unit, answer, ticket)),
            entries=[self._entry(ticket, scan, effect | at_door(door, UNDONE_COUNTERS[scan.direction], -1))],
            put=[after, self.remember(200, answer)],
        )

    def _last(self, ticket: Ticket) -> Scan:
        standing = [scan for scan in ticket.scans if not scan.undone]
        last = max(standing, key=lambda scan: scan.seq, default=None)
        if last is None or last.seq < self.body.seq:
            raise NotFound(OUTCOMES["unknown_scan"].message, code="unknown_scan")
        if last.seq > self.body.seq:
            raise Conflict("not_last", OUTCOMES["not_last"].message)
        return last

    def _check_time(self, unit: UnitOfWork, scan: Scan) -> None:
        if self.principal.kind == "device" and unit.now - scan.at > UNDO_WITHIN:
            raise Conflict("too_late", "A device can undo a scan within 15 minutes: ask an organiser")

    def _effect(self, unit: UnitOfWork, ticket: Ticket, after: Ticket) -> dict[str, int]:
        rule = rule_of(ticket, unit.event)
        return clamped(difference(fold(ticket, rule), fold(after, rule)), unit.stream)

    def _check_room(self, unit: UnitOfWork, scan: Scan, door: Door | None, effect: dict[str, int]) -> None:
        if scan.direction == "in" or not effect:
            return
        if refusal := limits(unit.event, unit.stream, OUTSIDE, door):
            raise Conflict(refusal.code, refusal.message)

    def _entry(self, ticket: Ticket, scan: Scan, effect: dict[str, int]) -> NewEntry:
        return NewEntry(
            kind="ticket.undone",
            ticket=ticket.id,
            device=self.principal.id,
            door=scan.door,
            direction=scan.direction,
            code="undone",
            nonce=self.nonce,
            effect=effect,
            data={"seq": scan.seq, **part_of(ticket)},
        )

    @override
    def done(self, unit: UnitOfWork, seq: int) -> DoorAnswer:
        ticket = self.named(unit)
        if ticket is None:
            raise NotFound(OUTCOMES["unknown_ticket"].message, code="unknown_ticket")
        return self._answer(unit, ticket, seq)

    def _answer(self, unit: UnitOfWork, ticket: Ticket, seq: int) -> DoorAnswer:
        state: State = fold(ticket, rule_of(ticket, unit.event))
        return DoorAnswer(
            success=True,
            code="undone",
            message="Scan undone",
            seq=seq,
            ticket=ticket_view(ticket, unit.event, state, unit.now),
            reservation=reservation_view(ticket),
        )


class ChangeHeadcount(Correction):
    """Command: count people without tickets, in or out."""

    body: HeadcountBody

    def __init__(self, *, principal: Principal, body: HeadcountBody, home: str, nonce: str) -> None:
        super().__init__(principal=principal, home=home, nonce=nonce, bound=["headcount", body.delta, body.kind])
        self.body = body

    @override
    def execute(self, unit: UnitOfWork) -> Change[StatusAnswer]:
        """Count, within the limits of the venue and the door's zone."""
        door, delta = self.door(unit), self.body.delta
        self._check(unit.stream, door, unit)
        effect = effect_of_heads(delta, door, unit.stream)
        answer = self._answer(unit.stream, effect, unit.next_seq)
        entry = NewEntry(
            kind="headcount",
            device=self.principal.id,
            door=door.id if door else None,
            nonce=self.nonce,
            effect=effect,
            data={"delta": delta, "kind": self.body.kind},
        )
        return Change(answer=(200, answer), entries=[entry], put=[self.remember(200, answer)])

    @override
    def done(self, unit: UnitOfWork, seq: int) -> DoorAnswer:
        return self._answer(unit.stream, {}, seq)

    def _answer(self, stream: Stream, effect: Mapping[str, int], seq: int) -> DoorAnswer:
        return DoorAnswer(
            success=True,
            code="counted",
            message="Headcount recorded",
            seq=seq,
            headcount=stream.headcount + effect.get("headcount", 0),
            inside=stream.inside + effect.get("inside", 0),
        )

    def _check(self, stream: Stream, door: Door | None, unit: UnitOfWork) -> None:
        delta = self.body.delta
        if delta == 0:
            raise BadInput("delta: must not be 0", {"delta": "must not be 0"}, code="bad_request", status=400)
        if delta < 0 and stream.headcount + delta < 0:
            raise Conflict("not_inside", f"Only {stream.headcount} without tickets are counted inside")
        refusal = limits(unit.event, stream, OUTSIDE, door, delta) if delta > 0 else None
        if refusal is not None and "over_limit" not in self.principal.may:
            raise Conflict(refusal.code, refusal.message)


class RecountPeople:
    """Command: set a count of people to the number that was counted by hand."""

    weight = 1

    def __init__(self, principal: Principal, body: RecountBody) -> None:
        self._principal = principal
        self._body = body

    def reads(self) -> Iterable[Key]:
        """Return nothing: the stream and the event are read anyway."""
        return ()

    def decide(self, unit: UnitOfWork) -> Change[None]:
        """Return the change that moves the count, with who counted and why in its entry."""
        path, counted = self._place(unit)
        effect = {path: self._body.inside - counted} if self._body.inside != counted else {}
        data = {"zone": self._body.zone, "inside": self._body.inside, "was": counted, "reason": self._body.reason}
        return Change(
            answer=None, entries=[NewEntry(kind="recount", device=self._principal.id, effect=effect, data=data)]
        )

    def _place(self, unit: UnitOfWork) -> tuple[str, int]:
        if self._body.zone is None:
            return "inside", unit.stream.inside
        for zone in unit.event.zones:
            if zone.name == self._body.zone:
                return f"zones.{zone.id}", unit.stream.zones.get(zone.id, 0)
        raise BadInput("There is no such zone", {"zone": "names no zone of this event"})


def effect_of_heads(delta: int, door: Door | None, stream: Stream) -> dict[str, int]:
    """Return the effect of people without tickets who come in at a door, or leave."""
    zone = {f"zones.{door.into}": delta} if door is not None and door.into is not None else {}
    return clamped({"inside": delta, "headcount": delta, **zone}, stream)


def check_right(principal: Principal, right: str) -> None:
    """Raise `NotAllowed` unless the device has `right`; organisers have all."""
    if principal.kind == "device" and right not in principal.may:
        raise NotAllowed("not_allowed", f"This device may not do that: it needs the right {right}")


def without(ticket: Ticket, undone: Scan) -> Ticket:
    """Return a ticket with one scan marked as undone."""
    scans = [msgspec.structs.replace(scan, undone=True) if scan.seq == undone.seq else scan for scan in ticket.scans]
    return msgspec.structs.replace(ticket, scans=scans)
