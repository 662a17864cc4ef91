"""What both sides have in their databases after an evening, and the history of each side alone for its checker."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from pymongo import MongoClient

from hub.model.event import Event
from hub.model.journal import Entry as StoredEntry
from hub.model.journal import Stream
from hub.model.relay.documents import RelayFact
from hub.model.ticket import Ticket
from store.mongo.documents import from_bson
from tests.faults.history.journal import SCAN_KINDS
from tests.faults.history.record import Attempt, Entry, History, Request, Rules
from tests.faults.relay_soak.phones import Shown, SideName, Tried

RULES = Rules(reentry="single")


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """Database of one side, read past its hub."""

    name: SideName
    event: Event
    stream: Stream
    journal: Sequence[StoredEntry]
    tickets: Mapping[str, Ticket]
    facts: Sequence[RelayFact]
    followed: int
    """Of the relay: the hub's number up to which all is here."""

    def is_given(self, entry: StoredEntry) -> bool:
        """Return whether the other side decided an entry, and this one only recorded it."""
        return ("relay" if self.name == "hub" else "upstream_seq") in entry.data


def read_side(name: SideName, uri: str, database: str, event_id: str) -> Side:
    """Read a side's database."""
    with MongoClient[dict[str, Any]](uri) as client:
        kept = client[database]
        copy = kept.relay_copies.find_one({"_id": event_id}) or {}
        return Side(
            name=name,
            event=from_bson(_one(kept.events.find_one({"_id": event_id})), Event),
            stream=from_bson(_one(kept.streams.find_one({"_id": event_id})), Stream),
            journal=[from_bson(each, StoredEntry) for each in kept.journal.find({"event": event_id}).sort("seq", 1)],
            tickets={each["_id"]: from_bson(each, Ticket) for each in kept.tickets.find({"event": event_id})},
            followed=copy.get("upstream_seq", 0),
            facts=[from_bson(each, RelayFact) for each in kept.relay_facts.find({"event": event_id})],
        )


def _one(found: dict[str, Any] | None) -> dict[str, Any]:
    assert found is not None
    return found


# --- the history of one side alone -----------------------------------------------------------------------------------


def history_of(side: Side, other: Side, shown: Sequence[Shown]) -> History:
    """Return a side's own history: what it decided is judged, what the other decided takes effect and is not."""
    requests = hub_requests(side, other, shown) if side.name == "hub" else relay_requests(side, shown)
    stream = side.stream
    return History(
        requests=list(requests),
        journal=[_entry(side, entry) for entry in side.journal],
        counts={"admitted": stream.admitted, "inside": stream.inside, "denied": stream.denied},
        seq=stream.seq,
        rules=RULES,
    )


def hub_requests(hub: Side, relay: Side, shown: Sequence[Shown]) -> Iterator[Request]:
    """Yield each scan as the hub had it, directly or forwarded, and the relay's facts from their scan on."""
    there = {entry.seq: entry.data.get("upstream_seq") for entry in relay.journal if entry.kind in SCAN_KINDS}

    def at_hub(tried: Tried) -> Attempt:
        seq = tried.attempt.seq
        if tried.side == "hub":
            return tried.attempt
        upstream_seq = there.get(seq or 0)
        return _open(tried) if upstream_seq is None else msgspec.structs.replace(tried.attempt, seq=upstream_seq)

    yield from _requests(hub, shown, at_hub, begun_by=shown)


def relay_requests(relay: Side, shown: Sequence[Shown]) -> Iterator[Request]:
    """Yield each scan as the relay had it; what it forwarded, and what came from the hub, as given.

    A scan that was asked at the hub first may be here from then on, before the phone asks here.
    """

    def at_relay(tried: Tried) -> Attempt:
        return tried.attempt if tried.side == "relay" else _open(tried)

    asked_here = [one for one in shown if any(each.side == "relay" for each in one.tried)]
    yield from _requests(relay, asked_here, at_relay, begun_by=shown)


def _requests(
    side: Side, shown: Sequence[Shown], as_here: Callable[[Tried], Attempt], *, begun_by: Sequence[Shown]
) -> Iterator[Request]:
    """Yield what was asked of a side, then what it was given beside; `begun_by` are the scans behind that.

    An answer that names a given entry repeats what the other side decided: it is given, too, and not judged here.
    """
    entries = {entry.seq: entry for entry in side.journal if entry.kind in SCAN_KINDS and side.is_given(entry)}
    begun = {(each.device, each.nonce): each.start for each in begun_by}
    for one in shown:
        attempts = [as_here(each) for each in one.tried]
        is_given = entries.pop(attempts[-1].seq or 0, None) is not None
        yield _request(one, attempts, given=attempts[-1].code if is_given else None)
    for entry in entries.values():
        yield _given(entry, begun[str(entry.device), str(entry.nonce)])


def _open(tried: Tried) -> Attempt:
    """Return an attempt that the other side answered: here it may have taken effect, at any time."""
    return Attempt(start=tried.attempt.start, end=tried.attempt.end)


def _request(shown: Shown, attempts: Iterable[Attempt], given: str | None = None) -> Request:
    return Request(
        nonce=shown.nonce,
        client=shown.device,
        subject=shown.ticket,
        action="in",
        door=shown.door,
        attempts=tuple(attempts),
        given=given,
    )


def _given(entry: StoredEntry, begun: float) -> Request:
    attempt = Attempt(start=begun, end=math.inf, code=entry.code, seq=entry.seq)
    return Request(
        nonce=str(entry.nonce),
        client=str(entry.device),
        subject=str(entry.ticket),
        action="in",
        door=str(entry.door),
        attempts=(attempt,),
        given=entry.code,
    )


def _entry(side: Side, stored: StoredEntry) -> Entry:
    return Entry(
        seq=stored.seq,
        kind=stored.kind,
        subject=stored.ticket,
        client=stored.device,
        door=stored.door,
        direction=stored.direction,
        code=stored.code,
        nonce=stored.nonce,
        effect=stored.effect,
        is_given=stored.kind in SCAN_KINDS and side.is_given(stored),
    )
