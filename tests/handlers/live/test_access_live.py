"""Access to the live flow, over real sockets and Server-Sent Events: every credential, and its end."""

import asyncio
import json
from typing import Any

import pytest
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from hub.app import Hub
from hub.live.protocol import CloseCode
from hub.model.journal import HUB_STREAM
from tests.api import Api
from tests.eventually import PATIENCE_S
from tests.handlers.credentials import PASSWORD, Scene, Who, log_in, set_scene
from tests.handlers.live.sse_client import watching

FOLLOWING = ("tickets:read", "events:write", "scan")


def may_follow(who: Who, event: str) -> bool:
    """Whether a principal may follow, as booking-api.md and live-protocol.md have it."""
    if who.kind == "device":
        return event != HUB_STREAM and who.event in (None, event)
    if who.kind == "user":
        return event != HUB_STREAM or "admin" in who.scopes
    return "admin" in who.scopes or (event != HUB_STREAM and bool(who.scopes.intersection(FOLLOWING)))


def sees_names(who: Who) -> bool:
    return "tickets:read" in who.scopes or "names" in who.may


class Socket:
    """An open socket of `/live`."""

    def __init__(self, connection: WebSocketClientConnection) -> None:
        self._connection = connection

    @classmethod
    async def of(cls, url: str, who: Who) -> "Socket":
        headers = {"Origin": url, **who.headers}
        return cls(await websocket_connect(HTTPRequest(url.replace("http", "ws", 1) + "/live", headers=headers)))

    async def say(self, **fields: Any) -> None:
        await self._connection.write_message(json.dumps(fields))

    async def hear(self, *kinds: str) -> dict[str, Any]:
        """Return the next frame of one of `kinds`; {} where the socket closes before."""
        async with asyncio.timeout(PATIENCE_S):
            while (text := await self._connection.read_message()) is not None:
                frame: dict[str, Any] = json.loads(text)
                if frame["type"] in kinds:
                    return frame
        return {}

    async def closed(self) -> int | None:
        """Read on to the end; return the code it was closed with."""
        if self._connection.close_code is None:
            await self.hear("nothing")
        self.close()
        return self._connection.close_code

    def close(self) -> None:
        self._connection.close()


@pytest.mark.gen_test
async def test_each_credential_follows_what_it_may_and_sees_names_only_where_it_may(hub: Hub, api: Api) -> None:
    scene = await set_scene(hub, api)
    gate = next(who for name, who in scene.people.items() if name == "a device that may all")
    await api.post("/scan/ticket/", {"qrcode_data": scene.ticket["code"]}, **gate.headers)
    wrong = [text for name, who in scene.people.items() for text in await wrong_of(api, scene, name, who)]
    assert wrong == []


async def wrong_of(api: Api, scene: Scene, name: str, who: Who) -> list[str]:
    """Return what one credential gets that it should not, or does not get, in words."""
    if who.kind == "ticket":
        return []  # it says hello in a frame
    socket = await Socket.of(api.url, who)
    if who.kind in ("nobody", "bad", "archived"):
        return await wrong_of_stranger(socket, name, has_credential=bool(who.headers))
    await socket.hear("welcome")
    wrong = []
    for n, event in enumerate((scene.here["uuid"], scene.there["uuid"], HUB_STREAM)):
        await socket.say(type="subscribe", id=n, event=event)
        answer = await socket.hear("subscribed", "error")
        if (answer["type"] == "subscribed") != may_follow(who, event):
            wrong.append(f"{name} subscribes to {n}: {answer}")
        if answer["type"] == "subscribed" and event == scene.here["uuid"]:
            told = "Lovelace" in json.dumps(await socket.hear("snapshot"))
            wrong += [f"{name} sees names: {told}"] if told != sees_names(who) else []
    socket.close()
    return wrong


async def wrong_of_stranger(socket: Socket, name: str, *, has_credential: bool) -> list[str]:
    if not has_credential:
        await socket.say(type="subscribe", id=1, event=HUB_STREAM)
    frame = await socket.hear("welcome", "error", "subscribed")
    code = await socket.closed()
    is_refused = frame.get("type") == "error" and code == CloseCode.NOT_AUTHENTICATED
    return [] if is_refused else [f"{name}: {frame} {code}"]


# --- a ticket's holder --------------------------------------------------------------------------------------------


async def hello(api: Api, ticket: str, token: str) -> Socket:
    socket = await Socket.of(api.url, Who())
    await socket.say(type="hello", id=1, ticket=ticket, token=token)
    return socket


