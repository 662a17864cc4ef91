"""`/openapi.json` and `/asyncapi.json`: descriptions for generators of clients and tests (docs/booking-api.md)."""

import asyncio
import hashlib
from collections.abc import Callable, Hashable
from functools import cache
from threading import Lock
from typing import Any

import msgspec

from handlers.http.base import BaseHandler
from handlers.http.operation import operation
from handlers.openapi.async_document import make_async_document
from handlers.openapi.document import make_document

_MAKING = Lock()
"""Held while a document is made, so that many who ask at first make it once."""


def encoded(make: Callable[..., dict[str, Any]], *arguments: Hashable) -> tuple[bytes, str]:
    """Return a document as JSON with its entity tag; it is made when it is first asked for, and kept."""
    with _MAKING:
        return _encoded(make, *arguments)


@cache
def _encoded(make: Callable[..., dict[str, Any]], *arguments: Hashable) -> tuple[bytes, str]:
    document = msgspec.json.encode(make(*arguments))
    return document, f'"{hashlib.sha256(document).hexdigest()[:32]}"'


class DescriptionHandler(BaseHandler):
    """Base of the documents' handlers."""

    async def answer_document(self, make: Callable[..., dict[str, Any]], *arguments: Hashable) -> None:
        """Answer with the document that `make` makes, or with 304 where the client has it."""
        # In a thread: it takes some tenths of a second, this once.
        document, tag = await asyncio.to_thread(encoded, make, *arguments)
        self.set_header("Content-Type", "application/json")
        self.set_header("Access-Control-Allow-Origin", "*")
        self.set_header("Cache-Control", "no-cache")
        self.set_header("Etag", tag)
        if self.check_etag_header():
            self.set_status(304)
            self.finish()
            return
        self.finish(document)


class OpenApiHandler(DescriptionHandler):
    """`/openapi.json`."""

    @operation("get_openapi", answer=dict[str, Any], also=((304, None),))
    async def get(self) -> None:
        """Return this document."""
        await self.answer_document(make_document, self.settings["routes"], self.hub.settings.base_url)


class AsyncApiHandler(DescriptionHandler):
    """`/asyncapi.json`."""

    @operation("get_asyncapi", answer=dict[str, Any], also=((304, None),))
    async def get(self) -> None:
        """Return the AsyncAPI document of `/live` and webhooks."""
        await self.answer_document(make_async_document, self.hub.settings.base_url)
