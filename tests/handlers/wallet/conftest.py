"""Certificates are made once: keys take time."""

import pytest

from tests.hub.wallet.authority import Authority, make_authority


@pytest.fixture(scope="session")
def authority() -> Authority:
    return make_authority()
