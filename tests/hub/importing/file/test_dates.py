"""Dates of other sellers: the order of day and month is a whole column's; what cannot be read is never guessed."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.importing.file.dates import read_clock, read_moment
from hub.model.imports import Choices, DateOrder
from tests.hub.importing.files import check, problems_of, refused, times, when_of

CASE = """barcode,name,date,time
A1,Ada Example,11/25/2090,8:30 PM
A2,Bob Example,11/12/2090,8:30 PM
"""
SHOWINGS = (("2090-11-12", "20:30"), ("2090-11-25", "20:30"), ("2090-12-11", "20:30"))


def days(file: str, *showings: tuple[str, str], order: DateOrder | None = None) -> list[str]:
    return [when_of(row)[0] for row in check(file, times(*showings or SHOWINGS), Choices(dates=order)).sample]


def test_one_row_that_allows_one_order_decides_for_the_column() -> None:
    assert days(CASE) == ["2090-11-25", "2090-11-12"]


@pytest.mark.parametrize(
    ("decides", "decided"),
    [
        ("11/25/90", "11/12/90"),
        ("25-11-2090", "12-11-2090"),
        ("25 11 2090", "12 11 2090"),
        ("25. 11. 2090", "12. 11. 2090"),
        ("١١/٢٥/٢٠٩٠", "١١/١٢/٢٠٩٠"),  # noqa: RUF001
        ("90/11/25", "90/11/12"),
        ("11/25/2090 8:30 PM", "11/12/2090 8:30 PM"),
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_the_one_row_decides_wherever_it_stands_and_however_dates_are_written(
    decides: str, decided: str, is_first: bool
) -> None:
    rows = [decides, decided] if is_first else [decided, decides]
    file = "barcode,start date\n" + "".join(f"A{n},{text}\n" for n, text in enumerate(rows))
    assert sorted(days(file)) == ["2090-11-12", "2090-11-25"]


def test_where_both_orders_remain_it_asks_and_takes_the_answer() -> None:
    file = "barcode,date,time\nA2,11/12/2090,20:30\n"
    refusal = refused(file, times(*SHOWINGS))
    assert (refusal.code, refusal.status) == ("ambiguous_dates", 422)
    assert problems_of(refusal) == [(2, "date", "ambiguous_dates")]
    assert refusal.question is not None
    assert {(each.dates, each.means) for each in refusal.question.choices} == {
        ("dmy", date(2090, 12, 11)),
        ("mdy", date(2090, 11, 12)),
    }
    assert "dates=dmy" in refusal.problems[0].message
    assert days(file, order="mdy") == ["2090-11-12"]
    assert days(file, order="dmy") == ["2090-12-11"]


def test_days_that_the_event_does_not_have_decide_too() -> None:
    file = "barcode,date,time\nA2,11/12/2090,20:30\n"
    assert days(file, ("2090-12-11", "20:30"), ("2090-11-25", "20:30")) == ["2090-12-11"]


def test_a_day_that_is_the_same_in_both_orders_is_not_asked_about() -> None:
    assert days("barcode,date\nx,11/11/2090\n", ("2090-11-11", "20:30")) == ["2090-11-11"]


def test_rows_that_contradict_each_other_are_named() -> None:
    file = "barcode,date,time\na,11/25/2090,20:30\nb,25/11/2090,20:30\n"
    assert (3, "date", "ambiguous_dates") in problems_of(refused(file, times(*SHOWINGS)))


def test_an_answer_that_a_row_does_not_allow_is_an_error_of_that_row() -> None:
    refusal = refused(CASE, times(*SHOWINGS), Choices(dates="dmy"))
    assert problems_of(refusal) == [(2, "date", "invalid")]


@pytest.mark.parametrize(
    "cell",
    [
        "2090-11-25 20:30",
        "2090-11-25T20:30:59",
        "2090-11-25T19:30:00Z",
        "2090-11-25 14:30 -0500",
        "2090-11-25T20:30:00.000+01:00",
        "25/11/90 20h30",
        "25.11.2090, 20:30 Uhr",
        "11/25/2090 8:30 PM",
        "11/25/90, 8:30:15 p.m.",
        "Nov 25, 2090 at 8:30 PM",
        "samedi 25 novembre 2090 à 20h30",
        "Samstag, 25. November 2090 20:30",
        "sábado, 25 de noviembre de 2090, 20:30",
        "20901125T203000",
        "69727.854166667",
        "69727,8541666666",
        "٢٥/١١/٢٠٩٠ ٢٠:٣٠",  # noqa: RUF001
        "２０９０/１１/２５ ２０:３０",  # noqa: RUF001
        "2090年11月25日 20:30",
    ],
)
def test_moments_are_read_as_sellers_and_spreadsheets_write_them(cell: str) -> None:
    assert days(f'barcode,start date\nx,"{cell}"\n') == ["2090-11-25"]


@pytest.mark.parametrize(
    ("cell", "clock"),
    [
        ("20:30", "20:30"),
        ("20h30", "20:30"),
        ("20:30:00", "20:30"),
        ("8:30 PM", "20:30"),
        ("8.30 p.m.", "20:30"),
        ("12:05 am", "00:05"),
        ("20 Uhr", "20:00"),
        ("20h", "20:00"),
        ("0.854166666666667", "20:30"),
        ("0,8541666667", "20:30"),
        ("à 20h30", "20:30"),
    ],
)
def test_times_of_day_are_read_as_people_write_them(cell: str, clock: str) -> None:
    found = read_clock(cell)
    assert found is not None and f"{found:%H:%M}" == clock


@pytest.mark.parametrize("cell", ["half past eight", "25:00", "13 pm", "20:61", "8:30 XM", "2030", "8 or 9"])
def test_a_time_that_cannot_be_read_is_an_error_even_where_the_day_has_one_showing(cell: str) -> None:
    refusal = refused(f"barcode,date,time\nx,2090-11-25,{cell}\n", times(*SHOWINGS))
    assert problems_of(refusal) == [(2, "time", "invalid")]


@pytest.mark.parametrize(
    "cell",
    [
        "tomorrow",
        "31/31/2090",
        "00/11/2090",
        "25/11/20901",
        "25/11/2090 soon",
        "11/2090",
        "9",
        "#N/A",
        "0",
        "25/11/0090",
        "0090-11-25",
        "-5",
    ],
)
def test_a_date_that_cannot_be_read_is_an_error(cell: str) -> None:
    refusal = refused(f"barcode,date\nx,{cell}\n", times(("2090-11-25", "20:30")))
    assert problems_of(refusal) == [(2, "date", "invalid")]


@pytest.mark.parametrize("cell", ["24/12/1890", "1/1/1900", "1899-12-31", "24.12.1969", "31/12/2089"])
def test_days_of_long_ago_and_any_other_that_the_event_has_not_are_named(cell: str) -> None:
    refusal = refused(f"barcode,date\nx,{cell}\n", times(("2090-11-25", "20:30")), Choices(dates="dmy"))
    assert [(each.row, each.column) for each in refusal.problems] == [(2, "date")]


def test_dots_are_never_american() -> None:
    assert days("barcode,date,time\nx,11.12.2090,20:30\n") == ["2090-12-11"]


def test_a_time_of_its_own_column_goes_before_the_midnight_of_a_spreadsheets_day() -> None:
    assert days("barcode,date,time\nx,2090-11-25 00:00:00,20:30\n") == ["2090-11-25"]
    assert days("barcode,date\nx,2090-11-25 00:00:00\n") == ["2090-11-25"]


FORMS = {"dmy": "{d:02}/{m:02}/{y}", "mdy": "{m:02}/{d:02}/{y}"}


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.dates(date(2030, 1, 1), date(2060, 12, 31)), min_size=1, max_size=8, unique=True),
    st.sampled_from(["dmy", "mdy"]),
)
def test_a_column_is_read_as_it_was_written_or_asked_about(those: list[date], order: DateOrder) -> None:
    written = [FORMS[order].format(d=each.day, m=each.month, y=each.year) for each in those]
    file = "barcode,date\n" + "".join(f"x{n},{text}\n" for n, text in enumerate(written))
    swapped = [date(each.year, each.day, each.month) for each in those if each.day <= 12]
    when = times(*((each.isoformat(), "20:30") for each in {*those, *swapped}))
    expected = [each.isoformat() for each in those]
    assert [when_of(row)[0] for row in check(file, when, Choices(dates=order)).sample] == expected
    if any(each.day > 12 for each in those) or all(each.day == each.month for each in those):
        assert [when_of(row)[0] for row in check(file, when).sample] == expected
    else:
        assert refused(file, when).code == "ambiguous_dates"


@given(st.text(max_size=60))
def test_whatever_a_cell_holds_is_a_moment_of_the_calendar_or_none(text: str) -> None:
    moment = read_moment(text)
    assert moment is None or all(1900 <= day.year <= 9000 for day in moment.days.values())
    read_clock(text)


@given(st.integers(20_000, 99_999))
def test_serial_numbers_are_days_since_1899(serial: int) -> None:
    moment = read_moment(str(serial))
    assert moment is not None and moment.is_plain
    assert moment.days["dmy"] == date(1899, 12, 30) + timedelta(days=serial)
