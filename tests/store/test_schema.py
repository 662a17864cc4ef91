"""The database refuses what is not of its shape, and gets its shape once."""

import asyncio
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec import inspect
from pymongo.errors import OperationFailure, WriteError

from hub.clock import Clock
from hub.model.base import Document
from hub.model.journal import Entry
from store.collections.access import UserReader
from store.collections.devices import DeviceReader
from store.collections.events import EventReader
from store.migrations import WrongSecret, check_secret, migrate
from store.mongo.connection import Database
from store.mongo.documents import COLLECTIONS, from_bson, to_bson
from store.mongo.leases import Leases
from store.schema import INDEXES, shapes
from store.store import Store
from tests.builders import a_device, an_event
from tests.commands import NOON

pytestmark = pytest.mark.gen_test


FAR = datetime(2999, 1, 1, tzinfo=UTC)
KINDS: dict[str, type[msgspec.Struct]] = {**{name: kind for kind, name in COLLECTIONS.items()}, "journal": Entry}


def sample(kind: inspect.Type) -> Any:
    """Return a value of a type, with nothing in it that need not be."""
    match kind:
        case inspect.StructType(cls=cls, fields=fields):
            return cls(**{field.name: sample(field.type) for field in fields if field.required})
        case inspect.UnionType(types=types):
            return sample(types[0])
        case inspect.LiteralType(values=values):
            return values[0]
        case inspect.ListType():
            return []
        case inspect.DictType():
            return {}
        case inspect.DateTimeType():
            return FAR
    return {inspect.StrType: "s", inspect.IntType: 1, inspect.BytesType: b"b", inspect.BoolType: True}[type(kind)]


def counts(kind: inspect.Type, path: str = "") -> Iterator[str]:
    """Yield the dotted path of each number that must not fall below zero."""
    match kind:
        case inspect.IntType(ge=0):
            yield path
        case inspect.StructType(fields=fields):
            for field in fields:
                yield from counts(field.type, f"{path}.{field.encode_name}".lstrip("."))
        case inspect.DictType(value_type=value):
            yield from counts(value, f"{path}.one")


SAMPLES = {name: sample(inspect.type_info(kind)) for name, kind in KINDS.items()}
COUNTS = [(name, path) for name, kind in KINDS.items() for path in counts(inspect.type_info(kind))]
WRONG_INSIDE: list[tuple[str, str, object]] = [
    ("tickets", "status", "lost"),
    ("tickets", "scans", [{"at": "yesterday", "seq": 1}]),
    ("devices", "may", "everything"),
    ("events", "doors", [{"id": "d1"}]),
    ("events", "key.kid", 7),
    ("sessions", "generation", -1),
    ("journal", "effect", {"admitted": "one"}),
    ("journal", "direction", "up"),
]
QUERIES: list[tuple[str, dict[str, Any]]] = [
    ("alerts", {"event": {"$in": ["e1", None]}}),
    ("alerts", {"at": {"$exists": True}}),
    ("devices", {"event": {"$in": ["e1", None]}, "archived": None}),
    ("events", {"$or": [{"ends_at": {"$gt": NOON}}, {"ends_at": None}]}),
    ("journal", {"event": "e1", "kind": {"$in": ["recount"]}, "seq": {"$lte": 4}}),
    ("journal", {"event": "e1", "$or": [{"kind": "recount"}, {"kind": "ticket.scanned", "by": "force"}]}),
    ("devices", {"key_prefix": "p"}),
    ("devices", {"pairing_hash": b"h"}),
    ("devices", {"event": {"$in": ["e1", None]}}),
    ("events", {"key.kid": "k"}),
    ("journal", {"event": "e1", "seq": {"$gt": 4}}),
    ("journal", {"ticket": "t1"}),
    ("keys", {"prefix": "p"}),
    ("cursors", {"consumer": "c"}),
    ("lanes", {"consumer": "c", "due_at": {"$lte": NOON}, "_id": {"$nin": ["l"]}}),
    ("lanes", {"consumer": "c", "target": "t"}),
    ("letters", {"lane": "l", "state": "waiting"}),
    ("letters", {"consumer": "c", "target": "t", "written_at": {"$lt": NOON}}),
    ("letters", {"state": {"$in": ["delivered", "set_aside"]}, "written_at": {"$lt": NOON}}),
    ("showings", {"event": "e1"}),
    ("tickets", {"date": "2026-06-01"}),
    ("tickets", {"time": "12:00"}),
    ("tickets", {"event": "e1", "date": "2026-06-01"}),
    ("tickets", {"reservation": "r1"}),
    ("users", {"username": "u"}),
]


