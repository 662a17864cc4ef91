"""Changes of booked tickets: moved, corrected, cancelled and restored, blocked, reissued, paid, deleted. Pure.

Each change takes the tickets it is about, as the event's truth has them, and returns what they become, with one journal
entry for each that really changes: asking for what is so already is fine, and leaves none.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from hub.door.rules import is_expired
from hub.errors import BadInput, Conflict, NotFound
from hub.formats.name_search import words_of
from hub.formats.phone import phone_words
from hub.model.base import TicketStatus
from hub.model.command import Change, Key, NewEntry, UnitOfWork
from hub.model.figures import part_of
from hub.model.kinds import Kind
from hub.model.ticket import Details, Feedback, Reservation, Ticket, details_of
from hub.model.wallet import PassUse
from hub.tickets.check_out import check_out, state_of
from hub.tickets.orders import full_name, split_name, ticket_columns
from hub.tickets.seats import Seats, Taken, is_counted, keep_phone, phone_of

TicketsChange = Change[list[Ticket]]
Act = Callable[[UnitOfWork, Sequence[Ticket]], TicketsChange]
"""A change of tickets; its answer is the tickets as they are afterwards."""

Alter = Callable[[Ticket], Ticket]


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Wanted state of a ticket: its time, its holder's name and phone number. None: unchanged."""

    date: str | None = None
    time: str | None = None
    name: str | None = None
    phone_number: str | None = None
    country: str | None = None
    """The event's, in which a phone number without a country's code is dialled."""
    details: Mapping[str, Any] = {}
    """Details for the door, by their names in `Details`; those that are left out stay."""

    def detailed(self, ticket: Ticket) -> Ticket:
        """Return the ticket with its details for the door."""
        details = msgspec.structs.replace(details_of(ticket), **self.details)
        return msgspec.structs.replace(ticket, **ticket_columns(details))

    def of(self, ticket: Ticket) -> "Filled":
        """Return all of it, for this ticket."""
        return Filled(
            date=ticket.date if self.date is None else self.date,
            time=ticket.time if self.time is None else self.time,
            name=ticket.name if self.name is None else self.name,
            phone_number=ticket.phone_number if self.phone_number is None else self.phone_number,
            phones=ticket.phones if self.phone_number is None else phone_words(self.phone_number, self.country),
        )


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """Wanted state of a ticket, with every field."""

    date: str
    time: str
    name: str
    phone_number: str
    phones: list[str]

    @property
    def counted_phone(self) -> str:
        """The phone number by which the ticket will count."""
        return self.phones[0] if self.phones else self.phone_number


