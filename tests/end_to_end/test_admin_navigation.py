"""Ways through the administration in a browser: between an event's pages, back to lists, by keyboard and on a phone."""

import re
from typing import Any

from playwright.sync_api import Dialog, Page, expect

from hub.model.kinds import WEBHOOK_KINDS
from tests.end_to_end.accessibility import expect_accessible
from tests.end_to_end.site import Site

PLACES = (
    "Event",
    "Live",
    "Tickets",
    "Sell tickets",
    "Till",
    "Phones",
    "Import and export",
    "Passes",
    "Practice codes",
    "Relay",
    "Report",
)


def test_pages_of_an_event_lead_to_each_other(site: Site, organiser: Page) -> None:
    event = site.make_event(name="Ways")
    organiser.goto(f"/admin/events/{event['uuid']}")
    pages = organiser.get_by_role("navigation", name="Pages of Ways")
    expect(pages.get_by_role("link")).to_have_text([*PLACES])
    for place in ("Tickets", "Phones", "Import and export", "Passes", "Practice codes", "Event"):
        pages.get_by_role("link", name=place, exact=True).click()
        expect(pages.get_by_role("link", name=place, exact=True)).to_have_attribute("aria-current", "page")
    pages.get_by_role("link", name="Live").click()
    organiser.get_by_role("main").get_by_role("link", name="Tickets").first.click()
    expect(organiser).to_have_url(re.compile(rf"/admin/tickets\?event={event['uuid']}$"))


def test_phones_menu_holds_all_sections_and_folds(site: Site, organiser: Page) -> None:
    organiser.set_viewport_size({"width": 390, "height": 844})
    organiser.goto("/admin/running")
    navigation = organiser.get_by_role("navigation", name="Administration")
    expect(navigation.get_by_role("link")).to_have_count(0)
    navigation.get_by_text("Menu: Running").click()
    for name in ("Events", "Users", "My account", "Live"):
        expect(navigation.get_by_role("link", name=name)).to_be_in_viewport()
    expect_accessible(organiser)
    organiser.set_viewport_size({"width": 1440, "height": 900})
    expect(navigation.get_by_role("link", name="Users")).to_be_visible()


def test_first_field_is_within_five_steps_of_the_keyboard(site: Site, organiser: Page) -> None:
    for path, field in {"/admin/events/new": "name", "/admin/tickets?event=all": "search-name"}.items():
        organiser.goto(path)
        expect(organiser.locator(f"#{field}")).to_be_visible()
        organiser.keyboard.press("Tab")
        expect(organiser.get_by_role("link", name="Skip to content")).to_be_focused()
        organiser.keyboard.press("Enter")
        steps = 0
        while organiser.evaluate("document.activeElement.id") != field:
            organiser.keyboard.press("Tab")
            steps += 1
            assert steps <= 3, path


def test_leaving_with_unsaved_changes_asks(site: Site, organiser: Page) -> None:
    event = site.make_event(name="Unsaved")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    organiser.on("dialog", stay)
    organiser.goto(f"/admin/events/{event['uuid']}")
    expect(organiser.locator("#name")).to_have_value("Unsaved")
    organiser.locator("#name").fill("Changed")
    passes = organiser.get_by_role("navigation", name="Pages of").get_by_role("link", name="Passes")
    with organiser.expect_event("dialog"):
        passes.click(no_wait_after=True)
    expect(organiser.locator("#name")).to_have_value("Changed")
    assert asked == ["beforeunload"]
    organiser.locator("#event").get_by_role("button", name="Save", exact=True).click()
    expect(organiser.get_by_role("status")).to_have_text("Saved.")
    passes.click()
    organiser.wait_for_url("**/admin/wallet/*")
    assert asked == ["beforeunload"]


def test_copy_of_an_event_moves_all_its_times_with_its_beginning(site: Site, organiser: Page) -> None:
    doors = [{"name": "North door"}, {"name": "Stairs", "into": "Balcony", "opens_at": "2090-12-24T19:00:00+01:00"}]
    showings = [{"date": "2090-12-24", "time": "20:30", "capacity": 100, "ends_at": "2090-12-24T23:30:00+01:00"}]
    event = site.make_event(name="Every winter", doors=doors, showings=showings, confirm="ID seen?", retention_days=9)
    site.book(event, 1)
    organiser.goto("/admin/events")
    organiser.get_by_role("link", name="Copy Every winter").click()
    expect(organiser.locator("#starts_at")).to_have_value("2090-12-24T20:30")
    organiser.locator("#name").fill("Next winter")
    organiser.locator("#starts_at").fill("2091-12-26T21:00")
    organiser.locator("#starts_at").blur()
    expect(organiser.locator("#ends_at")).to_have_value("2091-12-27T02:30")
    organiser.get_by_role("button", name="Make the event").click()
    organiser.wait_for_url("**/admin/events/*?made")
    made_id = organiser.url.rsplit("/", 1)[1].partition("?")[0]
    made: Any = site.call("GET", f"/api/events/{made_id}")
    assert (made["name"], made["confirm"], made["retention_days"]) == ("Next winter", "ID seen?", 9)
    assert [door["into"] for door in made["doors"]] == [None, "Balcony"]
    assert made["doors"][1]["opens_at"] == "2091-12-26T18:30:00Z"
    assert made["products"] == event["products"]
    (showing,) = site.call("GET", f"/api/showings?event={made_id}")
    assert (showing["date"], showing["time"], showing["left"]) == ("2091-12-26", "21:00", 100)
    assert showing["ends_at"] == "2091-12-26T23:00:00Z"


def test_no_page_of_what_runs_behind_the_doors_speaks_to_programs(site: Site, organiser: Page) -> None:
    hook = {"url": "https://hooks.example.org/x", "kinds": ["ticket.scanned", "door.stalled"], "secret": "s" * 32}
    site.call("POST", "/api/webhooks", hook)
    site.call("POST", "/api/keys", {"name": "Shop", "scopes": ["tickets:read", "tickets:write"]})
    organiser.goto("/admin/webhooks")
    expect(organiser.locator("#rows")).to_contain_text("A door has no scans while others have, A ticket is let in")
    named = organiser.locator("#kinds label.tick span")
    expect(named).to_have_count(len(WEBHOOK_KINDS))
    organiser.goto("/admin/keys")
    expect(organiser.get_by_role("row", name="Shop")).to_contain_text("Read tickets, Change tickets")
    organiser.goto("/admin/running")
    expect(organiser.locator("#jobs")).to_contain_text("Every 10 seconds")
    expect(organiser.locator("#jobs")).not_to_contain_text(re.compile(r"\* \*|_"))
