"""Getting in, staying, and being shown out."""

import asyncio

import pytest
from tornado.ioloop import IOLoop

from hub.errors import Unavailable
from hub.live.ports import CookieCredential
from hub.live.protocol import CloseCode, LiveLimits
from hub.model.access import Principal
from hub.model.journal import HUB_STREAM
from tests.hub.live.small_hub import EVENT, Client, House, settle


@pytest.mark.gen_test
async def test_bad_key_is_told_and_closed_for_good(house: House) -> None:
    client = house.connect()
    client.say("hello", id=1, api_key="nobody")
    error = await client.until("error")
    assert (error["id"], error["code"], error["retry"]) == (1, "bad_key", False)
    assert await client.until_closed() == CloseCode.NOT_AUTHENTICATED
    assert house.refused == ["10.0.0.1"]
    assert house.live.sockets == 0


@pytest.mark.gen_test
async def test_address_that_shows_many_bad_keys_is_told_to_slow_down_and_a_good_key_from_there_is_not(
    house: House,
) -> None:
    for _ in range(120):
        house.bad_keys.take("10.0.0.1")
    client = house.connect()
    client.say("hello", id=1, api_key="nobody")
    error = await client.until("error")
    assert (error["id"], error["code"], error["retry"]) == (1, "slow_down", True)
    assert 0 < error["after"] <= 60
    assert await client.until_closed() == CloseCode.UNAVAILABLE
    assert house.refused == []
    await house.connect("scanner").until("welcome")


@pytest.mark.gen_test
async def test_key_that_cannot_be_checked_comes_back_later(house: House) -> None:
    house.wrong = Unavailable()
    client = house.connect("scanner")
    assert (await client.until("error"))["code"] == "unavailable"
    assert await client.until_closed() == CloseCode.UNAVAILABLE


@pytest.mark.gen_test
async def test_archived_device_is_closed_at_once_and_its_neighbour_is_not(house: House) -> None:
    client, other = house.connect("scanner"), house.connect("organiser")
    await client.until("welcome")
    await other.until("welcome")
    house.write("device.archived", event=HUB_STREAM, data={"id": "d1"})
    assert await client.until_closed() == CloseCode.NO_LONGER_ALLOWED
    assert other.closed is None


@pytest.mark.gen_test
async def test_revoked_key_and_ended_login_close_their_sockets(house: House) -> None:
    script, page = house.connect("organiser"), Client()
    page.open(house.live, "10.0.0.2", CookieCredential("cookie"))
    await script.until("welcome")
    await page.until("welcome")
    house.write("key.revoked", event=HUB_STREAM, data={"id": "k1"})
    house.write("session.ended", event=HUB_STREAM, data={"id": "s1"})
    assert await script.until_closed() == CloseCode.NO_LONGER_ALLOWED
    assert await page.until_closed() == CloseCode.NO_LONGER_ALLOWED


@pytest.mark.gen_test
async def test_new_pairing_ends_the_old_key_and_not_the_new(house: House) -> None:
    old = house.connect("scanner")
    await old.until("welcome")
    house.keys["fresh"] = house.keys.pop("scanner")
    new = house.connect("fresh")
    await new.until("welcome")
    house.write("device.paired", event=HUB_STREAM, data={"id": "d1"})
    assert await old.until_closed() == CloseCode.NO_LONGER_ALLOWED
    await settle()
    assert new.closed is None


@pytest.mark.gen_test
async def test_device_archived_while_its_key_is_checked_does_not_slip_in(house: House) -> None:
    await settle()
    house.identify_wait.clear()
    client = house.connect("scanner")
    await settle()
    del house.keys["scanner"]
    house.write("device.archived", event=HUB_STREAM, data={"id": "d1"})
    house.identify_wait.set()
    assert await client.until_closed() == CloseCode.NOT_AUTHENTICATED
    assert house.identified == 2


@pytest.mark.gen_test
async def test_changed_rights_bring_the_client_back(house: House) -> None:
    client = house.connect("scanner")
    await client.until("welcome")
    house.keys["scanner"] = Principal(kind="device", id="d1", name="Door 1", event=EVENT, may=frozenset({"names"}))
    house.write("device.changed", event=HUB_STREAM, data={"id": "d1"})
    assert await client.until_closed() == CloseCode.RESYNC_REQUIRED


@pytest.mark.gen_test
async def test_changed_door_is_used_by_the_next_scan(house: House) -> None:
    client = house.connect("scanner")
    await client.until("welcome")
    house.keys["scanner"] = Principal(kind="device", id="d1", name="Door 1", event=EVENT, door="south")
    house.write("device.changed", event=HUB_STREAM, data={"id": "d1"})
    await settle()
    client.say("scan", id=1, qrcode_data="D:S")
    await client.until("result")
    assert house.scanners[-1].door == "south"


