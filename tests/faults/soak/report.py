"""Report of a soak: asked, acknowledged, refused, unanswered, recovery times, anomalies; as text."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.faults.history.check import check
from tests.faults.history.objects import PASSES
from tests.faults.history.record import History, Request
from tests.faults.soak.doors import Recorder

RECOVERED_WITHIN_S = 30.0
"""From the moment that all runs again until each hub has answered a request that was sent after it.

A hub's own start is in it, and the time until a door happens to ask there.
"""


class Hurt(NamedTuple):
    """One fault: its name, when it began, when all ran again, when each hub had answered a request after that."""

    name: str
    begun: float
    healed: float
    recovered: float


def recovery_after(recorder: Recorder, hosts: Sequence[str], healed: float) -> float | None:
    """Return when each of the hosts had answered a request that was sent after `healed`, or None."""
    first = [min((end for start, end in recorder.answered_at[host] if start >= healed), default=None) for host in hosts]
    return None if None in first else max(filter(None, first))


def anomalies(
    history: History, recorder: Recorder, hurts: Sequence[Hurt], without_majority: Sequence[tuple[float, float]]
) -> Iterator[str]:
    """Yield all that must not be: faults of the history, wrong answers, writes without a majority, slow recoveries."""
    yield from map(str, check(history))
    yield from recorder.wrong
    for begun, ended in without_majority:
        for request in history.requests:
            if _is_written_between(request, begun, ended):
                yield f"acknowledged without a majority: {request}"
    for hurt in hurts:
        if hurt.recovered - hurt.healed > RECOVERED_WITHIN_S:
            yield f"{hurt.name}: works again {hurt.recovered - hurt.healed:.1f} s after all was healed"


def _is_written_between(request: Request, begun: float, ended: float) -> bool:
    """Return whether a request that wrote was asked for the first time and answered between two moments."""
    answer = request.answer
    return answer is not None and answer.seq is not None and request.start > begun and answer.end < ended


def tracebacks(logs: Sequence[Path]) -> Counter[str]:
    """Count the lines of JSON logs that hold an exception, by their event and its last line, and those without JSON."""
    found: Counter[str] = Counter()
    for log in logs:
        for line in log.read_text(errors="replace").splitlines():
            try:
                said = json.loads(line)
            except ValueError:
                said = {"event": "no JSON", "exception": line}
            if "exception" in said:
                found[f"{said['event']}: {said['exception'].splitlines()[-1]:.90}"] += 1
    return found


def describe(history: History, recorder: Recorder, hurts: Sequence[Hurt]) -> Iterator[str]:
    """Yield the report, line by line."""
    codes = Counter(request.code or "unanswered" for request in history.requests)
    passed = sum(codes[code] for code in PASSES)
    refused = sum(codes.values()) - passed - codes["unanswered"]
    attempts = sum(len(request.attempts) for request in history.requests)
    yield f"asked {len(history.requests)} ({attempts} attempts), acknowledged {passed}, refused {refused}, " + (
        f"unanswered {codes['unanswered']}; journal {history.seq} entries, {len(history.followers)} live followers"
    )
    yield "answers: " + ", ".join(f"{code} {times}" for code, times in codes.most_common())
    waits = sorted(attempt.end - attempt.start for request in history.requests for attempt in request.attempts)
    yield f"answer to an attempt: median {waits[len(waits) // 2] * 1000:.0f} ms, longest {waits[-1]:.1f} s"
    by_name: dict[str, list[float]] = defaultdict(list)
    for hurt in hurts:
        by_name[hurt.name].append(hurt.recovered - hurt.healed)
    for name, took in sorted(by_name.items()):
        yield f"{name}: {len(took)} times, works again {max(took):.1f} s at most after all was healed"
