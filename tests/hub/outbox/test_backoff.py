"""Back-off of a failing partition, and the pacing of a consumer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.outbox.backoff import FIRST_S, LONGEST_ASKED_FOR_S, LONGEST_S, Pace, back_off

CHANCE = st.floats(0, 1)


@given(st.integers(1, 10_000), CHANCE)
def test_a_pause_is_between_the_first_and_the_longest(failures: int, chance: float) -> None:
    pause_s = back_off(failures, None, lambda: chance).total_seconds()
    assert FIRST_S / 2 <= pause_s <= LONGEST_S


@given(st.integers(1, 8), CHANCE)
def test_back_off_doubles(failures: int, chance: float) -> None:
    once, twice = (back_off(n, None, lambda: chance) for n in (failures, failures + 1))
    assert twice.total_seconds() == pytest.approx(2 * once.total_seconds())


@given(st.integers(1, 100), st.floats(0, 1e9), CHANCE)
def test_retry_after_is_respected_up_to_an_hour(failures: int, after_s: float, chance: float) -> None:
    pause_s = back_off(failures, after_s, lambda: chance).total_seconds()
    assert pause_s >= min(after_s, LONGEST_ASKED_FOR_S) - 1e-6
    assert pause_s <= LONGEST_ASKED_FOR_S


@pytest.mark.gen_test
async def test_pacing_spaces_calls_evenly() -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    now = [100.0]
    pace = Pace(10, lambda: now[0], sleep)
    for _ in range(3):
        await pace.turn()
    now[0] = 200.0
    await pace.turn()
    assert slept == pytest.approx([0, 0.1, 0.2, 0])
