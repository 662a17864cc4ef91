"""Static files of `web/static`, revalidated on each request by their ETag."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tornado.web import GZipContentEncoding, HTTPError, StaticFileHandler

from handlers.http.access import Rule
from handlers.http.base import BaseHandler
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
            self._transforms = [GZipContentEncoding(self.request)]
        await super().get(path, include_body)

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
