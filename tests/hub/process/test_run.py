"""The command line where its packages are missing."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_a_python_without_the_packages_is_told_what_to_do() -> None:
    ended = subprocess.run([sys.executable, "-S", "run.py"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "make setup" in ended.stderr and "Traceback" not in ended.stderr
