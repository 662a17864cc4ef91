"""Scheduler of jobs: each runs at its times, by one process at a time, never over itself."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

import msgspec
import structlog
from aiocron import Cron

from hub.app import Hub
from hub.errors import NotFound, Unavailable, Unreadable
from hub.model.jobs import JobRun, Result
from hub.tasks import Tasks, cause_of

log = structlog.get_logger(__name__)

LEASE_LASTS = timedelta(seconds=50)
"""Longer than any batch takes.

It is not given back after a run, but left to end: so no other process, whose clock strikes a little later, begins the
same run again; a job that runs more often stays with one process. One that dies keeps the others waiting no longer.
"""
PAUSES = 3.0
"""Between two batches a job rests so many times as long as the last one took: doors go first."""
LONGEST_PAUSE_S = 2.0


@contextmanager
def error_boundary(event: str) -> Iterator[None]:
    """Error boundary around a job's work on one event: one whose records are spoilt or gone stops no other event."""
    try:
        yield
    except (NotFound, Unreadable):
        log.exception("a job leaves out an event", event_id=event)


class Turn:
    """Run of a job under way: asks before each batch but the first whether it `goes_on`, and counts its work."""

    def __init__(self, hub: Hub, renew: Callable[[], Awaitable[bool]]) -> None:
        self.hub = hub
        self.count = 0
        self.was_stopped = False
        self._renew = renew
        self._began: float | None = None

    async def goes_on(self) -> bool:
        """Pause, and return whether this process may still do the work."""
        now = asyncio.get_running_loop().time
        if self._began is not None:
            await asyncio.sleep(min(PAUSES * (now() - self._began), LONGEST_PAUSE_S))
        self._began = now()
        self.was_stopped = not await self._renew()
        return not self.was_stopped


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """Scheduled job: its work, and its times as crontab text."""

    name: str
    crontab: str
    work: Callable[[Turn], Awaitable[None]]


class Schedule:
    """Scheduler of jobs. Made and started in the hub's loop, stopped before the hub."""

    def __init__(self, hub: Hub, jobs: Sequence[Job]) -> None:
        self._hub = hub
        self.jobs = jobs
        self._crons: list[Cron] = []
        self._running: set[str] = set()
        self._runs = Tasks()
        self._is_stopping = False

    def start(self) -> None:
        """Start the timers."""
        loop = asyncio.get_running_loop()
        self._crons = [Cron(job.crontab, self._strike, args=(job,), start=True, loop=loop) for job in self.jobs]

    async def stop(self) -> None:
        """End running jobs after their batch, and release their leases at once."""
        self._is_stopping = True
        for cron in self._crons:
            cron.stop()
        await self._runs.join()
        for job in self.jobs:
            await self._give_back(job)

    async def run(self, job: Job) -> int:
        """Run a job, if no other process does, and return its count. A failure is left to the next run."""

        async def renew() -> bool:
            return not self._is_stopping and await self._take(job)

        turn = Turn(self._hub, renew)
        started_at = self._hub.clock.now()
        try:
            if not await renew():
                return 0
            await job.work(turn)
            result: Result = "stopped" if turn.was_stopped else "done"
        except Exception as error:  # whatever it is, the next run finishes what this one left
            _log_failure("a job broke", job, error)
            result = "failed"
        await self._journal(job, turn.count)
        await self._record(job, self._ran(started_at, result, turn.count))
        return turn.count

    def _ran(self, started_at: datetime, result: Result, changed: int) -> JobRun:
        hub = self._hub
        ended_at = hub.clock.now()
        return JobRun(started_at=started_at, ended_at=ended_at, process=hub.process, result=result, changed=changed)

    def _strike(self, job: Job) -> None:
        if job.name in self._running or self._is_stopping:
            return
        self._running.add(job.name)
        self._runs.spawn(self._run_once(job), name=f"job {job.name}")

    async def _run_once(self, job: Job) -> None:
        try:
            await self.run(job)
        finally:
            self._running.discard(job.name)

    async def _take(self, job: Job) -> bool:
        return await self._hub.leases.take(f"job/{job.name}", self._hub.clock.now(), LEASE_LASTS)

    async def _give_back(self, job: Job) -> None:
        try:
            await self._hub.leases.give_back(f"job/{job.name}")
        except Exception as error:  # the database away at the end: the lease ends by itself
            log.warning("a lease was not given back", job=job.name, reason=repr(error))

    async def _journal(self, job: Job, count: int) -> None:
        """Journal the run of a job with its count; a run without any change is not journaled."""
        if not count:
            return
        log.info("a job ended", job=job.name, changed=count)
        try:
            await self._hub.job_log.journal(job.name, count)
        except Exception as error:  # the work is done and journaled ticket by ticket
            _log_failure("a job could not be journaled", job, error)

    async def _record(self, job: Job, run: JobRun) -> None:
        """Record the run, and count it in the metrics."""
        numbers = self._hub.metrics
        numbers.job_runs(job.name, run.result).inc()
        numbers.job_changes(job.name).inc(run.changed)
        numbers.job_seconds(job.name).set((run.ended_at - run.started_at).total_seconds())
        if run.result == "done":
            numbers.job_ended(job.name).set(run.ended_at.timestamp())
        try:
            await self._hub.job_log.add(job.name, job.crontab, run)
        except Exception as error:  # the database away: the log has told why
            _log_failure("a run could not be remembered", job, error)


def _log_failure(event: str, job: Job, error: Exception) -> None:
    """Log in one line that the database was away, as in each election; anything else with its traceback."""
    if isinstance(error, Unavailable):
        log.warning(event, job=job.name, reason=cause_of(error))
    else:
        log.error(event, job=job.name, exc_info=error)
