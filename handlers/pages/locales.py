"""Message catalogues for scripts: each a plain script that hands its texts to `web/static/shared/say.js`.

A page loads Fluent's reader and the catalogues that its modules need before them, in order. Their version stands in the
address, so that browsers may keep them for good.
"""

import hashlib
import json
from functools import cache

from tornado.web import GZipContentEncoding, HTTPError

from handlers.http.base import BaseHandler
from handlers.pages.base import CONTENT_TYPES
from handlers.pages.vendor import address_of
from hub.language.catalogue import Language, is_catalogue, is_known, resource_of

VERSION = "v"
"""Parameter of the address that names the version."""
FOR_GOOD = "public, max-age=31536000, immutable"


class LocaleHandler(BaseHandler):
    """`/static/locales/<tag>/<name>.js`: one catalogue of one language, as a script."""

    def get(self, path: str) -> None:
        """Send the script; a browser that has it is answered 304 by its ETag."""
        tag, _, file = path.partition("/")
        name = file.removesuffix(".js")
        if not file.endswith(".js") or not is_known(tag) or not is_catalogue(name):
            raise HTTPError(404)
        self._transforms = [GZipContentEncoding(self.request)]
        is_current = self.get_query_argument(VERSION, "") == version_of(tag, name)
        self.set_header("Content-Type", CONTENT_TYPES[".js"])
        self.set_header("Cache-Control", FOR_GOOD if is_current else "no-cache")
        self.set_header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        self.finish(script_of(tag, name))


@cache
def script_of(tag: str, name: str) -> str:
    """Return the script of a catalogue, which adds its texts to those of the page."""
    return f"(globalThis.catalogues ??= []).push({json.dumps(resource_of(tag, name), ensure_ascii=False)});\n"


@cache
def version_of(tag: str, name: str) -> str:
    """Return the version of a catalogue: another text, another version."""
    return hashlib.sha256(script_of(tag, name).encode()).hexdigest()[:12]


def word_scripts(language: Language, *names: str) -> list[str]:
    """Return the addresses of the plain scripts that a page's modules need to say messages, in order."""
    return [address_of("fluent-bundle", "index.js"), *(catalogue_address(language.tag, name) for name in names)]


def catalogue_address(tag: str, name: str) -> str:
    """Return the address of a catalogue in its current version."""
    return f"/static/locales/{tag}/{name}.js?{VERSION}={version_of(tag, name)}"
