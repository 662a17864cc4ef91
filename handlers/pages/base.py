"""The pages that people look at: login, the list of events, and the files behind them.

Scripts, styles and pictures come from `web/static` alone; the policy below lets nothing else in.
"""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from tornado.web import HTTPError, StaticFileHandler

from handlers.http.access import Rule
from handlers.http.base import BaseHandler
from hub.access.logins import LASTS
from hub.app import Hub
from hub.errors import HubError, NotAllowed, SlowDown, Unavailable
from hub.formats.dates import when
from hub.model.journal import Event

WEB = Path(__file__).resolve().parents[2] / "web"
TEMPLATES = WEB / "templates"
STATIC = WEB / "static"

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
CONTENT_TYPES: Mapping[str, str] = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
}
"""What is served at all, and as what: the machine's own table of types is not to be relied on."""

KNOWN_FOR = timedelta(days=365)
"""How long a browser is known as one that has logged in: it counts for its limits alone, and lets nobody in."""
DOORS_OPEN_BEFORE = timedelta(hours=6)
NOW, TO_COME, ALWAYS, PAST = "On now", "To come", "Always open", "Past"


class PageHandler(BaseHandler):
    """Base of the pages: HTML, errors too, and the headers that keep everything foreign out."""

    def set_default_headers(self) -> None:
        """Set the policies of a page."""
        super().set_default_headers()
        self.set_header("Content-Security-Policy", POLICY)
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Permissions-Policy", "camera=(self), microphone=(), geolocation=()")
        self.set_header("Cross-Origin-Opener-Policy", "same-origin")
        self.set_header("Cache-Control", "no-store")

    def get_template_namespace(self) -> dict[str, Any]:
        """Give every page what all use; `principal` is who looks at it, as far as that is known."""
        own = {"organisation": self.organisation, "principal": self.asker, "number": number}
        return {**super().get_template_namespace(), **own}

    @property
    def organisation(self) -> str:
        """The name that pages show."""
        hub: Hub = self.settings["hub"]
        return hub.settings.organisation

    def shape(self, error: HubError) -> None:
        """Write an error as a page that says what to do."""
        self.set_status(error.status)
        self.render("error.html", error=error)

    def refuse_stranger(self) -> None:
        """Lead to the login page, and back from there."""
        self.redirect(f"/login?next={quote(self.request.uri or '/', safe='')}", status=303)

    def refuse(self, rule: Rule) -> None:
        """Refuse a login that may not see this page."""
        raise NotAllowed("not_allowed", "This login may not see this page")


class NotFoundHandler(PageHandler):
    """Answers paths that there are not: browsers with a page, programs with problem+json."""

    async def prepare(self) -> None:
        """Refuse."""
        raise HTTPError(404)

    def shape(self, error: HubError) -> None:
        """Write the error as who asks reads it."""
        self.add_header("Vary", "Accept")
        if self.is_browser:
            super().shape(error)
        else:
            BaseHandler.shape(self, error)


class HomeHandler(PageHandler):
    """`/`."""

    async def get(self) -> None:
        """Lead on to where the asker wants to be."""
        self.redirect("/login" if self.asker is None else "/events", status=303)


class LoginHandler(PageHandler):
    """`/login`: works without JavaScript."""

    def set_default_headers(self) -> None:
        """Let the form tell our own hub where it comes from: under no-referrer its Origin would be `null`."""
        super().set_default_headers()
        self.set_header("Referrer-Policy", "same-origin")

    async def get(self) -> None:
        """Show the form, unless nobody needs it."""
        if self.asker is not None:
            self.redirect(self._next(), status=303)
            return
        self._show()

    async def post(self) -> None:
        """Log in, or say why not and what to do."""
        if not self._is_from_here():
            raise NotAllowed(
                "foreign_origin", "This form was sent from another site: open the login page and try again"
            )
        try:
            account, cookie = await self._log_in()
        except SlowDown as wait:
            seconds = max(1, round(wait.after_s))
            self.set_header("Retry-After", str(seconds))
            self._show(f"Too many tries. Wait {seconds} seconds, then try again.", status=429)
        except Unavailable:
            self.set_header("Retry-After", "1")
            self._show("The hub cannot reach its database. Try again in a moment.", status=503)
        except NotAllowed:
            self._show("User name and password do not fit. Check both and try again.", status=401)
        else:
            self._let_in(account, cookie)

    async def _log_in(self) -> tuple[str, str]:
        """Return the account that was logged in to, and the value of the login's cookie."""
        username = self.get_body_argument("username", "")[:200]
        password = self.get_body_argument("password", "", strip=False)[:1000]
        limits, account = self.hub.limits.logins, username.casefold()
        tried = limits.begin(account, self.address, self.get_cookie(self._proof_cookie, ""))
        await asyncio.sleep(tried.wait_s)
        _, cookie = await self.hub.logins.log_in(username, password, self.hub.clock.now())
        tried.succeeded()
        return account, cookie

    @property
    def _proof_cookie(self) -> str:
        """The cookie in which a browser keeps that it has logged in before."""
        return f"{self.session_cookie}-known"

    def _let_in(self, account: str, cookie: str) -> None:
        self._keep(self.session_cookie, cookie, LASTS)
        self._keep(self._proof_cookie, self.hub.limits.logins.new_proof(account), KNOWN_FOR)
        self.redirect(self._next(), status=303)

    def _keep(self, name: str, value: str, lasts: timedelta) -> None:
        self.set_cookie(
            name,
            value,
            path="/",
            httponly=True,
            samesite="Lax",
            secure=self.is_secure,
            max_age=int(lasts.total_seconds()),
        )

    def _show(self, problem: str | None = None, *, status: int = 200) -> None:
        self.set_status(status)
        username = self.get_body_argument("username", "")[:200]
        self.render("login.html", problem=problem, username=username, next_path=self._next())

    def _next(self) -> str:
        return same_site_path(self.get_argument("next", ""), otherwise="/events")

    def _is_from_here(self) -> bool:
        """Whether the form is ours: somebody else's could log a person in as somebody else."""
        if self.request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            return False
        origin = self.request.headers.get("Origin")
        own = (self.hub.settings.base_url, f"{self.request.protocol}://{self.request.host}")
        return origin is None or origin in own


