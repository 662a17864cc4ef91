"""A process that writes to one event's journal and hears of all that is written, as the hub's processes do.

`python -m tests.faults.journal_process '{...}'` (see `Orders`) prints a line for each command that it was answered
on; then it reads a number from its input, waits until it has heard of so many entries, and prints all it heard.
"""

import asyncio
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any, Literal, NoReturn

import msgspec

import store.journal.writes
from hub.clock import Clock
from hub.errors import Unavailable
from hub.model.command import Change, UnitOfWork
from hub.model.journal import Entry
from store.journal.journal import Journal
from store.journal.tail import Tail
from store.mongo.connection import connect, open_database
from tests.builders import EVENT
from tests.commands import Say
from tests.eventually import eventually


class Orders(msgspec.Struct, kw_only=True):
    """Orders of the process: each of `writers` writes `times` commands; `dies`: the process kills itself while
    one is decided, or after the stream was written and before its journal is."""

    uri: str
    database: str
    locks: str
    name: str
    writers: int = 8
    times: int = 20
    dies: Literal["deciding", "writing"] | None = None


class Answered(msgspec.Struct):
    """One command, the number it was told, and how long that took; no number: `Unavailable`."""

    word: str
    seq: int | None
    took_s: float


def die(*_: object) -> NoReturn:
    """Kill the process."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("killed")


class Die(Say):
    """Kill the process when the transaction has read and not written."""

    def decide(self, unit: UnitOfWork) -> Change[Any]:
        die()


def say(what: object) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(what) + b"\n")
    sys.stdout.flush()


async def write(journal: Journal, orders: Orders, writer: int) -> None:
    for n in range(orders.times):
        word = f"{orders.name}-{writer}-{n}"
        begun = time.monotonic()
        try:
            seq = await journal.append(EVENT, Die() if orders.dies == "deciding" else Say(word))
        except Unavailable:
            seq = None
        say(Answered(word, seq, time.monotonic() - begun))


async def main(orders: Orders) -> None:
    database = open_database(connect(orders.uri), orders.database)
    journal = Journal(database, Path(orders.locks), Clock())
    heard: list[Entry] = []
    tail = Tail(database, journal, lambda stream, epoch, entries: heard.extend(entries))
    await tail.start()
    tail.follow(EVENT, "k1", 0)
    if orders.dies == "writing":
        vars(store.journal.writes)["insert"] = die
    say("ready")
    await asyncio.to_thread(sys.stdin.readline)
    await asyncio.gather(*(write(journal, orders, writer) for writer in range(orders.writers)))
    say("done")
    wanted = int(await asyncio.to_thread(sys.stdin.readline))
    await eventually(lambda: len(heard) >= wanted)
    say([(entry.seq, entry.data["word"]) for entry in heard])
    await tail.stop()
    await journal.stop()
    database.client.close()


if __name__ == "__main__":
    asyncio.run(main(msgspec.json.decode(sys.argv[1], type=Orders)))
