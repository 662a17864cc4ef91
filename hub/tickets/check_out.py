"""Check-out without a door: exits of those inside on a ticket that expires or is deleted, and their return. Pure."""

from datetime import timedelta

import msgspec

from hub.door.ticket_state import State, difference, fold, rule_of, with_scan
from hub.model.command import NewEntry, UnitOfWork
from hub.model.ticket import Scan, Ticket

MOMENT = timedelta(milliseconds=1)


def state_of(unit: UnitOfWork, ticket: Ticket) -> State:
    """State of a ticket, with its people inside, by the rules of its event."""
    return fold(ticket, rule_of(ticket, unit.event))


def check_out(unit: UnitOfWork, ticket: Ticket, *, first_seq: int, reason: str) -> tuple[Ticket, list[NewEntry]]:
    """Return the ticket with no one inside any more, and one journal entry for each who left.

    `first_seq` is the number that the first of these entries gets. The exits come after whatever the ticket did
    before, even where another host's clock was ahead.
    """
    may_enter = rule_of(ticket, unit.event)
    state = fold(ticket, may_enter)
    at = max([unit.now, *(scan.at + MOMENT for scan in ticket.scans)])
    entries: list[NewEntry] = []
    for zone in state.where:
        seq = first_seq + len(entries)
        ticket = with_scan(ticket, Scan(at=at, seq=seq, direction="out", by="manual", into=zone))
        before, state = state, fold(ticket, may_enter)
        entries.append(_exit(ticket, difference(before, state), reason))
    return ticket, entries


def _exit(ticket: Ticket, effect: dict[str, int], reason: str) -> NewEntry:
    return NewEntry(
        kind="ticket.exited",
        ticket=ticket.id,
        direction="out",
        code="exited",
        by="manual",
        effect=effect,
        data={"reason": reason},
    )


def back_inside(unit: UnitOfWork, ticket: Ticket, after: Ticket) -> Ticket:
    """Return `after` with the exits undone that the expiry of `ticket` made: its last scans, made by no device.

    Where everybody was checked out since the last entry (`exit_all_at`) they stay.
    """
    exits = [scan for scan in ticket.scans if _is_check_out(scan)]
    last = state_of(unit, ticket).last
    exited_all_at = unit.event.exited_all_at
    was_let_out = last is not None and exited_all_at is not None and last.at < exited_all_at
    passages = [scan.seq for scan in ticket.scans if not scan.undone and not _is_check_out(scan)]
    exits = [scan for scan in exits if scan.seq > max(passages, default=0)]
    if was_let_out:
        return after
    scans = [msgspec.structs.replace(each, undone=True) if each in exits else each for each in after.scans]
    return msgspec.structs.replace(after, scans=scans)


def _is_check_out(scan: Scan) -> bool:
    return scan.direction == "out" and scan.by == "manual" and scan.device is None and not scan.undone
