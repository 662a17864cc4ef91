"""The store: one process's connections to the database, with its journal, its tail and its readers."""

from contextlib import AbstractAsyncContextManager, AsyncExitStack
from pathlib import Path

from hub.clock import Clock
from store.collections.access import FirstCredentials, KeyReader, MailedLinks, Sessions, UserReader
from store.collections.alerts import Alerts
from store.collections.devices import Attendances, DeviceReader, DeviceSightings, QuarantinedBatches
from store.collections.due_tickets import DueTickets
from store.collections.events import EventReader
from store.collections.exports import Exports
from store.collections.feedback import Feedbacks
from store.collections.guest_list import GuestList
from store.collections.imports import Imports
from store.collections.job_runs import JobRuns
from store.collections.outbox import Cursors, Messages
from store.collections.showings import Showings, WaitingReader
from store.collections.snapshot import Snapshot, snapshot
from store.collections.tickets import TicketReader
from store.collections.wallet import GoogleObjects, Passes
from store.collections.wallet_rollout import PassUses, RolloutReader, WaveLetters
from store.collections.webhooks import WebhookReader
from store.journal.journal import Journal
from store.journal.tail import Deliver, Rung, Tail
from store.migrations import check_secret, migrate
from store.mongo.connection import connect, open_database
from store.mongo.errors import driver_errors
from store.mongo.leases import Leases
from store.reports.figures import Figures
from store.reports.report import ReportReader
from store.reports.scans import Scans
from store.reports.takings import TakingsReader
from store.reports.ticket_history import TicketHistory


class Store:
    """Store of one process: its connections to the database. Made in the loop that uses it."""

    def __init__(self, uri: str, name: str, *, locks: Path, clock: Clock, process: str) -> None:
        self._client = connect(uri)
        self._database = open_database(self._client, name)
        self._writing = connect(uri)
        self._process = process
        self.journal = Journal(self._database, locks, clock, writing=open_database(self._writing, name))
        self.events = EventReader(self._database)
        self.tickets = TicketReader(self._database)
        self.devices = DeviceReader(self._database)
        self.sightings = DeviceSightings(self._database)
        self.quarantine = QuarantinedBatches(self._database)
        self.keys = KeyReader(self._database)
        self.users = UserReader(self._database)
        self.sessions = Sessions(self._database)
        self.mailed_links = MailedLinks(self._database)
        self.first_credentials = FirstCredentials(self._database)
        self.showings = Showings(self._database)
        self.waiting = WaitingReader(self._database)
        self.feedback = Feedbacks(self._database)
        self.guests = GuestList(self._database)
        self.passes = Passes(self._database)
        self.google_objects = GoogleObjects(self._database)
        self.rollout = RolloutReader(self._database)
        self.pass_uses = PassUses(self._database)
        self.wave_letters = WaveLetters(self._database)
        self.imports = Imports(self._database)
        self.exports = Exports(self._database)
        self.scans = Scans(self._database)
        self.job_runs = JobRuns(self._database)
        self.figures = Figures(self._database)
        self.report_reader = ReportReader(self._database)
        self.takings = TakingsReader(self._database)
        self.ticket_history = TicketHistory(self._database)
        self.due_tickets = DueTickets(self._database)
        self.alerts = Alerts(self._database)
        self.attendances = Attendances(self._database)
        self.leases = Leases(self._database, process)
        self.cursors = Cursors(self._database)
        self.messages = Messages(self._database)
        self.webhooks = WebhookReader(self._database)

    def tail(self, deliver: Deliver, rung: Rung) -> Tail:
        """Return a tail that hands new entries to `deliver` and bells to `rung`; it is to be started and stopped."""
        return Tail(self._database, self.journal, deliver, rung=rung)

    def snapshot(self) -> AbstractAsyncContextManager[Snapshot]:
        """Return a reader of one instant."""
        return snapshot(self._database)

    async def migrate(self, *, secret_proof: str, epoch: str) -> list[str]:
        """Bring the database up to date; return the steps done. Raises `WrongSecret`."""
        await check_secret(self._database, secret_proof)
        return await migrate(self._database, self.leases, epoch)

    async def ping(self) -> None:
        """Raise `Unavailable` unless the database answers and can be written to."""
        ready = {"$set": {"ready": True}}
        with driver_errors():
            await self._database.meta.update_one({"_id": "ready"}, ready, upsert=True)

    async def close(self) -> None:
        """Stop the journal and close both connections to the database, whatever fails on the way."""
        async with AsyncExitStack() as closing:
            closing.callback(self._client.close)
            closing.callback(self._writing.close)
            closing.push_async_callback(self.journal.stop)
