"""The outbox: what is told to whom, in which order, and what happens when it cannot be."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from hub.clock import SettableClock
from hub.model.journal import HUB_STREAM, Entry
from hub.model.outbox import Message
from hub.outbox.consumer import NotDelivered, Page, RetryLater
from store.mongo.connection import Database
from tests.a_database import EVENT
from tests.hub.outbox.conftest import Opens
from tests.hub.outbox.process import PATIENCE, Recorder, begin_stream, until, until_kept

pytestmark = pytest.mark.gen_test(timeout=30)

DOWN = NotDelivered("refused")


async def states(database: Database) -> dict[str, str]:
    return {letter["content"]["text"]: letter["state"] async for letter in database.letters.find()}


async def says(database: Database, wanted: dict[str, str]) -> bool:
    return await states(database) == wanted


async def begun(database: Database) -> None:
    """Wait until the consumer has begun."""
    await until_kept(lambda: database.cursors.find_one({"stream": HUB_STREAM}))


async def no_lane_is_left(database: Database) -> bool:
    return await database.lanes.count_documents({}) == 0


async def failed(database: Database, times: int) -> Any:
    """Wait until a lane has failed so many times in a row, and return it."""
    return await until_kept(lambda: database.lanes.find_one({"failures": times}))


async def test_what_happens_from_now_on_is_told_in_order(office: Opens, database: Database) -> None:
    consumer = Recorder()
    async with office(consumer) as here:
        await begun(database)
        await here.say(*(f"a {n}" for n in range(30)))
        await until(lambda: len(consumer.sent) == 30)
        await until_kept(lambda: no_lane_is_left(database))
    assert consumer.sent == [("a", str(n)) for n in range(30)]
    assert set((await states(database)).values()) == {"delivered"}


async def test_what_happened_before_a_consumer_began_is_not_told(
    office: Opens, database: Database, mongod_uri: str
) -> None:
    consumer = Recorder()
    async with office(Recorder()) as here:
        await begun(database)
        await here.say("a old")
    await database.cursors.delete_many({})
    async with office(consumer) as here:
        await begun(database)
        await here.say("a new")
        await begin_stream(mongod_uri, database.name, "e2")
        await here.say("b first", stream="e2")
        await until(lambda: len(consumer.sent) == 2)
    assert sorted(consumer.sent) == [("a", "new"), ("b", "first")]


async def test_what_happened_while_nobody_worked_is_told_later(office: Opens, database: Database) -> None:
    first, second = Recorder(), Recorder()
    async with office(first) as here:
        await begun(database)
        await here.say("a 1")
        await until(lambda: first.sent == [("a", "1")])
        await here.outgoing.stop()
        await here.say("a 2", "a 3")
    async with office(second):
        await until(lambda: len(second.sent) == 2)
    assert second.sent == [("a", "2"), ("a", "3")]


async def test_only_wanted_kinds_are_read(office: Opens, database: Database) -> None:
    consumer = Recorder()
    consumer.wanted = set()
    async with office(consumer) as here:
        await begun(database)
        await here.say("a unseen")
        await until(lambda: consumer.asked > 0)
        await asyncio.sleep(0.1)
        consumer.wanted = {"job.ran"}
        await here.say("a seen")
        await until(lambda: bool(consumer.sent))
    assert consumer.sent == [("a", "seen")]


async def test_a_target_that_fails_keeps_its_order_and_nobody_else_waits(
    office: Opens, database: Database, clock: SettableClock
) -> None:
    consumer = Recorder()
    consumer.refusing["a"] = DOWN
    async with office(consumer) as here:
        await begun(database)
        await here.say("a 1", "b 1", "a 2", "b 2")
        await until(lambda: len(consumer.sent) == 2)
        assert consumer.sent == [("b", "1"), ("b", "2")]
        assert [told for told in consumer.tried if told[0] == "a"] == [("a", "1")]
        consumer.refusing.clear()
        clock.advance(timedelta(seconds=3))
        here.outgoing.wake()
        await until(lambda: len(consumer.sent) == 4)
    assert consumer.sent[2:] == [("a", "1"), ("a", "2")]


async def test_each_failure_in_a_row_makes_the_pause_longer(
    office: Opens, database: Database, clock: SettableClock
) -> None:
    consumer = Recorder()
    consumer.refusing["a"] = DOWN
    pauses = []
    async with office(consumer) as here:
        await begun(database)
        await here.say("a 1")
        for tries in range(1, 5):
            await until(lambda tries=tries: len(consumer.tried) == tries)  # type: ignore[misc]
            lane = await failed(database, tries)
            pauses.append((lane["due_at"] - clock.now()).total_seconds())
            clock.set(lane["due_at"])
            here.outgoing.wake()
    assert [low <= pause <= 2 * low for low, pause in zip((1, 2, 4, 8), pauses, strict=True)] == [True] * 4


async def test_what_fails_for_a_day_is_set_aside_and_the_next_goes_on(
    office: Opens, database: Database, clock: SettableClock
) -> None:
    consumer = Recorder()
    consumer.refusing["a"] = NotDelivered("500", status=500)
    async with office(consumer) as here:
        await begun(database)
        await here.say("a 1")
        await until(lambda: len(consumer.tried) == 1)
        await failed(database, 1)
        clock.advance(PATIENCE - timedelta(minutes=1))
        await here.say("a 2")
        await until(lambda: len(consumer.tried) == 2)
        await failed(database, 2)
        clock.advance(timedelta(minutes=20))
        here.outgoing.wake()
        await until(lambda: len(consumer.tried) == 4)
        await failed(database, 1)
    assert consumer.tried == [("a", "1"), ("a", "1"), ("a", "1"), ("a", "2")]
    assert await states(database) == {"1": "set_aside", "2": "waiting"}
    letter = await database.letters.find_one({"state": "set_aside"})
    assert letter is not None
    assert (letter["attempts"], letter["status"], letter["reason"]) == (3, 500, "500")


async def test_what_is_hopeless_is_set_aside_at_once(office: Opens, database: Database) -> None:
    consumer = Recorder()
    consumer.refusing["a"] = NotDelivered("gone", status=410, hopeless=True)
    async with office(consumer) as here:
        await begun(database)
        await here.say("a 1", "a 2", "b 3")
        await until(lambda: len(consumer.tried) == 3)
    assert await states(database) == {"1": "set_aside", "2": "set_aside", "3": "delivered"}


async def test_a_consumer_that_breaks_on_a_letter_tries_it_again(
    office: Opens, database: Database, clock: SettableClock
) -> None:
    consumer = Recorder()
    consumer.refusing["a"] = RuntimeError("a bug")
    async with office(consumer) as here:
        await begun(database)
        await here.say("a 1", "b 2")
        await until(lambda: len(consumer.tried) == 2)
        assert consumer.sent == [("b", "2")]
        await failed(database, 1)
        consumer.refusing.clear()
        clock.advance(timedelta(seconds=3))
        here.outgoing.wake()
        await until(lambda: len(consumer.sent) == 2)


async def test_a_target_that_never_answers_is_given_up_for_now(office: Opens, database: Database) -> None:
    class Deaf(Recorder):
        send_within_s = 0.05

        async def send(self, letter: Message) -> int | None:
            await asyncio.Event().wait()
            return None

    async with office(Deaf()) as here:
        await begun(database)
        await here.say("a 1")
        await failed(database, 1)
    letter = await database.letters.find_one()
    assert letter is not None
    assert (letter["attempts"], letter["reason"]) == (1, "timeout")


async def test_a_lane_that_is_held_counts_no_attempt(office: Opens, database: Database, clock: SettableClock) -> None:
    consumer = Recorder()
    consumer.refusing["a"] = RetryLater(timedelta(minutes=1))
    async with office(consumer) as here:
        await begun(database)
        await here.say("a 1")
        await until(lambda: len(consumer.tried) == 1)
        await until_kept(lambda: database.lanes.find_one({"due_at": {"$gt": clock.now()}}))
        letter = await database.letters.find_one()
        assert letter is not None and "attempts" not in letter
        consumer.refusing.clear()
        clock.advance(timedelta(minutes=1))
        here.outgoing.wake()
        await until(lambda: len(consumer.sent) == 1)


async def test_an_entry_that_a_consumer_breaks_on_holds_up_no_other_stream(
    office: Opens, database: Database, mongod_uri: str
) -> None:
    class Breaks(Recorder):
        async def address(self, entry: Entry, after: str | None) -> Page:
            if entry.event == EVENT:
                raise RuntimeError("a bug")
            return await super().address(entry, after)

    consumer = Breaks()
    await begin_stream(mongod_uri, database.name, "later than e1")
    async with office(consumer) as here:
        await begun(database)
        await here.say("a 1")
        await here.say("b 2", stream="later than e1")
        await until(lambda: consumer.sent == [("b", "2")])


# --- one entry for many, many entries for one ----------------------------------------------------------------------


async def test_one_entry_for_many_targets_is_worked_off_page_by_page(office: Opens, database: Database) -> None:
    consumer = Recorder(keeps_delivered=False)
    targets = [f"t{n:03}" for n in range(100)]
    async with office(consumer) as here:
        await begun(database)
        await here.say(f"{','.join(targets)} all", "t000 next")
        await until(lambda: len(consumer.sent) == 101)
    assert sorted(consumer.sent) == sorted([*((target, "all") for target in targets), ("t000", "next")])
    assert consumer.sent.index(("t000", "all")) < consumer.sent.index(("t000", "next"))
    assert consumer.addressed == 35
    assert await database.letters.count_documents({}) == 0


async def test_an_entry_that_was_interrupted_goes_on_where_it_stopped(office: Opens, database: Database) -> None:
    class Breaks(Recorder):
        async def address(self, entry: Entry, after: str | None) -> Page:
            if after == "t005":
                raise RuntimeError("a crash")
            return await super().address(entry, after)

    first, second = Breaks(), Recorder()
    targets = [f"t{n:03}" for n in range(12)]
    async with office(first) as here:
        await begun(database)
        await here.say(f"{','.join(targets)} all")
        await until(lambda: len(first.sent) == 6)
    async with office(second):
        await until(lambda: len(second.sent) == 6)
    assert second.addressed == 2
    assert sorted(first.sent + second.sent) == [(target, "all") for target in targets]


async def test_several_changes_of_one_target_are_told_once_where_the_consumer_says_so(
    office: Opens, database: Database, clock: SettableClock
) -> None:
    consumer = Recorder(replaces=True, keeps_delivered=False)
    consumer.refusing["a"] = DOWN
    async with office(consumer) as here:
        await begun(database)
        await here.say("a 1")
        await failed(database, 1)
        await here.say("a 2", "a 3", "b 1")
        await until(lambda: consumer.sent == [("b", "1")])
        await until_kept(lambda: says(database, {"3": "waiting"}))
        consumer.refusing.clear()
        clock.advance(timedelta(seconds=3))
        here.outgoing.wake()
        await until(lambda: len(consumer.sent) == 2)
    assert consumer.tried == [("a", "1"), ("b", "1"), ("a", "3")]
    assert await states(database) == {}


async def test_a_change_that_comes_while_the_one_before_is_sent_is_told_too(office: Opens, database: Database) -> None:
    class Slow(Recorder):
        def __init__(self) -> None:
            super().__init__(replaces=True, keeps_delivered=False)
            self.may_go = asyncio.Event()

        async def send(self, letter: Message) -> int | None:
            status = await super().send(letter)
            await self.may_go.wait()
            return status

    consumer = Slow()
    async with office(consumer) as here:
        await begun(database)
        await here.say("a 1")
        await until(lambda: len(consumer.tried) == 1)
        await here.say("a 2")
        await until_kept(lambda: says(database, {"2": "waiting"}))
        consumer.may_go.set()
        await until(lambda: len(consumer.sent) == 2)
    assert consumer.sent == [("a", "1"), ("a", "2")]


# --- streams that come, go, and begin anew -------------------------------------------------------------------------


async def test_a_stream_that_is_gone_is_forgotten(office: Opens, database: Database, mongod_uri: str) -> None:
    consumer = Recorder()
    await begin_stream(mongod_uri, database.name, "e2")
    async with office(consumer):
        await begun(database)
    await database.streams.delete_one({"_id": "e2"})
    async with office(consumer) as here:
        await here.say("a 1")
        await until(lambda: len(consumer.sent) == 1)
    assert sorted([cursor["stream"] async for cursor in database.cursors.find()]) == [EVENT, HUB_STREAM]


async def test_entries_that_are_kept_no_more_are_passed_over(office: Opens, database: Database) -> None:
    consumer = Recorder()
    async with office(consumer) as here:
        await begun(database)
        await here.outgoing.stop()
        await here.say("a 1", "a 2", "a 3")
    await database.journal.delete_many({"seq": {"$lte": 2}})
    async with office(consumer):
        await until(lambda: len(consumer.sent) == 1)
    assert consumer.sent == [("a", "3")]


async def test_what_follows_in_a_restored_stream_is_told_though_its_number_was_used_before(
    office: Opens, database: Database
) -> None:
    consumer = Recorder()
    async with office(consumer) as here:
        await begun(database)
        await here.say("a 1", "a 2")
        await until(lambda: len(consumer.sent) == 2)
    await database.journal.delete_many({"seq": 2})
    await database.streams.update_one({"_id": EVENT}, {"$set": {"seq": 1, "epoch": "k2"}})
    await database.cursors.update_one({"stream": EVENT}, {"$set": {"seq": 1}})
    async with office(consumer) as here:
        await here.say("a other")
        await until(lambda: len(consumer.sent) == 3)
    assert consumer.sent[2:] == [("a", "other")]


# --- several processes ---------------------------------------------------------------------------------------------


async def test_of_two_processes_one_sends(office: Opens, database: Database) -> None:
    first, second = Recorder(), Recorder()
    async with office(first, "p1") as here, office(second, "p2"):
        await begun(database)
        await here.say(*(f"{target} {n}" for n in range(20) for target in "ab"))
        await until(lambda: len(first.sent) + len(second.sent) == 40)
        await asyncio.sleep(0.2)
    assert sorted(map(len, (first.sent, second.sent))) == [0, 40]


async def test_another_takes_over_from_one_that_stops(office: Opens, database: Database) -> None:
    first, second = Recorder(), Recorder()
    async with office(first, "p1") as here:
        await begun(database)
        await here.say("a 1")
        await until(lambda: len(first.sent) == 1)
    async with office(second, "p2") as there:
        await there.say("a 2")
        await until(lambda: len(second.sent) == 1)
    assert (first.sent, second.sent) == ([("a", "1")], [("a", "2")])


async def test_a_late_leader_moves_no_cursor_back(office: Opens, database: Database) -> None:
    consumer = Recorder()
    async with office(consumer) as here:
        await begun(database)
        before = (await here.store.cursors.begin("recorder"))[EVENT]
        await here.say("a 1")
        await until(lambda: len(consumer.sent) == 1)
        await here.store.cursors.move(before)
        assert (await here.store.cursors.begin("recorder"))[EVENT].seq == 1
