"""Schema of the database: a validator for each collection, drawn from the model, and the indexes of its queries."""

import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec
from msgspec import inspect
from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.errors import CollectionInvalid, OperationFailure

from hub.model.journal import Entry
from store.collections.guest_list import NAMES
from store.mongo.connection import Database
from store.mongo.documents import COLLECTIONS

UP, DOWN = ASCENDING, DESCENDING
PRESENT = {"$exists": True}
"""For partial indexes: a query by a value can use it, whereas none uses an index of `$type`."""
INDEX_CONFLICTS = {85, 86}
"""IndexOptionsConflict and IndexKeySpecsConflict."""
NAMESPACE_EXISTS = 48

INDEXES: Mapping[str, list[IndexModel]] = {
    "cursors": [IndexModel([("consumer", UP)])],
    "alerts": [IndexModel([("event", UP)]), IndexModel([("at", UP)])],
    "devices": [
        IndexModel([("event", UP)]),
        IndexModel([("key_prefix", UP)], unique=True, partialFilterExpression={"key_prefix": PRESENT}),
        IndexModel([("pairing_hash", UP)], unique=True, partialFilterExpression={"pairing_hash": PRESENT}),
        IndexModel([("spent_hash", UP)], partialFilterExpression={"spent_hash": PRESENT}),
    ],
    "events": [
        IndexModel([("starts_at", UP)]),
        IndexModel([("ends_at", UP)]),
        IndexModel([("key.kid", UP)]),
        IndexModel([("imports", UP)], partialFilterExpression={"imports": PRESENT}),
    ],
    "feedback": [
        IndexModel([("event", UP), ("worked", UP)]),
        IndexModel([("event", UP), ("answered_at", DOWN), ("_id", DOWN)], partialFilterExpression={"text": PRESENT}),
    ],
    "held": [IndexModel([("device", UP)])],
    "imports": [
        IndexModel([("event", UP), ("state", UP)]),
        IndexModel([("event", UP), ("created_at", DOWN), ("_id", DOWN)]),
        IndexModel([("state", UP), ("ended_at", UP)]),
    ],
    "journal": [
        IndexModel([("event", UP), ("seq", UP)], unique=True),
        IndexModel([("event", UP), ("kind", UP), ("seq", DOWN)]),
        IndexModel([("event", UP), ("at", DOWN)]),
        # By the name that version 0.1 gave the index without `event`, whose place it takes.
        IndexModel([("at", DOWN), ("seq", DOWN), ("event", DOWN)], name="at_-1_seq_-1"),
        IndexModel([("device", UP), ("at", DOWN)], partialFilterExpression={"device": PRESENT}),
        IndexModel([("ticket", UP), ("seq", DOWN)], partialFilterExpression={"ticket": PRESENT}),
    ],
    "keys": [IndexModel([("prefix", UP)], unique=True)],
    "lanes": [IndexModel([("consumer", UP), ("due_at", UP)]), IndexModel([("consumer", UP), ("target", UP)])],
    "letters": [
        IndexModel([("lane", UP), ("seq", UP)], partialFilterExpression={"state": "waiting"}),
        IndexModel([("consumer", UP), ("target", UP), ("written_at", DOWN), ("seq", DOWN), ("_id", DOWN)]),
        IndexModel([("state", UP), ("written_at", DOWN), ("seq", DOWN), ("_id", DOWN)]),
    ],
    "challenges": [IndexModel([("expires_at", UP)], expireAfterSeconds=0)],
    "factors": [
        IndexModel([("passkeys.id", UP)], unique=True, partialFilterExpression={"passkeys.id": PRESENT}),
    ],
    "login_steps": [IndexModel([("expires_at", UP)], expireAfterSeconds=0)],
    "mailed_links": [
        IndexModel([("hash", UP)], unique=True, partialFilterExpression={"hash": PRESENT}),
        IndexModel([("expires_at", UP)], expireAfterSeconds=0),
    ],
    # Each scan writes one: nothing is indexed that no query asks for, nor what only bookings have.
    "nonces": [IndexModel([("expires_at", UP)], expireAfterSeconds=0, partialFilterExpression={"expires_at": PRESENT})],
    "presence": [IndexModel([("until", UP)], expireAfterSeconds=7 * 24 * 3600)],
    "relay_facts": [
        IndexModel([("event", UP), ("seq", UP)], partialFilterExpression={"is_waiting": True}),
        IndexModel([("event", UP), ("refused", UP)], partialFilterExpression={"refused": PRESENT}),
    ],
    "reservations": [
        IndexModel([("event", UP)]),
        # What a rollout of passes goes by: whole events are read without their documents.
        IndexModel([("event", UP), ("_id", UP), ("import_id", UP), ("tickets_count", UP)]),
        IndexModel([("event", UP), ("import_id", UP)]),
        IndexModel([("event", UP), ("email", UP)], partialFilterExpression={"email": PRESENT}),
    ],
    "sessions": [IndexModel([("expires_at", UP)], expireAfterSeconds=0), IndexModel([("user", UP)])],
    "showings": [
        IndexModel([("event", UP), ("starts_at", UP), ("_id", UP), ("date", UP)]),
        IndexModel([("starts_at", UP), ("_id", UP), ("event", UP), ("date", UP)]),
        IndexModel([("retime", UP), ("event", UP)], partialFilterExpression={"retime": PRESENT}),
        IndexModel([("over_at", UP), ("event", UP)]),
    ],
    "tickets": [
        IndexModel([("event", UP), ("date", UP), ("time", UP), ("_id", UP)]),
        IndexModel([("date", UP), ("time", UP), ("_id", UP)]),
        IndexModel([("time", UP), ("_id", UP)]),
        IndexModel([("created_at", UP), ("_id", UP)]),
        IndexModel([("last_name", UP), ("first_name", UP), ("_id", UP)], collation=NAMES),
        IndexModel([("reservation", UP)]),
        IndexModel([("status", UP), ("_id", UP)]),
        IndexModel([("phone_number", UP), ("_id", UP)]),
        IndexModel([("phones", UP), ("_id", UP)], partialFilterExpression={"phones": PRESENT}),
        IndexModel([("words", UP), ("_id", UP)]),
        IndexModel([("event", UP), ("expires_at", UP)]),
        IndexModel([("expired", UP), ("expires_at", UP)]),
        IndexModel([("event", UP), ("barcode", UP)], unique=True, partialFilterExpression={"barcode": PRESENT}),
        IndexModel([("event", UP), ("words", UP)]),
        IndexModel([("event", UP), ("answer_words", UP)], partialFilterExpression={"answer_words": PRESENT}),
        IndexModel([("event", UP), ("phones", UP)], partialFilterExpression={"phones": PRESENT}),
        IndexModel([("event", UP), ("seat.seat", UP)], partialFilterExpression={"seat.seat": PRESENT}),
        IndexModel([("event", UP), ("import_id", UP)]),
        # What a door's list is ordered by (`store/collections/guest_list.py`)
        IndexModel([("event", UP), ("_id", UP)]),
        IndexModel([("event", UP), ("created_at", UP), ("_id", UP)]),
        IndexModel([("event", UP), ("first_name", UP), ("last_name", UP), ("_id", UP)], collation=NAMES),
        IndexModel([("event", UP), ("last_name", UP), ("first_name", UP), ("_id", UP)], collation=NAMES),
        IndexModel([("event", UP), ("product", UP), ("_id", UP)]),
        IndexModel([("event", UP), ("price", UP)]),
        IndexModel([("event", UP), ("invited", UP)], partialFilterExpression={"invited": PRESENT}),
        IndexModel([("event", UP), ("reservation", UP), ("_id", UP)]),
        IndexModel([("event", UP), ("status", UP), ("_id", UP)]),
    ],
    "wallet_uses": [IndexModel([("event", UP), ("added_at", UP), ("_id", UP)])],
    "wallet_waves": [IndexModel([("event", UP), ("number", UP)])],
    "wallet_letters": [IndexModel([("event", UP), ("wave", UP), ("sent", UP)])],
    "google_objects": [IndexModel([("ticket", UP)])],
    "wallet_registrations": [
        IndexModel([("device", UP), ("_id", UP)]),
        IndexModel([("ticket", UP), ("_id", UP)]),
        IndexModel([("event", UP), ("_id", UP)]),
        IndexModel([("push_hash", UP)]),
    ],
    "tills": [IndexModel([("event", UP)])],
    "users": [
        IndexModel([("username", UP)], unique=True),
        IndexModel([("mailbox", UP)], unique=True, partialFilterExpression={"mailbox": PRESENT}),
    ],
    "waiting": [
        IndexModel([("event", UP), ("ended", UP), ("joined_at", UP), ("_id", UP)]),
        IndexModel([("ended", UP), ("joined_at", UP), ("_id", UP)]),
        IndexModel([("showing", UP)]),
    ],
    "waiting_queues": [
        IndexModel([("due_at", UP)], partialFilterExpression={"due_at": PRESENT}),
        IndexModel([("fewest", UP)], partialFilterExpression={"fewest": PRESENT}),
    ],
}

