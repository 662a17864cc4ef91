"""Synchronisation of a relay: follows the hub, and sends facts up, in order, each until it is acknowledged."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

import msgspec
import structlog

from hub.clock import Clock
from hub.errors import HubError
from hub.model.access import Device
from hub.model.event import Event
from hub.model.relay.documents import RelayCopy, RelayFact
from hub.relay.client import LineDown, UpstreamRefusal
from hub.relay.follow import OUT_OF_STEP, ApplyPage
from hub.relay.refused import TakeOut
from hub.relay.scanning import ENDS_ROLE, RelayLink
from hub.relay.wire import LONGEST_WAIT_S, MOST_FACTS, FactsForm, Page, PullForm
from hub.tasks import exponential, wait_for_event
from store.journal.journal import Journal
from store.relay.copies import RelayCopies

log = structlog.get_logger(__name__)

FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.2, 2.0
"""Back-off between tries of a line that is down: once it is back, it is used within seconds."""
LOOK_S = 1.0
MOST_BYTES = 48 * 1024
"""Of the facts that go up at once: below a hub's usual limit of a body."""
ENDED_PAUSE_S = 5.0
RESTORED = "restored"
"""Code of a hub whose journal is another: it was restored from a backup."""

Changed = Callable[[Event, list[Device]], Awaitable[None]]
"""What is done when the event or its devices have changed."""


def fitting(facts: Sequence[RelayFact]) -> list[RelayFact]:
    """Return the first facts that fit into one body, at least one: those of sales are large."""
    left, found = MOST_BYTES, list[RelayFact]()
    for fact in facts:
        left -= len(msgspec.json.encode(fact))
        if left < 0 and found:
            break
        found.append(fact)
    return found


