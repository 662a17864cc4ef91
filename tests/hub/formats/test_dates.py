"""Days and times as readers of each language write them, and when doors open."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest

from hub.formats.dates import date_and_time, day, doors_open_of, moment, when
from hub.language.catalogue import language
from tests.builders import a_ticket, an_event

PARIS = ZoneInfo("Europe/Paris")
NEW_YEAR = datetime(2027, 1, 1, 20, 30, tzinfo=PARIS)


def test_french_writes_an_ordinal_for_the_first_of_a_month_and_for_no_other_day() -> None:
    french = language("fr")
    assert day(NEW_YEAR, french) == "vendredi 1er janvier 2027"
    assert date_and_time(NEW_YEAR, french) == "1er janvier 2027, 20:30"
    assert moment(NEW_YEAR, french) == "20:30, le vendredi 1er janvier 2027"
    festival = msgspec.structs.replace(
        an_event(timezone="Europe/Paris"), starts_at=NEW_YEAR, ends_at=NEW_YEAR + timedelta(days=31)
    )
    assert when(festival, french) == "vendredi 1er janvier 2027, 20:30, jusqu\u2019au lundi 1er février 2027, 20:30"
    for other in (10, 11, 21, 31):
        assert f" {other} janvier" in day(NEW_YEAR.replace(day=other), french)


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("en", "Friday 1 January 2027"),
        ("de", "Freitag, 1. Januar 2027"),
        ("es", "viernes, 1 de enero de 2027"),
    ],
)
def test_other_languages_write_the_first_as_every_day(tag: str, said: str) -> None:
    assert day(NEW_YEAR, language(tag)) == said


@pytest.mark.parametrize(
    ("tag", "minutes", "said"),
    [
        ("en", None, ""),
        ("en", 0, "Doors open at 00:30"),
        ("en", 30, "Doors open at 00:00"),
        ("en", 60, "Doors open on Friday at 23:30"),
        ("de", 60, "Einlass ab Freitag, 23:30"),
        ("es", 60, "Apertura de puertas el viernes a las 23:30"),
        ("fr", 60, "Ouverture des portes vendredi à 23:30"),
        ("en", 8 * 24 * 60, "Doors open on Friday 17 December 2027 at 00:30"),
    ],
)
def test_doors_that_open_on_another_day_say_which(tag: str, minutes: int | None, said: str) -> None:
    event = msgspec.structs.replace(an_event(), timezone="Europe/Paris", doors_open_min=minutes)
    ticket = msgspec.structs.replace(a_ticket(), starts_at=datetime(2027, 12, 25, 0, 30, tzinfo=PARIS))
    assert doors_open_of(ticket, event, language(tag)) == said


def test_the_day_of_doors_is_the_events_own_and_not_that_of_utc() -> None:
    event = msgspec.structs.replace(an_event(), timezone="America/New_York", doors_open_min=60)
    ticket = msgspec.structs.replace(a_ticket(), starts_at=datetime(2026, 12, 25, 0, 30, tzinfo=ZoneInfo("UTC")))
    assert doors_open_of(ticket, event, language("en")) == "Doors open at 18:30"
