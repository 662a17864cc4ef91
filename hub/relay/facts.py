"""Fact commands of the hub: what a relay did while it was on its own, recorded as it was (docs/relay.md)."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from msgspec import UNSET
from msgspec.structs import replace
from typing_extensions import override

from hub.access.authenticate import device_principal
from hub.door.corrections import UNDONE_COUNTERS, effect_of_heads, without
from hub.door.device_command import DeviceCommand
from hub.door.offline_scan import OfflineBody, RecordOfflineScan, ScanTime, scan_time
from hub.door.payment import as_paid, payment_entry, till_of
from hub.door.resolve import Resolution
from hub.door.response import DoorAnswer, StatusAnswer
from hub.door.rules import limits, verdict_of
from hub.door.ticket_state import OUTSIDE, difference, fold, rule_of
from hub.errors import Conflict, NotFound
from hub.model.access import Device
from hub.model.base import Document
from hub.model.command import Change, IdempotencyRecord, Key, NewEntry, UnitOfWork, at_door, clamped
from hub.model.event import Door, Showing, door_of
from hub.model.figures import part_of
from hub.model.payment import Till, booked_in, till_id
from hub.model.refusals import OUTCOMES
from hub.model.relay.documents import FactKind, RelayFact
from hub.model.report import ConflictSide
from hub.model.ticket import Reservation, Scan, Ticket
from hub.relay.alone import nameless
from hub.tickets.seats import booked_anyway, find_showing, showing_id, with_booked


class RecordFact(RecordOfflineScan):
    """Command: record one scan of a relay, at the door where its device stood then, as offline scans are.

    The device may be archived by now: the relay could not know. Its nonce is used then: a forward that was long on its
    way, and a door that got no answer from the relay and asks here, get what the relay decided. Money that it took is
    in its till in any case; for a ticket that owed nothing any more it is a conflict besides.
    """

    weight = 6

    def __init__(self, fact: RelayFact, device: Device, *, time: ScanTime) -> None:
        self._fact = fact
        super().__init__(
            principal=replace(device_principal(device), event=fact.event),
            body=body_of(fact),
            resolution=resolution_of(fact),
            home=fact.event,
            nonce=fact.nonce,
            time=time,
            is_trusted=True,
        )

    @override
    def execute(self, unit: UnitOfWork) -> Change[StatusAnswer]:
        """Return the change that records it; its nonce is used where the hub had not decided this scan itself.

        A forward of a party, or with a payment, that comes late finds the nonce used, and is refused.
        """
        change = super().execute(unit)
        if self._fact.ticket is None or unit.find(IdempotencyRecord, self.remembered_id) is not None:
            return change
        status, answer = change.answer
        decided = self.remember(status, nameless(replace(answer, conflict=UNSET)))
        return replace(change, put=[*change.put, decided])

    @override
    def door(self, unit: UnitOfWork) -> Door | None:
        return door_of(unit.event, self._fact.door)

    @override
    def reads(self) -> Iterable[Key]:
        yield from super().reads()
        if self._fact.payment is not None:
            yield Till, till_id(self.home, self.principal.id)

    @override
    def _would_refuse(self, unit: UnitOfWork, ticket: Ticket, door: Door | None, scan: Scan) -> str | None:
        """Return why the hub would have refused this entry; one that was paid for with it is judged as paid."""
        return super()._would_refuse(unit, as_paid(ticket) if self._fact.payment is not None else ticket, door, scan)

    @override
    def _record_passage(self, unit: UnitOfWork, door: Door | None, ticket: Ticket) -> Change[StatusAnswer]:
        change = super()._record_passage(unit, door, ticket)
        if self._fact.payment is None:
            return change
        money = replace(self._fact.payment, at=self.made_at(unit), taken_here=None)
        owed = ticket.status == "unpaid" and ticket.payment is None
        taken = payment_entry("payment.taken", ticket, money, self.principal.id, door.id if door else None)
        entries, put = [*change.entries, replace(taken, at=money.at, nonce=self.nonce)], list(change.put)
        if owed:
            entries.append(
                NewEntry(kind="ticket.paid", at=money.at, ticket=ticket.id, data={"showing": ticket.showing})
            )
            put = [replace(as_paid(each), payment=money) if isinstance(each, Ticket) else each for each in put]
        elif ticket.status == "valid":  # of one that was cancelled or blocked the conflict is named anyway
            entries.append(self._conflict(unit, ticket, "already_paid", self._scan(unit, door), None))
        put.append(booked_in(till_of(unit, self.principal.id), [money], unit.now))
        return replace(change, entries=entries, put=put)

    @property
    @override
    def is_relayed(self) -> bool:
        return True


class RecordCorrection(DeviceCommand):
    """Base of the commands that record an undo or a headcount of a relay: once, and whatever the hub would say."""

    code: str
    """The code of the answer to one that the hub itself decided."""
    is_one_of_its_nonce = True
    """Whether no other fact has its nonce."""

    def __init__(self, fact: RelayFact, device: Device, *, time: ScanTime) -> None:
        principal = replace(device_principal(device), event=fact.event)
        # As `ChangeHeadcount` has it: a device that had no answer and asks here gets this one.
        bound = [fact.kind, fact.ticket] if fact.heads is None else ["headcount", fact.heads.delta, fact.heads.kind]
        super().__init__(principal=principal, home=fact.event, nonce=fact.nonce, bound=bound)
        self.fact = fact
        self.time = time
        self._record_id = f"{self.remembered_id}/correction/{fact.ticket or ''}"

    @override
    def reads(self) -> Iterable[Key]:
        yield from super().reads()
        yield IdempotencyRecord, self._record_id

    @override
    def check_device(self, unit: UnitOfWork) -> None:
        """Check nothing: the relay did, by what it knew."""

    @override
    def decide(self, unit: UnitOfWork) -> Change[StatusAnswer]:
        """Return the change; nothing where it is on record, also by a forward whose answer was lost."""
        for name in (self._record_id, *([self.remembered_id] if self.is_one_of_its_nonce else [])):
            kept = unit.find(IdempotencyRecord, name)
            answered = None if kept is None else msgspec.json.decode(kept.answer, type=StatusAnswer)
            if answered is not None and answered[1].code == self.code:
                return Change(answer=answered)
        return self.execute(unit)

    def recorded(self, unit: UnitOfWork, entries: list[NewEntry], put: Sequence[Document]) -> Change[StatusAnswer]:
        """Return the change that puts entries on record; the first is the fact's own."""
        answer = DoorAnswer(success=True, code=self.code, message="Recorded", seq=unit.next_seq)
        kept = [replace(self.remember(200, answer), id=self._record_id)]
        is_free = self.is_one_of_its_nonce and unit.find(IdempotencyRecord, self.remembered_id) is None
        if is_free:  # a forward that comes late does it no second time
            kept.append(self.remember(200, answer))
        return Change(answer=(200, answer), entries=entries, put=[*put, *kept])

    def at(self, unit: UnitOfWork) -> datetime:
        """Return its time by the hub's clock; never in the future of this process."""
        return min(self.time.at, unit.now)


