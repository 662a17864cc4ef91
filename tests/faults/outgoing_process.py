"""A process that commits a change and dies, as in a power cut, before it is delivered anywhere.

`python -m tests.faults.outgoing_process '{...}'` (see `Orders`) waits until its consumer has begun, writes its words to
the journal, and kills itself: right after the last commit, between two pages of letters, or while a letter is sent.
"""

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Literal

import msgspec

from hub.clock import Clock
from hub.model.journal import Entry
from hub.model.outbox import Message
from hub.outbox.consumer import Page
from tests.hub.outbox.process import Recorder, outbox_process


class Orders(msgspec.Struct, kw_only=True):
    """Orders of the process: its words, and the moment of its death."""

    uri: str
    database: str
    locks: str
    words: list[str]
    dies: Literal["changed", "addressing", "sending"]


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Doomed(Recorder):
    def __init__(self, dies: str) -> None:
        super().__init__()
        self._dies = dies

    async def route(self, entry: Entry, after: str | None) -> Page:
        if after is not None and self._dies == "addressing":
            die()
        return await super().route(entry, after)

    async def send(self, message: Message) -> int | None:
        sys.stdout.write(f"{message.target} {message.content['text']}\n")
        sys.stdout.flush()
        if self._dies == "sending":
            die()
        return await super().send(message)


async def main(orders: Orders) -> None:
    consumer = Doomed(orders.dies)
    async with outbox_process(orders.uri, orders.database, Path(orders.locks), Clock(), consumer, "doomed") as here:
        await here.store.cursors.begin(consumer.name)
        if orders.dies == "changed":
            await here.outbox.stop()
        await here.say(*orders.words)
        if orders.dies == "changed":
            die()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(msgspec.json.decode(sys.argv[1], type=Orders)))
