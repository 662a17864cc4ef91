"""The reference client against real servers that end, move, restore and refuse."""

import asyncio
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from tornado.ioloop import IOLoop

from hub.client.client import LiveClient, LiveEnded, LiveError
from hub.client.replica import Snapshot, Update
from hub.errors import NotAllowed, SlowDown, Unavailable
from hub.live.protocol import CloseCode
from hub.live_limits import LiveLimits
from hub.model.journal import HUB_STREAM
from tests.eventually import PATIENCE_S, eventually
from tests.hub.live.site import Site
from tests.hub.live.small_hub import EVENT, FAST, SmallHub


@pytest.fixture
def site(io_loop: IOLoop) -> Iterator[Site]:
    made: list[Site] = []

    async def make() -> None:
        made.append(Site(SmallHub(FAST)))

    io_loop.run_sync(make)
    yield made[0]
    io_loop.run_sync(made[0].stop)


def client_of(*sites: Site, key: str = "organiser", **options: Any) -> LiveClient:
    urls = [site.url for site in sites]
    return LiveClient(urls, api_key=key, back_off_s=0.02, chance=random.Random(1), **{"event": EVENT, **options})


class Reader:
    """Reads a client's news."""

    def __init__(self, client: LiveClient) -> None:
        self._news = client.updates()

    async def next(self) -> Update | Snapshot:
        async with asyncio.timeout(PATIENCE_S):
            return await anext(self._news)

    async def snapshot(self) -> Snapshot:
        news = await self.next()
        assert isinstance(news, Snapshot)
        return news

    async def seqs(self, count: int) -> list[int]:
        return [news.seq for news in [await self.next() for _ in range(count)] if isinstance(news, Update)]


@asynccontextmanager
async def another(site: Site, limits: LiveLimits = FAST) -> AsyncIterator[Site]:
    """A second hub process on the same journal."""
    second = Site(site.small_hub, site.small_hub.process("p2", limits))
    try:
        yield second
    finally:
        await second.stop()


@pytest.mark.gen_test
async def test_snapshot_then_updates_and_a_state_kept_true(site: Site) -> None:
    site.small_hub.write("ticket.scanned")
    async with client_of(site) as client:
        reader = Reader(client)
        assert (await reader.snapshot()).seq == 1
        site.small_hub.write("ticket.scanned", "ticket.denied")
        assert await reader.seqs(2) == [2, 3]
        occupancy = client.state["occupancy"]
        assert (occupancy["admitted"], occupancy["denied"], occupancy["free"]) == (2, 1, 98)
        assert occupancy["doors"][0]["admitted"] == 2
        assert [item["kind"] for item in client.state["recent"]] == [
            "ticket.denied",
            "ticket.scanned",
            "ticket.scanned",
        ]
        assert client.position == {"epoch": "k1", "seq": 3}


@pytest.mark.gen_test
async def test_given_position_is_resumed(site: Site) -> None:
    site.small_hub.write(*["ticket.scanned"] * 5)
    async with client_of(site, since={"epoch": "k1", "seq": 2}) as client:
        assert await Reader(client).seqs(3) == [3, 4, 5]


@pytest.mark.gen_test
async def test_client_moves_between_processes_without_gap_or_repeat(site: Site) -> None:
    async with another(site) as second, client_of(site, second) as client:
        reader, heard = Reader(client), []
        await reader.snapshot()
        for _ in range(10):
            site.small_hub.write("ticket.scanned", "ticket.scanned")
            heard += await reader.seqs(2)
            for live in (site.live, second.live):
                live.close_sockets(CloseCode.SLOW, "slow")
            site.small_hub.write("ticket.scanned")
            heard += await reader.seqs(1)
        assert heard == list(range(1, 31))


@pytest.mark.gen_test
async def test_draining_process_is_left_for_another_and_nothing_is_lost(site: Site) -> None:
    limits = LiveLimits(drain_s=1.0, tick_s=0.02, close_s=0.3)
    async with another(site, limits) as second, client_of(second, site) as client:
        reader = Reader(client)
        await reader.snapshot()
        assert client.welcome["hub"] == "p2"
        draining = asyncio.create_task(second.live.drain())
        heard: list[int] = []
        for _ in range(20):
            site.small_hub.write("ticket.scanned")
            heard += await reader.seqs(1)
            await asyncio.sleep(0.06)  # spreads the entries over all of the draining
        await draining
        assert client.welcome["hub"] == "p1"
        assert heard == list(range(1, 21))


