"""The appender: what is decided together is written together, and whatever fails, fails alone."""

import asyncio
import fcntl
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tornado.ioloop import IOLoop

from hub.clock import Clock
from hub.errors import Conflict, Duplicate, NotFound, Unavailable, Unreadable
from hub.model.access import Device
from hub.model.base import Document
from hub.model.command import Change, IdempotencyRecord, Key, UnitOfWork, apply_effect
from hub.model.event import Event, Showing
from hub.model.journal import HUB_STREAM, Entry, Stream
from store.journal.appender import BATCH_COMMANDS, BATCH_ENTRIES, GATHER_S, Appender
from store.journal.host_lock import FairHostLock, host_lock
from store.journal.journal import Journal
from store.mongo.connection import Database
from store.mongo.documents import from_bson, to_bson
from tests.a_database import a_journal
from tests.builders import EVENT, a_device, a_showing, a_stream, an_event
from tests.commands import Break, Say, SayOnce, remember
from tests.eventually import PATIENCE_S, eventually

pytestmark = pytest.mark.gen_test


async def entries_of(journal: Journal, stream: str = EVENT) -> list[Entry]:
    return await journal.read(stream, 0, 100_000)


async def words_of(journal: Journal) -> list[str]:
    return [entry.data["word"] for entry in await entries_of(journal)]


async def stream_of(journal: Journal) -> Stream:
    stream = await journal.stream(EVENT)
    assert stream is not None
    return stream


async def append_all(journal: Journal, commands: Iterable[Any], stream: str = EVENT) -> list[Any]:
    """Append at once; return answers and errors."""
    return await asyncio.gather(*(journal.append(stream, command) for command in commands), return_exceptions=True)


# --- numbering and counting --------------------------------------------------------------------------------------


async def test_entries_are_numbered_from_one_in_the_order_they_were_asked_for(journal: Journal) -> None:
    answers = [await journal.append(EVENT, Say(word)) for word in ("a", "b")]
    answers += await append_all(journal, [Say("c"), Say("d", entries=3), Say("e")])
    assert answers == [1, 2, 3, 4, 7]
    entries = await entries_of(journal)
    assert [entry.seq for entry in entries] == [1, 2, 3, 4, 5, 6, 7]
    assert [entry.data["word"] for entry in entries] == ["a", "b", "c", "d", "d", "d", "e"]
    assert (await stream_of(journal)).seq == 7


async def test_each_stream_has_numbers_of_its_own(journal: Journal, database: Database) -> None:
    await database.streams.insert_one(to_bson(a_stream("e2")))
    await database.events.insert_one(to_bson(an_event("e2")))
    first, second = await asyncio.gather(journal.append(EVENT, Say()), journal.append("e2", Say()))
    assert (first, second) == (1, 1)
    assert await journal.append(HUB_STREAM, Say()) == 1
    assert await journal.positions([EVENT, "e2", "nowhere"]) == {EVENT: ("k1", 1), "e2": ("k1", 1)}


async def test_a_command_that_writes_no_entry_takes_no_number(journal: Journal, database: Database) -> None:
    await journal.append(EVENT, Say(entries=0, put=[remember("n1")]))
    assert await database.nonces.find_one({"_id": "n1"})
    assert (await stream_of(journal)).seq == 0


async def test_a_page_of_the_journal_is_read_from_any_place(journal: Journal) -> None:
    await journal.append(EVENT, Say(entries=300))
    assert [entry.seq for entry in await journal.read(EVENT, 120, 150)] == list(range(121, 271))
    assert await journal.read(EVENT, 300) == []


def effects() -> st.SearchStrategy[dict[str, int]]:
    paths = ["booked", "capacity", "admitted", "denied", "inside", "headcount", "zones.z1", "zones.z2"]
    paths += [f"doors.{door}.{counter}" for door in ("d1", "d2") for counter in ("admitted", "exited", "denied")]
    return st.dictionaries(st.sampled_from(paths), st.integers(-3, 5), max_size=6)


