"""Actions on all tickets that match a list, on all its pages, in a browser."""

from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.end_to_end.accessibility import expect_accessible
from tests.end_to_end.site import Site

COUNT = 130
"""More than two pages, and more than one step."""


def many(site: Site, name: str, count: int = COUNT) -> Any:
    event = site.make_event(name=name, showings=[{"date": "2090-12-24", "time": "20:30", "capacity": 500}])
    site.book(event, count)
    return event


def choose_all(page: Page, event: Any, count: int = COUNT) -> None:
    page.goto(f"/admin/tickets?event={event['uuid']}")
    expect(page.locator("#count")).to_have_text(f"50 of {count} tickets")
    page.get_by_label("Choose all that are shown").check()
    page.get_by_role("button", name=f"Choose all {count} that match").click()
    expect(page.locator("#chosen-count")).to_have_text(f"All {count} tickets that match are chosen")


def states(site: Site, event: Any) -> dict[str, int]:
    tickets = site.call("GET", f"/api/tickets?event={event['uuid']}&limit=1000")
    counts: dict[str, int] = {}
    for ticket in tickets:
        counts[ticket["status"]] = counts.get(ticket["status"], 0) + 1
    return counts


def test_all_that_match_are_cancelled_on_all_pages_with_a_summary_by_reason(site: Site, organiser: Page) -> None:
    event = many(site, "All cancelled")
    organiser.set_viewport_size({"width": 390, "height": 844})
    choose_all(organiser, event)
    organiser.get_by_role("button", name="Block", exact=True).click()
    asked = organiser.get_by_role("dialog")
    expect(asked).to_contain_text(f"Block these {COUNT} tickets?")
    asked.get_by_role("button", name="Block").click()
    expect(organiser.locator("#batch-text")).to_have_text(f"{COUNT} done.")
    expect(organiser.get_by_role("heading", name=f"Blocking {COUNT} tickets")).to_be_focused()
    expect(organiser.locator("#rows")).to_contain_text("Blocked")
    assert states(site, event) == {"blocked": COUNT}
    first = site.call("GET", f"/api/tickets?event={event['uuid']}&limit=1")[0]
    site.call("POST", f"/api/tickets/{first['id']}/cancel")

    choose_all(organiser, event)
    organiser.get_by_role("button", name="Unblock").click()
    organiser.get_by_role("dialog").get_by_role("button", name="Unblock").click()
    expect(organiser.locator("#batch-text")).to_have_text(f"{COUNT - 1} done.")
    expect(organiser.locator("#batch-refused")).to_contain_text("1 not done: ")
    expect(organiser.locator("#batch-refused").get_by_role("link", name="Ada Lovelace")).to_be_visible()
    expect_accessible(organiser)
    organiser.get_by_role("button", name="Close").click()
    expect(organiser.locator("#batch")).to_be_hidden()


def test_a_batch_that_is_cut_off_goes_on_after_a_reload_and_does_all_once(site: Site, organiser: Page) -> None:
    event = many(site, "Cut off")
    choose_all(organiser, event)
    steps: list[Any] = []

    def refuse_the_second(route: Route) -> None:
        steps.append(route.request.post_data_json)
        if len(steps) > 1:
            route.fulfill(status=500, json={"detail": "Something went wrong here: try again", "code": "internal"})
        else:
            route.continue_()

    organiser.route("**/api/tickets/batch", refuse_the_second)
    organiser.get_by_role("button", name="Cancel them").click()
    organiser.get_by_role("dialog").get_by_role("button", name="Cancel them").click()
    expect(organiser.locator("#batch-text")).to_have_text(f"Stopped after 100 of {COUNT}.")
    assert states(site, event) == {"canceled": 100, "valid": COUNT - 100}
    organiser.unroute("**/api/tickets/batch")
    organiser.reload()
    expect(organiser.locator("#batch-text")).to_have_text(f"Stopped after 100 of {COUNT}.")
    organiser.locator("#batch").get_by_role("button", name="Go on").click()
    expect(organiser.locator("#batch-text")).to_have_text(f"{COUNT} done.")
    assert states(site, event) == {"canceled": COUNT}
    organiser.reload()
    expect(organiser.locator("#rows tr")).to_have_count(50)
    expect(organiser.locator("#batch")).to_be_hidden()


def test_unticking_one_chooses_those_that_are_ticked_again(site: Site, organiser: Page) -> None:
    event = many(site, "Unticked", 60)
    choose_all(organiser, event, 60)
    organiser.locator("#rows .pick input").first.uncheck()
    expect(organiser.locator("#chosen-count")).to_have_text("49 tickets are chosen")
    organiser.get_by_role("button", name="Block", exact=True).click()
    expect(organiser.locator("#notice")).to_have_text("49 done.")
    assert states(site, event) == {"blocked": 49, "valid": 11}


def test_all_that_match_are_printed(site: Site, organiser: Page) -> None:
    event = many(site, "All printed", 60)
    choose_all(organiser, event, 60)
    organiser.evaluate("window.print = () => document.body.toggleAttribute('data-printed', true)")
    organiser.get_by_role("button", name="Print").click()
    expect(organiser.locator("body[data-printed]")).to_be_attached()
    expect(organiser.locator("#sheet article")).to_have_count(60)
