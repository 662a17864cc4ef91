"""Authentication, heartbeats and closing."""

import asyncio

import pytest
from tornado.ioloop import IOLoop

from hub.errors import Unavailable
from hub.live.ports import CookieCredential
from hub.live.protocol import CloseCode
from hub.live_limits import LiveLimits
from hub.model.access import Principal
from hub.model.journal import HUB_STREAM
from tests.eventually import PATIENCE_S
from tests.hub.live.small_hub import EVENT, Client, SmallHub, settle


@pytest.mark.gen_test
async def test_bad_key_is_told_and_closed_for_good(small_hub: SmallHub) -> None:
    client = small_hub.connect()
    client.say("hello", id=1, api_key="nobody")
    error = await client.until("error")
    assert (error["id"], error["code"], error["retry"]) == (1, "bad_key", False)
    assert await client.until_closed() == CloseCode.NOT_AUTHENTICATED
    assert small_hub.refused == ["10.0.0.1"]
    assert small_hub.live.sockets == 0


@pytest.mark.gen_test
async def test_address_that_shows_many_bad_keys_is_told_to_slow_down_and_a_good_key_from_there_is_not(
    small_hub: SmallHub,
) -> None:
    for _ in range(120):
        small_hub.bad_keys.take("10.0.0.1")
    client = small_hub.connect()
    client.say("hello", id=1, api_key="nobody")
    error = await client.until("error")
    assert (error["id"], error["code"], error["retry"]) == (1, "slow_down", True)
    assert 0 < error["after"] <= 60
    assert await client.until_closed() == CloseCode.UNAVAILABLE
    assert small_hub.refused == []
    await small_hub.connect("scanner").until("welcome")


@pytest.mark.gen_test
async def test_key_that_cannot_be_checked_comes_back_later(small_hub: SmallHub) -> None:
    small_hub.wrong = Unavailable()
    client = small_hub.connect("scanner")
    assert (await client.until("error"))["code"] == "unavailable"
    assert await client.until_closed() == CloseCode.UNAVAILABLE


@pytest.mark.gen_test
async def test_archived_device_is_closed_at_once_and_its_neighbour_is_not(small_hub: SmallHub) -> None:
    client, other = small_hub.connect("scanner"), small_hub.connect("organiser")
    await client.until("welcome")
    await other.until("welcome")
    small_hub.write("device.archived", event=HUB_STREAM, data={"id": "d1"})
    assert await client.until_closed() == CloseCode.NO_LONGER_ALLOWED
    assert other.closed is None


@pytest.mark.gen_test
async def test_revoked_key_and_ended_login_close_their_sockets(small_hub: SmallHub) -> None:
    script, page = small_hub.connect("organiser"), Client()
    page.open(small_hub.live, "10.0.0.2", CookieCredential("cookie"))
    await script.until("welcome")
    await page.until("welcome")
    small_hub.write("key.revoked", event=HUB_STREAM, data={"id": "k1"})
    small_hub.write("session.ended", event=HUB_STREAM, data={"id": "s1"})
    assert await script.until_closed() == CloseCode.NO_LONGER_ALLOWED
    assert await page.until_closed() == CloseCode.NO_LONGER_ALLOWED


@pytest.mark.gen_test
async def test_new_pairing_ends_the_old_key_and_not_the_new(small_hub: SmallHub) -> None:
    old = small_hub.connect("scanner")
    await old.until("welcome")
    small_hub.keys["fresh"] = small_hub.keys.pop("scanner")
    new = small_hub.connect("fresh")
    await new.until("welcome")
    small_hub.write("device.paired", event=HUB_STREAM, data={"id": "d1"})
    assert await old.until_closed() == CloseCode.NO_LONGER_ALLOWED
    await settle()
    assert new.closed is None


@pytest.mark.gen_test
async def test_device_archived_while_its_key_is_checked_does_not_slip_in(small_hub: SmallHub) -> None:
    await settle()
    small_hub.identify_wait.clear()
    client = small_hub.connect("scanner")
    await settle()
    del small_hub.keys["scanner"]
    small_hub.write("device.archived", event=HUB_STREAM, data={"id": "d1"})
    small_hub.identify_wait.set()
    assert await client.until_closed() == CloseCode.NOT_AUTHENTICATED
    assert small_hub.identified == 2


@pytest.mark.gen_test
async def test_changed_rights_bring_the_client_back(small_hub: SmallHub) -> None:
    client = small_hub.connect("scanner")
    await client.until("welcome")
    small_hub.keys["scanner"] = Principal(kind="device", id="d1", name="Door 1", event=EVENT, may=frozenset({"names"}))
    small_hub.write("device.changed", event=HUB_STREAM, data={"id": "d1"})
    assert await client.until_closed() == CloseCode.RESYNC_REQUIRED


@pytest.mark.gen_test
async def test_changed_door_is_used_by_the_next_scan(small_hub: SmallHub) -> None:
    client = small_hub.connect("scanner")
    await client.until("welcome")
    small_hub.keys["scanner"] = Principal(kind="device", id="d1", name="Door 1", event=EVENT, door="south")
    small_hub.write("device.changed", event=HUB_STREAM, data={"id": "d1"})
    await settle()
    client.say("scan", id=1, qrcode_data="D:S")
    await client.until("result")
    assert small_hub.scanners[-1].door == "south"


@pytest.mark.gen_test
async def test_hello_says_more_than_a_cookie(small_hub: SmallHub) -> None:
    client = Client()
    client.open(small_hub.live, "10.0.0.1", CookieCredential("cookie"))
    assert (await client.until("welcome"))["you"]["kind"] == "organiser"
    client.say("hello", id=1, api_key="scanner")
    assert (await client.until("welcome", 2))["you"]["kind"] == "device"
    client.say("subscribe", id=2, event=HUB_STREAM)
    assert (await client.until("error"))["code"] == "not_allowed"


