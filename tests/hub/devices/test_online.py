"""Presence: which devices are on a socket, on any process; and which fell silent, journaled once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest

from hub.app import Hub
from hub.clock import SettableClock
from hub.devices import online
from hub.devices.online import OnlineDevices
from hub.model.access import Attendance
from hub.model.journal import Entry
from hub.settings import Settings
from tests.api import Api
from tests.eventually import eventually
from tests.handlers.live.sse_client import Watcher, watching

A_STEP = timedelta(seconds=10)
MINUTE = 60


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(online, "TICK_S", 0.05)


@pytest.fixture
def settings(settings: Settings, quick: None) -> Settings:
    return settings


async def the_device(api: Api, event: Any) -> Any:
    [device] = (await api.admin.get(f"/api/devices?event={event['uuid']}")).body
    return device


async def becomes(api: Api, event: Any, is_online: bool) -> Any:
    async def found() -> Any:
        device = await the_device(api, event)
        return device["online"] is is_online and device

    return await eventually(found)


async def alerts(hub: Hub, event: Any, count: int) -> list[Entry]:
    found: list[Entry] = []

    async def enough() -> bool:
        entries = await hub.store.journal.read(event["uuid"], 0)
        found[:] = [entry for entry in entries if entry.kind in ("device.silent", "device.back")]
        return len(found) >= count

    await eventually(enough)
    return found


def process_with(hub: Hub, here: dict[str, str | None]) -> OnlineDevices:
    """Another process as the registry sees it, with the devices `here` on its sockets."""
    store = hub.store
    return OnlineDevices(
        store.attendances,
        store.alerts,
        store.journal,
        hub.clock,
        process="p2",
        here=lambda: here,
        changed=lambda events: None,
        silent_after_s=hub.settings.silent_after_s,
    )


async def pass_time(clock: SettableClock, *processes: OnlineDevices, seconds: int = 2 * MINUTE) -> None:
    """Let time pass as it does: in every process there is a round now and then."""
    for _ in range(0, seconds, A_STEP.seconds):
        clock.advance(A_STEP)
        await eventually(lambda: all(process.looked_at == clock.now() for process in processes))


@asynccontextmanager
async def another_process(settings: Settings, clock: SettableClock) -> AsyncIterator[Hub]:
    other = Hub(settings, clock)
    await other.start()
    try:
        yield other
    finally:
        await other.stop()


@asynccontextmanager
async def on_a_socket(device: Api, event: Any) -> AsyncIterator[Watcher]:
    async with watching(device, event["uuid"]) as watcher:
        await watcher.hear("snapshot")
        yield watcher


@pytest.mark.gen_test
async def test_device_is_online_while_its_socket_lives(api: Api, clock: SettableClock) -> None:
    event = await api.make_event()
    device = await api.make_device(event)
    assert (await the_device(api, event))["online"] is False
    async with on_a_socket(device, event):
        assert (await becomes(api, event, True))["online_since"] == clock.now().isoformat()
    assert (await becomes(api, event, False))["online_since"] is None


@pytest.mark.gen_test
async def test_dashboard_sees_who_comes_and_goes(api: Api) -> None:
    event = await api.make_event()
    device = await api.make_device(event)
    async with watching(api.admin, event["uuid"]) as dashboard:
        [shown] = (await dashboard.hear("snapshot")).data["state"]["devices"]
        assert (shown["door"], shown["online"]) == (event["doors"][0]["id"], False)
        async with on_a_socket(device, event):
            [shown] = (await dashboard.hear("devices")).data["devices"]
            assert shown["online"] and shown["since"]
        while shown["online"]:  # what a device reports of itself is an update, too
            [shown] = (await dashboard.hear("devices")).data["devices"]


@pytest.mark.gen_test
async def test_every_process_knows_whom_another_serves(
    api: Api, hub: Hub, settings: Settings, clock: SettableClock
) -> None:
    event = await api.make_event()
    device = await api.make_device(event)
    async with another_process(settings, clock) as other, on_a_socket(device, event):
        uuid = (await becomes(api, event, True))["uuid"]
        assert (await other.online.devices()).keys() == {uuid}
        view = await other.wiring.event_view(event["uuid"])
        assert view is not None and view.devices[0].online


@pytest.mark.gen_test
async def test_device_of_a_process_that_died_is_offline_soon_and_silent_later(
    api: Api, hub: Hub, clock: SettableClock
) -> None:
    event = await api.make_event()
    await api.make_device(event)
    uuid = (await the_device(api, event))["uuid"]
    now = clock.now()
    left = Attendance(id=f"p2/{uuid}", device=uuid, event=event["uuid"], since=now, until=now + online.LASTS)
    await hub.store.attendances.write([left])
    await becomes(api, event, True)
    await pass_time(clock, hub.online, seconds=20)
    await becomes(api, event, False)
    assert not await alerts(hub, event, 0)
    await pass_time(clock, hub.online)
    [silent] = await alerts(hub, event, 1)
    assert (silent.kind, silent.device, silent.door) == ("device.silent", uuid, event["doors"][0]["id"])


@pytest.mark.gen_test
async def test_silence_and_return_are_told_once_by_however_many_processes(
    api: Api, hub: Hub, settings: Settings, clock: SettableClock
) -> None:
    event = await api.make_event()
    device = await api.make_device(event)
    async with another_process(settings, clock) as second, another_process(settings, clock) as third:
        for told in (2, 4):
            async with on_a_socket(device, event):
                await becomes(api, event, True)
            await becomes(api, event, False)
            await pass_time(clock, hub.online, second.online, third.online)
            await alerts(hub, event, told - 1)
            async with on_a_socket(device, event):
                await alerts(hub, event, told)
        found = await alerts(hub, event, 4)
        assert [one.kind for one in found] == ["device.silent", "device.back"] * 2


@pytest.mark.gen_test
async def test_device_that_changes_its_process_is_not_silent(api: Api, hub: Hub, clock: SettableClock) -> None:
    event = await api.make_event()
    device = await api.make_device(event)
    uuid = (await the_device(api, event))["uuid"]
    here: dict[str, str | None] = {uuid: event["uuid"]}
    other = process_with(hub, here)
    other.start()
    async with on_a_socket(device, event):
        await becomes(api, event, True)
        await pass_time(clock, hub.online, other, seconds=20)
        here.clear()
        await pass_time(clock, hub.online, other)
        assert (await the_device(api, event))["online"]
        assert not await alerts(hub, event, 0)
    await other.stop()


@pytest.mark.gen_test
async def test_archived_device_is_missed_by_nobody(api: Api, hub: Hub, clock: SettableClock) -> None:
    event = await api.make_event()
    device = await api.make_device(event)
    async with on_a_socket(device, event) as watcher:
        uuid = (await becomes(api, event, True))["uuid"]
        await api.admin.post(f"/api/devices/{uuid}/archive")
        await watcher.until_end()
    await pass_time(clock, hub.online)
    assert not await alerts(hub, event, 0)