@given(history=st.lists(st.lists(effects(), min_size=1, max_size=8), min_size=1, max_size=4))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_counters_are_the_sum_of_all_effects(
    database: Database, tmp_path: Path, io_loop: IOLoop, history: list[list[dict[str, int]]]
) -> None:
    """A command that would bring a count below zero is refused alone, and the sum stays exact."""

    async def run() -> tuple[Stream, list[Entry]]:
        await database.streams.replace_one({"_id": EVENT}, to_bson(a_stream()))
        await database.journal.delete_many({})
        for batch in history:
            await append_all(journal, [Say(effect=effect) for effect in batch])
        return await stream_of(journal), await entries_of(journal)

    with a_journal(database, tmp_path / "locks", io_loop) as journal:
        stream, entries = io_loop.run_sync(run)
    sum_of_all = a_stream(seq=len(entries), touch=stream.touch)
    for entry in entries:
        apply_effect(sum_of_all, entry.effect)
    assert without_zeros(stream) == without_zeros(sum_of_all)
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))


def without_zeros(stream: Stream) -> Any:
    """Return its counts; a door never used equals one that counts nothing."""

    def clean(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        cleaned = {key: clean(each) for key, each in value.items()}
        return {key: each for key, each in cleaned.items() if each not in (0, {})}

    return clean(msgspec.to_builtins(stream))


# --- group commit ------------------------------------------------------------------------------------------------


async def test_many_at_once_are_committed_in_few_transactions(journal: Journal) -> None:
    answers = await append_all(journal, [Say() for _ in range(64)])
    assert answers == list(range(1, 65))
    assert (await stream_of(journal)).touch <= 2


async def test_those_who_are_still_on_their_way_through_the_loop_share_the_commit(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A request takes some turns of the loop from its socket to the queue, and each reads some of those that wait."""
    monkeypatch.setattr("store.journal.appender.GATHER_S", 10.0)
    appended: list[asyncio.Task[Any]] = []
    for _ in range(20):
        appended.append(asyncio.create_task(journal.append(EVENT, Say())))
        for _ in range(3):
            await asyncio.sleep(0)
    await asyncio.gather(*appended)
    assert sizes_of_batches(await entries_of(journal)) == [20]


async def test_a_loop_that_never_rests_keeps_nobody_waiting(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command comes in every turn of the loop: the first are written all the same, though no batch is ever full."""
    monkeypatch.setattr("store.journal.appender.BATCH_COMMANDS", 1_000_000)
    first = asyncio.create_task(journal.append(EVENT, Say()))
    others: list[asyncio.Task[Any]] = []
    async with asyncio.timeout(PATIENCE_S):
        while not first.done():
            others.append(asyncio.create_task(journal.append(EVENT, Say())))
            asyncio.get_running_loop().call_soon(time.sleep, GATHER_S / 5)
            await asyncio.sleep(0)
    assert (await first, len(others) > 0) == (1, True)
    await asyncio.gather(*others)


async def test_a_batch_holds_a_hundred_commands(journal: Journal) -> None:
    await append_all(journal, [Say() for _ in range(2 * BATCH_COMMANDS + 1)])
    entries = await entries_of(journal)
    assert sizes_of_batches(entries) == [BATCH_COMMANDS, BATCH_COMMANDS, 1]


async def test_a_batch_holds_five_hundred_entries(journal: Journal) -> None:
    third = BATCH_ENTRIES // 3
    await append_all(journal, [Say(entries=third) for _ in range(4)])
    assert sizes_of_batches(await entries_of(journal)) == [3 * third, third]


async def test_a_command_heavier_than_a_batch_is_written_alone(journal: Journal) -> None:
    await append_all(journal, [Say(), Say(entries=BATCH_ENTRIES + 100), Say()])
    assert sizes_of_batches(await entries_of(journal)) == [1, BATCH_ENTRIES + 100, 1]


def sizes_of_batches(entries: list[Entry]) -> list[int]:
    sizes: dict[str, int] = {}
    for entry in entries:
        sizes[entry.batch] = sizes.get(entry.batch, 0) + 1
    return list(sizes.values())


class TakeSeat(Say):
    """Take one seat of a showing."""

    def decide(self, unit: UnitOfWork) -> Change[Any]:
        showing = unit.find(Showing, "s1")
        assert showing is not None
        if showing.booked == showing.capacity:
            raise Conflict("sold_out", "Sold out")
        taken = msgspec.structs.replace(showing, booked=showing.booked + 1)
        return Change(answer=taken.booked, entries=self.new_entries, put=[taken])


async def test_each_command_sees_what_the_ones_before_it_changed(journal: Journal, database: Database) -> None:
    showing = a_showing("s1", capacity=5)
    await database.showings.insert_one(to_bson(showing))
    answers = await append_all(journal, [TakeSeat(wants=[(Showing, "s1")]) for _ in range(9)])
    assert answers[:5] == [1, 2, 3, 4, 5]
    assert all(isinstance(answer, Conflict) for answer in answers[5:])
    assert from_bson(await database.showings.find_one() or {}, Showing).booked == 5
    assert len(await entries_of(journal)) == 5


async def test_what_one_puts_down_another_finds_and_a_third_takes_away(journal: Journal, database: Database) -> None:
    said = await append_all(
        journal, [SayOnce("n1"), SayOnce("n1"), Say(drop=[(IdempotencyRecord, "n1")]), SayOnce("n1")]
    )
    assert said == [1, 1, 2, 3]
    assert await journal.append(EVENT, SayOnce("n1")) == 3
    await journal.append(EVENT, Say(wants=[(IdempotencyRecord, "n1")], drop=[(IdempotencyRecord, "n1")]))
    assert await database.nonces.count_documents({}) == 0


async def test_more_documents_are_read_than_one_page_of_a_cursor_holds(journal: Journal, database: Database) -> None:
    await database.nonces.insert_many([to_bson(remember(f"n{n}", answer=b"7")) for n in range(300)])
    assert await append_all(journal, [SayOnce(f"n{n}") for n in range(300)]) == [7] * 300
    assert await entries_of(journal) == []


async def test_a_changed_document_is_kept_exactly_as_it_was_put(journal: Journal, database: Database) -> None:
    """Fields set, changed and back at their default; what a command changes in place is written too."""
    before = a_device(key_prefix="p", door="d1", may=["scan"], joined=3)
    await database.devices.insert_one({**to_bson(before), "of_an_older_version": 1, "archived": False})

    class Change1(Say):
        def decide(self, unit: UnitOfWork) -> Change[Any]:
            device = unit.find(Device, "v1")
            assert device is not None
            device.may.append("undo")
            return Change(
                answer=None, put=[msgspec.structs.replace(device, key_prefix=None, door="d2", claimed=True, joined=0)]
            )

    await journal.append(HUB_STREAM, Change1(wants=[(Device, "v1")]))
    after = msgspec.structs.replace(before, key_prefix=None, door="d2", claimed=True, joined=0, may=["scan", "undo"])
    assert await database.devices.find_one() == to_bson(after)


async def test_a_document_put_as_it_is_is_no_error(journal: Journal, database: Database) -> None:
    await database.devices.insert_one(to_bson(a_device()))
    await journal.append(HUB_STREAM, Say(put=[a_device()], wants=[(Device, "v1")]))
    assert await database.devices.find_one() == to_bson(a_device())


# --- whatever fails, fails alone ---------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [Conflict("sold_out", "Sold out"), ValueError("a bug"), StopIteration()], ids=repr)
async def test_a_command_that_raises_fails_alone(journal: Journal, error: Exception) -> None:
    first, broken, last = await append_all(journal, [Say("a"), Break(error), Say("b")])
    assert (first, last) == (1, 2)
    assert isinstance(broken, RuntimeError if isinstance(error, StopIteration) else type(error))
    assert await words_of(journal) == ["a", "b"]
    assert (await stream_of(journal)).touch == 1


@pytest.mark.parametrize(
    "effect", [{"admited": 1}, {"seq": 1}, {"doors.d1": 1}, {"doors.d1.lost": 1}, {"admitted": 1.5}], ids=repr
)
async def test_a_command_with_an_impossible_effect_writes_nothing_at_all(
    journal: Journal, database: Database, effect: dict[str, Any]
) -> None:
    wrong = Say("wrong", effect=effect, entries=2, put=[remember("n1")])
    first, broken, last = await append_all(journal, [Say("a"), wrong, Say("b")])
    assert (first, last) == (1, 2)
    assert isinstance(broken, (ValueError, TypeError))
    assert await words_of(journal) == ["a", "b"]
    assert await database.nonces.count_documents({}) == 0


class NotOfOurKinds(Document, kw_only=True):
    """A document that no collection keeps."""

    id: str


class Unwritable:
    """Something that cannot be made a document of."""


class WantsTheImpossible(Say):
    def reads(self) -> Iterable[Key]:
        raise ValueError("a bug")


def poisons() -> dict[str, Callable[[], Say]]:
    """Commands that decide well and cannot be written, or not read for."""
    count_below_zero = a_showing("s9", capacity=-1)
    return {
        "violates the validator": lambda: Say("poison", put=[count_below_zero]),
        "a counter below zero": lambda: Say("poison", effect={"admitted": -5}),
        "an id that is there already": lambda: Say("poison", put=[remember("taken")]),
        "a unique field that is there already": lambda: Say("poison", put=[device_with_key("p9")]),
        "no collection": lambda: Say("poison", put=[NotOfOurKinds(id="x")]),
        "cannot be encoded by msgspec": lambda: say_data({"what": Unwritable()}),
        "cannot be encoded as BSON": lambda: say_data({"what": 2**70}),
        "a key that BSON does not allow": lambda: say_data({"nul\0": 1}),
        "too large": lambda: say_data({"what": "x" * 17_000_000}),
        "wants the impossible": lambda: WantsTheImpossible("poison"),
    }


def device_with_key(device_id: str) -> Device:
    return msgspec.structs.replace(a_device(device_id), key_prefix="p")


def say_data(data: dict[str, Any]) -> Say:
    command = Say("poison")
    command.new_entries[0].data.update(data)
    return command


@pytest.mark.parametrize("poison", poisons())
async def test_a_poison_command_fails_alone(journal: Journal, database: Database, poison: str) -> None:
    await database.nonces.insert_one(to_bson(remember("taken")))
    await database.devices.insert_one(to_bson(device_with_key("p1")))
    commands = [Say(f"w{n}") for n in range(7)]
    answers = await append_all(journal, [*commands[:3], poisons()[poison](), *commands[3:]])
    assert answers[:3] + answers[4:] == [1, 2, 3, 4, 5, 6, 7]
    assert isinstance(answers[3], Duplicate if "there already" in poison else Exception)
    assert await words_of(journal) == [f"w{n}" for n in range(7)]
    assert await journal.append(EVENT, Say("after")) == 8


async def test_what_cannot_be_written_is_never_told_as_done(journal: Journal) -> None:
    with pytest.raises(TypeError):
        await journal.append(EVENT, say_data({"what": Unwritable()}))
    assert await entries_of(journal) == []


async def test_a_document_that_cannot_be_read_fails_only_who_wants_it(journal: Journal, database: Database) -> None:
    await database.nonces.insert_one({"_id": "odd"}, bypass_document_validation=True)
    answers = await append_all(journal, [Say("a"), Say("b", wants=[(IdempotencyRecord, "odd")]), Say("c")])
    assert [answers[0], answers[2]] == [1, 2]
    assert isinstance(answers[1], Unreadable)


@pytest.mark.parametrize("missing", ["streams", "events"])
async def test_where_there_is_no_event_all_are_told_so(journal: Journal, database: Database, missing: str) -> None:
    await database[missing].delete_one({"_id": EVENT})
    answers = await append_all(journal, [Say(), Say()])
    assert [type(answer) for answer in answers] == [NotFound, NotFound]


async def test_an_event_made_later_is_found(journal: Journal, database: Database) -> None:
    with pytest.raises(NotFound):
        await journal.append("e2", Say())
    made = Say(put=[an_event("e2"), a_stream("e2")])
    await journal.append(HUB_STREAM, made)
    assert await journal.append("e2", Say()) == 1


async def test_an_odd_name_of_a_stream_leads_to_no_other_file(journal: Journal, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        await journal.append("../../elsewhere", Say())
    assert os.listdir(tmp_path) == ["locks"]


async def test_a_waiter_that_went_away_disturbs_nobody(journal: Journal) -> None:
    leaving = asyncio.create_task(journal.append(EVENT, Say("left")))
    staying = asyncio.create_task(journal.append(EVENT, Say("stayed")))
    await asyncio.sleep(0)
    leaving.cancel()
    assert await staying in (1, 2)
    assert "stayed" in await words_of(journal)
    assert await journal.append(EVENT, Say("after")) == (await stream_of(journal)).seq


async def test_a_waiter_that_left_before_its_turn_is_not_decided(journal: Journal, tmp_path: Path) -> None:
    with host_lock(tmp_path / "locks", EVENT):
        leaving = asyncio.create_task(journal.append(EVENT, Say("left")))
        await eventually(lambda: somebody_waits(tmp_path / "locks"))
        leaving.cancel()
    await journal.append(EVENT, Say("after"))
    assert await words_of(journal) == ["after"]


async def test_who_waits_too_long_is_told_so(database: Database, tmp_path: Path) -> None:
    threads = ThreadPoolExecutor(1)
    appender = Appender(database, EVENT, tmp_path, Clock(), threads, answer_within_s=1.0)
    with host_lock(tmp_path, EVENT):
        first = asyncio.create_task(appender.append(Say("late")))
        await asyncio.sleep(0.5)  # half of what the first may wait
        second = asyncio.create_task(appender.append(Say("late too")))
        with pytest.raises(Unavailable):
            await first
        assert not second.done()
        with pytest.raises(Unavailable):
            await second
        with pytest.raises(Unavailable):
            await appender.append(Say("much later"))
    assert await appender.append(Say("after")) == 1
    await appender.stop()
    threads.shutdown()


async def test_many_busy_events_all_get_their_turn(database: Database, tmp_path: Path) -> None:
    """Two threads for six events, each of which always has more to do."""
    names = [f"e{n}" for n in range(10, 16)]
    await database.streams.insert_many([to_bson(a_stream(name)) for name in names])
    await database.events.insert_many([to_bson(an_event(name)) for name in names])
    threads = ThreadPoolExecutor(2)
    appenders = [Appender(database, name, tmp_path, Clock(), threads) for name in names]
    said = dict.fromkeys(names, 0)
    is_over = False

    async def keep_busy(name: str, appender: Appender) -> None:
        while not is_over:
            await asyncio.gather(*(appender.append(Say()) for _ in range(BATCH_COMMANDS + 1)))
            said[name] += 1

    busy = [asyncio.create_task(keep_busy(*each)) for each in zip(names, appenders, strict=True)]
    await eventually(lambda: max(said.values()) >= 12)
    turns = list(said.values())
    is_over = True
    await asyncio.gather(*busy)
    for appender in appenders:
        await appender.stop()
    threads.shutdown()
    assert min(turns) >= max(turns) / 4


async def test_a_transaction_commits_while_the_common_threads_are_all_taken(journal: Journal) -> None:
    """Logins hash their passwords there; what a door waits for waits for none of them."""
    over = threading.Event()
    hashing = [asyncio.create_task(asyncio.to_thread(over.wait)) for _ in range(100)]
    try:
        assert await journal.append(EVENT, Say("at the door")) == 1
        assert not any(task.done() for task in hashing)
    finally:
        over.set()
        await asyncio.gather(*hashing)


# --- event and devices -------------------------------------------------------------------------------------------


class ScanAt(Say):
    """Answer whether the device is in service, and what the event is called."""

    def decide(self, unit: UnitOfWork) -> Change[Any]:
        device = unit.device("v1")
        if device is None:
            raise NotFound("no such device")
        return Change(answer=(device.archived, unit.event.name), entries=self.new_entries)


async def test_a_revision_is_seen_by_the_very_next_decision(journal: Journal, database: Database) -> None:
    await database.devices.insert_one(to_bson(a_device()))
    assert await journal.append(EVENT, ScanAt()) == (False, an_event().name)
    archive = Say(put=[a_device(archived=True)], wants=[(Device, "v1")], bump=[EVENT])
    await journal.append(HUB_STREAM, archive)
    assert await journal.append(EVENT, ScanAt()) == (True, an_event().name)


async def test_a_process_sees_the_revision_that_another_one_made(
    journal: Journal, database: Database, tmp_path: Path, io_loop: IOLoop
) -> None:
    await database.devices.insert_one(to_bson(a_device(event=None)))
    await journal.append(EVENT, ScanAt())
    other = Journal(database, tmp_path / "locks", Clock())
    await other.append(HUB_STREAM, Say(put=[a_device(archived=True)], wants=[(Device, "v1")], bump=[EVENT]))
    assert await journal.append(EVENT, ScanAt()) == (True, an_event().name)
    await other.stop()


async def test_a_change_of_the_event_itself_is_seen_in_the_same_batch_and_after(journal: Journal) -> None:
    renamed = msgspec.structs.replace(an_event(), name="A better night")
    rename = Say(entries=0, put=[renamed, a_device()], wants=[(Event, EVENT)], bump=[EVENT])
    answers = await append_all(journal, [rename, ScanAt()])
    assert answers[1] == (False, "A better night")
    assert (await stream_of(journal)).revision == 1
    assert await journal.append(EVENT, ScanAt()) == (False, "A better night")


async def test_the_event_is_read_once_as_long_as_nothing_changes(journal: Journal, database: Database) -> None:
    await journal.append(EVENT, Say())
    await database.events.delete_one({"_id": EVENT})
    assert await journal.append(EVENT, Say()) == 2


async def test_a_device_is_archived_while_its_event_is_busy(journal: Journal, database: Database) -> None:
    """The event's stream is held nearly all the time, by one who would always come first."""
    await database.devices.insert_one(to_bson(a_device()))
    is_over, said = False, 0

    async def keep_busy() -> None:
        nonlocal said
        while not is_over:
            await journal.append(EVENT, Say(put=[], entries=3))
            said += 1

    busy = [asyncio.create_task(keep_busy()) for _ in range(8)]
    await eventually(lambda: said >= len(busy))
    loop = asyncio.get_running_loop()
    for n in range(5):
        begun = loop.time()
        archive = Say(put=[a_device(archived=bool(n % 2))], wants=[(Device, "v1")], bump=[EVENT])
        await journal.append(HUB_STREAM, archive)
        assert loop.time() - begun < 2
    is_over = True
    await asyncio.gather(*busy)
    assert (await stream_of(journal)).revision == 5


async def test_the_hub_stream_belongs_to_no_event(journal: Journal) -> None:
    class AskForEvent(Say):
        def decide(self, unit: UnitOfWork) -> Change[Any]:
            return Change(answer=unit.event)

    create = Say(put=[an_event("e2")])
    answers = await append_all(journal, [create, AskForEvent()], HUB_STREAM)
    assert isinstance(answers[1], LookupError)


# --- starting and stopping ---------------------------------------------------------------------------------------


async def test_a_stop_finishes_what_waits_and_refuses_what_comes_later(journal: Journal) -> None:
    waiting = [asyncio.create_task(journal.append(EVENT, Say())) for _ in range(150)]
    await asyncio.sleep(0)
    await journal.stop()
    assert [await each for each in waiting] == list(range(1, 151))
    with pytest.raises(Unavailable):
        await journal.append(EVENT, Say())


async def test_appenders_that_rest_make_room_for_others(database: Database, tmp_path: Path) -> None:
    locks = tmp_path / "locks"
    journal = Journal(database, locks, Clock(), most_appenders=3)
    names = [f"e{n}" for n in range(10, 18)]
    await database.streams.insert_many([to_bson(a_stream(name)) for name in names])
    await database.events.insert_many([to_bson(an_event(name)) for name in names])
    for _ in range(2):
        for name in names:
            await journal.append(name, Say())
            assert open_files(locks) <= 3 * 2
    assert open_files(locks) == 3 * 2
    assert await asyncio.gather(*(journal.append(name, Say()) for name in names)) == [3] * len(names)
    await journal.stop()
    assert open_files(locks) == 0


def open_files(folder: Path) -> int:
    """Return how many files of a folder this process holds open; others come and go meanwhile in its other threads."""
    return sum(Path(target).is_relative_to(folder) for target in _descriptors())


def _descriptors() -> Iterator[str]:
    for fd in os.listdir("/proc/self/fd"):
        with suppress(FileNotFoundError):  # closed since it was listed
            yield os.readlink(f"/proc/self/fd/{fd}")


def test_open_files_are_counted_while_other_threads_open_and_close_theirs(tmp_path: Path) -> None:
    is_over = threading.Event()

    def churn() -> None:
        while not is_over.is_set():
            (tmp_path / "other").write_text("")

    with ThreadPoolExecutor(2) as threads, (tmp_path / "other").open("w"):
        churning = [threads.submit(churn) for _ in range(2)]
        counted = {open_files(tmp_path / "locks") for _ in range(2000)}
        is_over.set()
    assert counted == {0}
    assert [each.result() for each in churning] == [None, None]


# --- the host lock -------------------------------------------------------------------------------------------


async def test_one_at_a_time_holds_the_host_lock_and_the_waiting_one_comes_first(tmp_path: Path) -> None:
    order: list[str] = []
    ended: set[str] = set()

    def hold(name: str, other: str) -> None:
        lock = FairHostLock(tmp_path, "e1")
        for _ in range(6):
            with lock.held():
                order.append(name)
                while not (somebody_waits(tmp_path) or other in ended):
                    time.sleep(0.001)
                order.append(name)
        ended.add(name)
        lock.close()

    async with asyncio.timeout(PATIENCE_S):
        await asyncio.gather(asyncio.to_thread(hold, "one", "other"), asyncio.to_thread(hold, "other", "one"))
    assert all(order[n] == order[n + 1] for n in range(0, len(order), 2))
    assert order[::2] in (["one", "other"] * 6, ["other", "one"] * 6)


def somebody_waits(folder: Path) -> bool:
    """Whether a command has passed the gate and waits for its turn."""
    with (folder / "e1.gate").open() as gate:
        try:
            fcntl.flock(gate, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


async def test_a_device_that_cannot_be_read_blocks_no_command_of_its_event(
    journal: Journal, database: Database
) -> None:
    broken = to_bson(a_device("broken")) | {"name": 7}
    await database.devices.insert_many([broken, to_bson(a_device("good"))], bypass_document_validation=True)
    assert await append_all(journal, [Say("a"), Say("b")]) == [1, 2]
    assert await words_of(journal) == ["a", "b"]
