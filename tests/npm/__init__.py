"""Packages of npm that tests use: `make test` installs them here by their lock."""

import os
import shutil
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
PACKAGES = FOLDER / "node_modules"
needs_packages = pytest.mark.skipif(
    "CI" not in os.environ and (shutil.which("node") is None or not PACKAGES.exists()), reason="needs npm: make test"
)
