"""Elections during an export: what is half sent goes on, and holds each row once."""

import asyncio
from typing import Any

import pytest
from msgspec.structs import replace

from hub.settings import Settings
from store.collections import exports
from store.mongo.reading import read_documents
from tests.api import Api
from tests.faults.fail_points import failing
from tests.faults.test_import_elections import before_the_second, step_down

APP = "a hub that exports"
NO_PRIMARY: dict[str, Any] = {"errorCode": 10107}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """With an application's name for fail points."""
    return replace(settings, mongodb_uri=f"{settings.mongodb_uri}&appName={APP.replace(' ', '%20')}")


@pytest.mark.parametrize("collection", ["tickets", "reservations", "journal", "devices"])
@pytest.mark.gen_test
async def test_an_export_goes_on_after_an_election_with_each_row_once(
    api: Api, settings: Settings, mongod_uri: str, monkeypatch: pytest.MonkeyPatch, collection: str
) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 2)
    event = await api.make_event()
    gate = await api.make_device(event)
    for ticket in (tickets := await api.book(event, 5)):
        await gate.scan(ticket["code"])
    name = "scans" if collection in ("journal", "devices") else "tickets"
    path = f"/api/events/{event['uuid']}/{name}.csv"
    whole = (await api.admin.get(path)).raw
    namespace = f"{settings.database}.{collection}"
    with failing(mongod_uri, "find", APP, times=3, namespace=namespace, **NO_PRIMARY) as point:
        sent = await api.admin.get(path)
    assert point.times == 3
    assert (sent.status, sent.raw) == (200, whole)
    assert len(whole.splitlines()) == 1 + len(tickets)


@pytest.mark.gen_test
async def test_an_export_goes_on_after_the_primary_stepped_down_between_two_pages(
    api: Api, mongod_uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 2)
    event = await api.make_event()
    await api.book(event, 5)
    path = f"/api/events/{event['uuid']}/tickets.csv"
    whole = (await api.admin.get(path)).raw
    elected = asyncio.Event()

    async def elect() -> None:
        await asyncio.to_thread(step_down, mongod_uri)
        elected.set()

    monkeypatch.setattr(exports, "read_documents", before_the_second(elect, read_documents))
    sent = await api.admin.get(path)
    assert elected.is_set()
    assert (sent.status, sent.raw) == (200, whole)
