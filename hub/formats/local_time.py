"""Local time conversion: dates and times of an event, and the instants they stand for (docs/booking-api.md)."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hub.clock import in_zone
from hub.errors import BadInput

DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
TIME = re.compile(r"\d{2}:\d{2}", re.ASCII)
NOT_A_PLACE = re.compile(r"(localtime|posixrules|Factory)\Z|(posix|right)/")
"""Files beside those of the zones: the machine's own zone, a rule, a stand-in, and clocks that count leap seconds."""
FIRST_YEAR, LAST_YEAR = 1900, 9000
"""Beyond them there is no room to reckon with hours before and after."""


def is_reckonable(moment: datetime) -> bool:
    """Return whether there is room before and after `moment`, in any time zone, for all that is reckoned with it."""
    return FIRST_YEAR <= moment.year <= LAST_YEAR


def is_date(text: str) -> bool:
    """Return whether this is a day of the calendar, as YYYY-MM-DD, with which can be reckoned."""
    try:
        return DATE.fullmatch(text) is not None and is_reckonable(datetime.strptime(text, "%Y-%m-%d"))
    except ValueError:
        return False


def zone_of(name: str) -> ZoneInfo:
    """Return the time zone `name`. Raises `BadInput` for one that is not known, here and to a browser alike."""
    try:
        if not NOT_A_PLACE.match(name):
            return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    raise BadInput("timezone is not known", {"timezone": "an IANA name like Europe/Paris"})


def to_instant(date: str, time: str, zone: ZoneInfo) -> datetime:
    """Return the UTC instant of a local `YYYY-MM-DD` and `HH:MM`; of an ambiguous one the first.

    Raises `BadInput` naming the field for a wrong form, or a time that the change to summer time skips.
    """
    if errors := wrong_local(date, time):
        raise BadInput("date and time are needed", errors)
    day, clock = datetime.strptime(date, "%Y-%m-%d"), datetime.strptime(time, "%H:%M")
    return _instant_of(day.replace(hour=clock.hour, minute=clock.minute), zone)


def wrong_local(date: str, time: str) -> dict[str, str]:
    """Errors of a local date and time in any zone, by field; empty where they are good."""
    found = {"date": _wrong_date(date), "time": _wrong_time(time)}
    return {field: text for field, text in found.items() if text is not None}


def _wrong_date(date: str) -> str | None:
    if not DATE.fullmatch(date):
        return "must be YYYY-MM-DD"
    try:
        day = datetime.strptime(date, "%Y-%m-%d")
    except ValueError:
        return "is not in the calendar"
    return None if is_reckonable(day) else "is out of range"


def _wrong_time(time: str) -> str | None:
    if not TIME.fullmatch(time):
        return "must be HH:MM"
    return None if time < "24" and time[3:] < "60" else "must be 00:00 to 23:59"


def _instant_of(local: datetime, zone: ZoneInfo) -> datetime:
    instant = in_zone(local.replace(tzinfo=zone), UTC)
    if in_zone(instant, zone).replace(tzinfo=None) != local:
        raise BadInput("no such time on that day", {"time": "is skipped by the change to summer time"})
    return instant