def changed(document: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    document = deepcopy(document)
    *way, last = path.split(".")
    inner = document
    for step in way:
        inner = inner.setdefault(step, {})
    inner[last] = value
    return document


def test_the_counts_are_known() -> None:
    assert {("showings", "booked"), ("streams", "seq"), ("streams", "doors.one.admitted"), ("streams", "zones.one")} < {
        *COUNTS
    }


async def test_a_document_comes_back_as_it_was(database: Database) -> None:
    for name, whole in SAMPLES.items():
        key = await database[name].insert_one(to_bson(whole))
        found = await database[name].find_one({"_id": key.inserted_id})
        assert from_bson(found or {}, KINDS[name]) == whole


@pytest.mark.parametrize("name", sorted(SAMPLES))
async def test_a_document_without_a_field_or_with_a_wrong_one_is_refused(database: Database, name: str) -> None:
    whole = to_bson(SAMPLES[name])
    required = [field.encode_name for field in msgspec.structs.fields(KINDS[name]) if field.required]
    wrong = [{**whole, field: value} for field in required for value in ({"a": 1}, 1.5)]
    without = [{key: value for key, value in whole.items() if key != field} for field in required if field != "_id"]
    for document in [*wrong, *without]:
        await refuses(database, name, document)
    await database[name].insert_one(whole)


async def refuses(database: Database, name: str, document: dict[str, Any]) -> None:
    with pytest.raises(WriteError):
        await database[name].insert_one(document)
        pytest.fail(f"{name} took {document}")


async def test_a_count_below_zero_is_refused(database: Database) -> None:
    for name, path in COUNTS:
        whole = to_bson(SAMPLES[name])
        await refuses(database, name, changed(whole, path, -1))
        await database[name].insert_one(changed(whole, path, 0))
        with pytest.raises(WriteError):
            await database[name].update_one({"_id": whole["_id"]}, {"$inc": {path: -1}})
        await database[name].delete_one({"_id": whole["_id"]})


async def test_people_inside_may_be_fewer_than_none(database: Database) -> None:
    changed = await database.streams.update_one({"_id": "e1"}, {"$inc": {"inside": -1, "headcount": -1}})
    assert changed.modified_count == 1


async def test_a_wrong_value_inside_is_refused(database: Database) -> None:
    for name, path, value in WRONG_INSIDE:
        await refuses(database, name, changed(to_bson(SAMPLES[name]), path, value))


async def test_one_number_is_given_to_one_entry_only(database: Database) -> None:
    await database.journal.insert_one(to_bson(SAMPLES["journal"]))
    with pytest.raises(OperationFailure):
        await database.journal.insert_one(to_bson(SAMPLES["journal"]))


async def test_two_devices_without_a_key_or_a_pairing_are_no_conflict(database: Database) -> None:
    await database.devices.insert_many([to_bson(a_device("v1")), to_bson(a_device("v2"))])
    assert await database.devices.count_documents({}) == 2


async def test_a_query_goes_by_an_index(database: Database) -> None:
    for name, query in QUERIES:
        plan = await database[name].find(query).explain()
        assert "COLLSCAN" not in repr(plan["queryPlanner"]["winningPlan"]), (name, query)


# --- the migration -----------------------------------------------------------------------------------------------


async def test_of_two_starts_at_once_one_makes_everything_and_says_so(empty: Database) -> None:
    first, second = (Leases(empty, holder) for holder in ("first", "second"))
    said = await asyncio.gather(migrate(empty, first, "k1"), migrate(empty, second, "k2"))
    assert sorted(said) == [[], ["collections, validators and indexes made", "the hub's own journal begun"]]
    assert set(await empty.list_collection_names()) >= shapes().keys()
    for name, indexes in INDEXES.items():
        assert len(await empty[name].index_information()) == len(indexes) + 1


async def test_a_second_start_has_nothing_to_do(fresh: Database) -> None:
    before = await fresh.streams.find_one({"_id": "hub"})
    assert await migrate(fresh, Leases(fresh, "later"), "k2") == []
    assert await fresh.streams.find_one({"_id": "hub"}) == before
    assert await fresh.leases.count_documents({}) == 0


async def test_a_start_of_another_version_renews_the_shape(fresh: Database) -> None:
    await fresh.meta.update_one({"_id": "shape"}, {"$set": {"fingerprint": "of another version"}})
    await fresh.command("collMod", "tickets", validator={})
    assert await migrate(fresh, Leases(fresh, "new"), "k1") == ["validators and indexes renewed"]
    with pytest.raises(WriteError):
        await fresh.tickets.insert_one({"_id": "t1"})


async def test_an_index_of_another_version_is_made_anew(fresh: Database) -> None:
    wanted = await fresh.devices.index_information()
    await fresh.devices.drop_index("key_prefix_1")
    await fresh.devices.create_index("key_prefix")
    await fresh.meta.update_one({"_id": "shape"}, {"$set": {"fingerprint": "of another version"}})
    await migrate(fresh, Leases(fresh, "new"), "k1")
    assert await fresh.devices.index_information() == wanted


async def test_a_start_takes_over_from_one_that_died(empty: Database) -> None:
    died = {"_id": "migration", "holder": "dead", "until": NOON - timedelta(days=9999)}
    await empty.leases.insert_one(died)
    assert await migrate(empty, Leases(empty, "alive"), "k1")


async def test_a_database_from_before_roles_gets_its_first_user_for_an_owner_once(fresh: Database) -> None:
    first, second = (a_user_from_before_roles(name, day) for name, day in (("ada", 1), ("grace", 2)))
    await fresh.users.insert_many([second, first])
    assert await migrate(fresh, Leases(fresh, "new"), "k1") == [
        "the first user made an owner: somebody has to decide on users"
    ]
    users_now = await UserReader(fresh).all()
    assert {user.username: user.role for user in users_now} == {
        "ada": "owner",
        "grace": "organiser",
    }
    kept = await fresh.users.find().to_list(None)
    assert {each["_id"]: each["password_hash"] for each in kept} == {"ada": "ada's", "grace": "grace's"}
    assert await migrate(fresh, Leases(fresh, "later"), "k1") == []


async def test_a_database_of_another_version_and_from_before_roles_is_brought_up_to_date_in_one_start(
    fresh: Database,
) -> None:
    await fresh.command("collMod", "users", validator={})
    await fresh.meta.delete_one({"_id": "shape"})
    await fresh.users.insert_one(a_user_from_before_roles("ada", 1))
    said = await asyncio.gather(*[migrate(fresh, Leases(fresh, name), "k1") for name in ("one", "other")])
    assert sorted(map(len, said)) == [0, 2], "by whichever comes first"
    (ada,) = await UserReader(fresh).all()
    assert (ada.role, ada.disabled, ada.generation) == ("owner", False, 0)


async def test_where_there_is_an_owner_or_nobody_no_one_is_made_one(fresh: Database) -> None:
    assert await migrate(fresh, Leases(fresh, "new"), "k1") == []
    users = [a_user_from_before_roles("ada", 1), a_user_from_before_roles("grace", 2) | {"role": "owner"}]
    await fresh.users.insert_many(users)
    assert await migrate(fresh, Leases(fresh, "later"), "k1") == []
    users_now = await UserReader(fresh).all()
    assert {user.username: user.role for user in users_now} == {
        "ada": "organiser",
        "grace": "owner",
    }


def a_user_from_before_roles(name: str, day: int) -> dict[str, Any]:
    """Return somebody as they were kept when there was one kind of user."""
    created_at = NOON + timedelta(days=day)
    return {"_id": name, "username": name, "password_hash": f"{name}'s", "created_at": created_at}


async def test_a_lease_is_held_by_one_until_it_ends_or_is_given_back(empty: Database) -> None:
    one, other = Leases(empty, "one"), Leases(empty, "other")
    ttl = timedelta(seconds=10)
    assert await one.take("job", NOON, ttl)
    assert not await other.take("job", NOON + timedelta(seconds=9), ttl)
    assert await one.take("job", NOON + timedelta(seconds=9), ttl)
    assert not await other.take("job", NOON + timedelta(seconds=11), ttl)
    assert await other.take("job", NOON + timedelta(seconds=19), ttl)
    await one.give_back("job")
    assert not await one.take("job", NOON + timedelta(seconds=20), ttl)
    await other.give_back("job")
    assert await one.take("job", NOON + timedelta(seconds=20), ttl)


async def test_of_many_that_want_a_lease_at_once_one_gets_it(empty: Database) -> None:
    takers = [Leases(empty, f"h{n}").take("job", NOON, timedelta(seconds=10)) for n in range(16)]
    assert (await asyncio.gather(*takers)).count(True) == 1


async def test_the_secret_that_came_first_is_the_only_one(empty: Database) -> None:
    await check_secret(empty, ["proof"])
    await check_secret(empty, ["proof"])
    with pytest.raises(WrongSecret):
        await check_secret(empty, ["another"])
    await check_secret(empty, ["proof"])


async def test_a_wrong_secret_is_refused_before_anything_is_changed(
    empty: Database, mongod_uri: str, tmp_path: Path
) -> None:
    await check_secret(empty, ["proof"])
    store = Store(mongod_uri, empty.name, locks=tmp_path, clock=Clock(), process="p")
    with pytest.raises(WrongSecret):
        await store.migrate(secrets=["another"], epoch="k1")
    assert await empty.list_collection_names() == ["meta"]
    await store.close()


async def test_readers_find_devices_and_events_by_what_names_them(database: Database) -> None:
    await database.devices.insert_one(to_bson(msgspec.structs.replace(a_device(), key_prefix="p")))
    await database.devices.insert_one(to_bson(a_device("everywhere", event=None)))
    devices = DeviceReader(database)
    by_key = await devices.by_key("p")
    assert by_key is not None
    assert by_key.id == "v1"
    assert await devices.by_key("q") is None
    assert {device.id for device in await devices.of_event("e1")} == {"v1", "everywhere"}
    assert {device.id for device in await devices.of_event("e9")} == {"everywhere"}
    by_kid = await EventReader(database).by_kid("kid-e1")
    assert by_kid == an_event()


def test_only_documents_with_an_id_of_their_own_are_kept() -> None:
    assert all(issubclass(kind, Document) for kind in COLLECTIONS)
