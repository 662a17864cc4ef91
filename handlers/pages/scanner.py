"""Scanner page with its service worker and web app manifest, which make it open without a network."""

import hashlib
from collections.abc import Iterator
from functools import cache

import msgspec

from handlers.http.base import BaseHandler
from handlers.pages.base import LANGUAGE_QUERY, POLICY, STATIC, TEMPLATES, PageHandler
from handlers.pages.locales import script_of, word_scripts
from handlers.pages.vendor import address_of, addresses
from hub.language.catalogue import every_language, first_known, language, resource_of, tags, texts_of
from hub.settings import Settings

SCANNER_POLICY = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
"""Of the scanner alone: reading a QR where the browser cannot takes WebAssembly, served by us."""


def scanner_policy(settings: Settings) -> str:
    """Return the policy of the scanner: it may also ask the event's other address, a relay's or its hub's."""
    others = settings.scanner_origins
    sockets = [f"ws{origin.removeprefix('http')}" for origin in others]
    return SCANNER_POLICY.replace("connect-src 'self'", " ".join(["connect-src 'self'", *others, *sockets]))


SHELL = (
    "css/tokens.css",
    "css/base.css",
    "css/scanner.css",
    "css/find.css",
    "icon.svg",
    "icon-192.png",
    "live/*.js",
    "scanner/*.js",
    "scanner/offline/*.js",
    "shared/days.js",
    "shared/locale.js",
    "shared/money.js",
    "shared/nameless.js",
    "shared/say.js",
    "shared/verdicts.js",
)
"""The files of `web/static` that the scanner is made of; phones keep them."""

PAGES = ("base.html", "scanner.html", "languages.html", "shapes.html", "mark.html")
"""The templates that the page is made of."""
CATALOGUES = ("words", "verdicts", "scanning")
"""What its scripts say."""
AT_DOOR = "at-door"
"""What it shows a guest, in the guest's language: the page holds it in all of them."""
PAGE_CATALOGUES = ("scanner", "guest", AT_DOOR)
"""What the page says besides: its own texts, and those of every page."""
WORKER = "scanner/worker.js"


class Shell(msgspec.Struct, kw_only=True):
    """The scanner as its service worker keeps it: files of one version, and the tags of all languages of the page."""

    version: str
    files: list[str]
    packages: list[str]
    """Addresses of all packages' files that are served now: a phone forgets those of other versions."""
    languages: list[str]
    language: str
    """The hub's own."""


class ScannerHandler(PageHandler):
    """`/scanner`: needs no login; the phone pairs with a token that the page finds behind the # of its address."""

    is_translated = True

    def set_default_headers(self) -> None:
        """Let the page run its reader."""
        super().set_default_headers()
        self.set_header("Content-Security-Policy", scanner_policy(self.settings["hub"].settings))

    def get(self) -> None:
        """Show the scanner."""
        words = word_scripts(self.language, *CATALOGUES)
        self.render("scanner.html", words=words, guests=guest_catalogues(self.language.tag))


class WorkerHandler(BaseHandler):
    """`/scanner/worker.js`: the service worker with its list of files; another version of any file makes it another."""

    def get(self) -> None:
        """Send the script; a browser that has it is answered 304 by its ETag."""
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.set_header("Content-Security-Policy", scanner_policy(self.settings["hub"].settings))
        self.set_header("Service-Worker-Allowed", "/scanner")
        self.set_header("Cache-Control", "no-cache")
        self.finish(worker_script(self.hub.settings.organisation, self.hub.settings.language))


class Icon(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Icon of an app, in a web app manifest (W3C)."""

    src: str
    type: str
    sizes: str
    purpose: str = "any"


class WebManifest(msgspec.Struct, kw_only=True):
    """Web app manifest (W3C) of the scanner."""

    name: str
    short_name: str
    lang: str
    dir: str
    id: str = "/scanner"
    start_url: str = "/scanner"
    scope: str = "/scanner"
    display: str = "standalone"
    orientation: str = "portrait"
    background_color: str = "#0d1014"
    theme_color: str = "#0d1014"
    icons: tuple[Icon, ...] = (
        Icon(src="/static/icon.svg", type="image/svg+xml", sizes="any"),
        Icon(src="/static/icon-192.png", type="image/png", sizes="192x192"),
        Icon(src="/static/icon-512.png", type="image/png", sizes="512x512", purpose="any maskable"),
    )


class AppHandler(BaseHandler):
    """`/scanner/app.webmanifest`: the web app manifest, by which a phone installs the scanner."""

    def get(self) -> None:
        """Describe the app, in the language of the page that names it."""
        asked = self.get_query_argument(LANGUAGE_QUERY, "")
        language = first_known(asked, self.asked_language, self.hub.settings.language)
        name = language.say("scan-app")
        app = WebManifest(
            name=f"{self.hub.settings.organisation}: {name}",
            short_name=name,
            lang=language.tag,
            dir=language.direction,
        )
        self.set_header("Cache-Control", "no-cache")
        self.answer(app, content_type="application/manifest+json")


class GuestCatalogue(msgspec.Struct):
    """Catalogue of sentences for guests at the door, in one language."""

    dir: str
    text: str


@cache
def guest_catalogues(own: str) -> str:
    """Return the catalogues of a guest's sentence at the door in all languages but the page's own, as JSON by tag."""
    having = [each for each in every_language() if each.tag != own and f"{AT_DOOR}.ftl" in texts_of(each.tag)]
    return msgspec.json.encode(
        {each.tag: GuestCatalogue(each.direction, resource_of(each.tag, AT_DOOR)) for each in having}
    ).decode()


@cache
def worker_script(organisation: str, own_language: str) -> bytes:
    """Return the service worker's script, of the files as they are when first asked for: it reads the whole shell."""
    shell = Shell(
        version=_version(organisation, own_language),
        files=[*_addresses()],
        packages=[*addresses()],
        languages=list(tags()),
        language=own_language,
    )
    return b"self.SHELL = %b;\n%b" % (msgspec.json.encode(shell), (STATIC / WORKER).read_bytes())


def _version(organisation: str, own_language: str) -> str:
    pages = [(TEMPLATES / name).read_bytes() for name in PAGES]
    files = [(STATIC / name).read_bytes() for name in _files()]
    texts = [script_of(tag, name).encode() for tag in tags() for name in (*CATALOGUES, *PAGE_CATALOGUES)]
    parts = [f"{organisation}\n{own_language}".encode(), *pages, *files, *texts]
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()[:16]


def _files() -> Iterator[str]:
    for pattern in SHELL:
        yield from sorted(str(path.relative_to(STATIC)) for path in STATIC.glob(pattern) if not path.match(WORKER))


def _addresses() -> Iterator[str]:
    yield from (f"/static/{name}" for name in _files())
    yield from dict.fromkeys(address for tag in tags() for address in word_scripts(language(tag), *CATALOGUES))
    yield from (address_of(name, "index.js") for name in ("idb", "noble-ed25519"))