class TicketChanges:
    """Changes of tickets, with the seats that they take and free; each is an `Act`."""

    def __init__(self, seats: Seats) -> None:
        self._seats = seats

    def cancel(self, unit: UnitOfWork, tickets: Sequence[Ticket]) -> TicketsChange:
        """Cancel tickets and free their seats; guests who are inside stay counted until they leave."""
        change = self._seats.free(unit, tickets)
        standing = [ticket for ticket in tickets if ticket.status != "canceled"]
        change.entries += [_gone_entry(unit, "ticket.canceled", ticket) for ticket in standing]
        change.put += [_canceled(ticket) for ticket in standing]
        change.answer = [_canceled(ticket) for ticket in tickets]
        return change

    def restore(self, unit: UnitOfWork, tickets: Sequence[Ticket]) -> TicketsChange:
        """Take the cancellation of tickets back, all or none: each is again as it was, where its seat is left.

        Raises `Conflict`: `sold_out`, or `ticket_expired` for one whose time is over.
        """
        canceled = [ticket for ticket in tickets if ticket.status == "canceled"]
        if any(is_expired(ticket, unit.now) for ticket in canceled):
            raise Conflict("ticket_expired", "An expired ticket cannot be restored")
        change = self._seats.take_again(unit, canceled)
        change.answer = [_restored(unit, ticket) for ticket in tickets]
        change.put += [after for before, after in zip(tickets, change.answer, strict=True) if before != after]
        change.entries += [_count_entry(unit, "ticket.restored", ticket, 1) for ticket in canceled]
        return change

    def free_unpaid(self, unit: UnitOfWork, tickets: Sequence[Ticket]) -> TicketsChange:
        """Cancel those of the tickets that are still not paid."""
        return self.cancel(unit, [ticket for ticket in tickets if ticket.status == "unpaid"])

    def block(self, unit: UnitOfWork, tickets: Sequence[Ticket]) -> TicketsChange:
        """Block tickets: doors refuse them until they are unblocked."""
        _refuse_canceled(tickets)
        return _alter(tickets, _blocked, "ticket.blocked", Change(answer=[]))

    def unblock(self, unit: UnitOfWork, tickets: Sequence[Ticket]) -> TicketsChange:
        """Unblock tickets; unpaid ones are unpaid again."""
        _refuse_canceled(tickets)

        def unblocked(ticket: Ticket) -> Ticket:
            if ticket.status != "blocked":
                return ticket
            return msgspec.structs.replace(ticket, status=_paid_status(unit, ticket))

        return _alter(tickets, unblocked, "ticket.unblocked", Change(answer=[]))

    def reissue(self, unit: UnitOfWork, tickets: Sequence[Ticket]) -> TicketsChange:
        """Reissue tickets: a new code and access token replace the old ones."""
        _refuse_canceled(tickets)
        return _alter(tickets, lambda ticket: reissued(unit, ticket), "ticket.reissued", Change(answer=[]))

    def invite(self, unit: UnitOfWork, tickets: Sequence[Ticket]) -> TicketsChange:
        """Offer wallet passes to these guests where their event offers them to invited ones only."""
        return _alter(tickets, _with_invitation(True), "ticket.invited", Change(answer=[]))

    def uninvite(self, unit: UnitOfWork, tickets: Sequence[Ticket]) -> TicketsChange:
        """Offer these guests no passes any more; those on their phones stay."""
        return _alter(tickets, _with_invitation(False), "ticket.uninvited", Change(answer=[]))

    def pay(self, unit: UnitOfWork, tickets: Sequence[Ticket]) -> TicketsChange:
        """Mark a reservation and its tickets as paid elsewhere: no money is taken; a blocked one stays blocked."""
        if all(ticket.status == "canceled" for ticket in tickets):
            raise Conflict("ticket_canceled", "The reservation is cancelled")
        reservations = [unit.find(Reservation, each) for each in {ticket.reservation for ticket in tickets}]
        change: TicketsChange = Change(
            answer=[], put=[msgspec.structs.replace(r, paid=True) for r in reservations if r and not r.paid]
        )

        def paid(ticket: Ticket) -> Ticket:
            if ticket.status == "canceled":
                return ticket
            status: TicketStatus = "valid" if ticket.status == "unpaid" else ticket.status
            return msgspec.structs.replace(ticket, status=status, paid=ticket.paid or None)

        return _alter(tickets, paid, "ticket.paid", change)

    def delete(self, unit: UnitOfWork, tickets: Sequence[Ticket]) -> TicketsChange:
        """Delete tickets with all personal data of their holders; guests who are inside leave first.

        What stays is in the journal: that there was such a ticket, of which product, and whether anybody came.
        """
        change = self._seats.free(unit, tickets)
        for ticket in tickets:
            _, exits = check_out(unit, ticket, first_seq=unit.next_seq + len(change.entries), reason="deleted")
            change.entries += [*exits, _gone_entry(unit, "ticket.deleted", ticket)]
            change.drop += [(Ticket, ticket.id), (PassUse, ticket.id)]
            change.put += _without_text(unit.find(Feedback, ticket.id))
        leave_reservations(unit, tickets, change)
        change.answer = list(tickets)
        return change

    def correct(self, wanted: Wanted) -> Act:
        """Change of one ticket to the `wanted` time, name or phone number."""

        def corrected(unit: UnitOfWork, tickets: Sequence[Ticket]) -> TicketsChange:
            (ticket,) = tickets
            filled = wanted.of(ticket)
            change: TicketsChange = Change(answer=[ticket])
            if (filled.date, filled.time) != (ticket.date, ticket.time):
                self._move(unit, ticket, filled, change)
            else:
                self._count_phone(unit, ticket, filled, change)
            _correct_holder(unit, ticket, filled, wanted, change)
            return change

        return corrected

    def _move(self, unit: UnitOfWork, ticket: Ticket, wanted: Filled, change: TicketsChange) -> None:
        _refuse_canceled([ticket])
        if state_of(unit, ticket).is_scanned:
            raise Conflict("ticket_scanned", "A scanned ticket cannot be moved")
        if is_expired(ticket, unit.now):
            raise Conflict("ticket_expired", "An expired ticket cannot be moved")
        taken = self._take(unit, ticket, wanted)
        freed = self._seats.free(unit, [ticket])
        change.put += [*freed.put, *taken.put]
        change.drop += freed.drop
        change.answer = [
            msgspec.structs.replace(
                ticket,
                showing=taken.showing.id,
                date=wanted.date,
                time=wanted.time,
                starts_at=taken.showing.starts_at,
                expires_at=taken.expires_at,
                phone_count=None,
            )
        ]
        data = {**part_of(change.answer[0]), "from": ticket.showing}
        change.entries.append(NewEntry(kind="ticket.moved", ticket=ticket.id, effect=taken.effect, data=data))

    def _take(self, unit: UnitOfWork, ticket: Ticket, wanted: Filled) -> Taken:
        if ticket.import_id is not None or not wanted.phone_number:
            return self._seats.take_uncounted(unit, date=wanted.date, time=wanted.time, products={ticket.product: 1})
        return self._seats.take(
            unit, date=wanted.date, time=wanted.time, phone=wanted.counted_phone, products={ticket.product: 1}
        )

    def _count_phone(self, unit: UnitOfWork, ticket: Ticket, wanted: Filled, change: TicketsChange) -> None:
        """Count a ticket that stays where it is against its new phone number."""
        if wanted.counted_phone == ticket.counted_phone or ticket.status == "canceled" or ticket.import_id is not None:
            return
        before = self._seats.count_id(ticket)
        is_after = is_counted(wanted.counted_phone)
        after = self._seats.phone_id(ticket.showing, wanted.counted_phone) if is_after else None
        if before == after:
            return
        if before is not None:
            keep_phone(change, phone_of(unit, before, -1))
        if after is not None:
            keep_phone(change, phone_of(unit, after, 1))


