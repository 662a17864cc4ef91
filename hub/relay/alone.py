"""Commands of a relay's doors: a scan decided here, and one that the hub decided; both are kept as facts.

See docs/relay.md, what is promised in each state of the line.
"""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import UNSET
from msgspec.structs import replace

from hub.door.device_command import DeviceCommand
from hub.door.response import DoorAnswer, PassedTicket, StatusAnswer, reservation_view, ticket_view, verdict_answer
from hub.door.rules import verdict_of
from hub.door.scan import COUNTERS, KINDS
from hub.door.ticket_state import difference, fold, rule_of, with_scan
from hub.model.base import Direction, Document
from hub.model.command import Change, IdempotencyRecord, Key, NewEntry, UnitOfWork, at_door, clamped, merge_effect
from hub.model.event import Door
from hub.model.figures import part_of
from hub.model.kinds import PASSAGE_KINDS
from hub.model.payment import Till
from hub.model.refusals import PASSED
from hub.model.relay.documents import RelayCopy, RelayFact, fact_id, second_fact_id
from hub.model.ticket import Scan, Ticket
from hub.relay.merge import added

CODES: dict[Direction, str] = {"in": "admitted", "out": "exited"}


class DoorCommand:
    """Base of the commands of a relay's doors, around the command `inner` that a hub would run."""

    def __init__(self, inner: DeviceCommand, direction: Direction = "in") -> None:
        self.inner = inner
        self.direction = direction
        self.weight = inner.weight

    def reads(self) -> Iterable[Key]:
        """Yield the reads of the scan, and the copy."""
        yield from self.inner.reads()
        yield RelayCopy, self.inner.home

    def _copy(self, unit: UnitOfWork) -> RelayCopy:
        copy = unit.find(RelayCopy, self.inner.home)
        if copy is None:
            raise LookupError("a relay decides on the event that it has a copy of")
        return copy

    def _kept(self, unit: UnitOfWork, facts: Sequence[RelayFact]) -> list[Document]:
        """Return the facts with the copy that has their effects on top."""
        copy, effect = self._copy(unit), dict[str, int]()
        for fact in facts:
            merge_effect(effect, fact.effect)
        return [*facts, replace(copy, on_top=added(copy.on_top, effect))]


