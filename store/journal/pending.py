"""Commands that wait for their commit, with the answers that their callers await."""

import asyncio
from collections import deque
from typing import Any, Generic, TypeVar

import structlog

from hub.errors import HubError, Unavailable
from hub.model.command import Command, UnitOfWork

log = structlog.get_logger(__name__)

T = TypeVar("T")


class PendingCommand(Generic[T]):
    """A command in the queue of an appender, the future that its caller awaits, and its result in the batch under way.

    The result goes to the caller by `resolve`, once it is committed.
    """

    def __init__(
        self,
        command: Command[T],
        loop: asyncio.AbstractEventLoop,
        request_id: str | None = None,
        origin: object = None,
    ) -> None:
        """`origin` is what the observer of the journal is told of the request (`store/journal/observer.py`)."""
        self.command = command
        self.request_id = request_id
        self.origin = origin
        self.weight = command.weight
        self.done: asyncio.Future[T] = loop.create_future()
        self._answer: Any = None
        self._error: Exception | None = None

    def decide(self, unit: UnitOfWork) -> None:
        """Let the command decide and apply its change to `unit`; keep its answer, or the error that it raised."""
        self._answer = self._error = None
        try:
            change = self.command.decide(unit)
            unit.apply(change, self.request_id)
            self._answer = change.answer
        except HubError as refusal:
            self._error = refusal
        except Exception as bug:  # a rule that breaks must fail alone, not with the 99 others of its batch
            log.exception("a rule broke", stream=unit.stream.id, request_id=self.request_id)
            self._error = bug

    def roll_back(self, error: Exception) -> None:
        """Replace the result by `error`: the batch could not be written."""
        self._error = error

    def resolve(self) -> None:
        """Hand the result to the caller."""
        if self._error is not None:
            self.fail(self._error)
        elif not self.done.done():
            self.done.set_result(self._answer)

    def fail(self, error: Exception) -> None:
        """Hand `error` to the caller; does nothing where the caller has an answer, or is gone."""
        if not self.done.done():
            # A future takes any exception but StopIteration.
            self.done.set_exception(RuntimeError(repr(error)) if isinstance(error, StopIteration) else error)


class Deadlines:
    """Timeouts of pending commands: each fails with `Unavailable` after `within_s`. One timer for all of them."""

    def __init__(self, within_s: float) -> None:
        self._within_s = within_s
        self._pending: deque[tuple[float, PendingCommand[Any]]] = deque()
        self._timer: asyncio.TimerHandle | None = None

    def add(self, pending: PendingCommand[Any], loop: asyncio.AbstractEventLoop) -> None:
        """Watch a command from now on."""
        while self._pending and self._pending[0][1].done.done():
            self._pending.popleft()
        self._pending.append((loop.time() + self._within_s, pending))
        if self._timer is None:
            self._check(loop)

    def _check(self, loop: asyncio.AbstractEventLoop) -> None:
        now = loop.time()
        while self._pending and (self._pending[0][0] <= now or self._pending[0][1].done.done()):
            self._pending.popleft()[1].fail(Unavailable())
        self._timer = loop.call_at(self._pending[0][0], self._check, loop) if self._pending else None
