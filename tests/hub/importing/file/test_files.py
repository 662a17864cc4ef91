"""Files as spreadsheets and sellers write them: UTF-16, a line with the separator, no head, workbooks, hostile ones."""

import asyncio
import io
import zipfile
from datetime import datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from hub.errors import BadInput
from hub.importing.check import Checker
from hub.importing.checked import Checked
from hub.importing.file import hidden, workbook
from hub.importing.problems import ColumnsUnknown
from hub.model.imports import Choices
from tests.hub.importing.files import check, nothing_taken, problems_of, refused, times, uploaded, when_of

LIST = "barcode;prénom;nom\r\nx1;Søren;Ångström\r\ny2;山田;太郎\r\n"


def xlsx(*rows: Any, title: str = "Sheet", before: str | None = None) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = before or title
    if before is not None:
        sheet.append(["A summary", "of something else"])
        sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def check_book(content: bytes, choices: Choices | None = None) -> Checked:
    async def whole() -> Checked:
        upload = uploaded(content, 4096)
        try:
            await upload.unpack()
            return await Checker(upload, times(), nothing_taken, choices).check()
        finally:
            upload.close()

    return asyncio.run(whole())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_read_with_and_without_its_mark(encoding: str) -> None:
    checked = check(LIST.encode(encoding))
    assert checked.table.encoding == "UTF-16"
    assert [row.guest.first_name for row in checked.sample] == ["Søren", "山田"]


@pytest.mark.parametrize("encoding", ["utf-32", "utf-8-sig"])
def test_other_encodings_of_unicode_are_read_with_their_marks(encoding: str) -> None:
    assert [row.guest.first_name for row in check(LIST.encode(encoding)).sample] == ["Søren", "山田"]


def test_half_a_character_at_the_end_breaks_nothing() -> None:
    assert check(LIST.encode("utf-16") + b"\n").rows >= 2


@pytest.mark.parametrize(
    ("line", "separator", "name"), [("sep=;", ";", "semicolon"), ('"sep=,"', ",", "comma"), ("SEP=\t", "\t", "tab")]
)
def test_a_line_with_the_separator_is_no_row(line: str, separator: str, name: str) -> None:
    rows = [line, separator.join(["barcode", "date"]), separator.join(["x", "2026-12-24"]), separator.join(["y", "?"])]
    refusal = refused("\ufeff" + "\r\n".join(rows))
    assert problems_of(refusal) == [(3, "date", "invalid")]
    checked = check("\r\n".join(rows[:3]))
    assert (checked.rows, checked.table.separator, checked.table.columns) == (1, name, ["barcode", "date"])


def test_a_file_of_codes_alone_needs_no_head() -> None:
    checked = check("4006381333931\n4006381333948\n")
    assert (checked.rows, checked.table.has_head) == (2, False)
    assert [(row.number, row.guest.barcode) for row in checked.sample] == [(1, "4006381333931"), (2, "4006381333948")]


def test_columns_without_heads_are_offered_and_named_by_their_places() -> None:
    content = "Ada,Lovelace,4006381333931\nEva,Example,4006381333948\n"
    with pytest.raises(ColumnsUnknown) as unknown:
        check(content)
    assert [(each.head, each.example) for each in unknown.value.columns] == [
        ("column 1", "Ada"),
        ("column 2", "Lovelace"),
        ("column 3", "4006381333931"),
    ]
    named = Choices(columns={"column 1": "first_name", "Column 2": "last_name", "column 3": "barcode"})
    assert [row.guest.last_name for row in check(content, choices=named).sample] == ["Lovelace", "Example"]


def test_heads_that_mean_nothing_are_offered_with_an_example() -> None:
    with pytest.raises(ColumnsUnknown) as unknown:
        check("Wristband,Who\nW-17,Ada\n")
    assert [(each.head, each.example) for each in unknown.value.columns] == [("Wristband", "W-17"), ("Who", "Ada")]


