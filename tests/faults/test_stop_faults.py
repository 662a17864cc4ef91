"""A stop while doors scan: what is under way is answered, sockets are sent elsewhere, connections say that they end."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from pymongo.database import Database as RawDatabase
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from handlers import server
from handlers.server import serve_worker
from hub.live.protocol import CloseCode
from hub.live_limits import LiveLimits
from hub.process.bootstrap import prepare
from hub.settings import Settings
from jobs.schedule import Schedule
from tests.api import Api
from tests.eventually import PATIENCE_S, eventually
from tests.faults.fail_points import failing
from tests.ports import free_port

APP = "a hub that stops"
SLOWLY: dict[str, Any] = {"blockConnection": True, "blockTimeMS": 500}


@asynccontextmanager
async def serving(settings: Settings) -> AsyncIterator[tuple[Api, asyncio.Event]]:
    """Serve a prepared hub as its worker does; yields its client and what stops it, and waits for its end."""
    uri = f"{settings.mongodb_uri}&appName={APP.replace(' ', '%20')}"
    settings = replace(settings, port=free_port(), mongodb_uri=uri, live=LiveLimits(drain_s=0.3))
    await prepare(settings)
    stop = asyncio.Event()
    worker = asyncio.create_task(serve_worker(settings, stop))
    api = Api(f"http://127.0.0.1:{settings.port}")
    try:
        await eventually(lambda: _is_ready(api))
        yield api, stop
    finally:
        stop.set()
        await worker


async def _is_ready(api: Api) -> bool:
    try:
        return (await api.get("/readyz")).status == 200
    except OSError:
        return False


@pytest.mark.parametrize("fast_path", [True, False], ids=["fast path", "ordinary way"])
@pytest.mark.gen_test
async def test_a_scan_over_http_that_is_under_way_at_the_stop_is_answered_and_its_connection_ends(
    settings: Settings, mongod_uri: str, raw_database: RawDatabase[dict[str, Any]], fast_path: bool
) -> None:
    async with serving(replace(settings, scan_fast_path=fast_path)) as (api, stop):
        event = await api.make_event()
        door = await api.make_device(event)
        [ticket] = await api.book(event)
        with failing(mongod_uri, "commitTransaction", APP, **SLOWLY) as point:
            scan = asyncio.create_task(door.scan(ticket["code"], nonce="under way"))
            await asyncio.to_thread(point.wait)
            stop.set()
            answer = await scan
        assert "code" in answer.body
        assert answer.headers["Connection"] == "close"
    assert [entry["nonce"] for entry in raw_database.journal.find({"nonce": {"$exists": True}})] == ["under way"]


@pytest.mark.gen_test
async def test_sockets_that_stay_are_closed_with_4000_and_their_scans_are_answered(
    settings: Settings, mongod_uri: str
) -> None:
    async with serving(settings) as (api, stop):
        event = await api.make_event()
        door = await api.make_device(event)
        tickets = await api.book(event, 10)
        live = settings_url(api)
        sockets = [await connected(live, door) for _ in range(10)]
        with failing(mongod_uri, "commitTransaction", APP, **SLOWLY) as point:
            for number, (socket, ticket) in enumerate(zip(sockets, tickets, strict=True)):
                scan = {"type": "scan", "id": number, "qrcode_data": ticket["code"], "nonce": f"socket {number}"}
                await socket.write_message(msgspec.json.encode(scan))
            await asyncio.to_thread(point.wait)
            stop.set()
            heard = await asyncio.gather(*map(all_of, sockets))
    for number, frames in enumerate(heard):
        assert [each["id"] for each in frames if each["type"] == "result"] == [number]
        assert [each["within"] for each in frames if each["type"] == "draining"] == [0.3]
    assert {socket.close_code for socket in sockets} == {CloseCode.DRAINING}


@pytest.mark.gen_test
async def test_a_job_that_does_not_end_holds_up_no_stop_and_a_scan_under_way_is_answered(
    settings: Settings, mongod_uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "ANSWER_S", 0.1)
    monkeypatch.setattr(server, "REQUESTS_S", PATIENCE_S)
    monkeypatch.setattr(Schedule, "stop", lambda _: asyncio.Event().wait())
    async with serving(settings) as (api, stop):
        door = await api.make_device(event := await api.make_event())
        [ticket] = await api.book(event)
        with failing(mongod_uri, "commitTransaction", APP, blockConnection=True, blockTimeMS=2000) as point:
            scan = asyncio.create_task(door.scan(ticket["code"], nonce="under way"))
            await asyncio.to_thread(point.wait)
            stop.set()
            assert (await scan).body["code"] == "admitted"


def test_a_process_whose_hub_is_closed_ends_at_once_though_a_thread_goes_on() -> None:
    program = "import run, threading; threading.Thread(target=threading.Event().wait).start(); print('said'); "
    ended = subprocess.run(
        [sys.executable, "-c", program + "run._end_at_once()"],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        timeout=PATIENCE_S,
    )
    assert (ended.returncode, ended.stdout) == (0, b"said\n")


def settings_url(api: Api) -> str:
    return api.url.replace("http", "ws") + "/live"


async def connected(url: str, door: Api) -> WebSocketClientConnection:
    return await websocket_connect(HTTPRequest(url, headers={"Authorization": f"Api-Key {door.key}"}))


async def all_of(socket: WebSocketClientConnection) -> list[dict[str, Any]]:
    """Frames of a socket to its end."""
    frames = []
    async with asyncio.timeout(PATIENCE_S):
        while (text := await socket.read_message()) is not None:
            frames.append(msgspec.json.decode(text))
    socket.close()
    return frames
