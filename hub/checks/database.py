"""Checks of the database: reached, its version, its members and how far they lag, its clock, and the indexes."""

from collections.abc import Iterator
from datetime import date, timedelta

import structlog

from hub.checks.result import Check, fail, ok, warn
from hub.database_version import database_version
from hub.errors import Unavailable
from hub.settings import Settings
from hub.tasks import cause_of
from store.embedded.mongod import running_uri
from store.health import DatabaseHealth, DatabaseSilent, Member, Silence, database_health
from store.mongo.primary import DatabaseRefused, Refusal

NAME, VERSION, MEMBERS, INDEXES, CLOCK = "database", "database version", "replica set", "indexes", "database clock"
FAR_BEHIND = timedelta(seconds=10)
FAR_OFF_S = 2.0
"""Clocks that differ by more are seen at doors that go by the time of day."""
ENOUGH_MEMBERS = 3
log = structlog.get_logger(__name__)


async def check_database(settings: Settings, today: date) -> list[Check]:
    """Return how the database stands: the one of the settings, or the embedded one that runs in the data folder."""
    embedded = await running_uri(settings.data)
    uri = settings.mongodb_uri or embedded
    if uri is None:
        return [fail(NAME, "database-no-hub", folder=str(settings.data))]
    try:
        health = await database_health(uri, settings.database)
    except DatabaseRefused as error:
        log.warning("database refused", error=str(error))
        return [about_refusal(error.why, settings.database)]
    except DatabaseSilent as error:
        assert isinstance(error.__cause__, Unavailable)
        log.warning("database silent", error=cause_of(error.__cause__))
        return [about_silence(error.why)]
    return list(about_database(health, today, is_embedded=uri == embedded))


def about_refusal(why: Refusal, database: str) -> Check:
    """Return what it means that a database is refused."""
    match why:
        case "login":
            return fail(NAME, "database-login")
        case "rights":
            return fail(NAME, "database-rights", database=database)
        case "old":
            return fail(NAME, "database-old")
        case "standalone":
            return fail(NAME, "database-standalone")
        case "uri":
            return fail(NAME, "database-refused")


def about_silence(why: Silence) -> Check:
    """Return what it means that no primary of the database answers."""
    match why:
        case "no-primary":
            return fail(NAME, "database-no-primary")
        case "no-member":
            return fail(NAME, "database-no-member")
        case "no-trust":
            return fail(NAME, "database-no-trust")
        case "unknown-host":
            return fail(NAME, "database-unknown-host")
        case "away":
            return fail(NAME, "database-silent")


def about_database(health: DatabaseHealth, today: date, *, is_embedded: bool) -> Iterator[Check]:
    """Yield what a database's health means."""
    version = database_version(health.version, today)
    if version.is_supported:
        yield ok(VERSION, "version-supported", version=health.version)
    elif version.supported_until is None:
        yield warn(VERSION, "version-unsupported", version=health.version)
    else:
        yield warn(VERSION, "version-ended", version=health.version, date=str(version.supported_until))
    if is_embedded:
        yield warn(MEMBERS, "members-embedded")
    else:
        yield from _members(health)
    yield from _indexes(health.missing_indexes)
    apart_s = abs(health.clock_ahead).total_seconds()
    if apart_s > FAR_OFF_S:
        yield warn(CLOCK, "clock-apart", seconds=round(apart_s))
    else:
        yield ok(CLOCK, "clock-agrees")


def _members(health: DatabaseHealth) -> Iterator[Check]:
    if health.members is None:
        yield warn(MEMBERS, "members-unseen", count=health.hosts)
        return
    for member in health.members:
        yield from _about(member)
    holding = [each for each in health.members if each.state in ("PRIMARY", "SECONDARY")]
    if len(holding) < ENOUGH_MEMBERS:
        yield warn(MEMBERS, "members-few", count=len(holding))
    elif all(each.lag is not None and each.lag <= FAR_BEHIND for each in health.members):
        yield ok(MEMBERS, "members-sound", count=len(holding))


def _about(member: Member) -> Iterator[Check]:
    if member.state not in ("PRIMARY", "SECONDARY", "ARBITER"):
        yield fail(MEMBERS, "member-away", host=member.host, state=member.state)
    elif member.state == "ARBITER":
        yield warn(MEMBERS, "member-arbiter", host=member.host)
    elif member.lag is not None and member.lag > FAR_BEHIND:
        yield warn(MEMBERS, "member-behind", host=member.host, seconds=round(member.lag.total_seconds()))


def _indexes(missing: list[str]) -> Iterator[Check]:
    if missing:
        yield fail(INDEXES, "indexes-missing", names=", ".join(missing))
    else:
        yield ok(INDEXES, "indexes-there")
