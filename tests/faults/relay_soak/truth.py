"""Check of both sides against one another, after the line has healed: one truth, and each conflict named once."""

from collections import Counter
from collections.abc import Iterator, Sequence

from hub.relay.merge import counts_of
from tests.faults.history.check import check
from tests.faults.history.journal import SCAN_KINDS
from tests.faults.relay_soak.phones import Shown
from tests.faults.relay_soak.sides import Side, history_of
from tests.hub.relay.test_merge_machine import comparable


def anomalies(hub: Side, relay: Side, shown: Sequence[Shown]) -> Iterator[str]:
    """Yield all that must not be: faults of each side alone, and what both do not agree on."""
    for side, other in ((hub, relay), (relay, hub)):
        yield from (f"{side.name} alone: {anomaly}" for anomaly in check(history_of(side, other, shown)))
        yield from _recorded(side, shown)
        yield from _conflicts(side)
    yield from _alike(hub, relay)
    yield from _facts(relay)


def _recorded(side: Side, shown: Sequence[Shown]) -> Iterator[str]:
    """Yield a fault for each acknowledged scan, whichever side answered it, that is not on record here once."""
    recorded = Counter((entry.device, entry.nonce, entry.ticket, entry.code) for entry in side.journal)
    for one in shown:
        if one.verdict is not None and (times := recorded[one.device, one.nonce, one.ticket, one.verdict]) != 1:
            yield f"{side.name}: acknowledged and {times} times on record: {one}"


def _conflicts(side: Side) -> Iterator[str]:
    """Yield a fault for each ticket whose admissions beside the first are not named as conflicts, once each."""
    admitted = Counter(entry.ticket for entry in side.journal if entry.kind == "ticket.scanned")
    named = Counter(entry.ticket for entry in side.journal if entry.kind == "ticket.conflict")
    for ticket in admitted | named:
        if named[ticket] != max(0, admitted[ticket] - 1):
            yield f"{side.name}: {ticket} was admitted {admitted[ticket]} times, {named[ticket]} conflicts are named"


def _alike(hub: Side, relay: Side) -> Iterator[str]:
    if counts_of(hub.stream) != counts_of(relay.stream):
        yield f"counts differ: {counts_of(hub.stream)} and {counts_of(relay.stream)}"
    if hub.tickets.keys() != relay.tickets.keys():
        yield f"tickets differ: {sorted(hub.tickets.keys() ^ relay.tickets.keys())[:5]}"
    for name in hub.tickets.keys() & relay.tickets.keys():
        folds = comparable(hub.tickets[name], hub.event), comparable(relay.tickets[name], relay.event)
        if folds[0] != folds[1]:
            yield f"folds of {name} differ: {folds[0]} and {folds[1]}"
    both = [conflicts_of(side) for side in (hub, relay)]
    if both[0] != both[1]:
        yield f"conflicts differ: {both[0] - both[1]} and {both[1] - both[0]}"


def conflicts_of(side: Side) -> Counter[tuple[object, ...]]:
    """Count the conflicts that a side names, by ticket, scan and reason."""
    found = [entry for entry in side.journal if entry.kind == "ticket.conflict"]
    return Counter((each.ticket, each.device, each.nonce, each.data["reason"]) for each in found)


def _facts(relay: Side) -> Iterator[str]:
    for fact in relay.facts:
        if fact.refused is not None or fact.is_waiting or not fact.is_echoed:
            yield f"relay: a fact that is refused, waits, or has no echo: {fact}"


def differing(hub: Side) -> set[str]:
    """Return the nonces of scans that the hub decided otherwise than the relay: of these both are on record."""
    scans = [entry for entry in hub.journal if entry.kind in SCAN_KINDS]
    own = {str(entry.nonce) for entry in scans if not hub.is_given(entry)}
    return own & {str(entry.nonce) for entry in scans if hub.is_given(entry)}
