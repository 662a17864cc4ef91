"""Cells of CSV: no spreadsheet runs one, whatever it takes for a separator, and reading gives back what was written."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.formats.csv_cells import from_cell, to_cell

RUN = re.compile(r"[\s\"]*[=+\-@]")


@pytest.mark.parametrize(
    "text",
    ["=1+1", "@SUM(A1)", "'=1", "x;=1+1", "x; =1", 'x;"=1', 'x;""=1', "a;-1;+1", "x;'=1", " =1", "\uff1d1"],
)
def test_formula_is_text_in_whatever_separates_cells(text: str) -> None:
    cell = to_cell(text)
    assert not any(RUN.match(part) for part in cell.split(";"))
    assert cell != text and from_cell(cell) == text


@given(st.text("ab;='\"+-@ \t\r\uff1d", max_size=20))
def test_cell_that_was_written_is_read_as_it_was(text: str) -> None:
    cell = to_cell(text)
    assert from_cell(cell) == text
    assert not any(RUN.match(part) for part in cell.split(";"))


@pytest.mark.parametrize("text", ["Ada Lovelace", "x;y", "1-2", "O'Hara", "a;b'c", "+"[:0]])
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert to_cell(text) == text == from_cell(text)
