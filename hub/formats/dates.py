"""Date formatting for pages and mail, in an event's own time zone. One file, so that a language is one place."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hub.clock import in_zone
from hub.model.event import Event
from hub.model.ticket import Ticket

ANOTHER_NIGHT = timedelta(hours=12)


def when(event: Event) -> str:
    """Return an event's time as text; empty where it has none."""
    if event.starts_at is None:
        return ""
    zone = ZoneInfo(event.timezone)
    begins = in_zone(event.starts_at, zone)
    text = f"{day(begins)}, {clock(begins)}"
    if event.ends_at is None:
        return text
    ends = in_zone(event.ends_at, zone)
    is_one_night = ends - begins < timedelta(hours=24)
    return f"{text} to {clock(ends)}" if is_one_night else f"{text} to {ends:%A} {ends.day} {ends:%B}, {clock(ends)}"


def when_of(ticket: Ticket, event: Event) -> str:
    """Return a ticket's time as text."""
    begins = in_zone(ticket.starts_at, ZoneInfo(event.timezone))
    return f"{day(begins)}, {clock(begins)}"


def lately(moment: datetime, now: datetime, timezone: str) -> str:
    """Return a past instant as text: the time of day, with the day where that is not clear."""
    local = in_zone(moment, ZoneInfo(timezone))
    return clock(local) if abs(now - moment) < ANOTHER_NIGHT else f"{local:%A}, {clock(local)}"


def day(local: datetime) -> str:
    """Return a local day with its weekday: Thursday 24 December 2026."""
    return f"{local:%A} {local.day} {local:%B %Y}"


def clock(local: datetime) -> str:
    """Return a local time of day: 20:30."""
    return f"{local:%H:%M}"
