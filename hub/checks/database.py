"""Checks of the database: reached, its version, its members and how far they lag, its clock, and the indexes."""

from collections.abc import Iterator
from datetime import date, timedelta

from hub.checks.result import Check, fail, ok, warn
from hub.database_version import database_version
from hub.errors import Unavailable
from hub.settings import Settings
from hub.tasks import cause_of
from store.embedded.mongod import running_uri
from store.health import DatabaseHealth, Member, database_health
from store.mongo.primary import DatabaseRefused

NAME, VERSION, MEMBERS, INDEXES, CLOCK = "database", "database version", "replica set", "indexes", "database clock"
FAR_BEHIND = timedelta(seconds=10)
FAR_OFF_S = 2.0
"""Clocks that differ by more are seen at doors that go by the time of day."""
ENOUGH_MEMBERS = 3


async def check_database(settings: Settings, today: date) -> list[Check]:
    """Return how the database stands: the one of the settings, or the embedded one that runs in the data folder."""
    uri = settings.mongodb_uri or await running_uri(settings.data)
    if uri is None:
        return [fail(NAME, f"no hub runs on {settings.data}: start it, or name the data folder that it runs on")]
    try:
        health = await database_health(uri, settings.database)
    except DatabaseRefused as error:
        return [fail(NAME, str(error))]
    except Unavailable as error:
        return [fail(NAME, f"does not answer ({cause_of(error)}): see to its members")]
    return list(about_database(health, today, is_embedded=settings.mongodb_uri is None))


def about_database(health: DatabaseHealth, today: date, *, is_embedded: bool) -> Iterator[Check]:
    """Yield what a database's health means."""
    version = database_version(health.version, today)
    until = f" since {version.supported_until}" if version.supported_until else ""
    if version.is_supported:
        yield ok(VERSION, f"MongoDB {health.version}")
    else:
        yield warn(VERSION, f"MongoDB {health.version} gets no security fixes{until}: put a newer one in its place")
    if is_embedded:
        yield warn(MEMBERS, "the embedded one: one copy, on this machine; back it up, or use a replica set of three")
    else:
        yield from _members(health)
    yield from _indexes(health.missing_indexes)
    apart_s = abs(health.clock_ahead).total_seconds()
    if apart_s > FAR_OFF_S:
        yield warn(CLOCK, f"differs from this machine's by {apart_s:.0f} s: synchronise both")
    else:
        yield ok(CLOCK, "agrees with this machine's")


def _members(health: DatabaseHealth) -> Iterator[Check]:
    if health.members is None:
        yield warn(MEMBERS, f"{health.hosts} members; their lag is not seen: give the login the role clusterMonitor")
        return
    for member in health.members:
        yield from _about(member)
    holding = [each for each in health.members if each.state in ("PRIMARY", "SECONDARY")]
    if len(holding) < ENOUGH_MEMBERS:
        yield warn(MEMBERS, f"{len(holding)} members hold the data: with three the hub goes on when one is lost")
    elif all(each.lag is not None and each.lag <= FAR_BEHIND for each in health.members):
        yield ok(MEMBERS, f"{len(holding)} members, none behind")


def _about(member: Member) -> Iterator[Check]:
    if member.state not in ("PRIMARY", "SECONDARY", "ARBITER"):
        yield fail(MEMBERS, f"{member.host} is {member.state}: start it, or see to its log")
    elif member.state == "ARBITER":
        yield warn(MEMBERS, f"{member.host} is an arbiter: put a member with data in its place")
    elif member.lag is not None and member.lag > FAR_BEHIND:
        yield warn(MEMBERS, f"{member.host} is {member.lag.total_seconds():.0f} s behind: see to its disk and network")


def _indexes(missing: list[str]) -> Iterator[Check]:
    if missing:
        yield fail(INDEXES, f"missing: {', '.join(missing)}; the hub's start makes them: restart it")
    else:
        yield ok(INDEXES, "all are there")
