"""Service of the hub for relays: joining, pages to copy and to follow, forwarded scans, and facts (docs/relay.md)."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from msgspec.structs import replace

from hub.access.authenticate import device_principal
from hub.clock import Clock
from hub.door.service import Scanning
from hub.errors import BadInput, HubError, NotAllowed, NotFound, Unavailable
from hub.model.access import Device, Principal
from hub.model.device_info import bounded_ahead_ms
from hub.model.event import Event
from hub.model.journal import Entry, Stream
from hub.model.refusals import PASSED
from hub.model.relay.documents import SILENT_AFTER, RelayFact, RelayRole
from hub.relay.bells import Bells
from hub.relay.facts import FactCommand, fact_command, is_sendable
from hub.relay.follow import as_copied, without_secrets
from hub.relay.role import DeclareLost, JoinRelay, NoteReturn, NoteSilence, check_role
from hub.relay.wire import (
    MOST_COPIED,
    MOST_ENTRIES,
    MOST_TICKETS,
    AfterQuery,
    FactResult,
    FactsAnswer,
    FactsForm,
    ForwardAnswer,
    ForwardForm,
    JoinAnswer,
    JournalPage,
    Page,
    PullForm,
    RelayForm,
    Report,
    SpanQuery,
    TicketsPage,
)
from hub.tasks import now
from hub.validation import read_form, read_message
from store.collections.devices import DeviceReader
from store.collections.events import EventReader
from store.journal.journal import Journal
from store.relay.pages import RelayReader

LONGEST_NONCE = 100
HEARD_S = 1.0
"""How often forwarded scans note that a relay is heard, and see that it has lost its role."""
FACTS_AT_ONCE = 10
LONGEST_PAUSE_S = 0.1
"""Pause after facts that are recorded at once: as long as those took, at most so long; the hub's doors go first."""
LOOK_S = 0.5
"""How often a relay that waits sees changes of devices, which number no entry of the event."""


