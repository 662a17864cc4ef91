"""A guest with a phone: books, opens the ticket, shows it at the door. In a real browser, before a real hub."""

import io
import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.end_to_end.conftest import watched
from tests.end_to_end.scanner import SOON_MS
from tests.end_to_end.site import Site

QR_ONLY = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
"""A reader that looks for everything takes lines of text for codes of lines now and then."""
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
        found += [read.text for read in zxingcpp.read_barcodes(drawn, formats=QR_ONLY)]
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


def test_guest_finds_on_each_ticket_what_an_evening_asks_for(browser: Browser, site: Site) -> None:
    product = {"name": "Stalls", "public": True, "prices": [{"name": "Full", "amount": "12.50", "currency": "EUR"}]}
    event = site.make_event(
        name="All of it",
        booking="open",
        products=[product],
        address="4 quai du Moulin, 75004 Paris",
        contact={"email": "ask@example.org"},
        pay_at="door",
    )
    context = browser.new_context(base_url=site.url, viewport=PHONE)  # type: ignore[arg-type]
    page = watched(context.new_page())
    page.goto(f"/book/{event['uuid']}")
    page.get_by_label("Tickets").select_option("2")
    expect(page.get_by_text("€25.00")).to_be_visible()
    page.get_by_label("Your name").fill("Ada Lovelace")
    page.get_by_label("Names of the others").fill("Grace Hopper")
    page.get_by_label("Your phone number").fill("+33 1 23 45 67")
    page.get_by_role("button", name="Book", exact=True).click()
    expect(page.locator("[data-name]")).to_have_text(["Ada Lovelace", "Grace Hopper"])
    (ada,) = [
        each for each in site.call("GET", f"/api/tickets?event={event['uuid']}") if each["name"].startswith("Ada")
    ]
    page.goto(site.call("GET", f"/api/tickets/{ada['id']}/links")["page"])
    expect(page.locator("[data-name]")).to_have_text("Ada Lovelace")
    expect(page.get_by_text(re.compile("€12.50")).first).to_be_visible()
    number = page.locator("b.number").text_content() or ""
    gate = site.pair(site.make_device(event, may=["search"]))
    assert [
        each["uuid"] for each in site.call("POST", "/scan/search_ticket/", {"search": number}, key=gate)["results"]
    ] == [ada["id"]], "the code in letters"
    address = page.get_by_role("link", name="4 quai du Moulin, 75004 Paris (map)").get_attribute("href") or ""
    assert address.startswith("https://www.openstreetmap.org/search?query=4%20quai")
    expect(page.get_by_role("link", name="ask@example.org")).to_have_attribute("href", re.compile("^mailto:ask@"))
    with page.expect_download() as calendar:
        page.get_by_role("link", name="Add to calendar").click()
    assert "LOCATION:The Old Mill" in calendar.value.path().read_text()
    expect(page.get_by_role("link", name=re.compile("Apple"))).to_have_count(0)
    expect(page.locator("#feedback")).to_be_hidden()
    assert "status" not in site.call("POST", f"/api/reservations/{ada['reservation']}/pay")
    assert site.scan(gate, ada["code"])["code"] == "admitted"
    expect(page.locator("#feedback")).to_be_visible(timeout=SOON_MS)
    context.close()


def test_guest_reads_until_when_and_where_to_pay_before_and_after_booking(site: Site, page: Page) -> None:
    product = {"name": "Stalls", "public": True, "prices": [{"name": "Full", "amount": "12.50", "currency": "EUR"}]}
    terms = {"hold_minutes": 120, "pay_where": "At the box office, cash or card"}
    event = site.make_event(name="Pay in time", booking="open", products=[product], **terms)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(f"/book/{event['uuid']}")
    expect(page.locator("form")).to_contain_text(
        re.compile("within 2 hours.*At the box office, cash or card", re.DOTALL)
    )
    page.get_by_label("Your name").fill("Ada Lovelace")
    page.get_by_label("Your phone number").fill("+33 1 23 45 67")
    paris = ZoneInfo("Europe/Paris")
    begun = datetime.now(paris)
    page.get_by_role("button", name="Book", exact=True).click()
    owed = page.locator("[data-is=unpaid]:visible")
    expect(owed).to_contain_text("At the box office, cash or card")
    booked_in = range(int((datetime.now(paris) - begun).total_seconds() // 60) + 2)
    until = "|".join(f"{begun + timedelta(minutes=120 + minute):%H:%M}" for minute in booked_in)
    expect(owed).to_contain_text(re.compile(rf"Pay €12\.50 until .*({until})"))


def test_seats_left_are_kept_up_to_date_at_every_time_however_many_pages_they_take(site: Site, page: Page) -> None:
    showings = [{"date": "2090-12-24", "time": time, "capacity": 1} for time in ("20:30", "21:30", "22:30")]
    event = site.make_event(name="Three times", booking="open", products=[], showings=showings)
    page.route("**/api/showings?*", lambda route: route.continue_(url=with_limit(route.request.url, 1)))
    page.goto(f"/book/{event['uuid']}")
    expect(page.locator("[data-none]:visible")).to_have_count(0)
    last = {"event": event["uuid"], "date": "2090-12-24", "time": "22:30", "name": "Ada", "phone_number": "12345"}
    site.call("POST", "/api/tickets", last)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator('[data-showing="2090-12-24T22:30"]').get_by_text("Sold out")).to_be_visible(timeout=SOON_MS)
    expect(page.locator("[data-none]:visible")).to_have_count(1)


def with_limit(url: str, limit: int) -> str:
    """Return a list's address with shorter pages."""
    return re.sub(r"limit=\d+", f"limit={limit}", url)


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
    (code,) = codes_on(page)
    assert site.scan(site.pair(site.make_device(event)), code)["code"] == "admitted"
    page.get_by_label("Anything to add?").fill("All fine")
    page.get_by_role("button", name="Yes").click()
    expect(page.get_by_text("You said that it worked.")).to_be_visible()
