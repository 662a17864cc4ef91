"""`examples/door.py`: it pairs, scans what is typed, and asks again until the hub answers."""

from pathlib import Path
from typing import Any

from tests.docs.night import Night
from tests.end_to_end.site import Site
from tests.examples.program import EXAMPLES, run, running


def pairing(night: Night, **fields: Any) -> str:
    return f"{night.site.url}/scan/{night.make_device(**fields)['pairing']['token']}/pair"


def test_ticket_is_let_in_once_and_nonsense_never(site: Site, tmp_path: Path) -> None:
    night = Night(site)
    code = night.ticket["code"]
    _, lines = run("door.py", pairing(night), typed=f"{code}\n{code}\nnonsense\n", folder=tmp_path)
    assert lines == [
        "Device successfully paired",
        "LET IN - Ticket successfully scanned",
        "STOP - Ticket already scanned",
        "STOP - Invalid QR code format",
    ]


def test_spent_pairing_code_is_said(site: Site, tmp_path: Path) -> None:
    address = pairing(Night(site))
    run("door.py", address, typed="", folder=tmp_path)
    _, lines = run("door.py", address, typed="", folder=tmp_path)
    assert lines == ["This pairing code is used up, it is for one phone: ask the organiser for a new one"]


def test_scan_that_finds_no_hub_is_answered_when_it_is_back(site: Site, tmp_path: Path) -> None:
    night = Night(site)
    code = night.ticket["code"]
    with running("door.py", pairing(night), folder=tmp_path) as door:
        door.prints(1)
        site.stop()
        try:
            door.type(code)
        finally:
            site.start()
        assert door.prints(2)[1:] == ["LET IN - Ticket successfully scanned"]


def test_it_has_twenty_lines_beside_its_head_and_imports() -> None:
    _, _, code = (EXAMPLES / "door.py").read_text().split('"""', 2)
    lines = [line for line in code.splitlines() if line.strip() and not line.startswith(("import", "from"))]
    assert len(lines) <= 20
