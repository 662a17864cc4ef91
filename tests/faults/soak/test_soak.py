"""A short night of faults on the tests' own mongod has no anomaly, and with each planted bug it has one."""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.eventually import eventually
from tests.faults.fail_points import failing
from tests.faults.history.check import check
from tests.faults.history.record import Anomaly
from tests.faults.planted.bugs import CLOCK_OFFSET
from tests.faults.soak.host import Host
from tests.faults.soak.night import Night
from tests.faults.test_import_elections import step_down

pytestmark = [pytest.mark.gen_test, pytest.mark.long]
APP = "soak"
MINUTES = 0.05


@asynccontextmanager
async def a_night(hosts: Sequence[Host], uri: str, database: str) -> AsyncIterator[Night]:
    """Give a night that has begun."""
    try:
        for host in hosts:
            await host.start()
            await host.ready()
        night = Night(hosts, uri, database, 1, doors=6, per_s=50)
        await night.prepare(MINUTES, seats=3)
        night.begin()
        yield night
    finally:
        for host in hosts:
            await host.stop()


def a_host(folder: Path, name: str, uri: str, database: str, planted: str = "nothing") -> Host:
    """Return a host of one process, on connections that fail points can name."""
    settings = {"HUB_MONGODB_URI": f"{uri}&appName={APP}", "HUB_DATABASE": database}
    return Host(folder, name, settings, ("-m", "tests.faults.planted", planted))


async def answered(night: Night, count: int) -> None:
    """Wait until so many more requests were answered, by all hosts together."""

    def answers() -> int:
        return sum(map(len, night.recorder.answered_at.values()))

    wanted = answers() + count
    await eventually(lambda: answers() >= wanted)


async def test_two_hosts_survive_an_election_failed_commits_a_kill_and_clocks_that_are_wrong_by_an_hour(
    tmp_path: Path, mongod_uri: str, database_name: str
) -> None:
    hosts = [a_host(tmp_path, f"host-{n}", mongod_uri, database_name, "wrong_clock") for n in (1, 2)]
    async with a_night(hosts, mongod_uri, database_name) as night:
        await answered(night, 15)
        (hosts[0].folder / CLOCK_OFFSET).write_text("3600")
        await asyncio.to_thread(step_down, mongod_uri)
        await answered(night, 15)
        (hosts[0].folder / CLOCK_OFFSET).write_text("-3600")
        with failing(mongod_uri, "commitTransaction", APP, times=3, closeConnection=True):
            await answered(night, 15)
        hosts[1].send(signal.SIGKILL, "planted")
        await answered(night, 15)
        await hosts[1].start()
        await hosts[1].ready()
        await answered(night, 15)
        await night.end()
        history = await night.history()
    assert check(history) == []
    assert night.recorder.wrong == []


async def commits_fail(night: Night, uri: str) -> None:
    """Let no commit come through until what was asked meanwhile is given up."""
    with failing(uri, "commitTransaction", APP, times=None, closeConnection=True) as point:
        await asyncio.to_thread(point.wait)
        await asyncio.sleep(7)  # a transaction is given up after 5 s
    await answered(night, 10)


async def some_traffic(night: Night, uri: str) -> None:
    """Let the doors scan."""
    await answered(night, 150)


Fault = Callable[[Night, str], Awaitable[None]]
PLANTED: dict[str, tuple[Fault, str]] = {
    "guard_off": (some_traffic, "double admission"),
    "answer_before_commit": (commits_fail, "lost acknowledged scan"),
    "cursor_from_memory": (some_traffic, "follower missed entries"),
    "nonce_after_ticket": (some_traffic, "retry entered twice"),
}


@pytest.mark.parametrize(("bug", "fault", "found"), [(bug, *how) for bug, how in PLANTED.items()], ids=PLANTED)
async def test_a_planted_bug_is_found(
    tmp_path: Path, mongod_uri: str, database_name: str, bug: str, fault: Fault, found: str
) -> None:
    host = a_host(tmp_path, "host", mongod_uri, database_name, bug)
    async with a_night([host], mongod_uri, database_name) as night:
        await fault(night, mongod_uri)
        await night.end()
        anomalies: list[Anomaly] = check(await night.history(within_s=3))
    assert found in {anomaly.fault for anomaly in anomalies}, anomalies
