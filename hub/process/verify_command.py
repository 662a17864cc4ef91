"""Verification from the shell: recounts each event on a live hub, page by page in a snapshot, and locks nothing."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator

import msgspec

from hub.door.recount import Difference, Recount
from hub.errors import Unavailable, Unreadable
from hub.model.journal import HUB_STREAM
from hub.tasks import cause_of
from store.collections.snapshot import Snapshot, snapshot
from store.mongo.connection import Database, connect, open_database
from store.mongo.errors import DriverError, driver_errors
from store.mongo.primary import rights_refused, settings_refused

PAGE = 500
REST_S = 0.005
"""Pause after each page: doors go first."""
LONGEST_REASON = 200
MOST_SHOWN = 100
"""Differences of one event; the others are counted."""

Say = Callable[[str], None]


class VerifyError(Exception):
    """Error of a hub that could not be read to its end; the text is one line for a person."""


class Verified(msgspec.Struct, kw_only=True):
    """Result of a verification."""

    events: int = 0
    entries: int = 0
    tickets: int = 0
    differences: list[Difference] = []
    not_shown: int = 0


async def verify(uri: str, database: str, say: Say) -> Verified:
    """Recount all streams of a hub, each as of one moment, and return what differs.

    Raises `VerifyError`, or `DatabaseRefused` for a URI or a login that cannot be used.
    """
    with settings_refused():
        client = connect(uri, select_within_s=15)
    result = Verified()
    try:
        with rights_refused(database):
            opened = open_database(client, database)
            for stream in await _streams_of(opened):
                await _verify_stream(opened, stream, result, say)
    except Unavailable as error:
        raise VerifyError(f"the database does not answer: {cause_of(error)}") from error
    except (DriverError, ValueError) as error:
        reason = " ".join(str(error).split())[:LONGEST_REASON]
        raise VerifyError(f"the database cannot be read: {reason}") from error
    finally:
        client.close()
    return result


async def _streams_of(database: Database) -> list[str]:
    """Return the ids of a hub's streams, in order. Raises `VerifyError` where there is no hub."""
    with driver_errors():
        streams = sorted(await database.streams.distinct("_id"))
        secret = await database.meta.find_one({"_id": "secret"})
    if not streams or secret is None:
        missing = f"the database {database.name} holds no hub"
        raise VerifyError(f"{missing}: check HUB_DATA, HUB_MONGODB_URI and HUB_DATABASE")
    return streams


async def _verify_stream(database: Database, stream_id: str, result: Verified, say: Say) -> None:
    count, name, recount = 0, stream_id, None
    try:
        async with snapshot(database) as reader:
            stream, event = await reader.stream(stream_id), await reader.event(stream_id)
            if stream is None:  # deleted meanwhile
                return
            name = stream_id if event is None else event.name
            recount = Recount(stream, event)
            async for difference in _differences(reader, recount, stream_id):
                count += 1
                _keep(result, difference, count)
    except Unreadable as error:
        count += 1
        _keep(result, Difference(event=stream_id, what=f"a record cannot be read: {error.message}"), count)
    if recount is not None:
        result.events += stream_id != HUB_STREAM
        result.entries += recount.entries
        result.tickets += recount.tickets
    say(f"{name}: " + (f"{count} differences" if count else "agrees") + (f" ({_size(recount)})" if recount else ""))


def _keep(result: Verified, difference: Difference, count: int) -> None:
    if count <= MOST_SHOWN:
        result.differences.append(difference)
    else:
        result.not_shown += 1


def _size(recount: Recount) -> str:
    return f"{recount.entries} entries, {recount.tickets} tickets"


async def _differences(reader: Snapshot, recount: Recount, stream_id: str) -> AsyncIterator[Difference]:
    """Yield what differs, of the entries first, then of the counts, then of each ticket."""
    after = 0
    while entries := await reader.entries(stream_id, after, PAGE):
        for entry in entries:
            for difference in recount.add_entry(entry):
                yield difference
        after = entries[-1].seq
        await asyncio.sleep(REST_S)
    for difference in recount.check_stream():
        yield difference
    async for tickets in reader.tickets(stream_id):
        for ticket in tickets:
            for difference in recount.check_ticket(ticket):
                yield difference
        await asyncio.sleep(REST_S)


def lines_of(result: Verified) -> Iterator[str]:
    """Yield the lines of a recount: one for each difference with its entry or ticket, then the totals."""
    for each in result.differences:
        where = [f"entry {each.seq}"] * (each.seq is not None) + [f"ticket {each.ticket}"] * (each.ticket is not None)
        yield f"event {', '.join([each.event, *where])}: {each.what}"
    if result.not_shown:
        yield f"and {result.not_shown} more"
    total = len(result.differences) + result.not_shown
    yield f"{result.events} events, {result.entries} entries, {result.tickets} tickets: {total or 'no'} differences"
