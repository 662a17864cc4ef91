"""Relay of one process: a hub on the copy of one event, whose doors are tied to the hub above (docs/relay.md)."""

import secrets
import time

import structlog
from msgspec import UNSET
from typing_extensions import override

from hub.app import Hub
from hub.clock import Clock
from hub.devices.answers import EventAddress, RelayProgress
from hub.formats.money import money_text
from hub.model.access import Device
from hub.model.event import Event
from hub.model.journal import HUB_STREAM
from hub.model.relay.documents import RelayCopy, RelayFact
from hub.rate_limit import Buckets
from hub.relay.client import UpstreamClient
from hub.relay.devices import NoteDevices
from hub.relay.joining import Joining, is_void
from hub.relay.line import Line
from hub.relay.passed_calls import PassedAnswer, PassedCall
from hub.relay.passing import Passing
from hub.relay.sales import RelaySales
from hub.relay.scanning import RelayBatches, RelayLink, RelayScanning
from hub.relay.status import RefusedFact, RelayStatus
from hub.relay.sync import RelaySync
from hub.relay.wire import RelayForm
from hub.settings import Settings
from hub.tasks import Periodic
from store.private_file import read_or_make

log = structlog.get_logger(__name__)

SAY_EVERY_S = 30.0
MOST_NOTED = 400
MOST_REFUSED = 20


class RelayHub(Hub):
    """Relay: all services of a hub, with another source of truth."""

    def __init__(self, settings: Settings, clock: Clock | None = None, buckets: Buckets | None = None) -> None:
        super().__init__(settings, clock, buckets)
        self.instance = instance_of(settings)
        self.line = Line(time.monotonic, self.clock.now)
        self.client = UpstreamClient(settings.upstream, settings.upstream_key or "")
        self._opened.push_async_callback(self.client.close)
        self.sync: RelaySync | None = None
        self._passing: Passing
        self._saying = Periodic(self.look, SAY_EVERY_S)

    @override
    def _make_door(self) -> None:
        super()._make_door()
        store, journal = self.store, self.store.journal
        retry_nonces = self.scanning.retry_nonces
        self.relay_scanning = RelayScanning(
            journal, store.tickets, store.events, self.resolver, retry_nonces, self.metrics
        )
        self.relay_batches = RelayBatches(journal, store.quarantine, store.devices, self.resolver, self.clock)
        self.scanning, self.batches = self.relay_scanning, self.relay_batches

    @override
    def _make_tickets(self) -> None:
        super()._make_tickets()
        store = self.store
        self.relay_sales = RelaySales(
            store.journal, self.tickets, store.tickets, store.takings, store.report_reader, self.seats, self.vault
        )
        self.sales = self.relay_sales

    async def join(self) -> RelayCopy:
        """Take the role at the hub, and copy the event down where there is no copy yet.

        Raises `UpstreamRefusal`, and `LineDown` where there is no copy to go on with.
        """
        form = RelayForm(instance=self.instance, name=self.settings.relay_name, url=self.settings.base_url)
        joining = Joining(self.store.relay_copies, self.client, self.clock, form=form)
        return await joining.run(secrets.token_hex(4))

    @override
    async def _start(self) -> None:
        copy = await self.store.relay_copies.find()
        if copy is None:
            copy = await self.join()
        link = RelayLink(
            event=copy.id,
            instance=self.instance,
            line=self.line,
            client=self.client,
            copies=self.store.relay_copies,
        )
        self.relay_scanning.link = self.relay_batches.link = self.relay_sales.link = link
        await super()._start()
        self.sync = RelaySync(link, self.store.relay_copies, self.store.journal, self.clock, self._changed, copy)
        link.catch_up = self.sync.catch_up
        self._passing = Passing(link)
        self._opened.push_async_callback(self.sync.stop)
        self.sync.start()
        self._opened.push_async_callback(self._saying.stop)
        self._saying.start()

    async def _changed(self, event: Event, devices: list[Device]) -> None:
        """Heed a change of the event or of its devices: their keys, their sockets."""
        self.keyring.learn(event)
        for begin in range(0, len(devices), MOST_NOTED):
            await self.store.journal.append(HUB_STREAM, NoteDevices(devices[begin : begin + MOST_NOTED]))
        self.authenticator.forget()  # who was just paired or moved is known as such to the very next request

    async def pass_on(self, call: PassedCall) -> PassedAnswer:
        """Return the hub's answer to a call. Raises `Conflict` (relay_alone) and `Unavailable`."""
        return await self._passing.ask(call)

    @override
    async def addresses_of(self, event_id: str | None) -> tuple[list[EventAddress], RelayProgress | None]:
        own = EventAddress(url=self.settings.base_url, relay=self.settings.relay_name)
        link = self.relay_scanning.link
        stream = await self.store.journal.stream(link.event)
        sent = await link.sent(stream.seq if stream is not None else 0)
        return [own, EventAddress(url=self.settings.upstream)], RelayProgress(sent=sent)

    @override
    async def relay_status(self) -> RelayStatus:
        """Return how far the relay is."""
        assert self.sync is not None
        copy = self.sync.copy
        stream = await self.store.journal.stream(copy.id)
        event = await self.store.events.find(copy.id)
        refused, newest = await self.store.relay_copies.refused(copy.id, MOST_REFUSED)
        return RelayStatus(
            name=self.settings.relay_name,
            event=copy.id,
            event_name=event.name if event is not None else "",
            upstream=self.settings.upstream,
            state=self.line.state,
            since=self.line.since,
            alone_since=self.line.alone_since,
            last_exchange=self.line.last_exchange,
            waiting=self.line.waiting,
            behind=max(0, self.sync.head - copy.upstream_seq),
            clock_ahead_s=self.line.ahead_ms / 1000,
            inside=stream.inside if stream is not None else 0,
            admitted=stream.admitted if stream is not None else 0,
            booked=stream.booked if stream is not None else 0,
            ended=self.line.ended,
            refused=refused,
            refusals=[await self._refused(fact) for fact in newest],
        )

    async def _refused(self, fact: RelayFact) -> RefusedFact:
        device = await self.store.devices.find(fact.device)
        name = device.name if device is not None else None
        paid = fact.payment
        money = UNSET if paid is None or paid.currency is None else money_text(paid.amount, paid.currency)
        return RefusedFact(at=fact.at, device=name, code=fact.code, refused=fact.refused or "", money=money)

    async def look(self) -> None:
        """Log how far the relay is; delete the copy of an event that is long over, once nothing waits."""
        status = await self.relay_status()
        log.info("relay", line=status.line)
        event = await self.store.events.find(status.event)
        if (
            event is not None
            and is_void(event, self.clock.now())
            and await self.store.relay_copies.count_waiting(status.event) == 0
        ):
            self.line.ended = "event_over"
            if self.sync is not None:
                await self.sync.stop()
            await self.store.relay_copies.empty()
            log.warning("the event is over: its copy is deleted")


def instance_of(settings: Settings) -> str:
    """Return the name of a relay's data folder, made at its first start."""
    return read_or_make(settings.data / "relay-instance", lambda: secrets.token_hex(8))
