"""Fixtures of this folder's tests."""

from pathlib import Path

import pytest

from tests.hub.wallet.authority import Authority


@pytest.fixture(scope="session")
def root_pem(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("authority")
    authority.files(folder)
    return folder / "root.pem"
