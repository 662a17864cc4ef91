"""Check of a history against its journal: the order that the hub itself says it took.

Every acknowledged scan stands in it once, none that was not asked for, numbers without gap; its order respects real
time; gone through entry by entry it gives each answer, exceeds no limit at any step, and comes to the hub's counts.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from tests.faults.history.models import Rooms, TicketModel, TicketState
from tests.faults.history.objects import PASSES, REFUSALS, describe
from tests.faults.history.record import Action, Anomaly, Door, Entry, Fault, History, Request

SCAN_KINDS = {"ticket.scanned": "admitted", "ticket.exited": "exited", "ticket.denied": None}
"""Kinds of entries that a scan makes, with their code where the kind has one."""


def check_journal(history: History) -> Iterator[Anomaly]:
    """Yield what history and journal do not agree on."""
    scans = [entry for entry in history.journal if entry.kind in SCAN_KINDS]
    asked = {(request.client, request.nonce): request for request in history.requests}
    yield from _numbers(history)
    yield from _entries(scans, asked)
    yield from _acknowledged(history, scans)
    yield from _order(history)
    yield from _steps(history, scans)
    yield from _counts(history, scans)


def _numbers(history: History) -> Iterator[Anomaly]:
    numbers = [entry.seq for entry in history.journal]
    if twice := [seq for seq, times in Counter(numbers).items() if times > 1]:
        yield Anomaly("gap", f"numbers that stand twice: {twice[:5]}")
    newest = max([history.seq, *numbers])
    if missing := sorted(set(range(1, newest + 1)) - set(numbers)):
        yield Anomaly("gap", f"{len(missing)} of {newest} numbers are missing: {missing[:5]}")


def _entries(scans: list[Entry], asked: Mapping[tuple[str, str], Request]) -> Iterator[Anomaly]:
    """Yield a fault for each entry that was not asked for, and each request that was entered twice."""
    names = Counter((str(entry.client), str(entry.nonce)) for entry in scans if not entry.is_given)
    for name, times in names.items():
        if name not in asked:
            yield Anomaly("phantom entry", f"{name} was never asked for")
        elif times > 1:
            yield Anomaly("retry entered twice", f"{describe(asked[name])} has {times} entries")


def _acknowledged(history: History, scans: list[Entry]) -> Iterator[Anomaly]:
    """Yield a fault for each answered request that is not in the journal as it was answered."""
    by_name = defaultdict(list)
    for entry in scans:
        by_name[entry.client, entry.nonce].append(entry)
    for request in history.requests:
        if len(request.answers) > 1:
            yield Anomaly("retry answered otherwise", f"{describe(request)}: {sorted(map(str, request.answers))}")
        if request.answer is None or request.answer.seq is None:
            continue
        entries = by_name[request.client, request.nonce]
        if not entries:
            yield Anomaly("lost acknowledged scan", f"{describe(request)}, seq {request.answer.seq}")
        elif not any(_is_of(entry, request) for entry in entries):
            yield Anomaly("entry unlike its answer", f"{describe(request)}, seq {request.answer.seq}: {entries[0]}")


def _is_of(entry: Entry, request: Request) -> bool:
    assert request.answer is not None
    of_answer = (request.answer.seq, request.answer.code, request.action)
    return of_answer == (entry.seq, entry.code, entry.direction) and entry.subject in (request.subject, None)


def _order(history: History) -> Iterator[Anomaly]:
    """Yield a fault for each request whose number is below one that was answered before it began."""
    numbered = [(r, r.answer.seq) for r in history.requests if r.answer is not None and r.answer.seq is not None]
    by_end = sorted(numbered, key=lambda each: each[0].end)
    newest, position = 0, 0
    for request, seq in sorted(numbered, key=lambda each: each[0].start):
        while position < len(by_end) and by_end[position][0].end < request.start:
            newest = max(newest, by_end[position][1])
            position += 1
        if seq < newest:
            text = f"{describe(request)} has seq {seq}, and {newest} was answered before it began"
            yield Anomaly("real-time order violated", text)


def _steps(history: History, scans: list[Entry]) -> Iterator[Anomaly]:
    """Yield a fault for each entry whose verdict is not the right one after those before it, limits included."""
    model, rooms = TicketModel(history.rules), Rooms(history.rules.limits)
    states: dict[str, TicketState] = {}
    for entry in sorted(scans, key=lambda each: each.seq):
        if entry.subject is None or entry.code not in PASSES + REFUSALS:
            continue
        before = states.get(entry.subject, TicketState())
        door = history.rules.doors.get(str(entry.door), Door())
        is_full = entry.direction == "in" and rooms.is_full(before, door)
        outcomes = dict(model.outcomes(before, _request_of(entry)))
        right = [code for code in outcomes if code not in ("admitted", "full") or (code == "full") == is_full]
        if entry.code not in right and not entry.is_given:
            yield Anomaly(_fault_of(entry, before), f"seq {entry.seq}: {entry.code} where {right} is right: {entry}")
        after = outcomes.get(str(entry.code), before)
        rooms.move(before, after)
        states[entry.subject] = after


def _request_of(entry: Entry) -> Request:
    action: Action = "out" if entry.direction == "out" else "in"
    given = entry.code if entry.is_given else None
    return Request(
        nonce="", client="", subject=str(entry.subject), action=action, door=str(entry.door), attempts=(), given=given
    )


def _fault_of(entry: Entry, before: TicketState) -> Fault:
    if entry.code not in PASSES:
        return "refusal that no order explains"
    return "double admission" if before.entries or entry.code == "exited" else "limit exceeded"


def _counts(history: History, scans: list[Entry]) -> Iterator[Anomaly]:
    """Yield a fault for each count that is neither the sum of the effects nor what the scans come to."""
    effects: Counter[str] = Counter()
    for entry in history.journal:
        effects.update(entry.effect)
    recounted = _recount(history, scans)
    for path in sorted(history.counts):
        counted = history.counts[path]
        if counted != effects[path]:
            yield Anomaly("wrong count", f"{path} is {counted}, the effects of the journal make it {effects[path]}")
        if path in recounted and counted != recounted[path]:
            yield Anomaly("wrong count", f"{path} is {counted}, the scans of the journal make it {recounted[path]}")


def _recount(history: History, scans: list[Entry]) -> dict[str, int]:
    """Return the counts that the verdicts alone make, without regard to any effect."""
    passes = Counter(entry.code for entry in scans)
    admitted = {entry.subject for entry in scans if entry.code == "admitted"}
    denied = sum(entry.code not in PASSES and entry.direction == "in" for entry in scans)
    counts = {"admitted": len(admitted), "denied": denied}
    if not any(door.into or door.out_of for door in history.rules.doors.values()):
        counts["inside"] = passes["admitted"] - passes["exited"]
    return counts
