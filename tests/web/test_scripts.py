"""The pure parts of the pages' scripts, tested by node's own runner (`*.test.mjs` beside this file)."""

import subprocess
from pathlib import Path

import pytest

from tests.eventually import PATIENCE_S
from tests.web.node import needs_node

TESTS = sorted(Path(__file__).parent.glob("*.test.mjs"))


@needs_node
@pytest.mark.parametrize("script", TESTS, ids=lambda script: script.name)
def test_scripts_keep_their_rules(script: Path) -> None:
    ran = subprocess.run(
        ["node", "--test", str(script)], capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
