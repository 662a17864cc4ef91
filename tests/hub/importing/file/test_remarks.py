"""Rows that are no tickets: totals in any language, remarks of the program that wrote the list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.importing.file.remarks import remark_in
from tests.hub.importing.files import check, problems_of, refused


@pytest.mark.parametrize(
    "row",
    [
        *("Totale,,20", "Totaal,2,20", "Итого,,20", "合計,,20", "Razem,,20", "Summa:,,20", "Yhteensä,,20"),
        *("TOTAL GERAL,,20", "المجموع,,20", "סה״כ,,20", "Toplam,,20", "総計,,", "Celkem,,"),
        *(",,20", ",,€ 20.00", ',,"1.234,50 €"', ",,20 EUR"),
        *("2 tickets,,20", "Total: 2,,20", "12 billets,,", "# page 2,,", "## end,,", "// sorted by name,,"),
    ],
)
def test_a_total_or_a_remark_is_left_out_and_said(row: str) -> None:
    checked = check(f"barcode,name,price\nx1,Ada,10\nx2,Total,10\n{row}\nx3,,\n")
    assert [each.guest.barcode for each in checked.sample] == ["x1", "x2", "x3"]
    assert [(each.row, each.code in ("total", "remark")) for each in checked.warnings] == [(4, True)]


@pytest.mark.parametrize("row", ["#1001,Ada,10", "# 7,Ada,10", "20,,", "Totalo,,20", "x #2,,", "Total-7,,", "2,,20"])
def test_what_may_be_a_ticket_is_one(row: str) -> None:
    checked = check(f"barcode,name,price\n{row}\n")
    assert [each.guest.barcode for each in checked.sample] == [row.split(",")[0]]
    assert checked.warnings == []


@pytest.mark.parametrize("row", [",Ada,20", ",12,", ",,free"])
def test_a_guest_without_a_code_is_no_total(row: str) -> None:
    assert problems_of(refused(f"barcode,name,price\nx1,Ada,10\n{row}\n")) == [(3, "barcode", "invalid")]


@pytest.mark.parametrize("code", ["---", "-", "—", "===", "* * *", "_", "..."])
def test_a_line_or_a_dash_is_no_code(code: str) -> None:
    refusal = refused(f"barcode,name\nx1,Ada\n{code},---\n")
    assert problems_of(refusal) == [(3, "barcode", "invalid")]
    assert "neither a letter nor a digit" in refusal.problems[0].message


@given(st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N")), min_size=9, max_size=30))
def test_a_guest_with_a_code_is_never_a_remark(code: str) -> None:
    assert remark_in({"barcode": f"k{code}7", "name": "Ada"}, [f"k{code}7", "Ada"]) is None