class RecordUndo(RecordCorrection):
    """Command: record that a relay undid a scan, also where it is not the last any more; of one undone already too."""

    code = "undone"

    @override
    def reads(self) -> Iterable[Key]:
        yield from super().reads()
        if self.fact.ticket is not None:
            yield Ticket, self.fact.ticket

    @override
    def execute(self, unit: UnitOfWork) -> Change[StatusAnswer]:
        """Return the change. Raises `NotFound`: unknown_ticket, unknown_scan."""
        ticket, undoes = unit.find(Ticket, self.fact.ticket or ""), self.fact.undoes
        if ticket is None or undoes is None or ticket.event != self.home:
            raise NotFound(OUTCOMES["unknown_ticket"].message, code="unknown_ticket")
        found = [scan for scan in ticket.scans if (scan.device, scan.nonce, scan.direction) == undoes.scan]
        if not found:
            raise NotFound(OUTCOMES["unknown_scan"].message, code="unknown_scan")
        scan, rule = next((each for each in found if not each.undone), found[-1]), rule_of(ticket, unit.event)
        after, effect = ticket, dict[str, int]()
        if not scan.undone:
            after = without(ticket, scan)
            effect = clamped(difference(fold(ticket, rule), fold(after, rule)), unit.stream)
            effect |= at_door(door_of(unit.event, scan.door), UNDONE_COUNTERS[scan.direction], -1)
        entry = NewEntry(
            kind="ticket.undone",
            at=self.at(unit),
            ticket=ticket.id,
            device=self.principal.id,
            door=scan.door,
            direction=scan.direction,
            code=self.code,
            nonce=self.nonce,
            effect=effect,
            data={"seq": scan.seq, **part_of(ticket), **self.time.flags},
        )
        return self.recorded(unit, [entry], [after])


