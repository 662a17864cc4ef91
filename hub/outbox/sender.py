"""Sending: lane by lane, each letter until it is taken or its time is over."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import structlog

from hub.clock import Clock
from hub.model.outbox import Lane, Message, MessageState
from hub.outbox.backoff import Pace, back_off
from hub.outbox.consumer import Consumer, NotDelivered, RetryLater
from store.collections.outbox import Messages

log = structlog.get_logger(__name__)

REST_S = 1.0
"""After a fault of ours."""


class Sender:
    """Works off the lanes of one consumer, several at once. `may_go_on` tells whether that is still ours to do."""

    def __init__(
        self,
        consumer: Consumer,
        letters: Messages,
        clock: Clock,
        *,
        pace: Pace,
        random: Callable[[], float],
        patience: timedelta,
        may_go_on: Callable[[], bool],
        lane_ended: Callable[[], None],
    ) -> None:
        self._consumer = consumer
        self._letters = letters
        self._clock = clock
        self._pace = pace
        self._random = random
        self._patience = patience
        self._may_go_on = may_go_on
        self._lane_ended = lane_ended
        self._lanes: dict[str, asyncio.Task[None]] = {}

    async def send_due(self) -> None:
        """Begin with lanes that are due, as many as may go at once; does not wait for them."""
        free = self._consumer.lanes_at_once - len(self._lanes)
        if free <= 0:
            return
        for lane in await self._letters.due(self._consumer.name, self._clock.now(), self._lanes.keys(), free):
            task = asyncio.create_task(self._work(lane))
            self._lanes[lane.id] = task
            task.add_done_callback(partial(self._end, lane.id))

    async def stop(self, grace_s: float) -> None:
        """Wait a little for what is being sent; what takes longer is sent again by whoever leads next."""
        tasks = list(self._lanes.values())
        if not tasks:
            return
        _, late = await asyncio.wait(tasks, timeout=grace_s)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _end(self, name: str, _: asyncio.Task[None]) -> None:
        del self._lanes[name]
        self._lane_ended()

    async def _work(self, lane: Lane) -> None:
        try:
            await self._work_off(lane)
        except Exception as error:  # the database away: the lane stays due, and a later round goes on with it
            log.warning("a lane could not be worked off", lane=lane.id, reason=repr(error))
            await asyncio.sleep(REST_S)

    async def _work_off(self, lane: Lane) -> None:
        """Send a lane's letters in order until one fails or none is left."""
        while self._may_go_on():
            letter = await self._letters.head(lane.id)
            if letter is None:
                if await self._letters.close(lane):
                    return
                again = await self._letters.lane(lane.id)
                if again is None:
                    return
                lane = again
                continue
            await self._pace.turn()
            if not self._may_go_on() or not await self._send_next(lane, letter):
                return

    async def _send_next(self, lane: Lane, letter: Message) -> bool:
        """Send a letter; return whether the next one of its lane may go."""
        try:
            status = await self._send(letter)
        except RetryLater as later:
            await self._letters.put_off(lane, self._clock.now() + later.after)
            return False
        except NotDelivered as failure:
            return await self._heed(lane, letter, failure)
        keeps = self._consumer.keeps_delivered
        await self._letters.delivered(letter, self._clock.now(), status, keep=keeps)
        await self._forgive(lane)
        return True

    async def _send(self, letter: Message) -> int | None:
        try:
            async with asyncio.timeout(self._consumer.send_within_s):
                return await self._consumer.send(letter)
        except (RetryLater, NotDelivered):
            raise
        except TimeoutError as slow:
            raise NotDelivered("timeout") from slow
        except Exception as bug:  # a consumer that breaks on one letter must not keep the others waiting
            log.exception("a consumer broke", consumer=self._consumer.name, letter=letter.id)
            raise NotDelivered("could not be sent") from bug

    async def _heed(self, lane: Lane, letter: Message, failure: NotDelivered) -> bool:
        """Put the lane off; or set the letter aside, where its time is over, and let the next one go."""
        now = self._clock.now()
        is_over = failure.hopeless or now >= letter.written_at + self._patience
        state: MessageState = "set_aside" if is_over else "waiting"
        await self._letters.failed(letter, now, state, status=failure.status, reason=failure.reason)
        if is_over:
            log.warning("a letter was set aside", consumer=letter.consumer, letter=letter.id, reason=failure.reason)
            await self._forgive(lane)
            return True
        lane.failures += 1
        await self._letters.put_off(lane, now + back_off(lane.failures, failure.after_s, self._random))
        return False

    async def _forgive(self, lane: Lane) -> None:
        if lane.failures:
            lane.failures = 0
            await self._letters.put_off(lane, self._clock.now())
