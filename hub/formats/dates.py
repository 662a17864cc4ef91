"""Date formatting for readers: in an event's own time zone, and in the reader's language."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from babel.units import format_unit

from hub.clock import in_zone
from hub.language.catalogue import Language
from hub.model.event import Event
from hub.model.ticket import Ticket

ANOTHER_NIGHT = timedelta(hours=12)
CLEAR_WEEKDAY = timedelta(days=6)
"""Within it a weekday alone is clear: another week begins after it."""
DAY, DAY_OF_YEAR = {"en": "EEEE d MMMM y"}, {"en": "EEEE d MMMM"}
"""Patterns of a day with its weekday, of languages whose usual form is not meant."""
FIRST_OF_MONTH = {"fr": "d'er'"}
"""Pattern of a month's first day, of languages that write an ordinal number there alone."""
MINUTES = {"duration-day": 24 * 60, "duration-hour": 60, "duration-minute": 1}


def when(event: Event, language: Language) -> str:
    """Return an event's time as text; empty where it has none."""
    if event.starts_at is None:
        return ""
    zone = ZoneInfo(event.timezone)
    begins = in_zone(event.starts_at, zone)
    if event.ends_at is None:
        return day_and_time(begins, language)
    ends = in_zone(event.ends_at, zone)
    first = {"day": day(begins, language), "time": clock(begins, language)}
    if ends - begins < timedelta(hours=24):
        return language.say("when-until", **first, end=clock(ends, language))
    last = _date(ends, DAY_OF_YEAR.get(language.tag, "full"), language)
    return language.say("when-until-day", **first, end=language.say("when", day=last, time=clock(ends, language)))


def when_of(ticket: Ticket, event: Event, language: Language) -> str:
    """Return a ticket's time as text."""
    return day_and_time(in_zone(ticket.starts_at, ZoneInfo(event.timezone)), language)


def doors_open_of(ticket: Ticket, event: Event, language: Language) -> str:
    """Return when doors open for a ticket, with the day where it is another; empty where its event does not say."""
    if event.doors_open_min is None:
        return ""
    before, zone = timedelta(minutes=event.doors_open_min), ZoneInfo(event.timezone)
    opens = in_zone(ticket.starts_at - before, zone)
    time = clock(opens, language)
    if opens.date() == in_zone(ticket.starts_at, zone).date():
        return language.say("doors-open", time=time)
    return language.say(
        "doors-open-day", day=_weekday(opens, language) if before < CLEAR_WEEKDAY else day(opens, language), time=time
    )


def lately(moment: datetime, now: datetime, timezone: str, language: Language) -> str:
    """Return a past instant as text: the time of day, with the day where that is not clear."""
    local = in_zone(moment, ZoneInfo(timezone))
    if abs(now - moment) < ANOTHER_NIGHT:
        return clock(local, language)
    return language.say("lately", weekday=_weekday(local, language), time=clock(local, language))


def day_and_time(local: datetime, language: Language) -> str:
    """Return a local day and time: Thursday 24 December 2026, 20:30."""
    return language.say("when", day=day(local, language), time=clock(local, language))


def date_and_time(local: datetime, language: Language) -> str:
    """Return a local date and time without the weekday: 24 December 2026, 20:30."""
    return language.say("when", day=_date(local, "long", language), time=clock(local, language))


def moment(local: datetime, language: Language) -> str:
    """Return a local day and time as they stand within a sentence: 20:30 on Thursday 24 December 2026."""
    return language.say("moment", day=day(local, language), time=clock(local, language))


def day(local: datetime, language: Language) -> str:
    """Return a local day with its weekday: Thursday 24 December 2026."""
    return _date(local, DAY.get(language.tag, "full"), language)


def _weekday(local: datetime, language: Language) -> str:
    return format_date(local, "EEEE", locale=language.locale)


def _date(local: datetime, form: str, language: Language) -> str:
    """Return a local date by a pattern, or by a form of the language's: `full` or `long`."""
    if local.day == 1 and (first := FIRST_OF_MONTH.get(language.tag)):
        usual = language.locale.date_formats[form].pattern if form in language.locale.date_formats else form
        form = usual.replace("d", first)
    return format_date(local, form, locale=language.locale)


def clock(local: datetime, language: Language) -> str:
    """Return a local time of day: 20:30."""
    return format_time(local, "short", locale=language.locale)


def duration(minutes: int, language: Language) -> str:
    """Return a time of so many minutes in words: `45 minutes`, `2 hours`, `3 days`."""
    unit = next(unit for unit, size in MINUTES.items() if minutes % size == 0 and (minutes >= size or size == 1))
    return format_unit(minutes // MINUTES[unit], unit, locale=language.locale)
