"""Watching by Server-Sent Events: the same entries, in the same order, with the same rights as on a socket."""

import asyncio
import socket

import pytest
from msgspec.structs import replace
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application

from hub.app import Hub
from hub.settings import Settings
from tests.api import Api
from tests.eventually import PATIENCE_S, eventually
from tests.handlers.live.sse_client import Event, Watcher, watching
from tests.handlers.pages.test_pages import log_out, logged_in


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, live=replace(settings.live, outbox_frames=20))


@pytest.fixture(autouse=True)
def quick_heartbeat(hub: Hub) -> None:
    hub.live.limits = replace(hub.live.limits, heartbeat_s=0.2)


async def seqs(watcher: Watcher, upto: int) -> list[int]:
    """Read updates until number `upto`; return all numbers."""
    heard: list[int] = []
    while not heard or heard[-1] < upto:
        event = await watcher.hear("updates")
        first, items = event.data["first"], event.data["items"]
        heard += range(first, first + len(items))
        assert event.id == f"{event.data['epoch']}:{heard[-1]}"
    return heard


@pytest.mark.gen_test
async def test_watcher_gets_a_snapshot_and_then_what_happens(api: Api) -> None:
    event = await api.make_event()
    async with watching(api.admin, event["uuid"]) as watcher:
        assert (watcher.status, watcher.headers["content-type"]) == (200, "text/event-stream")
        assert watcher.headers["cache-control"] == "no-store"
        assert (await watcher.hear("subscribed")).data["recovered"] is False
        snapshot = await watcher.hear("snapshot")
        epoch, seq = snapshot.data["epoch"], snapshot.data["seq"]
        assert snapshot.id == f"{epoch}:{seq}"
        await api.book(event, 3)
        heard: dict[str, Event] = {}
        while heard.keys() < {"updates", "occupancy"}:
            async with asyncio.timeout(PATIENCE_S):
                told = await watcher.next()
            heard.setdefault(told.name, told)
        assert heard["updates"].data["first"] == seq + 1
        assert (heard["occupancy"].id, heard["occupancy"].data["booked"]) == (None, 3)


