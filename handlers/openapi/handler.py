"""`/openapi.json` and `/asyncapi.json`: descriptions for generators of clients and tests (docs/booking-api.md)."""

from collections.abc import Callable
from typing import Any

import msgspec

from handlers.http.base import BaseHandler
from handlers.http.entity_tag import is_known
from handlers.http.operation import operation
from handlers.openapi.async_document import make_async_document
from handlers.openapi.document import make_document
from handlers.openapi.document_cache import DocumentCache


class DescriptionHandler(BaseHandler):
    """Base of the documents' handlers."""

    async def answer_document(self, name: str, make: Callable[[], dict[str, Any]]) -> None:
        """Answer with the document that `make` makes, or with 304 where the client has it."""
        documents: DocumentCache = self.settings["documents"]
        document = await documents.get(name, lambda: msgspec.json.encode(make()))
        self.set_header("Content-Type", "application/json")
        self.set_header("Access-Control-Allow-Origin", "*")
        self.set_header("Cache-Control", "no-cache")
        if not is_known(self, document.tag):
            self.finish(document.body)


class OpenApiHandler(DescriptionHandler):
    """`/openapi.json`."""

    @operation("get_openapi", answer=dict[str, Any])
    async def get(self) -> None:
        """Return this document."""
        routes, base_url = self.settings["routes"], self.hub.settings.base_url
        await self.answer_document("openapi", lambda: make_document(routes, base_url))


class AsyncApiHandler(DescriptionHandler):
    """`/asyncapi.json`."""

    @operation("get_asyncapi", answer=dict[str, Any])
    async def get(self) -> None:
        """Return the AsyncAPI document of `/live` and webhooks."""
        await self.answer_document("asyncapi", lambda: make_async_document(self.hub.settings.base_url))
