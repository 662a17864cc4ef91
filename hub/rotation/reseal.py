"""Re-sealing: what an earlier secret sealed is sealed by the current one, in small batches beside the doors.

Each text is replaced by itself, by compare-and-set, and one that is sealed by the current secret is passed over: so it
may be killed anywhere, and begun again, while hubs change the same documents.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import NamedTuple

import msgspec

from hub.door.manifest_tickets import salt_of
from hub.errors import NotFound
from hub.model.command import Change, Key, UnitOfWork
from hub.model.event import Event
from hub.tasks import now
from hub.vault import Vault, WrongSecret
from store.collections.secrets import EVENTS, SEALED_FIELDS, Sealed, SealedField, SealedTexts
from store.journal.journal import Journal

BATCH = 100
REST = 1
"""After each batch it rests so many times as long as the batch took: doors go first."""

Progress = Callable[[str, int], None]
PageWork = Callable[[list[Sealed]], Awaitable[None]]


class SealedCount(NamedTuple):
    """Number of sealed texts by collection: those that an earlier secret sealed, and those that none in force opens."""

    earlier: Counter[str]
    broken: Counter[str]


class ResealEventKey:
    """Command: seal an event's signing key by the current secret, and keep the salt of its manifests with it.

    Answers whether another secret had sealed it. The key itself stays: printed codes are good for ever.
    """

    weight = 1

    def __init__(self, event_id: str, vault: Vault) -> None:
        self._event_id = event_id
        self._vault = vault

    def reads(self) -> Iterable[Key]:
        """The event."""
        yield Event, self._event_id

    def decide(self, unit: UnitOfWork) -> Change[bool]:
        """Return the change. Raises `NotFound`, or `WrongSecret` where no secret in force sealed it."""
        event = unit.find(Event, self._event_id)
        if event is None:
            raise NotFound("Event not found")
        sealed = event.key.sealed
        if self._vault.sealer(sealed) == self._vault.fingerprint():
            return Change(answer=False)
        key = msgspec.structs.replace(
            event.key, sealed=self._vault.seal(self._vault.open(sealed)), salt=salt_of(event, self._vault)
        )
        return Change(answer=True, put=[msgspec.structs.replace(event, key=key)], bump={event.id})


class Resealer:
    """Re-sealer of all sealed texts, by a vault that knows every secret in force."""

    def __init__(self, texts: SealedTexts, journal: Journal, vault: Vault) -> None:
        self._texts = texts
        self._journal = journal
        self._vault = vault

    async def count(self) -> SealedCount:
        """Return how many texts are sealed by another secret than the current one. Raises `Unavailable`."""
        counted = SealedCount(Counter(), Counter())
        for field in SEALED_FIELDS:
            await self._each_page(field, partial(self._count, counted))
        return counted

    async def reseal(self, progress: Progress) -> None:
        """Seal all texts by the current secret that an earlier one sealed. Raises `Unavailable`.

        `progress` is called with a collection, and how many of its texts were sealed anew in a batch.
        """
        for field in SEALED_FIELDS:
            await self._each_page(field, partial(self._reseal_page, field, progress))

    async def _reseal_page(self, field: SealedField, progress: Progress, page: list[Sealed]) -> None:
        done = sum([await self._reseal(sealed, field) for sealed in page])
        if done:
            progress(field.collection, done)

    async def _each_page(self, field: SealedField, work: PageWork) -> None:
        after: str | None = ""
        while after is not None:
            begun = now()
            page, after = await self._texts.page(field, after, BATCH)
            await work(page)
            await asyncio.sleep(REST * (now() - begun))

    async def _count(self, counted: SealedCount, page: list[Sealed]) -> None:
        for sealed in page:
            try:
                counted.earlier[sealed.collection] += self._is_earlier(sealed.text)
            except WrongSecret:
                counted.broken[sealed.collection] += 1

    async def _reseal(self, sealed: Sealed, field: SealedField) -> bool:
        """Seal one text anew where an earlier secret sealed it; return whether it did."""
        try:
            if not self._is_earlier(sealed.text):
                return False
            if field.collection == EVENTS:
                return await self._journal.append(sealed.id, ResealEventKey(sealed.id, self._vault))
            await self._texts.replace(sealed, field, self._vault.seal(self._vault.open(sealed.text)))
        except (WrongSecret, NotFound):  # damaged, or gone meanwhile: one bad document stops none of the others
            return False
        return True

    def _is_earlier(self, text: bytes) -> bool:
        return self._vault.sealer(text) != self._vault.fingerprint()