def reissued(unit: UnitOfWork, ticket: Ticket) -> Ticket:
    """Return a ticket with a new code and access token; the ones before are void."""
    return msgspec.structs.replace(ticket, issue=ticket.issue + 1, issued_at=unit.now)


def _alter(tickets: Sequence[Ticket], alter: Alter, kind: Kind, change: TicketsChange) -> TicketsChange:
    """Add to `change` the outcome of `alter` for each of the tickets, with an entry for each that it changes."""
    change.answer = [alter(ticket) for ticket in tickets]
    changed = [after for before, after in zip(tickets, change.answer, strict=True) if after != before]
    change.put += changed
    change.entries += [_entry(kind, ticket) for ticket in changed]
    return change


def _entry(kind: Kind, ticket: Ticket) -> NewEntry:
    return NewEntry(kind=kind, ticket=ticket.id, data={"showing": ticket.showing})


def _blocked(ticket: Ticket) -> Ticket:
    return msgspec.structs.replace(ticket, status="blocked")


def _canceled(ticket: Ticket) -> Ticket:
    was_blocked = ticket.was_blocked if ticket.status == "canceled" else ticket.status == "blocked"
    return msgspec.structs.replace(ticket, status="canceled", was_blocked=was_blocked)


def _restored(unit: UnitOfWork, ticket: Ticket) -> Ticket:
    if ticket.status != "canceled":
        return ticket
    status: TicketStatus = "blocked" if ticket.was_blocked else _paid_status(unit, ticket)
    held_from = unit.now if status == "unpaid" else None
    return msgspec.structs.replace(ticket, status=status, was_blocked=False, held_from=held_from)


def _paid_status(unit: UnitOfWork, ticket: Ticket) -> TicketStatus:
    return "valid" if ticket.is_settled(unit.find(Reservation, ticket.reservation)) else "unpaid"


def _with_invitation(is_invited: bool) -> Alter:
    return lambda ticket: msgspec.structs.replace(ticket, invited=is_invited)


def _refuse_canceled(tickets: Sequence[Ticket]) -> None:
    if any(ticket.status == "canceled" for ticket in tickets):
        raise Conflict("ticket_canceled", "The ticket is cancelled")


def _gone_entry(unit: UnitOfWork, kind: Kind, ticket: Ticket) -> NewEntry:
    """Return the entry of a ticket that holds no seat any more."""
    return _count_entry(unit, kind, ticket, 0 if ticket.status == "canceled" else -1)


def _count_entry(unit: UnitOfWork, kind: Kind, ticket: Ticket, booked: int) -> NewEntry:
    """Return an entry that moves the count of booked tickets, with the ticket's data that figures need."""
    effect = {"booked": booked} if booked else {}
    over = {"expired": True} if ticket.expired else {}
    data = {**part_of(ticket), "came": state_of(unit, ticket).is_scanned, **over}
    return NewEntry(kind=kind, ticket=ticket.id, effect=effect, data=data)


