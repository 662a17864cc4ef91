"""Static files of `web/static`, revalidated on each request by their ETag."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tornado.web import HTTPError, StaticFileHandler
from typing_extensions import override

from handlers.http.access import Rule
from handlers.http.base import BaseHandler
from handlers.http.content_coding import GzipWhereTaken
from handlers.pages.base import CONTENT_TYPES, STATIC
from hub.app import Hub


class StaticHandler(BaseHandler, StaticFileHandler):
    """`/static/...`: files of `web/static`, asked for again each time and answered 304 while they are the same."""

    def initialize(self, hub: Hub, rules: Mapping[str, Rule]) -> None:  # type: ignore[override]
        """Take the hub and the path's rules from the routes."""
        BaseHandler.initialize(self, hub, rules)
        StaticFileHandler.initialize(self, str(STATIC))

    async def get(self, path: str, include_body: bool = True) -> None:
        """Send the file, compressed where the browser takes that and asks for all of it."""
        if "Range" not in self.request.headers:
            self._transforms = [GzipWhereTaken(self.request)]
        await super().get(path, include_body)

    @override
    async def head(self, path: str) -> None:
        """Send the file's headers."""
        await self.get(path, include_body=False)

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        """Return the path of a file that is served."""
        path = None if "\0" in absolute_path else super().validate_absolute_path(root, absolute_path)
        if path is None or Path(path).suffix not in CONTENT_TYPES:
            raise HTTPError(404)
        return path

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Answer folders, and paths that lead out, with 404."""
        super().write_error(404 if status_code == 403 else status_code, **kwargs)

    def get_content_type(self) -> str:
        """Return the type by the file's ending."""
        return CONTENT_TYPES[Path(self.absolute_path or "").suffix]

    def set_extra_headers(self, path: str) -> None:
        """Let browsers keep the file but ask whether it is still the same: modules name each other without versions."""
        self.set_header("Cache-Control", "no-cache")
        self.set_header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")


ICON = "icon-192.png"
ROBOTS = """User-agent: *
Allow: /book
Allow: /pictures/
Allow: /static/
Disallow: /
"""
"""Search engines find the pages where guests book, and none that a link opens."""


class FaviconHandler(StaticHandler):
    """`/favicon.ico`, which browsers fetch unasked: the hub's icon."""

    @override
    async def get(self, path: str = ICON, include_body: bool = True) -> None:
        """Send the icon."""
        await super().get(path, include_body)

    @override
    async def head(self, path: str = ICON) -> None:
        """Send its headers."""
        await super().head(path)


class RobotsHandler(BaseHandler):
    """`/robots.txt` (RFC 9309)."""

    def get(self) -> None:
        """Send the rules for search engines."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.set_header("Cache-Control", "public, max-age=86400")
        self.finish(ROBOTS)
