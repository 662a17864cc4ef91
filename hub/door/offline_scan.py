"""Offline scan: a passage at a door without a connection, recorded as a fact (scan-api.md, offline).

A guest who was let in is inside, even where the hub would have refused: that is a conflict, on record with its reason.
Which of two entries counts is the fold's to say (`hub/door/ticket_state.py`), not the order of arrival.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any

import msgspec
from msgspec import UNSET
from typing_extensions import override

from hub.door.device_command import DeviceCommand
from hub.door.request import ScanBody
from hub.door.resolve import UNKNOWN_TICKET, Resolution
from hub.door.response import DoorAnswer, StatusAnswer, reservation_view, ticket_view, verdict_answer
from hub.door.rules import WRONG_EVENT, Verdict, judge, verdict_of
from hub.door.scan import COUNTERS, KINDS, ask_of
from hub.door.ticket_state import State, difference, fold, rule_of, with_scan
from hub.model.access import Principal
from hub.model.base import Direction
from hub.model.command import Change, IdempotencyRecord, Key, NewEntry, UnitOfWork, at_door, clamped
from hub.model.device_info import MOST_AHEAD_MS
from hub.model.event import Door, Event
from hub.model.figures import part_of
from hub.model.refusals import OUTCOMES
from hub.model.report import ConflictSide
from hub.model.ticket import Scan, Ticket

DIRECTIONS: Mapping[str, Direction] = {"admitted": "in", "exited": "out"}
"""The direction of each verdict with which a door lets a ticket through."""
CLOCK_OFF = timedelta(seconds=60)
"""A clock that is off by more is shown."""
NO_CLOCK = timedelta(milliseconds=MOST_AHEAD_MS)


class OfflineBody(ScanBody, kw_only=True, omit_defaults=True):
    """Body of one scan in a batch: a scan's fields, its time, and the verdict that the door showed."""

    scanned_at: datetime
    verdict: Annotated[str, msgspec.Meta(pattern="^[a-z_]{1,40}$")]
    of_party: str | None = None
    """The ticket, of the same reservation as the one that was scanned, that a relay let in by that scan among others.

    All of them share its nonce."""


class ScanTime(msgspec.Struct, frozen=True, kw_only=True):
    """Time of an offline scan by the hub's clock; `flags` names in the journal each fault of the door's clock."""

    at: datetime
    flags: dict[str, Any] = {}


def scan_time(scanned_at: datetime, *, ahead: timedelta, arrived: datetime, later: int = 0) -> ScanTime:
    """Return the time of a scan by the hub's clock; the door's said `scanned_at` and is `ahead` of it.

    Where the clock is no clock (off by a year or more, now or when it scanned), or what it says lies in the future, it
    is the time of arrival: never refused, since that would jam the phone's queue. `later` is how many scans of the same
    batch came after this one: so many milliseconds earlier, so that they keep their order.
    """
    since = scanned_at - arrived - ahead  # aware times can be subtracted, whatever their year; a sum could overflow
    unknown = arrived - timedelta(milliseconds=later)
    if abs(ahead) >= NO_CLOCK:
        return ScanTime(at=unknown, flags=_clock_flag(ahead))
    if since <= -NO_CLOCK:
        return ScanTime(at=unknown, flags=_clock_flag(-NO_CLOCK))
    if since > timedelta(0):
        return ScanTime(at=unknown, flags=_clock_flag(ahead) | {"from_the_future": True})
    return ScanTime(at=arrived + since, flags=_clock_flag(ahead))


def _clock_flag(ahead: timedelta) -> dict[str, Any]:
    return {"clock_ahead_s": round(ahead.total_seconds())} if abs(ahead) > CLOCK_OFF else {}


