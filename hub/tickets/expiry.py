"""Scheduled changes of tickets: expiry, deletion, everybody checked out at a time of day. Pure."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from hub.clock import in_zone
from hub.door.ticket_state import difference
from hub.model.command import Change, Key, NewEntry, UnitOfWork
from hub.model.event import Event, Showing
from hub.model.ticket import Ticket
from hub.tickets.changes import Act
from hub.tickets.check_out import back_inside, check_out, state_of
from hub.tickets.seats import Seats


class Expiry:
    """Ticket expiry: marks, corrects and deletes tickets by the end of their showing as the transaction sees it.

    The time that a ticket carries is a copy (`expiry_of` its showing), which follows in batches when times change: so
    no ticket is marked or deleted by its own word alone.
    """

    def __init__(self, seats: Seats, delete: Act) -> None:
        self._seats = seats
        self._delete = delete

    def expire(self, unit: UnitOfWork, tickets: Sequence[Ticket]) -> Change[list[Ticket]]:
        """Mark those tickets expired that are; guests who are inside on them leave first."""
        change = self.retime(unit, tickets)
        current = {ticket.id: ticket for ticket in tickets} | {ticket.id: ticket for ticket in change.answer}
        for ticket in current.values():
            if not ticket.expired and ticket.expires_at <= unit.now:
                _mark(unit, ticket, change)
        change.answer = [*{ticket.id: ticket for ticket in change.answer}.values()]
        return change

    def retime(self, unit: UnitOfWork, tickets: Sequence[Ticket]) -> Change[list[Ticket]]:
        """Have tickets expire when their showings say; one that expired too early is good again.

        Whoever its expiry checked out is inside again, unless everybody was checked out since they came.
        """
        change: Change[list[Ticket]] = Change(answer=[])
        for ticket in tickets:
            expires_at = self._expires_at(unit, ticket)
            if expires_at == ticket.expires_at:
                continue
            is_revived = ticket.expired and expires_at > unit.now
            after = msgspec.structs.replace(ticket, expires_at=expires_at, expired=ticket.expired and not is_revived)
            after = back_inside(unit, ticket, after) if is_revived else after
            fields = ["expires_at", *(["expired"] if is_revived else [])]
            effect = difference(state_of(unit, ticket), state_of(unit, after))
            data = {"fields": fields}
            change.entries.append(NewEntry(kind="ticket.changed", ticket=ticket.id, effect=effect, data=data))
            change.put.append(after)
            change.answer.append(after)
        return change

    def delete_due(self, unit: UnitOfWork, tickets: Sequence[Ticket]) -> Change[list[Ticket]]:
        """Delete those tickets that are expired for longer than their event keeps them, unless it is still on."""
        before = unit.now - timedelta(days=unit.event.retention_days)
        if not has_ended(unit.event, unit.now):
            return Change(answer=[])
        due = [each for each in tickets if each.expired and self._expires_at(unit, each) <= before]
        return self._delete(unit, due)

    def _expires_at(self, unit: UnitOfWork, ticket: Ticket) -> datetime:
        showing = unit.find(Showing, ticket.showing)
        return ticket.expires_at if showing is None else self._seats.expiry(showing)


def has_ended(event: Event, now: datetime) -> bool:
    """Whether an event's own end is past; the box office has none, and is never on as a whole."""
    return event.ends_at is None or event.ends_at <= now


def _mark(unit: UnitOfWork, ticket: Ticket, change: Change[list[Ticket]]) -> None:
    outside, exits = check_out(unit, ticket, first_seq=_next_seq(unit, change), reason="expired")
    expired = msgspec.structs.replace(outside, expired=True)
    change.entries += [*exits, NewEntry(kind="ticket.expired", ticket=ticket.id, data={"showing": ticket.showing})]
    change.put.append(expired)
    change.answer.append(expired)


class FinishRetime:
    """Command: record that all tickets of a showing expire when it says, as of the `version` that was checked."""

    weight = 1

    def __init__(self, showing_id: str, version: int) -> None:
        self._showing_id = showing_id
        self._version = version

    def reads(self) -> Iterable[Key]:
        """The showing."""
        return [(Showing, self._showing_id)]

    def decide(self, unit: UnitOfWork) -> Change[None]:
        """Return the change: none where the showing was marked anew."""
        showing = unit.find(Showing, self._showing_id)
        if showing is None or showing.retime != self._version:
            return Change(answer=None)
        return Change(answer=None, put=[msgspec.structs.replace(showing, retime=0)])


def exit_all(moment: datetime) -> Act:
    """Return the change that checks out guests who came in before `moment` and are still inside."""

    def exited(unit: UnitOfWork, tickets: Sequence[Ticket]) -> Change[list[Ticket]]:
        change: Change[list[Ticket]] = Change(answer=[])
        for ticket in tickets:
            last = state_of(unit, ticket).last
            if last is None or last.at >= moment:
                continue
            outside, exits = check_out(unit, ticket, first_seq=_next_seq(unit, change), reason="exit_all")
            if exits:
                change.entries += exits
                change.put.append(outside)
                change.answer.append(outside)
        return change

    return exited


def _next_seq(unit: UnitOfWork, change: Change[list[Ticket]]) -> int:
    return unit.next_seq + len(change.entries)


class FinishExitAll:
    """Command: record that all were checked out at `moment`; people without tickets leave with the others."""

    weight = 1

    def __init__(self, event_id: str, moment: datetime) -> None:
        self._event_id = event_id
        self._moment = moment

    def reads(self) -> Iterable[Key]:
        """The event."""
        yield Event, self._event_id

    def decide(self, unit: UnitOfWork) -> Change[None]:
        """Return the change: the event with the moment, so that it is done once a day."""
        event = msgspec.structs.replace(unit.event, exited_all_at=self._moment)
        change = Change(answer=None, put=[event], bump={event.id})
        if people := unit.stream.headcount:
            effect = {"headcount": -people, "inside": -people}
            change.entries.append(
                NewEntry(kind="headcount", effect=effect, data={"delta": -people, "reason": "exit_all"})
            )
        return change


def exit_all_due(event: Event, now: datetime) -> datetime | None:
    """Return the moment at which everybody is to be checked out, if it is past and was not done yet.

    Once each day of the event's zone: where the change to summer time skips the time of day it is done when the clocks
    have changed, where it comes twice at the first.
    """
    if event.exit_all_at is None:
        return None
    zone = ZoneInfo(event.timezone)
    at = time.fromisoformat(event.exit_all_at)
    today = in_zone(now, zone).date()
    moments = [in_zone(datetime.combine(day, at, zone), UTC) for day in (today, today - timedelta(days=1))]
    latest = max(moment for moment in moments if moment <= now)
    return latest if latest > (event.exited_all_at or event.created_at) else None
