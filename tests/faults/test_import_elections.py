"""Elections during an import: each step that one interrupts is taken again, and each ticket is there once."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from msgspec.structs import replace
from pymongo import MongoClient
from pymongo.errors import AutoReconnect

from hub.app import Hub
from hub.errors import Unavailable
from hub.settings import Settings
from tests.api import Api
from tests.faults.fail_points import failing
from tests.handlers.importing import a_file, end, import_file, many, send
from tests.jobs.second_hub import entries

APP = "a hub that imports"
COUNT = 40
SHOWING = {"date": "2026-12-24", "time": "20:30", "capacity": 1000}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """With an application's name for fail points."""
    return replace(settings, mongodb_uri=f"{settings.mongodb_uri}&appName={APP.replace(' ', '%20')}")


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stage ten tickets at a time."""
    monkeypatch.setattr("hub.importing.importer.CHUNK", 10)


def step_down(uri: str) -> None:
    """Let the primary step down, and be elected again."""
    with MongoClient[dict[str, Any]](uri) as client, contextlib.suppress(AutoReconnect):
        client.admin.command("replSetStepDown", 3, force=True)


async def is_whole(api: Api, hub: Hub, event: Any, ended: Any) -> None:
    """Check that each ticket of the file is there once, and counted once."""
    assert (ended["state"], ended["added"]) == ("completed", COUNT), ended
    found = (await api.admin.get(f"/api/tickets?event={event['uuid']}&limit=1000")).body
    assert Counter(ticket["name"] for ticket in found) == Counter(f"Ada {number} Lovelace" for number in range(COUNT))
    assert (await api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body["booked"] == COUNT
    [showing] = (await api.admin.get(f"/api/showings?event={event['uuid']}")).body
    assert showing["capacity"] - showing["left"] == COUNT
    assert len(await entries(hub, event["uuid"], "import.started")) == 1
    assert len(await entries(hub, event["uuid"], "import.completed")) == 1
    gate = await api.make_device(event)
    codes = [(await gate.scan(f"B{number:06}")).body["code"] for number in (0, COUNT - 1, COUNT)]
    assert codes == ["admitted", "admitted", "invalid_code"]


def before_the_second(step: Callable[[], Awaitable[None]], then: Callable[..., Awaitable[Any]]) -> Any:
    """Return what runs as `then` does, but for a step before its second call."""
    calls = Counter[str]()

    async def run(*args: Any) -> Any:
        calls["all"] += 1
        if calls["all"] == 2:
            await step()
        return await then(*args)

    return run


@pytest.mark.gen_test
async def test_staging_goes_on_after_the_primary_stepped_down(
    api: Api, hub: Hub, mongod_uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = await api.make_event(showings=[SHOWING])

    async def elect() -> None:
        await asyncio.to_thread(step_down, mongod_uri)

    rest = before_the_second(elect, hub.importer.rest)
    monkeypatch.setattr(hub.importer, "rest", rest)
    await is_whole(api, hub, event, await import_file(api.admin, event, many(COUNT)))


LOST: dict[str, dict[str, Any]] = {
    "written, and not acknowledged": {"writeConcernError": {"code": 11602, "errmsg": "operation was interrupted"}},
    "no primary any more": {"errorCode": 10107},
    "cut off": {"closeConnection": True},
}


@pytest.mark.parametrize("collection", ["tickets", "reservations"])
@pytest.mark.parametrize("how", LOST.values(), ids=LOST)
@pytest.mark.gen_test
async def test_a_chunk_whose_answer_is_lost_is_staged_once(
    api: Api, hub: Hub, mongod_uri: str, how: dict[str, Any], collection: str
) -> None:
    event = await api.make_event(showings=[SHOWING])
    namespace = f"{hub.settings.database}.{collection}"
    with failing(mongod_uri, "insert", APP, times=5, namespace=namespace, **how) as point:
        ended = await import_file(api.admin, event, many(COUNT))
    assert point.times == 5
    await is_whole(api, hub, event, ended)


@pytest.mark.gen_test
async def test_a_ticket_that_is_there_meanwhile_is_a_duplicate_also_when_its_chunk_is_staged_again(
    api: Api, hub: Hub, mongod_uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = await api.make_event(showings=[SHOWING])
    await import_file(api.admin, event, a_file("OTHER,Eva,Example"))
    known = hub.store.imports.known

    async def nothing(event_id: str, identities: Any) -> Any:
        return [] if ("barcode", "OTHER") in identities else await known(event_id, identities)

    monkeypatch.setattr(hub.store.imports, "known", nothing)  # as if it had come after the check
    file = a_file("OTHER,Bob,Example", "NEW,Cleo,Example")
    namespace, how = f"{hub.settings.database}.tickets", LOST["written, and not acknowledged"]
    with failing(mongod_uri, "insert", APP, times=3, namespace=namespace, **how) as point:
        ended = await import_file(api.admin, event, file)
    assert (point.times, ended["state"], ended["error"]["code"]) == (3, "failed", "duplicate")
    assert [(each["row"], each["column"]) for each in ended["error"]["rows_refused"]] == [(2, "barcode")]
    found = (await api.admin.get(f"/api/tickets?event={event['uuid']}")).body
    assert [ticket["name"] for ticket in found] == ["Eva Example"]


@pytest.mark.parametrize("is_written", [False, True], ids=["nothing was written", "the answer was lost"])
@pytest.mark.gen_test
async def test_an_import_whose_start_has_no_answer_is_begun_once(
    api: Api, hub: Hub, monkeypatch: pytest.MonkeyPatch, is_written: bool
) -> None:
    event = await api.make_event(showings=[SHOWING])
    append, lost = hub.store.journal.append, Counter[str]()

    async def unanswered(stream: str, command: Any) -> Any:
        name = type(command).__name__
        lost[name] += 1
        if name != "StartImport" or lost[name] > 2:
            return await append(stream, command)
        if is_written:
            await append(stream, command)
        raise Unavailable

    monkeypatch.setattr(hub.store.journal, "append", unanswered)
    begun = await send(api.admin, event, many(COUNT))
    ended = await end(api.admin, begun)
    assert lost["StartImport"] == 3
    await is_whole(api, hub, event, ended)
