"""Migrations: bring the database to the shape that this version needs. Run at start, once, under a lease."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import structlog
from pymongo import ASCENDING
from pymongo.errors import PyMongoError

from hub.errors import Unavailable
from hub.model.event import Event, Showing, ends_of
from hub.model.journal import HUB_STREAM, Stream
from store.collections.secrets import SecretStore
from store.mongo.connection import Database, atomic
from store.mongo.documents import from_bson, to_bson
from store.mongo.leases import Leases
from store.mongo.primary import DatabaseRefused
from store.schema import apply_schema, fingerprint

log = structlog.get_logger(__name__)

LEASE = "migration"
LEASE_LASTS = timedelta(seconds=15)
"""How long the next start waits for one that was killed while it migrated."""
TRY_EVERY_S = 0.2
SAY_EVERY_TRIES = 15
RESTORING = "restoring"
"""Mark of a database that a restore fills (`store/backup/restore.py`)."""
SHAPE = "shape"
ENDS = "ends of showings"
PRODUCTS = "seats by product"


class WrongSecret(Exception):
    """Error of a hub's secret that is not the one this database was made with."""


async def migrate(database: Database, leases: Leases, epoch: str) -> list[str]:
    """Bring the database up to date and return the steps done, in words; none where it was already.

    A process that comes second waits until the first is done. `epoch` names the hub stream's epoch where it is new.
    """
    await _wait_for_lease(leases)
    is_done = asyncio.Event()
    renewal = asyncio.create_task(_renew_lease(leases, is_done))
    try:
        return await _migrate(database, epoch)
    finally:
        is_done.set()  # a renewal that is under way ends: cancelled, it would still be written, after the lease's end
        await asyncio.gather(renewal, return_exceptions=True)
        with suppress(PyMongoError, Unavailable):  # else it ends by itself, and what broke the migration off is raised
            await leases.give_back(LEASE)


async def _wait_for_lease(leases: Leases) -> None:
    tries = 0
    while not await leases.take(LEASE, datetime.now(UTC), LEASE_LASTS):
        if tries % SAY_EVERY_TRIES == 0:
            log.warning("another process brings the database up to date, or died at it; waiting for its lease to end")
        tries += 1
        await asyncio.sleep(TRY_EVERY_S)


async def _renew_lease(leases: Leases, is_done: asyncio.Event) -> None:
    """Renew the lease until `is_done`; one that is lost meanwhile does no harm, since each step may be repeated."""
    while True:
        with suppress(TimeoutError):
            await asyncio.wait_for(is_done.wait(), LEASE_LASTS.total_seconds() / 3)
            return
        try:
            await leases.take(LEASE, datetime.now(UTC), LEASE_LASTS)
        except (PyMongoError, Unavailable) as error:
            log.warning("the lease of the migration was not renewed", reason=repr(error))


async def _migrate(database: Database, epoch: str) -> list[str]:
    done: list[str] = []
    kept = await database.meta.find_one({"_id": SHAPE})
    if kept is None or kept["fingerprint"] != fingerprint():
        await apply_schema(database)
        await database.meta.replace_one({"_id": SHAPE}, {"_id": SHAPE, "fingerprint": fingerprint()}, upsert=True)
        done.append("collections, validators and indexes made" if kept is None else "validators and indexes renewed")
    begun = await database.streams.update_one(
        {"_id": HUB_STREAM}, {"$setOnInsert": _without_id(Stream(id=HUB_STREAM, epoch=epoch))}, upsert=True
    )
    if begun.upserted_id is not None:
        done.append("the hub's own journal begun")
    if await _keep_ends(database, datetime.now(UTC)):
        done.append("the ends of showings kept with them")
    if await _count_products(database):
        done.append("the seats of showings counted by product")
    if await _make_an_owner(database):
        done.append("the first user made an owner: somebody has to decide on users")
    return done


async def _keep_ends(database: Database, now: datetime) -> bool:
    """Keep the end of each showing with it, once; those to come are marked, so that their tickets follow.

    Returns whether there was any showing without its end.
    """
    if await database.meta.find_one({"_id": ENDS}) is not None:
        return False
    is_needed = False
    async for found in database.events.find({"times_version": None}):
        event = from_bson(found, Event)
        showings = [
            from_bson(each, Showing) for each in await database.showings.find({"event": event.id}).to_list(None)
        ]
        ends = {showing_id: end for showing_id, end in ends_of(event, showings).items() if end is not None}
        for showing_id, end in ends.items():
            mark = {"retime": 1} if end > now else {}
            await database.showings.update_one({"_id": showing_id}, {"$set": {"over_at": end, **mark}})
        await database.events.update_one({"_id": event.id}, {"$set": {"times_version": 1}})
        is_needed = is_needed or bool(ends)
    await _note(database, ENDS)
    return is_needed


async def _count_products(database: Database) -> bool:
    """Count the booked seats of each showing by product, once; return whether there were any.

    Tickets of an import that is under way are counted with it.
    """
    if await database.meta.find_one({"_id": PRODUCTS}) is not None:
        return False
    is_needed = False
    async for found in database.events.find({}, {"imports": 1}):
        there = {"import_id": {"$in": [None, *found.get("imports", [])]}, "status": {"$ne": "canceled"}}
        of_product = {"_id": {"showing": "$showing", "product": "$product"}, "booked": {"$sum": 1}}
        listed = {"$push": {"product": {"$ifNull": ["$_id.product", None]}, "booked": "$booked"}}
        steps = [
            {"$match": {"event": found["_id"], **there}},
            {"$group": of_product},
            {"$group": {"_id": "$_id.showing", "booked_by": listed}},
        ]
        async for each in database.tickets.aggregate(steps, allowDiskUse=True):
            await database.showings.update_one({"_id": each["_id"]}, {"$set": {"booked_by": each["booked_by"]}})
            is_needed = True
    await _note(database, PRODUCTS)
    return is_needed


async def _note(database: Database, step: str) -> None:
    """Note a step as done; another process may have done it at the same time."""
    await database.meta.replace_one({"_id": step}, {"_id": step}, upsert=True)


async def _make_an_owner(database: Database) -> bool:
    """Make the first user an owner where no user is one; return whether that was needed."""
    if await database.users.find_one({"role": "owner"}) is not None:
        return False
    first = await atomic(database.users).find_one_and_update(
        {}, {"$set": {"role": "owner"}}, sort=[("created_at", ASCENDING)]
    )
    return first is not None


def _without_id(stream: Stream) -> dict[str, object]:
    return {name: value for name, value in to_bson(stream).items() if name != "_id"}


async def check_restored(database: Database) -> None:
    """Raise `DatabaseRefused` for a database that a restore has filled in part."""
    if await database.meta.find_one({"_id": RESTORING}) is not None:
        raise DatabaseRefused("a restore into this database was broken off: restore again, which begins anew")


async def check_secret(database: Database, known: Sequence[str]) -> None:
    """Keep the first of the `known` secrets' fingerprints with a new database.

    Raises `WrongSecret` where one that is in force in this database is not known.
    """
    secrets = SecretStore(database)
    await secrets.begin(known[0], datetime.now(UTC))
    state = await secrets.read()
    missing = [] if state is None else state.missing(known)
    if state is not None and state.proof in missing:
        raise WrongSecret("HUB_SECRET is not the secret that this database was made with, or has now")
    if missing:
        raise WrongSecret(
            "an earlier secret is still in force and not known here: put it into hub-secret, or HUB_OTHER_SECRETS"
        )