class DecideAlone(DoorCommand):
    """Command: decide a scan here, on the copy, and keep what it comes to as facts that go up.

    Conflicts and payments are named by the hub, where all facts meet: so money is in its till and in the takings once.
    """

    def reads(self) -> Iterable[Key]:
        """Yield the reads of the scan, and the fact of it that there may be: the hub decided it otherwise."""
        yield from super().reads()
        yield RelayFact, self._fact_id(None)
        yield from ((RelayFact, self._fact_id(ticket)) for ticket in self.inner.ticket_ids)

    def decide(self, unit: UnitOfWork) -> Change[StatusAnswer]:
        """Return the change; a nonce that was used gets its first answer, by whichever way it came here."""
        known = self._decided_upstream(unit)
        if known is not None:
            return known
        change = self.inner.decide(unit)
        entries = [entry for entry in change.entries if entry.kind in PASSAGE_KINDS]
        if not entries:
            return change
        if (there := self._refused_upstream(unit, entries)) is not None:
            return self._answer_under(there, change)
        seqs = {entry.ticket: unit.next_seq + place for place, entry in enumerate(entries)}
        put = [_taken_here(unit, each, seqs) for each in change.put if not isinstance(each, Till)]
        tickets = {document.id: document for document in put if isinstance(document, Ticket)}
        facts = [self._fact(unit, entry, unit.next_seq + place, tickets) for place, entry in enumerate(entries)]
        return replace(change, entries=entries, put=[*put, *self._kept(unit, facts)])

    def _fact(self, unit: UnitOfWork, entry: NewEntry, seq: int, tickets: dict[str, Ticket]) -> RelayFact:
        ticket = tickets.get(entry.ticket or "")
        kept, money = (ticket.scans, ticket.payment) if ticket is not None else ([], None)
        reason = entry.data.get("reason")
        name = fact_id(str(entry.device), str(entry.nonce), entry.ticket)
        return RelayFact(
            id=name if unit.find(RelayFact, name) is None else second_fact_id(name),
            event=self.inner.home,
            seq=seq,
            device=str(entry.device),
            nonce=str(entry.nonce),
            ticket=entry.ticket,
            direction=entry.direction or "in",
            code=str(entry.code),
            door=entry.door,
            at=entry.at or unit.now,
            by=entry.by or "scan",
            reason=reason if isinstance(reason, str) else None,
            effect=entry.effect,
            scan=next((scan for scan in kept if scan.seq == seq), None),
            is_of_party=self.inner.count > 1,
            payment=money if money is not None and money.taken_here == seq else None,
            is_waiting=True,
        )

    def _fact_id(self, ticket: str | None) -> str:
        return fact_id(self.inner.principal.id, self.inner.nonce, ticket)

    def _decided_upstream(self, unit: UnitOfWork) -> Change[StatusAnswer] | None:
        """Return the answer to a scan whose forward was given up, and which the hub had decided: it is here by now."""
        if unit.find(IdempotencyRecord, self.inner.remembered_id) is not None:
            return None
        ticket = self.inner.named(unit)
        scan = None if ticket is None else self._own_scan(ticket)
        if ticket is None or scan is None:
            return None
        answer = verdict_answer(verdict_of(CODES[scan.direction]))
        answer.seq = scan.seq
        state = fold(ticket, rule_of(ticket, unit.event))
        answer.ticket, answer.reservation = ticket_view(ticket, unit.event, state, unit.now), reservation_view(ticket)
        if self.inner.count > 1:
            self._add_party(unit, answer)
        self.inner.check_device(unit)
        named = self.inner.with_guest(unit, answer, ticket)
        return Change(answer=(200, named), put=[self.inner.remember(200, answer)])

    def _add_party(self, unit: UnitOfWork, answer: DoorAnswer) -> None:
        """Add the tickets that the hub let through with this very nonce."""
        party = [unit.find(Ticket, each) for each in self.inner.ticket_ids]
        through = [each for each in party if each is not None and self._own_scan(each) is not None]
        answer.tickets = [PassedTicket(uuid=each.id, code=CODES[self.direction]) for each in through]
        answer.admitted_count = len(through)

    def _refused_upstream(self, unit: UnitOfWork, entries: Sequence[NewEntry]) -> RelayFact | None:
        """Return the hub's refusal of this very scan, where it is refused here, too: it is on record once."""
        there = unit.find(RelayFact, self._fact_id(self.inner.ticket_id))
        if there is None or there.code in PASSED or any(entry.code in PASSED for entry in entries):
            return None
        return there

    def _answer_under(self, there: RelayFact, change: Change[StatusAnswer]) -> Change[StatusAnswer]:
        """Return the answer of a change under the number of the fact that is on record, and nothing written but it."""
        status, answer = change.answer
        answer = replace(answer, seq=there.seq)
        return Change(answer=(status, answer), put=[self.inner.remember(status, nameless(answer))])

    def _own_scan(self, ticket: Ticket) -> Scan | None:
        """Return the ticket's scan of this very nonce."""
        asked = self.inner.principal.id, self.inner.nonce, self.direction
        return next((each for each in ticket.scans if (each.device, each.nonce, each.direction) == asked), None)


