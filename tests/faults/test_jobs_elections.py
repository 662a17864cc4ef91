"""Scheduled jobs that meet an election: one line in the log, and the next run does the work."""

import msgspec
import pytest

from hub.app import Hub
from hub.settings import Settings
from jobs.schedule import Job, Schedule, Turn
from tests.faults.fail_points import failing

APP = "jobs"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The usual ones, on connections that fail points can name."""
    return msgspec.structs.replace(settings, mongodb_uri=f"{settings.mongodb_uri}&appName={APP}")


@pytest.mark.parametrize("command", ["findAndModify", "update"], ids=["its lease", "its record"])
@pytest.mark.gen_test
async def test_a_job_that_meets_an_election_says_so_in_one_line_and_runs_the_next_time(
    hub: Hub, mongod_uri: str, caplog: pytest.LogCaptureFixture, command: str
) -> None:
    ran: list[str] = []

    async def work(turn: Turn) -> None:
        ran.append("once")

    job = Job(name="elected", crontab="0 0 1 1 *", work=work)
    schedule = Schedule(hub, [job])
    with failing(mongod_uri, command, APP, times=None, errorCode=10107) as point:
        await schedule.run(job)
    assert point.times
    lines = [record for record in caplog.records if record.name == "jobs.schedule"]
    assert lines and {record.levelname for record in lines} == {"WARNING"}
    assert not any(record.exc_info for record in lines)
    before = len(ran)
    await schedule.run(job)
    assert len(ran) == before + 1