@pytest.mark.gen_test
async def test_last_event_id_resumes_without_gap_or_repeat(api: Api) -> None:
    event = await api.make_event()
    async with watching(api.admin, event["uuid"]) as watcher:
        snapshot = (await watcher.hear("snapshot")).data
    device = await api.make_device(event)
    codes = [ticket["code"] for ticket in await api.book(event, 5)]
    for code in codes:
        await device.scan(code)
    seq = (await api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body["seq"]
    for last in (f"{snapshot['epoch']}:{snapshot['seq']}", str(snapshot["seq"])):
        async with watching(api.admin, event["uuid"], Last_Event_ID=last) as watcher:
            assert (await watcher.hear("subscribed")).data["recovered"] is True
            assert await seqs(watcher, seq) == [*range(snapshot["seq"] + 1, seq + 1)]


@pytest.mark.parametrize("last", ["other:1", "1000", "nonsense", "-1", ":"])
@pytest.mark.gen_test
async def test_position_that_cannot_be_recovered_gets_a_snapshot(api: Api, last: str) -> None:
    event = await api.make_event()
    async with watching(api.admin, event["uuid"], Last_Event_ID=last) as watcher:
        assert (await watcher.hear("subscribed")).data["recovered"] is False
        await watcher.hear("snapshot")


@pytest.mark.gen_test
async def test_who_may_not_follow_is_told_as_problem_json(api: Api) -> None:
    event, other = await api.make_event(), await api.make_event(name="Other")
    device = await api.make_device(event)
    refusals = [
        (api, event["uuid"], "", 401),
        (api.with_key("nobody.0123456789abcdef0123456789abcdef"), event["uuid"], "", 403),
        (device, other["uuid"], "", 403),
        (device, "hub", "", 403),
        (api.admin, "no-such-event", "", 404),
        (api, event["uuid"], f"?api_key={device.key}", 400),
    ]
    for who, followed, query, status in refusals:
        async with watching(who, followed, query) as watcher:
            assert watcher.status == status
            assert watcher.headers["content-type"] == "application/problem+json"


@pytest.mark.gen_test
async def test_scanner_watches_its_event_without_names(api: Api) -> None:
    event = await api.make_event()
    device = await api.make_device(event)
    code = (await api.book(event))[0]["code"]
    async with watching(device, event["uuid"]) as scanner, watching(api.admin, event["uuid"]) as organiser:
        await scanner.hear("snapshot")
        await organiser.hear("snapshot")
        await device.scan(code)
        assert "name" not in (await scanner.hear("updates")).data["items"][0]["data"]
        assert (await organiser.hear("updates")).data["items"][0]["data"]["name"]


@pytest.mark.gen_test
async def test_login_watches_until_it_ends(api: Api) -> None:
    event = await api.make_event()
    inside = await logged_in(api)
    async with watching(inside, event["uuid"]) as watcher:
        await watcher.hear("snapshot")
        await log_out(inside)
        async with asyncio.timeout(PATIENCE_S):
            await watcher.until_end()
    async with watching(inside, event["uuid"]) as watcher:
        assert watcher.status == 401


@pytest.mark.gen_test
async def test_heartbeat_is_a_comment_and_keeps_the_watcher(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    async with watching(api.admin, event["uuid"]) as watcher:
        await watcher.hear("snapshot")
        hearing = asyncio.create_task(watcher.hear("updates"))
        await eventually(lambda: len(watcher.comments) >= 3)
        await api.book(event)
        await hearing
        assert set(watcher.comments) == {"still here"}
    await sockets_become(hub, 0)


@pytest.mark.gen_test
async def test_archived_device_watches_no_more(api: Api) -> None:
    event = await api.make_event()
    device = await api.make_device(event)
    async with watching(device, event["uuid"]) as watcher:
        await watcher.hear("snapshot")
        uuid = (await api.admin.get(f"/api/devices?event={event['uuid']}")).body[0]["uuid"]
        await api.admin.post(f"/api/devices/{uuid}/archive")
        async with asyncio.timeout(PATIENCE_S):
            await watcher.until_end()


@pytest.mark.gen_test
async def test_draining_process_sends_watchers_away_at_random_moments(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    async with watching(api.admin, event["uuid"]) as watcher:
        await watcher.hear("snapshot")
        draining = asyncio.create_task(hub.live.drain())
        await watcher.until_end()
        assert 0 <= watcher.retry_ms <= 200
        await draining
    async with watching(api.admin, event["uuid"]) as watcher:
        assert watcher.status == 503


@pytest.mark.gen_test
async def test_watcher_that_reads_nothing_is_dropped_and_delays_nobody(
    api: Api, app: Application, hub: Hub, request: pytest.FixtureRequest
) -> None:
    event = await api.make_event()
    listening, port = bind_unused_port()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    server = HTTPServer(app)
    request.addfinalizer(server.stop)
    server.add_socket(listening)
    deaf = socket.socket()
    request.addfinalizer(deaf.close)
    deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    deaf.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(deaf, ("127.0.0.1", port))
    head = f"GET /api/events/{event['uuid']}/live HTTP/1.1\r\nHost: x\r\nAuthorization: Api-Key {api.admin.key}\r\n\r\n"
    await loop.sock_sendall(deaf, head.encode())
    async with watching(api.admin, event["uuid"]) as quick:
        await quick.hear("snapshot")
        await sockets_become(hub, 2)
        number = 0
        while hub.live.sockets == 2:
            number += 1
            assert number < 300
            recount = {"inside": number, "reason": "counted by hand " * 10}
            await api.admin.post(f"/api/events/{event['uuid']}/recount", recount)
            async with asyncio.timeout(PATIENCE_S):
                await quick.hear("updates")


async def sockets_become(hub: Hub, count: int) -> None:
    await eventually(lambda: hub.live.sockets == count)
