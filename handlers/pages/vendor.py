"""Vendored packages of the pages, served by the hub itself: a venue may have no internet at its doors.

They come out of `web/node_modules` (`make setup`), by an explicit list. The version stands in the address, so that
browsers may keep them for good; our scripts name it, and a test keeps both alike.
"""

import json
import re
from collections.abc import Generator, Iterator, Mapping
from functools import cache
from pathlib import Path

from tornado.web import HTTPError

from handlers.http.access import Rule
from handlers.pages.base import WEB
from handlers.pages.static import StaticHandler
from hub.app import Hub

PACKAGES = WEB / "node_modules"

FILES: Mapping[tuple[str, str], tuple[str, str]] = {
    ("barcode-detector", "ponyfill.js"): ("barcode-detector", "dist/es/ponyfill.js"),
    ("barcode-detector", "zxing-exported.js"): ("barcode-detector", "dist/es/zxing-exported.js"),
    ("zxing-wasm", "zxing_reader.wasm"): ("zxing-wasm", "dist/reader/zxing_reader.wasm"),
    ("fluent-bundle", "index.js"): ("@fluent/bundle", "index.js"),
    ("idb", "index.js"): ("idb", "build/index.js"),
    ("noble-ed25519", "index.js"): ("@noble/ed25519", "index.js"),
    ("qr", "index.js"): ("qr", "index.js"),
    ("uplot", "uPlot.iife.min.js"): ("uplot", "dist/uPlot.iife.min.js"),
    ("uplot", "uPlot.min.css"): ("uplot", "dist/uPlot.min.css"),
}
"""What is served: `/static/vendor/<name>@<version>/<file>`, and where in `web/node_modules` it lies."""

COMMENTED = frozenset({(PACKAGES / "@fluent" / "bundle" / "index.js").resolve()})
"""Files that are half comments, and come with the first view of pages: they are served without those."""
COMMENTS = re.compile(rb"^[ \t]*(?:/\*.*?\*/|//[^\n]*)[ \t]*\n", re.DOTALL | re.MULTILINE)
"""Comments on lines of their own, after the first line, which names the package. A test compares the tokens."""


class VendorHandler(StaticHandler):
    """`/static/vendor/...`: a package's file, in the one version that is installed."""

    def initialize(self, hub: Hub, rules: Mapping[str, Rule]) -> None:  # type: ignore[override]
        """Take the hub and the path's rules from the routes."""
        super().initialize(hub, rules)
        self.root = str(PACKAGES)

    def parse_url_path(self, url_path: str) -> str:
        """Return the path of a file in `web/node_modules`. Raises 404 for an unlisted file or another version."""
        folder, _, file = url_path.partition("/")
        name, _, version = folder.partition("@")
        package, path = FILES.get((name, file), ("", ""))
        if not package or version != installed_version(package):
            raise HTTPError(404)
        return f"{package}/{path}"

    @classmethod
    def get_content(
        cls, abspath: str, start: int | None = None, end: int | None = None
    ) -> Generator[bytes, None, None]:
        """Yield a file, or a part of it."""
        if Path(abspath).resolve() in COMMENTED:
            yield without_comments(abspath)[start:end]
        else:
            yield from super().get_content(abspath, start, end)

    def get_content_size(self) -> int:
        """Return the body's size in bytes, uncompressed."""
        path = self.absolute_path or ""
        return len(without_comments(path)) if Path(path).resolve() in COMMENTED else super().get_content_size()

    def set_extra_headers(self, path: str) -> None:
        """Let browsers keep it: another version has another address."""
        super().set_extra_headers(path)
        self.set_header("Cache-Control", "public, max-age=31536000, immutable")


@cache
def without_comments(path: str) -> bytes:
    """Return a script without the comments that have lines of their own."""
    head, _, rest = Path(path).read_bytes().partition(b"\n")
    return head + b"\n" + COMMENTS.sub(b"", rest)


@cache
def installed_version(package: str) -> str | None:
    """Return the version of a listed package that is there when first asked for; None where none is."""
    try:
        version: str = json.loads((PACKAGES / package / "package.json").read_bytes())["version"]
    except FileNotFoundError:
        return None
    return version


def addresses() -> Iterator[str]:
    """Yield the addresses of all listed files."""
    yield from (address_of(name, file) for name, file in FILES)


def address_of(name: str, file: str) -> str:
    """Return the address of a listed file."""
    package, _ = FILES[name, file]
    return f"/static/vendor/{name}@{installed_version(package)}/{file}"
