"""Send queues and their flusher: in order, together where they can be, doors first, a task only for slow clients."""

import asyncio
from collections.abc import Sequence

import pytest
from tornado.ioloop import IOLoop

from hub.live.protocol import CloseCode
from hub.live.send_queue import CHUNK, GATHER_TURNS, TOGETHER, Flusher, SendQueue
from tests.eventually import PATIENCE_S
from tests.hub.live.small_hub import EVENT, settle


class Peer:
    """A client's end: takes frames at once while `is_quick`, else when it is let go on."""

    def __init__(self, log: list[str] | None = None, name: str = "") -> None:
        self.is_quick = True
        self.writes: list[list[bytes]] = []
        self.closed: int | None = None
        self.wrong: Exception | None = None
        self._log = log
        self._name = name
        self._moving = asyncio.Event()

    @property
    def frames(self) -> list[bytes]:
        return [frame for write in self.writes for frame in write]

    def go_on(self) -> None:
        self._moving.set()

    def send_now(self, frames: Sequence[bytes]) -> bool:
        if self.wrong is not None:
            raise self.wrong
        if self.is_quick:
            self._take(frames)
        return self.is_quick

    async def send(self, frame: bytes) -> None:
        await self._moving.wait()
        if self.wrong is not None:
            raise self.wrong
        self._take([frame])

    def close(self, code: int, reason: str) -> None:
        self.closed = code

    def _take(self, frames: Sequence[bytes]) -> None:
        self.writes.append(list(frames))
        if self._log is not None:
            self._log.append(self._name)


def a_queue(peer: Peer, flusher: Flusher) -> SendQueue:
    queue = SendQueue(peer, flusher, frames=100, size=100_000, overflowed=tuple)
    queue.start()
    return queue


@pytest.mark.gen_test
async def test_answers_of_one_turn_to_one_socket_are_written_together(io_loop: IOLoop) -> None:
    peer = Peer()
    queue = a_queue(peer, Flusher())
    for number in range(5):
        queue.put(b"answer %d" % number)
    assert peer.writes == []
    await queue.drained()
    assert peer.writes == [[b"answer %d" % number for number in range(5)]]


@pytest.mark.gen_test
async def test_large_frames_go_out_one_by_one(io_loop: IOLoop) -> None:
    peer = Peer()
    queue = a_queue(peer, Flusher())
    large = b"x" * TOGETHER
    for frame in (b"a", large, b"b", b"c"):
        queue.put(frame)
    await queue.drained()
    assert peer.writes == [[b"a"], [large], [b"b", b"c"]]


@pytest.mark.gen_test
async def test_an_answer_is_not_held_behind_a_broadcast_nor_is_the_rest_of_the_loop(io_loop: IOLoop) -> None:
    flusher, log = Flusher(), list[str]()
    screens = [a_queue(Peer(log, "screen"), flusher) for _ in range(10 * CHUNK)]
    door = a_queue(Peer(log, "door"), flusher)
    await settle()
    for screen in screens:
        screen.put(b"update", EVENT)
    for _ in range(GATHER_TURNS + 1):
        await asyncio.sleep(0)
    assert 0 < len(log) <= 2 * CHUNK, "a broadcast goes out in chunks, with a turn of the loop between"
    door.put(b"admitted")
    before = len(log)
    await door.drained()
    assert log.index("door") <= before + 1
    await asyncio.gather(*(screen.drained() for screen in screens))
    assert log.count("screen") == len(screens)


@pytest.mark.gen_test
async def test_counts_that_come_a_moment_after_their_entries_are_written_with_them(io_loop: IOLoop) -> None:
    peer = Peer()
    queue = a_queue(peer, Flusher())
    await settle()
    queue.put(b"updates", EVENT)
    await asyncio.sleep(0)
    queue.put(b"occupancy", EVENT, state="occupancy")
    await queue.drained()
    assert peer.writes == [[b"updates", b"occupancy"]]


