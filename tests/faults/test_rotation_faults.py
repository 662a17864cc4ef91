"""Rotation of the hub's secret with two hubs, while doors scan at both and its command is killed half way."""

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Any
from uuid import uuid4

import pytest
from pymongo import MongoClient
from pymongo.database import Database

from hub.rotation.known import FILE
from hub.vault import Vault, fingerprint_of
from tests.end_to_end.site import ROOT, Site
from tests.eventually import until
from tests.faults.processes import kill

PHONES = 500
"""Phones with passes: their push tokens are five batches of re-sealing."""


class Door(Thread):
    """Door at one hub: scans new tickets twice, and a code that is none, again and again, and opens links.

    `wrong` holds whatever was not answered, or not as it must be.
    """

    def __init__(self, site: Site, event: Any, is_over: Event) -> None:
        super().__init__(daemon=True)
        self._site = site
        self._event = event
        self._is_over = is_over
        door = event["doors"][0]["id"]
        device = site.call("POST", "/api/devices", {"name": "Gate", "event": event["uuid"], "door": door})
        self._key = site.call("GET", f"/scan/{device['pairing']['token']}/pair")["api_key"]
        self._old = self._book()
        self.wrong: list[Any] = []
        self.scans = 0

    def run(self) -> None:
        try:
            while not self._is_over.is_set():
                self.scan_and_open()
        except Exception as error:
            self.wrong.append(repr(error))

    def scan_and_open(self) -> None:
        """Go through one round."""
        ticket = self._book()
        for opened in (self._old, ticket):
            with urllib.request.urlopen(f"{self._site.url}/t/{opened['id']}?token={opened['access_token']}") as page:
                page.read()
        self._scan(ticket["code"], "admitted")
        self._scan(ticket["code"], "already_scanned")
        self._scan(ticket["code"][:-4] + "AAAA", "bad_signature")

    def _book(self) -> Any:
        order = {"event": self._event["uuid"], "date": "2090-12-24", "time": "20:30"}
        person = {"name": "Ada Lovelace", "phone_number": "+33 1 23 45 67"}
        ticket = self._site.call("POST", "/api/tickets", order | person)
        assert "access_token" in ticket, ticket
        return ticket

    def _scan(self, code: str, expected: str) -> None:
        asked = {"qrcode_data": code, "nonce": uuid4().hex}
        while (answer := self._site.call("POST", "/scan/ticket/", asked, key=self._key))["code"] == "unavailable":
            pass
        self.scans += 1
        if answer["code"] != expected:
            self.wrong.append(answer)


class Command:
    """The command `secret` of one host, with what it said; killed as soon as it says `kill_at`."""

    def __init__(self, settings: dict[str, str], folder: Path, *arguments: str, kill_at: str | None = None) -> None:
        self._kill_at = kill_at
        self.said: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "run.py", "secret", *arguments, "--data", str(folder)],
            cwd=ROOT,
            env={**os.environ, **settings, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reading = Thread(target=self._read, daemon=True)
        self._reading.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line)
            if self._kill_at is not None and self._kill_at in line:
                kill(self.process.pid)

    def has_said(self, text: str) -> bool:
        assert self.process.poll() is None or text in self.output, self.output
        return text in self.output

    @property
    def output(self) -> str:
        return "".join(self.said)

    def end(self) -> int:
        code = self.process.wait()
        self._reading.join()
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


@pytest.fixture
def sites(site_database: dict[str, str], tmp_path: Path) -> Iterator[list[Site]]:
    sites: list[Site] = []
    try:
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
            sites.append(Site(tmp_path / name / "data", **site_database))
        yield sites
    finally:
        for site in sites:
            site.close()


def test_two_hubs_answer_every_scan_rightly_while_their_secret_is_replaced_and_its_command_is_killed(
    sites: list[Site], site_database: dict[str, str], mongod_uri: str
) -> None:
    one, two = sites
    event = one.make_event(
        max_inside=None,
        zones=[],
        doors=[{"name": "North door"}],
        products=[],
        showings=[{"date": "2090-12-24", "time": "20:30", "capacity": 10_000}],
    )
    with MongoClient[dict[str, Any]](mongod_uri) as client:
        database = client[site_database["HUB_DATABASE"]]
        register_phones(database, Vault(site_database["HUB_SECRET"]))
        is_over = Event()
        doors = [Door(site, event, is_over) for site in sites]
        for door in doors:
            door.start()
        try:
            replace_secret(one, two, site_database, database)
            scans = [door.scans for door in doors]
            until(lambda: all(door.scans > before + 10 for door, before in zip(doors, scans, strict=True)), "they scan")
        finally:
            is_over.set()
            for door in doors:
                door.join()
        two.stop()
        two.start()  # its settings still name the secret that is retired, its file the one in force
        doors[1].scan_and_open()
        assert [door.wrong for door in doors] == [[], []]


def replace_secret(one: Site, two: Site, settings: dict[str, str], database: Database[dict[str, Any]]) -> None:
    first = fingerprint_of(settings["HUB_SECRET"])
    new = "a new secret of the tests, long enough"
    (one.folder / FILE).write_text(new)
    rotating = Command(settings, one.folder, "rotate", kill_at="wallet_registrations: 1")
    until(lambda: rotating.has_said("waiting until these know the new secret"), "the other hub is waited for")
    state = database.meta.find_one({"_id": "secret"})
    assert state is not None and state["proof"] == first
    (two.folder / FILE).write_text(new)
    assert rotating.end() == -signal.SIGKILL, rotating.output
    refused = Command(settings, one.folder, "retire")
    assert refused.end() == 1 and "still sealed by an earlier secret: wallet_registrations" in refused.output
    rotated = Command(settings, two.folder, "rotate")
    assert rotated.end() == 0, rotated.output
    retired = Command(settings, two.folder, "retire")
    assert retired.end() == 0, retired.output
    vault = Vault(new)
    assert {vault.open(each["push_token"]) for each in database.wallet_registrations.find()} == {b"push token"}
    state = database.meta.find_one({"_id": "secret"})
    assert state is not None
    assert (state["proof"], state["retired"], state.get("beside")) == (fingerprint_of(new), [first], None)
    for said in (rotating, refused, rotated, retired):
        assert new not in said.output and settings["HUB_SECRET"] not in said.output


def register_phones(database: Database[dict[str, Any]], vault: Vault) -> None:
    event = database.events.find_one({})
    assert event is not None
    database.wallet_registrations.insert_many(
        {
            "_id": f"{n}/t",
            "device": str(n),
            "ticket": "t",
            "event": event["_id"],
            "push_token": vault.seal(b"push token"),
            "push_hash": b"%d" % n,
            "created_at": event["created_at"],
        }
        for n in range(PHONES)
    )
