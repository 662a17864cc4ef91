"""Audit of a night: doors, journal, counts and dashboard must agree. Pure.

Each check returns its differences as sentences; no sentence at all means that they agree exactly.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from hub.model.base import Direction
from hub.model.kinds import PASSAGE_KINDS
from hub.simulation.plan import Night, WireName

PASSES = ("admitted", "exited")
KIND_OF = {"admitted": "ticket.scanned", "exited": "ticket.exited"}
COUNTS = ("booked", "admitted", "inside", "denied")
DOOR_COUNTS = ("admitted", "exited", "denied")

Counts = dict[str, int]


class ScanAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The hub's answer to one scan; one that is no verdict has no `seq`."""

    guest: int
    door: int
    device: str
    wire: WireName
    direction: Direction
    code: str
    seq: int | None = None
    ticket: str | None = None
    latency_s: float = 0.0
    tries: int = 1
    replayed: bool = False


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """Journal entry as the live protocol has it."""

    seq: int
    kind: str
    ticket: str | None = None
    code: str | None = None
    device: str | None = None
    effect: dict[str, int] = {}


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """The record of a night: answers, journal, counts and dashboard."""

    night: Night
    door_ids: Sequence[str]
    tickets: Mapping[int, str]
    """Each guest's ticket."""
    answers: Sequence[ScanAnswer]
    journal: Sequence[Recorded]
    occupancy: Mapping[str, Any]
    """The answer of GET /api/events/{uuid}/occupancy."""
    shown: Mapping[str, Any]
    """The counts that the dashboard showed last."""


def reckon(evidence: Evidence) -> list[str]:
    """Return every difference, as text; empty where all agree."""
    return [
        *_without_verdict(evidence),
        *_gaps(evidence),
        *_answered_but_not_written(evidence),
        *_written_but_not_answered(evidence),
        *_wrong_tickets(evidence),
        *_wrong_verdicts(evidence),
        *_admitted_twice(evidence),
        *_wrong_counts(evidence),
    ]


# --- doors and journal -------------------------------------------------------------------------------------------


def _without_verdict(evidence: Evidence) -> Iterable[str]:
    for answer in evidence.answers:
        if answer.seq is None:
            yield f"{_scan(answer)} was told {answer.code or 'nothing'}, without a seq"


def _gaps(evidence: Evidence) -> Iterable[str]:
    last = evidence.occupancy["seq"]
    numbers = Counter(entry.seq for entry in evidence.journal)
    if missing := [seq for seq in range(1, last + 1) if seq not in numbers]:
        yield f"the journal lacks {len(missing)} of {last} entries: {_some(missing)}"
    if beyond := [seq for seq in numbers if seq > last]:
        yield f"the journal goes on after {last}: {_some(beyond)}"
    if twice := [seq for seq, times in numbers.items() if times > 1]:
        yield f"the journal tells entries twice: {_some(twice)}"


def _answered_but_not_written(evidence: Evidence) -> Iterable[str]:
    journal = {entry.seq: entry for entry in evidence.journal}
    taken: dict[int, ScanAnswer] = {}
    for answer in _answered(evidence):
        assert answer.seq is not None
        if answer.seq in taken:
            yield f"{_scan(answer)} and {_scan(taken[answer.seq])} were both told seq {answer.seq}"
        taken[answer.seq] = answer
        entry = journal.get(answer.seq)
        if entry is None:
            yield f"{_scan(answer)} was told {answer.code} at seq {answer.seq}, which the journal has not"
        elif _of_entry(entry) != _of_answer(answer):
            yield f"{_scan(answer)}: told {_of_answer(answer)}, but entry {answer.seq} is {_of_entry(entry)}"


def _of_answer(answer: ScanAnswer) -> tuple[str | None, ...]:
    return KIND_OF.get(answer.code, "ticket.denied"), answer.code, answer.ticket, answer.device


def _of_entry(entry: Recorded) -> tuple[str | None, ...]:
    return entry.kind, entry.code, entry.ticket, entry.device


def _written_but_not_answered(evidence: Evidence) -> Iterable[str]:
    answered = {answer.seq for answer in evidence.answers}
    for entry in evidence.journal:
        if entry.kind in PASSAGE_KINDS and entry.seq not in answered:
            yield f"the journal has {_of_entry(entry)} at seq {entry.seq}, which no door was told"


