"""Owned tasks, periodic loops, back-off and retry."""

import asyncio
from itertools import islice

import pytest

from hub.errors import BadInput, Unavailable
from hub.tasks import Periodic, SingleFlight, cause_of, exponential, retry
from tests.eventually import eventually

pytestmark = pytest.mark.gen_test


def test_pauses_double_up_to_the_longest() -> None:
    assert list(islice(exponential(0.1, 0.5), 5)) == [0.1, 0.2, 0.4, 0.5, 0.5]


async def test_a_periodic_loop_goes_on_after_a_run_that_fails_and_ends_with_the_one_under_way() -> None:
    runs: list[str] = []
    third = asyncio.Event()

    async def work() -> None:
        runs.append("begun")
        if len(runs) == 1:
            raise RuntimeError("broken")
        if len(runs) == 3:
            third.set()
            await asyncio.sleep(0)
            runs.append("ended")

    loop = Periodic(work, 0.001)
    loop.start()
    await third.wait()
    await loop.stop()
    assert runs == ["begun", "begun", "begun", "ended"]


async def test_a_periodic_loop_that_was_not_started_stops_at_once() -> None:
    runs: list[str] = []

    async def work() -> None:
        runs.append("begun")

    loop = Periodic(work, 0)
    await loop.stop()
    assert not loop.is_started and runs == []


async def test_work_is_tried_until_the_database_answers_and_other_errors_pass(caplog: pytest.LogCaptureFixture) -> None:
    tries = 0

    async def work() -> int:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise Unavailable
        return tries

    assert await retry(work, within_s=60, what="try") == 3
    assert caplog.text.count("trying again") == 2

    async def wrong() -> None:
        raise BadInput("no")

    with pytest.raises(BadInput):
        await retry(wrong, within_s=60, what="try")


async def test_a_retry_ends_in_time() -> None:
    async def never() -> None:
        raise Unavailable

    with pytest.raises(Unavailable):
        await retry(never, within_s=0.1, what="try")


async def test_a_retry_makes_no_more_tries_once_its_owner_stops() -> None:
    tries: list[int] = []

    async def never() -> None:
        tries.append(len(tries))
        raise Unavailable

    with pytest.raises(Unavailable):
        await retry(never, within_s=3600, what="try", is_stopping=lambda: len(tries) == 2)
    assert tries == [0, 1]


def test_a_cause_is_one_short_line() -> None:
    error = Unavailable()
    error.__cause__ = OSError("a\nb" * 1000)
    assert cause_of(error).startswith("OSError: a b") and len(cause_of(error)) < 300


async def test_calls_that_wait_share_one_run_that_begins_after_all_of_them() -> None:
    flights = SingleFlight[int]()
    gate = asyncio.Event()
    begun: list[int] = []

    async def work() -> int:
        begun.append(len(begun))
        mine = begun[-1]
        await gate.wait()
        return mine

    first = [asyncio.create_task(flights.run("a", work)) for _ in range(3)]
    await eventually(lambda: begun)
    later = [asyncio.create_task(flights.run("a", work)) for _ in range(3)]
    other = asyncio.create_task(flights.run("b", work))
    await eventually(lambda: len(begun) == 2)
    assert begun == [0, 1], "the other key waits for no one, and the later calls for the first run"
    gate.set()
    assert await asyncio.gather(*first, other, *later) == [0, 0, 0, 1, 2, 2, 2]


async def test_a_run_that_fails_fails_for_its_calls_alone_and_a_caller_that_leaves_does_not_end_it() -> None:
    flights = SingleFlight[int]()
    gate = asyncio.Event()

    async def fail() -> int:
        await gate.wait()
        raise BadInput("no")

    async def succeed() -> int:
        return 7

    impatient, patient = (asyncio.create_task(flights.run("a", fail)) for _ in range(2))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    impatient.cancel()
    after = asyncio.create_task(flights.run("a", succeed))
    gate.set()
    results = await asyncio.gather(impatient, patient, after, return_exceptions=True)
    assert isinstance(results[0], asyncio.CancelledError)
    assert isinstance(results[1], BadInput)
    assert results[2] == 7
