"""One phone with the scanner in two tabs: one decides on a ticket, the other says so, with a network and without."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.end_to_end.scanner import CONTROLLED, SOON_MS, cut_off, pair, read, reconnect
from tests.end_to_end.site import Site
from tests.eventually import until


@pytest.fixture
def tabs(page: Page, context: BrowserContext) -> Iterator[tuple[Page, Page]]:
    """Two tabs of one browser, the second to be opened once the first is paired."""
    yield page, context.new_page()


def open_both(site: Site, tabs: tuple[Page, Page], event: Any) -> None:
    """Pair in the first tab, and open the second, which is paired by that."""
    first, second = tabs
    pair(site, first, event, may=["names"])
    first.wait_for_function(CONTROLLED)
    second.goto(site.url + "/scanner")
    expect(second.locator("#health")).to_have_text("Ready", timeout=SOON_MS)


def tones(tabs: tuple[Page, Page]) -> list[str]:
    """Return the tones of both tabs' verdicts, sorted, once both have one."""
    for tab in tabs:
        expect(tab.locator(".recent-scan")).to_have_count(1, timeout=SOON_MS)
    return sorted(str(tab.locator(".recent-scan").get_attribute("data-tone")) for tab in tabs)


@pytest.mark.parametrize("is_offline", [False, True])
def test_two_tabs_that_read_the_same_ticket_at_once_let_one_guest_in(
    site: Site, tabs: tuple[Page, Page], is_offline: bool
) -> None:
    event = site.make_event(name=f"Two tabs {is_offline}")
    (code,) = site.book(event, 1)
    open_both(site, tabs, event)
    if is_offline:
        for tab in tabs:
            cut_off(tab, "/scan/ticket", "/scan/batch")
    for tab in tabs:
        read(tab, code)
    assert tones(tabs) == ["pass", "refuse"]
    refused = next(tab for tab in tabs if tab.locator(".recent-scan").get_attribute("data-tone") == "refuse")
    expect(refused.locator("#verdict-line")).to_contain_text("Already scanned")
    for tab in tabs if is_offline else ():
        reconnect(tab, "/scan/batch")
    until(
        lambda: tabs[0].evaluate("true") and len(site.call("GET", f"/api/scans?event={event['uuid']}")) == 2,
        "both are on record",
    )
    scans = site.call("GET", f"/api/scans?event={event['uuid']}")
    assert sorted(scan["kind"] for scan in scans) == ["ticket.denied", "ticket.scanned"]


def test_an_entry_of_the_other_tab_is_not_taken_for_the_own_one(site: Site, tabs: tuple[Page, Page]) -> None:
    event = site.make_event(name="Not own")
    (code,) = site.book(event, 1)
    first, second = tabs
    open_both(site, tabs, event)
    cut_off(second, "/scan/ticket", "/scan/batch")
    cut_off(first, "/scan/batch")
    read(second, code)  # waits for the hub's answer, and hears over the flow what the other tab does meanwhile
    read(first, code)
    assert tones(tabs) == ["pass", "refuse"]


def test_a_guest_let_in_offline_is_not_let_in_again_by_the_hub_before_it_knows(
    site: Site, tabs: tuple[Page, Page]
) -> None:
    event = site.make_event(name="Not known yet")
    (code,) = site.book(event, 1)
    first, second = tabs
    open_both(site, tabs, event)
    for tab in tabs:
        cut_off(tab, "/scan/batch")
    cut_off(first, "/scan/ticket", "/scan/batch")
    read(first, code)
    expect(first.locator(".recent-scan[data-tone=pass]")).to_have_count(1)
    read(second, code)
    assert tones(tabs) == ["pass", "refuse"]


def test_unpairing_in_one_tab_ends_the_other(site: Site, tabs: tuple[Page, Page]) -> None:
    event = site.make_event(name="Ends the other")
    open_both(site, tabs, event)
    first, second = tabs
    first.get_by_text("More", exact=True).click()
    first.get_by_role("button", name="Unpair this phone").click()
    first.get_by_role("dialog").get_by_role("button", name="Yes").click()
    for tab in tabs:
        expect(tab.get_by_role("heading", name="This phone is not paired")).to_be_visible()
    first.goto(site.make_device(event, "Gate 2"))
    first.get_by_role("button", name="Pair this phone").click()
    expect(second.locator("#device")).to_have_text("Gate 2", timeout=SOON_MS)