class RecordForwarded(DoorCommand):
    """Command: record here what the hub decided on a forwarded scan, before its door hears it.

    `inner` is the scan as it would be decided here; `status` and `answer` are the hub's.
    """

    def __init__(self, inner: DeviceCommand, direction: Direction, status: int, answer: DoorAnswer) -> None:
        super().__init__(inner, direction)
        self._status = status
        self._answer = answer
        self._passed = _passed(answer)
        self.weight = max(1, len(self._passed))

    def reads(self) -> Iterable[Key]:
        """Yield the reads of the scan, and all tickets that went through."""
        yield from super().reads()
        yield from ((Ticket, ticket) for ticket in self._passed)
        yield from ((RelayFact, self._fact_id(ticket)) for ticket in self._named())

    def decide(self, unit: UnitOfWork) -> Change[StatusAnswer]:
        """Return the change. Nothing is recorded of what is on record here already, or was only a question."""
        remembered = unit.find(IdempotencyRecord, self.inner.remembered_id)
        if remembered is not None:
            return self.inner.replay(remembered, unit)
        upstream_seq = self._answer.seq
        if not isinstance(upstream_seq, int):
            return Change(answer=(self._status, self._answer))
        if upstream_seq <= self._copy(unit).upstream_seq:
            return self._followed(unit, upstream_seq)
        tickets = [None if each is None else unit.find(Ticket, each) for each in self._named()]
        recorded = [self._record(unit, ticket, n, upstream_seq) for n, ticket in enumerate(tickets)]
        return Change(
            answer=self._answered(unit, unit.next_seq),
            entries=[entry for entry, _, _ in recorded],
            put=[
                *(after for _, _, after in recorded if after is not None),
                *self._kept(unit, [fact for _, fact, _ in recorded]),
                self._remembered(unit.next_seq),
            ],
        )

    def _named(self) -> Sequence[str | None]:
        """Return the tickets of the entries that the hub wrote, in their order; None for one of no ticket."""
        if self._passed:
            return self._passed
        return [None if self._answer.ticket is UNSET else self._answer.ticket.uuid]

    def _fact_id(self, ticket: str | None) -> str:
        return fact_id(self.inner.principal.id, self.inner.nonce, ticket)

    def _followed(self, unit: UnitOfWork, upstream_seq: int) -> Change[StatusAnswer]:
        """Return the answer alone: the hub's entry was followed to before its answer came."""
        ticket = self.inner.named(unit)
        scans = ticket.scans if ticket is not None else []
        seq = next((scan.seq for scan in scans if scan.upstream_seq == upstream_seq), None)
        return Change(answer=self._answered(unit, seq), put=[self._remembered(seq)])

    def _record(
        self, unit: UnitOfWork, ticket: Ticket | None, place: int, upstream_seq: int
    ) -> tuple[NewEntry, RelayFact, Ticket | None]:
        """Return the entry of one ticket, its fact, and the ticket as it is then."""
        door = self.inner.door(unit)
        fact = RelayFact(
            id=self._fact_id(self._named()[place]),
            event=self.inner.home,
            seq=unit.next_seq + place,
            device=self.inner.principal.id,
            nonce=self.inner.nonce,
            ticket=self._named()[place],
            direction=self.direction,
            code=str(self._answer.code),
            door=door.id if door else None,
            at=unit.now,
            upstream_seq=upstream_seq + place,
        )
        if not self._answer.success:
            counts = self.direction == "in" and fact.code != "practice"
            fact.effect = {"denied": 1} | at_door(door, "denied") if counts else {}
            return _entry_of(fact, ticket), fact, None
        if ticket is None:
            return _entry_of(fact, ticket), fact, None
        fact.scan = _scan_of(fact, door)
        after, rule = with_scan(ticket, fact.scan), rule_of(ticket, unit.event)
        moved = clamped(difference(fold(ticket, rule), fold(after, rule)), unit.stream)
        fact.effect = moved | at_door(door, COUNTERS[self.direction])
        return _entry_of(fact, ticket), fact, after

    def _answered(self, unit: UnitOfWork, seq: int | None) -> StatusAnswer:
        """Return the hub's answer under this journal's number."""
        return self._status, replace(self._answer, seq=UNSET if seq is None else seq)

    def _remembered(self, seq: int | None) -> IdempotencyRecord:
        answer = nameless(replace(self._answer, seq=UNSET if seq is None else seq, replayed=UNSET))
        return self.inner.remember(self._status, answer)


def _taken_here(unit: UnitOfWork, document: Document, seqs: Mapping[str | None, int]) -> Document:
    """Return a document; of a ticket that is paid for with this scan, with the mark that the hub does not know it."""
    if not isinstance(document, Ticket) or document.payment is None:
        return document
    before = unit.find(Ticket, document.id)
    if before is not None and before.payment is not None:
        return document
    return replace(document, payment=replace(document.payment, taken_here=seqs[document.id]))


def _scan_of(fact: RelayFact, door: Door | None) -> Scan:
    return Scan(
        at=fact.at,
        seq=fact.seq,
        direction=fact.direction,
        device=fact.device,
        door=fact.door,
        nonce=fact.nonce,
        into=door.into if door else None,
        out_of=door.out_of if door else None,
        upstream_seq=fact.upstream_seq,
    )


def _entry_of(fact: RelayFact, ticket: Ticket | None) -> NewEntry:
    return NewEntry(
        kind=KINDS.get(fact.code, "ticket.denied"),
        ticket=fact.ticket,
        device=fact.device,
        door=fact.door,
        direction=fact.direction,
        code=fact.code,
        nonce=fact.nonce,
        by=fact.by,
        effect=fact.effect,
        data=(part_of(ticket) if ticket else {}) | {"upstream_seq": fact.upstream_seq},
    )


def _passed(answer: DoorAnswer) -> Sequence[str]:
    """Return the tickets that an answer lets through, in the order of their entries."""
    if not answer.success or answer.ticket is UNSET:
        return []
    return [each.uuid for each in answer.tickets] if answer.tickets is not UNSET else [answer.ticket.uuid]


def nameless(answer: DoorAnswer) -> DoorAnswer:
    """Return an answer as it may be remembered: without its guest, who is joined each time it leaves."""
    if answer.ticket is UNSET:
        return answer
    view = replace(
        answer.ticket, first_name=None, last_name=None, custom_form=None, seat=UNSET, fields=UNSET, language=UNSET
    )
    return replace(answer, ticket=view, notice=UNSET, due=UNSET)