@pytest.mark.gen_test
async def test_hello_says_more_than_a_cookie(house: House) -> None:
    client = Client()
    client.open(house.live, "10.0.0.1", CookieCredential("cookie"))
    assert (await client.until("welcome"))["you"]["kind"] == "organiser"
    client.say("hello", id=1, api_key="scanner")
    assert (await client.until("welcome", 2))["you"]["kind"] == "device"
    client.say("subscribe", id=2, event=HUB_STREAM)
    assert (await client.until("error"))["code"] == "not_allowed"


@pytest.mark.gen_test
async def test_one_socket_too_many_of_a_device_is_closed_for_good(io_loop: IOLoop) -> None:
    house = House(LiveLimits(sockets_per_device=1, tick_s=0.02))
    first, second, other = house.connect("scanner"), house.connect("scanner"), house.connect("named")
    await first.until("welcome")
    assert await second.until_closed() == CloseCode.TOO_MANY
    await other.until("welcome")
    first.leave()
    third = house.connect("scanner")
    await third.until("welcome")
    await house.live.stop()


@pytest.mark.gen_test
async def test_unknown_sockets_of_an_address_are_limited_and_known_ones_are_not(io_loop: IOLoop) -> None:
    house = House(LiveLimits(sockets_per_address=2, tick_s=0.02))
    known = [house.connect("organiser") for _ in range(2)]
    for client in known:
        await client.until("welcome")
    waiting = [house.connect() for _ in range(2)]
    assert not house.live.has_room("10.0.0.1")
    assert house.live.has_room("10.0.0.2")
    waiting[0].leave()
    assert house.live.has_room("10.0.0.1")
    await house.live.stop()


@pytest.mark.gen_test
async def test_silence_is_closed_and_a_pong_keeps_alive(io_loop: IOLoop) -> None:
    house = House(LiveLimits(ping_s=0.05, pong_timeout_s=0.3, tick_s=0.02, hello_timeout_s=0.3))
    house.live.start()
    silent, alive, shy = house.connect("scanner"), house.connect("scanner"), house.connect()
    for number in range(10):
        await alive.until("ping", number + 1)
        alive.say("pong", at={})
    assert await silent.until_closed() == CloseCode.NO_PONG
    assert await shy.until_closed() == CloseCode.HELLO_TIMEOUT
    assert alive.closed is None
    await house.live.stop()


@pytest.mark.gen_test
async def test_key_that_ended_quietly_is_found_out(io_loop: IOLoop) -> None:
    house = House(LiveLimits(recheck_s=0.05, tick_s=0.02))
    house.live.start()
    client = house.connect("scanner")
    await client.until("welcome")
    del house.keys["scanner"]
    assert await client.until_closed() == CloseCode.NO_LONGER_ALLOWED
    await house.live.stop()


@pytest.mark.gen_test
async def test_drain_tells_everybody_finishes_scans_and_closes(io_loop: IOLoop) -> None:
    house = House(LiveLimits(drain_s=0.2, tick_s=0.02))
    house.live.start()
    client = house.connect("scanner")
    await client.until("welcome")
    house.scan_wait.clear()
    client.say("scan", id=1, qrcode_data="D:S")
    await settle()
    draining = asyncio.create_task(house.live.drain())
    assert (await client.until("draining"))["within"] == 0.2
    assert house.live.is_draining
    await asyncio.sleep(0.25)
    assert client.closed is None
    house.scan_wait.set()
    await draining
    assert client.all("result")[0]["id"] == 1
    assert client.closed == CloseCode.DRAINING


@pytest.mark.gen_test
async def test_hello_that_comes_while_the_socket_closes_is_ignored(house: House) -> None:
    client = house.connect()
    client.stall()
    for socket in house.live._registry:
        socket.close(CloseCode.DRAINING, "draining")
    client.say("hello", id=1, api_key="scanner")
    assert await client.until_closed() == CloseCode.DRAINING
    assert house.identified == 0


@pytest.mark.gen_test
async def test_drain_ends_early_when_all_have_left(io_loop: IOLoop) -> None:
    house = House(LiveLimits(drain_s=30, tick_s=0.02))
    house.live.start()
    client = house.connect("scanner")
    await client.until("welcome")
    draining = asyncio.create_task(house.live.drain())
    await client.until("draining")
    client.leave()
    await asyncio.wait_for(draining, 2)
