"""Composition root: all services of one process, started and stopped in order. Reads like a table of contents."""

import asyncio
import os
import secrets
import time
from contextlib import AsyncExitStack
from datetime import timedelta

from hub.access.authenticate import Authenticator
from hub.access.keys import Keys
from hub.access.logins import Logins
from hub.access.mailed_links import AccountLinks
from hub.access.passkeys import Passkeys
from hub.access.second_factor import SecondFactors, SecondSteps
from hub.access.users import Users
from hub.alerts.rules import Marks
from hub.alerts.service import OVER_AFTER, AlertMonitor
from hub.checks.recent import RecentChecks
from hub.clock import Clock
from hub.database_version import DatabaseVersion, database_version
from hub.devices.answers import EventAddress, RelayProgress
from hub.devices.last_seen import LastSeen
from hub.devices.online import OnlineDevices
from hub.devices.service import Devices
from hub.door.codes import Keyring
from hub.door.guest_search import Search
from hub.door.manifest import Manifests
from hub.door.manual_codes import ManualCodes
from hub.door.offline_batches import Batches
from hub.door.resolve import TicketResolver
from hub.door.retry_nonces import RetryNonces
from hub.door.service import Scanning
from hub.events.pictures import EventPictures
from hub.events.service import Events
from hub.formats.qr_images import QrImages
from hub.importing.importer import Importer
from hub.live.server import LiveHub
from hub.live_wiring import LiveWiring
from hub.mail.mailers import make_mailers
from hub.model.journal import HUB_STREAM, Entry
from hub.outbox.worker import Outbox
from hub.rate_limit import Buckets
from hub.relay.host import RelayHost
from hub.relay.status import RelayStatus
from hub.reports.gauges import DatabaseGauges
from hub.reports.job_log import JobLog
from hub.reports.stats import Stats
from hub.request_limits import Limits
from hub.rotation.known import known_secrets
from hub.rotation.watch import SecretWatch
from hub.sales.batch import Batches as TicketBatches
from hub.sales.service import Sales
from hub.settings import Settings
from hub.tasks import Periodic, retry
from hub.telemetry.journal import JournalMeter
from hub.telemetry.metrics import Metrics
from hub.telemetry.process import MEASURED_EVERY_S, ProcessMeter
from hub.telemetry.tracing import make_tracer
from hub.tickets.booking import Booking
from hub.tickets.expiry import Expiry
from hub.tickets.retiming import Retiming
from hub.tickets.rollout import Rollout
from hub.tickets.seats import Seats
from hub.tickets.service import Tickets
from hub.tickets.waiting_service import WaitingList
from hub.tickets.wallet_offer import save_links_of
from hub.tls import TlsCertificate
from hub.unnamed_proxy import UnnamedProxy
from hub.vault import TokenPurpose, Vault
from hub.version import VERSION
from hub.wallet.apple.passes import Wallet
from hub.wallet.apple.pushes import Pushes
from hub.wallet.apple.web_service import WebService
from hub.wallet.google.service import GoogleWallet
from hub.wallet.save_links import SaveLinkProvider
from hub.webhooks.webhooks import make_webhooks
from store.store import Store

START_WITHIN_S = 600.0
"""How long a start waits for a database that elects its primary."""


