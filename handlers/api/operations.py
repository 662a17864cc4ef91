"""Operations over REST: metrics, health, scheduled jobs, the state of the wallet providers."""

import contextlib
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from handlers.http.base import BaseHandler
from handlers.http.operation import operation
from hub.checks.recent import CheckRun
from hub.database_version import DatabaseVersion
from hub.errors import NotFound, Unavailable
from hub.model.jobs import JobRun
from hub.telemetry.metrics import CONTENT_TYPE
from hub.tickets.wallet_offer import save_links_of
from hub.tls import CertificateState
from hub.version import VERSION

SECURITY_TEXT_HOLDS = timedelta(days=90)


class JobAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Scheduled job: its crontab text and its last runs, the newest first."""

    name: str
    crontab: str
    runs: list[JobRun]


class AppleAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """State of the certificate that passes are signed with."""

    state: str
    detail: str | None
    ends_at: datetime | None


class GoogleAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a Google account is configured."""

    state: Literal["configured", "off"]


class WalletAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """State of the wallet providers."""

    apple: AppleAnswer
    google: GoogleAnswer


class CertificateAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """TLS certificate of the port."""

    state: CertificateState
    ends_at: datetime


class ServerAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The hub's place in its network: `certificate` is None without TLS of its own."""

    certificate: CertificateAnswer | None
    unnamed_proxy: str | None


class HealthAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Liveness or readiness of the process that answered."""

    status: Literal["alive", "ready"]
    hub: str
    version: str = VERSION


class MetricsHandler(BaseHandler):
    """`GET /metrics`: Prometheus' text format, for a key with the scope `metrics:read`."""

    @operation("get_metrics", media=("text/plain",))
    async def get(self) -> None:
        """Return the metrics of all processes of this host, and the database's where it answers."""
        self.set_header("Content-Type", CONTENT_TYPE)
        self.write(self.hub.meter.exposition())
        with contextlib.suppress(Unavailable):
            self.write(await self.hub.gauges.exposition())
        self.finish()


class JobsHandler(BaseHandler):
    """`GET /api/jobs`: each job's crontab text and last runs, the newest first."""

    @operation("list_jobs", answer=list[JobAnswer])
    async def get(self) -> None:
        """List the jobs."""
        records = await self.hub.job_log.all()
        self.answer([JobAnswer(name=record.id, crontab=record.crontab, runs=record.runs[::-1]) for record in records])


class WalletHandler(BaseHandler):
    """`GET /api/wallet`: the state of the certificates and accounts of wallet passes (docs/wallet.md)."""

    @operation("get_wallet_state", answer=WalletAnswer)
    def get(self) -> None:
        """Return it."""
        status = self.hub.wallet.status()
        apple = AppleAnswer(state=status.state, detail=status.detail, ends_at=status.ends_at)
        has_google = "google" in save_links_of(self.hub.settings)
        self.answer(WalletAnswer(apple=apple, google=GoogleAnswer(state="configured" if has_google else "off")))


class DatabaseHandler(BaseHandler):
    """`GET /api/database`: the version of the database server, and until when its security holes are mended."""

    @operation("get_database_version", answer=DatabaseVersion)
    async def get(self) -> None:
        """Return it."""
        self.answer(await self.hub.database_version())


class ServerHandler(BaseHandler):
    """`GET /api/server`: the certificate of the port, and a proxy in front that is not among the trusted ones."""

    @operation("get_server", answer=ServerAnswer)
    def get(self) -> None:
        """Return it."""
        own = self.hub.certificate
        certificate = None if own is None else CertificateAnswer(state=own.state, ends_at=own.ends_at)
        self.answer(ServerAnswer(certificate=certificate, unnamed_proxy=self.hub.unnamed_proxy.address))


class ChecksHandler(BaseHandler):
    """`GET /api/checks`: the checks that a hub makes of itself, as `run.py check` has them; one run for a minute."""

    @operation("list_checks", answer=CheckRun)
    async def get(self) -> None:
        """Return the newest run."""
        self.answer(await self.hub.checks.get())


class SecurityTextHandler(BaseHandler):
    """`GET /.well-known/security.txt` (RFC 9116): the contact for reports of security holes; 404 where none is set."""

    @operation("get_security_text", media=("text/plain",), refuses=("not_found",))
    def get(self) -> None:
        """Return it, with an expiry that moves along as long as the hub is run."""
        settings = self.hub.settings
        if not settings.security_contact:
            raise NotFound("Not found")
        expires = self.hub.clock.now() + SECURITY_TEXT_HOLDS
        is_page = settings.security_contact.startswith("https://")
        fields = {
            "Contact": settings.security_contact if is_page else f"mailto:{settings.security_contact}",
            "Expires": f"{expires:%Y-%m-%dT%H:%M:%SZ}",
            "Preferred-Languages": ", ".join(dict.fromkeys([settings.language, "en"])),
            "Canonical": f"{settings.base_url}/.well-known/security.txt",
        }
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish("".join(f"{name}: {value}\r\n" for name, value in fields.items()))


class HealthHandler(BaseHandler):
    """`GET /healthz`: the process lives."""

    @operation("get_health", answer=HealthAnswer)
    def get(self) -> None:
        """Return 200."""
        self.answer(HealthAnswer(status="alive", hub=self.hub.process))


class ReadyHandler(BaseHandler):
    """`GET /readyz`: the database can be written to, changes are heard, and the process is not draining."""

    @operation("get_readiness", answer=HealthAnswer, refuses=("unavailable",))
    async def get(self) -> None:
        """Return 200, or raise `Unavailable`: 503."""
        if self.hub.is_draining or not await self.hub.is_ready():
            raise Unavailable("not ready")
        self.answer(HealthAnswer(status="ready", hub=self.hub.process))
