"""Revocation: sockets of an ended key or login close at once, on every process."""

import asyncio
import json
import re
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from typing import Any
from urllib.parse import urlencode

import pytest
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from hub.live.protocol import CloseCode
from tests.end_to_end.site import PASSWORD, USERNAME, Site
from tests.end_to_end.test_live_many import live_url
from tests.eventually import PATIENCE_S


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, site_database: dict[str, str]) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("revocation") / "data", HUB_PROCESSES="2", **site_database)
    yield site
    site.close()


def test_archived_device_is_out_on_every_process(site: Site) -> None:
    device, key = paired(site)
    asyncio.run(are_out(site, {"Authorization": f"Api-Key {key}"}, lambda: archive(site, device)))


def test_key_of_a_device_that_pairs_anew_is_out_on_every_process(site: Site) -> None:
    device, key = paired(site)
    link = site.call("POST", f"/api/devices/{device}/pairing")["pairing"]["url"]
    asyncio.run(are_out(site, {"Authorization": f"Api-Key {key}"}, lambda: site.pair(link)))


def test_revoked_key_is_out_on_every_process(site: Site) -> None:
    made = site.call("POST", "/api/keys", {"name": "script", "scopes": ["tickets:read"]})
    key, uuid = made["key"], made["id"]
    revoke = f"/api/keys/{uuid}/revoke"
    asyncio.run(are_out(site, {"Authorization": f"Api-Key {key}"}, lambda: site.call("POST", revoke)))


def test_login_that_ends_is_out_on_every_process(site: Site) -> None:
    cookie = log_in(site)
    asyncio.run(are_out(site, {"Cookie": cookie, "Origin": site.url}, lambda: log_out(site, cookie)))


async def are_out(site: Site, headers: dict[str, str], revoke: Callable[[], Any]) -> None:
    """Open sockets until each process has two, revoke, and see them all closed."""
    async with AsyncExitStack() as held:
        sockets: dict[str, list[WebSocketClientConnection]] = {}
        async with asyncio.timeout(PATIENCE_S):
            while len(sockets) < 2 or min(map(len, sockets.values())) < 2:
                connection = await websocket_connect(HTTPRequest(live_url(site), headers=headers))
                hub = json.loads(await connection.read_message() or "{}")["hub"]
                if len(sockets.setdefault(hub, [])) < 2:
                    sockets[hub].append(connection)
                    held.callback(connection.close)
                else:
                    connection.close()
                    await close_code(connection)
        ends = [
            asyncio.create_task(close_code(connection)) for all_there in sockets.values() for connection in all_there
        ]
        await asyncio.to_thread(revoke)
        # A second is promised, to a machine that does nothing else; the timer that checks sockets comes after 900.
        async with asyncio.timeout(PATIENCE_S):
            assert set(await asyncio.gather(*ends)) == {CloseCode.NO_LONGER_ALLOWED}


async def close_code(connection: WebSocketClientConnection) -> int | None:
    while await connection.read_message() is not None:
        pass
    return connection.close_code


def paired(site: Site) -> tuple[str, str]:
    event = site.make_event()
    key = site.pair(site.make_device(event))
    [device] = site.call("GET", f"/api/devices?event={event['uuid']}")
    return device["uuid"], key


def archive(site: Site, device: str) -> None:
    assert site.call("POST", f"/api/devices/{device}/archive")["archived"]


def log_in(site: Site) -> str:
    opener = urllib.request.build_opener(_Stay)
    form = urlencode({"username": USERNAME, "password": PASSWORD}).encode()
    with opener.open(urllib.request.Request(f"{site.url}/login", data=form)) as answer:
        return str(answer.headers["Set-Cookie"]).partition(";")[0]


def log_out(site: Site, cookie: str) -> None:
    with urllib.request.urlopen(urllib.request.Request(f"{site.url}/events", headers={"Cookie": cookie})) as page:
        csrf = re.search(r'name="csrf" value="([^"]+)"', page.read().decode())
    assert csrf is not None
    form = urlencode({"csrf": csrf[1]}).encode()
    opener = urllib.request.build_opener(_Stay)
    opener.open(urllib.request.Request(f"{site.url}/logout", data=form, headers={"Cookie": cookie})).close()


class _Stay(urllib.request.HTTPErrorProcessor):
    """Takes a redirect as an answer."""

    def http_response(self, request: Any, response: Any) -> Any:
        return response