@pytest.mark.gen_test
async def test_holder_follows_their_own_ticket_and_nothing_else(api: Api) -> None:
    event = await api.make_event()
    mine, other = await api.book(event, 2)
    socket = await hello(api, mine["id"], mine["access_token"])
    assert (await socket.hear("ticket"))["ticket"] == mine["id"]
    await socket.say(type="subscribe", id=2, event=event["uuid"])
    assert (await socket.hear("subscribed", "error"))["code"] == "not_allowed"
    socket.close()
    stranger = await hello(api, other["id"], mine["access_token"])
    assert (await stranger.hear("error"))["code"] == "bad_key"
    assert await stranger.closed() == CloseCode.NOT_AUTHENTICATED


@pytest.mark.gen_test
async def test_reissue_closes_the_socket_of_the_old_link_and_never_tells_it_the_new_code(api: Api) -> None:
    event = await api.make_event()
    (ticket,) = await api.book(event)
    socket = await hello(api, ticket["id"], ticket["access_token"])
    await socket.hear("ticket")
    new = (await api.admin.post(f"/api/tickets/{ticket['id']}/reissue")).body
    assert new["code"] not in json.dumps(await socket.hear("ticket"))
    assert await socket.closed() == CloseCode.NO_LONGER_ALLOWED
    again = await hello(api, ticket["id"], new["access_token"])
    assert (await again.hear("ticket"))["ticket"] == ticket["id"]
    again.close()


@pytest.mark.gen_test
async def test_deleted_ticket_closes_its_socket(api: Api) -> None:
    (ticket,) = await api.book(await api.make_event())
    socket = await hello(api, ticket["id"], ticket["access_token"])
    await socket.hear("ticket")
    await api.admin.request("DELETE", f"/api/tickets/{ticket['id']}")
    assert await socket.closed() == CloseCode.NO_LONGER_ALLOWED


# --- Server-Sent Events -------------------------------------------------------------------------------------------


@pytest.mark.gen_test
async def test_watching_by_events_is_for_those_who_may_follow(hub: Hub, api: Api) -> None:
    scene = await set_scene(hub, api)
    wrong = []
    for name, who in scene.people.items():
        if who.kind not in ("device", "key", "user", "no csrf"):
            continue  # refused before anything else: test_access.py
        for event in (scene.here["uuid"], scene.there["uuid"]):
            async with watching(api, event, **who.headers) as watcher:
                if (watcher.status == 200) != may_follow(who, event):
                    wrong.append(f"{name}: {watcher.status}")
    assert wrong == []


@pytest.mark.parametrize("role", ["viewer", "door_lead"])
@pytest.mark.gen_test
async def test_user_of_one_event_who_reads_no_guests_gets_no_name_and_no_other_flow_on_the_socket(
    api: Api, role: str
) -> None:
    event, other = await api.make_event(), await api.make_event()
    here, there, again = [(await api.book(each))[0] for each in (event, other, event)]
    grants = [{"event": event["uuid"], "role": role}]
    user = {"username": "vera", "password": PASSWORD, "role": "staff", "must_change": False, "events": grants}
    assert (await api.admin.post("/api/users", user)).status == 201
    cookie, _ = await log_in(api, "vera")
    socket = await Socket.of(api.url, Who({"Cookie": cookie}, "user"))
    await socket.hear("welcome")
    refused: list[dict[str, Any]] = [
        {"type": "subscribe", "event": HUB_STREAM},
        {"type": "subscribe", "event": other["uuid"]},
        {"type": "subscribe", "event": "*"},
        {"type": "scan", "qrcode_data": here["code"]},
        {"type": "scan", "ticket_uuid": here["id"], "force": True, "reason": "x"},
        {"type": "check", "qrcode_data": here["code"]},
        {"type": "check", "qrcode_data": there["code"]},
        {"type": "undo", "ticket_uuid": there["id"], "seq": 1},
        {"type": "batch", "scans": []},
        {"type": "names", "event": event["uuid"]},
    ]
    for number, request in enumerate(refused):
        await socket.say(id=number, **request)
        reply = await socket.hear("error", "result", "subscribed")
        assert (reply["type"], reply["id"]) == ("error", number), (request, reply)
    await socket.say(type="subscribe", id=100, event=event["uuid"])
    frames = [await socket.hear("subscribed"), await socket.hear("snapshot")]
    gate = await api.make_device(event)
    assert [(await gate.scan(each["code"])).body["code"] for each in (here, there, again)] == [
        *("admitted", "wrong_event", "admitted")
    ]
    heard = 0
    while heard < 3:
        frames.append(await socket.hear("updates"))
        heard += sum("code" in item.get("data", {}) for item in frames[-1]["items"])
    assert not any(secret in json.dumps(frames) for secret in ("Lovelace", "Ada", "+33", here["code"]))
    await socket.say(type="hello", id=200, api_key="not.akey")
    assert (await socket.hear("error"))["code"] == "bad_key", "whose login it was is no more than before"
    assert await socket.closed() == CloseCode.NOT_AUTHENTICATED
