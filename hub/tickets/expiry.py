"""What the clock does with tickets: expires them, checks everybody out, frees what was not paid. Pure."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from hub.model.command import Change, Key, NewEntry, UnitOfWork
from hub.model.event import Event
from hub.model.ticket import Ticket
from hub.tickets.changes import Act
from hub.tickets.check_out import check_out, state_of


def expire(unit: UnitOfWork, tickets: Sequence[Ticket]) -> Change[list[Ticket]]:
    """Mark those tickets expired whose time is over; whoever is inside leaves first."""
    change: Change[list[Ticket]] = Change(answer=[])
    for ticket in tickets:
        if ticket.expired or ticket.expires_at > unit.now:
            continue
        outside, exits = check_out(unit, ticket, first_seq=_next_seq(unit, change), reason="expired")
        expired = msgspec.structs.replace(outside, expired=True)
        change.entries += [*exits, NewEntry(kind="ticket.expired", ticket=ticket.id, data={"showing": ticket.showing})]
        change.put.append(expired)
        change.answer.append(expired)
    return change


def exit_all(moment: datetime) -> Act:
    """Return the change that checks out whoever came in before `moment` and is still inside."""

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
    """Note that everybody was checked out at `moment`; people without tickets leave with the others."""

    weight = 1

    def __init__(self, event_id: str, moment: datetime) -> None:
        self._event_id = event_id
        self._moment = moment

    def reads(self) -> Iterable[Key]:
        """The event, which is to be replaced."""
        yield Event, self._event_id

    def decide(self, unit: UnitOfWork) -> Change[None]:
        """Keep the moment with the event, so that it is done once a day."""
        event = msgspec.structs.replace(unit.event, exited_all_at=self._moment)
        change = Change(answer=None, put=[event], bump={event.id})
        if people := unit.stream.headcount:
            effect = {"headcount": -people, "inside": -people}
            change.entries.append(
                NewEntry(kind="headcount", effect=effect, data={"delta": -people, "reason": "exit_all"})
            )
        return change


class RecordJobRun:
    """Journal what a run of the clock's work did."""

    weight = 1

    def __init__(self, job: str, count: int) -> None:
        self._job = job
        self._count = count

    def reads(self) -> Iterable[Key]:
        """Nothing."""
        return ()

    def decide(self, unit: UnitOfWork) -> Change[None]:
        """Tell it."""
        return Change(answer=None, entries=[NewEntry(kind="job.ran", data={"job": self._job, "count": self._count})])


def exit_all_due(event: Event, now: datetime) -> datetime | None:
    """Return the moment at which everybody is to be checked out, if it is past and was not done yet.

    Once each day of the event's zone: where the change to summer time skips the time of day it is done when the clocks
    have changed, where it comes twice at the first.
    """
    if event.exit_all_at is None:
        return None
    zone = ZoneInfo(event.timezone)
    at = time.fromisoformat(event.exit_all_at)
    today = now.astimezone(zone).date()
    moments = [datetime.combine(day, at, zone).astimezone(UTC) for day in (today, today - timedelta(days=1))]
    latest = max(moment for moment in moments if moment <= now)
    return latest if latest > (event.exited_all_at or event.created_at) else None
