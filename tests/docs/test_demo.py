"""`run.py serve --demo` prints what to try, and every line of it works as pasted."""

import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.examples import ROOT, environment
from tests.eventually import PATIENCE_S, until
from tests.faults.processes import kill, processes_on
from tests.ports import free_port

LAST_LINE = "/occupancy -H"


class Demo:
    """A hub with the demo's night, and the lines that it printed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "data"
        self._printed = folder / "printed.txt"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
        with self._printed.open("w") as out:
            self._process = subprocess.Popen(
                [sys.executable, "run.py", "serve", "--demo", "--data", str(self.folder), "--port", str(free_port())],
                cwd=ROOT,
                env={**kept, "HUB_DRAIN_S": "0.2"},
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        until(self._is_there, f"the demo says what to try; see {self._printed}")

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


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    demo = Demo(tmp_path_factory.mktemp("demo"))
    yield demo
    demo.close()


def get(url: str, accept: str = "text/html") -> tuple[int, str, str]:
    """Follow an address as a browser does; return status, where it led, and the page."""
    request = urllib.request.Request(url, headers={"Accept": accept})
    with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
        return answer.status, answer.url, answer.read().decode()


def test_watch_leads_to_the_dashboard_by_the_login(demo: Demo) -> None:
    status, where, page = get(demo.after("Watch"))
    assert status == 200
    assert "/login" in where and "Password" in page


def test_where_no_phone_can_reach_the_demo_it_says_what_to_open_instead(demo: Demo) -> None:
    assert "Pair a phone: open this in a browser on this machine" in demo.text


def test_manage_leads_to_the_administration_by_the_login(demo: Demo) -> None:
    status, where, _ = get(demo.after("Manage"))
    assert status == 200 and where.endswith("/login?next=%2Fadmin")


def test_login_of_the_printed_password_opens_the_dashboard(demo: Demo) -> None:
    found = re.search(r"^login: (\S+), password in (\S+)$", demo.text, re.MULTILINE)
    assert found is not None
    assert found[1] == "organiser" and Path(found[2]).read_text().strip()


def test_pairing_address_opens_the_scanner_and_spends_nothing(demo: Demo) -> None:
    pairing = demo.after("Pair a phone")
    status, where, _ = get(pairing)
    assert status == 200
    assert where.endswith(f"/scanner#pair={pairing.split('/')[-2]}")
    assert '"success":true' in get(pairing, accept="*/*")[2]


def test_pasted_lines_pair_scan_twice_book_and_count(demo: Demo) -> None:
    lines = demo.lines_to_paste()
    assert len(lines) == 5
    pair, scan, book, admin, occupancy = lines
    pasted = "\n".join([pair, scan, "echo", scan, "echo", book, "echo", admin, occupancy])
    done = subprocess.run(["bash", "-eu", "-c", pasted], env=environment({}), cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    first, second, booked, counts = done.stdout.splitlines()
    assert '"code":"admitted"' in first
    assert '"code":"already_scanned"' in second
    assert '"access_token"' in booked
    assert '"admitted":1' in counts and '"booked":500' in counts


def test_a_night_can_be_played_on_it(demo: Demo) -> None:
    found = re.search(r"^Play\s+(.+)$", demo.text, re.MULTILINE)
    assert found is not None
    played = f"{found[1]} --guests 20 --doors 2 --seconds 1"
    done = subprocess.run(["bash", "-c", played], env=environment({}), cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