BSON_TYPES: Mapping[type[inspect.Type], str] = {
    inspect.BoolType: "bool",
    inspect.BytesType: "binData",
    inspect.DateTimeType: "date",
    inspect.DictType: "object",
    inspect.ListType: "array",
    inspect.NoneType: "null",
    inspect.StrType: "string",
    inspect.StructType: "object",
}


@cache
def validator(kind: type[msgspec.Struct]) -> dict[str, Any]:
    """Return the JSON Schema that a collection of `kind` enforces: its fields' types, and which must be there."""
    described = inspect.type_info(kind)
    assert isinstance(described, inspect.StructType)
    return {"$jsonSchema": _object_schema(described)}


def _object_schema(struct: inspect.StructType) -> dict[str, Any]:
    required = [field.encode_name for field in struct.fields if field.required]
    properties = {field.encode_name: _schema(field.type) for field in struct.fields}
    return {"bsonType": "object", "properties": properties, **({"required": required} if required else {})}


def _schema(kind: inspect.Type) -> dict[str, Any]:
    match kind:
        case inspect.UnionType(types=types):
            return {"anyOf": [_schema(each) for each in types]}
        case inspect.LiteralType(values=values):
            return {"enum": list(values)}
        case inspect.IntType(ge=least):
            return {"bsonType": ["int", "long"], **({} if least is None else {"minimum": least})}
        case inspect.FloatType():
            return {"bsonType": ["double", "int", "long"]}
        case inspect.StructType():
            return _object_schema(kind)
        case inspect.ListType(item_type=item):
            return {"bsonType": "array", "items": _schema(item)}
        case inspect.DictType(value_type=value) if not isinstance(value, inspect.AnyType):
            return {"bsonType": "object", "additionalProperties": _schema(value)}
        case inspect.AnyType():
            return {}
    return {"bsonType": BSON_TYPES[type(kind)]}