class RecordOfflineScan(DeviceCommand):
    """Command: record one scan that a door made offline. `is_trusted`: accepted from an archived device.

    `time` is when the door made it, by the hub's clock.
    """

    weight = 3

    def __init__(
        self,
        *,
        principal: Principal,
        body: OfflineBody,
        resolution: Resolution,
        home: str,
        nonce: str,
        time: ScanTime,
        is_trusted: bool = False,
    ) -> None:
        bound = [resolution.ticket or body.qrcode_data, body.direction, body.force, body.count]
        super().__init__(principal=principal, home=home, nonce=nonce, bound=bound)
        self._body = body
        self._resolution = resolution
        self._time = time
        self._is_trusted = is_trusted

    @override
    def reads(self) -> Iterable[Key]:
        """Yield the nonce as the hub and as the door may have used it, and the ticket with its event."""
        yield from super().reads()
        yield IdempotencyRecord, self._fact_id
        if self._resolution.ticket is not None:
            yield Ticket, self._resolution.ticket
        if self._resolution.event not in (None, self.home):
            yield Event, str(self._resolution.event)

    @property
    def _fact_id(self) -> str:
        """The name of its record: of a party each ticket has one of its own, since all share a nonce."""
        name = f"{self.remembered_id}/offline"
        return f"{name}/{self._resolution.ticket}" if self._body.of_party is not None else name

    @property
    def is_relayed(self) -> bool:
        """Whether a relay decided it: the hub may have decided it, too, by a forward whose answer was lost."""
        return self._body.of_party is not None

    @override
    def check_device(self, unit: UnitOfWork) -> None:
        """Check the device, unless an organiser vouches for it."""
        if not self._is_trusted:
            super().check_device(unit)

    @property
    def direction(self) -> Direction:
        """The direction of the scan."""
        return self._body.direction

    @property
    @override
    def ticket_id(self) -> str | None:
        return self._resolution.ticket

    @override
    def named(self, unit: UnitOfWork) -> Ticket | None:
        return unit.find(Ticket, self._resolution.ticket) if self._resolution.ticket else None

    @override
    def decide(self, unit: UnitOfWork) -> Change[StatusAnswer]:
        """Record it once. Where the hub had answered this very scan otherwise than the door, both stay on record."""
        self.check_device(unit)
        if recorded := unit.find(IdempotencyRecord, self._fact_id):
            return self.replay(recorded, unit)
        answered = unit.find(IdempotencyRecord, self.remembered_id)
        if answered is not None and self._agrees(answered):
            return self.replay(answered, unit)
        return self.execute(unit)

    def _agrees(self, answered: IdempotencyRecord) -> bool:
        _, answer = msgspec.json.decode(answered.answer, type=StatusAnswer)
        is_alike = answer.success == (self._body.verdict in DIRECTIONS)
        return is_alike and (not self.is_relayed or not answer.success or self._place_in(answer) is not None)

    def _place_in(self, answer: DoorAnswer) -> int | None:
        """Return the place of the ticket among those that an answer names; None where it is not there."""
        if answer.tickets is not UNSET:
            names: list[str | None] = [each.uuid for each in answer.tickets]
        else:
            names = [None if answer.ticket is UNSET else answer.ticket.uuid]
        return names.index(self.ticket_id) if self.ticket_id in names else None

    @override
    def replay(self, remembered: IdempotencyRecord, unit: UnitOfWork) -> Change[StatusAnswer]:
        """Return the first answer; to a forwarded scan under the number of this ticket's entry."""
        if remembered.id == self._fact_id or not self.is_relayed:
            return super().replay(remembered, unit)
        status, answer = msgspec.json.decode(remembered.answer, type=StatusAnswer)
        place = self._place_in(answer)
        if isinstance(answer.seq, int) and place:
            answer.seq += place
        answer.replayed = True
        return Change(answer=(status, answer))

    @override
    def execute(self, unit: UnitOfWork) -> Change[StatusAnswer]:
        """Return the change that records the door's own decision."""
        ticket, door = self.named(unit), self.door(unit)
        if self._resolution.refusal is not None or ticket is None:
            return self._record_refusal(unit, door, None, self._resolution.refusal or UNKNOWN_TICKET)
        if self._body.verdict not in DIRECTIONS:
            return self._record_refusal(unit, door, ticket, _refused_alone(self._body.verdict))
        if ticket.event != self.home:
            return self._record_foreign(unit, door, ticket)
        return self._record_passage(unit, door, ticket)

    # --- what the door did ---------------------------------------------------------------------------------------

    def _record_passage(self, unit: UnitOfWork, door: Door | None, ticket: Ticket) -> Change[StatusAnswer]:
        event = unit.event
        rule = rule_of(ticket, event)
        scan = self._scan(unit, door)
        after = _due_again(with_scan(ticket, scan))
        before_state, state = fold(ticket, rule), fold(after, rule)
        effect = clamped(difference(before_state, state), unit.stream) | at_door(door, COUNTERS[scan.direction])
        verdict = verdict_of(self._body.verdict)
        reasons = self._reasons(unit, ticket, door, before_state, state, scan)
        answer = self._answer(unit, after, verdict)
        if reasons:
            answer.conflict = reasons[0][0]
        passed = self._entry(unit, ticket, door, verdict.code, effect)
        conflicts = [self._conflict(unit, ticket, *reason) for reason in reasons]
        return Change(
            answer=(200, self.with_guest(unit, answer, ticket)),
            entries=[passed, *conflicts],
            put=[after, self._keep(200, answer)],
        )

    def _scan(self, unit: UnitOfWork, door: Door | None) -> Scan:
        return Scan(
            at=self.made_at(unit),
            seq=unit.next_seq,
            direction=self._body.direction,
            device=self.principal.id,
            door=door.id if door else None,
            nonce=self.nonce,
            by="batch",
            into=door.into if door else None,
            out_of=door.out_of if door else None,
        )

    def made_at(self, unit: UnitOfWork) -> datetime:
        """Return the time of the scan by the hub's clock; never in the future of this process."""
        return min(self._time.at, unit.now)

    def _reasons(
        self, unit: UnitOfWork, ticket: Ticket, door: Door | None, before: State, state: State, scan: Scan
    ) -> list[tuple[str, Scan, Scan | None]]:
        """Return each conflict that this scan brings: why, the entry that does not count, and the one that does."""
        known = {conflict.seq for conflict in before.conflicts}
        reasons: list[tuple[str, Scan, Scan | None]] = [
            ("already_scanned", conflict, _counted(ticket, conflict, scan, state))
            for conflict in state.conflicts
            if conflict.seq not in known
        ]
        refused = self._would_refuse(unit, ticket, door, scan)
        return reasons + ([(refused, scan, None)] if refused else [])

    def _would_refuse(self, unit: UnitOfWork, ticket: Ticket, door: Door | None, scan: Scan) -> str | None:
        """Reason for which the hub, by its present knowledge, would have refused this entry, its other scans aside."""
        if scan.direction == "out":
            return None
        alone = msgspec.structs.replace(_due_again(ticket), scans=[], settled=None)
        ask = ask_of(self.principal, self._body, self._resolution.issue, door, scan.at)
        verdict = judge(alone, unit.event, unit.stream, ask)
        return None if verdict.is_passed else verdict.code

    def _record_foreign(self, unit: UnitOfWork, door: Door | None, ticket: Ticket) -> Change[StatusAnswer]:
        """A ticket of another event was let in: on record, and no count of that other event moves."""
        verdict = WRONG_EVENT
        answer = verdict_answer(verdict)
        answer.seq, answer.conflict = unit.next_seq, "wrong_event"
        entry = self._conflict(unit, ticket, "wrong_event", self._scan(unit, door), None)
        return Change(answer=(406, answer), entries=[entry], put=[self._keep(406, answer)])

    def _record_refusal(
        self, unit: UnitOfWork, door: Door | None, ticket: Ticket | None, verdict: Verdict
    ) -> Change[StatusAnswer]:
        answer = self._answer(unit, ticket, verdict)
        counts = self._body.direction == "in" and verdict.code != "practice"
        effect = {"denied": 1} | at_door(door, "denied") if counts else {}
        return Change(
            answer=(verdict.status, self.with_guest(unit, answer, ticket)),
            entries=[self._entry(unit, ticket, door, verdict.code, effect)],
            put=[self._keep(verdict.status, answer)],
        )

    # --- what is written and answered ----------------------------------------------------------------------------

    def _answer(self, unit: UnitOfWork, ticket: Ticket | None, verdict: Verdict) -> DoorAnswer:
        answer = verdict_answer(verdict)
        answer.seq = unit.next_seq
        if ticket is not None:
            event = unit.find(Event, self._resolution.event or "") or unit.event
            state = fold(ticket, rule_of(ticket, event))
            answer.ticket, answer.reservation = ticket_view(ticket, event, state, unit.now), reservation_view(ticket)
        return answer

    def _keep(self, status: int, answer: DoorAnswer) -> IdempotencyRecord:
        return msgspec.structs.replace(self.remember(status, answer), id=self._fact_id)

    def _entry(
        self, unit: UnitOfWork, ticket: Ticket | None, door: Door | None, code: str, effect: dict[str, int]
    ) -> NewEntry:
        return NewEntry(
            kind=KINDS.get(code, "ticket.denied"),
            at=self.made_at(unit),
            ticket=ticket.id if ticket else None,
            device=self.principal.id,
            door=door.id if door else None,
            direction=self._body.direction,
            code=code,
            nonce=self.nonce,
            by="batch",
            effect=effect,
            data=(part_of(ticket) if ticket else {}) | self._time.flags,
        )

    def _conflict(self, unit: UnitOfWork, ticket: Ticket, reason: str, entry: Scan, counted: Scan | None) -> NewEntry:
        both = [scan for scan in (entry, counted) if scan is not None]
        sides = [ConflictSide(seq=s.seq, at=s.at.isoformat(), device=s.device, door=s.door) for s in both]
        plain = msgspec.to_builtins(sides)
        return NewEntry(
            kind="ticket.conflict",
            ticket=ticket.id,
            device=entry.device,
            door=entry.door,
            direction=entry.direction,
            code="conflict",
            nonce=self.nonce,
            by="batch",
            data={"reason": reason, "entry": plain[0], "counted": plain[1] if counted else None},
        )


def _refused_alone(code: str) -> Verdict:
    """Return a door's own refusal; a code that is none is `offline`, so that reports count no codes of a client's."""
    return Verdict(code=code if code in OUTCOMES else "offline", message=OUTCOMES["offline"].message)


def _due_again(ticket: Ticket) -> Ticket:
    """Return the ticket without its mark of expiry, which came after this scan: only its time decides.

    So the scheduled job marks it once more, and the guest whom this scan let in is checked out.
    """
    return msgspec.structs.replace(ticket, expired=False)


def _counted(ticket: Ticket, conflict: Scan, new: Scan, state: State) -> Scan | None:
    """Return the entry that counts in place of `conflict`: the latest before it, else the first after it."""
    lost = {scan.seq for scan in state.conflicts}
    entries = [s for s in [*ticket.scans, new] if s.direction == "in" and not s.undone and s.seq not in lost]
    before = [scan for scan in entries if scan.at <= conflict.at]
    return max(before, key=lambda s: s.at) if before else min(entries, key=lambda s: s.at, default=None)
