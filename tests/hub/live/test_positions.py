"""Coming back from every position of a history: what was missed, or a snapshot, and never anything else."""

from typing import Any

import pytest
from msgspec.structs import replace
from pymongo.database import Database

from hub.app import Hub
from hub.clock import SettableClock
from hub.live.ports import KeyCredential
from hub.settings import Settings
from tests.api import ADMIN_KEY, Api
from tests.hub.live.small_hub import Client

HISTORY = 300


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Settings under which one client may subscribe from each position at once."""
    return replace(settings, live=replace(settings.live, subscribes_per_minute=100_000))


async def written(api: Api) -> tuple[Any, str]:
    """Write a history; return its event and epoch."""
    event = await api.make_event(showings=[{"date": "2026-12-24", "time": "20:30", "capacity": HISTORY}])
    for count in (100, 100, 100):
        await api.book(event, count)
    counts = (await api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body
    assert counts["seq"] == HISTORY
    return event["uuid"], counts["epoch"]


class Returning:
    """A client that says again and again from where it wants to go on."""

    def __init__(self, hub: Hub, event: str) -> None:
        self._client = Client()
        self._client.open(hub.live, "10.0.0.1", KeyCredential(ADMIN_KEY))
        self._event = event
        self._asked = 0

    async def come_back(self, epoch: str, seq: int) -> list[int] | None:
        """Return the numbers that it gets, None where it is not recovered."""
        self._client.frames.clear()
        self._asked += 1
        self._client.say("subscribe", id=self._asked, event=self._event, since={"epoch": epoch, "seq": seq})
        answer = await self._client.until("subscribed")
        if not answer["recovered"]:
            snapshot = await self._client.until("snapshot")
            assert snapshot["seq"] == snapshot["state"]["occupancy"]["seq"] == answer["seq"] == HISTORY
            return None
        while self._client.seqs()[-1:] < [HISTORY] and seq < HISTORY:
            await self._client.until("updates", len(self._client.all("updates")) + 1)
        assert self._client.all("snapshot") == []
        return self._client.seqs()

    def leave(self) -> None:
        self._client.leave()


@pytest.mark.gen_test
async def test_every_position_of_a_history_of_300_is_recovered_exactly(api: Api, hub: Hub) -> None:
    event, epoch = await written(api)
    client = Returning(hub, event)
    for seq in range(HISTORY + 1):
        assert await client.come_back(epoch, seq) == list(range(seq + 1, HISTORY + 1))
    client.leave()


@pytest.mark.parametrize("epoch,seq", [("other", 0), ("other", HISTORY), ("", HISTORY + 1), ("", 2**53 - 1)])
@pytest.mark.gen_test
async def test_other_epochs_and_positions_beyond_the_end_are_not_recovered(
    api: Api, hub: Hub, epoch: str, seq: int
) -> None:
    event, own = await written(api)
    client = Returning(hub, event)
    assert await client.come_back(epoch or own, seq) is None
    client.leave()


@pytest.mark.gen_test
async def test_only_what_is_kept_is_recovered_after_the_journal_was_trimmed(
    api: Api, settings: Settings, clock: SettableClock, raw_database: Database[dict[str, Any]]
) -> None:
    event, epoch = await written(api)
    raw_database.streams.update_one({"_id": event}, {"$set": {"first": 101}})
    raw_database.journal.delete_many({"event": event, "seq": {"$lt": 101}})
    other = Hub(settings, clock)
    await other.start()
    client = Returning(other, event)
    for seq in (0, 1, 98, 99):
        assert await client.come_back(epoch, seq) is None
    for seq in (100, 101, 299, 300):
        assert await client.come_back(epoch, seq) == list(range(seq + 1, HISTORY + 1))
    client.leave()
    await other.stop()


@pytest.mark.gen_test
async def test_who_is_too_far_behind_gets_a_snapshot(api: Api, settings: Settings, clock: SettableClock) -> None:
    event, epoch = await written(api)
    short = Hub(replace(settings, live=replace(settings.live, resume_window=50)), clock)
    await short.start()
    client = Returning(short, event)
    assert await client.come_back(epoch, HISTORY - 51) is None
    assert await client.come_back(epoch, HISTORY - 50) == list(range(HISTORY - 49, HISTORY + 1))
    client.leave()
    await short.stop()
