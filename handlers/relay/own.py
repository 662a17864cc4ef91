"""Handlers of a relay: what is changed at the hub alone is refused, and its status (docs/relay.md)."""

from functools import cache
from typing import TYPE_CHECKING
from uuid import uuid4

from tornado.web import RequestHandler
from typing_extensions import override

from handlers.http.base import SAFE_METHODS, BaseHandler
from handlers.http.operation import operation
from hub.errors import BadInput, Conflict, NotFound, Unavailable
from hub.relay.passed_calls import ANSWERED, ASKED, MOST_BYTES, PassedAnswer, PassedCall, PassedPath, passed_path
from hub.relay.status import RelayStatus
from hub.telemetry.correlation import HEADER

if TYPE_CHECKING:
    from hub.relay_app import RelayHub

ALLOWED = (
    "/scan/ticket",
    "/scan/undo",
    "/scan/headcount",
    "/scan/batch",
    "/scan/check_ticket",
    "/scan/search_ticket",
    "/scan/list_tickets",
)
"""Calls of doors that a relay decides or answers."""
OWN = ("/login", "/logout", "/api/me/", "/password")
"""Beginnings of paths that change a relay's own login, and nothing of the event."""
AT_THE_HUB = "This is a relay: book and change anything at the hub itself"


class OnARelay(BaseHandler):
    """Base of handlers on a relay: what the hub alone decides is passed on to it, all else that changes is refused."""

    hub: "RelayHub"

    @override
    async def prepare(self) -> None:
        passed = passed_path(self.request.method, self.request.path)
        is_here = passed is None or (passed.is_pairing and self.is_browser) or await self._is_picture_from_here(passed)
        if passed is not None and not is_here:
            await self._pass_on(passed)
            return
        if not self._is_allowed():
            raise Conflict("at_the_hub", AT_THE_HUB)
        await super().prepare()

    async def _pass_on(self, passed: PassedPath) -> None:
        """Answer as the hub does; a device is known here first, any other caller to the hub alone."""
        if len(self.request.body) > MOST_BYTES:
            message = f"The body is too large: a relay passes on {MOST_BYTES} bytes at most"
            raise BadInput(message, code="too_large", status=413)
        if passed.is_for_devices:
            await super().prepare()
            if passed.is_sale and await self.hub.relay_sales.decides(self.known, self._nonce):
                return
        failures = self.hub.limits.failed_pairings if passed.is_pairing else self.hub.limits.bad_keys
        failures.check(self.address)
        answer = await self._asked(
            PassedCall(
                method=passed.method,
                target=f"{self.request.path}?{self.request.query}" if self.request.query else self.request.path,
                headers=self._asked_by(passed),
                body=self.request.body,
                may_repeat=not passed.is_pairing,
            ),
            passed,
        )
        if not passed.is_for_devices and answer.status in ((400,) if passed.is_pairing else (401, 403)):
            failures.count(self.address)
        self.set_status(answer.status)
        for name in ANSWERED:
            if name in answer.headers:
                self.set_header(name, answer.headers[name])
        self.finish(answer.body)

    async def _asked(self, call: PassedCall, passed: PassedPath) -> PassedAnswer:
        try:
            return await self.hub.pass_on(call)
        except Unavailable:
            if passed.is_sale and self._nonce is not None:
                self.hub.relay_sales.note_unknown(self.known, self._nonce)
            raise

    @property
    def _nonce(self) -> str | None:
        """The nonce in the body of a sale; None where there is none."""
        if self.request.method != "POST":
            return None
        nonce = self.json_body().get("nonce")
        return nonce if isinstance(nonce, str) else None

    async def _is_picture_from_here(self, passed: PassedPath) -> bool:
        """Return whether a code's picture is of a ticket that has a barcode, which needs no key to be drawn."""
        if not passed.is_picture:
            return False
        found = await self.hub.booking.tickets([self.path_args[0]])
        return any(ticket.barcode is not None for ticket in found)

    def _asked_by(self, passed: PassedPath) -> dict[str, str]:
        """Return the headers to ask with; a payment gets a key of its own, so that it is safe to ask again."""
        shown = {name: self.request.headers[name] for name in ASKED if name in self.request.headers}
        named = {"Idempotency-Key": uuid4().hex} if passed.method == "POST" and not passed.is_for_devices else {}
        return named | shown | {HEADER: self.request_id}

    def _is_allowed(self) -> bool:
        path = self.request.path.rstrip("/")
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
