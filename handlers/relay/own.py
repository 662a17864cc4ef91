"""Handlers of a relay: what is changed at the hub alone is refused, and its status (docs/relay.md)."""

from functools import cache

from tornado.web import RequestHandler
from typing_extensions import override

from handlers.http.base import SAFE_METHODS, BaseHandler
from handlers.http.operation import operation
from hub.errors import Conflict, NotFound
from hub.relay.status import RelayStatus

ALLOWED = ("/scan/ticket", "/scan/batch", "/scan/check_ticket", "/scan/search_ticket", "/scan/list_tickets")
"""Calls of doors that a relay decides or answers."""
OWN = ("/login", "/logout", "/api/me/", "/password")
"""Beginnings of paths that change a relay's own login, and nothing of the event."""
PAIRS = "/pair"
AT_THE_HUB = "This is a relay: pair phones, sell, book and change anything at the hub itself"


class OnARelay(BaseHandler):
    """Base of handlers on a relay: those that would change the event refuse."""

    @override
    async def prepare(self) -> None:
        if not self._is_allowed():
            raise Conflict("at_the_hub", AT_THE_HUB)
        await super().prepare()

    def _is_allowed(self) -> bool:
        path = self.request.path.rstrip("/")
        if path.startswith("/scan/") and path.endswith(PAIRS):
            return self.request.method != "GET"
        return self.request.method in SAFE_METHODS or path in ALLOWED or path.startswith(OWN)


@cache
def on_a_relay(handler: type[RequestHandler]) -> type[RequestHandler]:
    """Return a handler as it serves on a relay; what is no handler of the API stays as it is."""
    if not issubclass(handler, BaseHandler):
        return handler
    return type(handler.__name__, (OnARelay, handler), {})


class RelayStatusHandler(BaseHandler):
    """`GET /api/relay/status`, on a relay."""

    @operation("get_relay_status", answer=RelayStatus, refuses=("not_found",))
    async def get(self) -> None:
        """Return how far the relay is: its line, what waits, its counts. A hub answers 404."""
        status = await self.hub.relay_status()
        if status is None:
            raise NotFound("Not found")
        self.answer(status)
