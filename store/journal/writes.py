"""Statements that write a unit of work: its stream, its documents, and its journal entries."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hub.model.command import Key, UnitOfWork
from store.mongo.documents import COLLECTIONS, to_bson
from store.mongo.statements import Raw, Statement, delete, insert, update


class _Writes:
    """Inserts, updates and deletes of one collection."""

    def __init__(self) -> None:
        self.inserts: list[Raw] = []
        self.updates: list[tuple[Raw, Raw]] = []
        self.deletes: list[str] = []


def write_statements(unit: UnitOfWork, found: Mapping[Key, Raw]) -> Iterator[Statement]:
    """Yield the statements that write all that `unit` changed; none where it changed nothing.

    `found` are the documents as they were read. The stream comes first, and always: of two batches that read the same
    stream the second conflicts here at once.
    """
    by_collection = _by_collection(unit, found)
    if not (by_collection or unit.entries or unit.bumped):
        return
    yield update("streams", [({"_id": unit.stream.id}, _advance_stream(unit))])
    for collection, writes in by_collection.items():
        if writes.inserts:
            yield insert(collection, writes.inserts)
        if writes.updates:
            yield update(collection, writes.updates)
        if writes.deletes:
            yield delete(collection, writes.deletes)
    if unit.entries:
        yield insert("journal", [to_bson(entry) for entry in unit.entries])
    others = list(unit.bumped - {unit.stream.id})
    if others:
        yield update("streams", [({"_id": {"$in": others}}, {"$inc": {"revision": 1}})])


def touch_streams(streams: Iterable[str]) -> Statement:
    """Write streams before anything is read, so that no other transaction can until this one has ended."""
    return update("streams", [({"_id": {"$in": sorted(streams)}}, {"$inc": {"touch": 1}})])


def _by_collection(unit: UnitOfWork, found: Mapping[Key, Raw]) -> Mapping[str, _Writes]:
    """Writes of `unit`, by collection."""
    by_collection: dict[str, _Writes] = {}
    for key, document in unit.writes():
        kind, document_id = key
        writes = by_collection.setdefault(COLLECTIONS[kind], _Writes())
        if document is None:
            writes.deletes.append(document_id)
        elif key in found:
            writes.updates.append(({"_id": document_id}, _difference(found[key], to_bson(document))))
        else:
            writes.inserts.append(to_bson(document))
    return by_collection


def _difference(before: Raw, after: Raw) -> Raw:
    """Return the update that makes `after` of `before`.

    Only fields that changed are set: a whole document put in place of another makes the server look into each index.
    """
    changed = {name: value for name, value in after.items() if name not in before or before[name] != value}
    gone = dict.fromkeys(before.keys() - after.keys(), "")
    return {"$set": {"_id": after["_id"], **changed}, "$unset": gone}


def _advance_stream(unit: UnitOfWork) -> dict[str, Any]:
    bumped = {"revision": 1} if unit.stream.id in unit.bumped else {}
    numbered = {"seq": unit.stream.seq} if unit.entries else {}
    return {"$set": {"_id": unit.stream.id, **numbered}, "$inc": {"touch": 1, **unit.effect, **bumped}}
