"""Lazy loading: what a process of the hub does not load at its start, and that a door waits for no library later."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from hub.loading import load

ROOT = Path(__file__).parents[2]
LARGE = ("httpcore", "httpx", "openpyxl", "webauthn")


def test_a_process_that_serves_has_not_loaded_what_few_hubs_need() -> None:
    code = f"import sys, run, handlers.server; print(*sorted({set(LARGE)} & sys.modules.keys()))"
    printed = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert printed.stdout.split() == []


@pytest.mark.gen_test
async def test_a_module_loads_in_a_thread_of_its_own_and_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "said_where.py").write_text("import threading\nTHREAD = threading.get_ident()\n")
    monkeypatch.syspath_prepend(tmp_path)
    await load("said_where")
    loaded = sys.modules["said_where"]
    await load("said_where")
    assert sys.modules.pop("said_where") is loaded
    assert loaded.THREAD != threading.get_ident()