@pytest.mark.gen_test
async def test_one_socket_too_many_of_a_device_is_closed_for_good(io_loop: IOLoop) -> None:
    small_hub = SmallHub(LiveLimits(sockets_per_device=1, tick_s=0.02))
    first, second, other = small_hub.connect("scanner"), small_hub.connect("scanner"), small_hub.connect("named")
    await first.until("welcome")
    assert await second.until_closed() == CloseCode.TOO_MANY
    await other.until("welcome")
    first.leave()
    third = small_hub.connect("scanner")
    await third.until("welcome")
    await small_hub.live.stop()


@pytest.mark.gen_test
async def test_unknown_sockets_of_an_address_are_limited_and_known_ones_are_not(io_loop: IOLoop) -> None:
    small_hub = SmallHub(LiveLimits(sockets_per_address=2, tick_s=0.02))
    known = [small_hub.connect("organiser") for _ in range(2)]
    for client in known:
        await client.until("welcome")
    waiting = [small_hub.connect() for _ in range(2)]
    assert not small_hub.live.has_room("10.0.0.1")
    assert small_hub.live.has_room("10.0.0.2")
    waiting[0].leave()
    assert small_hub.live.has_room("10.0.0.1")
    await small_hub.live.stop()


@pytest.mark.gen_test
async def test_sockets_that_come_and_go_without_a_credential_are_counted_as_a_rate(io_loop: IOLoop) -> None:
    small_hub = SmallHub(LiveLimits(strangers_per_minute=5, tick_s=0.02))
    for _ in range(3):
        small_hub.connect().leave()
    chatter = small_hub.connect()
    chatter.say("subscribe", id=1, event=EVENT)
    assert await chatter.until_closed() == CloseCode.NOT_AUTHENTICATED
    assert small_hub.live.has_room("10.0.0.1")
    small_hub.connect().leave()
    assert not small_hub.live.has_room("10.0.0.1")
    assert small_hub.live.has_room("10.0.0.2")
    await small_hub.live.stop()


@pytest.mark.gen_test
async def test_a_venue_behind_one_address_reconnects_as_often_as_it_likes(io_loop: IOLoop) -> None:
    small_hub = SmallHub(LiveLimits(strangers_per_minute=5, tick_s=0.02))
    for _ in range(20):
        client = small_hub.connect("scanner")
        await client.until("welcome")
        client.leave()
        small_hub.connect("scanner").leave()  # its network broke before the welcome
    assert small_hub.live.has_room("10.0.0.1")
    await small_hub.live.stop()


@pytest.mark.gen_test
async def test_silence_is_closed_and_a_pong_keeps_alive(io_loop: IOLoop) -> None:
    small_hub = SmallHub(LiveLimits(ping_s=0.05, pong_timeout_s=0.3, tick_s=0.02, hello_timeout_s=0.3))
    small_hub.live.start()
    silent, alive, shy = small_hub.connect("scanner"), small_hub.connect("scanner"), small_hub.connect()
    for number in range(10):
        await alive.until("ping", number + 1)
        alive.say("pong", at={})
    assert await silent.until_closed() == CloseCode.NO_PONG
    assert await shy.until_closed() == CloseCode.HELLO_TIMEOUT
    assert alive.closed is None
    await small_hub.live.stop()


@pytest.mark.gen_test
async def test_key_that_ended_quietly_is_found_out(io_loop: IOLoop) -> None:
    small_hub = SmallHub(LiveLimits(recheck_s=0.05, tick_s=0.02))
    small_hub.live.start()
    client = small_hub.connect("scanner")
    await client.until("welcome")
    del small_hub.keys["scanner"]
    assert await client.until_closed() == CloseCode.NO_LONGER_ALLOWED
    await small_hub.live.stop()


@pytest.mark.gen_test
async def test_drain_tells_everybody_finishes_scans_and_closes(io_loop: IOLoop) -> None:
    small_hub = SmallHub(LiveLimits(drain_s=0.2, tick_s=0.02))
    small_hub.live.start()
    client = small_hub.connect("scanner")
    await client.until("welcome")
    small_hub.scan_wait.clear()
    client.say("scan", id=1, qrcode_data="D:S")
    await settle()
    draining = asyncio.create_task(small_hub.live.drain())
    assert (await client.until("draining"))["within"] == 0.2
    assert small_hub.live.is_draining
    await asyncio.sleep(0.25)  # longer than clients have to leave
    assert client.closed is None
    small_hub.scan_wait.set()
    await draining
    assert client.all("result")[0]["id"] == 1
    assert client.closed == CloseCode.DRAINING


@pytest.mark.gen_test
async def test_hello_that_comes_while_the_socket_closes_is_ignored(small_hub: SmallHub) -> None:
    client = small_hub.connect()
    client.stall()
    small_hub.live.close_sockets(CloseCode.DRAINING, "draining")
    client.say("hello", id=1, api_key="scanner")
    assert await client.until_closed() == CloseCode.DRAINING
    assert small_hub.identified == 0


@pytest.mark.gen_test
async def test_drain_ends_early_when_all_have_left(io_loop: IOLoop) -> None:
    small_hub = SmallHub(LiveLimits(drain_s=3600, tick_s=0.02))
    small_hub.live.start()
    client = small_hub.connect("scanner")
    await client.until("welcome")
    draining = asyncio.create_task(small_hub.live.drain())
    await client.until("draining")
    client.leave()
    await asyncio.wait_for(draining, PATIENCE_S)
