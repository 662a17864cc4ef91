"""The journal under faults: nothing acknowledged is lost, nothing is written twice, everybody hears the same."""

import asyncio
import os
import random
import signal
import sys
import time
from collections.abc import AsyncIterator, Iterator, Set
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from pymongo import MongoClient, ReturnDocument
from tornado.ioloop import IOLoop

from hub.clock import Clock
from hub.errors import Unavailable
from hub.model.journal import Entry
from store.embedded.mongod import EmbeddedMongod
from store.journal.host_lock import host_lock
from store.journal.journal import Journal
from store.journal.tail import Tail
from store.mongo.connection import Database
from store.mongo.documents import to_bson
from tests.a_database import a_connection, a_journal, prepare
from tests.builders import EVENT, an_entry
from tests.commands import Say, remember
from tests.eventually import eventually
from tests.faults.fail_points import failing
from tests.faults.journal_process import Answered, Orders

pytestmark = pytest.mark.gen_test

ROOT = Path(__file__).parents[2]
WRITERS = "writers"
BEFORE_THE_SERVER_S = 30.0
"""Half of what the server keeps an abandoned transaction for."""
LISTENERS = "listeners"


@pytest.fixture
def uri(mongod_uri: str) -> str:
    """Of connections that fail points are set for, by their application's name."""
    return f"{mongod_uri}&appName={WRITERS}"


@pytest.fixture
def database(uri: str, database_name: str, io_loop: IOLoop) -> Iterator[Database]:
    with a_connection(uri, database_name, io_loop) as database:
        io_loop.run_sync(lambda: prepare(database))
        yield database


@pytest.fixture
def locks(tmp_path: Path) -> Path:
    return tmp_path / "locks"


@pytest.fixture
def journal(database: Database, locks: Path, io_loop: IOLoop) -> Iterator[Journal]:
    with a_journal(database, locks, io_loop) as journal:
        yield journal


class Listener:
    """Hears of everything, by a tail of its own."""

    def __init__(self, database: Database, journal: Journal, *, look_every_s: float = 3600) -> None:
        self.heard: list[Entry] = []
        self.tail = Tail(database, journal, self._deliver, look_every_s=look_every_s)

    def _deliver(self, stream: str, epoch: str, entries: list[Entry]) -> None:
        self.heard += entries

    @property
    def numbers(self) -> list[int]:
        return [entry.seq for entry in self.heard]

    async def hear(self, last: int) -> None:
        """Wait until the entry numbered `last` was heard."""
        await eventually(lambda: bool(self.heard) and self.heard[-1].seq >= last)


@asynccontextmanager
async def listening(database: Database, journal: Journal, *, look_every_s: float = 3600) -> AsyncIterator[Listener]:
    """Listen from the beginning. Looks hardly ever, so that it is the bell that is tested."""
    listener = Listener(database, journal, look_every_s=look_every_s)
    await listener.tail.start()
    listener.tail.follow(EVENT, "k1", 0)
    try:
        yield listener
    finally:
        await listener.tail.stop()


def is_one_to(n: int, numbers: list[int]) -> bool:
    """Whether `numbers` are 1..n, in order, each once."""
    return numbers == list(range(1, n + 1))


async def say_all(journal: Journal, words: list[str]) -> dict[str, Any]:
    """Say all words at once; return the answer to each."""
    answers = await asyncio.gather(*(journal.append(EVENT, Say(word)) for word in words), return_exceptions=True)
    return dict(zip(words, answers, strict=True))


async def check_journal(journal: Journal, acknowledged: dict[str, int], *, maybe: Set[str] = frozenset()) -> int:
    """Check that the journal is 1..n and holds what was acknowledged, where it was said to be, once; return n.

    `maybe`: those that were answered `Unavailable` may be there, once.
    """
    entries = await journal.read(EVENT, 0, 1_000_000)
    assert is_one_to(len(entries), [entry.seq for entry in entries])
    stream = await journal.stream(EVENT)
    assert stream is not None
    assert stream.seq == len(entries)
    said = {entry.data["word"]: entry.seq for entry in entries}
    assert len(said) == len(entries), "something was written twice"
    assert acknowledged.items() <= said.items()
    assert said.keys() - acknowledged.keys() <= maybe
    return len(entries)


# --- several processes -------------------------------------------------------------------------------------------


