"""Is it alive, is it ready (design.md, command line and settings)."""

from handlers.http.base import BaseHandler
from hub.errors import Unavailable


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
