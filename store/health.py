"""Health of the database as its operator sees it: version, members and their lag, clock, missing indexes."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import msgspec
from pymongo.errors import OperationFailure
from pymongo.server_description import ServerDescription

from hub.errors import Unavailable
from hub.model.access import SecretState
from store.collections.secrets import SecretStore
from store.mongo.connection import Client, Database, connect, open_database
from store.mongo.errors import driver_errors
from store.mongo.primary import STANDALONE, DatabaseRefused, has_known_name, rights_refused, settings_refused
from store.schema import INDEXES

MAY_NOT = 13
"""MongoDB's code for Unauthorized."""
NO_SET = 76
"""MongoDB's code for NoReplicationEnabled."""
ANSWERS_WITHIN_S = 5.0
OF_TLS = "[SSL"
"""In the driver's errors of a handshake that failed: it drops their cause."""
Silence = Literal["away", "unknown-host", "no-trust", "no-primary", "no-member"]
"""Why no primary answers: no host does, has a known name, has a certificate we trust, is primary, is of the set."""


class DatabaseSilent(Exception):
    """Error of a database of which no primary answers, with the reason as far as its hosts show it."""

    def __init__(self, why: Silence) -> None:
        super().__init__(why)
        self.why: Silence = why


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
    """Return the health of a database.

    Raises `DatabaseSilent`, or `DatabaseRefused` for a login or URI that is wrong.
    """
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
    except Unavailable as error:
        raise DatabaseSilent(await _why_silent(client)) from error
    finally:
        client.close()


async def _why_silent(client: Client) -> Silence:
    servers: Collection[ServerDescription] = client.delegate.topology_description.server_descriptions().values()
    if not servers:
        return "no-member"
    if any(server.is_server_type_known for server in servers):
        return "no-primary"
    if any(OF_TLS in str(server.error) for server in servers):
        return "no-trust"
    return "away" if any([await has_known_name(server) for server in servers]) else "unknown-host"


async def secrets_health(uri: str, name: str) -> tuple[SecretState | None, datetime | None]:
    """Return the state of the hub's secrets, and since when the current one is in use. Raises as `database_health`."""
    with settings_refused():
        client = connect(uri, select_within_s=ANSWERS_WITHIN_S)
    try:
        with settings_refused(), driver_errors(), rights_refused(name):
            secrets = SecretStore(open_database(client, name))
            state = await secrets.read()
            return state, None if state is None else await secrets.age(state)
    finally:
        client.close()


async def _members(admin: Any) -> list[Member] | None:
    try:
        status = await admin.command("replSetGetStatus")
    except OperationFailure as error:
        if error.code == MAY_NOT:
            return None
        if error.code == NO_SET:
            raise DatabaseRefused(STANDALONE, "standalone") from error
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