def shapes() -> dict[str, dict[str, Any]]:
    """Return each collection's validator."""
    kept = {name: validator(kind) for kind, name in COLLECTIONS.items()}
    return {**kept, "journal": validator(Entry)}


def fingerprint() -> str:
    """Return a hash that changes when any validator or index does."""
    indexes = {name: [index.document for index in models] for name, models in INDEXES.items()}
    return hashlib.sha256(repr((sorted(shapes().items()), sorted(indexes.items()))).encode()).hexdigest()


async def apply_schema(database: Database) -> None:
    """Make or mend every collection: validator and indexes. Safe to run again, and by two at once."""
    there = set(await database.list_collection_names())
    for name, rule in shapes().items():
        if name in there or not await _create(database, name, rule):
            await database.command("collMod", name, validator=rule, validationLevel="strict")
        if name in INDEXES:
            await _make_indexes(database, name)


async def _create(database: Database, name: str, rule: dict[str, Any]) -> bool:
    """Create a collection; return whether it was missing. Another process may be first."""
    try:
        await database.create_collection(name, validator=rule)
    except CollectionInvalid:
        return False
    except OperationFailure as error:
        if error.code != NAMESPACE_EXISTS:
            raise
        return False
    return True


async def _make_indexes(database: Database, name: str) -> None:
    """Make missing indexes; where one of the same name is different, make them all anew."""
    try:
        await database[name].create_indexes(INDEXES[name])
    except OperationFailure as error:
        if error.code not in INDEX_CONFLICTS:
            raise
        await database[name].drop_indexes()
        await database[name].create_indexes(INDEXES[name])
