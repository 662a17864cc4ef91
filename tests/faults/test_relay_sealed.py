"""A relay whose keys are sealed, in processes of its own: the passphrase alone starts it again."""

import os
import subprocess
from pathlib import Path
from typing import Any

from pymongo import MongoClient

from tests.conftest import a_site_database
from tests.end_to_end.site import Site
from tests.faults.test_relay_faults import RelaySite

WORDS = "four words nobody guesses"


def test_a_sealed_relay_starts_again_by_its_passphrase_alone_and_its_folder_shows_no_key(
    tmp_path: Path, site_database: dict[str, str], mongod_uri: str, _mongo: MongoClient[dict[str, Any]]
) -> None:
    (tmp_path / "hub").mkdir()
    hub = Site(tmp_path / "hub" / "data", **site_database)
    try:
        event = hub.make_event(max_inside=None)
        door = hub.pair(hub.make_device(event, "Gate 1"))
        [code] = hub.book(event, 1)
        key = hub.call("POST", "/api/keys", {"name": "Hall", "scopes": ["relay"], "event": event["uuid"]})["key"]
        with a_site_database(mongod_uri, _mongo) as database:
            (tmp_path / "relay").mkdir()
            folder = tmp_path / "relay" / "data"
            own = {**database, "HUB_SECRET": "", "HUB_RELAY_PASSPHRASE": WORDS}
            relay = RelaySite(folder, hub.url, key, **own)
            try:
                check_folder(folder, key)
                relay.cut_power()
                relay.forget_key()
                relay.start()
                assert relay.scan(door, code, nonce="n1")["code"] == "admitted"
                relay.stop()
                refuse(relay, "HUB_RELAY_PASSPHRASE: does not open", HUB_RELAY_PASSPHRASE="four words somebody guesses")
                refuse(relay, "HUB_RELAY_PASSPHRASE: is needed", HUB_RELAY_PASSPHRASE="")
                refuse(relay, "HUB_SECRET: is sealed", HUB_SECRET="a secret of its own, long enough")
            finally:
                relay.close()
    finally:
        hub.close()


def check_folder(folder: Path, key: str) -> None:
    """Check that no file of a relay's folder holds a key, and that its secret stands in none."""
    kept = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert "relay-sealed" in kept and "hub-secret" not in kept
    for text in (key.partition(".")[2], WORDS):
        assert [name for name, content in kept.items() if text.encode() in content] == []


def refuse(relay: RelaySite, why: str, **settings: str) -> None:
    """Check that the relay does not start, and says why."""
    environ = {**os.environ, **relay.environ, **settings}
    ended = subprocess.run(
        relay.command, cwd=relay.cwd, env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120
    )
    assert ended.returncode == 2 and why in ended.stderr, ended.stderr