class LogoutHandler(PageHandler):
    """`/logout`."""

    async def post(self) -> None:
        """End the login, here and on every socket that it opened."""
        if self.asker is not None and self.asker.session is not None:
            await self.hub.logins.log_out(self.asker.session)
        self.clear_cookie(self.session_cookie, path="/", httponly=True, samesite="Lax", secure=self.is_secure)
        self.redirect("/login", status=303)


class EventsPageHandler(PageHandler):
    """`/events`: what there is to watch."""

    async def get(self) -> None:
        """List the events: what is on, what is to come, and what was."""
        now = self.hub.clock.now()
        rows = [await self._row(event, now) for event in await self.hub.events.all()]
        groups = {phase: [row for row in rows if row["phase"] == phase] for phase in (NOW, TO_COME, ALWAYS, PAST)}
        groups[PAST].reverse()
        self.render("events.html", groups={name: rows for name, rows in groups.items() if rows})

    async def _row(self, event: Event, now: datetime) -> dict[str, Any]:
        phase = phase_of(event, now)
        stream = None if phase == PAST else await self.hub.store.journal.stream(event.id)
        return {"id": event.id, "name": event.name, "phase": phase, "when": when(event), "venue": event.venue} | {
            "counts": stream and {"inside": stream.inside, "booked": stream.booked, "capacity": stream.capacity}
        }


class StaticHandler(BaseHandler, StaticFileHandler):
    """`/static/...`: files of `web/static`, asked for again each time and answered 304 while they are the same."""

    def initialize(self, hub: Hub, rules: Mapping[str, Rule]) -> None:  # type: ignore[override]
        """Take the hub and the path's rules from the routes."""
        BaseHandler.initialize(self, hub, rules)
        StaticFileHandler.initialize(self, str(STATIC))

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        """Return the path of a file that is served."""
        path = None if "\0" in absolute_path else super().validate_absolute_path(root, absolute_path)
        if path is None or Path(path).suffix not in CONTENT_TYPES:
            raise HTTPError(404)
        return path

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Answer folders, and paths that lead out, as what is not there."""
        super().write_error(404 if status_code == 403 else status_code, **kwargs)

    def get_content_type(self) -> str:
        """Return the type by the file's ending."""
        return CONTENT_TYPES[Path(self.absolute_path or "").suffix]

    def set_extra_headers(self, path: str) -> None:
        """Let browsers keep the file but ask whether it is still the same: modules name each other without versions."""
        self.set_header("Cache-Control", "no-cache")
        self.set_header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")


def number(count: int) -> str:
    """Return a count as people read it."""
    return f"{count:,}"


def same_site_path(path: str, *, otherwise: str) -> str:
    """Return `path` where it leads to a page of ours, else `otherwise`.

    Browsers take a backslash for a slash and drop tabs and line ends: those lead away as `//evil.org` does.
    """
    is_plain = all("!" <= character and character not in "\\\x7f" for character in path)
    if not is_plain or not path.startswith("/") or path.startswith("//"):
        return otherwise
    parts = urlsplit(path)
    return otherwise if parts.scheme or parts.netloc else path


def phase_of(event: Event, now: datetime) -> str:
    """Return where an event stands; doors open before it begins, so its last hours before count as on."""
    if event.ends_at is None:
        return ALWAYS
    if event.closed or event.ends_at <= now:
        return PAST
    begins = event.starts_at or event.ends_at
    return NOW if begins - DOORS_OPEN_BEFORE <= now else TO_COME
