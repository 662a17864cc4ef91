"""Base of the commands of a door: rights, idempotency by nonce, and replay of the first answer (scan-api.md)."""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from hub.door.response import DoorAnswer, StatusAnswer, with_guest
from hub.errors import BadInput, NotAllowed
from hub.model.access import Device, Principal
from hub.model.command import Change, IdempotencyRecord, Key, UnitOfWork
from hub.model.event import Door, door_of
from hub.model.journal import HUB_STREAM
from hub.model.refusals import OUTCOMES
from hub.model.ticket import Ticket


class DeviceCommand(ABC):
    """Idempotent command of a device: decided once for a nonce (`execute`), on the stream of `home`."""

    weight = 1
    count = 1
    """How many tickets it asks for at once."""

    def __init__(self, *, principal: Principal, home: str, nonce: str, bound: list[Any]) -> None:
        self.principal = principal
        self.home = home
        self.nonce = nonce
        self.remembered_id = f"{home}/{principal.id}/{nonce}"
        self._hash = hashlib.sha256(msgspec.json.encode(bound)).hexdigest()[:32]

    def reads(self) -> Iterable[Key]:
        """Yield the nonce, and a device that serves all events; commands add more."""
        yield IdempotencyRecord, self.remembered_id
        if self._serves_all:
            yield Device, self.principal.id

    def decide(self, unit: UnitOfWork) -> Change[StatusAnswer]:
        """Return the first answer again for a nonce that was used, whatever has changed since; else decide now."""
        self.check_device(unit)
        remembered = unit.find(IdempotencyRecord, self.remembered_id)
        return self.execute(unit) if remembered is None else self.replay(remembered, unit)

    @abstractmethod
    def execute(self, unit: UnitOfWork) -> Change[StatusAnswer]:
        """Return the change of a command that is decided for the first time."""

    @property
    def ticket_id(self) -> str | None:
        """The id of the ticket that it is about, or None."""
        return None

    @property
    def ticket_ids(self) -> Sequence[str]:
        """The ids of all tickets that may go through with it."""
        return () if self.ticket_id is None else (self.ticket_id,)

    def named(self, unit: UnitOfWork) -> Ticket | None:
        """Return the ticket whose holder's name belongs in the answer, or None."""
        return None

    def check_device(self, unit: UnitOfWork) -> None:
        """Raise `NotAllowed` unless the device is one of this event's, now, and not archived."""
        if self.principal.kind != "device" or self.home == HUB_STREAM:
            return
        # An event knows of changes of its own devices; one that serves all is read each time.
        device = unit.find(Device, self.principal.id) if self._serves_all else unit.device(self.principal.id)
        if device is None:
            raise NotAllowed("bad_key", OUTCOMES["bad_key"].message)
        if device.archived:
            raise NotAllowed("device_archived", OUTCOMES["device_archived"].message)

    @property
    def _serves_all(self) -> bool:
        return self.principal.kind == "device" and self.principal.event is None

    def replay(self, remembered: IdempotencyRecord, unit: UnitOfWork) -> Change[StatusAnswer]:
        """Return the first answer again. Raises `BadInput` (nonce_reused) if it was another scan's."""
        if remembered.hash != self._hash:
            raise BadInput(OUTCOMES["nonce_reused"].message, code="nonce_reused")
        status, answer = msgspec.json.decode(remembered.answer, type=StatusAnswer)
        answer.replayed = True
        return Change(answer=(status, self.with_guest(unit, answer, self.named(unit))))

    def with_guest(self, unit: UnitOfWork, answer: DoorAnswer, ticket: Ticket | None) -> DoorAnswer:
        """Return `answer` with its guest, if the ticket is of this event: no door learns of another's guests.

        A user who reads no tickets of the event gets no guest either.
        """
        is_nameless = self.principal.kind == "user" and not self.principal.has("tickets:read")
        if ticket is None or ticket.event != self.home or is_nameless:
            return answer
        return with_guest(answer, ticket, unit.event)

    def remember(self, status: int, answer: DoorAnswer) -> IdempotencyRecord:
        """Return the nonce with the answer it got, without names, to be kept."""
        kept = msgspec.json.encode([status, answer])
        return IdempotencyRecord(id=self.remembered_id, event=self.home, hash=self._hash, answer=kept)

    def door(self, unit: UnitOfWork) -> Door | None:
        """Return the door that the device stands at, as this transaction sees it; None: the venue."""
        device = unit.device(self.principal.id)
        return door_of(unit.event, device.door) if device is not None and self.home != HUB_STREAM else None
