"""Fixtures of this folder's tests."""

import pytest


@pytest.fixture
def database_name(emptied_database: str) -> str:
    """The tests of this folder look at no collection's making: an emptied database will do."""
    return emptied_database
