"""Helpers for tests of scheduled jobs: a second hub on the same database, and jobs run by name."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from pymongo import MongoClient

from hub.app import Hub
from hub.model.journal import Entry
from jobs.plan import make_schedule
from jobs.schedule import Job, Schedule
from tests.api import Api


class Worker:
    """A serving process's schedule, whose jobs run when a test says so."""

    def __init__(self, hub: Hub) -> None:
        self.schedule: Schedule = make_schedule(hub)
        self._jobs: dict[str, Job] = {job.name: job for job in self.schedule.jobs}

    async def run(self, name: str) -> int:
        """Run a job as its time had come; return how much it did."""
        return await self.schedule.run(self._jobs[name])


@asynccontextmanager
async def another_hub(hub: Hub) -> AsyncIterator[Hub]:
    """A second process on the same database and clock."""
    other = Hub(hub.settings, hub.clock)
    await other.start()
    try:
        yield other
    finally:
        await other.stop()


async def entries(hub: Hub, stream: str, kind: str) -> list[Entry]:
    """Return a stream's journal entries of one kind."""
    return [entry for entry in await hub.store.journal.read(stream, 0, 10_000) if entry.kind == kind]


async def inside(api: Api, event: Any) -> int:
    """Return how many people are inside."""
    counts = (await api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body
    number: int = counts["inside"]
    return number


def everything_kept(hub: Hub) -> str:
    """Return every document of the hub's database as text."""
    with MongoClient[dict[str, Any]](hub.settings.mongodb_uri) as client:
        database = client[hub.settings.database]
        return "\n".join(
            f"{name}: {each}" for name in database.list_collection_names() for each in database[name].find()
        )
