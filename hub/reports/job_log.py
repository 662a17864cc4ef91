"""Job log: the runs of scheduled jobs, in the journal and where `GET /api/jobs` reads them."""

from collections.abc import Iterable

import msgspec

from hub.model.command import Change, Key, NewEntry, UnitOfWork
from hub.model.jobs import JobData, JobRecord, JobRun
from hub.model.journal import HUB_STREAM
from store.collections.job_runs import JobRuns
from store.journal.journal import Journal


class RecordJobRun:
    """Command: journal how many things a run of a job changed."""

    weight = 1

    def __init__(self, job: str, changed: int) -> None:
        self._job = job
        self._changed = changed

    def reads(self) -> Iterable[Key]:
        """Nothing."""
        return ()

    def decide(self, unit: UnitOfWork) -> Change[None]:
        """One entry on the hub's stream."""
        data = msgspec.to_builtins(JobData(job=self._job, count=self._changed))
        return Change(answer=None, entries=[NewEntry(kind="job.ran", data=data)])


class JobLog:
    """Writes and reads the runs of scheduled jobs."""

    def __init__(self, journal: Journal, runs: JobRuns) -> None:
        self._journal = journal
        self._runs = runs

    async def journal(self, job: str, changed: int) -> None:
        """Append `job.ran` to the journal. Raises `Unavailable`."""
        await self._journal.append(HUB_STREAM, RecordJobRun(job, changed))

    async def add(self, job: str, crontab: str, run: JobRun) -> None:
        """Keep a run as the job's newest. Raises `Unavailable`."""
        await self._runs.add(job, crontab, run)

    async def all(self) -> list[JobRecord]:
        """Return the record of each job that ever ran, by name."""
        return await self._runs.all()
