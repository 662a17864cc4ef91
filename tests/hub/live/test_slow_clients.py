"""Backpressure: a slow client costs a bounded amount of memory, and no other client any time."""

import asyncio

import pytest
from tornado.ioloop import IOLoop

from hub.live import server
from hub.live.protocol import CloseCode
from hub.live.send_queue import Flusher, SendQueue
from hub.live_limits import LiveLimits
from tests.hub.live.small_hub import EVENT, Client, SmallHub, settle

TIGHT = LiveLimits(outbox_frames=5, tick_s=0.02, close_s=0.1)


async def following(small_hub: SmallHub, key: str, mode: str) -> Client:
    client = small_hub.connect(key)
    client.say("subscribe", id=1, event=EVENT, mode=mode)
    await client.until("snapshot")
    return client


@pytest.mark.gen_test
async def test_slow_scanner_is_closed_and_resumes_without_a_gap(io_loop: IOLoop) -> None:
    small_hub = SmallHub(TIGHT)
    slow, quick = await following(small_hub, "scanner", "events"), await following(small_hub, "scanner", "events")
    slow.stall()
    for _ in range(30):
        small_hub.write("ticket.scanned")
        await settle()
    assert await slow.until_closed() == CloseCode.SLOW
    assert quick.seqs() == list(range(1, 31))
    assert small_hub.live.sockets == 1
    back = small_hub.connect("scanner")
    have = max(slow.seqs(), default=0)
    back.say("subscribe", id=1, event=EVENT, since={"epoch": "k1", "seq": have})
    await back.until("updates")
    assert slow.seqs() + back.seqs() == list(range(1, 31))
    await small_hub.live.stop()


@pytest.mark.gen_test
async def test_slow_dashboard_gets_resync_and_a_snapshot_once_it_drains(io_loop: IOLoop) -> None:
    small_hub = SmallHub(TIGHT)
    slow = await following(small_hub, "organiser", "state")
    slow.stall()
    for _ in range(30):
        small_hub.write("ticket.scanned")
        await settle()
    assert slow.closed is None
    assert slow.all("resync") == []
    slow.go_on()
    assert (await slow.until("resync"))["reason"] == "behind"
    snapshot = await slow.until("snapshot", 2)
    assert (snapshot["seq"], snapshot["state"]["occupancy"]["admitted"]) == (30, 30)
    small_hub.write("ticket.scanned")
    await settle()
    await slow.until("updates")
    assert slow.seqs()[-1] == 31
    await small_hub.live.stop()


@pytest.mark.gen_test
async def test_slow_dashboard_keeps_the_answers_to_its_requests(io_loop: IOLoop) -> None:
    small_hub = SmallHub(TIGHT)
    slow = await following(small_hub, "organiser", "state")
    slow.stall()
    small_hub.write("ticket.scanned")
    await settle()
    slow.say("scan", id=77, qrcode_data="D:S")
    await settle()
    for _ in range(30):
        small_hub.write("ticket.scanned")
        await settle()
    slow.go_on()
    await slow.until("resync")
    assert [frame["id"] for frame in slow.all("result")] == [77]
    await small_hub.live.stop()


@pytest.mark.gen_test
async def test_client_that_asks_without_reading_is_closed(io_loop: IOLoop) -> None:
    small_hub = SmallHub(TIGHT)
    client = await following(small_hub, "scanner", "state")
    client.stall()
    for number in range(30):
        client.say("dance", id=number)
    assert await client.until_closed() == CloseCode.SLOW
    await small_hub.live.stop()


@pytest.mark.gen_test
async def test_stalled_socket_is_unregistered_at_once(io_loop: IOLoop) -> None:
    small_hub = SmallHub(TIGHT)
    client = await following(small_hub, "scanner", "events")
    client.stall()
    small_hub.live.start()
    await settle()
    assert small_hub.live.sockets == 1
    small_hub.keys.pop("scanner")
    small_hub.write("device.archived", event="hub", data={"id": "d1"})
    assert small_hub.live.sockets == 0
    assert await client.until_closed() == CloseCode.NO_LONGER_ALLOWED
    await small_hub.live.stop()


@pytest.mark.gen_test
async def test_long_absence_is_caught_up_at_the_clients_own_pace(io_loop: IOLoop) -> None:
    small_hub = SmallHub(LiveLimits(outbox_frames=3, resume_frame_items=10, tick_s=0.02))
    small_hub.write(*["ticket.scanned"] * 500)
    client = small_hub.connect("scanner")
    client.say("subscribe", id=1, event=EVENT, since={"epoch": "k1", "seq": 0})
    await client.until("updates", 50)
    assert client.seqs() == list(range(1, 501))
    assert client.closed is None
    await small_hub.live.stop()


@pytest.mark.gen_test
async def test_client_too_slow_to_ever_catch_up_gets_a_snapshot(io_loop: IOLoop) -> None:
    small_hub = SmallHub(LiveLimits(resume_window=20, resume_frame_items=5, tick_s=0.02))
    small_hub.write(*["ticket.scanned"] * 20)
    client = small_hub.connect("scanner")
    await client.until("welcome")
    client.stall()
    client.say("subscribe", id=1, event=EVENT, since={"epoch": "k1", "seq": 0})
    await settle()
    small_hub.write(*["ticket.scanned"] * 40)
    client.go_on()
    assert (await client.until("snapshot"))["seq"] == 60
    small_hub.write("ticket.scanned")
    await client.until("updates", 2)
    assert client.seqs()[-1] == 61
    await small_hub.live.stop()


@pytest.mark.gen_test
async def test_outbox_is_bounded_by_bytes_but_takes_any_frame_when_empty(io_loop: IOLoop) -> None:
    client, overflows = Client(), list[int]()

    def overflowed() -> tuple[str, ...]:
        overflows.append(1)
        return ()

    outbox = SendQueue(client, Flusher(), frames=100, size=50, overflowed=overflowed)
    outbox.put(b'{"type":"big","x":"' + b"x" * 100 + b'"}')
    assert not overflows
    outbox.put(b"{}")
    assert overflows == [1]
    assert len(outbox) == 1


@pytest.mark.gen_test
async def test_newer_state_takes_the_place_of_the_older_in_the_outbox(io_loop: IOLoop) -> None:
    client = Client()
    outbox = SendQueue(client, Flusher(), frames=100, size=5000, overflowed=tuple)
    for number in range(3):
        outbox.put(b'{"type":"occupancy","n":%d}' % number, EVENT, state="counts")
        outbox.put(b'{"type":"updates"}', EVENT)
    outbox.start()
    await outbox.drained()
    assert [frame["n"] for frame in client.all("occupancy")] == [2]
    assert len(client.all("updates")) == 3
    outbox.stop()
    await asyncio.sleep(0)


@pytest.mark.gen_test
async def test_clients_that_read_nothing_hold_up_no_stop_and_are_closed_together(
    io_loop: IOLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "LAST_FRAMES_S", 0.05)
    small_hub = SmallHub(LiveLimits(tick_s=0.02, drain_s=0.05, close_s=1000))
    stalled = [await following(small_hub, "organiser", "state") for _ in range(10)]
    reading = await following(small_hub, "organiser", "state")
    for client in stalled:
        client.stall()
    small_hub.write("ticket.scanned")
    await settle()
    await small_hub.live.drain()
    assert {client.closed for client in (*stalled, reading)} == {CloseCode.DRAINING}
    assert [frame["type"] for frame in reading.frames][-1] == "draining"
    assert small_hub.live.sockets == 0
