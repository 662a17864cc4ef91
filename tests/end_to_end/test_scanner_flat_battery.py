"""A phone whose battery goes flat while scans wait: killed as it is, and started again."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.end_to_end.scanner import CONTROLLED, SOON_MS, expect_verdict, pair, read
from tests.end_to_end.site import CHROMIUM, FLAGS, Site
from tests.eventually import until
from tests.faults.processes import kill, processes_on

RECOVERED_MS = 60_000
SwitchOn = Callable[[], BrowserContext]


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def switch_on(browser: Browser, site: Site, profile: Path) -> Iterator[SwitchOn]:
    """Start the phone's browser, each time with what it keeps; what still runs in the end is killed."""

    def start() -> BrowserContext:
        return browser.browser_type.launch_persistent_context(
            profile, executable_path=CHROMIUM, args=FLAGS, base_url=site.url, viewport={"width": 390, "height": 844}
        )

    yield start
    go_flat(profile)


def go_flat(profile: Path) -> None:
    """End the browser and all its helpers at once, as a flat battery does."""
    for pid in processes_on(profile):
        kill(pid)


def has_kept_its_pairing(profile: Path) -> bool:
    """Whether the browser has written the pairing, which it does at its leisure."""
    files = (profile / "Default/Local Storage/leveldb").glob("*.log")
    return any(b"scanhub.pairing" in file.read_bytes() for file in files)


def take_back(phone: Page) -> None:
    phone.get_by_role("button", name="Next").click()
    phone.get_by_role("button", name="Undo").first.click()
    phone.get_by_role("dialog", name="Take this scan back?").get_by_role("button", name="Yes").click()
    expect(phone.locator(".recent-scan").first).to_contain_text("Taken back")


def test_scans_that_wait_outlive_a_flat_battery_and_are_sent_with_what_was_taken_back(
    site: Site, switch_on: SwitchOn, profile: Path
) -> None:
    event = site.make_event(name="Flat battery")
    codes = site.book(event, 2) + site.book(event, 1, product="Balcony")
    phone = switch_on().new_page()
    pair(site, phone, event, may=["undo"])
    phone.wait_for_function(CONTROLLED)
    until(lambda: has_kept_its_pairing(profile), "the browser has written the pairing")
    site.stop()
    for code in codes:
        read(phone, code)
        expect_verdict(phone, "Admitted", "pass", "Decided offline")
    take_back(phone)
    expect(phone.locator("#health")).to_have_text("Offline, 3 scans wait")
    go_flat(profile)

    phone = switch_on().new_page()
    phone.goto("/scanner")
    expect(phone.locator("#health")).to_have_text("Offline, 3 scans wait", timeout=SOON_MS)
    read(phone, codes[0])
    expect_verdict(phone, "Refused", "refuse", "Already scanned", "Decided offline")
    site.start()
    expect(phone.locator("#health")).to_have_text("Ready", timeout=RECOVERED_MS)
    expect(phone.locator("#inside")).to_have_text(re.compile("2 of 50 inside"), timeout=SOON_MS)
    kinds = [scan["kind"] for scan in site.call("GET", f"/api/scans?event={event['uuid']}")]
    assert sorted(kinds) == ["ticket.denied", "ticket.scanned", "ticket.scanned", "ticket.scanned", "ticket.undone"]