class RecordHeadcount(RecordCorrection):
    """Command: record people without tickets that a relay counted; `over_limit` says that they are too many here."""

    code = "counted"

    @override
    def execute(self, unit: UnitOfWork) -> Change[StatusAnswer]:
        """Return the change. Raises `NotFound` for a fact that counts nobody."""
        heads, door = self.fact.heads, door_of(unit.event, self.fact.door)
        if heads is None:
            raise NotFound("The fact counts nobody")
        is_over = heads.delta > 0 and limits(unit.event, unit.stream, OUTSIDE, door, heads.delta) is not None
        data: dict[str, Any] = {"delta": heads.delta, "kind": heads.kind, **self.time.flags}
        entry = NewEntry(
            kind="headcount",
            at=self.at(unit),
            device=self.principal.id,
            door=door.id if door else None,
            nonce=self.nonce,
            effect=effect_of_heads(heads.delta, door, unit.stream),
            data=data | ({"over_limit": True} if is_over else {}),
        )
        return self.recorded(unit, [entry], [])


class RecordSale(RecordCorrection):
    """Command: record a ticket that a relay sold, under its id and barcode and with its money, also where it is full.

    One beyond the capacity is a conflict, `oversold`: it is good all the same, since its guest has paid for it.
    """

    code = "sold"
    weight = 3
    is_one_of_its_nonce = False

    @override
    def reads(self) -> Iterable[Key]:
        yield from super().reads()
        yield Till, till_id(self.home, self.principal.id)
        if self.fact.sold is not None:
            yield Ticket, self.fact.sold.id
            yield Reservation, self.fact.sold.reservation
            yield Showing, showing_id(self.home, self.fact.sold.date, self.fact.sold.time)

    @override
    def execute(self, unit: UnitOfWork) -> Change[StatusAnswer]:
        """Return the change. Raises `NotFound` for no ticket, `Conflict` for one there is, `BadInput` (no_showing)."""
        sold = self.fact.sold
        if sold is None or sold.id != self.fact.ticket or sold.barcode is None:
            raise NotFound("The fact sells no ticket")
        if unit.holds(Ticket, sold.id):
            raise Conflict("duplicate", "There is such a ticket already")
        there = unit.find(Showing, showing_id(self.home, sold.date, sold.time))
        showing, opened = find_showing(unit.event, there, sold.date, sold.time)
        ticket = self._ticket(unit, sold, showing)
        entries = [self._entry(unit, ticket, {"booked": 1} | ({"capacity": opened} if opened else {}))]
        put: list[Document] = [ticket]
        if unit.find(Reservation, sold.reservation) is None:
            put.append(self._reservation(unit, sold))
        if ticket.payment is not None:
            money, door = ticket.payment, self.fact.door
            taken = payment_entry("payment.taken", ticket, money, self.principal.id, door)
            entries.append(replace(taken, at=self.at(unit), nonce=self.nonce))
            put.append(booked_in(till_of(unit, self.principal.id), [money], unit.now))
        try:
            put.append(with_booked(unit.event, showing, {sold.product: 1}))
        except Conflict:
            put.append(booked_anyway(showing, {sold.product: 1}))
            entries.append(self._oversold(unit, ticket))
        return self.recorded(unit, entries, put)

    def _ticket(self, unit: UnitOfWork, sold: Ticket, showing: Showing) -> Ticket:
        money = self.fact.payment and replace(self.fact.payment, at=self.at(unit), taken_here=None)
        return Ticket(
            id=sold.id,
            event=self.home,
            showing=showing.id,
            reservation=sold.reservation,
            name=sold.name,
            phone_number="",
            first_name=sold.first_name,
            last_name=sold.last_name,
            product=sold.product,
            price=sold.price,
            amount=sold.amount,
            currency=sold.currency,
            date=sold.date,
            time=sold.time,
            starts_at=showing.starts_at,
            expires_at=sold.expires_at,
            paid=True,
            payment=money,
            barcode=sold.barcode,
            words=sold.words,
            tickets_count=sold.tickets_count,
            created_at=self.at(unit),
        )

    def _reservation(self, unit: UnitOfWork, sold: Ticket) -> Reservation:
        return Reservation(
            id=sold.reservation,
            event=self.home,
            name=sold.name,
            phone_number="",
            tickets_count=sold.tickets_count,
            created_at=self.at(unit),
        )

    def _entry(self, unit: UnitOfWork, ticket: Ticket, effect: dict[str, int]) -> NewEntry:
        return NewEntry(
            kind="ticket.booked",
            at=self.at(unit),
            ticket=ticket.id,
            device=self.principal.id,
            nonce=self.nonce,
            effect=effect,
            data=part_of(ticket) | self.time.flags,
        )

    def _oversold(self, unit: UnitOfWork, ticket: Ticket) -> NewEntry:
        side = ConflictSide(
            seq=unit.next_seq, at=self.at(unit).isoformat(), device=self.principal.id, door=self.fact.door
        )
        data = {"reason": "oversold", "entry": msgspec.to_builtins(side), "counted": None}
        return NewEntry(
            kind="ticket.conflict",
            at=self.at(unit),
            ticket=ticket.id,
            device=self.principal.id,
            door=self.fact.door,
            code="conflict",
            nonce=self.nonce,
            by="batch",
            data=data,
        )


