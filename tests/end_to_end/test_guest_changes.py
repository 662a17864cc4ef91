"""A guest corrects the name, hands the ticket on and cancels, by keyboard alone, with and without scripts."""

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.end_to_end.site import Site
from tests.end_to_end.test_guests import PHONE, codes_on

TABS = 40
"""More than any of these pages has."""


@pytest.fixture(scope="module")
def event(site: Site) -> Any:
    """An event whose guests may change their tickets themselves."""
    return site.make_event(
        name="In guests' hands",
        booking="open",
        products=[],
        starts_at="2090-12-24T14:00:00+01:00",
        address="4 quai du Moulin, 75004 Paris",
        guest_rename=True,
        guest_cancel_until_min=60,
        transfers=2,
    )


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def guest(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Any:
    """A browser on a phone, with and without scripts."""
    context: BrowserContext = browser.new_context(
        base_url=site.url,
        java_script_enabled=request.param,
        viewport=PHONE,  # type: ignore[arg-type]
    )
    yield context.new_page()
    context.close()


def book(site: Site, event: Any) -> str:
    """Book a ticket and return its page's address."""
    order = {"event": event["uuid"], "date": "2090-12-24", "time": "20:30", "name": "Ada Lovelace"}
    made = site.call("POST", "/api/tickets", order | {"phone_number": "+33 1 23 45 67"})
    return f"/t/{made['id']}?token={made['access_token']}"


def tab_to(page: Page, name: str) -> None:
    """Reach a control as a keyboard does."""
    target = (
        page.get_by_label(name, exact=True)
        .or_(page.get_by_role("link", name=name))
        .or_(page.get_by_role("button", name=name))
    )
    expect(target).to_be_visible()
    for _ in range(TABS):
        page.keyboard.press("Tab")
        if page.locator(":focus").and_(target).count():
            return
    raise AssertionError(f"{name} is out of the keyboard's reach")


def test_guest_hands_a_ticket_on_by_keyboard_and_the_door_takes_the_new_code_alone(
    guest: Page, site: Site, event: Any
) -> None:
    address = book(site, event)
    guest.goto(address)
    [old] = codes_on(guest)
    tab_to(guest, "Hand it on to another person")
    guest.keyboard.press("Enter")
    tab_to(guest, "Whose is it from now on?")
    guest.keyboard.type("Grace Hopper")
    guest.keyboard.press("Enter")
    expect(guest.get_by_role("heading", name="Hand it on to Grace Hopper?")).to_be_visible()
    tab_to(guest, "Hand it on")
    guest.keyboard.press("Enter")
    expect(guest.get_by_role("status").get_by_text("Handed on.")).to_be_visible()
    expect(guest.get_by_text("Grace Hopper")).to_be_visible()
    expect(guest.get_by_text("Ada Lovelace")).to_have_count(0)
    [new] = codes_on(guest)
    key = site.pair(site.make_device(event))
    assert (site.scan(key, old)["code"], site.scan(key, new)["code"]) == ("replaced", "admitted")
    guest.goto(address)
    expect(guest.get_by_role("heading", name="This ticket was handed on")).to_be_visible()


def test_guest_corrects_a_name_and_cancels_by_keyboard(guest: Page, site: Site, event: Any) -> None:
    guest.goto(book(site, event))
    tab_to(guest, "Name on this ticket")
    guest.keyboard.press("ControlOrMeta+a")
    guest.keyboard.type("Ada King")
    guest.keyboard.press("Enter")
    expect(guest.get_by_role("status").get_by_text("Corrected.")).to_be_visible()
    expect(guest.locator("[data-name]")).to_have_text("Ada King")
    tab_to(guest, "Cancel this ticket")
    guest.keyboard.press("Enter")
    tab_to(guest, "Cancel the ticket")
    guest.keyboard.press("Enter")
    expect(guest.get_by_role("status").get_by_text("Your place is free for others now.")).to_be_visible()
    expect(guest.get_by_role("heading", name="Change this ticket")).to_have_count(0)


def test_open_page_of_the_holder_before_says_that_it_was_handed_on(site: Site, event: Any, page: Page) -> None:
    address = book(site, event)
    page.goto(address)
    expect(page.get_by_text("Good to go")).to_be_visible()
    path, _, token = address.partition("?")
    site.call("POST", f"{path}/transfer?{token}", {"name": "Grace Hopper"})
    expect(page.get_by_role("heading", name="This ticket was handed on")).to_be_visible()
    expect(page.get_by_text("Grace")).to_have_count(0)


def test_changes_are_offered_until_the_scan_and_the_question_is_asked_after_it(
    site: Site, event: Any, page: Page
) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(book(site, event))
    expect(page.get_by_role("heading", name="Change this ticket")).to_be_visible()
    expect(page.get_by_role("heading", name="Did your ticket work?")).to_be_hidden()
    expect(page.get_by_role("link", name="4 quai du Moulin, 75004 Paris (map)")).to_be_visible()
    with page.expect_download() as kept:
        page.get_by_role("link", name="Add to calendar").click()
    assert kept.value.suggested_filename.endswith(".ics")
    [code] = codes_on(page)
    assert site.scan(site.pair(site.make_device(event)), code)["code"] == "admitted"
    expect(page.get_by_role("heading", name="Did your ticket work?")).to_be_visible()
    expect(page.get_by_role("heading", name="Change this ticket")).to_be_hidden()
