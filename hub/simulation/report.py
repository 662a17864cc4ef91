"""Report of a simulated night on a terminal: a progress bar while it lasts, a table after it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TextIO

from hub.simulation.audit import PASSES, Evidence, ScanAnswer
from hub.simulation.plan import WireName

WIRES: tuple[WireName, ...] = ("REST", "WebSocket")
BAR_WIDTH = 40
PARTS = {"p50": 0.50, "p95": 0.95, "p99": 0.99}
SHOWN_DIFFERENCES = 50


class Progress:
    """Progress bar on a terminal; elsewhere a line for each tenth."""

    def __init__(self, total: int, out: TextIO) -> None:
        self._total = max(total, 1)
        self._out = out
        self._done = 0
        self._codes: Counter[str] = Counter()

    def step(self, answer: ScanAnswer) -> None:
        """Show that one more scan was answered."""
        self._done += 1
        self._codes["in" if answer.code == "admitted" else "out" if answer.code == "exited" else "refused"] += 1
        if self._out.isatty():
            self._out.write(f"\r{self._line()}{chr(10) if self._done == self._total else ''}")
        elif self._done * 10 // self._total > (self._done - 1) * 10 // self._total:
            self._out.write(f"{self._line()}\n")
        self._out.flush()

    def _line(self) -> str:
        filled = BAR_WIDTH * self._done // self._total
        counts = "  ".join(f"{self._codes[name]} {name}" for name in ("in", "out", "refused"))
        return f"[{'#' * filled:.<{BAR_WIDTH}}] {self._done}/{self._total} scans  {counts}"


def table(answers: Sequence[ScanAnswer]) -> list[str]:
    """Return the lines about all scans: by verdict, and how long they took, on each wire."""
    return [_row("", *WIRES, "both"), *_verdicts(answers), "", *_latencies(answers), "", _retries(answers)]


def _verdicts(answers: Sequence[ScanAnswer]) -> Iterable[str]:
    count = Counter((each.wire, each.code) for each in answers)
    codes = Counter(each.code for each in answers)
    for code in sorted(codes, key=lambda code: (code not in PASSES, -codes[code])):
        yield _row(code, *(str(count[wire, code]) for wire in WIRES), str(codes[code]))


def _latencies(answers: Sequence[ScanAnswer]) -> Iterable[str]:
    columns = [[each.latency_s for each in answers if each.wire == wire] for wire in WIRES]
    columns.append([each.latency_s for each in answers])
    for name, part in PARTS.items():
        yield _row(name, *(_milliseconds(column, part) for column in columns))


def _milliseconds(latencies_s: Sequence[float], part: float) -> str:
    if not latencies_s:
        return "-"
    return f"{1000 * sorted(latencies_s)[int(len(latencies_s) * part)]:.1f} ms"


def _retries(answers: Sequence[ScanAnswer]) -> str:
    again = sum(each.tries > 1 for each in answers)
    replayed = sum(each.replayed for each in answers)
    return f"asked again after no answer: {again} over REST; answers given a second time: {replayed}"


def _row(name: str, *cells: str) -> str:
    return f"{name:<18}" + "".join(f"{cell:>12}" for cell in cells)


def verdict(evidence: Evidence, differences: Sequence[str]) -> list[str]:
    """Return the lines that say whether all agree."""
    if not differences:
        counts = evidence.occupancy
        return [
            f"{len(evidence.answers)} verdicts, {len(evidence.journal)} journal entries: "
            f"{counts['admitted']} tickets admitted, {counts['inside']} inside, {counts['denied']} refused at entry.",
            "What the doors were told, what the journal holds and what the dashboard showed agree exactly.",
        ]
    shown = [f"  - {difference}" for difference in differences[:SHOWN_DIFFERENCES]]
    hidden = len(differences) - len(shown)
    return [f"THEY DO NOT AGREE: {len(differences)} differences", *shown, *([f"  ... {hidden} more"] if hidden else [])]