@pytest.mark.gen_test
async def test_a_client_that_turns_slow_and_quick_again_gets_all_in_order(io_loop: IOLoop) -> None:
    peer = Peer()
    queue = a_queue(peer, Flusher())
    expected = [b"%d" % number for number in range(30)]
    for number, frame in enumerate(expected):
        peer.is_quick = number % 10 < 5
        queue.put(frame, EVENT if number % 3 else None)
        await settle()
        if number % 10 == 9:
            peer.go_on()
            await settle()
    peer.is_quick = True
    await queue.drained()
    assert peer.frames == expected


@pytest.mark.gen_test
async def test_only_a_slow_client_costs_a_task(io_loop: IOLoop) -> None:
    before = len(asyncio.all_tasks())
    quick, slow = Peer(), Peer()
    slow.is_quick = False
    flusher = Flusher()
    for peer in (quick, slow):
        a_queue(peer, flusher).put(b"x")
    await settle()
    assert len(asyncio.all_tasks()) == before + 1
    slow.go_on()
    await settle()
    assert len(asyncio.all_tasks()) == before


@pytest.mark.parametrize("is_quick", [True, False], ids=["at once", "by the task"])
@pytest.mark.gen_test
async def test_a_socket_that_is_gone_stops_its_queue_and_one_that_breaks_is_closed(
    io_loop: IOLoop, is_quick: bool
) -> None:
    for wrong, code in ((ConnectionError("gone"), None), (RuntimeError("broken"), CloseCode.UNAVAILABLE)):
        peer, other = Peer(), Peer()
        peer.is_quick = is_quick
        flusher = Flusher()
        queue, next_one = a_queue(peer, flusher), a_queue(other, flusher)
        queue.put(b"x", EVENT)
        next_one.put(b"x", EVENT)
        if not is_quick:
            await settle()
        peer.wrong = wrong
        peer.go_on()
        await settle()
        assert (len(queue), peer.closed, other.frames) == (0, code, [b"x"])
        queue.put(b"y")
        await queue.drained()
        assert peer.frames == []


@pytest.mark.gen_test
async def test_nothing_is_written_after_stop(io_loop: IOLoop) -> None:
    peer = Peer()
    queue = a_queue(peer, Flusher())
    queue.put(b"x")
    queue.stop()
    await settle()
    assert peer.frames == []


@pytest.mark.parametrize("how", ["written", "dropped", "stopped"])
@pytest.mark.gen_test
async def test_all_who_wait_for_a_queue_to_drain_go_on(how: str, io_loop: IOLoop) -> None:
    peer = Peer()
    peer.is_quick = how == "dropped"
    queue = a_queue(peer, Flusher())
    queue.put(b"first", EVENT)
    queue.put(b"second", EVENT)
    waiting = [asyncio.ensure_future(queue.drained()) for _ in range(3)]
    if how == "dropped":
        queue.drop(EVENT)
    else:
        await settle()
        assert not any(each.done() for each in waiting)
        peer.go_on() if how == "written" else queue.stop()
    async with asyncio.timeout(PATIENCE_S):
        await asyncio.gather(*waiting)
    assert (len(queue), queue.size) == (0, 0)


@pytest.mark.gen_test
async def test_a_state_takes_the_place_of_its_own_older_one_alone(io_loop: IOLoop) -> None:
    peer = Peer()
    queue = a_queue(peer, Flusher())
    for frame, about, state in [
        (b"entry 1", EVENT, None),
        (b"counts 1", EVENT, "occupancy"),
        (b"devices", EVENT, "devices"),
        (b"counts of another", "other", "occupancy"),
        (b"entry 2", EVENT, None),
        (b"counts 2", EVENT, "occupancy"),
    ]:
        queue.put(frame, about, state=state)
    assert queue.size == sum(map(len, [b"entry 1", b"devices", b"counts of another", b"entry 2", b"counts 2"]))
    await queue.drained()
    assert peer.frames == [b"entry 1", b"devices", b"counts of another", b"entry 2", b"counts 2"]
