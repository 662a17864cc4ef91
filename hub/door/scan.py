"""Scan command: one verdict, and one journal entry for each ticket that goes through."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec
from typing_extensions import override

from hub.door.device_command import DeviceCommand
from hub.door.payment import DoorPayment, TakenAtDoor, as_paid, take_at_door
from hub.door.request import ScanBody
from hub.door.resolve import UNKNOWN_TICKET, Resolution
from hub.door.response import (
    DoorAnswer,
    PassedTicket,
    StatusAnswer,
    add_previous,
    question_of,
    reservation_view,
    ticket_view,
    verdict_answer,
)
from hub.door.rules import Ask, Verdict, judge, verdict_of
from hub.door.ticket_state import NEVER_SCANNED, State, difference, fold, rule_of, with_scan
from hub.model.access import Principal
from hub.model.base import By, Document
from hub.model.command import Change, Key, NewEntry, UnitOfWork, apply_effect, at_door, clamped
from hub.model.event import Door, Event, door_of
from hub.model.figures import part_of
from hub.model.journal import Stream
from hub.model.kinds import Kind
from hub.model.payment import Till, till_id
from hub.model.ticket import Scan, Ticket

KINDS: Mapping[str, Kind] = {"admitted": "ticket.scanned", "exited": "ticket.exited"}
COUNTERS = {"in": "admitted", "out": "exited"}
ENTRIES_PAID = 3
"""Journal entries of a ticket that is paid for and let in."""


class Passed(msgspec.Struct, frozen=True, kw_only=True):
    """Ticket that goes through: as it is afterwards, its state, and the effect on the counts."""

    ticket: Ticket
    state: State
    effect: dict[str, int]


class ScanTicket(DeviceCommand):
    """Command: scan one ticket at one door; with `count`, so many tickets of its reservation, all or none."""

    def __init__(
        self,
        *,
        principal: Principal,
        body: ScanBody,
        resolution: Resolution,
        home: str,
        nonce: str,
        party: Sequence[str] = (),
    ) -> None:
        bound = [resolution.ticket or body.qrcode_data, body.direction, body.force, body.count]
        paid = [] if body.payment is None else [msgspec.to_builtins(body.payment)]
        super().__init__(principal=principal, home=home, nonce=nonce, bound=[*bound, *paid])
        self.count = body.count
        self.weight = body.count if body.payment is None else ENTRIES_PAID * body.count
        self._body = body
        self._resolution = resolution
        self._party = party

    @override
    def reads(self) -> Iterable[Key]:
        """Yield the nonce, the ticket with its party, and the ticket's event where it is not the door's."""
        yield from super().reads()
        if self._resolution.ticket is not None:
            yield from ((Ticket, ticket_id) for ticket_id in self.ticket_ids)
        if self._resolution.event not in (None, self.home):
            yield Event, str(self._resolution.event)
        if self._body.payment is not None:
            yield Till, till_id(self.home, self.principal.id)

    @property
    @override
    def ticket_id(self) -> str | None:
        return self._resolution.ticket

    @property
    @override
    def ticket_ids(self) -> Sequence[str]:
        return () if self.ticket_id is None else tuple(dict.fromkeys((self.ticket_id, *self._party)))

    @override
    def named(self, unit: UnitOfWork) -> Ticket | None:
        return unit.find(Ticket, self._resolution.ticket) if self._resolution.ticket else None

    @override
    def execute(self, unit: UnitOfWork) -> Change[StatusAnswer]:
        """Return the change of the verdict: the tickets go through, or are refused."""
        ticket, door = self.named(unit), self.door(unit)
        if self._resolution.refusal is not None or ticket is None:
            return self._refuse(unit, door, None, self._resolution.refusal or UNKNOWN_TICKET)
        verdict = self._judge(unit, unit.stream, self._paying(ticket), door, self._resolution.issue)
        if not verdict.is_passed:
            return self._refuse(unit, door, ticket, verdict)
        passed = self._pass_party(unit, ticket, door)
        if len(passed) < self._body.count:
            return self._refuse(unit, door, ticket, _too_few(passed, self._first_refusal(unit, ticket, door)))
        if question := self._question(unit, passed):
            return self._ask(unit, ticket, question)
        return self._let_through(unit, door, verdict, passed)

    # --- the verdict ---------------------------------------------------------------------------------------------

    def _judge(self, unit: UnitOfWork, stream: Stream, ticket: Ticket, door: Door | None, issue: int | None) -> Verdict:
        return judge(ticket, self._event(unit), stream, ask_of(self.principal, self._body, issue, door, unit.now))

    def _event(self, unit: UnitOfWork) -> Event:
        if self._resolution.event in (None, self.home):
            return unit.event
        return unit.find(Event, str(self._resolution.event)) or unit.event

    def _paying(self, ticket: Ticket) -> Ticket:
        """Return a ticket as it is judged: one that is paid for with this scan as paid."""
        return ticket if self._body.payment is None else as_paid(ticket)

    def _others(self, unit: UnitOfWork, ticket: Ticket) -> list[Ticket]:
        found = (unit.find(Ticket, ticket_id) for ticket_id in self._party if ticket_id != ticket.id)
        return [self._paying(other) for other in found if other is not None and other.reservation == ticket.reservation]

    def _pass_party(self, unit: UnitOfWork, ticket: Ticket, door: Door | None) -> list[Passed]:
        """Return the tickets that go through together: the scanned one, then others of its party up to the count."""
        if self._body.count == 1:
            return [self._pass(unit, unit.stream, self._paying(ticket), door, unit.next_seq)]
        stream = _copy(unit.stream)
        passed: list[Passed] = []
        for each in (self._paying(ticket), *self._others(unit, ticket)):
            if len(passed) < self._body.count and self._judge(unit, stream, each, door, None).is_passed:
                passed.append(self._pass(unit, stream, each, door, unit.next_seq + len(passed)))
                apply_effect(stream, passed[-1].effect)
        return passed

    def _pass(self, unit: UnitOfWork, stream: Stream, ticket: Ticket, door: Door | None, seq: int) -> Passed:
        scan = Scan(
            at=unit.now,
            seq=seq,
            direction=self._body.direction,
            device=self.principal.id,
            door=door.id if door else None,
            nonce=self.nonce,
            by=self._by(),
            into=door.into if door else None,
            out_of=door.out_of if door else None,
        )
        rule = rule_of(ticket, self._event(unit))
        after = with_scan(ticket, scan)
        state = fold(after, rule)
        effect = clamped(difference(fold(ticket, rule), state), stream)
        return Passed(ticket=after, state=state, effect=effect | at_door(door, COUNTERS[self._body.direction]))

    def _question(self, unit: UnitOfWork, passed: list[Passed]) -> str | None:
        """Question that the door has to confirm before guests come in from outside; None where it did."""
        if self._body.confirmed:
            return None
        event = self._event(unit)
        entering = [each.ticket for each in passed if each.effect.get("inside", 0) > 0]
        return next(filter(None, [question_of(ticket, event) for ticket in entering]), None)

    def _ask(self, unit: UnitOfWork, ticket: Ticket, question: str) -> Change[StatusAnswer]:
        """Return the question, with nothing written: the same scan, confirmed, decides."""
        state = fold(ticket, rule_of(ticket, self._event(unit)))
        answer = self._answer(unit, ticket, state, verdict_of("confirm", question))
        answer.seq = msgspec.UNSET
        return Change(answer=(200, self.with_guest(unit, answer, ticket)))

    def _first_refusal(self, unit: UnitOfWork, ticket: Ticket, door: Door | None) -> Verdict | None:
        stream = _copy(unit.stream)
        for passed in self._pass_party(unit, ticket, door):
            apply_effect(stream, passed.effect)
        verdicts = [self._judge(unit, stream, other, door, None) for other in self._others(unit, ticket)]
        refused = [verdict for verdict in verdicts if not verdict.is_passed]
        return next((verdict for verdict in refused if verdict.code == "full"), refused[0] if refused else None)

    def _by(self) -> By:
        return "force" if self._body.force else self._resolution.by

    # --- what is written and answered ----------------------------------------------------------------------------

    def _let_through(
        self, unit: UnitOfWork, door: Door | None, verdict: Verdict, passed: list[Passed]
    ) -> Change[StatusAnswer]:
        tickets = [each.ticket for each in passed]
        answer = self._answer(unit, tickets[0], passed[0].state, verdict)
        if self._body.count > 1:
            self._add_party(answer, unit, door, verdict, passed)
        entries = [self._entry(each.ticket, door, verdict, each.effect) for each in passed]
        put: list[Document] = [*tickets]
        if self._body.payment is not None:
            taken = self._take(unit, self._body.payment, tickets, door)
            paid = {ticket.id: ticket for ticket in taken.tickets}
            put = [*(paid.get(ticket.id, ticket) for ticket in tickets), taken.till]
            entries += taken.entries
            answer.paid = self._body.payment
        return Change(
            answer=(verdict.status, self.with_guest(unit, answer, tickets[0])),
            entries=entries,
            put=[*put, self.remember(verdict.status, answer)],
        )

    def _take(self, unit: UnitOfWork, payment: DoorPayment, passing: list[Ticket], door: Door | None) -> TakenAtDoor:
        """Take the money for those of the tickets that were not paid."""
        before = [unit.find(Ticket, ticket.id) for ticket in passing]
        owing = [
            msgspec.structs.replace(ticket, status="unpaid")
            for ticket, was in zip(passing, before, strict=True)
            if was is not None and was.status == "unpaid" and was.payment is None
        ]
        return take_at_door(unit, payment, owing, self.principal.id, door)

    def _add_party(
        self, answer: DoorAnswer, unit: UnitOfWork, door: Door | None, verdict: Verdict, passed: list[Passed]
    ) -> None:
        stream = _copy(unit.stream)
        for each in passed:
            apply_effect(stream, each.effect)
        through = {each.ticket.id for each in passed}
        rest = [other for other in self._others(unit, passed[0].ticket) if other.id not in through]
        answer.tickets = [PassedTicket(uuid=each.ticket.id, code=verdict.code) for each in passed]
        answer.admitted_count = len(passed)
        answer.remaining = sum(self._judge(unit, stream, other, door, None).is_passed for other in rest)

    def _refuse(
        self, unit: UnitOfWork, door: Door | None, ticket: Ticket | None, verdict: Verdict
    ) -> Change[StatusAnswer]:
        state = NEVER_SCANNED if ticket is None else fold(ticket, rule_of(ticket, self._event(unit)))
        answer = self._answer(unit, ticket, state, verdict)
        counts = self._body.direction == "in" and verdict.code != "practice"
        effect = {"denied": 1} | at_door(door, "denied") if counts else {}
        return Change(
            answer=(verdict.status, self.with_guest(unit, answer, ticket)),
            entries=[self._entry(ticket, door, verdict, effect)],
            put=[self.remember(verdict.status, answer)],
        )

    def _answer(self, unit: UnitOfWork, ticket: Ticket | None, state: State, verdict: Verdict) -> DoorAnswer:
        answer = verdict_answer(verdict)
        answer.seq = unit.next_seq
        if ticket is None:
            return answer
        event = self._event(unit)
        answer.ticket, answer.reservation = ticket_view(ticket, event, state, unit.now), reservation_view(ticket)
        if verdict.code == "already_scanned" and state.last is not None:
            add_previous(answer, unit.device(state.last.device or ""), door_of(event, state.last.door))
        return answer

    def _entry(self, ticket: Ticket | None, door: Door | None, verdict: Verdict, effect: dict[str, int]) -> NewEntry:
        return NewEntry(
            kind=KINDS.get(verdict.code, "ticket.denied"),
            ticket=ticket.id if ticket else None,
            device=self.principal.id,
            door=door.id if door else None,
            direction=self._body.direction,
            code=verdict.code,
            nonce=self.nonce,
            by=self._by(),
            effect=effect,
            data=(part_of(ticket) if ticket else {}) | ({"reason": self._body.reason} if self._body.force else {}),
        )


def _too_few(passed: list[Passed], refusal: Verdict | None) -> Verdict:
    """Refusal of a party that does not go through whole: that of one of it, and the number that could."""
    details = {"fits": len(passed), "admitted_count": 0, "remaining": len(passed)}
    if refusal is not None and refusal.code == "full":
        return verdict_of("full", **(refusal.details | details))
    message = f"Only {len(passed)} of this reservation can go through now"
    return verdict_of(refusal.code if refusal else "already_scanned", message, **details)


def _copy(stream: Stream) -> Stream:
    """Return a copy to count on, while a party goes through."""
    return msgspec.convert(msgspec.to_builtins(stream), Stream)


def ask_of(principal: Principal, body: ScanBody, issue: int | None, door: Door | None, at: datetime) -> Ask:
    """Return the question that a door asks with this body, now."""
    named = {body.event_uuid, principal.event} - {None}
    return Ask(
        at=at,
        direction=body.direction,
        device=principal.id,
        door=door,
        issue=issue,
        events=frozenset(str(event) for event in named),
        force=body.force,
        over_limit="over_limit" in principal.may,
    )