CORRECTIONS: dict[FactKind, type[RecordCorrection]] = {
    "undo": RecordUndo,
    "headcount": RecordHeadcount,
    "sale": RecordSale,
}
FactCommand = RecordFact | RecordCorrection
"""Command that records a fact, by its kind."""


def fact_command(fact: RelayFact, device: Device, *, relay: str, arrived: datetime, ahead: timedelta) -> FactCommand:
    """Return the command that records a fact of a relay whose clock is `ahead`."""
    time = scan_time(fact.at, ahead=ahead, arrived=arrived)
    origin = {"relay": relay, "relay_seq": fact.seq} | ({"reason": fact.reason} if fact.reason else {})
    time = replace(time, flags=time.flags | origin)
    return CORRECTIONS.get(fact.kind, RecordFact)(fact, device, time=time)


def body_of(fact: RelayFact) -> OfflineBody:
    """Return a fact as the scan that a phone would send of it."""
    return OfflineBody(
        ticket_uuid=fact.ticket,
        direction=fact.direction,
        nonce=fact.nonce,
        force=fact.by == "force",
        reason=fact.reason,
        scanned_at=fact.at,
        verdict=fact.code,
        of_party=fact.ticket if fact.is_of_party else None,
    )


def is_sendable(fact: RelayFact) -> bool:
    """Return whether a phone could have sent it: its reason, and a scan's verdict, hold what they may."""
    body = body_of(fact) if fact.kind == "passage" else replace(body_of(fact), verdict=fact.kind)
    try:
        msgspec.convert(msgspec.to_builtins(body), OfflineBody)
    except msgspec.ValidationError:
        return False
    return True


def resolution_of(fact: RelayFact) -> Resolution:
    """Return the ticket that the relay found, or its refusal of a code that names none."""
    if fact.ticket is not None:
        return Resolution(ticket=fact.ticket, issue=None, event=fact.event)
    code = fact.code if fact.code in OUTCOMES else "offline"
    return Resolution(event=fact.event, refusal=verdict_of(code))
