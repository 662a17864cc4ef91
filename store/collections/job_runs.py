"""Job runs: the last runs of each job, shared by all processes."""

from pymongo import ASCENDING

from hub.model.jobs import RUNS_KEPT, JobRecord, JobRun
from store.mongo.connection import Database
from store.mongo.documents import to_bson
from store.mongo.errors import driver_errors
from store.mongo.reading import read_all


class JobRuns:
    """Reader and writer of job runs."""

    def __init__(self, database: Database) -> None:
        self._jobs = database.jobs

    async def add(self, job: str, crontab: str, run: JobRun) -> None:
        """Keep a run as the job's newest, and drop the oldest."""
        newest = {"$each": [to_bson(run)], "$slice": -RUNS_KEPT}
        change = {"$set": {"crontab": crontab}, "$push": {"runs": newest}}
        with driver_errors():
            await self._jobs.update_one({"_id": job}, change, upsert=True)

    async def all(self) -> list[JobRecord]:
        """Return every job that ever ran, by name."""
        cursor = self._jobs.find().sort("_id", ASCENDING)
        return await read_all(cursor, JobRecord)
