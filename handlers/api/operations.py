"""For those who run the hub: its numbers, and the last runs of the clock's work."""

import msgspec

from handlers.http.base import BaseHandler
from hub.errors import Unavailable
from hub.metrics import CONTENT_TYPE


class MetricsHandler(BaseHandler):
    """`GET /metrics`: Prometheus' text format, for a key with the scope `admin`."""

    async def get(self) -> None:
        """Tell the numbers of all processes of this host."""
        self.set_header("Content-Type", CONTENT_TYPE)
        self.finish(self.hub.metrics.exposition())


class JobsHandler(BaseHandler):
    """`GET /api/jobs`: each job's crontab text and last runs, the newest first."""

    async def get(self) -> None:
        """List them."""
        records = await self.hub.job_log.all()
        self.answer(
            [
                {"name": record.id, "crontab": record.crontab, "runs": msgspec.to_builtins(record.runs[::-1])}
                for record in records
            ]
        )


class WalletHandler(BaseHandler):
    """`GET /api/wallet`: how it stands with what wallet passes are signed with (docs/wallet.md)."""

    def get(self) -> None:
        """Tell it."""
        status = self.hub.wallet.status()
        apple = {"state": status.state, "detail": status.detail, "ends_at": status.ends_at}
        has_google = self.hub.settings.google_account is not None
        self.answer({"apple": apple, "google": {"state": "configured" if has_google else "off"}})


class HealthHandler(BaseHandler):
    """`GET /healthz`: the process lives."""

    def get(self) -> None:
        """Say so."""
        self.answer({"status": "alive", "hub": self.hub.process})


class ReadyHandler(BaseHandler):
    """`GET /readyz`: the database can be written to, changes are heard, and the process is not draining."""

    async def get(self) -> None:
        """Say so, or 503."""
        if self.hub.is_draining or not await self.hub.is_ready():
            raise Unavailable("not ready")
        self.answer({"status": "ready", "hub": self.hub.process})
