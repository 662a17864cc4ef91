"""The store: one process's connections to the database, with its journal, its tail and its readers."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from pathlib import Path

from hub.clock import Clock
from store.collections.access import (
    Challenges,
    FactorStore,
    FirstCredentials,
    KeyReader,
    LoginSteps,
    MailedLinks,
    Sessions,
    UserReader,
)
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
from store.collections.secrets import SealedTexts, SecretStore
from store.collections.showings import Showings, WaitingReader
from store.collections.snapshot import Snapshot, snapshot
from store.collections.tickets import TicketReader
from store.collections.wallet import GoogleObjects, Passes
from store.collections.wallet_rollout import PassUses, RolloutReader, WaveLetters
from store.collections.webhooks import WebhookReader
from store.journal.journal import Journal
from store.journal.observer import NO_OBSERVER, JournalObserver
from store.journal.tail import Deliver, Rung, Tail
from store.migrations import check_restored, check_secret, migrate
from store.mongo.commands import BeginCommand
from store.mongo.connection import Database, connect, open_database
from store.mongo.errors import driver_errors
from store.mongo.leases import Leases
from store.mongo.primary import rights_refused
from store.relay.copies import RelayCopies
from store.relay.pages import RelayReader
from store.reports.figures import Figures
from store.reports.report import ReportReader
from store.reports.scans import Scans
from store.reports.takings import TakingsReader
from store.reports.ticket_history import TicketHistory


class Store:
    """Store of one process: its connections to the database. Made in the loop that uses it."""

    def __init__(
        self,
        uri: str,
        name: str,
        *,
        locks: Path,
        clock: Clock,
        process: str,
        observer: JournalObserver = NO_OBSERVER,
        begin_command: BeginCommand | None = None,
    ) -> None:
        self._client = connect(uri, begin_command=begin_command)
        self.database = open_database(self._client, name)
        self._writing = connect(uri, begin_command=begin_command)
        self._process = process
        writing = open_database(self._writing, name)
        self.journal = Journal(self.database, locks, clock, writing=writing, observer=observer)
        self.leases = Leases(self.database, process)
        self._open_access(self.database)
        self._open_events(self.database)
        self._open_reports(self.database)
        self._open_outside(self.database)

    def _open_access(self, database: Database) -> None:
        """Readers of people, keys and what seals them."""
        self.keys = KeyReader(database)
        self.users = UserReader(database)
        self.sessions = Sessions(database)
        self.login_steps = LoginSteps(database)
        self.challenges = Challenges(database)
        self.factors = FactorStore(database)
        self.mailed_links = MailedLinks(database)
        self.first_credentials = FirstCredentials(database)
        self.secrets = SecretStore(database)
        self.sealed_texts = SealedTexts(database)

    def _open_events(self, database: Database) -> None:
        """Readers of events, their devices and their tickets."""
        self.events = EventReader(database)
        self.tickets = TicketReader(database)
        self.devices = DeviceReader(database)
        self.sightings = DeviceSightings(database)
        self.quarantine = QuarantinedBatches(database)
        self.attendances = Attendances(database)
        self.showings = Showings(database)
        self.waiting = WaitingReader(database)
        self.feedback = Feedbacks(database)
        self.guests = GuestList(database)
        self.imports = Imports(database)
        self.exports = Exports(database)
        self.due_tickets = DueTickets(database)
        self.alerts = Alerts(database)

    def _open_reports(self, database: Database) -> None:
        """Readers that add up."""
        self.scans = Scans(database)
        self.job_runs = JobRuns(database)
        self.figures = Figures(database)
        self.report_reader = ReportReader(database)
        self.takings = TakingsReader(database)
        self.ticket_history = TicketHistory(database)

    def _open_outside(self, database: Database) -> None:
        """Readers of what leaves the hub, and of relays."""
        self.passes = Passes(database)
        self.google_objects = GoogleObjects(database)
        self.rollout = RolloutReader(database)
        self.pass_uses = PassUses(database)
        self.wave_letters = WaveLetters(database)
        self.cursors = Cursors(database)
        self.messages = Messages(database)
        self.webhooks = WebhookReader(database)
        self.relays = RelayReader(database)
        self.relay_copies = RelayCopies(database)

    def tail(self, deliver: Deliver, rung: Rung) -> Tail:
        """Return a tail that hands new entries to `deliver` and bells to `rung`; it is to be started and stopped."""
        return Tail(self.database, self.journal, deliver, rung=rung)

    def snapshot(self) -> AbstractAsyncContextManager[Snapshot]:
        """Return a reader of one instant."""
        return snapshot(self.database)

    async def migrate(self, *, secrets: Sequence[str], epoch: str) -> list[str]:
        """Bring the database up to date; return the steps done. Raises `WrongSecret`, `DatabaseRefused`.

        `secrets` are the fingerprints of those that this host knows.
        """
        with rights_refused(self.database.name):
            await check_restored(self.database)
            await check_secret(self.database, secrets)
            return await migrate(self.database, self.leases, epoch)

    async def server_version(self) -> str:
        """Return the version of the database server, as `6.0.5`."""
        with driver_errors():
            return str((await self.database.command("buildInfo"))["version"])

    async def ping(self) -> None:
        """Raise `Unavailable` unless the database answers and can be written to."""
        ready = {"$set": {"ready": True}}
        with driver_errors():
            await self.database.meta.update_one({"_id": "ready"}, ready, upsert=True)

    async def close(self) -> None:
        """Stop the journal and close both connections to the database, whatever fails on the way."""
        async with AsyncExitStack() as closing:
            closing.callback(self._client.close)
            closing.callback(self._writing.close)
            closing.push_async_callback(self.journal.stop)
