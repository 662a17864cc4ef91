"""A change of a user that one process makes ends their logins at every other at once (booking-api.md, who may)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port

from handlers.application import make_application
from hub.app import Hub
from hub.live.protocol import CloseCode
from tests.api import Api
from tests.handlers.api.test_users import NEW, as_user, code_of, make, watch
from tests.jobs.second_hub import another_hub

pytestmark = pytest.mark.gen_test


@asynccontextmanager
async def another_process(hub: Hub) -> AsyncIterator[Api]:
    """Serve the same database a second time; yield its client."""
    async with another_hub(hub) as other:
        socket, port = bind_unused_port()
        server = HTTPServer(make_application(other))
        server.add_socket(socket)
        try:
            yield Api(f"http://127.0.0.1:{port}")
        finally:
            server.stop()
            await server.close_all_connections()


@pytest.mark.parametrize(
    "told", [{"role": "organiser"}, {"role": "owner"}, {"disabled": True}, {"password": NEW}], ids=str
)
async def test_change_of_a_user_ends_their_logins_and_sockets_at_the_other_process(
    api: Api, hub: Hub, told: dict[str, Any]
) -> None:
    async with another_process(hub) as other:
        made = await make(api, "vera", "viewer")
        vera, olga = await as_user(other, "vera"), await bystander(api, other)
        socket, untouched = await watch(vera), await watch(olga)
        assert (await vera.get("/api/me")).status == 200
        assert (await api.admin.request("PATCH", f"/api/users/{made['id']}", told)).status == 200
        assert (await vera.get("/api/me")).status == 401, "from the very next request on"
        assert await code_of(socket) == CloseCode.NO_LONGER_ALLOWED
        assert (await olga.get("/api/me")).status == 200, "nobody else is thrown out"
        assert untouched.close_code is None
        untouched.close()


async def bystander(api: Api, other: Api) -> Api:
    """Return somebody else's login at the other process."""
    await make(api, "olga", "organiser")
    return await as_user(other, "olga")


async def test_deleted_user_is_out_at_the_other_process(api: Api, hub: Hub) -> None:
    async with another_process(hub) as other:
        made = await make(api, "vera", "viewer")
        vera = await as_user(other, "vera")
        socket = await watch(vera)
        assert (await api.admin.request("DELETE", f"/api/users/{made['id']}")).status == 204
        assert (await vera.get("/api/me")).status == 401
        assert await code_of(socket) == CloseCode.NO_LONGER_ALLOWED


async def test_own_password_changed_at_one_process_ends_ones_logins_at_both(api: Api, hub: Hub) -> None:
    async with another_process(hub) as other:
        await make(api, "vera", "viewer")
        here, there = await asyncio.gather(as_user(api, "vera"), as_user(other, "vera"))
        sockets = [await watch(here), await watch(there)]
        asked = {"old": "a long enough password", "new": NEW}
        assert (await here.post("/api/me/password", asked)).status == 204
        assert [(await login.get("/api/me")).status for login in (here, there)] == [401, 401]
        assert [await code_of(socket) for socket in sockets] == [CloseCode.NO_LONGER_ALLOWED] * 2
        assert (await (await as_user(other, "vera", NEW)).get("/api/me")).status == 200


async def test_who_is_demoted_at_one_process_logs_in_at_the_other_with_the_new_role(api: Api, hub: Hub) -> None:
    async with another_process(hub) as other:
        made = await make(api, "olga", "organiser")
        await as_user(other, "olga")
        await api.admin.request("PATCH", f"/api/users/{made['id']}", {"role": "viewer"})
        again = await as_user(other, "olga")
        assert (await again.get("/api/me")).body["scopes"] == ["tickets:read"]
        assert (await again.get("/api/keys")).status == 403
