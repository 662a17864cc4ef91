"""The supervisor with real processes that are killed: what dies is replaced, what is left behind is cleared away."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient, WriteConcern

from tests.eventually import PATIENCE_S, until
from tests.faults.processes import kill, processes_on
from tests.ports import free_port

ROOT = Path(__file__).parents[2]


class Hubs:
    """Starts small hubs on one folder and one port; knows their processes."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port
        self.started: list[subprocess.Popen[str]] = []

    def start(self, command: str = "serve", **settings: str) -> subprocess.Popen[str]:
        own = {"HUB_DATA": str(self.folder), "HUB_PORT": str(self.port), "HUB_DRAIN_S": "0.1", **settings}
        hub = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.small_hub", command],
            cwd=ROOT,
            env={**os.environ, **own},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.started.append(hub)
        return hub

    def start_and_wait(self, **settings: str) -> subprocess.Popen[str]:
        hub = self.start(**settings)
        assert hub.stdout is not None
        assert hub.stdout.readline() == "prepared\n"
        return hub

    def about(self) -> dict[str, Any]:
        return json.loads(self.get("/about"))  # type: ignore[no-any-return]

    def get(self, path: str, *, timeout_s: float = 10) -> bytes:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=timeout_s) as answer:
            return answer.read()  # type: ignore[no-any-return]

    def is_answering(self) -> bool:
        try:
            return bool(self.about())
        except OSError:
            return False

    def workers(self) -> set[int]:
        return {pid for pid, command in processes_on(self.folder).items() if "small_hub worker" in command}

    def mongods(self) -> set[int]:
        return {pid for pid, command in processes_on(self.folder).items() if "--dbpath" in command}

    def close(self) -> None:
        for pid in processes_on(self.folder):
            kill(pid)
        for hub in self.started:
            hub.communicate(timeout=PATIENCE_S)


@pytest.fixture
def hubs(tmp_path: Path) -> Iterator[Hubs]:
    hubs = Hubs(tmp_path / "data", free_port())
    yield hubs
    hubs.close()


def write(uri: str, text: str) -> None:
    with MongoClient[dict[str, Any]](uri) as client:
        client.hub.get_collection("notes", write_concern=WriteConcern("majority")).insert_one({"_id": text})


def notes(uri: str) -> list[str]:
    with MongoClient[dict[str, Any]](uri) as client:
        return [note["_id"] for note in client.hub.notes.find()]


def test_two_workers_share_one_port_one_database_and_one_secret(hubs: Hubs) -> None:
    hubs.start_and_wait(HUB_PROCESSES="2")
    answers: list[dict[str, Any]] = []

    def both_have_answered() -> bool:
        answers.append(hubs.about())
        return len({answer["pid"] for answer in answers}) == 2

    until(both_have_answered, "both workers have answered")
    assert {answer["pid"] for answer in answers} == hubs.workers()
    assert len(hubs.mongods()) == 1
    assert len({(answer["mongodb_uri"], answer["secret"]) for answer in answers}) == 1


def test_the_made_secret_is_kept_for_its_owner_only(hubs: Hubs) -> None:
    hubs.start_and_wait()
    kept = hubs.folder / "hub-secret"
    assert kept.read_text().strip() == hubs.about()["secret"]
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_killed_worker_is_replaced(hubs: Hubs) -> None:
    hubs.start_and_wait(HUB_PROCESSES="2")
    victim = min(hubs.workers())
    kill(victim)
    until(lambda: len(hubs.workers() - {victim}) == 2, "a new worker runs")
    until(hubs.is_answering, "the hub answers")


def test_a_killed_database_comes_back_with_its_data_at_the_same_address(hubs: Hubs) -> None:
    hubs.start_and_wait()
    before = hubs.about()
    write(before["mongodb_uri"], "kept")
    (victim,) = hubs.mongods()
    kill(victim)
    until(lambda: bool(hubs.mongods() - {victim}), "a new mongod runs")
    assert notes(before["mongodb_uri"]) == ["kept"]
    assert hubs.about() == before


