"""Tail: delivers every new journal entry to this process, its own ones too, by a change stream and a cursor.

One change stream on `streams` is the wake-up signal, the bell, of each commit. Entries are read from the journal, from
the position that the follower has, in order. So a change stream that dies, or has lost its history, loses nothing
(docs/architecture.md, The journal). Motor holds a thread for each waiting change stream, hence one for all events.
"""

import asyncio
from collections.abc import Callable
from typing import Any

import structlog

from hub.model.journal import Entry
from store.journal.journal import Journal
from store.mongo.connection import Database

log = structlog.get_logger(__name__)

Deliver = Callable[[str, str, list[Entry]], None]
Rung = Callable[[str], None]

SIGNAL_PIPELINE: list[dict[str, Any]] = [
    # A transaction changes its stream also where it numbers no entries, which is no news.
    {
        "$match": {
            "$or": [
                {"operationType": {"$in": ["insert", "replace"]}},
                {"operationType": "update", "updateDescription.updatedFields.seq": {"$exists": True}},
            ]
        }
    },
    {"$project": {"_id": 1, "documentKey": 1}},
]
PAGE = 1000
AWAIT_MS = 250
"""How long the server holds a read of the change stream that finds nothing."""


class _Position:
    """Cursor of one follower: the number of the last entry that was delivered."""

    def __init__(self, epoch: str, seq: int) -> None:
        self.epoch = epoch
        self.seq = seq
        self.is_signalled = False
        self.is_read = False
        self.behind_since: float | None = None
        """Time of the loop at which the journal was found to go on behind it; None where all was delivered."""


class Tail:
    """Tail of the journal: delivers the entries of followed streams, each once and in order, until stopped.

    `deliver(stream, epoch, entries)` is called with the entries that come after those before; with a new epoch and no
    entries where the stream began anew (a restored backup); with entries that leave a gap where a part of the journal
    is kept no more. After the last two its follower has to read the state afresh.

    `rung(stream)` is called for each wake-up signal, followed or not: a hint that may be lost.
    """

    def __init__(
        self,
        database: Database,
        journal: Journal,
        deliver: Deliver,
        *,
        rung: Rung = lambda stream: None,
        look_every_s: float = 1.0,
    ) -> None:
        self._database = database
        self._journal = journal
        self._deliver = deliver
        self._rung = rung
        self._look_every_s = look_every_s
        self._positions: dict[str, _Position] = {}
        self._stopping = asyncio.Event()
        self._listening = asyncio.Event()
        self._listener: asyncio.Task[None] | None = None
        self._looker: asyncio.Task[None] | None = None
        self._readers: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Begin to listen; returns once the change stream is open, or when it is stopped before."""
        self._listener, self._looker = asyncio.create_task(self._listen()), asyncio.create_task(self._look())
        listening = asyncio.create_task(self._listening.wait())
        await asyncio.wait([listening, self._listener], return_when=asyncio.FIRST_COMPLETED)
        listening.cancel()

    async def stop(self) -> None:
        """Stop listening; pending reads of the journal are waited for.

        One of the change stream is not: no server interrupts it, and it ends by itself, in its thread.
        """
        self._stopping.set()
        if self._listener is not None:
            self._listener.cancel()
        tasks = [task for task in (self._listener, self._looker) if task is not None]
        await asyncio.gather(*tasks, *self._readers, return_exceptions=True)

    @property
    def is_listening(self) -> bool:
        """Whether the change stream is open."""
        return self._listening.is_set()

    @property
    def lag_s(self) -> float:
        """Seconds that the journal of a followed stream has been ahead of what was delivered, at most; 0: none is."""
        began = [each.behind_since for each in self._positions.values() if each.behind_since is not None]
        return asyncio.get_running_loop().time() - min(began) if began else 0.0

    def follow(self, stream: str, epoch: str, seq: int) -> None:
        """Deliver the entries after `seq` of `stream`, from now on."""
        self._positions[stream] = _Position(epoch, seq)
        self._wake(stream)

    def unfollow(self, stream: str) -> None:
        """Deliver nothing more of `stream`."""
        self._positions.pop(stream, None)

    async def _listen(self) -> None:
        while not self._stopping.is_set():
            try:
                await self._follow_change_stream()
            except Exception as error:  # whatever it is, a process without wake-up signals must try again
                log.warning("the change stream ended and is opened anew", reason=repr(error))
            finally:
                self._listening.clear()
            await self._pause(0.1)

    async def _follow_change_stream(self) -> None:
        """Follow the change stream from now on; commits before are caught up with by reading once."""
        async with self._database.streams.watch(SIGNAL_PIPELINE, max_await_time_ms=AWAIT_MS) as signals:
            self._listening.set()
            self._wake_all()
            while signals.alive and not self._stopping.is_set():
                signal = await signals.try_next()
                if signal is not None:
                    self._wake(signal["documentKey"]["_id"])
                    self._rung(signal["documentKey"]["_id"])

    async def _look(self) -> None:
        """Poll the streams' positions once a second: heals a lost signal, sees a new epoch."""
        while not self._stopping.is_set():
            await self._pause(self._look_every_s)
            try:
                standing = await self._journal.positions(list(self._positions))
                for stream, (epoch, seq) in standing.items():
                    self._compare(stream, epoch, seq)
            except Exception as error:  # whatever it is, the next look may succeed
                log.warning("the streams could not be looked at", reason=repr(error))

    def _compare(self, stream: str, epoch: str, seq: int) -> None:
        position = self._positions.get(stream)
        if position is None:
            return
        if position.epoch != epoch:
            self._positions[stream] = _Position(epoch, seq)
            self._deliver(stream, epoch, [])
        elif seq > position.seq:
            self._wake(stream)

    def _wake_all(self) -> None:
        for stream in list(self._positions):
            self._wake(stream)

    def _wake(self, stream: str) -> None:
        position = self._positions.get(stream)
        if position is None or self._stopping.is_set():
            return
        position.is_signalled = True
        if position.behind_since is None:
            position.behind_since = asyncio.get_running_loop().time()
        if not position.is_read:
            position.is_read = True
            reader = asyncio.create_task(self._read_on(stream, position))
            self._readers.add(reader)
            reader.add_done_callback(self._readers.discard)

    async def _read_on(self, stream: str, position: _Position) -> None:
        """Read and deliver until no signal came meanwhile. One reader a stream, so that order holds."""
        try:
            while position.is_signalled and not self._stopping.is_set():
                position.is_signalled = False
                entries = await self._journal.read(stream, position.seq, PAGE)
                position.is_signalled |= len(entries) == PAGE
                self._hand_over(stream, position, entries)
            if not position.is_signalled:
                position.behind_since = None
        except Exception as error:  # the database away, or a follower that breaks: the next signal or poll goes on
            log.warning("the journal could not be read on", reason=repr(error))
        finally:
            position.is_read = False

    def _hand_over(self, stream: str, position: _Position, entries: list[Entry]) -> None:
        for run in _contiguous(entries):
            if self._positions.get(stream) is not position:
                return
            if run[0].seq != position.seq + 1:
                log.error("the journal has a gap", stream=stream, after=position.seq)
            position.seq = run[-1].seq
            self._deliver(stream, position.epoch, run)

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return


def _contiguous(entries: list[Entry]) -> list[list[Entry]]:
    """Return `entries` in runs without a gap; one run, unless something is badly wrong."""
    runs: list[list[Entry]] = []
    for entry in entries:
        if runs and entry.seq == runs[-1][-1].seq + 1:
            runs[-1].append(entry)
        else:
            runs.append([entry])
    return runs
