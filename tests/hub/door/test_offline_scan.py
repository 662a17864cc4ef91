"""When a door made a scan that it made alone, whatever its clock says."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.door.offline_batches import parse_offline
from hub.door.offline_scan import NO_CLOCK, scan_time
from hub.errors import BadInput
from hub.model.device_info import MOST_AHEAD_MS, DeviceInfo, bounded_ahead_ms

NOW = datetime(2026, 12, 24, 18, 30, tzinfo=UTC)
A_MINUTE, NONE = timedelta(minutes=1), timedelta(0)
CLOCKS = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))]))


def when(scanned_at: datetime, ahead: timedelta = NONE, later: int = 0) -> tuple[timedelta, dict[str, Any]]:
    time = scan_time(scanned_at, ahead=ahead, arrived=NOW, later=later)
    return time.at - NOW, time.flags


def test_a_clock_that_is_right_is_believed() -> None:
    assert when(NOW - A_MINUTE) == (-A_MINUTE, {})
    assert when(NOW - timedelta(days=300)) == (-timedelta(days=300), {})


def test_an_offset_is_taken_off_and_shown() -> None:
    assert when(NOW + 9 * A_MINUTE, 10 * A_MINUTE) == (-A_MINUTE, {"clock_ahead_s": 600})
    assert when(NOW - 11 * A_MINUTE, -10 * A_MINUTE) == (-A_MINUTE, {"clock_ahead_s": -600})


def test_a_time_in_the_future_is_the_time_of_arrival() -> None:
    assert when(NOW + A_MINUTE) == (NONE, {"from_the_future": True})


@pytest.mark.parametrize("year", [1, 1900, 1970, 2024, 2029, 9999])
def test_a_clock_that_is_off_by_a_year_or_more_is_no_clock(year: int) -> None:
    theirs = NOW.replace(year=year)
    ahead = timedelta(milliseconds=DeviceInfo(time=theirs).ahead_ms(NOW) or 0)
    assert abs(ahead) == NO_CLOCK
    at, flags = when(theirs - A_MINUTE if year > 1 else theirs, ahead)
    assert (at, flags) == (NONE, {"clock_ahead_s": round(ahead.total_seconds())})


def test_scans_without_a_clock_keep_their_order() -> None:
    times = [scan_time(datetime(1, 1, 1, tzinfo=UTC), ahead=NONE, arrived=NOW, later=later).at for later in (2, 1, 0)]
    assert times == sorted(set(times))
    assert times[-1] == NOW


@given(CLOCKS, st.integers(-(2**63), 2**63), st.integers(0, 499))
def test_no_clock_breaks_anything_and_none_leads_out_of_the_last_year(
    moment: datetime, ahead_ms: int, later: int
) -> None:
    body = parse_offline({"qrcode_data": "x", "nonce": "1", "verdict": "admitted", "scanned_at": moment.isoformat()})
    ahead = timedelta(milliseconds=bounded_ahead_ms(ahead_ms))
    time = scan_time(body.scanned_at, ahead=ahead, arrived=NOW, later=later)
    assert NOW - NO_CLOCK <= time.at <= NOW
    assert abs(time.flags.get("clock_ahead_s", 0)) * 1000 <= MOST_AHEAD_MS
    assert msgspec.json.encode([time, body])


@given(CLOCKS | st.integers(0, 253_402_300_799_000))
def test_an_offset_is_bounded_whatever_a_phone_says_of_its_time(said: datetime | int) -> None:
    ahead = DeviceInfo(time=said).ahead_ms(NOW)
    assert ahead is not None
    assert -MOST_AHEAD_MS <= ahead <= MOST_AHEAD_MS


def test_text_that_is_no_time_or_no_zone_is_refused() -> None:
    for text in ("0000-01-01T00:00:00Z", "10000-01-01T00:00:00Z", "2026-12-24T18:30:00", "soon", ""):
        with pytest.raises(BadInput, match=r"scanned_at|datetime|UTC"):
            parse_offline({"qrcode_data": "x", "nonce": "1", "verdict": "admitted", "scanned_at": text})
