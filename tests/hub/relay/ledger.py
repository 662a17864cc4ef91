"""Ledger: one event's journal in memory, for rules that are pure: commands are decided on it as the appender does."""

from datetime import datetime
from typing import TypeVar

import msgspec

from hub.model.access import Device
from hub.model.base import Document
from hub.model.command import Command, Key, UnitOfWork, apply_effect, key_of
from hub.model.event import Event
from hub.model.journal import Entry, Stream
from hub.model.ticket import Ticket
from tests.builders import EVENT, a_stream
from tests.commands import NOON

T = TypeVar("T")
D = TypeVar("D", bound=Document)


class Ledger:
    """Journal of one event with its documents; all that goes in or out is a copy, as of a database."""

    def __init__(self, event: Event, devices: list[Device], tickets: list[Ticket], *, epoch: str = "k1") -> None:
        self.stream: Stream = a_stream(epoch=epoch)
        self.entries: list[Entry] = []
        self.documents: dict[Key, bytes] = {}
        self.now: datetime = NOON
        self.put(event, *devices, *tickets)

    def put(self, *documents: Document) -> None:
        """Keep documents, past the journal."""
        self.documents |= {key_of(document): msgspec.json.encode(document) for document in documents}

    def find(self, kind: type[D], document_id: str) -> D | None:
        """Return a document, or None."""
        kept = self.documents.get((kind, document_id))
        return None if kept is None else msgspec.json.decode(kept, type=kind)

    def all(self, kind: type[D]) -> list[D]:
        """Return all documents of a kind."""
        return [msgspec.json.decode(kept, type=kind) for key, kept in self.documents.items() if key[0] is kind]

    def run(self, command: Command[T]) -> T:
        """Decide a command in a unit of work of its own, and write it. Raises what it raises, with nothing written."""
        stream = msgspec.json.decode(msgspec.json.encode(self.stream), type=Stream)
        found = {key: self.find(*key) for key in command.reads()}
        unit = UnitOfWork(
            stream=stream,
            event=self.find(Event, EVENT),
            devices={device.id: device for device in self.all(Device)},
            documents={key: document for key, document in found.items() if document is not None},
            now=self.now,
            batch="b",
        )
        change = command.decide(unit)
        unit.apply(change)
        for key, document in unit.writes():
            if document is None:
                self.documents.pop(key)
            else:
                self.put(document)
        self.stream = msgspec.json.decode(msgspec.json.encode(unit.stream), type=Stream)  # as the database keeps it
        self.entries += unit.entries
        return change.answer

    def recounted(self) -> Stream:
        """Return the counts as the sum of all effects."""
        counted = a_stream(epoch=self.stream.epoch, seq=self.stream.seq)
        for entry in self.entries:
            apply_effect(counted, entry.effect)
        return counted
