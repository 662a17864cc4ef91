"""Transactional outbox: at-least-once delivery in order, retries, dead letters, pages, restores, leadership."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from hub.clock import SettableClock
from hub.model.journal import HUB_STREAM, Entry
from hub.model.outbox import Message
from hub.outbox import worker
from hub.outbox.consumer import DeliveryFailed, Page, RetryLater
from hub.tasks import wait_for_event
from hub.telemetry.tracing import make_tracer
from store.collections.outbox import Messages
from store.mongo.connection import Database
from tests.builders import EVENT
from tests.eventually import PATIENCE_S, eventually
from tests.hub.outbox.conftest import OpenOutbox
from tests.hub.outbox.process import GIVE_UP_AFTER, Recorder, begin_stream, outbox_process
from tests.hub.telemetry.collector import Collector

pytestmark = pytest.mark.gen_test

DOWN = DeliveryFailed("refused")


async def states(database: Database) -> dict[str, str]:
    return {message["content"]["text"]: message["state"] async for message in database.letters.find()}


async def says(database: Database, wanted: dict[str, str]) -> bool:
    return await states(database) == wanted


async def begun(database: Database) -> None:
    """Wait until the consumer has begun."""
    await eventually(lambda: database.cursors.find_one({"stream": HUB_STREAM}))


async def no_partition_is_left(database: Database) -> bool:
    return await database.lanes.count_documents({}) == 0


async def failed(database: Database, times: int) -> Any:
    """Wait until a partition has failed so many times in a row, and return it."""
    return await eventually(lambda: database.lanes.find_one({"failures": times}))


async def test_entries_are_delivered_in_order(open_outbox: OpenOutbox, database: Database) -> None:
    consumer = Recorder()
    async with open_outbox(consumer) as here:
        await begun(database)
        await here.say(*(f"a {n}" for n in range(30)))
        await eventually(lambda: len(consumer.sent) == 30)
        await eventually(lambda: no_partition_is_left(database))
    assert consumer.sent == [("a", str(n)) for n in range(30)]
    assert set((await states(database)).values()) == {"delivered"}


async def test_a_new_consumer_starts_at_the_end_of_streams_and_at_the_start_of_later_ones(
    open_outbox: OpenOutbox, database: Database, mongod_uri: str
) -> None:
    first, consumer = Recorder(), Recorder()
    async with open_outbox(first) as here:
        await begun(database)
        await here.say("a old")
        await eventually(lambda: first.sent == [("a", "old")])
        await eventually(lambda: no_partition_is_left(database))
    await database.cursors.delete_many({})
    async with open_outbox(consumer) as here:
        await begun(database)
        await here.say("a new")
        await begin_stream(mongod_uri, database.name, "e2")
        await here.say("b first", stream="e2")
        await eventually(lambda: len(consumer.sent) == 2)
    assert sorted(consumer.sent) == [("a", "new"), ("b", "first")]


async def test_entries_written_while_no_process_worked_are_delivered_later(
    open_outbox: OpenOutbox, database: Database
) -> None:
    first, second = Recorder(), Recorder()
    async with open_outbox(first) as here:
        await begun(database)
        await here.say("a 1")
        await eventually(lambda: first.sent == [("a", "1")])
        await here.outbox.stop()
        await here.say("a 2", "a 3")
    async with open_outbox(second):
        await eventually(lambda: len(second.sent) == 2)
    assert second.sent == [("a", "2"), ("a", "3")]


async def test_a_stop_in_the_pause_after_a_wake_up_ends_it(
    open_outbox: OpenOutbox, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []

    async def noted(event: asyncio.Event, within_s: float) -> bool:
        pauses.append(within_s)
        return await wait_for_event(event, within_s)

    monkeypatch.setattr(worker, "DEBOUNCE_S", 600.0)
    monkeypatch.setattr(worker, "wait_for_event", noted)
    async with open_outbox(Recorder()) as here:
        await begun(database)
        await here.say("a 1")
        await eventually(lambda: 600.0 in pauses)
        async with asyncio.timeout(PATIENCE_S):
            await here.outbox.stop()


async def test_only_subscribed_kinds_are_routed(
    open_outbox: OpenOutbox, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "POLL_S", 0.1)
    consumer = Recorder()
    consumer.wanted = set()
    async with open_outbox(consumer) as here:
        await begun(database)
        await here.say("a unseen")
        await eventually(lambda: database.cursors.find_one({"stream": EVENT, "seq": {"$gte": 1}}))
        consumer.wanted = {"job.ran"}
        await here.say("a seen")
        await eventually(lambda: bool(consumer.sent))
    assert consumer.sent == [("a", "seen")]


async def test_a_failing_target_keeps_its_order_and_no_other_partition_waits(
    open_outbox: OpenOutbox, database: Database, clock: SettableClock
) -> None:
    consumer = Recorder()
    consumer.refusing["a"] = DOWN
    async with open_outbox(consumer) as here:
        await begun(database)
        await here.say("a 1", "b 1", "a 2", "b 2")
        await eventually(lambda: len(consumer.sent) == 2)
        assert consumer.sent == [("b", "1"), ("b", "2")]
        assert [told for told in consumer.tried if told[0] == "a"] == [("a", "1")]
        consumer.refusing.clear()
        clock.advance(timedelta(seconds=3))
        here.outbox.wake()
        await eventually(lambda: len(consumer.sent) == 4)
    assert consumer.sent[2:] == [("a", "1"), ("a", "2")]


async def test_back_off_doubles_with_each_failure_in_a_row(
    open_outbox: OpenOutbox, database: Database, clock: SettableClock
) -> None:
    consumer = Recorder()
    consumer.refusing["a"] = DOWN
    pauses = []
    async with open_outbox(consumer) as here:
        await begun(database)
        await here.say("a 1")
        for tries in range(1, 5):
            await eventually(lambda tries=tries: len(consumer.tried) == tries)  # type: ignore[misc]
            partition = await failed(database, tries)
            pauses.append((partition["due_at"] - clock.now()).total_seconds())
            clock.set(partition["due_at"])
            here.outbox.wake()
    assert [low <= pause <= 2 * low for low, pause in zip((1, 2, 4, 8), pauses, strict=True)] == [True] * 4


async def test_a_message_that_fails_for_a_day_is_dead_lettered_and_the_next_is_sent(
    open_outbox: OpenOutbox, database: Database, clock: SettableClock
) -> None:
    consumer = Recorder()
    consumer.refusing["a"] = DeliveryFailed("500", status=500)
    async with open_outbox(consumer) as here:
        await begun(database)
        await here.say("a 1")
        await eventually(lambda: len(consumer.tried) == 1)
        await failed(database, 1)
        clock.advance(GIVE_UP_AFTER - timedelta(minutes=1))
        await here.say("a 2")
        await eventually(lambda: len(consumer.tried) == 2)
        await failed(database, 2)
        clock.advance(timedelta(minutes=20))
        here.outbox.wake()
        await eventually(lambda: len(consumer.tried) == 4)
        await failed(database, 1)
    assert consumer.tried == [("a", "1"), ("a", "1"), ("a", "1"), ("a", "2")]
    assert await states(database) == {"1": "set_aside", "2": "waiting"}
    message = await database.letters.find_one({"state": "set_aside"})
    assert message is not None
    assert (message["attempts"], message["status"], message["reason"]) == (3, 500, "500")


async def test_a_permanent_failure_is_dead_lettered_at_once(open_outbox: OpenOutbox, database: Database) -> None:
    consumer = Recorder()
    consumer.refusing["a"] = DeliveryFailed("gone", status=410, permanent=True)
    async with open_outbox(consumer) as here:
        await begun(database)
        await here.say("a 1", "a 2", "b 3")
        await eventually(lambda: len(consumer.tried) == 3)
    assert await states(database) == {"1": "set_aside", "2": "set_aside", "3": "delivered"}


async def test_an_exception_of_a_consumer_is_retried(
    open_outbox: OpenOutbox, database: Database, clock: SettableClock
) -> None:
    consumer = Recorder()
    consumer.refusing["a"] = RuntimeError("a bug")
    async with open_outbox(consumer) as here:
        await begun(database)
        await here.say("a 1", "b 2")
        await eventually(lambda: len(consumer.tried) == 2)
        assert consumer.sent == [("b", "2")]
        await failed(database, 1)
        consumer.refusing.clear()
        clock.advance(timedelta(seconds=3))
        here.outbox.wake()
        await eventually(lambda: len(consumer.sent) == 2)


async def test_a_send_that_times_out_is_retried(open_outbox: OpenOutbox, database: Database) -> None:
    class Deaf(Recorder):
        send_timeout_s = 0.05

        async def send(self, message: Message) -> int | None:
            await asyncio.Event().wait()
            return None

    async with open_outbox(Deaf()) as here:
        await begun(database)
        await here.say("a 1")
        await failed(database, 1)
    message = await database.letters.find_one()
    assert message is not None
    assert (message["attempts"], message["reason"]) == (1, "timeout")


async def test_retry_later_counts_no_attempt(open_outbox: OpenOutbox, database: Database, clock: SettableClock) -> None:
    consumer = Recorder()
    consumer.refusing["a"] = RetryLater(timedelta(minutes=1))
    async with open_outbox(consumer) as here:
        await begun(database)
        await here.say("a 1")
        await eventually(lambda: len(consumer.tried) == 1)
        await eventually(lambda: database.lanes.find_one({"due_at": {"$gt": clock.now()}}))
        message = await database.letters.find_one()
        assert message is not None and "attempts" not in message
        consumer.refusing.clear()
        clock.advance(timedelta(minutes=1))
        here.outbox.wake()
        await eventually(lambda: len(consumer.sent) == 1)


async def test_a_delivery_in_progress_does_not_postpone_what_is_expedited_meanwhile(
    open_outbox: OpenOutbox, database: Database, clock: SettableClock
) -> None:
    """A webhook is resumed while a delivery that met it paused is still under way."""

    class Paused(Recorder):
        is_resumed = False

        async def send(self, message: Message) -> int | None:
            if self.is_resumed:
                return await super().send(message)
            self.is_resumed = True
            await Messages(database).expedite(self.name, message.target, clock.now())
            raise RetryLater(timedelta(minutes=1))

    consumer = Paused()
    async with open_outbox(consumer) as here:
        await begun(database)
        await here.say("a 1")
        await eventually(lambda: len(consumer.sent) == 1)


async def test_an_entry_that_cannot_be_routed_stops_no_other_stream(
    open_outbox: OpenOutbox, database: Database, mongod_uri: str
) -> None:
    class Breaks(Recorder):
        async def route(self, entry: Entry, after: str | None) -> Page:
            if entry.event == EVENT:
                raise RuntimeError("a bug")
            return await super().route(entry, after)

    consumer = Breaks()
    await begin_stream(mongod_uri, database.name, "later than e1")
    async with open_outbox(consumer) as here:
        await begun(database)
        await here.say("a 1")
        await here.say("b 2", stream="later than e1")
        await eventually(lambda: consumer.sent == [("b", "2")])


# --- fan-out and conflation ---


async def test_an_entry_for_many_targets_is_routed_page_by_page(open_outbox: OpenOutbox, database: Database) -> None:
    consumer = Recorder(keeps_delivered=False)
    targets = [f"t{n:03}" for n in range(100)]
    async with open_outbox(consumer) as here:
        await begun(database)
        await here.say(f"{','.join(targets)} all", "t000 next")
        await eventually(lambda: len(consumer.sent) == 101)
    assert sorted(consumer.sent) == sorted([*((target, "all") for target in targets), ("t000", "next")])
    assert consumer.sent.index(("t000", "all")) < consumer.sent.index(("t000", "next"))
    assert consumer.routed == 35
    assert await database.letters.count_documents({}) == 0


async def test_an_interrupted_fan_out_continues_after_its_last_page(
    open_outbox: OpenOutbox, database: Database
) -> None:
    class Breaks(Recorder):
        async def route(self, entry: Entry, after: str | None) -> Page:
            if after == "t005":
                raise RuntimeError("a crash")
            return await super().route(entry, after)

    first, second = Breaks(), Recorder()
    targets = [f"t{n:03}" for n in range(12)]
    async with open_outbox(first) as here:
        await begun(database)
        await here.say(f"{','.join(targets)} all")
        await eventually(lambda: len(first.sent) == 6)
    async with open_outbox(second):
        await eventually(lambda: len(second.sent) == 6)
    assert second.routed == 2
    assert sorted(first.sent + second.sent) == [(target, "all") for target in targets]


async def test_messages_that_replace_are_conflated_to_the_newest(
    open_outbox: OpenOutbox, database: Database, clock: SettableClock
) -> None:
    consumer = Recorder(replaces=True, keeps_delivered=False)
    consumer.refusing["a"] = DOWN
    async with open_outbox(consumer) as here:
        await begun(database)
        await here.say("a 1")
        await failed(database, 1)
        await here.say("a 2", "a 3", "b 1")
        await eventually(lambda: consumer.sent == [("b", "1")])
        await eventually(lambda: says(database, {"3": "waiting"}))
        consumer.refusing.clear()
        clock.advance(timedelta(seconds=3))
        here.outbox.wake()
        await eventually(lambda: len(consumer.sent) == 2)
    assert consumer.tried == [("a", "1"), ("b", "1"), ("a", "3")]
    assert await states(database) == {}


async def test_a_message_replaced_while_it_is_sent_is_sent_again(open_outbox: OpenOutbox, database: Database) -> None:
    class Slow(Recorder):
        def __init__(self) -> None:
            super().__init__(replaces=True, keeps_delivered=False)
            self.may_go = asyncio.Event()

        async def send(self, message: Message) -> int | None:
            status = await super().send(message)
            await self.may_go.wait()
            return status

    consumer = Slow()
    async with open_outbox(consumer) as here:
        await begun(database)
        await here.say("a 1")
        await eventually(lambda: len(consumer.tried) == 1)
        await here.say("a 2")
        await eventually(lambda: says(database, {"2": "waiting"}))
        consumer.may_go.set()
        await eventually(lambda: len(consumer.sent) == 2)
    assert consumer.sent == [("a", "1"), ("a", "2")]


# --- streams deleted, trimmed, restored ---


async def test_the_cursor_of_a_deleted_stream_is_deleted(
    open_outbox: OpenOutbox, database: Database, mongod_uri: str
) -> None:
    consumer = Recorder()
    await begin_stream(mongod_uri, database.name, "e2")
    async with open_outbox(consumer):
        await begun(database)
    await database.streams.delete_one({"_id": "e2"})
    async with open_outbox(consumer) as here:
        await here.say("a 1")
        await eventually(lambda: len(consumer.sent) == 1)
    assert sorted([cursor["stream"] async for cursor in database.cursors.find()]) == [EVENT, HUB_STREAM]


async def test_trimmed_entries_are_skipped(open_outbox: OpenOutbox, database: Database) -> None:
    consumer = Recorder()
    async with open_outbox(consumer) as here:
        await begun(database)
        await here.outbox.stop()
        await here.say("a 1", "a 2", "a 3")
    await database.journal.delete_many({"seq": {"$lte": 2}})
    async with open_outbox(consumer):
        await eventually(lambda: len(consumer.sent) == 1)
    assert consumer.sent == [("a", "3")]


async def test_entries_after_a_restore_are_delivered_though_their_numbers_were_used_before(
    open_outbox: OpenOutbox, database: Database
) -> None:
    consumer = Recorder()
    async with open_outbox(consumer) as here:
        await begun(database)
        await here.say("a 1", "a 2")
        await eventually(lambda: len(consumer.sent) == 2)
    await database.journal.delete_many({"seq": 2})
    await database.streams.update_one({"_id": EVENT}, {"$set": {"seq": 1, "epoch": "k2"}})
    await database.cursors.update_one({"stream": EVENT}, {"$set": {"seq": 1}})
    async with open_outbox(consumer) as here:
        await here.say("a other")
        await eventually(lambda: len(consumer.sent) == 3)
    assert consumer.sent[2:] == [("a", "other")]


# --- several processes ---------------------------------------------------------------------------------------------


async def test_of_two_processes_only_the_leader_sends(open_outbox: OpenOutbox, database: Database) -> None:
    first, second = Recorder(), Recorder()
    async with open_outbox(first, "p1") as here, open_outbox(second, "p2"):
        await begun(database)
        await here.say(*(f"{target} {n}" for n in range(20) for target in "ab"))
        await eventually(lambda: len(first.sent) + len(second.sent) == 40)
        await here.say("a last")
        await eventually(lambda: ("a", "last") in first.sent + second.sent)
    assert sorted(map(len, (first.sent, second.sent))) == [0, 41]


async def test_another_process_takes_over_from_one_that_stops(open_outbox: OpenOutbox, database: Database) -> None:
    first, second = Recorder(), Recorder()
    async with open_outbox(first, "p1") as here:
        await begun(database)
        await here.say("a 1")
        await eventually(lambda: len(first.sent) == 1)
    async with open_outbox(second, "p2") as there:
        await there.say("a 2")
        await eventually(lambda: len(second.sent) == 1)
    assert (first.sent, second.sent) == ([("a", "1")], [("a", "2")])


async def test_a_late_leader_moves_no_cursor_back(open_outbox: OpenOutbox, database: Database) -> None:
    consumer = Recorder()
    async with open_outbox(consumer) as here:
        await begun(database)
        before = (await here.store.cursors.begin("recorder"))[EVENT]
        await here.say("a 1")
        await eventually(lambda: len(consumer.sent) == 1)
        await here.store.cursors.move(before)
        assert (await here.store.cursors.begin("recorder"))[EVENT].seq == 1


async def test_attempts_are_counted_and_traced(
    database: Database, mongod_uri: str, tmp_path: Path, clock: SettableClock
) -> None:
    collector, counted = Collector(), list[tuple[str, ...]]()
    tracer = make_tracer(collector.endpoint, "0", "p1")
    consumer = Recorder()
    consumer.refusing = {"b": DeliveryFailed("no", permanent=True)}
    options: dict[str, Any] = {"tracer": tracer, "count": lambda *attempt: counted.append(attempt)}
    async with outbox_process(mongod_uri, database.name, tmp_path, clock, consumer, **options) as here:
        await begun(database)
        await here.say("a 1", "b 1")
        await eventually(lambda: len(counted) == 2)
        await eventually(lambda: no_partition_is_left(database))
    await tracer.stop()
    await eventually(lambda: len(collector.named("push recorder")) == 2)
    collector.stop()
    assert sorted(counted) == [("recorder", "dead_letter"), ("recorder", "delivered")]
    failed, sent = sorted(collector.named("push recorder"), key=lambda span: not span.is_failed)
    assert (failed.is_failed, sent.is_failed) == (True, False)
    assert sent.attributes == {"scanhub.entry": "job.ran"}
    assert failed.attributes == {"scanhub.entry": "job.ran", "error.type": "DeliveryFailed"}
