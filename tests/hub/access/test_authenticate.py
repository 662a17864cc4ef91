"""Authentication by key: cached for a moment, looked up once for all requests, and never after its end."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hub.access import authenticate
from hub.access.authenticate import KEY_OUTLIVES, KNOWN_FOR_S, Authenticator
from hub.app import Hub
from hub.clock import SettableClock
from hub.errors import NotAllowed
from hub.model.access import Device
from hub.secrets import token_hash
from store.collections.devices import DeviceReader
from store.collections.showings import Showings
from tests.api import ADMIN_KEY, Api

pytestmark = pytest.mark.gen_test


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


class CountedShowings(Showings):
    """The hub's own showings, which count how often their last end is asked for."""

    def __init__(self, hub: Hub) -> None:
        self._real = hub.store.showings
        self.asked = 0

    async def last_end(self, event_id: str) -> datetime | None:
        self.asked += 1
        return await self._real.last_end(event_id)


class Desk:
    """People who are asked, with a time that the test moves."""

    def __init__(self, hub: Hub) -> None:
        self.devices = SlowDevices(hub)
        self.now_s = 0.0
        self.people = Authenticator(
            self.devices, hub.store.events, hub.store.showings, hub.store.keys, hub.clock, lambda: self.now_s
        )

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
    people = Authenticator(
        hub.store.devices, hub.store.events, hub.store.showings, hub.store.keys, hub.clock, lambda: 0.0
    )
    for _ in range(3):
        with pytest.raises(NotAllowed):
            await people.by_key("0123456789ab.nobody")
    await asyncio.sleep(0)
    assert people.cached == 0


# --- a device's key ends 12 hours after its event, or after the last showing where one ends later -----------------

ENDS = datetime(2026, 12, 25, 1, 0, tzinfo=UTC)
"""When the event of these tests ends."""
MOMENT = timedelta(milliseconds=1)
NEXT_DAY = {"date": "2026-12-25", "time": "20:30", "capacity": 5}


@pytest.mark.parametrize(
    ("showing", "end"),
    [
        ({}, ENDS),
        ({"ends_at": "2026-12-24T23:00:00+01:00"}, ENDS),
        ({"ends_at": "2026-12-25T09:00:00+01:00"}, ENDS + timedelta(hours=7)),
        ({**NEXT_DAY, "ends_at": "2026-12-26T03:00:00+01:00"}, ENDS + timedelta(days=1, hours=1)),
        (NEXT_DAY, datetime(2026, 12, 25, 19, 30, tzinfo=UTC)),
    ],
    ids=["as its event", "before its event's end", "beyond it", "wholly after it", "after it, with no end known"],
)
async def test_a_key_lasts_until_half_a_day_after_the_end_of_its_event_and_of_all_showings(
    hub: Hub, api: Api, clock: SettableClock, showing: dict[str, Any], end: datetime
) -> None:
    first = {"date": "2026-12-24", "time": "20:30", "capacity": 5}
    showings = [first, showing] if "date" in showing else [first | showing]
    event = await api.make_event(showings=showings)
    device = await api.make_device(event)
    clock.set(end + KEY_OUTLIVES - MOMENT)
    assert (await hub.authenticator.by_key(str(device.key))).kind == "device"
    hub.authenticator.forget()
    clock.set(end + KEY_OUTLIVES)
    with pytest.raises(NotAllowed) as ended:
        await hub.authenticator.by_key(str(device.key))
    assert ended.value.code == "bad_key"


async def test_a_showing_that_is_added_later_brings_an_ended_key_back(hub: Hub, api: Api, clock: SettableClock) -> None:
    event = await api.make_event()
    device = await api.make_device(event)
    clock.set(ENDS + KEY_OUTLIVES)
    with pytest.raises(NotAllowed):
        await hub.authenticator.by_key(str(device.key))
    added = {**NEXT_DAY, "ends_at": "2026-12-26T03:00:00+01:00"}
    assert (await api.admin.post(f"/api/events/{event['uuid']}/showings", added)).status == 201
    assert (await hub.authenticator.by_key(str(device.key))).kind == "device"


async def test_showings_are_read_only_once_the_event_is_long_over(hub: Hub, api: Api, clock: SettableClock) -> None:
    showings = CountedShowings(hub)
    people = Authenticator(hub.store.devices, hub.store.events, showings, hub.store.keys, hub.clock, lambda: 0.0)
    key = await a_key(api)
    clock.set(ENDS + KEY_OUTLIVES - MOMENT)
    await people.by_key(key)
    assert showings.asked == 0


async def test_other_events_showings_keep_no_key(hub: Hub, api: Api, clock: SettableClock) -> None:
    device = await api.make_device(await api.make_event())
    await api.make_event(showings=[{**NEXT_DAY, "ends_at": "2026-12-26T03:00:00+01:00"}])
    clock.set(ENDS + KEY_OUTLIVES)
    with pytest.raises(NotAllowed):
        await hub.authenticator.by_key(str(device.key))


async def test_a_key_is_good_no_more_once_it_is_refused(hub: Hub, api: Api) -> None:
    key = await a_key(api)
    desk = Desk(hub)
    desk.devices.may_answer.set()
    principal = await desk.people.by_key(key)
    assert desk.people.was_good(key)
    assert (await api.admin.post(f"/api/devices/{principal.id}/archive")).status == 200
    desk.people.forget()
    with pytest.raises(NotAllowed):
        await desk.people.by_key(key)
    assert not desk.people.was_good(key)


async def test_a_process_that_begins_knows_the_good_keys_and_no_other(hub: Hub, api: Api) -> None:
    kept, archived, last = await a_key(api), await a_key(api), await a_key(api)
    principal = await hub.authenticator.by_key(archived)
    assert (await api.admin.post(f"/api/devices/{principal.id}/archive")).status == 200
    made, revoked = [(await api.admin.post("/api/keys", {"name": "k", "scopes": ["scan"]})).body for _ in range(2)]
    assert (await api.admin.post(f"/api/keys/{revoked['id']}/revoke")).status in (200, 204)
    store = hub.store
    people = Authenticator(store.devices, store.events, store.showings, store.keys, hub.clock, lambda: 0.0)
    assert not people.was_good(kept)
    await people.learn_good()
    good = {key: people.was_good(key) for key in (kept, archived, last, made["key"], revoked["key"], ADMIN_KEY)}
    assert good == {kept: True, archived: False, last: True, made["key"]: True, revoked["key"]: False, ADMIN_KEY: True}


async def test_of_very_many_keys_the_newest_are_known(hub: Hub, api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authenticate, "MOST_GOOD", 2)
    keys = [await a_key(api) for _ in range(3)]
    assert await hub.store.devices.newest_key_hashes(2) == [token_hash(key) for key in keys[1:]]
