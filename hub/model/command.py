"""Commands and their unit of work: a command reads documents and decides on a change. Pure, no database.

Every change of an event's state is a command that the event's appender (`store/journal/appender.py`) runs in one
transaction with the journal entries of the change (docs/architecture.md, The journal).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from hub.model.access import Device
from hub.model.base import By, Direction, Document
from hub.model.event import Door, Event
from hub.model.journal import DoorCount, Entry, Stream
from hub.model.kinds import Kind
from hub.model.ticket import Ticket

D = TypeVar("D", bound=Document)
T = TypeVar("T")
Key = tuple[type[Document], str]


class IdempotencyRecord(Document, kw_only=True):
    """Idempotency record: a nonce or key that was used, for which request (`hash`), and the answer, without names."""

    id: str
    event: str
    hash: str
    answer: bytes
    expires_at: datetime | None = None


class NewEntry(msgspec.Struct, kw_only=True):
    """A journal entry before the appender numbers it; fields as in `model.Entry`."""

    kind: Kind
    at: datetime | None = None
    ticket: str | None = None
    device: str | None = None
    door: str | None = None
    direction: Direction | None = None
    code: str | None = None
    nonce: str | None = None
    by: By | None = None
    effect: dict[str, int] = {}
    data: dict[str, Any] = {}
    received_at: datetime | msgspec.UnsetType | None = msgspec.UNSET
    """Of an entry that another hub wrote first: as there. UNSET: now, where it is not of now."""


class Change(msgspec.Struct, Generic[T], kw_only=True):
    """Change that a command decides: its answer, entries to write, documents to put and drop, streams to bump."""

    answer: T
    entries: list[NewEntry] = []
    put: list[Document] = []
    drop: list[Key] = []
    bump: set[str] = set()
    """Streams whose `revision` rises, so that every process reads event and devices anew before its next decision.

    Only commands on `HUB_STREAM` name streams other than their own.
    """


class UnitOfWork:
    """Unit of work of one transaction: the documents that its commands read, with the changes of those before."""

    def __init__(
        self,
        *,
        stream: Stream,
        event: Event | None,
        devices: Mapping[str, Device],
        documents: Mapping[Key, Document],
        now: datetime,
        batch: str,
    ) -> None:
        self.stream = stream
        self.now = now
        self.batch = batch
        self.entries: list[Entry] = []
        self.effect: dict[str, int] = {}
        self.bumped: set[str] = set()
        self._event = event
        self._devices = dict(devices)
        self._documents: dict[Key, Document | None] = dict(documents)
        self._dirty: dict[Key, None] = {}

    @property
    def event(self) -> Event:
        """The event whose stream this is, as this transaction sees it."""
        if self._event is None:
            raise LookupError("this stream belongs to no event")
        return self._event

    @property
    def next_seq(self) -> int:
        """The number that the next entry gets."""
        return self.stream.seq + 1

    def device(self, device_id: str) -> Device | None:
        """Return a device that may serve this event, as this transaction sees it, or None."""
        return self._devices.get(device_id)

    @property
    def devices(self) -> Iterable[Device]:
        """The devices that may serve this event, as this transaction sees them."""
        return self._devices.values()

    def find(self, kind: type[D], document_id: str) -> D | None:
        """Return a document that was read, with the changes of the commands before, or None."""
        found = self._documents.get((kind, document_id))
        return found if isinstance(found, kind) and not self._is_staged(found) else None

    def holds(self, kind: type[Document], document_id: str) -> bool:
        """Return whether a wanted document's id is taken, be it by a ticket of an import that is not through."""
        return self._documents.get((kind, document_id)) is not None

    def apply(self, change: Change[Any], request_id: str | None = None) -> None:
        """Apply a change: number its entries, keep its documents, move the counters. `request_id` is of its request.

        All of it or nothing: raises `ValueError` or `TypeError` for a change that cannot be applied.
        """
        for new in change.entries:
            check_effect(new.effect)
        put = [(key_of(document), document) for document in change.put]
        for key, document in put:
            self._keep(key, document)
        for key in change.drop:
            self._keep(key, None)
        for new in change.entries:
            self._enter(new, request_id)
        self.bumped |= change.bump

    def writes(self) -> Iterable[tuple[Key, Document | None]]:
        """Yield (key, document or None to delete) for all that changed."""
        for key in self._dirty:
            yield key, self._documents[key]

    def _is_staged(self, found: Document) -> bool:
        """Return whether it is a ticket of an import that is not through, and so not visible yet."""
        if not isinstance(found, Ticket) or found.import_id is None:
            return False
        event = self._event if found.event == self.stream.id else self._documents.get((Event, found.event))
        return not isinstance(event, Event) or found.import_id not in event.imports

    def _keep(self, key: Key, document: Document | None) -> None:
        self._documents[key] = document
        self._dirty[key] = None
        kind, document_id = key
        if isinstance(document, Event) and document_id == self.stream.id:
            self._event = document
        elif isinstance(document, Device) and document.event in (None, self.stream.id):
            self._devices[document_id] = document
        elif kind is Device:
            self._devices.pop(document_id, None)

    def _enter(self, new: NewEntry, request_id: str | None) -> None:
        fields = msgspec.structs.asdict(new)
        at = fields.pop("at") or self.now
        received_at = fields.pop("received_at")
        if received_at is msgspec.UNSET:
            received_at = self.now if at != self.now else None
        self.stream.seq += 1
        entry = Entry(
            event=self.stream.id,
            seq=self.stream.seq,
            at=at,
            received_at=received_at,
            batch=self.batch,
            request_id=request_id,
            **fields,
        )
        self.entries.append(entry)
        apply_effect(self.stream, entry.effect)
        merge_effect(self.effect, entry.effect)


