"""Cache of documents that an application makes once, each when it is first asked for."""

import asyncio
from collections.abc import Callable
from functools import cached_property
from threading import Lock

import msgspec

from handlers.http.entity_tag import tag_of


class KeptDocument(msgspec.Struct, frozen=True, dict=True):
    """Document as it is sent, with its entity tag."""

    body: bytes

    @cached_property
    def tag(self) -> str:
        """Strong entity tag."""
        return tag_of(self.body)


class DocumentCache:
    """Cache of documents by their names."""

    def __init__(self) -> None:
        self._kept: dict[str, KeptDocument] = {}
        self._making = Lock()

    async def get(self, name: str, make: Callable[[], bytes]) -> KeptDocument:
        """Return a document; `make` makes it in a thread, once, however many ask for it at first."""
        kept = self._kept.get(name)
        return kept if kept is not None else await asyncio.to_thread(self._make, name, make)

    def _make(self, name: str, make: Callable[[], bytes]) -> KeptDocument:
        with self._making:
            if name not in self._kept:
                self._kept[name] = KeptDocument(make())
            return self._kept[name]