def test_workers_of_a_killed_hub_end_and_the_next_hub_takes_over(hubs: Hubs) -> None:
    first = hubs.start_and_wait()
    before, orphans = hubs.about(), hubs.mongods()
    write(before["mongodb_uri"], "kept")
    kill(first.pid)
    until(lambda: not hubs.workers(), "the workers have ended")
    assert hubs.mongods() == orphans
    hubs.start_and_wait()
    assert len(hubs.mongods()) == 1
    assert hubs.mongods() != orphans
    assert notes(hubs.about()["mongodb_uri"]) == ["kept"]


def test_a_hub_started_at_once_after_a_kill_waits_for_the_port(hubs: Hubs) -> None:
    first = hubs.start_and_wait()
    stuck = hubs.workers()
    with pytest.raises(TimeoutError):
        hubs.get("/stick", timeout_s=0.5)
    kill(first.pid)
    hubs.start_and_wait()
    assert not hubs.workers() & stuck


def test_a_second_hub_on_the_same_folder_is_refused(hubs: Hubs) -> None:
    first = hubs.start_and_wait()
    second = hubs.start()
    _, words = second.communicate(timeout=PATIENCE_S)
    assert second.returncode == 1
    assert words == f"another hub (process {first.pid}) already runs on {hubs.folder}\n"
    assert hubs.is_answering()


def test_a_port_that_somebody_holds_is_refused_before_anything_starts(hubs: Hubs) -> None:
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        holder.bind(("127.0.0.1", hubs.port))
        holder.listen()
        hub = hubs.start()
        _, words = hub.communicate(timeout=PATIENCE_S)
    assert words == f"HUB_PORT: {hubs.port} cannot be used: Address already in use\n"
    assert not (hubs.folder / "mongod").exists()


def test_a_host_that_is_none_is_refused(hubs: Hubs) -> None:
    hub = hubs.start(HUB_HOST="no-such-host.localhost.invalid", HUB_BASE_URL="https://hub.example.org")
    _, words = hub.communicate(timeout=PATIENCE_S)
    assert words.startswith("HUB_HOST: no-such-host.localhost.invalid: ")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_clean_stop_leaves_no_process(hubs: Hubs, number: signal.Signals) -> None:
    hub = hubs.start_and_wait(HUB_PROCESSES="2")
    hub.send_signal(number)
    assert hub.wait(PATIENCE_S) == 0
    assert processes_on(hubs.folder) == {}


def test_a_stop_while_the_database_starts_leaves_no_process(hubs: Hubs) -> None:
    hub = hubs.start()
    until(lambda: bool(hubs.mongods()), "mongod starts")
    hub.terminate()
    assert hub.wait(PATIENCE_S) == 0
    assert processes_on(hubs.folder) == {}


def test_a_stuck_worker_is_killed_at_the_stop(hubs: Hubs) -> None:
    hub = hubs.start_and_wait()
    with pytest.raises(TimeoutError):
        hubs.get("/stick", timeout_s=0.5)
    hub.terminate()
    assert hub.wait(PATIENCE_S) == 0
    assert processes_on(hubs.folder) == {}


def test_a_worker_that_cannot_start_ends_the_hub_with_a_reason(hubs: Hubs) -> None:
    hub = hubs.start("broken")
    _, words = hub.communicate(timeout=PATIENCE_S)
    assert hub.returncode == 1
    assert words.splitlines()[-1] == "a worker ended 4 times at its start (last with 3); its words are above"
    assert processes_on(hubs.folder) == {}


def test_a_database_of_the_users_own_is_used_and_left_running(hubs: Hubs, mongod_uri: str) -> None:
    hub = hubs.start_and_wait(HUB_MONGODB_URI=mongod_uri, HUB_SECRET="0123456789abcdef")
    assert hubs.about()["mongodb_uri"] == mongod_uri
    assert hubs.mongods() == set()
    hub.terminate()
    assert hub.wait(PATIENCE_S) == 0
    with MongoClient[dict[str, Any]](mongod_uri) as client:
        assert client.admin.command("ping")["ok"] == 1
