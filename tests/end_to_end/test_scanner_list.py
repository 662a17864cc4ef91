"""The guest list on a bad line: page by page, gone on with after a cut, and doors are served meanwhile."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Request, expect

from tests.end_to_end.scanner import PATIENT, SOON_MS, expect_verdict, read
from tests.end_to_end.site import Site
from tests.end_to_end.test_scanner_offline import COUNT
from tests.eventually import until

TICKETS = 1300
BAD_LINE = """
    const reach = globalThis.fetch;
    let pages = 0;
    globalThis.fetch = (...asked) => {
        const isPage = String(asked[0]).includes("/scan/manifest/");
        const isCut = isPage && localStorage.getItem("line") !== "good" && (pages += 1) > 1;
        return isCut ? Promise.reject(new TypeError("cut")) : reach(...asked);
    };
"""
"""One page of the guest list comes, and none after it until the line is good."""


@pytest.fixture
def phone(page: Page) -> Iterator[Page]:
    page.set_viewport_size({"width": 390, "height": 844})
    yield page


@pytest.fixture
def mortal(site: Site) -> Iterator[Site]:
    """The hub, which the test may stop: it serves again afterwards."""
    yield site
    site.stop()
    site.start()


def test_phone_goes_on_with_the_guest_list_where_the_line_was_cut_and_scans_meanwhile(
    mortal: Site, phone: Page
) -> None:
    site = mortal
    event = site.make_event(name="Far out", showings=[{"date": "2090-12-24", "time": "20:30", "capacity": TICKETS}])
    codes = [code for size in (500, 500, 300) for code in site.book(event, size)]
    phone.add_init_script(PATIENT + BAD_LINE)
    phone.goto(site.make_device(event, "Gate 1", may=["names"]))
    phone.get_by_role("button", name="Pair this phone").click()
    expect(phone.locator("#health")).to_have_text(re.compile(r"\b38 %"), timeout=SOON_MS)
    assert phone.evaluate(COUNT, "tickets") == 0
    read(phone, codes[0])
    expect_verdict(phone, "Admitted", "pass", "Ada Lovelace")

    asked: list[dict[str, list[str]]] = []

    def note(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.path == "/scan/manifest/":
            asked.append(parse_qs(parts.query))

    phone.evaluate("localStorage.setItem('line', 'good')")
    phone.on("request", note)
    phone.reload()
    expect(phone.locator("#health")).to_have_text("Ready", timeout=SOON_MS)
    until(lambda: phone.evaluate(COUNT, "tickets") == TICKETS, "the phone has the guest list")
    assert asked[0].keys() == {"limit", "after"}, "it goes on after the page that it has"
    assert all({"after", "since"} & query.keys() for query in asked), "and begins no list anew"
    site.stop()
    read(phone, codes[0])
    expect_verdict(phone, "Refused", "refuse", "Already scanned", "Decided offline")
    for code in codes[-2:]:
        read(phone, code)
        expect_verdict(phone, "Admitted", "pass", "Ada Lovelace", "Decided offline")
