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
from store.mongo.connection import connect, open_database
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
        self.events = EventReader(self.database)
        self.tickets = TicketReader(self.database)
        self.devices = DeviceReader(self.database)
        self.sightings = DeviceSightings(self.database)
        self.quarantine = QuarantinedBatches(self.database)
        self.keys = KeyReader(self.database)
        self.users = UserReader(self.database)
        self.sessions = Sessions(self.database)
        self.login_steps = LoginSteps(self.database)
        self.challenges = Challenges(self.database)
        self.factors = FactorStore(self.database)
        self.mailed_links = MailedLinks(self.database)
        self.first_credentials = FirstCredentials(self.database)
        self.showings = Showings(self.database)
        self.waiting = WaitingReader(self.database)
        self.feedback = Feedbacks(self.database)
        self.guests = GuestList(self.database)
        self.passes = Passes(self.database)
        self.google_objects = GoogleObjects(self.database)
        self.rollout = RolloutReader(self.database)
        self.pass_uses = PassUses(self.database)
        self.wave_letters = WaveLetters(self.database)
        self.imports = Imports(self.database)
        self.exports = Exports(self.database)
        self.scans = Scans(self.database)
        self.job_runs = JobRuns(self.database)
        self.figures = Figures(self.database)
        self.report_reader = ReportReader(self.database)
        self.takings = TakingsReader(self.database)
        self.ticket_history = TicketHistory(self.database)
        self.due_tickets = DueTickets(self.database)
        self.alerts = Alerts(self.database)
        self.attendances = Attendances(self.database)
        self.leases = Leases(self.database, process)
        self.cursors = Cursors(self.database)
        self.messages = Messages(self.database)
        self.webhooks = WebhookReader(self.database)
        self.secrets = SecretStore(self.database)
        self.sealed_texts = SealedTexts(self.database)
        self.relays = RelayReader(self.database)
        self.relay_copies = RelayCopies(self.database)

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
