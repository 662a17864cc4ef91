"""Transactions within a time: whatever they wait for is part of it."""

import time

import pytest
from pymongo import MongoClient
from pymongo.client_session import ClientSession

from hub.errors import Unavailable
from store.mongo.connection import Database
from store.mongo.transaction import Transactions


def test_a_wait_before_the_first_try_is_part_of_the_time_that_there_is(database: Database) -> None:
    client: MongoClient[dict[str, object]] = database.client.delegate
    transactions = Transactions(client, within_s=0.05)

    def work(session: ClientSession) -> None:
        time.sleep(0.01)  # a try that is late gets a millisecond
        client[database.name].streams.find_one({}, session=session)

    with pytest.raises(Unavailable):
        transactions.run(work, wait_first=lambda: time.sleep(0.06))
    transactions.close()


def test_a_wait_that_breaks_leaves_the_rest_to_a_try(database: Database) -> None:
    client: MongoClient[dict[str, object]] = database.client.delegate
    transactions = Transactions(client)

    def breaks() -> None:
        client[database.name].command("no such command")

    assert transactions.run(lambda _: "done", wait_first=breaks) == "done"
    transactions.close()
