"""Writes that an election leaves unacknowledged are `Unavailable`, whatever form the driver gives them."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from pymongo import UpdateOne
from tornado.ioloop import IOLoop

from hub.errors import Unavailable
from store.collections.access import Challenges, LoginSteps
from store.mongo.connection import Database
from store.mongo.errors import driver_errors
from store.mongo.leases import Leases
from tests.a_database import a_connection
from tests.commands import NOON
from tests.faults.fail_points import failing

APP = "elections"
UNACKNOWLEDGED = {"writeConcernError": {"code": 11602, "errmsg": "operation was interrupted"}}
LABELLED = {**UNACKNOWLEDGED, "errorLabels": ["RetryableWriteError"]}


@pytest.fixture
def database(mongod_uri: str, prepared_database: str, io_loop: IOLoop) -> Iterator[Database]:
    with a_connection(f"{mongod_uri}&appName={APP}", prepared_database, io_loop) as database:
        yield database


CHANGES: dict[str, Callable[[Database], Awaitable[Any]]] = {
    "a lease": lambda database: Leases(database, "h1").take("tested", NOON, timedelta(seconds=1)),
    "a login's step": lambda database: LoginSteps(database).count_try("s1", NOON),
    "a passkey's challenge": lambda database: Challenges(database).take("c1", NOON),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("how", [UNACKNOWLEDGED, LABELLED], ids=["plain", "labelled"])
@pytest.mark.gen_test
async def test_a_find_and_modify_that_is_not_acknowledged_is_unavailable(
    database: Database, mongod_uri: str, change: Callable[[Database], Awaitable[Any]], how: dict[str, Any]
) -> None:
    with failing(mongod_uri, "findAndModify", APP, times=None, **how) as point:
        with pytest.raises(Unavailable):
            await change(database)
    assert point.times


@pytest.mark.gen_test
async def test_a_bulk_write_that_is_not_acknowledged_is_unavailable(database: Database, mongod_uri: str) -> None:
    with failing(mongod_uri, "update", APP, times=None, **UNACKNOWLEDGED) as point:
        with pytest.raises(Unavailable), driver_errors():
            change = UpdateOne({"_id": "bulk"}, {"$set": {"holder": "h1", "until": NOON}}, upsert=True)
            await database.leases.bulk_write([change], ordered=False)
    assert point.times
