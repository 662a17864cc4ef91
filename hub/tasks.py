"""Background tasks with an owner: owned tasks, periodic loops, single flight, exponential back-off and retry."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Hashable, Iterator, Sequence
from typing import Any, Generic, TypeVar

import structlog

from hub.errors import Unavailable

T = TypeVar("T")
Item = TypeVar("Item")

MOST_TOLD = 200
LONGEST_REST_S = 0.1

log = structlog.get_logger(__name__)


def exponential(first_s: float, longest_s: float) -> Iterator[float]:
    """Yield the pauses of an exponential back-off, in seconds: `first_s`, then twice as long each time."""
    pause_s = first_s
    while True:
        yield pause_s
        pause_s = min(2 * pause_s, longest_s)


async def retry(
    work: Callable[[], Awaitable[T]], *, within_s: float, what: str, is_stopping: Callable[[], bool] = lambda: False
) -> T:
    """Run `work` with back-off until the database answers, and return its result; each failure is a log line.

    Raises the last `Unavailable` where that takes longer than `within_s`, or once `is_stopping`; whatever else `work`
    raises.
    """
    deadline = now() + within_s
    for pause_s in exponential(0.2, 5.0):
        try:
            return await work()
        except Unavailable as error:
            if is_stopping() or now() + pause_s >= deadline:
                raise
            log.warning("the database does not answer; trying again", what=what, reason=cause_of(error))
        await asyncio.sleep(pause_s)
    raise AssertionError("there is always another pause")


def cause_of(error: Unavailable) -> str:
    """Return in one short line why the database did not answer: the driver's own words fill pages."""
    cause = error.__cause__
    return error.message if cause is None else f"{type(cause).__name__}: {' '.join(str(cause).split())[:MOST_TOLD]}"


class Periodic:
    """Periodic loop with an owner: `work` is run at once, and again `every_s` after each run, until it is stopped."""

    def __init__(self, work: Callable[[], Awaitable[None]], every_s: float) -> None:
        self._work = work
        self._every_s = every_s
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def is_started(self) -> bool:
        """Started state: true from the first start on."""
        return self._task is not None

    def start(self) -> None:
        """Begin with the first run."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Let a run that is under way end, and begin no other. Does nothing where it was not started."""
        self._stopping.set()
        if self._task is not None:
            await self._task

    async def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                await self._work()
            except Exception:  # the loop's boundary: the next run may do better
                log.exception("a periodic run failed", work=getattr(self._work, "__qualname__", ""))
            await wait_for_event(self._stopping, self._every_s)


async def wait_for_event(event: asyncio.Event, within_s: float) -> bool:
    """Wait until `event` is set, `within_s` at most; return whether it is."""
    try:
        await asyncio.wait_for(event.wait(), within_s)
    except TimeoutError:
        return False
    return True


class Tasks:
    """Tasks under way of one object, which stops them and waits for them."""

    __slots__ = ("_tasks",)

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] | None = None
        """None while there are none, as most of the time: each open socket has three of these objects."""

    def __len__(self) -> int:
        return len(self._tasks or ())

    def spawn(self, work: Coroutine[Any, Any, None], name: str | None = None) -> asyncio.Task[None]:
        """Start `work`; a failure that it did not handle is logged."""
        task = asyncio.create_task(work, name=name)
        if self._tasks is None:
            self._tasks = set()
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def cancel(self) -> None:
        """Cancel all, without waiting; a task that cancels its own kind goes on to its end."""
        for task in (self._tasks or set()) - {_current()}:
            task.cancel()

    async def join(self) -> None:
        """Wait until all have ended."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def stop(self) -> None:
        """Cancel all and wait until they have ended."""
        self.cancel()
        await self.join()

    def _done(self, task: asyncio.Task[None]) -> None:
        if self._tasks is not None:
            self._tasks.discard(task)
            self._tasks = self._tasks or None
        if not task.cancelled() and (wrong := task.exception()) is not None:
            log.error("task failed", task=task.get_name(), exc_info=wrong)


class SingleFlight(Generic[T]):
    """Single flight: calls of one key that wait share one run, which begins after all of them were made.

    So a result is never older than its call, and at most one run of a key is under way. A caller that is cancelled
    leaves the run to the others.
    """

    def __init__(self) -> None:
        self._running: dict[Hashable, asyncio.Task[T]] = {}
        self._waiting: dict[Hashable, asyncio.Task[T]] = {}

    async def run(self, key: Hashable, work: Callable[[], Awaitable[T]]) -> T:
        """Return what the next run of `key` returns, or raise what it raises."""
        if key not in self._waiting:
            task = self._waiting[key] = asyncio.create_task(self._begin(key, work))
            task.add_done_callback(_retrieve)
        return await asyncio.shield(self._waiting[key])

    async def _begin(self, key: Hashable, work: Callable[[], Awaitable[T]]) -> T:
        if before := self._running.get(key):
            await asyncio.wait([before])
        self._running[key] = self._waiting.pop(key)
        try:
            return await work()
        finally:
            del self._running[key]


def _retrieve(task: asyncio.Task[Any]) -> None:
    """Take note of a failure that no caller has stayed for."""
    if not task.cancelled():
        task.exception()


def _current() -> asyncio.Task[Any] | None:
    try:
        return asyncio.current_task()
    except RuntimeError:
        return None


def now() -> float:
    """Return the loop's time, which only counts up."""
    return asyncio.get_running_loop().time()


async def with_rests(things: Sequence[Item], at_once: int) -> AsyncIterator[Sequence[Item]]:
    """Yield parts of `at_once` items; after each the event loop is left alone for as long as its work took."""
    for first in range(0, len(things), at_once):
        begun = now()
        yield things[first : first + at_once]
        await asyncio.sleep(min(now() - begun, LONGEST_REST_S))
