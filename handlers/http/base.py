"""Base handler: authentication and access rules, JSON in and out, and the one mapping of errors to HTTP."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any, ClassVar

import msgspec
import structlog
from msgspec import UNSET
from tornado.web import HTTPError, RequestHandler
from typing_extensions import override

from handlers.http.access import Rule
from handlers.http.addresses import counted_as, is_in
from handlers.http.one_event import acting
from handlers.http.problem import Problem
from handlers.http.request_scope import ScopedHandler
from hub.app import Hub
from hub.errors import BadInput, HubError, NotAllowed, NotFound, SlowDown, Unavailable, Unreadable
from hub.formats.browser import asked_from
from hub.language.catalogue import Language, first_known, is_known, tags
from hub.language.negotiation import best_language
from hub.language.problems import problem_code, problem_text
from hub.live.ports import TicketCredential
from hub.model.access import Principal
from hub.problem_codes import type_of
from hub.secrets import is_same
from hub.telemetry.correlation import HEADER

log = structlog.get_logger(__name__)

LANGUAGE_COOKIE = "language"
"""Cookie in which a reader's choice of a language is kept."""
OWN_HEADERS = "idempotency-key, if-none-match, x-csrf-token, x-device-info, x-request-id"
ALLOWED_HEADERS = f"authorization, content-type, traceparent, {OWN_HEADERS}"
CHALLENGE = 'Api-Key realm="Scan Hub"'
"""Credential that a request without one is asked for (RFC 9110, 11.6.1); no browser opens a window for it."""
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
NEEDS_KEY = "A key or a login is needed: administrators make keys under Administration, Keys"
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",  # caches in front keep a .csv by its name, for any reader
}
"""Headers of every answer, errors included."""


