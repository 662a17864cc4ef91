"""Base of the pages, the home page, and the page for missing paths.

Scripts, styles and pictures come from `web/static` alone; the policy below lets nothing else in.
"""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from babel.numbers import format_decimal
from tornado.web import HTTPError

from handlers.http.access import Rule
from handlers.http.base import LANGUAGE_COOKIE, BaseHandler
from hub.app import Hub
from hub.errors import HubError, NotAllowed
from hub.language.catalogue import Language, every_language, first_known, is_known
from hub.language.problems import problem_text
from hub.model.access import Principal

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

LANGUAGE_QUERY = "language"
"""Parameter of an address that chooses a language: of a page's switch, or of a link from an organiser's own site."""
LANGUAGE_KEPT_FOR = timedelta(days=365)
KNOWN_FOR = timedelta(days=365)
"""How long a browser is known as one that has logged in: it counts for its limits alone, and lets nobody in."""
DOORS_OPEN_BEFORE = timedelta(hours=6)
NOW, TO_COME, ALWAYS, PAST = "phase-now", "phase-to-come", "phase-always", "phase-past"
"""Phases of an event, as messages."""


class PageHandler(BaseHandler):
    """Base of the pages: HTML, errors too, and the headers that keep everything foreign out."""

    is_translated = False
    """True for a page whose texts are in the catalogues: it is in its reader's language, the others are in English."""
    event_language: str | None = None
    """Language of the event that the page is about, for readers whose own is not known."""

    def set_default_headers(self) -> None:
        """Set the policies of a page."""
        super().set_default_headers()
        self.set_header("Content-Security-Policy", POLICY)
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Permissions-Policy", "camera=(self), microphone=(), geolocation=()")
        self.set_header("Cross-Origin-Opener-Policy", "same-origin")
        self.set_header("Cache-Control", "no-store")
        if self.is_translated:
            self.add_header("Vary", "Accept-Language, Cookie")

    async def prepare(self) -> None:
        """Keep a language that the address chooses, and lead to the page without that; else as every handler.

        The choice comes first, so that it counts for the page of a refusal too.
        """
        if not self.keep_language():
            await super().prepare()

    def keep_language(self) -> bool:
        """Keep the language that the address chooses and redirect to the page without it; False where it has none."""
        if not self.is_translated or not self.is_read:
            return False
        chosen = self.get_query_argument(LANGUAGE_QUERY, "")
        if not is_known(chosen):
            return False
        kept_s = int(LANGUAGE_KEPT_FOR.total_seconds())
        self.set_cookie(LANGUAGE_COOKIE, chosen, path="/", samesite="Lax", secure=self.is_secure, max_age=kept_s)
        query = self._query()
        path = same_site_path(self.request.path, otherwise="/book")
        self.redirect(f"{path}?{query}" if query else path, status=303)
        return True

    def _query(self, **more: str) -> str:
        """Return the query of this page without a choice of language, and with `more` in it.

        Latin-1 keeps each byte of the query, also those that are not UTF-8.
        """
        sent = parse_qsl(self.request.query, keep_blank_values=True, encoding="latin-1")
        query = [*((name, value) for name, value in sent if name != LANGUAGE_QUERY), *more.items()]
        return urlencode(query, encoding="latin-1")

    @property
    def language(self) -> Language:
        """Language of the page: its reader's, else its event's, else the hub's; English where it is not translated."""
        if not self.is_translated:
            return first_known()
        return first_known(self.asked_language, self.event_language, self.hub.settings.language)

    def other_languages(self) -> list[tuple[Language, str]]:
        """Return the languages that a reader may choose instead of the page's, each with the address that does.

        The address is relative, a query alone: that of a refusal names nothing. None where there is no choice.
        """
        if not self.is_translated:
            return []
        others = [each for each in every_language() if each.tag != self.language.tag]
        return [(each, f"?{self._query(**{LANGUAGE_QUERY: each.tag})}") for each in others]

    def get_template_namespace(self) -> dict[str, Any]:
        """Names that every template uses; `principal` is the reader, None for an anonymous one."""
        language = self.language
        own = {
            "organisation": self.organisation,
            "principal": self.asker,
            "upstream": self.settings["hub"].settings.upstream,
            "manages": self.asker is not None and manages(self.asker),
            "language": language,
            "other_languages": self.other_languages,
            "say": language.say,
            "rich": language.rich,
            "problem_text": lambda error: problem_text(error.message, language),
            "number": lambda count: number(count, language),
        }
        return {**super().get_template_namespace(), **own}

    @property
    def organisation(self) -> str:
        """The name that pages show."""
        hub: Hub = self.settings["hub"]
        return hub.settings.organisation

    def shape(self, error: HubError) -> None:
        """Write an error as a page with the next step."""
        self.set_status(error.status)
        self.render("error.html", error=error, request_id=self.request_id)

    def refuse_stranger(self) -> None:
        """Redirect to the login page, and back from there."""
        self.redirect(f"/login?next={quote(self.request.uri or '/', safe='')}", status=303)

    def refuse(self, rule: Rule) -> None:
        """Refuse a login that may not see this page."""
        if self.known.must_change or self.known.must_set_up:
            first = "/password" if self.known.must_change else "/second-factor"
            self.redirect(f"{first}?next={quote(self.request.uri or '/', safe='')}", status=303)
            return
        raise NotAllowed("not_allowed", "This login may not see this page")


class NotFoundHandler(PageHandler):
    """Handler of missing paths: browsers get a page, programs problem+json."""

    is_translated = True

    async def prepare(self) -> None:
        """Refuse, after a browser's choice of language is kept."""
        if not (self.is_browser and self.keep_language()):
            raise HTTPError(404)

    def shape(self, error: HubError) -> None:
        """Write the error as a page or as problem+json, by the client."""
        self.add_header("Vary", "Accept")
        if self.is_browser:
            super().shape(error)
        else:
            BaseHandler.shape(self, error)


class HomeHandler(PageHandler):
    """`/`."""

    async def get(self) -> None:
        """Redirect to the page that fits the principal."""
        self.redirect("/login" if self.asker is None else "/events", status=303)


def manages(principal: Principal) -> bool:
    """Return whether the administration has pages for `principal` beside their own account."""
    return principal.has("events:write") or principal.has_role("organiser", "box_office", "door_lead")


def number(count: int, language: Language) -> str:
    """Return a count as people read it."""
    return str(format_decimal(count, locale=language.locale))


def same_site_path(path: str, *, otherwise: str) -> str:
    """Return `path` where it leads to a page of ours, else `otherwise`.

    Browsers take a backslash for a slash and drop tabs and line ends: those lead away as `//evil.org` does.
    """
    is_plain = all("!" <= character and character not in "\\\x7f" for character in path)
    if not is_plain or not path.startswith("/") or path.startswith("//"):
        return otherwise
    parts = urlsplit(path)
    return otherwise if parts.scheme or parts.netloc else path
