"""The hub, put together: what a process holds, started and stopped in order. Reads like a table of contents."""

import os
import secrets
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from hub.access.authenticate import People
from hub.access.keys import Keys
from hub.access.login_limits import LoginLimits
from hub.access.logins import Logins
from hub.access.users import Users
from hub.alerts.service import Watch, describe_alert, marks_of
from hub.clock import Clock
from hub.devices.last_seen import Presence, info_from_hello
from hub.devices.online import Online
from hub.devices.service import Devices
from hub.door.codes import Keyring
from hub.door.guest_search import Search
from hub.door.manifest import Manifests
from hub.door.manual_codes import HandCodes
from hub.door.offline_batches import Batches
from hub.door.resolve import Reader
from hub.door.retry_nonces import Unanswered
from hub.door.service import Scanning
from hub.errors import NotAllowed
from hub.events.service import Events
from hub.formats.qr_images import Pictures
from hub.importing.importer import Importer
from hub.live.ports import CookieCredential, Credential, DeviceView, EventView, KeyCredential, Ports, TicketCredential
from hub.live.protocol import LiveLimits
from hub.live.server import LiveHub
from hub.mail.consumer import TicketMail
from hub.mail.recipients import Recipients
from hub.metrics import Metrics
from hub.model.journal import HUB_STREAM, Attendance, Device, Entry, Principal
from hub.outbox.worker import Outgoing
from hub.rate_limit import Limiter
from hub.reports.stats import Stats
from hub.secrets import Vault
from hub.settings import Settings
from hub.tickets.booking import Booking
from hub.tickets.seats import Seats
from hub.tickets.service import Tickets
from hub.tickets.status import standing
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
        journal, catalog = self.store.journal, self.store.catalog
        self.keyring = Keyring(self.vault)
        self.pictures = Pictures()
        self.people = People(catalog, self.clock, time.monotonic)
        self.events = Events(journal, catalog, self.vault)
        self.devices = Devices(journal, catalog)
        self.keys = Keys(journal, catalog)
        self.logins = Logins(journal, catalog)
        self.users = Users(journal, catalog, self.logins)
        self.seats = Seats(self.vault, timedelta(hours=settings.expire_after_h))
        self.booking = Booking(journal, catalog, self.vault, self.seats, has_google=settings.google_account is not None)
        self.tickets = Tickets(journal, catalog, self.seats)
        self.stats = Stats(self.store.figures, journal, self.clock)
        self.watch = Watch(self.store.alerts, journal, self.clock, marks_of(settings))
        self.importer = Importer(journal, catalog, self.store.imports, self.seats, self.vault, self.clock)
        passes = self.store.passes
        self.wallet = Wallet(settings, catalog, passes, self.booking.code, self.vault, self.clock)
        self.wallet_service = WebService(self.wallet, passes, catalog, journal, self.vault, self.clock)
        self.pushes = Pushes(settings, self.wallet, passes, self.vault)
        self.google = GoogleWallet(settings, catalog, self.store.google_objects, self.booking.code, self.clock)
        self.limits = Limits(settings, self.vault)
        hands = HandCodes(self.vault.derive("hand code"))
        self.reader = Reader(
            catalog,
            self.keyring,
            hands,
            self.clock,
            manual=self.limits.manual_check_ins,
            misses=self.limits.unknown_barcodes,
        )
        self.search = Search(catalog, self.store.guests, hands, self.clock)
        self.manifests = Manifests(self.store.snapshot, self.vault)
        self.presence = Presence(catalog, self.clock, time.monotonic)
        self.scanning = Scanning(journal, catalog, self.reader, Unanswered(settings.data / "unanswered"), self.metrics)
        self.batches = Batches(journal, catalog, self.reader, self.clock)
        self.mail = self._mail() if settings.smtp_host else None
        self.outgoing = Outgoing(self.store, self.clock, patience=timedelta(hours=settings.give_up_after_h))
        self.webhooks = make_webhooks(self.store, self.outgoing, self.vault, self.clock, settings)
        if self.mail is not None:
            self.outgoing.add(self.mail)
        self.outgoing.add(self.pushes)
        self.outgoing.add(self.google)
        self.tail = self.store.tail(self._deliver, self.outgoing.wake)
        self.live = LiveHub(self._ports(), limits=_live_limits(settings), clock=self.clock, process=self.process)
        self.online = Online(
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
        self.pictures.start()
        self.wallet.start()
        self.wallet.measure(self.metrics)
        self.presence.start()
        await self.tail.start()
        for event in await self.events.all():
            self.keyring.learn(event)
        self.live.start()
        self.online.start()
        self.outgoing.start()

    async def drain(self) -> None:
        """Send clients elsewhere, within the time that settings give."""
        await self.live.drain()

    async def stop(self) -> None:
        """Stop in the opposite order: imports, clients, tail, pictures and passes, database."""
        await self.importer.stop()
        await self.outgoing.stop()
        await self.webhooks.close()
        if self.mail is not None:
            await self.mail.stop()
        await self.pushes.close()
        await self.google.close()
        await self.live.stop()
        await self.online.stop()
        await self.tail.stop()
        await self.presence.stop()
        await self.wallet.stop()
        await self.pictures.stop()
        await self.store.close()

    async def is_ready(self) -> bool:
        """Whether the database can be written to and changes are heard."""
        await self.store.catalog.ping()
        return self.tail.is_listening

    def _mail(self) -> TicketMail:
        settings = self.settings
        recipients = Recipients(settings.mails_per_recipient_per_h, self.vault.derive("mail recipient"), time.monotonic)
        return TicketMail(settings, self.store.catalog, self.booking, self.pictures, recipients, self.clock)

    # --- what the live hub asks for ------------------------------------------------------------------------------

    async def identify(self, credential: Credential) -> Principal:
        """Return who a credential stands for. Raises `NotAllowed`."""
        match credential:
            case KeyCredential(api_key):
                return await self.people.by_key(api_key)
            case CookieCredential(cookie):
                principal = await self.logins.by_cookie(cookie, self.clock.now())
                if principal is not None:
                    return principal
            case TicketCredential(ticket_id, token):
                ticket = await self.store.catalog.ticket(ticket_id)
                if ticket is not None and self.booking.opens(ticket, token):
                    return Principal(kind="ticket", id=ticket.id, name="", event=ticket.event)
        raise NotAllowed("bad_key", "Invalid or missing credential")

    def _ports(self) -> Ports:
        return Ports(
            journal=self.store.journal,
            tail=self.tail,
            names=self._names,
            describe=self.describe,
            identify=self.identify,
            ticket_state=self._ticket_state,
            calls={"scan": self.scanning.scan, "check": self._check, "undo": self.scanning.undo},
            seen=self._seen,
            refused=self.limits.bad_keys.take,
        )

    async def _check(self, principal: Principal, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        return await self.scanning.check(principal, body, self.clock.now())

    async def _names(self, ticket_ids: Sequence[str]) -> dict[str, str]:
        return {ticket.id: ticket.name for ticket in await self.store.catalog.tickets(ticket_ids)}

    async def describe(self, event_id: str) -> EventView | None:
        """Return an event as a snapshot tells of it, or None."""
        if event_id == HUB_STREAM:
            return EventView(id=HUB_STREAM, name=self.settings.organisation)
        event = await self.store.catalog.event(event_id)
        if event is None:
            return None
        devices, online = await self.store.catalog.devices(event_id), await self.online.devices()
        alerts = await self.store.alerts.of_event(event_id)
        return EventView(
            id=event.id,
            name=event.name,
            max_inside=event.max_inside,
            doors=event.doors,
            zones=event.zones,
            devices=[_view(device, online.get(device.id)) for device in devices if not device.archived],
            alerts=[describe_alert(alert, devices, event) for alert in alerts],
        )

    async def _ticket_state(self, ticket_id: str) -> dict[str, Any] | None:
        """Return a ticket as its page on the socket is told of it: as clients see it, and how it stands."""
        ticket = await self.store.catalog.ticket(ticket_id)
        if ticket is None:
            return None
        event, now = await self.events.get(ticket.event), self.clock.now()
        return {**await self.booking.describe(ticket, now), "standing": standing(ticket, event, now)}

    def _seen(self, principal: Principal, info: dict[str, Any] | None) -> None:
        self.presence.heard(principal, info_from_hello(info))

    # --- what the tail brings ------------------------------------------------------------------------------------

    def _deliver(self, stream: str, epoch: str, entries: list[Entry]) -> None:
        if stream == HUB_STREAM:
            self.people.forget()
        self.live.deliver(stream, epoch, entries)


class Limits:
    """The limits on requests (booking-api.md, who may)."""

    def __init__(self, settings: Settings, vault: Vault) -> None:
        self.anonymous_bookings = Limiter(settings.anonymous_bookings_per_min, time.monotonic)
        self.failed_pairings = Limiter(settings.failed_pairings_per_min, time.monotonic)
        self.bad_keys = Limiter(settings.bad_keys_per_min, time.monotonic)
        self.feedback = Limiter(settings.feedback_per_min, time.monotonic)
        self.manual_check_ins = Limiter(settings.manual_check_ins_per_min, time.monotonic)
        self.unknown_barcodes = Limiter(settings.unknown_barcodes_per_min, time.monotonic)
        self.wallet_logs = Limiter(settings.wallet_logs_per_min, time.monotonic)
        self.logins = LoginLimits(settings, vault.derive("known browser"), time.monotonic)
        self.passwords = Limiter(settings.failed_logins_per_account_per_min, time.monotonic)


def _view(device: Device, online: Attendance | None) -> DeviceView:
    return DeviceView(
        id=device.id,
        name=device.name,
        door=device.door,
        online=online is not None,
        since=None if online is None else online.since,
        last_seen_at=device.last_seen_at,
    )


def _live_limits(settings: Settings) -> LiveLimits:
    wanted = {name: getattr(settings, name) for name in LiveLimits.__struct_fields__ if hasattr(settings, name)}
    return LiveLimits(**wanted)
