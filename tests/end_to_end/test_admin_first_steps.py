"""The administration of an empty hub in a real browser, up to a phone that scans."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.end_to_end.accessibility import expect_accessible
from tests.end_to_end.scanner import SOON_MS
from tests.end_to_end.site import Site
from tests.end_to_end.test_admin_events import make_event


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, site_database: dict[str, str]) -> Iterator[Site]:
    """Hub that is fresh: without events and logins but its own."""
    site = Site(tmp_path_factory.mktemp("site") / "data", **site_database)
    yield site
    site.close()


def test_start_without_an_event_says_where_to_make_the_first_and_how_to_get_a_night_to_try(
    site: Site, organiser: Page
) -> None:
    said = (site.folder.parent / "site.log").read_text()
    assert re.search(r"start with a night to try, filled with tickets: .* serve --demo$", said, re.MULTILINE)
    first = re.search(r"No event yet\. Log in and make the first one:\s+(\S+)", said)
    assert first is not None, said
    organiser.goto(first[1])
    expect(organiser.get_by_role("button", name="Make the event")).to_be_visible()


def test_empty_hub_leads_through_the_first_three_steps(site: Site, organiser: Page) -> None:
    organiser.set_viewport_size({"width": 390, "height": 844})
    organiser.goto("/events")
    expect(organiser.get_by_text("No events yet.")).to_be_visible()
    organiser.get_by_role("link", name="Begin").click()
    expect(organiser.get_by_role("link", name="Make an event")).to_be_visible(timeout=SOON_MS)
    expect_accessible(organiser)
    event_id = make_event(organiser, "The first")
    organiser.goto("/admin/events")
    expect(organiser.get_by_text("Done")).to_have_count(1, timeout=SOON_MS)
    expect(organiser.get_by_role("row").filter(has_text="The first")).to_contain_text("24 Dec 2090, 20:30")
    organiser.get_by_role("link", name="Pair a phone").click()
    expect(organiser.get_by_label("Event")).to_have_value(event_id, timeout=SOON_MS)
    device = site.call("POST", "/api/devices", {"name": "Gate", "event": event_id})
    site.pair(device["pairing"]["url"])
    organiser.goto("/admin/events")
    organiser.get_by_role("button", name="Book a test ticket").click()
    organiser.wait_for_url("**/admin/tickets/*")
    (ticket,) = site.call("GET", f"/api/tickets?event={event_id}")
    assert (ticket["name"], ticket["date"]) == ("Test guest", "2090-12-24")
    with organiser.expect_response("**/api/tickets?limit=1"):
        organiser.goto("/admin/events")
    expect(organiser.locator("#first-steps li[data-done]")).to_have_count(3, timeout=SOON_MS)
    expect(organiser.get_by_text("Three steps to the first scan")).to_be_hidden()
    organiser.goto(f"/admin/events/{event_id}")
    organiser.get_by_role("link", name="Report", exact=True).first.click()
    with organiser.expect_download() as saved:
        organiser.get_by_role("link", name="these figures").click()
    assert saved.value.path().read_text(encoding="utf-8-sig").startswith("part,name,figure,value")
