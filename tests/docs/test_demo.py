"""`run.py serve --demo` prints what to try, and every line of it works as pasted."""

import re
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.docs.demo import Demo
from tests.docs.examples import ROOT, environment
from tests.eventually import PATIENCE_S


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


def test_printed_login_is_asked_for_a_password_of_its_own_as_the_line_says(demo: Demo) -> None:
    found = re.search(
        r"^login: (\S+), password in (\S+) \(the first login asks for one of your own\)$", demo.text, re.MULTILINE
    )
    assert found is not None
    form = {"username": found[1], "password": Path(found[2]).read_text().strip(), "next": "/admin"}
    hub = demo.after("Manage").removesuffix("/admin")
    with httpx.Client(base_url=hub, timeout=PATIENCE_S) as browser:
        page = browser.post("/login", data=form, follow_redirects=True)
    assert (page.status_code, page.url.path) == (200, "/password")
    assert 'name="new"' in page.text


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