class RelayHost:
    """Host of relays: all that a hub does for one, within the event that its key is bound to."""

    def __init__(
        self,
        journal: Journal,
        reader: RelayReader,
        events: EventReader,
        devices: DeviceReader,
        scanning: Scanning,
        clock: Clock,
        *,
        organisation: str,
    ) -> None:
        self._journal = journal
        self._reader = reader
        self._events = events
        self._devices = devices
        self._scanning = scanning
        self._clock = clock
        self._organisation = organisation
        self._heard: dict[str, float] = {}
        """When the role was last looked at, by the relay that asked last: not with each scan that it forwards."""
        self.bells = Bells()

    # --- the role ------------------------------------------------------------------------------------------------

    async def join(self, principal: Principal, raw: object) -> JoinAnswer:
        """Give the role to a relay; return what it begins its copy with. Raises `Conflict`: relay_taken, relay_lost."""
        form, event_id = read_form(raw, RelayForm, "The relay cannot join"), event_of(principal)
        await self._journal.append(event_id, JoinRelay(event_id, form, principal))
        stream, event = await self._stream(event_id), await self._event(event_id)
        return JoinAnswer(
            event=without_secrets(event),
            stream=stream,
            devices=await self._serving(event_id),
            showings=await self._reader.showings(event_id),
            organisation=self._organisation,
            now=self._clock.now(),
        )

    async def role(self, event_id: str) -> RelayRole | None:
        """Return the role of an event's relay, or None where none has joined."""
        return await self._reader.role(event_id)

    async def declare_lost(self, event_id: str, by: Principal) -> RelayRole:
        """End the role of a relay that is lost for good. Raises `Conflict` (no_relay)."""
        return await self._journal.append(event_id, DeclareLost(event_id, by))

    async def check(self) -> None:
        """Note which relays are on their own: those that were not heard for a while."""
        for role in await self._reader.silent(self._clock.now() - SILENT_AFTER):
            await self._journal.append(role.id, NoteSilence(role.id))

    async def _hear(self, event_id: str, report: Report) -> None:
        """Note an exchange. Raises `Conflict` for a relay that has lost its role."""
        role, at = await self._reader.role(event_id), self._clock.now()
        check_role(role, report.instance, at)
        if role is None or role.instance != report.instance:
            raise NotAllowed("not_allowed", "This relay has not joined")
        if role.alone_since is not None:
            await self._journal.append(event_id, NoteReturn(event_id))
        self._heard = {report.instance: now()}
        ahead_ms = bounded_ahead_ms(report.ahead_ms)
        await self._reader.hear(event_id, report.instance, at, waiting=report.waiting, ahead_ms=ahead_ms)

    # --- what it copies and follows ------------------------------------------------------------------------------

    async def tickets(self, principal: Principal, query: AfterQuery) -> TicketsPage:
        """Return a page of the event's tickets, by id."""
        event = await self._event(event_of(principal))
        tickets = await self._reader.tickets(event.id, event.imports, query.after, MOST_TICKETS)
        return TicketsPage(tickets=tickets, is_last=len(tickets) < MOST_TICKETS)

    async def entries(self, principal: Principal, query: SpanQuery) -> JournalPage:
        """Return a page of the event's journal."""
        found = await self._journal.read(event_of(principal), query.after, MOST_COPIED)
        entries = [entry for entry in found if entry.seq <= query.until]
        return JournalPage(entries=entries, is_last=len(entries) < MOST_COPIED)

    async def pull(self, principal: Principal, raw: object) -> Page:
        """Return what is new after a relay's position; waits for news, as long as it asks for.

        Raises `Conflict` for a relay that has lost its role.
        """
        form, event_id = read_message(raw, PullForm), event_of(principal)
        await self._hear(event_id, form)
        deadline = now() + form.wait_s
        while True:
            bell = self.bells.listen(event_id)
            stream = await self._stream(event_id)
            if _is_news(stream, form) or now() >= deadline:
                bell.cancel()
                return await self._page(stream, form)
            await asyncio.wait([bell], timeout=min(LOOK_S, max(0.0, deadline - now())))
            bell.cancel()

    async def _page(self, stream: Stream, form: PullForm) -> Page:
        page = Page(
            epoch=stream.epoch,
            since=form.since,
            seq=form.since,
            head=stream.seq,
            revision=stream.revision,
            now=self._clock.now(),
        )
        if stream.epoch != form.epoch:
            return page
        event = await self._event(stream.id)
        page.entries = await self._journal.read(stream.id, form.since, MOST_ENTRIES)
        page.seq = page.entries[-1].seq if page.entries else form.since
        named = _tickets_of(page.entries)
        page.tickets = await self._reader.tickets_named(stream.id, event.imports, named)
        page.gone = sorted(set(named) - {ticket.id for ticket in page.tickets})
        if stream.revision != form.revision:
            page.event = without_secrets(event)
            page.devices = await self._serving(stream.id)
            page.showings = await self._reader.showings(stream.id)
        elif named := _showings_of(page.entries):
            page.showings = await self._reader.showings(stream.id, named)
        return page

    async def _serving(self, event_id: str) -> list[Device]:
        return [as_copied(device) for device in await self._devices.of_event(event_id)]

    async def _stream(self, event_id: str) -> Stream:
        stream = await self._journal.stream(event_id)
        if stream is None:
            raise NotFound("Event not found")
        return stream

    async def _event(self, event_id: str) -> Event:
        event = await self._events.find(event_id)
        if event is None:
            raise NotFound("Event not found")
        return event

    # --- what its doors do ---------------------------------------------------------------------------------------

    async def scan(self, principal: Principal, raw: object) -> ForwardAnswer:
        """Decide a scan, an undo or a headcount that a relay forwards, as if its device had asked here.

        Raises as that does.
        """
        form, event_id = read_message(raw, ForwardForm), event_of(principal)
        if now() - self._heard.get(form.instance, -HEARD_S) >= HEARD_S:
            await self._hear(event_id, form)
        device = await self._device(form.device, event_id)
        asking = replace(device_principal(device), event=event_id)
        calls = {"scan": self._scanning.scan, "undo": self._scanning.undo, "headcount": self._scanning.headcount}
        status, answer = await calls[form.call](asking, form.scan)
        return ForwardAnswer(status=status, answer=answer, now=self._clock.now())

    async def record(self, principal: Principal, raw: object) -> FactsAnswer:
        """Record facts, in their order, each once; return the result of each.

        Also of a relay that has lost its role: what its doors did stays a fact. Raises `Unavailable` where not all
        could be confirmed: they are to be sent again.
        """
        form, event_id = read_message(raw, FactsForm), event_of(principal)
        role = await self._reader.role(event_id)
        if role is not None and role.instance == form.instance and role.lost_at is None:
            await self._hear(event_id, form)
        prepared = [await self._command(event_id, form, fact) for fact in form.facts]
        results: list[FactResult] = []
        both = list(zip(form.facts, prepared, strict=True))
        for first in range(0, len(both), FACTS_AT_ONCE):
            begun = now()
            # In their order in the queue of the appender, which commits many at once.
            some = [self._record(event_id, *each) for each in both[first : first + FACTS_AT_ONCE]]
            results += await asyncio.gather(*some)
            await asyncio.sleep(min(LONGEST_PAUSE_S, now() - begun))
        return FactsAnswer(results=results, now=self._clock.now())

    async def _command(self, event_id: str, form: FactsForm, fact: RelayFact) -> FactCommand | HubError:
        """Return the command that records a fact, or why there is none."""
        if fact.event != event_id or fact.at.tzinfo is None or len(fact.nonce) > LONGEST_NONCE:
            return BadInput("The fact is of another event, or has no time or nonce that can be kept")
        if not is_sendable(fact):
            return BadInput("The fact is none that a door could have sent")
        try:
            device = await self._device(fact.device, event_id, archived=True)
        except NotAllowed as refusal:
            return refusal
        ahead = timedelta(milliseconds=bounded_ahead_ms(form.ahead_ms))
        return fact_command(fact, device, relay=form.instance, arrived=self._clock.now(), ahead=ahead)

    async def _record(self, event_id: str, fact: RelayFact, command: FactCommand | HubError) -> FactResult:
        if isinstance(command, HubError):
            return FactResult(id=fact.id, refused=command.code)
        try:
            _, answer = await self._journal.append(event_id, command)
        except Unavailable:
            raise
        except HubError as refusal:
            return FactResult(id=fact.id, refused=refusal.code)
        if fact.code in PASSED and not answer.success:
            # Its ticket is gone: it is on record as refused, and no echo of it will come.
            return FactResult(id=fact.id, refused=str(answer.code))
        return FactResult(id=fact.id, seq=answer.seq if isinstance(answer.seq, int) else None)

    async def _device(self, device_id: str, event_id: str, *, archived: bool = False) -> Device:
        """Return a device that serves the event. Raises `NotAllowed`: bad_key, device_archived."""
        device = await self._devices.find(device_id)
        if device is None or (device.event not in (None, event_id) and not archived):
            raise NotAllowed("bad_key", "Invalid or missing API key")
        if device.archived and not archived:
            raise NotAllowed("device_archived", "App is archived.")
        return device


def event_of(principal: Principal) -> str:
    """Return the event that a relay's key is bound to. Raises `BadInput` for a key of no event."""
    if principal.kind != "key" or principal.event is None:
        raise BadInput("This needs a key with the scope relay, which is for one event", code="bad_request", status=400)
    return principal.event


def _is_news(stream: Stream, form: PullForm) -> bool:
    return stream.epoch != form.epoch or stream.seq > form.since or stream.revision != form.revision


def _showings_of(entries: Sequence[Entry]) -> list[str]:
    """Return the showings that entries are about: their seats may be others."""
    named = (entry.data.get("showing") for entry in entries)
    return list(dict.fromkeys(each for each in named if isinstance(each, str)))


def _tickets_of(entries: Sequence[Entry]) -> list[str]:
    """Return the tickets that entries are about: of a batch of an import's corrections several."""
    named: dict[str, None] = {}
    for entry in entries:
        several = entry.data.get("tickets") if entry.kind == "import.progress" else None
        named |= dict.fromkeys(each for each in several or () if isinstance(each, str))
        if entry.ticket is not None:
            named[entry.ticket] = None
    return list(named)
