"""The schedule: jobs start at their times, never over themselves, and end before the hub does."""

import asyncio

import pytest

from hub.app import Hub
from jobs.schedule import Job, Schedule, Turn

EVERY_SECOND = "* * * * * *"


class Work:
    """Work that takes as long as a test wants."""

    def __init__(self, lasts_s: float = 0) -> None:
        self.started = 0
        self.at_once = 0
        self.most_at_once = 0
        self.was_started_twice = asyncio.Event()
        self._lasts_s = lasts_s

    async def __call__(self, turn: Turn) -> None:
        self.started += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        if self.started == 2:
            self.was_started_twice.set()
        await asyncio.sleep(self._lasts_s)
        self.at_once -= 1


@pytest.mark.gen_test
async def test_a_job_starts_at_its_times_and_no_more_once_stopped(hub: Hub) -> None:
    work = Work()
    schedule = Schedule(hub, [Job(name="count", crontab=EVERY_SECOND, work=work)])
    schedule.start()
    await work.was_started_twice.wait()
    await schedule.stop()
    started = work.started
    await asyncio.sleep(1.2)  # it would have started within a second
    assert work.started == started


@pytest.mark.gen_test
async def test_a_job_never_runs_over_itself_and_is_waited_for_at_the_end(hub: Hub) -> None:
    work = Work(lasts_s=1.2)
    schedule = Schedule(hub, [Job(name="slow", crontab=EVERY_SECOND, work=work)])
    schedule.start()
    await work.was_started_twice.wait()
    await schedule.stop()
    assert (work.most_at_once, work.at_once) == (1, 0)


@pytest.mark.gen_test
async def test_a_job_that_breaks_is_run_again(hub: Hub) -> None:
    tried: list[int] = []

    async def work(turn: Turn) -> None:
        turn.count = len(tried)
        tried.append(1)
        raise RuntimeError("broken")

    job = Job(name="broken", crontab=EVERY_SECOND, work=work)
    schedule = Schedule(hub, [job])
    assert [await schedule.run(job), await schedule.run(job)] == [0, 1]
    ran = [entry.data for entry in await hub.store.journal.read("hub", 0) if entry.kind == "job.ran"]
    assert ran == [{"job": "broken", "count": 1}]
