"""A guest with a phone: books, opens the ticket, shows it at the door. In a real browser, before a real hub."""

import io
import re
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.end_to_end.site import Site

SOON_MS = 15_000
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def event(site: Site) -> Any:
    """An event that guests book."""
    return site.make_event(name="For guests", booking="open", products=[], starts_at="2090-12-24T14:00:00+01:00")


def book_without_scripts(browser: Browser, site: Site, event: Any, tickets: int) -> str:
    """Book on the page as a browser without JavaScript does; return the address that it leads to."""
    context = browser.new_context(base_url=site.url, java_script_enabled=False, viewport=PHONE)  # type: ignore[arg-type]
    try:
        page = context.new_page()
        page.goto("/book")
        page.get_by_role("link", name=event["name"]).click()
        page.get_by_label("Tickets").select_option(str(tickets))
        page.get_by_label("Your name").fill("Ada Lovelace")
        page.get_by_label("Your phone number").fill("+33 1 23 45 67")
        page.get_by_role("button", name="Book").click()
        expect(page.get_by_text("Booked.")).to_be_visible()
        expect(page.get_by_role("status").get_by_text("Show this code at the door.").first).to_be_visible()
        return page.url
    finally:
        context.close()


def codes_on(page: Page) -> list[str]:
    """Return what a reader makes of the QRs on the page, as they are drawn on the screen."""
    found = []
    for picture in page.locator(".plate img").all():
        picture.scroll_into_view_if_needed()
        picture.evaluate("image => image.decode()")
        drawn = Image.open(io.BytesIO(picture.screenshot()))
        found += [read.text for read in zxingcpp.read_barcodes(drawn)]
    return found


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_guest_books_without_scripts_and_the_ticket_page_shows_the_scan_as_it_happens(
    browser: Browser, site: Site, event: Any, page: Page
) -> None:
    address = book_without_scripts(browser, site, event, 1)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.emulate_media(color_scheme="dark")
    page.goto(address)
    expect(page.get_by_text("Sunday 24 December 2090, 20:30")).to_be_visible()
    (code,) = codes_on(page)
    assert site.scan(site.pair(site.make_device(event)), code)["code"] == "admitted"
    expect(page.get_by_text("You are in")).to_be_visible(timeout=SOON_MS)
    expect(page.get_by_text(re.compile(r"Scanned \d\d:\d\d at North door"))).to_be_visible()
    expect(page.get_by_text("Good to go")).to_be_hidden()
    assert pages_of(page.pdf(format="A4", prefer_css_page_size=True)) == 1


def test_family_shows_a_code_for_each_and_an_old_link_says_so_at_once(
    browser: Browser, site: Site, event: Any, page: Page
) -> None:
    address = book_without_scripts(browser, site, event, 3)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(address)
    expect(page.get_by_role("heading", name="Your 3 tickets")).to_be_visible()
    codes = codes_on(page)
    assert len(set(codes)) == 3
    key = site.pair(site.make_device(event))
    assert {site.scan(key, code)["code"] for code in codes} == {"admitted"}
    expect(page.get_by_text("You are in").last).to_be_visible(timeout=SOON_MS)
    page.get_by_role("link", name="This ticket alone").last.click()
    expect(page.get_by_text("You are in")).to_be_visible()
    ticket = page.locator("[data-ticket]").get_attribute("data-ticket")
    site.call("POST", f"/api/tickets/{ticket}/reissue")
    expect(page.get_by_role("heading", name="This link opens no ticket")).to_be_visible(timeout=SOON_MS)


def test_ticket_that_is_moved_shows_its_new_time_and_its_corrected_name(
    browser: Browser, site: Site, event: Any, page: Page
) -> None:
    page.goto(book_without_scripts(browser, site, event, 1))
    ticket = page.locator("[data-ticket]").get_attribute("data-ticket")
    later = {"date": "2090-12-24", "time": "22:30", "capacity": 5}
    site.call("POST", f"/api/events/{event['uuid']}/showings", later)
    site.call("PATCH", f"/api/tickets/{ticket}", {"name": "Grace Hopper"})
    expect(page.get_by_text("Grace Hopper")).to_be_visible(timeout=SOON_MS)
    site.call("PATCH", f"/api/tickets/{ticket}", {"time": "22:30"})
    expect(page.get_by_text("Sunday 24 December 2090, 22:30")).to_be_visible(timeout=SOON_MS)
    expect(page.get_by_text("The time has changed")).to_be_visible()
    page.get_by_label("Anything to add?").fill("All fine")
    page.get_by_role("button", name="Yes").click()
    expect(page.get_by_text("You said that it worked.")).to_be_visible()
