"""Support of the database's version: by MongoDB's lifecycle schedule."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.database_version import SUPPORTED_UNTIL, database_version

A_DAY = timedelta(days=1)


@pytest.mark.parametrize(("series", "until"), SUPPORTED_UNTIL.items(), ids=str)
def test_a_series_is_supported_to_the_end_of_its_last_day(series: tuple[int, int], until: date) -> None:
    version = f"{series[0]}.{series[1]}.5"
    assert database_version(version, until).is_supported
    ended = database_version(version, until + A_DAY)
    assert (ended.is_supported, ended.supported_until, ended.version) == (False, until, version)


@pytest.mark.parametrize(("version", "is_supported"), [("3.6.23", False), ("9.0.0", True), ("8.2.1-rc0", True)])
def test_series_that_are_not_known_count_by_their_age(version: str, is_supported: bool) -> None:
    found = database_version(version, date(2026, 6, 1))
    assert (found.is_supported, found.supported_until) == (is_supported, None)


@given(st.text(max_size=20))
def test_any_text_is_a_version_that_is_reported(version: str) -> None:
    assert database_version(version, date(2026, 6, 1)).version == version