class BaseHandler(ScopedHandler):
    """Base handler. Its errors are problem+json (RFC 9457); families with another shape override `shape`."""

    hub: Hub
    refusal: ClassVar[type[msgspec.Struct]] = Problem
    """Type of the answer to a refusal."""
    refusal_media = "application/problem+json"
    stranger_status = 401
    """Status of the answer to a request without a credential."""
    is_for_logins = False
    """True for a handler that refuses keys and devices."""
    limits_its_body = False
    """True for a handler that takes its body piece by piece, with a limit of its own in place of the hub's."""
    asker: Principal | None = None
    """Principal of the request, once `prepare` has let it in; None for an anonymous one."""

    def initialize(self, hub: Hub, rules: Mapping[str, Rule]) -> None:
        """Take the hub and the path's rules from the routes (`handlers/routes/`)."""
        self.hub = hub
        self.rules = rules

    def set_default_headers(self) -> None:
        """Set the headers of every answer, errors included."""
        self.clear_header("Server")
        for name, value in ALWAYS.items():
            self.set_header(name, value)
        self.set_header(HEADER, self.request_id)
        origin = self.request.headers.get("Origin")
        hub: Hub = self.settings["hub"]
        if origin is not None and origin in hub.settings.allowed_origins:
            self.set_header("Access-Control-Allow-Origin", origin)
            self.set_header(
                "Access-Control-Expose-Headers",
                "ETag, Link, Retry-After, WWW-Authenticate, X-Request-ID, X-Total-Count",
            )
            self.add_header("Vary", "Origin")

    @override
    def set_status(self, status_code: int, reason: str | None = None) -> None:
        super().set_status(status_code, reason)
        if status_code == 401:
            self.set_header("WWW-Authenticate", CHALLENGE)

    async def prepare(self) -> None:
        """Refuse a body that is too large and a principal that may not, before the handler runs."""
        most = self.hub.settings.body_limit_bytes
        if len(self.request.body) > most:
            message = f"The body is too large: {most} bytes at most. Send less at a time"
            raise BadInput(message, code="too_large", status=413)
        self._note_proxy()
        if self.request.method != "OPTIONS":
            await self._admit()

    def _note_proxy(self) -> None:
        peer = self.request.remote_ip or ""
        if "X-Forwarded-For" in self.request.headers and not is_in(peer, self.hub.settings.trusted_proxies):
            self.hub.unnamed_proxy.note(peer)

    async def _head_as_get(self, *path: str) -> None:
        """Answer as `GET` does; the connection leaves the body out."""
        answered = self.get(*path)
        if answered is not None:
            await answered

    head: Callable[..., Awaitable[None] | None] = _head_as_get

    async def _admit(self) -> None:
        """Authorise by the table, and keep the principal as `asker`; refuse everybody else."""
        rule = self.rule
        if rule is None:
            raise HTTPError(405)
        if not rule.is_asked:
            return
        self.asker = await self._acting(rule, await self.identify(rule))
        if rule.admits(self.asker):
            return
        if self.asker is None:
            self.refuse_stranger()
        else:
            self.refuse(rule)

    @property
    def is_read(self) -> bool:
        """True for `GET`, and for `HEAD`, which is answered alike."""
        return self.request.method in ("GET", "HEAD")

    @property
    def rule(self) -> Rule | None:
        """Access rule of the request; a `HEAD` has that of `GET` unless it has one of its own."""
        method = self.request.method or ""
        return self.rules.get(method) or (self.rules.get("GET") if method == "HEAD" and self.answers_head else None)

    async def _acting(self, rule: Rule, principal: Principal | None) -> Principal | None:
        if principal is None or principal.event_roles is None or principal.must_change or principal.must_set_up:
            return principal
        return await acting(self, self.hub, rule, principal)

    def options(self, *_: str) -> None:
        """Answer a browser's preflight."""
        self.set_status(204)
        self.set_header("Allow", self.allowed_methods())
        self.set_header("Access-Control-Allow-Methods", self.allowed_methods())
        self.set_header("Access-Control-Allow-Headers", ALLOWED_HEADERS)
        self.set_header("Access-Control-Max-Age", "600")
        self.finish()

    def allowed_methods(self) -> str:
        """Return the methods that this path knows."""
        also = ["HEAD"] if "GET" in self.rules and "HEAD" not in self.rules and self.answers_head else []
        return ", ".join([*self.rules, *also, "OPTIONS"])

    # --- who asks ------------------------------------------------------------------------------------------------

    @property
    def address(self) -> str:
        """Client's address: the one that a trusted proxy forwards, else the peer's own; of IPv6 its network."""
        peer = self.request.remote_ip or ""
        forwarded = [
            part.strip() for part in self.request.headers.get("X-Forwarded-For", "").split(",") if part.strip()
        ]
        while forwarded and is_in(peer, self.hub.settings.trusted_proxies):
            peer = forwarded.pop()
        return counted_as(peer)

    @property
    def is_browser(self) -> bool:
        """True for a browser, which wants a page."""
        return "text/html" in self.request.headers.get("Accept", "")

    @property
    def asked_language(self) -> str | None:
        """Tag of the language that the reader chose, else of the one that their browser asks for; None for none."""
        kept = self.get_cookie(LANGUAGE_COOKIE)
        if kept is not None and is_known(kept):
            return kept
        return best_language(self.request.headers.get("Accept-Language", ""), tags())

    @property
    def booking_language(self) -> str | None:
        """Tag of the language to keep with a booking: a guest's own; who shows a credential books for others."""
        return self.asked_language if self.asker is None else None

    @property
    def problem_language(self) -> Language:
        """Language of errors for programs, by `Accept-Language` alone; the hub's own where none is asked for."""
        hub: Hub = self.settings["hub"]
        return first_known(
            best_language(self.request.headers.get("Accept-Language", ""), tags()), hub.settings.language
        )

    @property
    def known(self) -> Principal:
        """Principal of the request, on paths that let in no anonymous one."""
        assert self.asker is not None
        return self.asker

    async def identify(self, rule: Rule) -> Principal | None:
        """Return the principal: by the token of the ticket in the path where that will do, else by key or login."""
        token = token_of(self) if rule.holder else None
        return await self.principal() if token is None else await self._holder(self.path_args[0], token)

    def refuse_stranger(self) -> None:
        """Refuse a request without a credential: the same for existing and missing things."""
        raise NotAllowed("unauthorized", NEEDS_KEY, status=401)

    def refuse(self, rule: Rule) -> None:
        """Refuse a good credential that may not do this."""
        if self.known.must_change:
            raise NotAllowed("password_change", "Choose a password of your own first")
        if self.known.must_set_up:
            raise NotAllowed("second_factor_needed", "Set up a second factor first: your role needs one")
        if self.known.event_roles is not None:
            raise NotAllowed("not_allowed", "Your role may not do this")
        raise NotAllowed("not_allowed", f"This needs the scope {' or '.join(rule.scopes)}")

    async def principal(self) -> Principal | None:
        """Return the principal of key or login; None without a credential. Raises `NotAllowed` for a bad key."""
        if key := self.api_key:
            return await self._by_key(key)
        cookie = self.get_cookie(self.session_cookie)
        principal = await self.hub.logins.by_cookie(cookie, self.hub.clock.now()) if cookie else None
        if principal is not None and self.request.method not in SAFE_METHODS:
            self._check_csrf(principal)
        return principal

    @property
    def api_key(self) -> str:
        """The key that the request shows, empty where it shows none."""
        return key_in(self.request.headers.get("Authorization", ""))

    async def _holder(self, ticket_id: str, token: str) -> Principal:
        try:
            return await self.hub.wiring.identify(TicketCredential(ticket_id, token))
        except NotAllowed as refusal:
            ticket = next(iter(await self.hub.booking.tickets([ticket_id])), None)
            if ticket is not None:
                with suppress(NotFound):
                    self.hub.booking.check_opens(ticket, token)
            raise bad_token() from refusal

    async def _by_key(self, key: str) -> Principal:
        try:
            return await self.hub.authenticator.by_key(key)
        except NotAllowed:
            # Only those who show a bad key are slowed down: all phones of a venue may share one address.
            self.hub.limits.bad_keys.take(self.address)
            raise

    @property
    def session_cookie(self) -> str:
        """The cookie's name; `__Host-` wherever it may be Secure."""
        return "__Host-hub" if self.is_secure else "hub"

    @property
    def is_secure(self) -> bool:
        """True where clients reach this hub by https."""
        return self.hub.settings.base_url.startswith("https:")

    def keep(self, name: str, value: str, lasts: timedelta) -> None:
        """Set a cookie that scripts cannot read."""
        self.set_cookie(
            name,
            value,
            path="/",
            httponly=True,
            samesite="Lax",
            secure=self.is_secure,
            max_age=int(lasts.total_seconds()),
        )

    @property
    def asked_from(self) -> str:
        """Browser and network of the request, roughly."""
        return asked_from(self.request.headers.get("User-Agent", ""), self.address)

    def _check_csrf(self, principal: Principal) -> None:
        sent = self.request.headers.get("X-CSRF-Token") or self.get_body_argument("csrf", "")
        if principal.csrf is None or not is_same(sent, principal.csrf):
            raise NotAllowed("csrf", "The page is out of date: reload it")

    # --- JSON ----------------------------------------------------------------------------------------------------

    def json_body(self) -> Any:
        """Return the body's JSON. Raises `BadInput` with 400 for any other body."""
        try:
            return msgspec.json.decode(self.request.body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as wrong:
            raise BadInput("The body is not JSON", code="bad_request", status=400) from wrong

    @property
    def query_texts(self) -> dict[str, str]:
        """Query parameters, trimmed; of one that is sent twice the last. Raises 400 for bytes that are not UTF-8."""
        return {name: self.get_query_argument(name) for name in self.request.query_arguments}

    def answer(self, body: Any, status: int = 200, content_type: str = "application/json") -> None:
        """Finish with `body` as JSON."""
        self.set_status(status)
        self.set_header("Content-Type", content_type)
        self.finish(msgspec.json.encode(body))

    # --- errors --------------------------------------------------------------------------------------------------

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Answer an error in the family's shape. Never an exception's text."""
        error = to_hub_error(kwargs["exc_info"][1] if "exc_info" in kwargs else None, status_code)
        self.set_status(error.status)
        for name, value in retry_after(error).items():
            self.set_header(name, value)
        if error.status == 405:
            self.set_header("Allow", self.allowed_methods())
        self.shape(error)

    def shape(self, error: HubError) -> None:
        """Write an error as problem+json."""
        language = self.problem_language
        said = problem_text(error.message, language)
        fields = error.errors if isinstance(error, BadInput) else {}
        errors = {path: problem_text(text, language) for path, text in fields.items()}
        codes = {path: code for path, text in fields.items() if (code := problem_code(text))}
        problem = Problem(
            type=type_of(error.code),
            title=said,
            status=error.status,
            detail=said,
            code=error.code,
            errors=errors or UNSET,
            field_codes=codes or UNSET,
            request_id=self.request_id,
        )
        self.name_language()
        self.answer(problem, error.status, "application/problem+json")

    def name_language(self) -> None:
        """Set the headers of an answer whose texts are in the language that was asked for."""
        self.add_header("Vary", "Accept-Language")
        self.set_header("Content-Language", self.problem_language.tag)

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Log server errors; refusals are not logged."""
        if not isinstance(value, HubError | HTTPError):
            # By its name: the path may hold a pairing token, or a phone's identifier.
            name = type(self).__name__
            log.error("a request failed", method=self.request.method, handler=name, exc_info=(typ, value, tb))


def key_in(authorization: str) -> str:
    """Return the API key that a request's `Authorization` shows, empty where it shows none."""
    scheme, _, key = authorization.partition(" ")
    return key.strip() if scheme.lower() == "api-key" else ""


def retry_after(error: HubError) -> dict[str, str]:
    """Return the `Retry-After` header of an error, where a retry helps."""
    if not isinstance(error, SlowDown | Unavailable | Unreadable):
        return {}
    return {"Retry-After": str(_whole_seconds(error))}


def ask_to_wait(handler: RequestHandler, error: SlowDown | Unavailable) -> int:
    """Set the `Retry-After` of a page that shows such an error itself; return its seconds."""
    seconds = _whole_seconds(error)
    handler.set_header("Retry-After", str(seconds))
    return seconds


def _whole_seconds(error: SlowDown | Unavailable | Unreadable) -> int:
    return max(1, round(error.after_s))


def token_of(handler: RequestHandler) -> str | None:
    """Return the access token that the request shows, in its address or as Bearer, or None."""
    scheme, _, token = handler.request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else handler.get_query_argument("token", None)


def bad_token() -> NotAllowed:
    """Return the refusal of a ticket's token: the same whether or not there is such a ticket."""
    return NotAllowed("bad_token", "This link is not valid any more", status=401)


def to_hub_error(error: BaseException | None, status: int) -> HubError:
    """Return any exception as one of the hub's own errors."""
    if isinstance(error, HubError):
        return error
    known = {
        400: BadInput("Bad request", code="bad_request", status=400),
        404: BadInput("Not found", code="not_found", status=404),
        403: NotAllowed("not_allowed", "This is not allowed"),
        405: BadInput("Method not allowed", code="bad_method", status=405),
    }
    return known.get(status, HubError("internal", "Something went wrong here: try again"))
