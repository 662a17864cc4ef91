"""Pass service: makes and signs the pass of a ticket's current state, in a thread, with a cache of recent files."""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import msgspec
import structlog

from hub.clock import Clock
from hub.errors import NotFound, SlowDown, Unavailable
from hub.file_versions import CHECKED_EVERY_S, versions_of
from hub.language.catalogue import first_known
from hub.model.ticket import Ticket
from hub.settings import Settings
from hub.tasks import Periodic
from hub.telemetry.metrics import Metrics
from hub.vault import Vault
from hub.wallet.apple.artworks import Artwork, Artworks
from hub.wallet.apple.certificates import (
    UNCONFIGURED,
    CertificateError,
    Credentials,
    Status,
    files_of,
    is_configured,
    load_credentials,
    status_of,
)
from hub.wallet.apple.package import bundle, pack
from hub.wallet.apple.pass_json import PassView, pass_json
from hub.wallet.apple.strings import string_tables
from hub.wallet.apple.tokens import PassTokens
from hub.wallet.apple.versions import last_modified
from store.collections.events import EventReader
from store.collections.wallet import Passes

log = structlog.get_logger(__name__)

MOST_WAITING = 200
KEPT_BYTES = 16 * 1024 * 1024

CodeOf = Callable[[Ticket, int], Awaitable[str]]
"""Returns the text of the QR of one issue of a ticket."""


class PassFile(msgspec.Struct, frozen=True):
    """Pass file with its metadata; `etag` is of the content, since each signature differs."""

    body: bytes
    etag: str
    modified_at: datetime
    serial: str
    pass_type: str
    is_development: bool

    @property
    def file_name(self) -> str:
        """Name under which browsers save the file."""
        return f"ticket-{self.serial[:8]}.pkpass"

    @property
    def sha256(self) -> str:
        """The sum of the file, in hex."""
        return hashlib.sha256(self.body).hexdigest()


