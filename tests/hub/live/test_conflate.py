"""Pace of broadcasts: at once when it is quiet, conflated into larger frames where many follow a busy event."""

import asyncio

import pytest
from tornado.ioloop import IOLoop

from hub.live.conflate import FEW, LONGEST_PAUSE_S, Pace, pause_s
from hub.live_limits import LiveLimits
from tests.hub.live.small_hub import EVENT, FAST, Client, SmallHub, settle


def test_the_pause_grows_with_the_subscribers_and_ends() -> None:
    assert [pause_s(few) for few in (0, 1, FEW)] == [0, 0, 0]
    assert 0 < pause_s(FEW + 1) < pause_s(1000) < 0.05
    assert pause_s(1_000_000) == LONGEST_PAUSE_S


@pytest.mark.gen_test
async def test_the_first_run_is_at_once_and_one_covers_all_that_come_within_the_pause(
    io_loop: IOLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    pace, runs, pause = Pace(), list[float](), pause_s(1000)
    loop = asyncio.get_running_loop()
    now = began = loop.time()
    monkeypatch.setattr(loop, "time", lambda: now)

    async def later(seconds: float) -> None:
        nonlocal now
        now += seconds
        for _ in range(3):  # turns of the loop
            await asyncio.sleep(0)

    for _ in range(100):
        pace.run(lambda: runs.append(now - began), 1000)
    assert len(runs) == 1
    await later(0.9 * pause)
    assert len(runs) == 1
    await later(0.2 * pause)
    assert len(runs) == 2
    await later(2 * pause)
    assert len(runs) == 2, "none was asked for"
    pace.run(lambda: runs.append(now - began), 1000)
    assert len(runs) == 3
    pace.run(lambda: runs.append(0.0), 1000)
    pace.stop()
    await later(2 * pause)
    assert len(runs) == 3


async def following(small_hub: SmallHub, key: str, count: int) -> list[Client]:
    clients = [small_hub.connect(key) for _ in range(count)]
    for client in clients:
        client.say("subscribe", id=1, event=EVENT)
    await asyncio.gather(*(client.until("snapshot") for client in clients))
    return clients


@pytest.mark.parametrize("key", ["scanner", "organiser"])
@pytest.mark.gen_test
async def test_many_followers_of_a_busy_event_get_few_frames_and_every_entry_once(io_loop: IOLoop, key: str) -> None:
    limits = LiveLimits(tick_s=FAST.tick_s, close_s=FAST.close_s, sockets_per_device=500)
    small_hub = SmallHub(limits)
    clients = await following(small_hub, key, FEW + 10)
    for _ in range(60):
        small_hub.write("ticket.scanned")
    assert not any(len(client.seqs()) == 60 for client in clients)
    late = (await following(small_hub, key, 1))[0]
    await asyncio.gather(*(client.until_seq(60) for client in clients))
    for client in clients:
        assert client.seqs() == list(range(1, 61))
        assert len(client.all("updates")) < 10
    small_hub.write("ticket.scanned")
    await asyncio.gather(*(client.until_seq(61) for client in (*clients, late)))
    snapshot = late.all("snapshot")[-1]["seq"]
    assert late.seqs() == list(range(snapshot + 1, 62))
    await small_hub.live.stop()


@pytest.mark.gen_test
async def test_few_followers_get_each_update_at_once(io_loop: IOLoop) -> None:
    small_hub = SmallHub()
    [client] = await following(small_hub, "scanner", 1)
    for number in range(1, 6):
        small_hub.write("ticket.scanned")
        await settle()
        assert client.seqs() == list(range(1, number + 1))
    assert len(client.all("updates")) == 5
    await small_hub.live.stop()


@pytest.mark.gen_test
async def test_an_epoch_that_begins_within_a_pause_loses_and_repeats_nothing(io_loop: IOLoop) -> None:
    small_hub = SmallHub(LiveLimits(tick_s=FAST.tick_s, close_s=FAST.close_s, sockets_per_device=500))
    clients = await following(small_hub, "scanner", FEW + 10)
    small_hub.write("ticket.scanned")
    small_hub.write("ticket.scanned")
    small_hub.restore("k2")
    await asyncio.gather(*(client.until("snapshot", 2) for client in clients))
    small_hub.write("ticket.scanned")
    await asyncio.gather(*(client.until_seq(1) for client in clients))
    for client in clients:
        assert [frame["first"] for frame in client.all("updates") if frame["epoch"] == "k2"] == [1]
    await small_hub.live.stop()
