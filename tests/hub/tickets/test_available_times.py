"""The nearest other times to one that is sold out."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hub.tickets.available_times import MOST_NEAREST, TimeToBook, nearest

START = datetime(2026, 12, 24, 19, 0, tzinfo=UTC)
TIMES = st.lists(st.tuples(st.integers(-500, 500), st.integers(0, 9)), max_size=12, unique_by=lambda pair: pair[0])


def times(pairs: list[tuple[int, int]]) -> list[TimeToBook]:
    return [TimeToBook(value=str(m), starts_at=START + timedelta(minutes=m), left=left) for m, left in pairs]


@given(TIMES, st.integers(1, 6))
def test_others_have_seats_enough_and_none_that_is_nearer_is_left_out(pairs: list[tuple[int, int]], count: int) -> None:
    there = times(pairs)
    found = nearest(START, count, there)
    fitting = [time for time in there if time.left >= count and time.starts_at != START]
    assert len(found) == min(MOST_NEAREST, len(fitting))
    assert all(time in fitting for time in found)
    farthest = max((abs(time.starts_at - START) for time in found), default=timedelta())
    assert all(abs(time.starts_at - START) >= farthest for time in fitting if time not in found)
    assert found == sorted(found, key=lambda time: time.starts_at)
