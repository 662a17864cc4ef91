"""Lists of the administration keep search, filters, order and pages in their address, and when one comes back."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.end_to_end.accessibility import expect_accessible
from tests.end_to_end.conftest import log_in, watched
from tests.end_to_end.site import Site


def sort_by(page: Page, head: str) -> None:
    page.get_by_role("columnheader", name=head).get_by_role("button").click()


def test_devices_keep_search_filter_and_order_when_one_comes_back(site: Site, organiser: Page) -> None:
    event = site.make_event(name="Many doors")
    for name in ("Gate b", "Gate a", "Gate c", "Stairs"):
        site.make_device(event, name)
    gone = site.call("POST", "/api/devices", {"name": "Gate d", "event": event["uuid"]})
    site.call("POST", f"/api/devices/{gone['uuid']}/archive")
    organiser.goto(f"/admin/devices?event={event['uuid']}")
    names = organiser.locator("#devices th")
    expect(names).to_have_count(4)
    organiser.get_by_label("Search").fill("gate")
    organiser.get_by_label("Show those out of service").check()
    sort_by(organiser, "Device")
    sort_by(organiser, "Device")
    expect(names).to_have_text(["Gate d", "Gate c", "Gate b", "Gate a"])
    expect(organiser.get_by_role("columnheader", name="Device")).to_have_attribute("aria-sort", "descending")
    expect(organiser.locator("#list-count")).to_have_text("4 of 5")
    expect(organiser).to_have_url(re.compile(r"search=gate&archived=1&sort=-name$"))
    organiser.get_by_role("link", name="Gate c").click()
    organiser.get_by_role("navigation", name="Where this page stands").get_by_role("link", name="Phones").click()
    expect(names).to_have_text(["Gate d", "Gate c", "Gate b", "Gate a"])
    expect(organiser.get_by_label("Search")).to_have_value("gate")
    organiser.reload()
    expect(names).to_have_text(["Gate d", "Gate c", "Gate b", "Gate a"])
    organiser.get_by_label("Search").fill("nowhere")
    expect(organiser.locator("#list-none")).to_have_text("Nothing here matches “nowhere”.")
    organiser.set_viewport_size({"width": 390, "height": 844})
    organiser.get_by_label("Search").fill("")
    expect_accessible(organiser)


@pytest.mark.parametrize("path", ["/admin/events", "/admin/users", "/admin/webhooks", "/admin/keys"])
def test_each_list_finds_by_its_search_and_keeps_it(site: Site, organiser: Page, path: str) -> None:
    site.make_event(name="Needle night")
    site.call("POST", "/api/users", {"username": "needle", "password": "a long enough password", "role": "viewer"})
    hook = {"url": "https://hooks.example.org/needle", "kinds": ["ticket.scanned"], "secret": "s" * 32}
    site.call("POST", "/api/webhooks", hook)
    site.call("POST", "/api/keys", {"name": "Needle", "scopes": ["tickets:read"]})
    organiser.goto(f"{path}?sort=-name&search=NEEDLE")
    rows = organiser.get_by_role("table").first.locator("tbody tr")
    expect(rows.first).to_contain_text(re.compile("needle", re.IGNORECASE))
    expect(organiser.get_by_label("Search")).to_have_value("NEEDLE")
    organiser.get_by_label("Search").fill("no such thing at all")
    expect(rows).to_have_count(0)
    expect(organiser.locator("#list-none")).to_be_visible()
    organiser.reload()
    expect(organiser.locator("#list-none")).to_be_visible()


def test_pages_of_a_list_that_were_read_are_there_when_one_comes_back(site: Site, organiser: Page) -> None:
    event = site.make_event(name="Three pages", showings=[{"date": "2090-12-24", "time": "20:30", "capacity": 500}])
    site.book(event, 120)
    organiser.goto(f"/admin/tickets?event={event['uuid']}")
    rows = organiser.locator("#rows tr")
    expect(rows).to_have_count(50)
    organiser.get_by_role("button", name="More").click()
    expect(rows).to_have_count(100)
    expect(organiser).to_have_url(re.compile("pages=2"))
    rows.last.get_by_role("link").first.click()
    organiser.get_by_role("navigation", name="Where this page stands").get_by_role("link", name="Tickets").click()
    expect(rows).to_have_count(100)
    organiser.locator("#search-status").select_option("valid")
    expect(rows).to_have_count(50)
    expect(organiser).not_to_have_url(re.compile("pages"))


def test_imports_and_scans_of_a_phone_keep_what_they_were_asked_for(site: Site, organiser: Page) -> None:
    site.make_event(name="Import one")
    other = site.make_event(name="Import two")
    organiser.goto("/admin/imports")
    organiser.get_by_label("Event").select_option("Import two")
    expect(organiser).to_have_url(re.compile(other["uuid"]))
    organiser.reload()
    expect(organiser.get_by_label("Event")).to_have_value(other["uuid"])
    device: Any = site.call("POST", "/api/devices", {"name": "Asked", "event": other["uuid"]})
    organiser.goto(f"/admin/devices/{device['uuid']}")
    expect(organiser.locator("#service").get_by_role("button", name="Archive this device")).to_be_visible()
    organiser.get_by_label("Since").fill("2026-01-01T10:00")
    organiser.get_by_role("button", name="Show", exact=True).click()
    expect(organiser.locator("#no-scans")).to_be_visible()
    organiser.reload()
    expect(organiser.get_by_label("Since")).to_have_value("2026-01-01T10:00")
    expect(organiser.locator("#no-scans")).to_be_visible()


@pytest.fixture
def from_tokyo(site: Site, browser: Browser) -> Iterator[Page]:
    """Page of an organiser whose own clock is Tokyo's."""
    context = browser.new_context(base_url=site.url, timezone_id="Asia/Tokyo", locale="en-GB")
    log_in(context)
    yield watched(context.new_page())
    context.close()


