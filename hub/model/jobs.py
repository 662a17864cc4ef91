"""Job records: the last runs of each scheduled job. Plain data."""

from datetime import datetime
from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from hub.model.base import Document, EntryData

RUNS_KEPT = 20

Result = Literal["done", "stopped", "failed"]
"""`stopped`: the process ended, or another took over; the next run goes on."""


class JobData(EntryData, frozen=True, kw_only=True):
    """Data of `job.ran`: the job's name, and how many things it changed."""

    job: str | UnsetType = UNSET
    count: int | UnsetType = UNSET


class JobRun(msgspec.Struct, omit_defaults=True, kw_only=True):
    """Run of a job: when, by which process, how it ended, and how much it changed."""

    started_at: datetime
    ended_at: datetime
    process: str
    result: Result
    changed: int = 0


class JobRecord(Document, kw_only=True):
    """Record of a job by its name: its crontab text, and its last runs, the newest last."""

    id: str
    crontab: str
    runs: list[JobRun] = msgspec.field(default_factory=list)
