"""What every command of a door has in common: who may, the nonce, and the first answer again (scan-api.md)."""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any

import msgspec

from hub.door.response import door_of, with_names
from hub.errors import BadInput, NotAllowed
from hub.model.command import Book, Change, Key, Remembered
from hub.model.journal import HUB_STREAM, Device, Door, Principal, Ticket

DoorAnswer = tuple[int, dict[str, Any]]


class DoorCommand(ABC):
    """Something a device does once under a nonce, decided on the stream of `home`. A base: `settle` is the doing."""

    weight = 1

    def __init__(self, *, principal: Principal, home: str, nonce: str, bound: list[Any]) -> None:
        self.principal = principal
        self.home = home
        self.nonce = nonce
        self.remembered_id = f"{home}/{principal.id}/{nonce}"
        self._hash = hashlib.sha256(msgspec.json.encode(bound)).hexdigest()[:32]

    def wants(self) -> Iterable[Key]:
        """The nonce, and a device that serves all events; commands add what else they need."""
        yield Remembered, self.remembered_id
        if self._serves_all:
            yield Device, self.principal.id

    def decide(self, book: Book) -> Change:
        """The first answer again for a nonce that was used, whatever has changed since; else what `settle` decides."""
        self.check_device(book)
        remembered = book.find(Remembered, self.remembered_id)
        return self.settle(book) if remembered is None else self.replay(remembered, book)

    @abstractmethod
    def settle(self, book: Book) -> Change:
        """Decide for the first time."""

    def named(self, book: Book) -> Ticket | None:
        """Return the ticket whose holder's name belongs in the answer, or None."""
        return None

    def check_device(self, book: Book) -> None:
        """Raise `NotAllowed` unless the device is one of this event's, now, and not archived."""
        if self.principal.kind != "device" or self.home == HUB_STREAM:
            return
        # An event knows of changes of its own devices; one that serves all is read each time.
        device = book.find(Device, self.principal.id) if self._serves_all else book.device(self.principal.id)
        if device is None:
            raise NotAllowed("bad_key", "Invalid or missing API key")
        if device.archived:
            raise NotAllowed("device_archived", "App is archived.")

    @property
    def _serves_all(self) -> bool:
        return self.principal.kind == "device" and self.principal.event is None

    def replay(self, remembered: Remembered, book: Book) -> Change:
        """Return the first answer again. Raises `BadInput` (nonce_reused) if it was another scan's."""
        if remembered.hash != self._hash:
            raise BadInput("nonce used before for another scan: nobody was admitted: scan again", code="nonce_reused")
        status, answer = msgspec.json.decode(remembered.answer)
        return Change(answer=(status, {**with_names(answer, self.named(book)), "replayed": True}))

    def remember(self, status: int, answer: dict[str, Any]) -> Remembered:
        """Return the nonce with the answer it got, without names, to be kept."""
        kept = msgspec.json.encode([status, answer])
        return Remembered(id=self.remembered_id, event=self.home, hash=self._hash, answer=kept)

    def door(self, book: Book) -> Door | None:
        """Return the door that the device stands at, as this transaction sees it; None: the house."""
        device = book.device(self.principal.id)
        return door_of(book.event, device.door) if device is not None and self.home != HUB_STREAM else None
