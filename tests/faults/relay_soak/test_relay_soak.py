"""A short evening of a hub and its relay on the tests' own mongod has no anomaly; with each planted bug it has one."""

import asyncio
import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from pymongo import MongoClient

from tests.faults.relay_soak import faults
from tests.faults.relay_soak.faults import Stage
from tests.faults.relay_soak.line import FAIR, Weather
from tests.faults.relay_soak.phones import SideName
from tests.faults.relay_soak.play import a_venue, sides_after
from tests.faults.relay_soak.truth import anomalies, differing

pytestmark = [pytest.mark.gen_test, pytest.mark.long]
SECRET = "a secret of the tests, long enough"
TICKETS, SECONDS = 120, 12.0


@pytest.fixture
def databases(mongod_uri: str, _mongo: MongoClient[dict[str, Any]]) -> Iterator[Mapping[SideName, Mapping[str, str]]]:
    """Settings of a hub and a relay with a database each."""
    names = [f"test_{uuid4().hex}" for _ in range(2)]
    own = [{"HUB_MONGODB_URI": mongod_uri, "HUB_DATABASE": name, "HUB_SECRET": SECRET} for name in names]
    yield {"hub": own[0], "relay": own[1]}
    for name in names:
        _mongo.drop_database(name)


def commands(planted: str) -> Mapping[SideName, tuple[str, ...]]:
    """Return the commands of hub and relay with a planted bug, or with `nothing`."""
    command = ("-m", "tests.faults.planted", planted)
    return {"hub": command, "relay": command}


async def short_weather(stage: Stage) -> None:
    """Cut, silence, repetition, reordering, a relay without power: one after another while the doors scan."""
    for weather, seconds in (
        (FAIR, 1.0),
        (Weather(is_cut=True), 2.0),
        (Weather(loses=0.5, repeats=0.5), 2.0),
        (Weather(is_silent=True), 1.5),
        (faults.STORM, 2.0),
    ):
        stage.line.turn(weather)
        await asyncio.sleep(seconds)
    stage.line.turn(Weather(is_cut=True))
    await stage.relay.cut_power()
    await stage.relay.start()
    await stage.relay.ready()
    await faults.heal(stage)


async def test_both_sides_end_with_one_truth(tmp_path: Path, databases: Mapping[SideName, Mapping[str, str]]) -> None:
    async with a_venue(tmp_path, random.Random(1), TICKETS, databases, commands("nothing")) as venue:
        scanning = asyncio.create_task(venue.evening.play(venue.stage.relay.url, SECONDS))
        await short_weather(venue.stage)
        await scanning
        hub, relay = await sides_after(venue)
        again = await venue.evening.ask_again(venue.stage.relay.url, 40, differing(hub))
    assert [*anomalies(hub, relay, venue.evening.shown), *again, *venue.stage.wrong] == []


PLANTED = {
    "guard_off": "relay alone: double admission",
    "facts_sent_once": "hub: acknowledged and 0 times on record",
    "facts_recorded_again": "hub: acknowledged and 2 times on record",
    "conflicts_unnamed": "0 conflicts are named",
}


@pytest.mark.parametrize("bug", PLANTED)
async def test_a_planted_bug_is_found(
    tmp_path: Path, databases: Mapping[SideName, Mapping[str, str]], bug: str
) -> None:
    async with a_venue(tmp_path, random.Random(1), 60, databases, commands(bug)) as venue:
        venue.stage.line.turn(Weather(is_cut=True))
        await venue.evening.play(venue.stage.relay.url, 3.0)
        venue.stage.line.turn(Weather(repeats=1.0, late_s=0.5))
        await venue.settled()
        venue.stage.line.turn(FAIR)
        await venue.stage.line.delivered()
        hub, relay = await sides_after(venue, within_s=2)
    found = list(anomalies(hub, relay, venue.evening.shown))
    assert any(PLANTED[bug] in anomaly for anomaly in found), found
