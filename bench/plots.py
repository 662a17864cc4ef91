"""`python -m bench.plots`: the table of bench/results as a picture for docs/benchmarks.md, in SVG.

A bar for each row that something is asked of: by how many times it misses that, or is better, on a logarithmic scale.
"""

import math
from collections.abc import Iterator, Mapping
from html import escape

import click

from bench.report import ROOT, ROWS, Results, Row, read

FILE = ROOT / "docs" / "benchmarks.svg"
WIDTH, LABELS, LINE, TOP = 960, 560, 22, 40
RANGE = 8.0
"""Bars end at so many times what is asked, either way."""
STYLE = (
    "text { font: 13px system-ui, sans-serif; fill: #222; } .met { fill: #2a7d4f; } .missed { fill: #c2571a; } "
    "line { stroke: #777; } @media (prefers-color-scheme: dark) { text { fill: #ddd; } .met { fill: #57b583; } "
    ".missed { fill: #e8894f; } line { stroke: #999; } }"
)


@click.command()
def main() -> None:
    """Draw the picture anew."""
    FILE.write_text(draw(read()))
    click.echo(f"written to {FILE}")


def times_asked(row: Row) -> float | None:
    """Return how many times what is asked a row is, above 1 where it is not met; None where nothing is asked."""
    asked = ROWS[row.key]
    if row.value <= 0:
        return None
    if asked.most is not None:
        return row.value / asked.most
    return None if asked.least is None else asked.least / row.value


def draw(results: Mapping[str, Results]) -> str:
    """Return the picture of all rows that something is asked of, in the order of the table."""
    measured = {row.key: row for each in results.values() for row in each.rows}
    rows = [measured[key] for key in ROWS if key in measured]
    bars = [(row, times) for row in rows if (times := times_asked(row)) is not None]
    height = TOP + LINE * len(bars) + 10
    middle = (LABELS + WIDTH) / 2
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
        f"<title>Benchmarks beside what is asked of them</title><style>{STYLE}</style>",
        f'<text x="{middle - 8}" y="20" text-anchor="end">met</text><text x="{middle + 8}" y="20">not met</text>',
        *(line for number, bar in enumerate(bars) for line in _bar(*bar, TOP + LINE * number)),
        f'<line x1="{middle}" y1="28" x2="{middle}" y2="{height - 8}"/>',
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _bar(row: Row, times: float, y: int) -> Iterator[str]:
    asked = ROWS[row.key]
    half = (WIDTH - LABELS) / 2
    middle = LABELS + half
    bounded = math.log(min(max(times, 1 / RANGE), RANGE)) / math.log(RANGE)
    length = max(abs(bounded) * half, 1)
    x = middle if times > 1 else middle - length
    limit = f"at most {asked.most:g}" if asked.most is not None else f"at least {asked.least:g}"
    words = f"{asked.what}: {row.value:.3g} {asked.unit}".strip()
    yield f'<text x="{LABELS - 8}" y="{y + 14}" text-anchor="end">{escape(words)}</text>'
    look = "missed" if times > 1 else "met"
    yield (
        f'<rect class="{look}" x="{x:.1f}" y="{y + 3}" width="{length:.1f}" height="{LINE - 7}">'
        f"<title>{escape(f'{words}, asked: {limit}')}</title></rect>"
    )


if __name__ == "__main__":
    main()