def clock_in_new_york(at: str) -> str:
    """Return the time of day of an instant, in New York."""
    return f"{datetime.fromisoformat(at).astimezone(ZoneInfo('America/New_York')):%H:%M}"


def test_scans_of_a_phone_are_listed_by_the_events_clock_in_any_browser(site: Site, from_tokyo: Page) -> None:
    event = site.make_event(name="Far from here", timezone="America/New_York")
    (code,) = site.book(event, 1, None)
    site.scan(site.pair(site.make_device(event, "Far gate")), code)
    (scan,) = site.call("GET", f"/api/scans?event={event['uuid']}")
    from_tokyo.goto(f"/admin/devices/{scan['device']}")
    from_tokyo.get_by_role("button", name="Show", exact=True).click()
    expect(from_tokyo.locator("#scans th")).to_contain_text(clock_in_new_york(scan["at"]))
    expect(from_tokyo.locator("#event-nav .hint")).to_have_text("Times are by the event's clock: America/New_York.")


def test_imports_waves_and_printed_codes_are_by_the_events_clock_in_any_browser(
    site: Site, from_tokyo: Page, tmp_path: Path
) -> None:
    event = site.make_event(name="Far away", timezone="America/New_York", wallet="percent", wallet_percent=40)
    file = tmp_path / "guests.csv"
    file.write_text("barcode;name\nfar1;Ada Example\n")
    from_tokyo.goto(f"/admin/imports?event={event['uuid']}")
    from_tokyo.get_by_label("File", exact=True).set_input_files(file)
    from_tokyo.get_by_role("button", name="Look at it").click()
    from_tokyo.get_by_role("button", name="Import 1 ticket").click()
    expect(from_tokyo.locator("#rows th")).to_have_count(1)
    (past,) = site.call("GET", f"/api/events/{event['uuid']}/imports")
    expect(from_tokyo.locator("#rows th")).to_contain_text(clock_in_new_york(past["created_at"]))
    from_tokyo.goto(f"/admin/wallet/{event['uuid']}")
    from_tokyo.get_by_label("Offer to how many percent").fill("60")
    from_tokyo.get_by_role("button", name="Start the wave").click()
    expect(from_tokyo.locator("#waves tr")).to_have_count(1)
    (wave,) = site.call("GET", f"/api/events/{event['uuid']}/wallet")["waves"]
    expect(from_tokyo.locator("#waves th")).to_contain_text(clock_in_new_york(wave["started_at"]))
    from_tokyo.goto(f"/admin/devices/new?event={event['uuid']}")
    from_tokyo.get_by_label("Name", exact=True).fill("Far away gate")
    from_tokyo.get_by_role("button", name="Make codes").click()
    expect(from_tokyo.locator(".code-card")).to_have_count(1)
    (device,) = site.call("GET", f"/api/devices?event={event['uuid']}")
    expect(from_tokyo.locator(".code-card .print-only")).to_contain_text(clock_in_new_york(device["pairing_until"]))
