"""Sender: delivers messages partition by partition, with retries and a dead letter at the end."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import structlog

from hub.clock import Clock
from hub.model.outbox import Message, MessageState, Partition
from hub.outbox.backoff import Pace, back_off
from hub.outbox.consumer import Consumer, DeliveryFailed, RetryLater
from hub.telemetry.tracing import Tracer
from store.collections.outbox import Messages

log = structlog.get_logger(__name__)

CountAttempt = Callable[[str, str], None]
"""Counts an attempt to deliver, by the consumer's name and the result."""

PAUSE_S = 1.0
"""After an error on our own side, such as an unreachable database."""


class Sender:
    """Delivery of one consumer's messages, several partitions in parallel, while `is_leader` says so.

    `give_up_after`: how long after it was written a message that fails is still retried. `on_done` is called whenever
    a partition is done with for now.
    """

    def __init__(
        self,
        consumer: Consumer,
        messages: Messages,
        clock: Clock,
        *,
        pace: Pace,
        random: Callable[[], float],
        give_up_after: timedelta,
        is_leader: Callable[[], bool],
        on_done: Callable[[], None],
        count: CountAttempt,
        tracer: Tracer,
    ) -> None:
        self._consumer = consumer
        self._messages = messages
        self._clock = clock
        self._pace = pace
        self._random = random
        self._give_up_after = give_up_after
        self._is_leader = is_leader
        self._on_done = on_done
        self._count = count
        self._tracer = tracer
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def send_due(self) -> None:
        """Start a task for each due partition, up to the consumer's concurrency; does not wait for them."""
        free = self._consumer.concurrency - len(self._tasks)
        if free <= 0:
            return
        for due in await self._messages.due(self._consumer.name, self._clock.now(), self._tasks.keys(), free):
            task = asyncio.create_task(self._run(due))
            self._tasks[due.id] = task
            task.add_done_callback(partial(self._done, due.id))

    async def stop(self, grace_s: float) -> None:
        """Wait `grace_s` seconds for deliveries in progress, then cancel them: the next leader repeats those."""
        tasks = list(self._tasks.values())
        if not tasks:
            return
        _, late = await asyncio.wait(tasks, timeout=grace_s)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _done(self, name: str, _: asyncio.Task[None]) -> None:
        del self._tasks[name]
        self._on_done()

    async def _run(self, due: Partition) -> None:
        try:
            await self._send_all(due)
        except Exception as error:  # the database away: the partition stays due, and a later round goes on with it
            log.warning("a partition was interrupted", partition=due.id, reason=repr(error))
            await asyncio.sleep(PAUSE_S)

    async def _send_all(self, due: Partition) -> None:
        """Send a partition's messages in order until one fails or none is left."""
        while self._is_leader():
            message = await self._messages.head(due.id)
            if message is None:
                if await self._messages.close(due):
                    return
                again = await self._messages.partition(due.id)
                if again is None:
                    return
                due = again
                continue
            await self._pace.turn()
            if not self._is_leader() or not await self._send_next(due, message):
                return

    async def _send_next(self, due: Partition, message: Message) -> bool:
        """Send a message; return whether the next one of its partition may be sent."""
        try:
            status = await self._send(message)
        except RetryLater as later:
            self._count(self._consumer.name, "postponed")
            await self._messages.postpone(due, self._clock.now() + later.after)
            return False
        except DeliveryFailed as failure:
            return await self._record_failure(due, message, failure)
        self._count(self._consumer.name, "delivered")
        keeps = self._consumer.keeps_delivered
        await self._messages.delivered(message, self._clock.now(), status, keep=keeps)
        await self._reset_failures(due)
        return True

    async def _send(self, message: Message) -> int | None:
        """Error boundary and timeout of a consumer's `send`: any exception becomes a `DeliveryFailed`."""
        try:
            with self._tracer.span(f"push {self._consumer.name}", "client", entry=message.kind):
                async with asyncio.timeout(self._consumer.send_timeout_s):
                    return await self._consumer.send(message)
        except (RetryLater, DeliveryFailed):
            raise
        except TimeoutError as slow:
            raise DeliveryFailed("timeout") from slow
        except Exception as bug:  # a consumer that breaks on one message must not keep the others waiting
            log.exception("a consumer broke", consumer=self._consumer.name, message=message.id)
            raise DeliveryFailed("could not be sent") from bug

    async def _record_failure(self, due: Partition, message: Message, failure: DeliveryFailed) -> bool:
        """Postpone the partition; or dead-letter a message that is out of retries, and let the next one go."""
        now = self._clock.now()
        is_dead = failure.permanent or now >= message.written_at + self._give_up_after
        state: MessageState = "set_aside" if is_dead else "waiting"
        self._count(self._consumer.name, "dead_letter" if is_dead else "failed")
        await self._messages.failed(message, now, state, status=failure.status, reason=failure.reason)
        if is_dead:
            log.warning("dead letter", consumer=message.consumer, message=message.id, reason=failure.reason)
            await self._reset_failures(due)
            return True
        due.failures += 1
        await self._messages.postpone(due, now + back_off(due.failures, failure.after_s, self._random))
        return False

    async def _reset_failures(self, due: Partition) -> None:
        if due.failures:
            due.failures = 0
            await self._messages.postpone(due, self._clock.now())
