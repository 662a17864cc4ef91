"""Health of the database as its operator sees it: version, members and their lag, clock, missing indexes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from pymongo.errors import OperationFailure

from store.mongo.connection import Database, connect, open_database
from store.mongo.errors import driver_errors
from store.mongo.primary import rights_refused, settings_refused
from store.schema import INDEXES

MAY_NOT = 13
"""MongoDB's code for Unauthorized."""
ANSWERS_WITHIN_S = 5.0


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """Member of a replica set: its host, its state in MongoDB's words, and how far it is behind the primary."""

    host: str
    state: str
    lag: timedelta | None
    """None where it does not say how far it has come."""


class DatabaseHealth(msgspec.Struct, frozen=True, kw_only=True):
    """Health of the database; `members` is None where the login may not see them."""

    version: str
    clock_ahead: timedelta
    """How far the server's clock is before ours, less the time of the question."""
    hosts: int
    members: list[Member] | None
    missing_indexes: list[str]


async def database_health(uri: str, name: str) -> DatabaseHealth:
    """Return the health of a database. Raises `Unavailable`, or `DatabaseRefused` for a login or URI that is wrong."""
    with settings_refused():
        client = connect(uri, select_within_s=ANSWERS_WITHIN_S)
    try:
        # The host of a mongodb+srv address is looked up by the first command.
        with settings_refused(), driver_errors(), rights_refused(name):
            database = open_database(client, name)
            asked = datetime.now(UTC)
            hello = await client.admin.command("hello")
            between = asked + (datetime.now(UTC) - asked) / 2
            return DatabaseHealth(
                version=str((await database.command("buildInfo"))["version"]),
                clock_ahead=_aware(hello["localTime"]) - between,
                hosts=len(hello.get("hosts", [])),
                members=await _members(client.admin),
                missing_indexes=await _missing_indexes(database),
            )
    finally:
        client.close()


async def _members(admin: Any) -> list[Member] | None:
    try:
        status = await admin.command("replSetGetStatus")
    except OperationFailure as error:
        if error.code == MAY_NOT:
            return None
        raise
    primaries = (each for each in status["members"] if each["stateStr"] == "PRIMARY")
    newest = max((_aware(each["optimeDate"]) for each in primaries), default=None)
    return [_member(each, newest) for each in status["members"]]


def _member(status: dict[str, Any], newest: datetime | None) -> Member:
    is_known = newest is not None and status.get("health") == 1 and status.get("optimeDate") is not None
    lag = max(newest - _aware(status["optimeDate"]), timedelta()) if is_known and newest else None
    return Member(host=status["name"], state=status["stateStr"], lag=lag)


async def _missing_indexes(database: Database) -> list[str]:
    """Return the indexes of the schema that are not there, as collection and fields."""
    missing = []
    for name, models in INDEXES.items():
        there = await database[name].index_information()
        missing += [f"{name} ({model.document['name']})" for model in models if model.document["name"] not in there]
    return missing


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
