"""The demo, as `run.py serve --demo` serves it on a port of its own, and what it prints to try."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.docs.examples import ROOT
from tests.eventually import PATIENCE_S, until
from tests.faults.processes import kill, processes_on
from tests.ports import free_port

LAST_LINE = "/occupancy -H"


class Demo:
    """A hub with the demo's night, and the lines that it printed."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self.folder = folder / "data"
        self._printed = folder / "printed.txt"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
        with self._printed.open("w") as out:
            self._process = subprocess.Popen(
                [sys.executable, "run.py", "serve", "--demo", "--data", str(self.folder), "--port", str(free_port())],
                cwd=ROOT,
                env={**kept, "HUB_DRAIN_S": "0.2", **variables},
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        try:
            until(self._is_there, f"the demo says what to try; see {self._printed}")
        except AssertionError:
            self.close()
            raise

    def _is_there(self) -> bool:
        assert self._process.poll() is None, self.text[-2000:]
        return LAST_LINE in self.text

    @property
    def text(self) -> str:
        return self._printed.read_text()

    def after(self, heading: str) -> str:
        """Return what stands on the line of `heading`, or under it."""
        found = re.search(rf"^{re.escape(heading)}.*?\s(http\S+)", self.text, re.MULTILINE | re.DOTALL)
        assert found is not None, self.text
        return found[1]

    def lines_to_paste(self) -> list[str]:
        """Return the commands, in order."""
        return [line.strip() for line in self.text.splitlines() if re.match(r"  (curl|[A-Z]+=)", line)]

    def close(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(timeout=PATIENCE_S)
        finally:
            for pid in processes_on(self.folder):
                kill(pid)
