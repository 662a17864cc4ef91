"""Hidden rows and columns of a sheet's XML, as spreadsheets and attackers write them."""

from io import BytesIO

from hub.importing.file.hidden import MOST_RANGES, find_hidden
from hub.importing.file.table import MOST_COLUMNS


def test_hidden_rows_and_columns_are_found() -> None:
    found = find_hidden(
        BytesIO(b'<cols><col min="2" max="3" hidden="1"/><col min="5" max="5"/></cols><row r="7" hidden="true">')
    )
    assert found.columns == {2, 3}
    assert found.rows == {7}


def test_a_range_of_columns_ends_with_the_last_that_a_table_may_have() -> None:
    found = find_hidden(BytesIO(b'<col hidden="1" min="1" max="1048576"/>'))
    assert found.columns == set(range(1, MOST_COLUMNS + 1))


def test_ranges_of_columns_beyond_those_that_a_sheet_can_have_are_not_looked_at() -> None:
    found = find_hidden(
        BytesIO(b'<col hidden="1" min="1" max="1"/>' * MOST_RANGES + b'<col hidden="1" min="2" max="2"/>')
    )
    assert found.columns == {1}