def test_a_workbook_is_read_as_its_cells_look() -> None:
    rows = [
        ["Barcode", "Name", "Date", "Time", "Phone", "Paid"],
        [4006381333931, "Ada", datetime(2026, 12, 24), time(20, 30), "0123 4", True],
        ["0042", "Eva;=1+1", "24.12.2026", "20h30", None, False],
        [None, None, None, None, None, None],
        [43, "山田　太郎", datetime(2026, 12, 24, 20, 30), None, 491711234567, True],
    ]
    checked = check_book(xlsx(*rows, title="Guests", before="Summary"))
    assert checked.table.sheet is not None and checked.table.sheet.name == "Guests"
    assert [(row.number, row.guest.barcode) for row in checked.sample] == [(2, "4006381333931"), (3, "0042"), (5, "43")]
    assert {when_of(row) for row in checked.sample} == {("2026-12-24", "20:30")}
    assert [row.paid for row in checked.sample] == [True, False, True]


def test_numbers_that_lost_their_digits_in_a_workbook_are_ruined_barcodes() -> None:
    with pytest.raises(BadInput) as refusal:
        check_book(xlsx(["Barcode"], [12345678901234567], [1.5e20]))
    assert refusal.value.code == "spreadsheet"


def zipped(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", part)
    return content.getvalue()


def with_part(name: str, part: bytes) -> bytes:
    """Return a workbook with one part replaced, or one more."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(["barcode"], ["x"]))) as book, zipfile.ZipFile(content, "w") as archive:
        for each in book.namelist():
            if each != name:
                archive.writestr(each, book.read(each), zipfile.ZIP_DEFLATED)
        archive.writestr(name, part, zipfile.ZIP_DEFLATED)
    return content.getvalue()


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
)
HOSTILE = {
    "no archive": b"PK\x03\x04" + b"x" * 100,
    "an archive of something else": zipped(a=b"<a/>"),
    "entities": with_part("xl/worksheets/sheet1.xml", ENTITIES),
    "no sheet": with_part("xl/worksheets/sheet1.xml", b"<worksheet"),
    "an empty sheet": xlsx(),
    "cut off": xlsx(["barcode"], ["x"])[:-40],
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_workbook_that_cannot_be_read_is_refused_in_our_words(content: bytes) -> None:
    with pytest.raises(BadInput) as refusal:
        check_book(content)
    assert refusal.value.message in (workbook.UNREADABLE, "The workbook is empty")


PADDING = b"x" * (2**16 - 20)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0" + b"x" * 100, "before 2007"),
        (b"\xd0\xcf\x11\xe0" + PADDING + "EncryptedPackage".encode("utf-16-le") + b"x", "password"),
        (b"<html><table><tr><td>barcode</td></tr></table></html>", "neither CSV nor"),
        (b"\xef\xbb\xbf\r\n<?xml version='1.0'?><Workbook/>", "neither CSV nor"),
        (b"%PDF-1.7 barcode", "neither CSV nor"),
        (b'[{"barcode": "x"}]', "neither CSV nor"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "neither CSV nor"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF,barcode\n", "neither CSV nor"),
        (b"Rar!\x1a\x07\x00barcode,name\n", "neither CSV nor"),
        (b"7z\xbc\xaf\x27\x1cbarcode,name\n", "neither CSV nor"),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00" + b"x" * 90, "neither CSV nor"),
        (b"BEGIN:VCARD\r\nFN:Ada\r\nEND:VCARD\r\n", "neither CSV nor"),
        (bytes(range(1, 256)) * 3, "neither CSV nor"),
    ],
)
def test_a_file_of_another_kind_is_told_as_that(content: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        check_book(content)


def test_dates_of_either_calendar_and_cached_values_of_formulas_are_read() -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    assert book.active is not None
    for row in (["Barcode", "Date", "Time"], ["x", datetime(2026, 12, 24), time(20, 30)]):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    assert when_of(check_book(content.getvalue()).sample[0]) == ("2026-12-24", "20:30")
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>barcode</t></is></c></row>'
        b'<row r="2" hidden="1"><c r="A2" t="str"><f>UPPER("k7")</f><v>K7</v></c></row></sheetData></worksheet>'
    )
    assert check_book(with_part("xl/worksheets/sheet1.xml", sheet)).sample[0].guest.barcode == "K7"


def saved(book: Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(("serial", "epoch"), [(46380.854166667, None), (44918.854166667, CALENDAR_MAC_1904)])
def test_serial_numbers_without_a_format_are_counted_from_the_workbooks_own_day(serial: float, epoch: Any) -> None:
    book = Workbook()
    book.epoch = epoch or book.epoch
    assert book.active is not None
    for row in (["Barcode", "Start date"], ["x", serial], ["y", str(serial)], ["z", int(serial)]):
        book.active.append(row)
    rows = check_book(saved(book)).sample
    assert [when_of(row) for row in rows] == [("2026-12-24", "20:30")] * 3


def test_what_a_filter_or_a_person_hid_is_read_and_counted() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Barcode", "Name", "Phone"], *([f"B{n}", f"Ada {n}", "0123 4"] for n in range(6))):
        sheet.append(row)
    for number in (3, 4, 7, 60):
        sheet.row_dimensions[number].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet.column_dimensions.group("D", "XFD", hidden=True)
    checked = check_book(saved(book))
    facts = checked.table.sheet
    assert facts is not None
    assert (checked.rows, facts.hidden_rows, facts.hidden_columns, facts.is_hidden) == (6, 3, ["C"], False)
    assert facts.unread == []


def test_a_hidden_sheet_and_lists_on_other_sheets_are_named() -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["A summary"])
    for name in ("Friday", "Saturday", "Notes"):
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden"
        for row in (["Barcode", "Name"], [f"{name} 1", "Ada"]) if name != "Notes" else (["Call Bob"],):
            sheet.append(row)
    facts = check_book(saved(book)).table.sheet
    assert facts is not None
    assert (facts.name, facts.is_hidden, facts.unread) == ("Friday", True, ["Saturday"])


@pytest.mark.parametrize(
    ("tag", "rows", "columns"),
    [
        ('<row r="7" spans="1:2" hidden="1"/>', {7}, set()),
        ("<row/><x:row hidden='true' ht='0' r='2'>", {2}, set()),
        ('<col min="2" max="3" width="9" hidden="1"/><col min="5" max="5"/>', set(), {2, 3}),
        ('<row hidden="0" r="1"/><rowBreaks hidden="1"/><column hidden="1"/>', set(), set()),
        ('<row r="99999999999999999999999" hidden="1"/><col min="-1" max="x" hidden="1"/>', set(), set()),
    ],
)
def test_hidden_rows_and_columns_are_found_however_they_are_written_and_cut(
    tag: str, rows: set[int], columns: set[int]
) -> None:
    for before in (0, hidden.PIECE - 9, hidden.PIECE - 1, 3 * hidden.PIECE):
        found = hidden.find_hidden(io.BytesIO(b" " * before + tag.encode() + b"<c/>" * 10))
        assert (set(found.rows), set(found.columns)) == (rows, columns)


@given(st.binary(max_size=200))
def test_hidden_rows_are_looked_for_in_anything(content: bytes) -> None:
    assert all(row > 0 for row in hidden.find_hidden(io.BytesIO(b"<row " + content)).rows)


def test_rows_of_a_format_alone_make_no_sheet_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    book = check_book(xlsx(["barcode"], ["x"], *([None] for _ in range(50)), ["y"]))
    assert [row.number for row in book.sample] == [2, 53]


def test_codes_are_read_with_the_zeros_that_their_format_shows() -> None:
    book = Workbook()
    assert book.active is not None
    for value in ("Barcode", 42, 1234567890123, 7):
        book.active.append([value])
    for cell, shown in (("A2", "0000000"), ("A3", "0000000"), ("A4", "0.00")):
        book.active[cell].number_format = shown
    content = io.BytesIO()
    book.save(content)
    rows = check_book(content.getvalue()).sample
    assert [row.guest.barcode for row in rows] == ["0000042", "1234567890123", "7"]


TITLE = ("Guests of the winter concert, 24 December", "", "printed 2026-12-01")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_title_may_stand_above_the_head(separator: str) -> None:
    lines = [*TITLE, separator.join(["Barcode", "First name"]), separator.join(["x", "Ada"]), separator.join(["y", ""])]
    checked = check("\r\n".join(lines))
    assert [(row.number, row.guest.barcode, row.guest.first_name) for row in checked.sample] == [
        (5, "x", "Ada"),
        (6, "y", ""),
    ]
    book = check_book(xlsx(*([line] for line in TITLE), ["Barcode", "First name"], ["x", "Ada"]))
    assert [(row.number, row.guest.first_name) for row in book.sample] == [(5, "Ada")]


def test_a_row_of_data_is_no_head_whatever_stands_in_it() -> None:
    checked = check("barcode,product,status\nx,Ticket,paid\ny,Name,valid\n")
    assert [(row.guest.barcode, row.guest.product) for row in checked.sample] == [("x", "Ticket"), ("y", "Name")]


def test_utf_16_without_a_mark_is_known_by_its_head_alone() -> None:
    rows = "".join(f"x{n};山田太郎{n};東京都千代田区\r\n" for n in range(400))
    checked = check(f"barcode;name;city\r\n{rows}".encode("utf-16-le"))
    assert (checked.table.encoding, checked.rows) == ("UTF-16", 400)


def test_old_macs_end_lines_by_a_carriage_return() -> None:
    assert check("barcode,name\rx,Ada\ry,Bob\r").rows == 2


def test_an_archive_that_unpacks_to_more_than_it_may_is_refused_before(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = with_part("xl/sharedStrings.xml", b"<sst>" + b" " * (65 * 2**20))
    assert len(bomb) < 200_000
    with pytest.raises(BadInput) as refusal:
        check_book(bomb)
    assert (refusal.value.code, refusal.value.status) == ("too_large", 413)
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    with pytest.raises(BadInput, match="too long"):
        check_book(xlsx(["barcode"], *([n] for n in range(5))))
    with pytest.raises(BadInput, match="columns"):
        check_book(xlsx(["barcode"], ["x"] * 501))


def test_rows_of_which_nothing_comes_take_only_so_long(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = b'<row r="2"><c r="A2"><v>1</v></c></row>' * 5000
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    book = with_part("xl/worksheets/sheet1.xml", sheet + rows + b"</sheetData></worksheet>")
    monkeypatch.setattr(workbook, "LONGEST_S", -1)
    with pytest.raises(BadInput) as refusal:
        check_book(book)
    assert refusal.value.code == "too_large"


def test_a_row_far_beyond_the_last_is_not_walked_to() -> None:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>barcode</t></is></c></row>'
        b'<row r="999999999"><c r="A999999999" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>'
    )
    with pytest.raises(BadInput) as refusal:
        check_book(with_part("xl/worksheets/sheet1.xml", sheet))
    assert refusal.value.code == "too_large"


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("content.xml", "OpenDocument"),
        ("Index/Document.iwa", "Numbers"),
        ("xl/workbook.bin", "xlsb"),
        ("word/document.xml", "docx"),
        ("Tickets 2026.CSV", "ZIP"),
        ("guests.xlsx", "ZIP"),
    ],
)
def test_an_archive_of_another_kind_is_called_by_its_name(part: str, kind: str) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(part, b"x")
    with pytest.raises(BadInput, match=kind):
        check_book(content.getvalue())


@pytest.mark.parametrize("end", ["\r", "\r\n"])
def test_what_a_mac_saves_is_read_with_its_accents(end: str) -> None:
    file = end.join(["barcode;prénom;nom", "x1;Zoé;Müller", "x2;René;Côté", ""])
    checked = check(file.encode("mac-roman"))
    assert checked.table.encoding == "Mac Roman"
    assert [(row.guest.first_name, row.guest.last_name) for row in checked.sample] == [
        ("Zoé", "Müller"),
        ("René", "Côté"),
    ]
    assert check(file.replace(end, "\n").encode("cp1252")).table.encoding == "Windows-1252"


def test_lists_that_were_put_together_have_their_head_and_marks_once() -> None:
    checked = check("\ufeffbarcode,name\nx1,Ada\n\ufeffbarcode,name\n\ufeffx2,Bob\nbarcode , name\n")
    assert [(row.number, row.guest.barcode) for row in checked.sample] == [(2, "x1"), (4, "x2")]


@pytest.mark.parametrize("total", ["Total,,20", "TOTAL: 2,,20", ",Totaux,20", "Gesamtsumme,,", ",Total,", "Summe,,20"])
def test_a_line_of_totals_is_no_ticket(total: str) -> None:
    checked = check(f"barcode,name,price\nx1,Ada,10\nx2,Total,10\n{total}\n")
    assert [row.guest.barcode for row in checked.sample] == ["x1", "x2"]
    assert [(each.row, each.code) for each in checked.warnings] == [(4, "total")]


@pytest.mark.parametrize("separator", [",", ";", "|"])
@pytest.mark.parametrize("first", ["", "\ufeff"])
def test_a_list_that_a_spreadsheet_saved_again_as_one_column_is_read(separator: str, first: str) -> None:
    rows = [["barcode", "name"], ["A1", "Ada"], ["A2", f'"Example{separator} Bob"'], ["A3", '"Cleo ""the Q"""']]
    lines = ['"' + separator.join(row).replace('"', '""') + '"' for row in rows]
    checked = check(first + "\r\n".join([*lines, ""]))
    assert [row.guest.barcode for row in checked.sample] == ["A1", "A2", "A3"]
    assert [f"{row.guest.first_name} {row.guest.last_name}" for row in checked.sample] == [
        *("Ada ", f"Example{separator} Bob", 'Cleo "the Q"')
    ]


def test_one_column_of_codes_in_quotes_is_no_list_in_a_list() -> None:
    assert [row.guest.barcode for row in check('"barcode"\n"A1,name"\n"A2"\n').sample] == ["A1,name", "A2"]


@pytest.mark.parametrize("content", [b"\r\n\r\n  \r\n", b"\xef\xbb\xbf", b",,,\n,,\n", b"sep=;\r\n", b"barcode,name\n"])
def test_a_file_of_nothing_or_of_a_head_alone_holds_no_ticket(content: bytes) -> None:
    with pytest.raises(BadInput, match="There is no ticket in the file"):
        check(content)


def test_a_row_with_more_cells_than_the_head_is_refused_since_they_may_have_moved() -> None:
    refusal = refused("barcode,name,status\nA1,Example, Ada,cancelled\nA2,Bob,paid,,\nA3,Cleo\n")
    assert (2, "barcode", "cells") in problems_of(refusal)
    assert [each.row for each in refusal.problems if each.code == "cells"] == [2]
    assert check("barcode,name;\nA1,Ada,,,\nA2,Bob\n").rows == 2
    assert check_book(xlsx(["barcode", "name"], ["A1", "Ada", "a note beside the list"])).rows == 1


CELLS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**18), 10**18)
    | st.floats(allow_nan=False)
    | st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=20)
)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=6))
def test_any_workbook_is_read_or_refused_and_never_breaks(rows: list[list[Any]]) -> None:
    try:
        check_book(xlsx(["barcode", "name", "status", "date"], *rows))
    except BadInput:
        pass


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", b"\xff\xfe", b"\xfe\xff", b"sep=;\n", b"PK\x03\x04"]))
def test_whatever_begins_a_file_it_is_read_or_refused(content: bytes, begin: bytes) -> None:
    if not begin + content:
        return
    try:
        check_book(begin + content)
    except BadInput:
        pass
