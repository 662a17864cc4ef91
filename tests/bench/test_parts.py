"""Each benchmark still runs, at sizes that say nothing of speed, and yields the rows that its table names."""

import asyncio
import math

import pytest

from bench.__main__ import PARTS, Size
from bench.report import ROWS

ROWS_OF = {
    "scans": {"scans"},
    "fanout": {"fanout"},
    "hosts": {"hosts"},
    "lists": {"lists"},
    "imports": {"import", "correct", "export"},
    "expiry": {"expiry"},
    "pushes": {"pushes"},
    "relay": {"relay"},
    "growth": {"growth"},
}
"""The first part of the keys of each part's rows."""


@pytest.mark.long
@pytest.mark.parametrize("name", PARTS)
def test_a_part_runs_and_yields_all_of_its_rows(name: str) -> None:
    rows = asyncio.run(PARTS[name](Size.TINY))
    assert {row.key for row in rows} == {key for key in ROWS if key.partition(".")[0] in ROWS_OF[name]}
    # Of a few scans the processor time may be less than the clock of it can say.
    assert all(row.value >= 0 and math.isfinite(row.value) for row in rows), rows


def test_every_row_is_yielded_by_one_part_or_by_the_peer() -> None:
    assert ROWS_OF.keys() == PARTS.keys()
    assert {key.partition(".")[0] for key in ROWS} == set.union(*ROWS_OF.values()) | {"peer"}