@pytest.mark.gen_test
async def test_restored_backup_is_seen_as_a_snapshot(site: Site) -> None:
    async with client_of(site) as client:
        reader = Reader(client)
        await reader.snapshot()
        site.small_hub.write("ticket.scanned")
        assert await reader.seqs(1) == [1]
        site.small_hub.restore("k2")
        assert (await reader.snapshot()).epoch == "k2"
        site.small_hub.write("ticket.scanned")
        assert await reader.seqs(1) == [1]


@pytest.mark.gen_test
async def test_scan_is_answered(site: Site) -> None:
    async with client_of(site, key="scanner", event=None) as client:
        answer = await client.scan("D:S", nonce="n1", direction="out")
        assert (answer["status"], answer["code"]) == (200, "admitted")
        assert site.small_hub.scans == [{"qrcode_data": "D:S", "nonce": "n1", "direction": "out"}]


@pytest.mark.gen_test
async def test_scan_whose_answer_was_lost_is_asked_again_by_the_same_nonce(site: Site) -> None:
    async with client_of(site, key="scanner") as client:
        await Reader(client).snapshot()
        site.small_hub.scan_wait.clear()
        scanning = asyncio.create_task(client.scan("D:S"))
        await eventually(lambda: site.small_hub.scans_asked == 1)
        site.live.close_sockets(CloseCode.SLOW, "slow")
        await eventually(lambda: site.small_hub.scans_asked == 2)
        site.small_hub.scan_wait.set()
        assert (await asyncio.wait_for(scanning, PATIENCE_S))["code"] == "admitted"
        assert len({body["nonce"] for body in site.small_hub.scans}) == 1


@pytest.mark.gen_test
async def test_error_to_retry_is_retried_and_another_is_raised(site: Site) -> None:
    async with client_of(site, key="scanner") as client:
        await Reader(client).snapshot()
        site.small_hub.wrong = SlowDown("wait", after_s=0.05)
        scanning = asyncio.create_task(client.scan("D:S"))
        await eventually(lambda: site.small_hub.scans_asked)
        site.small_hub.wrong = None
        assert (await asyncio.wait_for(scanning, PATIENCE_S))["code"] == "admitted"
        site.small_hub.wrong = NotAllowed("not_allowed", "no")
        with pytest.raises(LiveError, match="not_allowed"):
            await client.scan("D:S")


@pytest.mark.gen_test
async def test_bad_key_is_not_tried_again(site: Site) -> None:
    async with client_of(site, key="nobody") as client:
        with pytest.raises(LiveEnded) as ended:
            await Reader(client).next()
        assert ended.value.code == CloseCode.NOT_AUTHENTICATED
        with pytest.raises(LiveEnded):
            await client.scan("D:S")
    assert site.small_hub.identified == 1


@pytest.mark.gen_test
async def test_archived_device_is_told_and_stays_away(site: Site) -> None:
    async with client_of(site, key="scanner") as client:
        reader = Reader(client)
        await reader.snapshot()
        site.small_hub.write("device.archived", event=HUB_STREAM, data={"id": "d1"})
        with pytest.raises(LiveEnded) as ended:
            await reader.next()
        assert ended.value.code == CloseCode.NO_LONGER_ALLOWED


@pytest.mark.gen_test
async def test_database_that_is_away_is_waited_for(site: Site) -> None:
    site.small_hub.wrong = Unavailable()
    async with client_of(site) as client:
        reading = asyncio.create_task(Reader(client).snapshot())
        await eventually(lambda: site.small_hub.identified >= 2)
        assert not reading.done()
        site.small_hub.wrong = None
        assert (await reading).seq == 0


@pytest.mark.gen_test
async def test_event_that_there_is_not_ends_the_client(site: Site) -> None:
    async with client_of(site, event="nowhere") as client:
        with pytest.raises(LiveEnded, match="no such event"):
            await Reader(client).next()


@pytest.mark.gen_test
async def test_pings_are_answered(io_loop: IOLoop) -> None:
    site = Site(SmallHub(LiveLimits(ping_s=0.05, pong_timeout_s=0.3, tick_s=0.02, close_s=0.3)))
    async with client_of(site, key="scanner") as client:
        await Reader(client).snapshot()
        await eventually(lambda: len(site.small_hub.seen) > site.small_hub.identified + 5)
    await site.stop()


@pytest.mark.gen_test
async def test_silent_server_is_left(io_loop: IOLoop) -> None:
    site = Site(SmallHub(LiveLimits(ping_s=0.1, tick_s=5, close_s=0.3)))
    async with client_of(site, key="scanner") as client:
        await Reader(client).snapshot()
        await eventually(lambda: site.small_hub.identified > 1)
    await site.stop()
