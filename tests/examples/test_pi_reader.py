"""`examples/pi_reader.py`: with the hub it scans; alone it lets in what is plain, once, and reports it afterwards."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.docs.night import Night
from tests.end_to_end.site import Site
from tests.eventually import until
from tests.examples.program import Program, run, running
from tests.ports import free_port

ONLINE, TWICE = "LET IN - Ticket successfully scanned", "STOP - Ticket already scanned"
OFFLINE, ASK = "LET IN - decided offline", "ASK - offline, and not plain: send this guest to a phone at another door"


def pairing(night: Night, **fields: Any) -> str:
    return f"{night.site.url}/scan/{night.make_device(**fields)['pairing']['token']}/pair"


def pair(night: Night, folder: Path, **fields: Any) -> None:
    code, lines = run("pi_reader.py", pairing(night, **fields), typed="", folder=folder, SCAN_DOOR=str(folder / "kept"))
    assert (code, lines) == (0, ["Ready", "0 scans wait to be sent"])


def alone(folder: Path, *codes: str) -> list[str]:
    """Return the verdicts of a door that no network reaches, which is started anew as after a power cut."""
    file = folder / "kept" / "paired"
    paired = json.loads(file.read_text())
    file.write_text(json.dumps({**paired, "url": f"http://127.0.0.1:{free_port()}"}))
    typed = "".join(f"{code}\n" for code in codes)
    _, lines = run("pi_reader.py", typed=typed, folder=folder, SCAN_DOOR=str(folder / "kept"))
    file.write_text(json.dumps(paired))
    assert lines[0] == "Ready", lines
    return lines[1:]


@contextmanager
def back(folder: Path) -> Iterator[Program]:
    """Give the door once it reaches the hub again and has sent all that waited."""
    with running("pi_reader.py", folder=folder, SCAN_DOOR=str(folder / "kept")) as door:
        door.prints(1)
        until(lambda: json.loads((folder / "kept" / "waiting").read_text()) == [], "all is sent")
        yield door


def test_with_the_hub_it_scans_and_says_what_the_hub_says(site: Site, tmp_path: Path) -> None:
    night = Night(site)
    code = night.ticket["code"]
    pair(night, tmp_path)
    with running("pi_reader.py", folder=tmp_path, SCAN_DOOR=str(tmp_path / "kept")) as door:
        door.type(f"{code}\r")
        door.type(code)
        assert door.prints(3) == ["Ready", ONLINE, TWICE]


def test_alone_it_lets_in_once_and_the_hub_hears_of_it(site: Site, tmp_path: Path) -> None:
    night = Night(site)
    code = night.ticket["code"]
    pair(night, tmp_path)
    assert alone(tmp_path, code, code) == [OFFLINE, ASK, "1 scans wait to be sent"]
    assert alone(tmp_path, code) == [ASK, "1 scans wait to be sent"]
    with back(tmp_path) as door:
        door.type(code)
        assert door.prints(2) == ["Ready", TWICE]
    assert night.call("GET", f"/api/events/{night.event['uuid']}/occupancy")["admitted"] == 1


def test_who_came_in_with_the_hub_does_not_come_in_again_without(site: Site, tmp_path: Path) -> None:
    night = Night(site)
    code = night.ticket["code"]
    pair(night, tmp_path)
    with back(tmp_path) as door:
        door.type(code)
        assert door.prints(2)[1] == ONLINE
    assert alone(tmp_path, code)[0] == ASK


def test_what_another_door_let_in_meanwhile_is_a_conflict_that_is_said(site: Site, tmp_path: Path) -> None:
    night = Night(site)
    code = night.ticket["code"]
    pair(night, tmp_path)
    assert alone(tmp_path, code)[0] == OFFLINE
    night.scan(code)
    with back(tmp_path) as door:
        assert door.lines[0] == "CONFLICT - let in offline, and the hub would not have: already_scanned"


def test_alone_it_leaves_all_that_is_not_plain_to_others(site: Site, tmp_path: Path) -> None:
    night = Night(site)
    unpaid, (inside, reissued, late) = night.book(paid=False)[0]["code"], night.book(3)
    night.scan(inside["code"])
    night.call("POST", f"/api/tickets/{reissued['id']}/reissue")
    pair(night, tmp_path)
    other, changed = Night(site).ticket["code"], late["code"][:-6] + ("AAAA" + late["code"][-2:])
    sold_since = night.book()[0]["code"]
    codes = [
        unpaid,
        inside["code"],
        reissued["code"],
        other,
        changed,
        sold_since,
        "123456",
        ":",
        "{}:{}",
        "\u00e9:\u00e9",
    ]
    assert alone(tmp_path, *codes) == [ASK] * len(codes) + ["0 scans wait to be sent"]


@pytest.mark.parametrize("fields", [{"offline": "refuse"}, {"confirm": "ID seen?"}, {"admit_before_min": 60}], ids=str)
def test_alone_it_keeps_to_the_events_rules(site: Site, tmp_path: Path, fields: dict[str, Any]) -> None:
    night = Night(site, **fields)
    code = night.ticket["code"]
    pair(night, tmp_path)
    assert alone(tmp_path, code)[0] == ASK


@pytest.mark.parametrize("door", [1, 2], ids=["into a zone", "of another product"])
def test_alone_it_keeps_to_its_door(site: Site, tmp_path: Path, door: int) -> None:
    night = Night(site)
    code = night.ticket["code"]
    pair(night, tmp_path, door=door)
    assert alone(tmp_path, code)[0] == ASK


def test_what_it_keeps_is_for_its_user_alone(site: Site, tmp_path: Path) -> None:
    pair(Night(site), tmp_path)
    assert {path.stat().st_mode & 0o077 for path in [tmp_path / "kept", *(tmp_path / "kept").iterdir()]} == {0}


def test_it_does_not_pair_anew_while_scans_wait(site: Site, tmp_path: Path) -> None:
    night = Night(site)
    code = night.ticket["code"]
    pair(night, tmp_path)
    alone(tmp_path, code)
    ended, lines = run("pi_reader.py", pairing(night), typed="", folder=tmp_path, SCAN_DOOR=str(tmp_path / "kept"))
    assert ended == 1 and lines[0].startswith("Scans of the pairing before still wait")


def test_unpaired_it_says_what_it_needs(tmp_path: Path) -> None:
    ended, lines = run("pi_reader.py", typed="", folder=tmp_path, SCAN_DOOR=str(tmp_path / "kept"))
    assert (ended, lines) == (1, ["Not paired: give the address of a pairing code"])
