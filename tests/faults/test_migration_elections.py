"""Elections during a migration and the making of indexes: the start takes them again, and ends as it would have."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from msgspec.structs import replace
from pymongo import ASCENDING

from hub.app import Hub
from hub.process.bootstrap import prepare
from hub.settings import Settings
from store.migrations import ENDS, PRODUCTS, SHAPE
from store.mongo.connection import Database
from tests.api import Api
from tests.faults.fail_points import failing
from tests.faults.test_import_elections import step_down

APP = "a hub that migrates"
NO_PRIMARY: dict[str, Any] = {"errorCode": 10107}
NOT_ACKNOWLEDGED: dict[str, Any] = {"writeConcernError": {"code": 11602, "errmsg": "operation was interrupted"}}
INTERRUPTED: dict[str, Any] = {"errorCode": 11602}
PROCESS = re.compile("^process/")
"""Ids of the processes that run: each says again and again that it does."""
SHOWINGS = [{"date": "2090-12-24", "time": time, "capacity": 10} for time in ("20:30", "22:30")]
TIMES = {"starts_at": "2090-12-24T20:30:00+01:00", "ends_at": "2090-12-25T02:00:00+01:00", "showings": SHOWINGS}


@pytest.fixture
def starting(settings: Settings) -> Settings:
    """Settings of a second start, with an application's name for fail points.

    Its driver soon looks again at a server that it takes for no primary: no election tells it of one.
    """
    options = f"appName={APP.replace(' ', '%20')}&heartbeatFrequencyMS=500"
    return replace(settings, mongodb_uri=f"{settings.mongodb_uri}&{options}")


async def fill(api: Api) -> None:
    """Two events with two showings each, one of which has booked seats."""
    for name in ("First", "Second"):
        event = await api.make_event(name=name, **TIMES)
        await api.book(event, 2, date="2090-12-24")


async def make_old(database: Database, *, also_shape: bool) -> None:
    """Give the database the form of a version before: no ends, no seats by product, no owner."""
    await database.meta.delete_many({"_id": {"$in": [ENDS, PRODUCTS, *([SHAPE] if also_shape else [])]}})
    await database.events.update_many({}, {"$unset": {"times_version": 1}})
    await database.showings.update_many({}, {"$unset": {"over_at": 1, "retime": 1, "booked_by": 1}})
    await database.users.update_many({}, {"$set": {"role": "organiser"}})
    if also_shape:
        await database.command("collMod", "tickets", validator={})
        await database.tickets.drop_index("reservation_1")


async def state_of(database: Database) -> dict[str, Any]:
    """What a migration changes, with no regard to when a start did it."""
    [tickets] = (await database.command("listCollections", filter={"name": "tickets"}))["cursor"]["firstBatch"]
    return {
        **{
            name: await database[name].find({"_id": {"$not": PROCESS}}).sort("_id", ASCENDING).to_list(None)
            for name in ("events", "showings", "users", "streams", "meta")
        },
        "indexes": await database.tickets.index_information(),
        "validator": tickets["options"]["validator"],
        "leases": await database.leases.find({"_id": "migration"}).to_list(None),
    }


async def migrated_alike(
    api: Api, hub: Hub, starting: Settings, disturbed: Callable[[Awaitable[Any]], Awaitable[None]], *, shape: bool
) -> None:
    """Check that a disturbed migration ends as one that was not."""
    database = hub.store.database
    await fill(api)
    await make_old(database, also_shape=shape)
    await prepare(starting)
    expected = await state_of(database)
    assert all(showing["over_at"] for showing in expected["showings"])
    assert sum(bool(showing.get("booked_by")) for showing in expected["showings"]) == 2
    await make_old(database, also_shape=shape)
    await disturbed(prepare(starting))
    assert await state_of(database) == expected


STEPS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "whether the shape is the present one": ("find", "meta", NO_PRIMARY),
    "a validator": ("collMod", "tickets", INTERRUPTED),
    "an index": ("createIndexes", "tickets", INTERRUPTED),
    "the hub's own stream": ("update", "streams", NOT_ACKNOWLEDGED),
    "the events without ends": ("find", "events", NO_PRIMARY),
    "the showings of one": ("find", "showings", NO_PRIMARY),
    "the end of a showing": ("update", "showings", NOT_ACKNOWLEDGED),
    "an event whose ends are kept": ("update", "events", NOT_ACKNOWLEDGED),
    "the seats by product": ("aggregate", "tickets", NO_PRIMARY),
    "that a step is done": ("update", "meta", NOT_ACKNOWLEDGED),
    "whether there is an owner": ("find", "users", NO_PRIMARY),
    "the first owner": ("findAndModify", "users", NOT_ACKNOWLEDGED),
}


@pytest.mark.parametrize(("command", "collection", "how"), STEPS.values(), ids=STEPS)
@pytest.mark.gen_test
async def test_a_step_that_meets_an_election_is_taken_again(
    api: Api, hub: Hub, starting: Settings, mongod_uri: str, command: str, collection: str, how: dict[str, Any]
) -> None:
    namespace = f"{starting.database}.{collection}"

    times = 1 if command == "findAndModify" else 2  # there is an owner then, written if not acknowledged

    async def fails(migration: Awaitable[Any]) -> None:
        with failing(mongod_uri, command, APP, times=times, namespace=namespace, **how) as point:
            await migration
        assert point.times == times

    is_of_shape = command in ("collMod", "createIndexes")
    await migrated_alike(api, hub, starting, fails, shape=is_of_shape)


@pytest.mark.parametrize(("command", "collection"), [("update", "showings"), ("createIndexes", "tickets")])
@pytest.mark.gen_test
async def test_a_primary_that_steps_down_in_the_middle_of_a_step_breaks_no_start(
    api: Api, hub: Hub, starting: Settings, mongod_uri: str, command: str, collection: str
) -> None:
    under_way: dict[str, Any] = {"blockConnection": True, "blockTimeMS": 1000}

    async def steps_down(migration: Awaitable[Any]) -> None:
        namespace = f"{starting.database}.{collection}"
        with failing(mongod_uri, command, APP, namespace=namespace, **under_way) as point:
            started = asyncio.ensure_future(migration)
            await asyncio.to_thread(point.wait)
            await asyncio.to_thread(step_down, mongod_uri)
            await started

    await migrated_alike(api, hub, starting, steps_down, shape=command == "createIndexes")
