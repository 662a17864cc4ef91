"""Basics of every page on a phone: title, language, one heading, labels, targets; light and still."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, StorageState, expect

from tests.end_to_end.conftest import logged_in
from tests.end_to_end.site import Site
from tests.end_to_end.test_admin_every_page import PAGES, expect_walked, things

__all__ = ["things"]

OTHERS = {
    "wall": "/events/{event}?wall",
    "booking index": "/book",
    "booking": "/book/{event}",
    "waiting list": "/book/{full}/wait",
    "ticket": "{ticket page}",
    "reservation": "{reservation page}",
    "scanner": "/scanner",
    "pairing": "{pairing page}",
    "login": "/login",
    "forgot": "/forgot",
    "second factor": "/second-factor",
    "design": "/design",
    "reference": "/docs",
    "problems": "/problems",
    "problem": "/problems/sold_out",
}
IN_THE_DARK = {"booking", "waiting list", "ticket", "reservation", "scanner", "pairing"}
"""Pages of which the smallest target is that of a thumb in a hurry."""
LARGE_PX, SMALL_PX = 48, 44
NARROWEST_PX = 320
CUT = "[...document.querySelectorAll('.top .brand span')].filter((each) => each.scrollWidth > each.clientWidth).length"
MOST_BYTES = 500_000
"""What a page loads the first time, as it is encoded on the network."""
HEAVY = {"reference": 1_000_000}
"""Pages for programmers at a desk, which hold an example of each answer."""
MOST_SHIFT = 0.1
"""Cumulative layout shift, beyond which Lighthouse calls a page unsteady."""

BASICS = """async (smallest) => {
    const shifts = [];
    const keep = (entries) => shifts.push(...entries.filter((each) => !each.hadRecentInput).map((each) => each.value));
    const watching = new PerformanceObserver((list) => keep(list.getEntries()));
    watching.observe({ type: "layout-shift", buffered: true });
    for (let n = 0; n < 3; n += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
    keep(watching.takeRecords());
    watching.disconnect();
    const isSeen = (each) => each.checkVisibility() && each.getBoundingClientRect().width > 1;
    const high = (each) => Math.round(each.getBoundingClientRect().height);
    const about = (each) => `${high(each)}: ${each.outerHTML.slice(0, 150)}`;
    const all = (selector) => [...document.querySelectorAll(selector)].filter(isSeen);
    const loaded = performance.getEntries().filter((each) => ["navigation", "resource"].includes(each.entryType));
    const fields = ":is(input:not([type=hidden], [type=checkbox], [type=radio]), select, textarea)";
    return {
        title: document.title,
        lang: document.documentElement.lang,
        viewport: document.querySelector("meta[name=viewport]")?.content ?? "",
        headings: all("h1").length,
        unnamed: all("input:not([type=hidden]), select, textarea")
            .filter((field) => !field.labels?.length && !field.ariaLabel && !field.getAttribute("aria-labelledby"))
            .map(about),
        pictures: [...document.images].filter((each) => !each.hasAttribute("alt")).map(about),
        small: all(`button, .button, nav a, .crumb a, summary, ${fields}`)
            .filter((each) => high(each) < smallest)
            .map(about),
        shift: shifts.reduce((sum, each) => sum + each, 0),
        elsewhere: loaded.map((each) => each.name).filter((name) => !name.startsWith(location.origin)),
        bytes: loaded.reduce((sum, each) => sum + (each.encodedBodySize ?? 0), 0),
    };
}"""


@pytest.fixture(scope="module")
def addresses(site: Site, things: dict[str, str]) -> dict[str, str]:
    """Paths of all pages, those of guests among them, by name."""
    guest = {"first_name": "Ada", "last_name": "Lovelace", "product": "Standard"}
    order = {"event": things["event"], "date": "2090-12-24", "time": "20:30", "name": "Ada", "tickets": [guest] * 2}
    booked: Any = site.call("POST", "/api/reservations", {**order, "phone_number": "+33 1 23 45 67"})
    site.call("PATCH", f"/api/events/{things['event']}", {"booking": "open"})
    event = site.call("GET", f"/api/events/{things['event']}")
    one = [{"date": "2090-12-24", "time": "20:30", "capacity": 1}]
    full = site.make_event(name="Full page", booking="open", waiting=True, showings=one)
    site.book(full, 1)
    links = {
        "ticket page": booked["tickets"][0]["links"]["page"],
        "reservation page": booked["links"]["page"],
        "full": full["uuid"],
        "pairing page": site.make_device(event, "To be paired"),
    }
    return {name: path.format(**things, **links) for name, path in {**PAGES, **OTHERS}.items()}


@pytest.fixture
def phone(browser: Browser, site: Site, _logins: dict[str, StorageState], _kept_phones: dict[Browser, Page]) -> Page:
    """A page of a phone with a screen that is touched, logged in, shared by the tests of this module."""
    if browser not in _kept_phones:
        size: Any = {"width": 390, "height": 844}
        _kept_phones[browser] = logged_in(browser, site, _logins, viewport=size, has_touch=True)
    _kept_phones[browser].set_viewport_size({"width": 390, "height": 844})
    return _kept_phones[browser]


@pytest.fixture(scope="module")
def _kept_phones() -> Iterator[dict[Browser, Page]]:
    pages: dict[Browser, Page] = {}
    yield pages
    for browser, page in pages.items():
        if browser.is_connected():
            page.context.close()


@pytest.mark.parametrize("name", [*PAGES, *OTHERS])
def test_page_has_its_basics_is_light_stands_still_and_asks_no_other_host(
    phone: Page, addresses: dict[str, str], name: str
) -> None:
    errors: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(message.text)

    phone.on("console", note)
    phone.goto(addresses[name])
    phone.wait_for_load_state("networkidle")
    expect(phone.get_by_role("heading", level=1).first).to_be_visible()
    found = phone.evaluate(BASICS, LARGE_PX if name in IN_THE_DARK else SMALL_PX)
    phone.set_viewport_size({"width": NARROWEST_PX, "height": 640})
    wide = phone.evaluate("document.documentElement.scrollWidth")
    cut = phone.evaluate(CUT)
    phone.remove_listener("console", note)
    assert found["title"].strip()
    assert found["lang"] == "en"
    assert "width=device-width" in found["viewport"]
    assert "maximum-scale" not in found["viewport"], "a page that may not be made larger"
    assert found["headings"] == 1
    assert [*found["unnamed"], *found["pictures"], *found["elsewhere"], *errors] == []
    assert found["small"] == []
    assert found["shift"] <= MOST_SHIFT
    assert 0 < found["bytes"] <= HEAVY.get(name, MOST_BYTES)
    assert (wide <= NARROWEST_PX, cut) == (True, 0)


@pytest.mark.parametrize("name", OTHERS)
def test_page_beside_the_administration_is_walked_by_tab_and_focus_is_seen_everywhere(
    phone: Page, addresses: dict[str, str], name: str
) -> None:
    phone.goto(addresses[name])
    phone.wait_for_load_state("networkidle")
    expect_walked(phone)
