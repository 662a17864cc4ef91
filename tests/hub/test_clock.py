"""Instants in time zones and in UTC: none that a stored document may hold overflows the calendar."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hub.clock import SettableClock, in_zone, to_millis

ROOT = Path(__file__).parents[2]
ZONES = [ZoneInfo(name) for name in ("America/New_York", "Asia/Tokyo", "Pacific/Kiritimati", "Pacific/Niue", "UTC")]
OFFSETS = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@pytest.mark.parametrize("zone", ZONES, ids=str)
@pytest.mark.parametrize("edge", [datetime.min, datetime.max])
def test_the_calendars_first_and_last_instant_have_a_time_in_every_zone(edge: datetime, zone: ZoneInfo) -> None:
    local = in_zone(edge.replace(tzinfo=UTC), zone)
    assert local.year == edge.year
    assert local.isoformat() and f"{local:%H:%M}"


@given(st.datetimes(timezones=OFFSETS), st.sampled_from(ZONES))
@example(datetime(2026, 11, 1, 5, tzinfo=UTC), ZoneInfo("America/New_York"))
def test_an_instant_stays_the_same_but_at_the_calendars_edges(moment: datetime, zone: ZoneInfo) -> None:
    local = in_zone(moment, zone)
    assert local.tzinfo is zone
    if 1 < moment.year < 9999:
        assert local.astimezone(UTC) == moment.astimezone(UTC), "an hour that comes twice equals no other zone's"


@given(st.datetimes(timezones=OFFSETS))
def test_whatever_a_phone_says_is_an_instant_in_utc_in_whole_milliseconds(moment: datetime) -> None:
    kept = to_millis(moment)
    assert kept.tzinfo is UTC
    assert kept.microsecond % 1000 == 0


def test_durations_by_a_clock_that_is_set_pass_as_it_is_set_and_never_back() -> None:
    clock = SettableClock(datetime(2026, 12, 24, 18, 30, tzinfo=UTC))
    begun = clock.monotonic()
    clock.advance(timedelta(minutes=1))
    assert clock.monotonic() - begun == 60
    clock.advance(timedelta(hours=-1))
    assert clock.monotonic() - begun == 60
    clock.set(datetime(2026, 12, 24, 18, 32, tzinfo=UTC))
    assert clock.monotonic() - begun == 120


def test_no_other_place_converts_zones() -> None:
    files = [file for top in ("hub", "handlers", "store", "jobs") for file in (ROOT / top).rglob("*.py")]
    assert [file.name for file in files if ".astimezone(" in file.read_text()] == ["clock.py"]
