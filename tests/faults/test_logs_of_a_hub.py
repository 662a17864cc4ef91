"""The log of a real hub through a start, scans, a refused commit, a killed database and a stop: all lines are JSON."""

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient

from tests.eventually import PATIENCE_S, until
from tests.faults.processes import kill, processes_on
from tests.ports import free_port

ROOT = Path(__file__).parents[2]
EVENT = {
    "name": "Winter concert",
    "timezone": "Europe/Paris",
    "starts_at": "2090-12-24T20:30:00+01:00",
    "ends_at": "2090-12-25T02:00:00+01:00",
    "doors": [{"name": "North door"}],
    "showings": [{"date": "2090-12-24", "time": "20:30", "capacity": 100}],
}
ORDER = {"name": "Ada Lovelace", "phone_number": "+33 1 23 45 67", "date": "2090-12-24", "time": "20:30"}


class RealHub:
    """`run.py serve` on a folder of its own, whose standard output and error are kept."""

    def __init__(self, folder: Path) -> None:
        self._url = f"http://127.0.0.1:{free_port()}"
        self.data, self._said = folder / "data", [folder / "stdout", folder / "stderr"]
        settings = {
            "HUB_DATA": str(self.data),
            "HUB_PORT": self._url.rpartition(":")[2],
            "HUB_LOG": "json",
            "HUB_ACCESS_LOG": "true",
            "HUB_DEMO": "true",
            "HUB_DRAIN_S": "0.2",
        }
        with open(self._said[0], "wb") as out, open(self._said[1], "wb") as err:
            command = [sys.executable, "run.py", "serve"]
            self.process = subprocess.Popen(command, cwd=ROOT, env=os.environ | settings, stdout=out, stderr=err)

    def ask(self, method: str, path: str, body: Any = None, key: str | None = None) -> tuple[int, Any]:
        """Send a request; return its answer's status, 0: there was none, and JSON."""
        headers = {} if key is None else {"Authorization": f"Api-Key {key}"}
        payload = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._url + path, payload, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, refusal.read()
        except OSError:
            return 0, None

    def is_ready(self) -> bool:
        assert self.process.poll() is None, self.text()
        try:
            with urllib.request.urlopen(f"{self._url}/readyz", timeout=10) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def mongods(self) -> set[int]:
        return {pid for pid, command in processes_on(self.data).items() if "--dbpath" in command}

    def database(self) -> MongoClient[dict[str, Any]]:
        """Return a client of the hub's own database."""
        kept = self.data / "mongod"
        password, port = (kept / "password").read_text().strip(), int((kept / "port").read_text())
        return MongoClient("127.0.0.1", port, username="hub", password=password, directConnection=True)

    def text(self) -> str:
        return "".join(path.read_text() for path in self._said)

    def lines(self) -> list[dict[str, Any]]:
        """Return all lines of both streams as JSON."""
        return [json.loads(line) for line in self.text().splitlines()]

    def stop(self) -> None:
        self.process.terminate()
        assert self.process.wait(PATIENCE_S) == 0

    def close(self) -> None:
        for pid in {self.process.pid, *processes_on(self.data)}:
            kill(pid)
        self.process.wait(PATIENCE_S)


@pytest.fixture
def real_hub(tmp_path: Path) -> Iterator[RealHub]:
    hub = RealHub(tmp_path)
    yield hub
    hub.close()


def test_every_line_of_a_night_is_one_json_object_without_secrets(real_hub: RealHub) -> None:
    until(real_hub.is_ready, "the hub is ready")
    admin = (real_hub.data / "admin-key").read_text().strip()
    _, event = real_hub.ask("POST", "/api/events", EVENT, admin)
    tickets = [real_hub.ask("POST", "/api/tickets", {**ORDER, "event": event["uuid"]}, admin)[1] for _ in range(3)]
    device = {"name": "Gate 1", "event": event["uuid"], "door": event["doors"][0]["id"]}
    pairing = real_hub.ask("POST", "/api/devices", device, admin)[1]["pairing"]["token"]
    gate = real_hub.ask("GET", f"/scan/{pairing}/pair")[1]["api_key"]

    def scan(number: int) -> int:
        return real_hub.ask("POST", "/scan/ticket/", {"qrcode_data": tickets[number]["code"]}, gate)[0]

    assert scan(0) == 200
    with real_hub.database() as client, refusing_entries(client):
        assert scan(1) >= 500
    (victim,) = real_hub.mongods()
    kill(victim)
    assert scan(1) in (0, 200, 503)
    until(lambda: bool(real_hub.mongods() - {victim}) and real_hub.is_ready(), "the database is back")
    assert scan(2) == 200
    real_hub.stop()

    lines = real_hub.lines()
    assert all(line["time"] and line["level"] and line["logger"] and line["event"] for line in lines)
    said = {(line["logger"], line["event"]) for line in lines}
    assert ("handlers.server", "serving") in said
    assert ("handlers.http.request_log", "request") in said
    assert ("handlers.http.request_log", "failed request") in said
    assert ("store.journal.appender", "a command could not be written") in said
    assert ("hub.process.supervisor", "the database died; starting it again") in said
    assert ("handlers.server", "stopped") in said
    for secret in (admin, gate, pairing, *(ticket["code"] for ticket in tickets), "Lovelace"):
        assert secret not in real_hub.text()
    assert "/scan/{id}/pair" in real_hub.text()


@contextmanager
def refusing_entries(client: MongoClient[dict[str, Any]]) -> Iterator[None]:
    """Let the database refuse every new journal entry of the hub."""
    [journal] = client.scanhub.command("listCollections", filter={"name": "journal"})["cursor"]["firstBatch"]
    client.scanhub.command("collMod", "journal", validator={"no_entry_has_this": True})
    yield
    client.scanhub.command("collMod", "journal", validator=journal["options"]["validator"])


@pytest.mark.parametrize(
    "wrong", [{"HUB_PORT": "0"}, {"HUB_SECRET": "short"}, {"HUB_MONGODB_URI": "mongodb://127.0.0.1:port/"}]
)
def test_a_start_that_is_refused_is_one_json_object_too(tmp_path: Path, wrong: dict[str, str]) -> None:
    settings = {"HUB_DATA": str(tmp_path), "HUB_LOG": "json", "HUB_SECRET": "0123456789abcdef", **wrong}
    ended = subprocess.run(
        [sys.executable, "run.py", "serve"],
        cwd=ROOT,
        env=os.environ | settings,
        capture_output=True,
        check=False,
        timeout=PATIENCE_S,
    )
    assert ended.returncode in (1, 2) and ended.stdout == b""
    line = json.loads(ended.stderr)
    assert line["level"] == "critical" and line["logger"] == "run" and line["time"] and line["reason"]