class Writers:
    """A process of `tests.faults.journal_process`."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None and process.stdout is not None
        self.process = process
        self._in, self.out = process.stdin, process.stdout
        self.answered: list[Answered] = []

    @classmethod
    async def start(cls, **orders: Any) -> "Writers":
        words = msgspec.json.encode(Orders(**orders)).decode()
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.faults.journal_process", words),
            cwd=ROOT,
            stdin=pipe,
            stdout=pipe,
            limit=2**24,
        )
        writers = cls(process)
        assert await writers.out.readline() == b'"ready"\n'
        return writers

    def go(self) -> None:
        self._in.write(b"\n")

    async def hear_answers(self) -> None:
        """Take answers until the process is done, or dead."""
        while (line := await self.out.readline()) not in (b'"done"\n', b""):
            self.answered.append(msgspec.json.decode(line, type=Answered))

    async def heard(self, n: int) -> list[tuple[int, str]]:
        """Return what its tail heard, once that is `n` entries."""
        self._in.write(f"{n}\n".encode())
        heard = msgspec.json.decode(await self.out.readline(), type=list[tuple[int, str]])
        assert await self.process.wait() == 0
        return heard

    @property
    def acknowledged(self) -> dict[str, int]:
        return {one.word: one.seq for one in self.answered if one.seq is not None}


@pytest.mark.parametrize("hosts", [1, 2])
async def test_two_processes_with_sixteen_writers_give_one_sequence(
    database: Database, journal: Journal, uri: str, tmp_path: Path, hosts: int
) -> None:
    """Two hosts: no host lock between the processes, only the conflict on the stream."""
    locks = [str(tmp_path / f"host-{n % hosts}") for n in range(2)]
    orders = {"uri": uri, "database": database.name, "writers": 8, "times": 30}
    processes = [await Writers.start(name=f"p{n}", locks=locks[n], **orders) for n in range(2)]
    began = time.monotonic()
    for each in processes:
        each.go()
    await asyncio.gather(*(each.hear_answers() for each in processes))
    took_s = time.monotonic() - began
    acknowledged = processes[0].acknowledged | processes[1].acknowledged
    n = await check_journal(journal, acknowledged)
    assert n == 2 * 8 * 30
    first, second = [await each.heard(n) for each in processes]
    assert first == second
    assert is_one_to(n, [seq for seq, _ in first])
    longest_s = max(one.took_s for each in processes for one in each.answered)
    assert hosts > 1 or longest_s < took_s / 2, "a writer was starved"


async def test_counting_first_and_inserting_after_is_seen_to_lose_entries(database: Database, journal: Journal) -> None:
    """The control: what the journal does not do, so that these tests are known to see it."""

    async def count_then_insert(writer: int) -> None:
        for _ in range(20):
            stream = await database.streams.find_one_and_update(
                {"_id": EVENT}, {"$inc": {"seq": 1}}, return_document=ReturnDocument.AFTER
            )
            await asyncio.sleep(random.uniform(0, 0.02))
            entry = an_entry(stream["seq"], "job.ran", data={"word": str(writer)})
            await database.journal.insert_one(to_bson(entry))

    async with listening(database, journal, look_every_s=0.1) as listener:
        await asyncio.gather(*(count_then_insert(writer) for writer in range(16)))
        await listener.hear(320)
    assert is_one_to(320, [entry.seq for entry in await journal.read(EVENT, 0)])
    assert len(set(listener.numbers)) < 320, "a reader by cursor saw all, by chance"


# --- faults at the commit ----------------------------------------------------------------------------------------

LOST_ANSWER = {"writeConcernError": {"code": 6, "errmsg": "host unreachable"}}
INTERRUPTED = {"writeConcernError": {"code": 11601, "errmsg": "interrupted"}}
NOT_ENOUGH = {"writeConcernError": {"code": 64, "errmsg": "waiting for replication timed out"}}
NOT_COMMITTED: dict[str, Any] = {"errorCode": 6, "errorLabels": ["UnknownTransactionCommitResult"]}
CUT: dict[str, Any] = {"closeConnection": True}
TRANSIENT: dict[str, Any] = {"errorCode": 251, "errorLabels": ["TransientTransactionError"]}
NO_LABEL: dict[str, Any] = {"errorCode": 8, "errorLabels": []}

FAULTS = {
    "aborted": TRANSIENT,
    "not committed, and not known": NOT_COMMITTED,
    "not committed, and nothing said": NO_LABEL,
    "the connection cut": CUT,
    "committed, and the answer lost": LOST_ANSWER,
    "committed, and not yet by a majority": NOT_ENOUGH,
    "committed, and the wait interrupted": INTERRUPTED,
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("times", [1, 7])
async def test_a_fault_at_the_commit_neither_loses_nor_repeats(
    journal: Journal, mongod_uri: str, fault: str, times: int
) -> None:
    with failing(mongod_uri, "commitTransaction", WRITERS, times=times, **FAULTS[fault]) as point:
        answers = await say_all(journal, [f"w{n}" for n in range(40)])
    assert point.times >= times
    assert await check_journal(journal, answers) == 40


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_command_without_entries_is_neither_lost_nor_repeated(
    journal: Journal, database: Database, mongod_uri: str, fault: str
) -> None:
    """It puts down something new without wanting to see it first, so that doing it twice would fail."""
    with failing(mongod_uri, "commitTransaction", WRITERS, times=3, **FAULTS[fault]) as point:
        await journal.append(EVENT, Say(entries=0, put=[remember("n1")]))
    assert point.times > 0
    assert await database.nonces.count_documents({}) == 1


@pytest.mark.parametrize("command", ["aggregate", "find", "insert", "update"])
@pytest.mark.parametrize("fault", ["aborted", "the connection cut"])
async def test_a_fault_in_the_middle_neither_loses_nor_repeats(
    journal: Journal, mongod_uri: str, command: str, fault: str
) -> None:
    with failing(mongod_uri, command, WRITERS, times=3, **FAULTS[fault]) as point:
        answers = await say_all(journal, [f"w{n}" for n in range(40)])
    assert point.times >= 3
    assert await check_journal(journal, answers) == 40


async def test_faults_at_many_commits_one_after_another_neither_lose_nor_repeat(
    database: Database, journal: Journal, mongod_uri: str
) -> None:
    acknowledged: dict[str, int] = {}
    faults = list(FAULTS.values())
    async with listening(database, journal) as listener:
        for n in range(60):
            with failing(mongod_uri, "commitTransaction", WRITERS, times=1 + n % 3, **faults[n % len(faults)]) as point:
                acknowledged |= await say_all(journal, [f"{n}-{m}" for m in range(5)])
            assert point.times > 0
        n = await check_journal(journal, acknowledged)
        await listener.hear(n)
    assert n == 300
    assert is_one_to(n, listener.numbers)


async def test_a_commit_that_never_gets_through_is_unavailable_and_keeps_nobody_waiting_after(
    journal: Journal, mongod_uri: str, database: Database, locks: Path
) -> None:
    with failing(mongod_uri, "commitTransaction", WRITERS, times=None, **CUT) as point:
        answers = await say_all(journal, ["a", "b"])
    assert point.times > 0
    assert [type(answer) for answer in answers.values()] == [Unavailable, Unavailable]
    async with asyncio.timeout(BEFORE_THE_SERVER_S):
        seq = await journal.append(EVENT, Say("c"))
    await check_journal(journal, {"c": seq}, maybe={"a", "b"})


async def test_another_process_is_not_kept_waiting_by_a_commit_that_never_got_through(
    journal: Journal, mongod_uri: str, database: Database, locks: Path
) -> None:
    """Both live on: what the one left open on the server is ended by the other, and the one goes on after."""
    with failing(mongod_uri, "commitTransaction", WRITERS, times=None, **CUT), pytest.raises(Unavailable):
        await journal.append(EVENT, Say("a"))
    other = Journal(database, locks, Clock())
    async with asyncio.timeout(BEFORE_THE_SERVER_S):
        acknowledged = {"b": await other.append(EVENT, Say("b")), "c": await journal.append(EVENT, Say("c"))}
    await check_journal(journal, acknowledged, maybe={"a"})
    await other.stop()


# --- faults of the change stream ---------------------------------------------------------------------------------

BELL_FAULTS: dict[str, tuple[str, dict[str, Any]]] = {
    "the connection cut": ("getMore", CUT),
    "the cursor gone": ("getMore", {"errorCode": 43}),
    "the operation killed": ("getMore", {"errorCode": 11601}),
    "the history lost": ("getMore", {"errorCode": 286}),
    "the history lost at the opening": ("aggregate", {"errorCode": 286}),
    "the connection cut at the opening": ("aggregate", CUT),
}


@pytest.fixture
def listened(mongod_uri: str, database: Database, io_loop: IOLoop) -> Iterator[Database]:
    """The same database on a connection of its own: writers read by `aggregate` too, and are not to fail."""
    with a_connection(f"{mongod_uri}&appName={LISTENERS}", database.name, io_loop) as listened:
        yield listened


@pytest.mark.parametrize("fault", BELL_FAULTS)
async def test_a_fault_of_the_change_stream_loses_nothing(
    listened: Database, journal: Journal, mongod_uri: str, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    command, how = BELL_FAULTS[fault]
    acknowledged: dict[str, int] = {}
    async with listening(listened, journal) as listener:
        for n in range(6):
            with failing(mongod_uri, command, LISTENERS, times=3, **how) as point:
                if command == "aggregate":
                    await kill_change_streams(mongod_uri, listened.name)
                acknowledged |= await say_all(journal, [f"{n}-{m}" for m in range(10)])
                await asyncio.to_thread(point.wait)
        await listener.hear(60)
        await eventually(lambda: listener.tail.is_listening)
    assert await check_journal(journal, acknowledged) == 60
    assert is_one_to(60, listener.numbers)


async def test_a_killed_change_stream_loses_nothing(database: Database, journal: Journal, mongod_uri: str) -> None:
    acknowledged: dict[str, int] = {}
    async with listening(database, journal) as listener:
        for n in range(10):
            said = asyncio.create_task(say_all(journal, [f"{n}-{m}" for m in range(10)]))
            await kill_change_streams(mongod_uri, database.name)
            acknowledged |= await said
        await listener.hear(100)
    assert await check_journal(journal, acknowledged) == 100
    assert is_one_to(100, listener.numbers)


async def kill_change_streams(uri: str, database: str) -> None:
    """Kill the cursors of all change streams of `database`, idle or waiting; wait for one if there is none."""
    running = {"$currentOp": {"idleCursors": True, "allUsers": True}}
    wanted = {"$match": {"ns": f"{database}.streams", "cursor.tailable": True}}
    with MongoClient[dict[str, Any]](uri) as client:

        def kill() -> bool:
            cursors = [found["cursor"]["cursorId"] for found in client.admin.aggregate([running, wanted])]
            return bool(cursors and client[database].command("killCursors", "streams", cursors=cursors))

        await eventually(kill)


# --- killed processes --------------------------------------------------------------------------------------------


async def test_what_a_killed_process_was_told_is_in_the_journal(
    database: Database, journal: Journal, uri: str, locks: Path
) -> None:
    acknowledged: dict[str, int] = {}
    maybe: set[str] = set()
    orders = {"uri": uri, "database": database.name, "locks": str(locks), "times": 10_000}
    for n in range(4):
        victim = await Writers.start(name=f"v{n}", **orders)
        victim.go()
        hearing = asyncio.create_task(victim.hear_answers())
        mine = [await journal.append(EVENT, Say(f"mine-{n}-{m}")) for m in range(5)]
        await asyncio.sleep(random.uniform(0.1, 0.4))
        victim.process.kill()
        async with asyncio.timeout(BEFORE_THE_SERVER_S):
            mine.append(await journal.append(EVENT, Say(f"mine-{n}-5")))
        await hearing
        await victim.process.wait()
        assert victim.acknowledged
        acknowledged |= victim.acknowledged | {f"mine-{n}-{m}": seq for m, seq in enumerate(mine)}
        maybe |= {following(word) for word in victim.acknowledged}
    await check_journal(journal, acknowledged, maybe=maybe)


def following(word: str) -> str:
    """Return the word that a writer says after `word`."""
    name, writer, n = word.rsplit("-", 2)
    return f"{name}-{writer}-{int(n) + 1}"


@pytest.mark.parametrize("dies", ["deciding", "writing"])
async def test_nobody_waits_for_the_transaction_of_a_process_killed_in_the_middle_of_it(
    database: Database, journal: Journal, uri: str, locks: Path, dies: str
) -> None:
    """The server would keep it open for a minute, and with it the stream, or whoever changes the schema."""
    assert await journal.append(EVENT, Say("before")) == 1
    orders = {"uri": uri, "database": database.name, "locks": str(locks), "dies": dies}
    victim = await Writers.start(name="v", **orders)
    victim.go()
    await victim.hear_answers()
    assert await victim.process.wait() == -signal.SIGKILL
    async with asyncio.timeout(BEFORE_THE_SERVER_S):
        assert await journal.append(EVENT, Say("after")) == 2
    assert await open_transactions(database) == []


async def open_transactions(database: Database) -> list[dict[str, Any]]:
    """Return what the server says of transactions that have touched the database and not ended."""
    all_sessions = {"$currentOp": {"allUsers": True, "idleSessions": True, "localOps": True}}
    operations = await database.client.admin.aggregate([all_sessions]).to_list(None)
    return [each for each in operations if "transaction" in each and each["type"] == "idleSession"]


async def test_nobody_waits_for_the_host_lock_of_a_killed_process(tmp_path: Path) -> None:
    held = "from store.journal.host_lock import *; c=host_lock(Path('.'), 'e1'); c.__enter__(); print('held'); input()"
    pipe = asyncio.subprocess.PIPE
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    holder = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", held), cwd=tmp_path, env=environment, stdin=pipe, stdout=pipe
    )
    assert holder.stdout is not None
    assert await holder.stdout.readline() == b"held\n"
    waiting = asyncio.create_task(asyncio.to_thread(hold, tmp_path))
    await asyncio.sleep(0.2)
    assert not waiting.done()
    holder.kill()
    async with asyncio.timeout(BEFORE_THE_SERVER_S):
        await waiting
    await holder.wait()


def hold(folder: Path) -> None:
    with host_lock(folder, "e1"):
        pass


# --- killed database ---------------------------------------------------------------------------------------------


@pytest.fixture
def mongod(tmp_path: Path, io_loop: IOLoop) -> Iterator[EmbeddedMongod]:
    mongod = EmbeddedMongod(tmp_path / "own")
    yield mongod
    io_loop.run_sync(mongod.stop)


@pytest.fixture
def own_database(mongod: EmbeddedMongod, io_loop: IOLoop) -> Iterator[Database]:
    """A database that no other test uses, to be killed."""
    with a_connection(io_loop.run_sync(mongod.start), "hub", io_loop) as database:
        io_loop.run_sync(lambda: prepare(database))
        yield database


async def kill(mongod: EmbeddedMongod) -> None:
    os.kill(mongod.pid, signal.SIGKILL)
    await mongod.wait()


async def test_a_database_killed_during_traffic_loses_nothing_that_was_acknowledged(
    mongod: EmbeddedMongod, own_database: Database, locks: Path, io_loop: IOLoop
) -> None:
    journal = Journal(own_database, locks, Clock())
    told: dict[str, Any] = {}
    is_over = False

    async def write(writer: int) -> None:
        n = 0
        while not is_over:
            told.update(await say_all(journal, [f"{writer}-{n}"]))
            n += 1

    async with listening(own_database, journal, look_every_s=0.5) as listener:
        writers = [asyncio.create_task(write(writer)) for writer in range(16)]
        for _ in range(3):
            await asyncio.sleep(random.uniform(0.3, 0.8))
            await kill(mongod)
            await mongod.start()
            await until_more(told)
        is_over = True
        await asyncio.gather(*writers)
        acknowledged = {word: answer for word, answer in told.items() if isinstance(answer, int)}
        assert {type(answer) for answer in told.values()} <= {int, Unavailable}
        n = await check_journal(journal, acknowledged, maybe=told.keys() - acknowledged.keys())
        await listener.hear(n)
    assert is_one_to(n, listener.numbers)
    await journal.stop()


async def until_more(told: dict[str, Any]) -> None:
    """Wait until fifty more were acknowledged."""

    def count() -> int:
        return sum(isinstance(answer, int) for answer in told.values())

    wanted = count() + 50
    await eventually(lambda: count() >= wanted)


async def test_while_the_database_is_away_all_are_told_so_in_time_and_later_ones_work(
    mongod: EmbeddedMongod, own_database: Database, locks: Path
) -> None:
    journal = Journal(own_database, locks, Clock())
    async with listening(own_database, journal) as listener:
        acknowledged = {"before": await journal.append(EVENT, Say("before"))}
        await kill(mongod)
        begun = asyncio.get_running_loop().time()
        words = [f"w{n}" for n in range(350)]
        answers = await say_all(journal, words)
        assert {type(answer) for answer in answers.values()} == {Unavailable}
        assert asyncio.get_running_loop().time() - begun < 12
        assert not listener.tail.is_listening
        with pytest.raises(Unavailable):
            await journal.stream(EVENT)
        await mongod.start()
        acknowledged["after"] = await journal.append(EVENT, Say("after"))
        n = await check_journal(journal, acknowledged, maybe=set(words))
        await listener.hear(n)
        await eventually(lambda: listener.tail.is_listening)
    assert is_one_to(n, listener.numbers)
    await journal.stop()
