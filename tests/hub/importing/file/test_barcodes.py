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
    assert [
        text in each.message for each, text in zip(refusal.problems, ("lost", "4006381333931", "00400"), strict=True)
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
    ["4,00638E+12", "4.00638E+12", "4E+12", "1.234567890123450E+17", "12345678901234567.0", "#N/A", "#####", "#REF!"],
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
