"""`/openapi.json`: the API's description for programs that generate clients, tests and pages (docs/booking-api.md)."""

import asyncio
import hashlib
from collections.abc import Sequence
from functools import cache
from threading import Lock
from typing import Any

import msgspec

from handlers.http.base import BaseHandler
from handlers.http.operation import operation
from handlers.openapi.document import make_document
from handlers.openapi.route import DescribableRoute

_MAKING = Lock()
"""Held while the document is made, so that many who ask at first make it once."""


def encoded(routes: Sequence[DescribableRoute], base_url: str) -> tuple[bytes, str]:
    """Return the document as JSON with its entity tag; it is made when it is first asked for, and kept."""
    with _MAKING:
        return _encoded(routes, base_url)


@cache
def _encoded(routes: Sequence[DescribableRoute], base_url: str) -> tuple[bytes, str]:
    document = msgspec.json.encode(make_document(routes, base_url))
    return document, f'"{hashlib.sha256(document).hexdigest()[:32]}"'


class OpenApiHandler(BaseHandler):
    """`/openapi.json`."""

    @operation("get_openapi", answer=dict[str, Any], also=((304, None),))
    async def get(self) -> None:
        """Return this document."""
        # In a thread: it takes some tenths of a second, this once.
        document, tag = await asyncio.to_thread(encoded, self.settings["routes"], self.hub.settings.base_url)
        self.set_header("Content-Type", "application/json")
        self.set_header("Access-Control-Allow-Origin", "*")
        self.set_header("Cache-Control", "no-cache")
        self.set_header("Etag", tag)
        if self.check_etag_header():
            self.set_status(304)
            self.finish()
            return
        self.finish(document)
