"""A consumer's desk: led by one process at a time, and taken over by another when that one dies."""

import asyncio
import random
import time
from datetime import timedelta

import structlog

from hub.clock import Clock
from hub.errors import Conflict, NotFound
from hub.model.outbox import Message, MessagePage
from hub.outbox.backoff import Pace
from hub.outbox.consumer import Consumer
from hub.outbox.router import ReadOn, Router
from hub.outbox.sender import Sender
from store.store import Store

log = structlog.get_logger(__name__)

LEASE_S = 15.0
RENEW_S = 5.0
LOOK_S = 5.0
"""How often all streams are looked at, beside the bell."""
TICK_S = 1.0
"""How often lanes that became due are looked for."""
GATHER_S = 0.5
"""After a bell: what happens at once is read at once. Each look costs as much as a few scans, letters or not."""
GRACE_S = 2.0


class OutboxWorker:
    """Does one consumer's work while this process leads it. Made and started in the hub's loop."""

    def __init__(self, consumer: Consumer, store: Store, clock: Clock, *, patience: timedelta) -> None:
        self._name = f"outgoing/{consumer.name}"
        self._leases = store.leases
        self._clock = clock
        self._reader = Router(consumer, store.journal, store.cursors, store.letters, clock)
        self._sender = Sender(
            consumer,
            store.letters,
            clock,
            pace=Pace(consumer.per_s, time.monotonic),
            random=random.random,
            patience=patience,
            may_go_on=self._may_go_on,
            lane_ended=self.wake,
        )
        self._unread: set[str] = set()
        self._woken = asyncio.Event()
        self._is_stopping = False
        self._task: asyncio.Task[None] | None = None
        self._leads_until = self._renew_at = self._look_at = self._send_at = 0.0

    def start(self) -> None:
        """Begin to work, or to wait for one's turn."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Finish what is under way, within moments, and leave the rest to others at once."""
        self._is_stopping = True
        self._woken.set()
        if self._task is not None:
            await self._task
        await self._sender.stop(GRACE_S)
        await self._give_back()

    def wake(self, stream: str | None = None) -> None:
        """Say that there is news in a stream, or something due."""
        if stream is None:
            self._send_at = 0.0
        else:
            self._unread.add(stream)
        self._woken.set()

    def _may_go_on(self) -> bool:
        return not self._is_stopping and time.monotonic() < self._leads_until

    async def _run(self) -> None:
        while not self._is_stopping:
            self._woken.clear()
            try:
                if await self._lead():
                    await self._round()
            except Exception as error:  # the database away, or a consumer that breaks: the next round tries again
                log.warning("outgoing work was interrupted", desk=self._name, reason=repr(error))
                await asyncio.sleep(TICK_S)
            await self._rest()

    async def _lead(self) -> bool:
        """Renew the lease in time, or try to get it; return whether it is ours."""
        now = time.monotonic()
        if now < self._renew_at:
            return now < self._leads_until
        was_leading = now < self._leads_until
        self._renew_at = now + RENEW_S
        if not await self._leases.take(self._name, self._clock.now(), timedelta(seconds=LEASE_S)):
            self._leads_until = 0.0
            return False
        if not was_leading:
            await self._reader.begin()
            self._look_at = 0.0
        self._leads_until = now + LEASE_S
        return True

    async def _round(self) -> None:
        if time.monotonic() >= self._look_at:
            self._unread |= await self._reader.look()
            self._look_at = time.monotonic() + LOOK_S
        unread, self._unread = self._unread, set()
        for stream in sorted(unread):
            read = await self._read(stream)
            if read.is_more:
                self._unread.add(stream)
            if read.are_letters:
                self._send_at = 0.0
        if time.monotonic() >= self._send_at:
            self._send_at = time.monotonic() + TICK_S
            await self._sender.send_due()

    async def _read(self, stream: str) -> ReadOn:
        """Read one page of a stream, so that none waits for another."""
        try:
            return await self._reader.read(stream)
        except (
            Exception
        ) as error:  # an entry that a consumer breaks on holds up its own stream alone, till the next look
            log.warning("a stream could not be read on", desk=self._name, stream=stream, reason=repr(error))
            return ReadOn()

    async def _rest(self) -> None:
        if self._is_stopping or (self._unread and self._may_go_on()):
            return
        try:
            await asyncio.wait_for(self._woken.wait(), TICK_S)
        except TimeoutError:
            return
        if self._unread:
            await asyncio.sleep(GATHER_S)

    async def _give_back(self) -> None:
        try:
            await self._leases.give_back(self._name)
        except Exception as error:  # the database away at the end: the lease ends by itself
            log.warning("a lease was not given back", desk=self._name, reason=repr(error))


class Outbox:
    """All desks of this process. Consumers are added before it starts."""

    def __init__(self, store: Store, clock: Clock, *, patience: timedelta) -> None:
        self._store = store
        self._clock = clock
        self._patience = patience
        self._desks: list[OutboxWorker] = []

    def add(self, consumer: Consumer) -> None:
        """Give a consumer its desk."""
        self._desks.append(OutboxWorker(consumer, self._store, self._clock, patience=self._patience))

    def start(self) -> None:
        """Begin to work."""
        for desk in self._desks:
            desk.start()

    async def stop(self) -> None:
        """Stop all desks at once."""
        await asyncio.gather(*(desk.stop() for desk in self._desks))

    def wake(self, stream: str | None = None) -> None:
        """Say that there is news in a stream, or something due."""
        for desk in self._desks:
            desk.wake(stream)

    async def letters(self, page: MessagePage) -> list[Message]:
        """Return letters of all consumers, newest first: set aside, unless `page` names another state."""
        return await self._store.letters.of_state(page.state or "set_aside", page)

    async def letter(self, letter_id: str) -> Message:
        """Return a letter. Raises `NotFound`."""
        letter = await self._store.letters.find(letter_id)
        if letter is None:
            raise NotFound("Letter not found")
        return letter

    async def send_again(self, letter: Message) -> Message:
        """Send a settled letter again, beside those that wait. Raises `Conflict` where it waits already."""
        again = await self._store.letters.send_again(letter, self._clock.now())
        if again is None:
            raise Conflict("waiting", "It waits to be sent already")
        self.wake()
        return again
