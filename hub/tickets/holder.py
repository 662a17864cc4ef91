"""Changes by a ticket's holder: its name corrected, the ticket cancelled, or handed on to another person. Pure.

Each needs the event's leave, and a ticket that no door has scanned. Who asks showed the access token of one issue; a
change is refused where the ticket is of another issue by then, so of two hand-overs at once one comes true, and a
holder before changes nothing of the next one's ticket (docs/guests.md, What guests may change themselves).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from hub.door.rules import is_expired
from hub.door.ticket_state import fold, rule_of
from hub.errors import Conflict, Gone, NotFound
from hub.formats.name_search import words_of
from hub.model.command import Change, NewEntry, UnitOfWork
from hub.model.event import Event
from hub.model.ticket import Feedback, PastHolder, Reservation, Ticket
from hub.tickets.changes import Act, TicketChanges, TicketsChange, Wanted, leave_reservations, reissued
from hub.tickets.orders import full_name, split_name
from hub.tickets.seats import Seats

Action = Literal["rename", "cancel", "transfer"]
ACTIONS: tuple[Action, ...] = ("rename", "cancel", "transfer")
VOID_TEXTS = {"canceled": "The ticket is cancelled", "blocked": "The ticket is blocked"}
HOLDER = "holder"
"""Actor of an entry, as its data names it."""


class HandedOn(Gone):
    """Error of a token that a past holder shows."""

    def __init__(self) -> None:
        super().__init__("handed_on", "This ticket was handed on: its code and link belong to another person now")


class NextHolder(msgspec.Struct, frozen=True, kw_only=True):
    """Recipient of a ticket that is handed on, checked; `reservation` is the id of the reservation of their own."""

    reservation: str
    name: str
    email: str | None = None
    language: str | None = None
    """Language of the holder before, who knows them: theirs is not known yet."""


class HolderChanges:
    """Changes by a ticket's holder; `issue` is the one whose access token they showed."""

    def __init__(self, changes: TicketChanges, seats: Seats) -> None:
        self._changes = changes
        self._seats = seats

    def rename(self, issue: int, name: str) -> Act:
        """Return the change of a ticket's name."""
        correct = self._changes.correct(Wanted(name=name))

        def renamed(unit: UnitOfWork, tickets: Sequence[Ticket]) -> TicketsChange:
            _check(unit, tickets, issue, "rename")
            return _signed(correct(unit, tickets))

        return renamed

    def cancel(self, issue: int) -> Act:
        """Return the cancellation of a ticket; its seat is free at once."""

        def canceled(unit: UnitOfWork, tickets: Sequence[Ticket]) -> TicketsChange:
            _check(unit, tickets, issue, "cancel")
            return _signed(self._changes.cancel(unit, tickets))

        return canceled

    def transfer(self, issue: int, to: NextHolder) -> Act:
        """Return the hand-over of a ticket: a new code, token and reservation, and nothing of its holder before."""

        def transferred(unit: UnitOfWork, tickets: Sequence[Ticket]) -> TicketsChange:
            ticket = _check(unit, tickets, issue, "transfer")
            after = reissued(unit, self._of_next_holder(unit, ticket, to))
            change: TicketsChange = Change(answer=[after], put=[_reservation(unit, ticket, to), after])
            leave_reservations(unit, tickets, change)
            if unit.find(Feedback, ticket.id) is not None:
                change.drop.append((Feedback, ticket.id))
            data = {"showing": ticket.showing, "from": ticket.reservation, "to": to.reservation, "issue": after.issue}
            change.entries.append(NewEntry(kind="ticket.transferred", ticket=ticket.id, data=data))
            return _signed(change)

        return transferred

    def _of_next_holder(self, unit: UnitOfWork, ticket: Ticket, to: NextHolder) -> Ticket:
        """Return the ticket without its holder's phone number and answers; the organiser's notice and seat stay."""
        guest = split_name(to.name)
        past = PastHolder(issue=ticket.issue, name=ticket.name, until=unit.now)
        return msgspec.structs.replace(
            ticket,
            name=full_name(guest),
            first_name=guest.first_name,
            last_name=guest.last_name,
            words=words_of(full_name(guest)),
            phone_number="",
            phones=[],
            phone_count=self._seats.count_id(ticket),
            fields=[],
            answer_words=[],
            reservation=to.reservation,
            language=to.language,
            tickets_count=1,
            handed_on=[*ticket.handed_on, past],
        )


def refusal(action: Action, ticket: Ticket, event: Event, now: datetime) -> Conflict | None:
    """Return the reason why a ticket's holder may not do this now, None where they may."""
    if not is_offered(action, event):
        return Conflict("not_offered", "This event does not offer that: ask the organiser")
    if ticket.status in ("canceled", "blocked"):
        return Conflict(f"ticket_{ticket.status}", VOID_TEXTS[ticket.status])
    if is_expired(ticket, now):
        return Conflict("ticket_expired", "The ticket's time is over")
    if fold(ticket, rule_of(ticket, event)).is_scanned:
        return Conflict("ticket_scanned", "The ticket was scanned already")
    if action == "cancel":
        return _too_late(ticket, event, now)
    return _not_handed_on(ticket, event) if action == "transfer" else None


def is_offered(action: Action, event: Event) -> bool:
    """Whether an event lets guests do this at all; a closed one does not."""
    offered = {
        "rename": event.guest_rename,
        "cancel": event.guest_cancel_until_min is not None,
        "transfer": event.transfers > 0,
    }
    return offered[action] and not event.closed


def _check(unit: UnitOfWork, tickets: Sequence[Ticket], issue: int, action: Action) -> Ticket:
    (ticket,) = tickets
    if ticket.issue != issue:
        raise HandedOn if issue in {past.issue for past in ticket.handed_on} else NotFound("Ticket not found")
    if (refused := refusal(action, ticket, unit.event, unit.now)) is not None:
        raise refused
    return ticket


def _too_late(ticket: Ticket, event: Event, now: datetime) -> Conflict | None:
    until = ticket.starts_at - timedelta(minutes=event.guest_cancel_until_min or 0)
    return Conflict("too_late", "It is too late to cancel: ask the organiser") if now > until else None


def _not_handed_on(ticket: Ticket, event: Event) -> Conflict | None:
    if ticket.status == "unpaid":
        return Conflict("ticket_unpaid", "The ticket is not paid: pay it first")
    if len(ticket.handed_on) >= event.transfers:
        return Conflict("transfer_limit", "This ticket cannot be handed on again")
    return None


def _reservation(unit: UnitOfWork, ticket: Ticket, to: NextHolder) -> Reservation:
    return Reservation(
        id=to.reservation,
        event=ticket.event,
        name=to.name,
        phone_number="",
        email=to.email,
        language=to.language,
        tickets_count=1,
        by_guest=True,
        created_at=unit.now,
    )


def _signed(change: TicketsChange) -> TicketsChange:
    """Return a change whose entries name the holder as their actor."""
    change.entries = [msgspec.structs.replace(e, data=e.data | {"actor": HOLDER}) for e in change.entries]
    return change
