"""The hub, put together: what a process holds, started and stopped in order. Reads like a table of contents."""

import os
import secrets
import time
from datetime import timedelta

from hub.access.authenticate import Authenticator
from hub.access.keys import Keys
from hub.access.logins import Logins
from hub.access.users import Users
from hub.alerts.service import AlertMonitor, marks_of
from hub.clock import Clock
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
from hub.events.service import Events
from hub.formats.qr_images import QrImages
from hub.importing.importer import Importer
from hub.live.server import LiveHub
from hub.live_wiring import LiveWiring
from hub.mail.consumer import TicketMail
from hub.mail.recipients import Recipients
from hub.metrics import Metrics
from hub.model.journal import HUB_STREAM, Entry
from hub.outbox.worker import Outbox
from hub.reports.job_log import JobLog
from hub.reports.stats import Stats
from hub.request_limits import Limits
from hub.secrets import Vault
from hub.settings import Settings
from hub.tickets.booking import Booking
from hub.tickets.expiry import Expiry
from hub.tickets.retiming import Retiming
from hub.tickets.seats import Seats
from hub.tickets.service import Tickets
from hub.wallet.apple.passes import Wallet
from hub.wallet.apple.pushes import Pushes
from hub.wallet.apple.web_service import WebService
from hub.wallet.google.service import GoogleWallet
from hub.webhooks.webhooks import make_webhooks
from store.store import Store


class Hub:
    """Everything one process serves from. Made in its loop; `start`, then `drain` and `stop`."""

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        assert settings.mongodb_uri is not None
        self.settings = settings
        self.clock = clock or Clock()
        self.is_draining = False
        self.metrics = Metrics()
        self.process = f"{os.getpid()}-{secrets.token_hex(3)}"
        self.vault = Vault(settings.secret)
        self.store = Store(
            settings.mongodb_uri,
            settings.database,
            locks=settings.data / "locks" / settings.database,
            clock=self.clock,
            process=self.process,
        )
        store, journal = self.store, self.store.journal
        # Readers that handlers and jobs use as they are.
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
        # Services.
        self.keyring = Keyring(self.vault)
        self.qr_images = QrImages()
        self.authenticator = Authenticator(store.devices, store.events, store.keys, self.clock, time.monotonic)
        self.devices = Devices(journal, store.devices, store.events)
        self.keys = Keys(journal, store.keys)
        self.logins = Logins(journal, store.users, store.sessions)
        self.users = Users(journal, store.users, self.logins)
        self.seats = Seats(self.vault, timedelta(hours=settings.expire_after_h))
        has_google = settings.google_account is not None
        self.booking = Booking(journal, store.events, store.tickets, self.vault, self.seats, has_google=has_google)
        self.tickets = Tickets(journal, store.tickets, self.seats)
        self.expiry = Expiry(self.seats, self.tickets.changes.delete)
        self.retiming = Retiming(journal, store.due_tickets, self.tickets, self.seats, self.expiry)
        self.events = Events(journal, store.events, store.showings, self.vault, self.retiming)
        self.stats = Stats(store.figures, journal, self.clock)
        self.job_log = JobLog(journal, store.job_runs)
        self.alert_monitor = AlertMonitor(self.store.alerts, journal, self.clock, marks_of(settings))
        self.importer = Importer(
            journal, store.events, store.showings, store.imports, self.seats, self.vault, self.clock
        )
        passes = self.store.passes
        self.wallet = Wallet(settings, store.events, passes, self.booking.code, self.vault, self.clock)
        self.wallet_service = WebService(self.wallet, passes, store.tickets, journal, self.vault, self.clock)
        self.pushes = Pushes(settings, self.wallet, passes, self.vault)
        self.google = GoogleWallet(
            settings, store.events, store.tickets, store.google_objects, self.booking.code, self.clock
        )
        self.limits = Limits(settings, self.vault)
        hands = ManualCodes(self.vault.derive("hand code"))
        self.resolver = TicketResolver(
            store.tickets,
            store.events,
            self.keyring,
            hands,
            self.clock,
            manual=self.limits.manual_check_ins,
            misses=self.limits.unknown_barcodes,
        )
        self.search = Search(store.events, store.guests, hands, self.clock)
        self.manifests = Manifests(self.store.snapshot, self.vault)
        self.last_seen = LastSeen(store.sightings, self.clock, time.monotonic)
        self.scanning = Scanning(
            journal,
            store.tickets,
            store.events,
            self.resolver,
            RetryNonces(settings.data / "unanswered"),
            self.metrics,
        )
        self.batches = Batches(journal, store.quarantine, store.devices, self.resolver, self.clock)
        self.mail = self._mail() if settings.smtp_host else None
        self.outbox = Outbox(self.store, self.clock, give_up_after=timedelta(hours=settings.give_up_after_h))
        self.webhooks = make_webhooks(self.store, self.outbox, self.vault, self.clock, settings)
        if self.mail is not None:
            self.outbox.add(self.mail)
        self.outbox.add(self.pushes)
        self.outbox.add(self.google)
        self.tail = self.store.tail(self._deliver, self.outbox.wake)
        self.wiring = LiveWiring(
            store=self.store,
            tail=self.tail,
            people=self.authenticator,
            logins=self.logins,
            events=self.events,
            booking=self.booking,
            scanning=self.scanning,
            presence=self.last_seen,
            limits=self.limits,
            online=lambda: self.online.devices(),
            organisation=settings.organisation,
            clock=self.clock,
        )
        self.live = LiveHub(self.wiring.ports(), limits=settings.live, clock=self.clock, process=self.process)
        self.online = OnlineDevices(
            self.store.attendances,
            self.store.alerts,
            journal,
            self.clock,
            process=self.process,
            here=self.live.devices,
            changed=self.live.devices_changed,
            silent_after_s=settings.silent_after_s,
        )

    async def start(self) -> None:
        """Hear of every change, know every key, and be ready for clients."""
        self.qr_images.start()
        self.wallet.start()
        self.wallet.measure(self.metrics)
        self.last_seen.start()
        await self.tail.start()
        for event in await self.events.all():
            self.keyring.learn(event)
        self.live.start()
        self.online.start()
        self.outbox.start()

    async def drain(self) -> None:
        """Send clients elsewhere, within the time that settings give."""
        await self.live.drain()

    async def stop(self) -> None:
        """Stop in the opposite order: imports, clients, tail, pictures and passes, database."""
        await self.importer.stop()
        await self.outbox.stop()
        await self.webhooks.close()
        if self.mail is not None:
            await self.mail.stop()
        await self.pushes.close()
        await self.google.close()
        await self.live.stop()
        await self.online.stop()
        await self.tail.stop()
        await self.last_seen.stop()
        await self.wallet.stop()
        await self.qr_images.stop()
        await self.store.close()

    async def is_ready(self) -> bool:
        """Whether the database can be written to and changes are heard."""
        await self.store.ping()
        return self.tail.is_listening

    def _mail(self) -> TicketMail:
        settings = self.settings
        recipients = Recipients(settings.mails_per_recipient_per_h, self.vault.derive("mail recipient"), time.monotonic)
        return TicketMail(
            settings,
            self.store.tickets,
            self.store.events,
            self.booking,
            self.qr_images,
            recipients,
            self.clock,
        )

    # --- what the tail brings ------------------------------------------------------------------------------------

    def _deliver(self, stream: str, epoch: str, entries: list[Entry]) -> None:
        if stream == HUB_STREAM:
            self.authenticator.forget()
        self.live.deliver(stream, epoch, entries)
