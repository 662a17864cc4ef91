"""Merged cells and formulas without results: what the rows of a workbook's XML alone do not show."""

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from hub.errors import BadInput
from hub.importing.file.hidden import PIECE
from hub.importing.file.merged import Down, Features, Filler, find_features
from hub.model.imports import Choices
from tests.hub.importing.file.test_files import check_book, saved


def book_of(*rows: list[Any], merged: tuple[str, ...] = ()) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    return saved(book)


@pytest.mark.parametrize("merged", [("A2:A4", "D2:D4"), ("A2:A4", "D2:E4")])
def test_rows_of_an_order_whose_cells_are_merged_belong_to_that_order(merged: tuple[str, ...]) -> None:
    checked = check_book(
        book_of(
            ["Order number", "Ticket code", "Name", "Email"],
            ["O1", "T1", "Ada", "a@b.org"],
            [None, "T2", "Bob", None],
            [None, "T3", "Cleo", None],
            ["O2", "T4", "Dan", None],
            [None, "T5", "Eva", None],
            merged=merged,
        )
    )
    assert [(row.guest.barcode, row.reservation, row.email) for row in checked.sample] == [
        ("T1", "O1", "a@b.org"),
        ("T2", "O1", "a@b.org"),
        ("T3", "O1", "a@b.org"),
        ("T4", "O2", None),
        ("T5", None, None),
    ]


def test_tickets_without_codes_are_those_of_the_order_they_are_merged_with() -> None:
    checked = check_book(book_of(["Order number", "Name"], ["O1", "Ada"], [None, "Bob"], merged=("A2:A3",)))
    assert [(row.reservation, row.guest.first_name) for row in checked.sample] == [("O1", "Ada"), ("O1", "Bob")]


def test_a_title_that_is_merged_over_columns_fills_none_of_them_and_empty_rows_stay_empty() -> None:
    title = ["Winter concert", None, None]
    rows: list[list[Any]] = [
        ["Barcode", "Name", "Product"],
        ["T1", "Ada", "VIP"],
        [None, None, None],
        ["T2", "Bob", None],
    ]
    checked = check_book(book_of(title, *rows, merged=("A1:C1", "C3:C9")))
    assert [(row.number, row.guest.barcode, row.guest.product) for row in checked.sample] == [
        (3, "T1", "VIP"),
        (5, "T2", "VIP"),
    ]


def test_a_code_that_is_merged_over_several_guests_is_no_code_of_each() -> None:
    with pytest.raises(BadInput) as refusal:
        check_book(book_of(["Barcode", "Name"], ["T1", "Ada"], [None, "Bob"], merged=("A2:A3",)))
    assert refusal.value.code == "duplicate"


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        ((["Barcode", "Name"], ["T1", "Ada"], ['="T"&"2"', '=UPPER("bob")']), "A3"),
        ((["Barcode", "Name"], ["T1", '=CONCATENATE("A","da")']), "B2"),
        ((["Barcode", "Status"], ["T1", "=IF(TRUE,'x','y')"]), "B2"),
    ],
)
def test_a_formula_without_its_result_is_no_empty_cell(rows: tuple[list[Any], ...], cell: str) -> None:
    with pytest.raises(BadInput, match=f"Cell {cell} holds a formula without its result"):
        check_book(book_of(*rows))


HELD = b"".join(
    [
        b'<c r="B7"><f>A1</f><v>9</v></c><c r="C7" t="str"><f>""</f><v></v></c><c t="str" r="D7"><f>x</f><v/></c>',
        b'<c r="E7" t="str"><f>x</f></c><c r="F7"><v/></c><c r="G7"/><c r="H7"><f t="shared" si="0"/><v>1</v></c>',
    ]
)


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="AB12"><f>A1&amp;"x"</f></c>',
        b'<c r="AB12"><f>A1</f><v /></c>',
        b'<c r="AB12" t="n"><f>A1</f><v></v></c>',
        b"<x:c s='1' r='AB12' t='n'>\n <x:f t=\"shared\" si='0'/>\n</x:c>",
        b'<c r="AB12"><f>' + b"A1+" * 2000 + b"A1</f></c>",
    ],
)
def test_it_is_found_however_it_is_written_and_cut(cell: bytes) -> None:
    for before in (0, PIECE - 9, PIECE - 1, 2 * PIECE + 5):
        found = find_features(io.BytesIO(HELD + b" " * before + cell + cell.replace(b"12", b"13") + b"<c r='A13'/>"))
        assert found == Features([], {28: ("AB", 12)})
        assert find_features(io.BytesIO(HELD + b" " * before)) == Features([], {})


@pytest.mark.parametrize("head", ["Seats left", ""])
def test_a_formula_of_a_column_that_is_not_read_is_a_warning(head: str) -> None:
    book = book_of(["Barcode", "Name", head], ["T1", "Ada", 4], ["T2", "Bob", "=C2-1"], ["T3", "Cleo", "=C3-1"])
    checked = check_book(book)
    assert [row.guest.barcode for row in checked.sample] == ["T1", "T2", "T3"]
    assert [(each.row, each.code, each.message) for each in checked.warnings] == [
        (3, "unread_formula", "Cell C3 holds a formula without its result; its column is not read")
    ]


def test_a_formula_refuses_a_column_that_is_read_by_hand_and_none_that_is_left_out() -> None:
    book = book_of(["Barcode", "Name", "Diet"], ["T1", '=UPPER("ada")', '="no"&"ne"'])
    assert check_book(book, Choices(columns={"Name": ""})).rows == 1
    with pytest.raises(BadInput, match="Cell C2 holds a formula"):
        check_book(book, Choices(columns={"Name": "", "Diet": "answer"}))


@pytest.mark.parametrize("before", [0, PIECE - 9, PIECE - 30, 3 * PIECE])
def test_merged_cells_are_found_once_however_they_are_cut(before: int) -> None:
    xml = b'<mergeCells count="4"><mergeCell ref="A2:A4"/><x:mergeCell  ref=\'C1:E2\'/><mergeCell ref="A1:C1"/>'
    found = find_features(io.BytesIO(b" " * before + xml + b'<mergeCell ref="ZZZ1:ZZZ9"/>' + b" " * before))
    assert found.merged == [Down(1, 2, 4), Down(3, 1, 2)]


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 6), st.integers(1, 6)), max_size=8))
def test_a_filled_row_keeps_what_stands_in_it(merged: list[tuple[int, int, int]]) -> None:
    filler = Filler(Down(column, first, first + more) for column, first, more in merged)
    for number in range(1, 14):
        row = ["", f"b{number}"] if number % 3 else ["", ""]
        filled = filler.fill(number, row)
        assert filled[1] == row[1] or (filled[1] and not any(row)) or not row[1]
        assert any(row) or filled == row


@given(st.binary(max_size=300))
def test_anything_is_looked_through(content: bytes) -> None:
    found = find_features(io.BytesIO(b'<mergeCell ref="' + content))
    assert all(each.last > each.first for each in found.merged)