class RelaySync:
    """Synchronisation of one relay: two loops, with an owner that starts and stops them."""

    def __init__(
        self, link: RelayLink, copies: RelayCopies, journal: Journal, clock: Clock, changed: Changed, copy: RelayCopy
    ) -> None:
        self._link = link
        self._copies = copies
        self._journal = journal
        self._clock = clock
        self._changed = changed
        self._stopping = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._applying = asyncio.Lock()
        self.copy = copy
        self.head = copy.upstream_seq

    def start(self) -> None:
        """Begin both loops."""
        self._tasks = [asyncio.create_task(self._follow()), asyncio.create_task(self._send_up())]

    async def stop(self) -> None:
        """End both loops; what is under way is sent again after the next start."""
        self._stopping.set()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # --- down ----------------------------------------------------------------------------------------------------

    async def _follow(self) -> None:
        pauses = exponential(FIRST_PAUSE_S, LONGEST_PAUSE_S)
        while not self._stopping.is_set():
            try:
                await self._apply(await self._pull(LONGEST_WAIT_S if self._link.line.alone_since is None else 0))
                pauses = exponential(FIRST_PAUSE_S, LONGEST_PAUSE_S)
                continue
            except LineDown as error:
                log.info("the hub does not answer", reason=str(error))
                self._link.line.failed()
            except UpstreamRefusal as refusal:
                self._refused(refusal)
            except HubError as error:
                log.warning("what is new could not be applied", reason=error.message)
                if error.code == OUT_OF_STEP:
                    self.copy = await self._kept_copy()
            except Exception:  # the loop's boundary: the next page may do better
                log.exception("what is new could not be applied")
            await wait_for_event(self._stopping, next(pauses))

    async def catch_up(self) -> None:
        """Follow to what the hub has now: what it changed for a caller of this relay is here before the answer.

        Raises `LineDown` and `UpstreamRefusal`.
        """
        while True:
            page = await self._pull(0)
            await self._apply(page)
            copy = self.copy
            is_here = copy.upstream_seq >= page.head and copy.upstream_revision >= page.revision
            if is_here or page.epoch != copy.upstream_epoch:
                return

    async def _pull(self, wait_s: float) -> Page:
        line, copy = self._link.line, self.copy
        asked = self._clock.now()
        page = await self._link.client.pull(
            PullForm(
                instance=self._link.instance,
                waiting=line.waiting,
                ahead_ms=line.ahead_ms,
                epoch=copy.upstream_epoch,
                since=copy.upstream_seq,
                revision=copy.upstream_revision,
                wait_s=wait_s,
            )
        )
        self._note_clock(asked, page.now)
        line.exchanged()
        self.head = page.head
        return page

    def _note_clock(self, asked: datetime, now: datetime) -> None:
        """Take the clock's offset from an exchange that was quick: of a slow one nobody knows when `now` was."""
        answered = self._clock.now()
        if answered - asked < timedelta(seconds=1):
            middle = asked + (answered - asked) / 2
            self._link.line.ahead_ms = round((middle - now).total_seconds() * 1000)

    async def _apply(self, page: Page) -> None:
        if page.epoch != self.copy.upstream_epoch:
            self._link.line.ended = RESTORED
            log.error("the hub was restored from a backup: start the relay on a new folder once its facts are up")
            await wait_for_event(self._stopping, ENDED_PAUSE_S)
            return
        async with self._applying:
            if page.is_news and self._follows(page):
                await self._apply_news(page)

    def _follows(self, page: Page) -> bool:
        """Return whether a page follows on the copy: another that was asked for meanwhile may have come before it."""
        return page.since == self.copy.upstream_seq and page.revision >= self.copy.upstream_revision

    async def _apply_news(self, page: Page) -> None:
        self.copy = await self._journal.append(self.copy.id, ApplyPage(self.copy.id, page))
        if page.event is not None:
            await self._changed(page.event, page.devices or [])
        if any(entry.kind in ("import.completed", "import.failed") for entry in page.entries):
            await self._copy_tickets()

    async def _copy_tickets(self) -> None:
        """Copy all tickets anew: an import changed many, which no entry names."""
        after, is_last = "", False
        while not is_last:
            found = await self._link.client.tickets(after)
            seq, copy = self.copy.upstream_seq, self.copy
            page = Page(
                epoch=copy.upstream_epoch,
                since=seq,
                seq=seq,
                head=seq,
                revision=copy.upstream_revision,
                tickets=found.tickets,
                now=self._clock.now(),
            )
            self.copy = await self._journal.append(copy.id, ApplyPage(copy.id, page))
            after, is_last = (found.tickets[-1].id if found.tickets else after), found.is_last

    async def _kept_copy(self) -> RelayCopy:
        return await self._copies.find() or self.copy

    def _refused(self, refusal: UpstreamRefusal) -> None:
        log.error("the hub refuses this relay", code=refusal.code, reason=refusal.message)
        if refusal.code in ENDS_ROLE:
            self._link.line.ended = refusal.code
        else:
            self._link.line.failed()

    # --- up ------------------------------------------------------------------------------------------------------

    async def _send_up(self) -> None:
        pauses = exponential(FIRST_PAUSE_S, LONGEST_PAUSE_S)
        while not self._stopping.is_set():
            try:
                if await self._send_some():
                    pauses = exponential(FIRST_PAUSE_S, LONGEST_PAUSE_S)
                    continue
                await wait_for_event(self._link.has_facts, LOOK_S)
                self._link.has_facts.clear()
                continue
            except LineDown as error:
                log.debug("facts were not acknowledged", reason=str(error))
            except HubError as error:
                log.warning("facts were not acknowledged", reason=error.message)
            except Exception:  # the loop's boundary: the next try may do better
                log.exception("facts could not be sent up")
            await wait_for_event(self._stopping, next(pauses))

    async def _send_some(self) -> bool:
        """Send the first facts that wait; return whether there were any."""
        line, event = self._link.line, self.copy.id
        decided = line.decided
        facts = await self._copies.waiting(event, MOST_FACTS)
        if len(facts) < MOST_FACTS:
            line.counted(len(facts), decided)
        elif line.waiting <= MOST_FACTS:
            line.counted(await self._copies.count_waiting(event), decided)
        if not facts:
            return False
        facts = fitting(facts)
        answer = await self._link.client.send(
            FactsForm(instance=self._link.instance, waiting=line.waiting, ahead_ms=line.ahead_ms, facts=facts)
        )
        sent = {fact.id: fact for fact in facts}
        for result in answer.results:
            if result.refused is not None and result.id in sent:
                log.error("the hub did not record a fact", fact=result.id, code=result.refused)
                await self._journal.append(event, TakeOut(sent[result.id], result.refused))
        await self._copies.acknowledge([(each.id, each.seq) for each in answer.results if each.refused is None])
        line.exchanged()
        return True
