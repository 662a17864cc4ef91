"""Outbox workers: the loop that routes and sends for one consumer, under a leader lease, and all of a process."""

import asyncio
import random
import time
from datetime import datetime, timedelta

import structlog

from hub.clock import Clock
from hub.errors import Conflict, NotFound
from hub.model.outbox import Message, MessagePage, MessageState
from hub.outbox.backoff import Pace
from hub.outbox.consumer import Consumer
from hub.outbox.router import Progress, Router
from hub.outbox.sender import CountAttempt, Sender
from hub.tasks import wait_for_event
from hub.telemetry.tracing import NO_TRACER, Tracer
from store.store import Store

log = structlog.get_logger(__name__)

LEASE_S = 15.0
RENEW_S = 5.0
POLL_S = 5.0
"""How often all streams are checked for unread entries, beside the wake-ups of the tail."""
TICK_S = 1.0
"""How often due partitions are looked for."""
DEBOUNCE_S = 0.5
"""Pause after a wake-up, so that a burst of entries is read at once: each read costs as much as a few scans."""
GRACE_S = 2.0


class OutboxWorker:
    """Background worker of one consumer: routes and sends while this process holds the consumer's leader lease.

    The lease lasts 15 s and is renewed every 5 s; when its holder dies, another process takes over from the saved
    cursors. Made and started in the hub's loop.
    """

    def __init__(
        self,
        consumer: Consumer,
        store: Store,
        clock: Clock,
        *,
        give_up_after: timedelta,
        count: CountAttempt,
        tracer: Tracer,
    ) -> None:
        self.consumer = consumer
        self._name = f"outgoing/{consumer.name}"
        self._leases = store.leases
        self._clock = clock
        self._router = Router(consumer, store.journal, store.cursors, store.messages, clock)
        self._sender = Sender(
            consumer,
            store.messages,
            clock,
            pace=Pace(consumer.per_s, time.monotonic),
            random=random.random,
            give_up_after=give_up_after,
            is_leader=self._is_leader,
            on_done=self.wake,
            count=count,
            tracer=tracer,
        )
        self._unread: set[str] = set()
        self._woken = asyncio.Event()
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._leads_until = self._renew_at = self._poll_at = self._send_at = 0.0

    def start(self) -> None:
        """Start the loop, which works or waits for the lease."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Stop the loop, wait up to 2 s for deliveries in progress, and release the lease."""
        self._stopping.set()
        self._woken.set()
        if self._task is not None:
            await self._task
        await self._sender.stop(GRACE_S)
        await self._release_lease()

    def wake(self, stream: str | None = None) -> None:
        """Wake the loop: `stream` has new entries, or, without one, a partition may be due."""
        if stream is None:
            self._send_at = 0.0
        else:
            self._unread.add(stream)
        self._woken.set()

    def _is_leader(self) -> bool:
        return not self._stopping.is_set() and time.monotonic() < self._leads_until

    async def _run(self) -> None:
        while not self._stopping.is_set():
            self._woken.clear()
            try:
                if await self._hold_lease():
                    await self._round()
            except Exception as error:  # the database away, or a consumer that breaks: the next round tries again
                log.warning("an outbox worker was interrupted", worker=self._name, reason=repr(error))
                await wait_for_event(self._stopping, TICK_S)
            await self._rest()

    async def _hold_lease(self) -> bool:
        """Renew the leader lease in time, or try to take it; return whether it is held."""
        now = time.monotonic()
        if now < self._renew_at:
            return now < self._leads_until
        was_leading = now < self._leads_until
        self._renew_at = now + RENEW_S
        if not await self._leases.take(self._name, self._clock.now(), timedelta(seconds=LEASE_S)):
            self._leads_until = 0.0
            return False
        if not was_leading:
            await self._router.begin()
            self._poll_at = 0.0
        self._leads_until = now + LEASE_S
        return True

    async def _round(self) -> None:
        """Advance each unread stream by one batch, then start the partitions that are due."""
        if time.monotonic() >= self._poll_at:
            self._unread |= await self._router.behind()
            self._poll_at = time.monotonic() + POLL_S
        unread, self._unread = self._unread, set()
        for stream in sorted(unread):
            progress = await self._advance(stream)
            if progress.has_more:
                self._unread.add(stream)
            if progress.has_messages:
                self._send_at = 0.0
        if time.monotonic() >= self._send_at:
            self._send_at = time.monotonic() + TICK_S
            await self._sender.send_due()

    async def _advance(self, stream: str) -> Progress:
        """Route one batch of a stream; an entry that a consumer breaks on stops its own stream alone, till the poll."""
        try:
            return await self._router.advance(stream)
        except Exception as error:
            log.warning("a stream could not be routed", worker=self._name, stream=stream, reason=repr(error))
            return Progress()

    async def _rest(self) -> None:
        if self._stopping.is_set() or (self._unread and self._is_leader()):
            return
        if await wait_for_event(self._woken, TICK_S) and self._unread:
            await wait_for_event(self._stopping, DEBOUNCE_S)

    async def _release_lease(self) -> None:
        try:
            await self._leases.give_back(self._name)
        except Exception as error:  # the database away at the end: the lease ends by itself
            log.warning("a lease was not released", worker=self._name, reason=repr(error))


class Outbox:
    """Outbox of a process: one worker for each consumer, and the stored messages of all. `add`, `start`, `stop`."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        give_up_after: timedelta,
        count: CountAttempt = lambda consumer, result: None,
        tracer: Tracer = NO_TRACER,
    ) -> None:
        self._store = store
        self._count = count
        self._tracer = tracer
        self._clock = clock
        self._give_up_after = give_up_after
        self.workers: list[OutboxWorker] = []

    def add(self, consumer: Consumer) -> None:
        """Add a consumer, before the outbox starts."""
        worker = OutboxWorker(
            consumer,
            self._store,
            self._clock,
            give_up_after=self._give_up_after,
            count=self._count,
            tracer=self._tracer,
        )
        self.workers.append(worker)

    def start(self) -> None:
        """Start all workers."""
        for worker in self.workers:
            worker.start()

    async def stop(self) -> None:
        """Stop all workers, at the same time."""
        await asyncio.gather(*(worker.stop() for worker in self.workers))

    def wake(self, stream: str | None = None) -> None:
        """Wake all workers: `stream` has new entries, or, without one, a partition may be due."""
        for worker in self.workers:
            worker.wake(stream)

    async def messages(self, page: MessagePage) -> list[Message]:
        """Return messages of all consumers, newest first: dead letters, unless `page` names another state."""
        return await self._store.messages.of_state(page.state or "set_aside", page)

    async def count(self, state: MessageState | None) -> int | None:
        """Return how many messages `messages` lists in all, None where they are too many to count."""
        return await self._store.messages.count_of_state(state or "set_aside")

    async def message(self, message_id: str) -> Message:
        """Return a message. Raises `NotFound`."""
        message = await self._store.messages.find(message_id)
        if message is None:
            raise NotFound("Message not found")
        return message

    async def send_again(self, message: Message) -> Message:
        """Send a settled message again, in a partition of its own. Raises `Conflict` while it is waiting already."""
        again = await self._store.messages.send_again(message, self._clock.now())
        if again is None:
            raise Conflict("waiting", "It waits to be sent already")
        self.wake()
        return again

    async def trim(self, before: datetime, limit: int) -> int:
        """Delete settled messages (delivered or dead) written before then, `limit` at most; return how many."""
        return await self._store.messages.trim(before, limit)
