"""Who a key belongs to: remembered for a moment, looked up once for all who show it, and never after it has ended."""

import asyncio
from typing import Any

import pytest

from hub.access.authenticate import KNOWN_FOR_S, Authenticator
from hub.app import Hub
from hub.errors import NotAllowed
from hub.model.access import Device
from store.collections.devices import DeviceReader
from tests.api import Api

pytestmark = pytest.mark.gen_test(timeout=30)


class SlowDevices(DeviceReader):
    """The hub's own devices, whose answers are handed over when the test says so."""

    def __init__(self, hub: Hub) -> None:
        self._devices = hub.store.devices
        self.is_asked, self.may_answer = asyncio.Event(), asyncio.Event()
        self.asked = 0

    async def by_key(self, prefix: str) -> Device | None:
        self.asked += 1
        self.is_asked.set()
        found = await self._devices.by_key(prefix)
        await self.may_answer.wait()
        return found


class Desk:
    """People who are asked, with a time that the test moves."""

    def __init__(self, hub: Hub) -> None:
        self.devices = SlowDevices(hub)
        self.now_s = 0.0
        self.people = Authenticator(self.devices, hub.store.events, hub.store.keys, hub.clock, lambda: self.now_s)

    async def ask(self, key: str, times: int) -> "list[asyncio.Task[Any]]":
        """Ask so many times at once, until the first look-up waits for its answer."""
        asked = [asyncio.create_task(self.people.by_key(key)) for _ in range(times)]
        await self.devices.is_asked.wait()
        return asked


async def a_key(api: Api) -> str:
    device = await api.make_device(await api.make_event())
    assert device.key is not None
    return device.key


async def test_a_key_that_many_show_at_once_is_looked_up_once(hub: Hub, api: Api) -> None:
    key = await a_key(api)
    desk = Desk(hub)
    asked = await desk.ask(key, 64)
    desk.devices.may_answer.set()
    assert len({principal.id for principal in await asyncio.gather(*asked)}) == 1
    await desk.people.by_key(key)
    assert desk.devices.asked == 1


async def test_a_key_is_looked_up_again_when_its_moment_is_over(hub: Hub, api: Api) -> None:
    key = await a_key(api)
    desk = Desk(hub)
    desk.devices.may_answer.set()
    for moment in (0, KNOWN_FOR_S - 0.1, KNOWN_FOR_S, 2 * KNOWN_FOR_S - 0.1):
        desk.now_s = moment
        await desk.people.by_key(key)
    assert desk.devices.asked == 2


async def test_what_was_looked_up_before_a_change_is_not_believed_after_it(hub: Hub, api: Api) -> None:
    key = await a_key(api)
    desk = Desk(hub)
    [before] = await desk.ask(key, 1)
    principal = (await api.with_key(key).get("/scan/test_api/")).body["device_info"]
    assert (await api.admin.post(f"/api/devices/{principal['uuid']}/archive")).status == 200
    desk.people.forget()
    desk.devices.may_answer.set()
    assert (await before).id == principal["uuid"]
    with pytest.raises(NotAllowed, match="archived"):
        await desk.people.by_key(key)


async def test_one_who_goes_while_a_key_is_looked_up_takes_the_look_up_along_for_nobody(hub: Hub, api: Api) -> None:
    key = await a_key(api)
    desk = Desk(hub)
    first, second = await desk.ask(key, 2)
    first.cancel()
    desk.devices.may_answer.set()
    assert (await second).kind == "device"


async def test_a_key_that_is_none_is_refused_and_not_remembered(hub: Hub) -> None:
    people = Authenticator(hub.store.devices, hub.store.events, hub.store.keys, hub.clock, lambda: 0.0)
    for _ in range(3):
        with pytest.raises(NotAllowed):
            await people.by_key("0123456789ab.nobody")
    await asyncio.sleep(0)
    assert people._known == {}
