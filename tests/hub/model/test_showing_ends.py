"""When a showing ends, and when its tickets expire (booking-api.md, when a showing ends)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from hub.formats.local_time import to_instant
from hub.model.event import Event, Showing, ends_of, expiry_of
from tests.builders import a_showing, an_event

START = datetime(2026, 12, 24, 19, 0, tzinfo=UTC)
EIGHT_HOURS = timedelta(hours=8)
EVENT = an_event(timezone="Europe/Paris", starts_at=START, ends_at=START + timedelta(hours=14))
BOX_OFFICE = msgspec.structs.replace(EVENT, starts_at=None, ends_at=None, default_capacity=20)
HOURS = st.integers(-100, 100)


def showing(hours: float, ends: float | None = None) -> Showing:
    """A showing so many hours after the event's beginning."""
    starts_at = START + timedelta(hours=hours)
    ends_at = None if ends is None else START + timedelta(hours=ends)
    return a_showing(f"s/{hours}", starts_at=starts_at, ends_at=ends_at)


def hours_of(event: Event, *showings: Showing) -> list[float | None]:
    """The ends of showings, in hours after the event's beginning."""
    ends = ends_of(event, showings)
    return [None if end is None else (end - START) / timedelta(hours=1) for end in ends.values()]


def expires(event: Event, *showings: Showing) -> list[float]:
    """When the tickets of showings expire, in hours after the event's beginning."""
    ends = ends_of(event, showings)
    ended = [msgspec.structs.replace(each, over_at=ends[each.id]) for each in showings]
    return [(expiry_of(each, EIGHT_HOURS) - START) / timedelta(hours=1) for each in ended]


def test_a_showing_without_an_end_ends_with_its_event() -> None:
    assert hours_of(EVENT, showing(0)) == [14]
    assert expires(EVENT, showing(0)) == [14]


def test_it_ends_when_the_next_one_begins_where_that_is_earlier() -> None:
    assert hours_of(EVENT, showing(2), showing(0), showing(9)) == [9, 2, 14]
    assert expires(EVENT, showing(2), showing(0), showing(9)) == [10, 8, 17]


def test_its_own_end_goes_before_both_also_where_showings_overlap() -> None:
    assert hours_of(EVENT, showing(0, ends=5), showing(1)) == [5, 14]
    assert hours_of(EVENT, showing(0, ends=72)) == [72]
    assert expires(EVENT, showing(0, ends=1), showing(0.5, ends=72)) == [8, 72]


def test_showings_that_begin_together_do_not_end_each_other() -> None:
    one, other = showing(0), msgspec.structs.replace(showing(0), id="e/other")
    assert hours_of(EVENT, one, other, showing(3)) == [3, 3, 14]


def test_an_event_that_is_over_ends_no_showing_that_begins_later() -> None:
    assert hours_of(EVENT, showing(14), showing(20)) == [20, None]
    assert expires(EVENT, showing(20)) == [28]


def test_showings_of_the_box_office_end_by_their_own_word_only() -> None:
    assert hours_of(BOX_OFFICE, showing(0), showing(1), showing(2, ends=30)) == [None, None, 30]
    assert expires(BOX_OFFICE, showing(0), showing(1)) == [8, 9]


def test_a_showing_before_the_change_of_the_clocks_ends_when_the_next_really_begins() -> None:
    """02:30 comes twice in the night of 25 October: the first is meant; 02:30 on 29 March does not come at all."""
    paris = ZoneInfo("Europe/Paris")
    evening, night = to_instant("2026-10-24", "22:00", paris), to_instant("2026-10-25", "02:30", paris)
    after = to_instant("2026-10-25", "03:30", paris)
    event = msgspec.structs.replace(EVENT, starts_at=evening, ends_at=evening + timedelta(hours=14))
    starts = [evening, night, after]
    showings = [msgspec.structs.replace(showing(n), starts_at=moment) for n, moment in enumerate(starts)]
    lasting = [
        end - each.starts_at for end, each in zip(ends_of(event, showings).values(), showings, strict=True) if end
    ]
    assert lasting == [timedelta(hours=4.5), timedelta(hours=2), timedelta(hours=7.5)]


@given(st.lists(st.tuples(HOURS, st.none() | HOURS), max_size=8, unique_by=lambda pair: pair[0]), st.none() | HOURS)
def test_no_ticket_expires_before_eight_hours_or_before_its_showing_ends(
    times: list[tuple[int, int | None]], event_ends: int | None
) -> None:
    event = msgspec.structs.replace(EVENT, ends_at=None if event_ends is None else START + timedelta(hours=event_ends))
    showings = [showing(start, ends) for start, ends in times]
    for one, end, expiry in zip(showings, hours_of(event, *showings), expires(event, *showings), strict=True):
        start = (one.starts_at - START) / timedelta(hours=1)
        assert expiry >= max(start + 8, start if end is None else end)
        if one.ends_at is None and end is not None:
            assert start < end
            assert not any(start < other < end for other, _ in times)
            assert end in {other for other, _ in times} | {event_ends}
