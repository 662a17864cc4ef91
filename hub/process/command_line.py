"""Command line as a person calls it, for hints that name a command to type."""

import sys
from pathlib import Path


def own_command() -> str:
    """Return the start of a command: `scan-hub` where the hub is installed, `run.py` by its Python in a checkout."""
    return ".venv/bin/python run.py" if Path(sys.argv[0]).name == "run.py" else "scan-hub"
