"""The rollout of passes in a browser, as the organiser sees it on a phone and at the desk."""

import pytest
from playwright.sync_api import Page, expect

from tests.end_to_end.site import Site
from tests.end_to_end.test_admin_tickets import accept, guests


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1440, 900)])
def test_waves_are_started_stopped_and_resumed_on_one_page(
    site: Site, organiser: Page, width: int, height: int
) -> None:
    event = site.make_event(name=f"Passes {width}")
    for name in ("Ada Lovelace", "Grace Hopper", "Alan Turing"):
        guests(site, event, name)
    organiser.set_viewport_size({"width": width, "height": height})
    organiser.goto(f"/admin/events/{event['uuid']}")
    organiser.get_by_role("link", name="Passes").click()
    expect(organiser.locator("#offer")).to_have_text("Everybody.")
    expect(organiser.locator("#next")).to_be_hidden()
    organiser.get_by_role("button", name="Offer to invited guests only").click()
    expect(organiser.locator("#offer")).to_contain_text("Invited reservations only")
    offered = organiser.locator("#funnel tr").first.locator("td").first
    expect(offered).to_have_text("0")
    expect(organiser.locator("#no-mail")).to_be_visible()
    organiser.get_by_label("Offer to how many percent").fill("100")
    organiser.get_by_role("button", name="Start the wave").click()
    expect(organiser.locator("#notice")).to_have_text("The wave has started.")
    expect(offered).to_have_text("3")
    expect(organiser.locator("#waves tr")).to_have_count(1)
    organiser.get_by_role("button", name="Stop", exact=True).click()
    accept(organiser, "Stop")
    expect(organiser.locator("#offer")).to_contain_text("Nobody new is offered passes.")
    organiser.get_by_role("button", name="Resume").click()
    expect(organiser.locator("#offer")).to_contain_text("100 percent of all")
    assert organiser.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_share_that_is_not_higher_is_refused_beside_its_field(site: Site, organiser: Page) -> None:
    event = site.make_event(name="Refused", wallet="percent", wallet_percent=40)
    organiser.goto(f"/admin/wallet/{event['uuid']}")
    organiser.get_by_label("Offer to how many percent").fill("40")
    organiser.get_by_role("button", name="Start the wave").click()
    expect(organiser.locator(".field-error")).to_have_text("This must be more than 40.")
    expect(organiser.locator("#waves tr")).to_have_count(0)


def test_the_contact_is_written_and_shown_in_the_events_form(site: Site, organiser: Page) -> None:
    event = site.make_event(name="Contact")
    organiser.goto(f"/admin/events/{event['uuid']}")
    expect(organiser.get_by_label("Name", exact=True)).to_have_value("Contact")
    organiser.locator("summary", has_text="Contact").click()
    organiser.get_by_label("Web page").fill("https://example.org/help")
    organiser.get_by_role("button", name="Save").click()
    expect(organiser.locator("#notice")).to_have_text("Saved.")
    kept = site.call("GET", f"/api/events/{event['uuid']}")["contact"]
    assert kept == {"url": "https://example.org/help"}
    organiser.reload()
    expect(organiser.locator("#contact-url")).to_have_value("https://example.org/help")
