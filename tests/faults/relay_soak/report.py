"""Report of a relay soak: asked, acknowledged, refused, unanswered, by side; conflicts; times of recovery."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from tests.faults.history.journal import SCAN_KINDS
from tests.faults.relay_soak.line import HttpLine
from tests.faults.relay_soak.phones import Shown
from tests.faults.relay_soak.sides import Side
from tests.faults.soak.report import Hurt


def describe(
    shown: Sequence[Shown], hub: Side, relay: Side, line: HttpLine, hurts: Sequence[Hurt], seconds: float
) -> Iterator[str]:
    """Yield the report, line by line."""
    codes = Counter(each.verdict or "unanswered" for each in shown)
    attempts = sum(len(each.tried) for each in shown)
    refused = sum(codes.values()) - codes["admitted"] - codes["unanswered"]
    yield f"asked {len(shown)} ({attempts} attempts) in {seconds:.0f} s, acknowledged {codes['admitted']}, " + (
        f"refused {refused}, unanswered {codes['unanswered']}"
    )
    yield "answers: " + ", ".join(f"{code} {times}" for code, times in codes.most_common())
    scans = {side.name: [entry for entry in side.journal if entry.kind in SCAN_KINDS] for side in (hub, relay)}
    alone = sum(not relay.is_given(entry) for entry in scans["relay"])
    facts = sum(hub.is_given(entry) for entry in scans["hub"])
    yield f"decided by the relay alone {alone}, of which came up as facts of their own {facts}"
    conflicts = sum(entry.kind == "ticket.conflict" for entry in hub.journal)
    yield f"journals: hub {hub.stream.seq} entries, relay {relay.stream.seq}; tickets let in by both sides {conflicts}"
    yield f"line: {line.passed} requests arrived, {line.repeated} were repeated"
    waits = sorted(each.attempt.end - each.attempt.start for one in shown for each in one.tried)
    yield f"answer to an attempt: median {waits[len(waits) // 2] * 1000:.0f} ms, longest {waits[-1]:.1f} s"
    took: dict[str, list[float]] = defaultdict(list)
    for hurt in hurts:
        took[hurt.name].append(hurt.recovered - hurt.healed)
    for name, times in sorted(took.items()):
        yield f"{name}: {len(times)} times, nothing waits {max(times):.1f} s at most after all was healed"