def _without_text(said: Feedback | None) -> list[Feedback]:
    """Return the holder's feedback without its text, which may name a person; that it worked stays counted."""
    return [] if said is None or said.text is None else [msgspec.structs.replace(said, text=None)]


def leave_reservations(unit: UnitOfWork, tickets: Sequence[Ticket], change: TicketsChange) -> None:
    """Take deleted tickets out of their reservations; one without tickets goes, and with it its buyer."""
    for reservation_id in dict.fromkeys(ticket.reservation for ticket in tickets):
        reservation = unit.find(Reservation, reservation_id)
        if reservation is None:
            continue
        left = reservation.tickets_count - sum(ticket.reservation == reservation_id for ticket in tickets)
        if left > 0:
            change.put.append(msgspec.structs.replace(reservation, tickets_count=left))
        else:
            change.drop.append((Reservation, reservation_id))


def _correct_holder(unit: UnitOfWork, ticket: Ticket, filled: Filled, wanted: Wanted, change: TicketsChange) -> None:
    """Put the ticket with its holder and its details for the door, with an entry where they change."""
    (after,) = change.answer
    if filled.name != ticket.name:
        guest = split_name(filled.name)
        after = msgspec.structs.replace(
            after,
            name=full_name(guest),
            first_name=guest.first_name,
            last_name=guest.last_name,
            words=words_of(full_name(guest)),
        )
    after = msgspec.structs.replace(after, phone_number=filled.phone_number, phones=filled.phones)
    after = wanted.detailed(after)
    named = ("name", "phone_number", *Details.__struct_fields__)
    fields = [field for field in named if getattr(after, field) != getattr(ticket, field)]
    if fields:
        change.entries.append(NewEntry(kind="ticket.changed", ticket=ticket.id, data={"fields": fields}))
        change.put += _buyer(unit, ticket, after)
    if after != ticket:
        change.put.append(after)
    change.answer = [after]


def _buyer(unit: UnitOfWork, before: Ticket, after: Ticket) -> list[Reservation]:
    """Return the reservation with its buyer corrected too, where that is the holder of its only ticket."""
    reservation = unit.find(Reservation, before.reservation)
    if reservation is None or reservation.tickets_count != 1:
        return []
    own = {f: getattr(after, f) for f in ("name", "phone_number") if getattr(reservation, f) == getattr(before, f)}
    return [msgspec.structs.replace(reservation, **own)]


class GiveFeedback:
    """Command: keep the feedback of a ticket's holder, in place of the one before.

    It goes by the event's truth, so that no text comes to be kept of a ticket that is deleted at that moment. It
    changes nothing that anybody follows, and leaves no journal entry.
    """

    weight = 1

    def __init__(self, seen: Ticket, *, worked: bool, text: str | None) -> None:
        self._ticket_id = seen.id
        self._issue = seen.issue
        self._worked = worked
        self._text = text

    def reads(self) -> Iterable[Key]:
        """The ticket, and its holder's answer before."""
        yield Ticket, self._ticket_id
        yield Feedback, self._ticket_id

    def decide(self, unit: UnitOfWork) -> Change[Feedback]:
        """Return the change. Raises `NotFound` where the ticket was deleted, or is another holder's by now."""
        ticket = unit.find(Ticket, self._ticket_id)
        if ticket is None or ticket.issue != self._issue:
            raise NotFound("Ticket not found")
        answer = Feedback(
            id=self._ticket_id, event=unit.event.id, worked=self._worked, text=self._text, answered_at=unit.now
        )
        return Change(answer=answer, put=[answer])


class ResendTickets:
    """Command: journal that a reservation's mail is to be sent again; the outbox sends it (`hub/mail`)."""

    weight = 1

    def __init__(self, reservation_id: str) -> None:
        self._reservation_id = reservation_id

    def reads(self) -> Iterable[Key]:
        """The reservation, for its address."""
        yield Reservation, self._reservation_id

    def decide(self, unit: UnitOfWork) -> Change[None]:
        """Return the change. Raises `NotFound`, or `BadInput` where the reservation has no address."""
        reservation = unit.find(Reservation, self._reservation_id)
        if reservation is None:
            raise NotFound("Reservation not found")
        if reservation.email is None:
            raise BadInput("There is no address to send it to", {"email": "the reservation has none"})
        return Change(answer=None, entries=[NewEntry(kind="reservation.resent", data={"reservation": reservation.id})])
