"""Fixtures of this folder's tests."""

import pytest
from msgspec.structs import replace

from hub.settings import Settings


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The fast path is what these tests are about: on, also where all others go without it."""
    return replace(settings, scan_fast_path=True)
