"""A hub whose log pipe is closed, as by `| head`: it serves, replaces what dies, and ends as ever."""

import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.eventually import PATIENCE_S, until
from tests.faults.processes import kill, processes_on
from tests.ports import free_port

ROOT = Path(__file__).parents[2]


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def unheard(tmp_path: Path, port: int, mongod_uri: str, database_name: str) -> Iterator["subprocess.Popen[bytes]"]:
    """`run.py serve`, whose standard output and error lead into a pipe without a reader."""
    reader, writer = os.pipe()
    os.close(reader)
    database = {"HUB_MONGODB_URI": mongod_uri, "HUB_DATABASE": database_name, "HUB_SECRET": "0123456789abcdef"}
    own = {"HUB_DATA": str(tmp_path), "HUB_PORT": str(port), "HUB_DRAIN_S": "0.2", **database}
    hub = subprocess.Popen(
        [sys.executable, "run.py", "serve"], cwd=ROOT, env=os.environ | own, stdout=writer, stderr=writer
    )
    os.close(writer)
    yield hub
    for pid in {hub.pid, *processes_on(tmp_path)}:
        kill(pid)
    hub.wait(PATIENCE_S)


def test_a_hub_whose_log_pipe_is_closed_serves_on(
    unheard: "subprocess.Popen[bytes]", tmp_path: Path, port: int
) -> None:
    def workers() -> set[int]:
        assert unheard.poll() is None, f"the hub ended with {unheard.returncode}"
        return {pid for pid, command in processes_on(tmp_path).items() if "run.py worker" in command}

    def is_ready() -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    until(is_ready, "the hub is ready")
    [victim] = workers()
    kill(victim)
    until(lambda: bool(workers() - {victim}) and is_ready(), "another worker serves")
    unheard.terminate()
    assert unheard.wait(PATIENCE_S) == 0
