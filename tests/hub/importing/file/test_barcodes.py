"""Barcodes that a spreadsheet ruined are told as that, with their rows; what can be taken off is taken off."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.importing.file.barcodes import mend
from tests.hub.importing.files import check, problems_of, refused

CASE = """barcode;name
4,00638E+12;Ada Example
4006381333931.0;Bob Example
="0040063813339";Cleo Example
"""


def test_each_ruined_barcode_is_named_with_what_the_spreadsheet_did() -> None:
    refusal = refused(CASE)
    assert (refusal.code, refusal.status) == ("spreadsheet", 422)
    assert problems_of(refusal) == [(row, "barcode", "spreadsheet") for row in (2, 3, 4)]
    assert [each.message for each in refusal.problems] == [
        "was turned into the number 4,00638E+12 by a spreadsheet, its digits are lost: "
        "export the list again, and keep the column as text",
        "was turned into the number 4006381333931.0 by a spreadsheet: read as 4006381333931",
        'stands as the formula ="0040063813339": read as 0040063813339',
    ]


@pytest.mark.parametrize(
    ("cell", "barcode"),
    [
        ("4006381333931.0", "4006381333931"),
        ("4006381333931,00", "4006381333931"),
        ('="0040063813339"', "0040063813339"),
        ('"=""0040063813339"""', "0040063813339"),
        ("'0040063813339", "0040063813339"),
        ("'=1+1", "=1+1"),
        ("\u202bR1\u200e", "R1"),
        ("\u2066\u200fA-7\u2069", "A-7"),
        ("\u200b0042\u2060", "0042"),
        ("\u202d4006381333931.0\u202c", "4006381333931"),
        ("'A1'", "A1"),
        ("“A1”", "A1"),
        ("„A1“", "A1"),
        ("« A1 »", "A1"),
        ("0012345.00", "0012345"),
        ("'007", "007"),
        ("abc1", "abc1"),
        ("A'1", "A'1"),
        ("“A1", "“A1"),
        ("k2jh34kj5h", "k2jh34kj5h"),
        ("4E12", "4E12"),
        ("1E+X", "1E+X"),
        ("12.5", "12.5"),
    ],
)
def test_what_can_be_taken_off_is(cell: str, barcode: str) -> None:
    checked = check(f"barcode;name\n{cell};Ada\n")
    assert checked.sample[0].guest.barcode == barcode
    is_mended = cell.strip('"') != barcode and not cell.startswith("'=")
    assert [(each.row, each.code) for each in checked.warnings] == ([(2, "spreadsheet")] if is_mended else [])


@pytest.mark.parametrize(
    "cell",
    [
        "4,00638E+12",
        "4.00638E+12",
        "4E+12",
        "9,00E+15",
        "\u200e4.1E+10",
        "#VALUE!",
        "#NOM?",
        "#BEZUG!",
        "1.234567890123450E+17",
        "12345678901234567.0",
        "#N/A",
        "#####",
        "#REF!",
    ],
)
def test_what_is_lost_is_an_error(cell: str) -> None:
    assert problems_of(refused(f"barcode;name\n{cell};Ada\n")) == [(2, "barcode", "spreadsheet")]


def test_a_column_whose_long_numbers_all_end_in_zeros_was_rounded() -> None:
    rounded = [f"12345678901234{n}000" for n in range(5)]
    assert len(problems_of(refused("barcode\n" + "\n".join(rounded) + "\n"))) == 5
    assert check("barcode\n" + "\n".join([*rounded, "123456789012349001"]) + "\n").rows == 6
    assert check("barcode\n1234567890123450\n").rows == 1


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec="ascii", categories=("L", "N")), min_size=1, max_size=40))
def test_letters_and_digits_are_left_as_they_are(text: str) -> None:
    assert mend(text).text == text and mend(text).harm is None


@settings(deadline=None)
@given(st.text(alphabet="0123456789", min_size=1, max_size=15))
def test_wrapping_as_a_formula_or_text_loses_nothing(digits: str) -> None:
    assert mend(f'="{digits}"').text == mend(f"'{digits}").text == mend(f"{digits}.0").text == digits


def test_codes_that_differ_in_case_or_leading_zeros_are_different_tickets() -> None:
    checked = check("barcode\nabc1\nABC1\n007\n7\n07\n")
    assert [row.guest.barcode for row in checked.sample] == ["abc1", "ABC1", "007", "7", "07"]
    assert checked.warnings == []


@pytest.mark.parametrize(
    ("cell", "kept", "said"),
    [
        ("4.17E+10", "4.17E+10", "digits are lost"),
        ("4,91711E+11", "4,91711E+11", "digits are lost"),
        ("41791234567.0", "41791234567", "read as 41791234567"),
        ("+33612345678,0", "+33612345678", "read as +33612345678"),
        ("'0791234567", "0791234567", "apostrophe"),
        ("0171.123456", "0171.123456", None),
        ("555.000", "555.000", None),
        ("01.23.45.67.00", "01.23.45.67.00", None),
    ],
)
def test_phone_numbers_that_a_spreadsheet_took_for_numbers_refuse_no_file(
    cell: str, kept: str, said: str | None
) -> None:
    checked = check(f'barcode;phone\nx;"{cell}"\n')
    assert checked.sample[0].phone_number == kept
    assert [(each.column, str(said) in each.message) for each in checked.warnings] == (
        [("phone_number", True)] if said else []
    )