class Command(Protocol[T]):
    """Command: a change of one stream, decided on the documents it reads, with an answer of type `T`."""

    weight: int
    """How many journal entries it may write: a batch holds 500."""

    def reads(self) -> Iterable[Key]:
        """Name the documents it needs to see."""

    def decide(self, unit: UnitOfWork) -> Change[T]:
        """Decide, changing nothing itself. Raises `HubError` to refuse: then nothing is written for it."""


COUNTERS = frozenset({"booked", "capacity", "admitted", "inside", "headcount", "denied"})
"""The counters of a stream that an effect may move, beside those of its doors and zones."""
DOOR_COUNTERS = frozenset(DoorCount.__struct_fields__)


def key_of(document: Document) -> Key:
    """Return the key that a document is found by: its kind and id."""
    document_id = getattr(document, "id", None)
    if not isinstance(document_id, str):
        raise TypeError(f"{type(document).__name__} has no id")
    return type(document), document_id


def check_effect(effect: Mapping[str, int]) -> None:
    """Raise unless each path names a counter and each delta is a whole number."""
    for path, delta in effect.items():
        if not isinstance(delta, int):
            raise TypeError(f"{path} cannot move by {delta!r}")
        if counter_at(path) is None:
            raise ValueError(f"no such counter: {path}")


def merge_effect(into: dict[str, int], effect: dict[str, int]) -> None:
    """Add `effect` to the deltas of `into`, in place."""
    for path, delta in effect.items():
        into[path] = into.get(path, 0) + delta


def apply_effect(stream: Stream, effect: Mapping[str, int]) -> None:
    """Move the stream's counters by an entry's effect, in place; counters of a newer version are left out."""
    for path, delta in effect.items():
        match counter_at(path):
            case ("zones", zone):
                stream.zones[zone] = stream.zones.get(zone, 0) + delta
            case ("doors", door, counter):
                count = stream.doors.setdefault(door, DoorCount())
                setattr(count, counter, getattr(count, counter) + delta)
            case (counter,):
                setattr(stream, counter, getattr(stream, counter) + delta)


@lru_cache(maxsize=4096)
def counter_at(path: str) -> tuple[str, ...] | None:
    """Return the parts of an effect's path, or None where it names no counter."""
    match tuple(path.split(".")):
        case (counter,) if counter in COUNTERS:
            return (counter,)
        case ("zones", zone) if zone:
            return "zones", zone
        case ("doors", door, counter) if door and counter in DOOR_COUNTERS:
            return "doors", door, counter
    return None


def clamped(effect: Mapping[str, int], stream: Stream) -> dict[str, int]:
    """Return `effect` with no count of people falling below zero."""
    return {
        path: max(delta, -_count(stream, path)) for path, delta in effect.items() if delta > 0 or _count(stream, path)
    }


def at_door(door: Door | None, counter: str, step: int = 1) -> dict[str, int]:
    """Return the effect of one more (or less) at a door: `admitted`, `exited` or `denied`."""
    return {f"doors.{door.id}.{counter}": step} if door is not None else {}


def _count(stream: Stream, path: str) -> int:
    zone = path.removeprefix("zones.")
    count: int = stream.zones.get(zone, 0) if zone != path else getattr(stream, path)
    return count
