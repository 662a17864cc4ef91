"""Merge rule of a relay: what a ticket and the counts are, of the hub's side and what was decided here. Pure.

A ticket is the hub's document with the scans on top that are not echoed yet. Its state is the fold of all of them, as
everywhere, so that the order in which both sides deliver makes no difference (docs/relay.md, numbers).
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from hub.door.payment import as_paid
from hub.door.ticket_state import with_scan
from hub.model.command import merge_effect
from hub.model.journal import Stream
from hub.model.ticket import Scan, Ticket

UNBOUNDED = frozenset({"inside"})
"""Counts that may fall below zero."""


class Numbers(msgspec.Struct, kw_only=True):
    """Numbers of one page: from the hub's to the relay's. Up to `began` they are the same.

    `reached` is the hub's number up to which all is here after the page.
    """

    began: int
    reached: int
    here: dict[int, int] = {}

    def of(self, upstream_seq: int, ticket: Ticket | None = None) -> int | None:
        """Return the relay's number of the hub's; None where it is not known: not here yet, or of a dropped scan."""
        if upstream_seq <= self.began:
            return upstream_seq
        if upstream_seq in self.here:
            return self.here[upstream_seq]
        kept = ticket.scans if ticket is not None else []
        return next((scan.seq for scan in kept if scan.upstream_seq == upstream_seq), None)


def merged(upstream: Ticket, local: Ticket | None, numbers: Numbers, echoed: frozenset[int] = frozenset()) -> Ticket:
    """Return a ticket as a relay keeps it: the hub's, with the scans of `local` that are not echoed yet.

    `echoed` are the relay's numbers of those that this page brings back. Scans of the hub that are newer than the page
    come with their entries.
    """
    ticket = replace(upstream, scans=list(_numbered(upstream, local, numbers)))
    for scan in pending(local, numbers, echoed):
        ticket = with_scan(ticket, _as_fact(scan))
    return _with_payment(_with_undone(ticket, local), local, echoed)


def _with_payment(ticket: Ticket, local: Ticket | None, echoed: frozenset[int]) -> Ticket:
    """Return a ticket as paid where it was paid for here, and the hub does not know that yet."""
    payment = local.payment if local is not None else None
    if payment is None or payment.taken_here is None or payment.taken_here in echoed or ticket.payment is not None:
        return ticket
    return replace(as_paid(ticket), payment=payment)


def _with_undone(ticket: Ticket, local: Ticket | None) -> Ticket:
    """Return a ticket with those scans undone that were undone here, which the hub does not know yet."""
    here = {scan.seq for scan in local.scans if scan.undone_here} if local is not None else frozenset[int]()
    if not here:
        return ticket
    scans = [
        replace(scan, undone=True, undone_here=True) if scan.seq in here and not scan.undone else scan
        for scan in ticket.scans
    ]
    return replace(ticket, scans=scans)


def pending(local: Ticket | None, numbers: Numbers, echoed: frozenset[int] = frozenset()) -> Sequence[Scan]:
    """Return the scans of a relay's ticket that were decided here and have not come back from the hub."""
    kept = local.scans if local is not None else []
    return [scan for scan in kept if scan.seq not in echoed and _is_pending(scan, numbers)]


def _is_pending(scan: Scan, numbers: Numbers) -> bool:
    if scan.upstream_seq is not None:
        return scan.upstream_seq > numbers.reached
    return scan.seq > numbers.began


def _numbered(upstream: Ticket, local: Ticket | None, numbers: Numbers) -> Iterable[Scan]:
    """Yield the hub's scans, of this page and before, by the relay's numbers."""
    for scan in upstream.scans:
        if scan.seq > numbers.reached:
            continue
        here = numbers.of(scan.seq, local)
        if here == scan.seq and scan.seq <= numbers.began:
            yield scan
        else:
            yield replace(scan, seq=-scan.seq if here is None else here, upstream_seq=scan.seq)


def _as_fact(scan: Scan) -> Scan:
    """Return a scan as the hub will record it: a fact, unless the hub itself had decided it."""
    return scan if scan.upstream_seq is not None else replace(scan, by="batch")


# --- the counts --------------------------------------------------------------------------------------------------


def counts_of(stream: Stream) -> dict[str, int]:
    """Return a stream's counts as an effect from nothing to them."""
    counts = {
        name: getattr(stream, name) for name in ("booked", "capacity", "admitted", "inside", "headcount", "denied")
    }
    counts |= {f"zones.{zone}": count for zone, count in stream.zones.items()}
    for door, count in stream.doors.items():
        counts |= {f"doors.{door}.{name}": getattr(count, name) for name in count.__struct_fields__}
    return {path: count for path, count in counts.items() if count}


def total(base: Mapping[str, int], on_top: Mapping[str, int]) -> dict[str, int]:
    """Return the counts of a relay: the hub's and what is on top, none below zero that must not be."""
    summed = dict(base)
    merge_effect(summed, dict(on_top))
    return {path: count if path in UNBOUNDED else max(0, count) for path, count in summed.items()}


def added(effect: Mapping[str, int], other: Mapping[str, int], sign: int = 1) -> dict[str, int]:
    """Return the sum (or with `sign` -1 the difference) of two effects, without what is nothing."""
    summed = dict(effect)
    merge_effect(summed, {path: sign * delta for path, delta in other.items()})
    return {path: delta for path, delta in summed.items() if delta}