# --- the plan ----------------------------------------------------------------------------------------------------


def _wrong_tickets(evidence: Evidence) -> Iterable[str]:
    for answer in _answered(evidence):
        if answer.ticket not in (None, evidence.tickets[answer.guest]):
            yield f"{_scan(answer)} was answered with another guest's ticket, {answer.ticket}"


def _wrong_verdicts(evidence: Evidence) -> Iterable[str]:
    codes: dict[int, list[str]] = {}
    for answer in _answered(evidence):
        codes.setdefault(answer.guest, []).append(answer.code)
    for guest in evidence.night.guests:
        verdicts = tuple(sorted(codes.get(guest.number, ())))
        if verdicts != guest.expects:
            yield f"guest {guest.number}, who {guest.story}, was told {verdicts} where {guest.expects} is right"


def _admitted_twice(evidence: Evidence) -> Iterable[str]:
    inside: set[str] = set()
    passes = sorted((t for t in _answered(evidence) if t.code in PASSES and t.ticket), key=lambda t: t.seq or 0)
    for answer in passes:
        ticket = str(answer.ticket)
        if answer.code == "admitted" and ticket in inside:
            yield f"{_scan(answer)} was admitted at seq {answer.seq}, though ticket {ticket} was inside"
        (inside.add if answer.code == "admitted" else inside.discard)(ticket)


# --- the counts --------------------------------------------------------------------------------------------------


def _wrong_counts(evidence: Evidence) -> Iterable[str]:
    right = counts_of_answers(evidence)
    sources = {
        "the hub's occupancy": counts_of_frame(evidence.occupancy),
        "the dashboard": counts_of_frame(evidence.shown),
        "the journal's effects": counts_of_journal(evidence.journal),
    }
    for source, counts in sources.items():
        for name in sorted(right.keys() | counts.keys()):
            if counts.get(name, 0) != right.get(name, 0):
                yield f"{source}: {name} is {counts.get(name, 0)}, the doors make it {right.get(name, 0)}"


def counts_of_answers(evidence: Evidence) -> Counts:
    """Return the counts that follow from the answers at the doors."""
    answered = list(_answered(evidence))
    passes = Counter(answer.code for answer in answered if answer.code in PASSES)
    counts = {
        "booked": len(evidence.tickets),
        "admitted": len({answer.ticket for answer in answered if answer.code == "admitted"}),
        "inside": passes["admitted"] - passes["exited"],
        "denied": sum(_is_denied(answer) for answer in answered),
    }
    for answer in answered:
        counter = "denied" if _is_denied(answer) else answer.code
        if counter in DOOR_COUNTS:
            path = f"doors.{evidence.door_ids[answer.door]}.{counter}"
            counts[path] = counts.get(path, 0) + 1
    return counts


def _is_denied(answer: ScanAnswer) -> bool:
    """Return whether an entry was refused; a refused exit is not counted."""
    return answer.code not in PASSES and answer.direction == "in"


def counts_of_journal(journal: Iterable[Recorded]) -> Counts:
    """Return the sum of all effects."""
    counts: Counter[str] = Counter()
    for entry in journal:
        counts.update(entry.effect)
    return {path: value for path, value in counts.items() if path in COUNTS or path.startswith("doors.")}


def counts_of_frame(frame: Mapping[str, Any]) -> Counts:
    """Return the counts of an occupancy, as the live protocol and REST have it."""
    counts: Counts = {name: frame.get(name, 0) for name in COUNTS}
    for door in frame.get("doors", ()):
        counts |= {f"doors.{door['id']}.{name}": door[name] for name in DOOR_COUNTS if door[name]}
    return counts


# --- words -------------------------------------------------------------------------------------------------------


def _answered(evidence: Evidence) -> Iterable[ScanAnswer]:
    return (answer for answer in evidence.answers if answer.seq is not None)


def _scan(answer: ScanAnswer) -> str:
    return f"guest {answer.guest} at door {answer.door + 1} ({answer.direction}, {answer.wire})"


def _some(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:5]))
    return f"{shown}, ..." if len(numbers) > 5 else shown