class Hub:
    """Hub of one process: all its services. Made in its loop; `start`, then `drain` and `stop`."""

    def __init__(self, settings: Settings, clock: Clock | None = None, buckets: Buckets | None = None) -> None:
        """`buckets` hold the rate limits of requests; by default they are of this process alone."""
        self.settings = settings
        self.clock = clock or Clock()
        self.is_draining = False
        self.metrics = Metrics()
        self.meter = ProcessMeter(self.metrics, lag_s=lambda: self.tail.lag_s)
        self.certificate: TlsCertificate | None = None
        """Of the port, once there is a server (`handlers/server.py`)."""
        self.unnamed_proxy = UnnamedProxy()
        self.process = f"{os.getpid()}-{secrets.token_hex(3)}"
        self.vault = Vault(*known_secrets(settings))
        self.limits = Limits(settings, self.vault, self.clock, buckets)
        self.qr_images = QrImages()
        self._opened = AsyncExitStack()
        self.tracer = make_tracer(settings.otlp_endpoint, VERSION, self.process)
        self._opened.push_async_callback(self.tracer.stop)
        self.store = self._make_store()
        self.secret_watch = SecretWatch(settings, self.vault, self.store.secrets, self.process, time.monotonic)
        self._make_readers()
        self._make_access()
        self._make_tickets()
        self._make_reports()
        self._make_door()
        self._make_wallet()
        self._make_outbox()
        self._make_live()

    # --- the parts ---------------------------------------------------------------------------------------------------

    def _make_store(self) -> Store:
        settings = self.settings
        assert settings.mongodb_uri is not None
        locks = settings.data / "locks" / settings.database
        store = Store(
            settings.mongodb_uri,
            settings.database,
            locks=locks,
            clock=self.clock,
            process=self.process,
            observer=JournalMeter(self.metrics, self.tracer),
            begin_command=self.tracer.command if self.tracer.is_on else None,
        )
        self._opened.push_async_callback(store.close)
        return store

    def _make_readers(self) -> None:
        """Name the readers that handlers and jobs use as they are."""
        store = self.store
        self.alerts = store.alerts
        self.due_tickets = store.due_tickets
        self.exports = store.exports
        self.feedback = store.feedback
        self.imports = store.imports
        self.leases = store.leases
        self.report_reader = store.report_reader
        self.scans = store.scans
        self.showings = store.showings
        self.ticket_history = store.ticket_history

    def _make_access(self) -> None:
        store, journal = self.store, self.store.journal
        self.authenticator = Authenticator(
            store.devices, store.events, store.showings, store.keys, self.clock, time.monotonic
        )
        self.keys = Keys(journal, store.keys, store.events)
        self.logins = Logins(journal, store.users, store.sessions, self.settings.second_factor_roles)
        self._opened.callback(self.logins.close)
        sends_mail = self.settings.smtp_host is not None
        self.account_links = AccountLinks(
            journal, store.users, store.mailed_links, self.clock.now, sends_mail=sends_mail
        )
        self.users = Users(journal, store.users, self.logins, store.events, self.account_links)
        self.second_factors = SecondFactors(
            journal, store.factors, self.vault, self.clock.now, self.settings.organisation
        )
        self.second_steps = SecondSteps(store.login_steps, store.users, self.second_factors, self.clock.now)
        self.passkeys = Passkeys(
            journal,
            store.users,
            store.factors,
            store.challenges,
            self.clock.now,
            base_url=self.settings.base_url,
            organisation=self.settings.organisation,
        )
        self.devices = Devices(journal, store.devices, store.events)
        self.last_seen = LastSeen(store.sightings, self.clock, time.monotonic)

    def _make_tickets(self) -> None:
        store, journal, settings = self.store, self.store.journal, self.settings
        self.seats = Seats(self.vault, timedelta(hours=settings.expire_after_h))
        self.booking = Booking(
            journal,
            store.events,
            store.tickets,
            store.guests,
            self.vault,
            self.seats,
            save_links=save_links_of(settings),
        )
        self.tickets = Tickets(journal, store.tickets, self.seats)
        self.sales = Sales(
            journal, self.tickets, store.tickets, store.takings, store.report_reader, self.seats, self.vault
        )
        self.batches_of_tickets = TicketBatches(
            journal, self.tickets, self.sales, store.guests, has_mail=lambda: self.sends_mail
        )
        self.waiting = WaitingList(journal, store.waiting, self.seats, self.vault)
        self.expiry = Expiry(self.seats, self.tickets.changes.delete)
        self.retiming = Retiming(journal, store.due_tickets, self.tickets, self.seats, self.expiry)
        self.events = Events(journal, store.events, store.showings, self.vault, self.retiming, self.seats)
        self.event_pictures = EventPictures(journal, store.events)
        self.importer = Importer(
            journal, store.events, store.showings, store.imports, self.seats, self.vault, self.clock
        )

    def _make_reports(self) -> None:
        store, journal = self.store, self.store.journal
        self.stats = Stats(store.figures, journal, store.events, store.showings, self.clock)
        self.checks = RecentChecks(self.settings, self.clock, time.monotonic)
        self.gauges = DatabaseGauges(store.alerts, store.messages, self.clock, over_after=OVER_AFTER)
        self.job_log = JobLog(journal, store.job_runs)
        self.alert_monitor = AlertMonitor(store.alerts, journal, self.clock, Marks.of(self.settings))

    def _make_door(self) -> None:
        store, journal = self.store, self.store.journal
        manual_codes = ManualCodes(self.vault.token_key(TokenPurpose.MANUAL))
        self.keyring = Keyring(self.vault)
        self.resolver = TicketResolver(
            store.tickets,
            store.events,
            self.keyring,
            manual_codes,
            self.clock,
            manual=self.limits.manual_check_ins,
            misses=self.limits.unknown_barcodes,
        )
        self.search = Search(store.events, store.guests, manual_codes, self.clock)
        self.manifests = Manifests(store.snapshot, self.vault)
        retry_nonces = RetryNonces(self.settings.data / "unanswered")
        self.scanning = Scanning(journal, store.tickets, store.events, self.resolver, retry_nonces, self.metrics)
        self.batches = Batches(journal, store.quarantine, store.devices, self.resolver, self.clock)
        self.relays = RelayHost(
            journal,
            store.relays,
            store.events,
            store.devices,
            self.scanning,
            self.clock,
            organisation=self.settings.organisation,
        )

    def _make_wallet(self) -> None:
        store, settings, code = self.store, self.settings, self.booking.code
        self.wallet = Wallet(settings, store.events, store.passes, code, self.vault, self.clock)
        self.wallet_service = WebService(
            self.wallet, store.passes, store.pass_uses, store.tickets, store.journal, self.vault, self.clock
        )
        self.pushes = Pushes(settings, self.wallet, store.passes, self.vault)
        readers = store.events, store.tickets
        self.save_links: dict[str, SaveLinkProvider] = {
            "google": GoogleWallet(settings, *readers, store.google_objects, store.pass_uses, code, self.clock)
        }
        self.pass_uses = store.pass_uses
        self.rollout = Rollout(store.journal, store.events, store.rollout)

    def _make_outbox(self) -> None:
        settings = self.settings
        self.outbox = Outbox(
            self.store,
            self.clock,
            give_up_after=timedelta(hours=settings.give_up_after_h),
            count=lambda consumer, result: self.metrics.deliveries(consumer, result).inc(),
            tracer=self.tracer,
        )
        self.webhooks = make_webhooks(self.store, self.outbox, self.vault, self.clock, settings)
        self.mailers = make_mailers(settings, self.store, self.booking, self.waiting, self.qr_images, self.clock)
        for consumer in (*self.mailers, self.pushes, *self.save_links.values()):
            self.outbox.add(consumer)

    @property
    def sends_mail(self) -> bool:
        """Whether a mail server is set up."""
        return bool(self.mailers)

    def _make_live(self) -> None:
        store = self.store
        self.tail = store.tail(self._deliver, self._ring)
        self.wiring = LiveWiring(
            store=store,
            tail=self.tail,
            people=self.authenticator,
            logins=self.logins,
            events=self.events,
            booking=self.booking,
            scanning=self.scanning,
            presence=self.last_seen,
            limits=self.limits,
            delayed=self.metrics.live_delay.observe,
            tracer=self.tracer,
            online=lambda: self.online.devices(),
            organisation=self.settings.organisation,
            clock=self.clock,
        )
        self.live = LiveHub(self.wiring.ports(), limits=self.settings.live, clock=self.clock, process=self.process)
        self.online = OnlineDevices(
            store.attendances,
            store.alerts,
            store.journal,
            self.clock,
            process=self.process,
            here=self.live.devices,
            changed=self.live.devices_changed,
            silent_after_s=self.settings.silent_after_s,
        )

    # --- begin and end -----------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Start all services, ready for clients. A start that fails closes all that it opened."""
        try:
            await self._start()
        except BaseException:
            await self.stop()
            raise

    async def _start(self) -> None:
        """Start each service after its end is provided for: they end in the opposite order."""
        ending = self._opened.push_async_callback
        ending(self.secret_watch.stop)
        await retry(self.secret_watch.begin, within_s=START_WITHIN_S, what="read the state of the secrets")
        self.secret_watch.start()
        ending(self.qr_images.stop)
        self.qr_images.start()
        ending(self.wallet.stop)
        self.wallet.start()
        self.wallet.measure(self.metrics)
        ending(self.last_seen.stop)
        self.last_seen.start()
        ending(self.tail.stop)
        await self.tail.start()
        await retry(self.authenticator.learn_good, within_s=START_WITHIN_S, what="read the keys")
        for event in await retry(self.events.all, within_s=START_WITHIN_S, what="read the events"):
            self.keyring.learn(event)
        ending(self.online.stop)
        self.online.start()
        ending(self.live.stop)
        self.live.start()
        for provider in self.save_links.values():
            ending(provider.close)
        ending(self.pushes.close)
        for mailer in self.mailers:
            ending(mailer.stop)
        ending(self.webhooks.close)
        ending(self.outbox.stop)
        self.outbox.start()
        measuring = Periodic(self.meter.run, MEASURED_EVERY_S)
        ending(measuring.stop)
        measuring.start()
        ending(self.importer.stop)
        ending(self.account_links.stop)

    async def drain(self) -> None:
        """Shut down gracefully: send clients to other processes, within the time that settings give.

        Deliveries are left to other processes at once, so that the end has none to wait for.
        """
        self.is_draining = True
        await asyncio.gather(self.live.drain(), self.outbox.stop())

    async def stop(self) -> None:
        """Stop all services, in the opposite order, and close the database's connections.

        One part that fails keeps no other open; its error is raised when all are closed.
        """
        await self._opened.aclose()

    async def is_ready(self) -> bool:
        """Readiness: whether the database can be written to and changes of the journal arrive."""
        await self.store.ping()
        return self.tail.is_listening

    async def addresses_of(self, event_id: str | None) -> tuple[list[EventAddress], RelayProgress | None]:
        """Return where an event is served, if not here alone, the preferred address first; and a relay's progress.

        A relay is named where the settings allow its origin: elsewhere no phone's page could ask it.
        """
        role = await self.relays.role(event_id) if event_id is not None else None
        if role is None or role.lost_at is not None or role.url not in self.settings.scanner_origins:
            return [], None
        return [EventAddress(url=role.url, relay=role.name), EventAddress(url=self.settings.base_url)], None

    async def relay_status(self) -> RelayStatus | None:
        """Return how far a relay is; None: this is a hub."""
        return None

    async def database_version(self) -> DatabaseVersion:
        """Return the version of the database server and the end of its support. Raises `Unavailable`."""
        return database_version(await self.store.server_version(), self.clock.now().date())

    # --- what the tail brings ----------------------------------------------------------------------------------------

    def _ring(self, stream: str) -> None:
        self.outbox.wake(stream)
        self.relays.bells.ring(stream)

    def _deliver(self, stream: str, epoch: str, entries: list[Entry]) -> None:
        if stream == HUB_STREAM:
            self.authenticator.forget()
        with self.tracer.span("live push", entries=len(entries)):
            self.live.deliver(stream, epoch, entries)