class Wallet:
    """Pass service of a process, with one signing thread. `start`, then `stop`."""

    def __init__(
        self, settings: Settings, events: EventReader, passes: Passes, code_of: CodeOf, vault: Vault, clock: Clock
    ) -> None:
        self._settings = settings
        self._events = events
        self._artworks = Artworks(events)
        self._passes = passes
        self._code_of = code_of
        self._clock = clock
        self.tokens = PassTokens(vault)
        self._credentials: Credentials | None = None
        self._problem = "the wallet is not started"
        self._files = files_of(settings)
        self._versions = versions_of(self._files)
        self._looks = Periodic(self.look, CHECKED_EVERY_S)
        self._metrics: Metrics | None = None
        self._measured: set[str] = set()
        self._executor: ThreadPoolExecutor | None = None
        self._waiting = 0
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._kept_bytes = 0

    def start(self) -> None:
        """Load the certificates and log their status; the hub goes on without usable ones."""
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="wallet")
        if is_configured(self._settings):
            self._load()
        self._looks.start()
        status = self.status()
        if status.state in ("unusable", "expiring"):
            log.warning("wallet passes", detail=status.detail)

    async def stop(self) -> None:
        """Stop the signing thread after the pass in progress."""
        await self._looks.stop()
        if self._executor:
            executor, self._executor = self._executor, None
            await asyncio.to_thread(executor.shutdown, cancel_futures=True)

    def status(self) -> Status:
        """Return the current status of the certificates."""
        if self._credentials is None:
            return UNCONFIGURED if not is_configured(self._settings) else Status("unusable", self._problem)
        return status_of(self._credentials, self._clock.now())

    def measure(self, metrics: Metrics) -> None:
        """Set the metric of a configured certificate's end."""
        self._metrics = metrics
        status = self.status()
        if status.state != "development":
            ends_at = status.ends_at.timestamp() if status.ends_at and status.state != "unusable" else 0
            self._measured.add(status.state)
            for state in self._measured:  # a state of before would keep its end, and be warned of
                metrics.wallet_certificate(state).set(ends_at)

    async def look(self) -> None:
        """Read the certificates anew where their files changed; those before stay where the new cannot be used."""
        versions = versions_of(self._files)
        if versions == self._versions:
            return
        self._versions = versions
        try:
            self._credentials = await asyncio.to_thread(load_credentials, self._settings)
        except CertificateError as wrong:
            self._problem = str(wrong)
            log.warning("the new pass certificate cannot be used; one before it stays", reason=self._problem)
            return
        log.info("the pass certificate was read anew", detail=self.status().detail)
        if self._metrics is not None:
            self.measure(self._metrics)

    @property
    def credentials(self) -> Credentials:
        """The certificates that are good now. Raises `PassesUnavailable` for want of them."""
        if self._credentials is None and not is_configured(self._settings):
            self._load()
        if self._credentials is None or self.status().state == "unusable":
            raise PassesUnavailable(self.status().detail)
        return self._credentials

    @property
    def has_button(self) -> bool:
        """Whether phones accept the passes: only with a certificate of Apple's."""
        return self.status().state in ("ready", "expiring")

    async def pass_of(self, ticket: Ticket, issue: int | None = None) -> PassFile:
        """Return the pass of a ticket's current state; of an earlier `issue` a void one. Raises `PassesUnavailable`."""
        credentials = self.credentials
        view = await self._view(ticket, ticket.issue if issue is None else issue, credentials)
        artwork = await self._artworks.of(view.event)
        files = {"pass.json": pass_json(view), **string_tables(view)}
        content = [credentials.fingerprint.encode(), artwork.key.encode(), *files.values()]
        digest = hashlib.sha256(b"\0".join(content)).hexdigest()[:32]
        changes = await self._passes.changes(ticket.event, ticket.id)
        return PassFile(
            body=await self._packed(digest, files, artwork, credentials),
            etag=f'W/"{digest}"',
            modified_at=last_modified(ticket.created_at, changes),
            serial=ticket.id,
            pass_type=credentials.pass_type,
            is_development=credentials.is_development,
        )

    async def bundle_of(self, tickets: Sequence[Ticket]) -> bytes:
        """Return one file with the passes of several tickets."""
        files = {f"{ticket.id}.pkpass": (await self.pass_of(ticket)).body for ticket in tickets}
        return await self._in_thread(bundle, files)

    def _load(self) -> None:
        try:
            self._credentials = load_credentials(self._settings)
        except CertificateError as wrong:
            self._problem = str(wrong)

    async def _view(self, ticket: Ticket, issue: int, credentials: Credentials) -> PassView:
        event = await self._events.find(ticket.event)
        if event is None:
            raise NotFound("Event not found")
        url = self._settings.base_url
        return PassView(
            event=event,
            ticket=ticket,
            code=await self._code_of(ticket, issue),
            token=self.tokens.make(ticket.id, issue),
            issue=issue,
            now=self._clock.now(),
            language=first_known(event.language, self._settings.language),
            organisation=self._settings.organisation,
            pass_type=credentials.pass_type,
            team=credentials.team,
            web_service_url=f"{url}/" if url.startswith("https:") else None,
        )

    async def _packed(
        self, digest: str, files: Mapping[str, bytes], artwork: Artwork, credentials: Credentials
    ) -> bytes:
        if digest in self._kept:
            self._kept.move_to_end(digest)
            return self._kept[digest]
        packed = await self._in_thread(_pack, files, artwork, credentials)
        self._keep(digest, packed)
        return packed

    def _keep(self, digest: str, packed: bytes) -> None:
        self._kept_bytes += len(packed) - len(self._kept.get(digest, b""))
        self._kept[digest] = packed
        while self._kept_bytes > KEPT_BYTES:
            _, oldest = self._kept.popitem(last=False)
            self._kept_bytes -= len(oldest)

    async def _in_thread(self, work: Callable[..., bytes], *given: object) -> bytes:
        if self._executor is None:
            raise Unavailable("the hub is stopping: try again")
        if self._waiting >= MOST_WAITING:
            raise SlowDown("too many passes are being made", after_s=1)
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._executor, work, *given)
        finally:
            self._waiting -= 1


class PassesUnavailable(Unavailable):
    """Error for want of a usable certificate (503); the reason is for the organiser, in log and admin page."""

    def __init__(self, reason: str) -> None:
        super().__init__("Passes cannot be made here at present", after_s=600)
        self.code = "wallet_unavailable"
        self.reason = reason


def _pack(files: Mapping[str, bytes], artwork: Artwork, credentials: Credentials) -> bytes:
    return pack({**files, **artwork.files}, credentials)
