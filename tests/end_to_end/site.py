"""A whole hub in processes of its own, and a browser in front of it."""

import json
import os
import re
import shutil
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pymongo.collection import Collection

from tests.api import ADMIN_KEY
from tests.eventually import PATIENCE_S, until
from tests.faults.processes import kill, processes_on
from tests.ports import free_port

ROOT = Path(__file__).parents[2]
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
"""The first of them that is installed: the shell has the same engine without a window, and does a third of the work."""

FLAGS = ["--no-sandbox", "--disable-gpu"]
"""A Chromium that runs as root and draws without a graphics card, nor software in its place: a third more of work."""

USERNAME, PASSWORD = "organiser", "correct horse battery"


class Site:
    """A hub that serves on a port of its own, as `command` starts it in `cwd`, and an administrator's way to it."""

    command: Sequence[str] = (sys.executable, "run.py", "serve")
    cwd = ROOT
    scheme = "http"
    tls: ssl.SSLContext | None = None
    """What an `https` hub is asked with."""

    def __init__(self, folder: Path, *, host: str = "127.0.0.1", **settings: str) -> None:
        self.folder = folder
        port = settings.get("HUB_PORT") or str(free_port())
        self.url = f"{self.scheme}://{host}:{port}"
        own = {
            "HUB_BASE_URL": self.url,
            "HUB_DATA": str(folder),
            "HUB_PORT": port,
            "HUB_ADMIN_KEY": ADMIN_KEY,
            "HUB_DRAIN_S": "0.2",
        }
        self._settings = {**own, "HUB_ADMIN_PASSWORD": PASSWORD, **settings}
        self._log = (folder.parent / "site.log").open("w+")
        self.start()

    def start(self) -> None:
        """Serve with all processes, on the same port and data each time."""
        served = self.serving()
        self._process = subprocess.Popen(
            self.command,
            cwd=self.cwd,
            env={**os.environ, **self._settings},
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )
        processes = int(self._settings.get("HUB_PROCESSES", "1"))
        try:
            until(self.is_ready, f"the hub serves; see {self._log.name}")
            until(lambda: self.serving() >= served + processes, f"{processes} processes serve; see {self._log.name}")
        except AssertionError:
            self.stop()
            raise

    @property
    def database(self) -> str:
        """Name of its database."""
        return self._settings.get("HUB_DATABASE", "scanhub")

    def is_ready(self) -> bool:
        """Whether it serves."""
        assert self._process.poll() is None, Path(self._log.name).read_text()[-2000:]
        try:
            return urllib.request.urlopen(f"{self.url}/readyz", timeout=5, context=self.tls).status == 200  # type: ignore[no-any-return]
        except OSError:
            return False

    def serving(self) -> int:
        """Return how many processes have said that they serve, whether they still do or not."""
        return len(re.findall(r"\bserving\b.*\bhub\b", Path(self._log.name).read_text()))

    def workers(self) -> set[int]:
        """Return the ids of the processes that serve."""
        return {pid for pid, command in processes_on(self.folder).items() if "run.py worker" in command}

    def kill_workers(self, leases: Collection[Any] | None = None) -> None:
        """End what serves as a power cut would; the supervisor starts anew.

        With `leases` those of the dead end, too, for which the next would wait 15 s.
        """
        for pid in self.workers():
            kill(pid)
        if leases is not None:
            leases.delete_many({})

    def stop(self) -> None:
        """Serve no more, until the next start."""
        self._process.terminate()
        try:
            self._process.wait(timeout=PATIENCE_S)
        finally:
            for pid in processes_on(self.folder):
                kill(pid)

    def close(self) -> None:
        """End everything."""
        self.stop()
        self._log.close()

    # --- what tests begin with -----------------------------------------------------------------------------------

    def call(self, method: str, path: str, body: Any = None, *, key: str = ADMIN_KEY) -> Any:
        """Ask the API, and return the answer's JSON. Bytes are sent as CSV."""
        kind = "text/csv" if isinstance(body, bytes) else "application/json"
        headers = {"Authorization": f"Api-Key {key}", "Content-Type": kind}
        payload = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, method=method, data=payload, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_S, context=self.tls) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refused:
            with refused:
                return json.load(refused)

    def make_event(self, **fields: Any) -> Any:
        """Create an event with two doors, a zone and a limit."""
        event = {
            "name": "Winter concert",
            "venue": "The Old Mill",
            "timezone": "Europe/Paris",
            "starts_at": "2090-12-24T20:30:00+01:00",
            "ends_at": "2090-12-25T02:00:00+01:00",
            "max_inside": 50,
            "zones": [{"name": "Balcony", "max_inside": 10}],
            "doors": [{"name": "North door"}, {"name": "Stairs", "into": "Balcony"}],
            "products": [{"name": "Standard"}, {"name": "Balcony", "notice": "Hand out a blue wristband"}],
            "showings": [{"date": "2090-12-24", "time": "20:30", "capacity": 100}],
        }
        made = self.call("POST", "/api/events", event | fields)
        assert "uuid" in made, made
        return made

    def book(self, event: Any, count: int, product: str | None = "Standard", **fields: Any) -> list[str]:
        """Book tickets; return their codes."""
        guest = {"first_name": "Ada", "last_name": "Lovelace", "product": product}
        order = {
            "event": event["uuid"],
            "date": "2090-12-24",
            "time": "20:30",
            "name": "Ada Lovelace",
            "phone_number": "+33 1 23 45 67",
            "tickets": [guest] * count,
            **fields,
        }
        return [ticket["code"] for ticket in self.call("POST", "/api/reservations", order)["tickets"]]

    def make_device(self, event: Any, name: str = "Gate 1", door: int = 0, may: Sequence[str] = ()) -> str:
        """Create a device at a door; return its pairing link."""
        place = {"event": event["uuid"], "door": event["doors"][door]["id"]}
        url: str = self.call("POST", "/api/devices", {"name": name, "may": [*may], **place})["pairing"]["url"]
        return url

    def pair(self, link: str) -> str:
        """Pair a device; return its key."""
        key: str = self.call("GET", link.removeprefix(self.url))["api_key"]
        return key

    def scan(self, key: str, code: str, **fields: Any) -> Any:
        """Scan a ticket."""
        return self.call("POST", "/scan/ticket/", {"qrcode_data": code, **fields}, key=key)
