"""A control: with the guard switched off the tests see two doors both say yes, so they would see it in the product."""

import asyncio
from contextlib import closing
from typing import TypeVar

import pytest

from hub.app import Hub
from hub.model.access import Device
from hub.model.base import Document
from hub.model.command import Command, UnitOfWork
from hub.model.event import Event
from hub.model.journal import Stream
from store.mongo.connection import Database, connect, open_database
from store.mongo.documents import COLLECTIONS, from_bson, to_bson
from tests.api import Api

T = TypeVar("T")


class Unguarded:
    """A journal that reads, decides and writes without a transaction: as one would at first thought."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def append(self, stream: str, command: Command[T]) -> T:
        documents: dict[tuple[type[Document], str], Document] = {}
        for kind, document_id in command.reads():
            found = await self._database[COLLECTIONS[kind]].find_one({"_id": document_id})
            if found is not None:
                documents[kind, document_id] = from_bson(found, kind)
        devices = [from_bson(device, Device) for device in await self._database.devices.find().to_list(None)]
        book = UnitOfWork(
            stream=from_bson(await self._database.streams.find_one({"_id": stream}) or {}, Stream),
            event=from_bson(await self._database.events.find_one({"_id": stream}) or {}, Event),
            devices={device.id: device for device in devices},
            documents=documents,
            now=devices[0].created_at,
            batch="control",
        )
        change = command.decide(book)
        for document in change.put:
            collection = self._database[COLLECTIONS[type(document)]]
            written = to_bson(document)
            await collection.replace_one({"_id": written["_id"]}, written, upsert=True)
        return change.answer


async def admissions(gates: list[Api], code: str) -> int:
    answers = await asyncio.gather(*[gate.scan(code) for gate in gates])
    return sum(answer.body["code"] == "admitted" for answer in answers)


@pytest.mark.gen_test
async def test_without_the_guard_several_doors_admit_one_ticket_and_with_it_one_does(
    api: Api, hub: Hub, mongod_uri: str, database_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = await api.make_event()
    gates = [await api.make_device(event, n % 2) for n in range(8)]
    tickets = await api.book(event, 20)
    database = open_database(connect(mongod_uri), database_name)
    with monkeypatch.context() as without_guard, closing(database.client):
        without_guard.setattr(hub.store.journal, "append", Unguarded(database).append)
        unguarded = [await admissions(gates, ticket["code"]) for ticket in tickets[:10]]
    assert max(unguarded) > 1
    assert [await admissions(gates, ticket["code"]) for ticket in tickets[10:]] == [1] * 10
