"""The administration of tickets and reservations in a browser, as the organiser at the desk uses it."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.end_to_end.site import Site


def guests(site: Site, event: Any, *names: str, **order: Any) -> Any:
    """Book a reservation with a ticket for each name; return it."""
    tickets = [{"first_name": first, "last_name": last} for first, _, last in (name.partition(" ") for name in names)]
    place = {"event": event["uuid"], "date": "2090-12-24", "time": "20:30"}
    buyer = {"name": names[0], "phone_number": "+33 1 23 45 67", "tickets": tickets}
    return site.call("POST", "/api/reservations", place | buyer | order)


def accept(page: Page, name: str) -> None:
    """Say yes to the question that stands."""
    page.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()


def test_search_finds_by_name_and_the_address_keeps_it(site: Site, organiser: Page) -> None:
    event = site.make_event(name="Search")
    guests(site, event, "Grace Hopper", "Ada Lovelace")
    organiser.goto("/admin/tickets")
    organiser.get_by_label("Name or phone number").fill("hop")
    organiser.get_by_label("Event").select_option(label="Search")
    organiser.get_by_role("button", name="Search").click()
    expect(organiser.locator("#rows tr")).to_have_count(1)
    expect(organiser).to_have_url(re.compile(rf"/admin/tickets\?search=hop&event={event['uuid']}$"))
    expect(organiser.get_by_label("Name or phone number")).to_have_value("hop")
    organiser.get_by_role("link", name="Grace Hopper").click()
    expect(organiser.get_by_role("heading", level=1)).to_have_text("Grace Hopper")


def test_long_lists_go_on_when_asked(site: Site, organiser: Page) -> None:
    event = site.make_event(name="Many", phone_limit=100)
    guests(site, event, *[f"Guest Number{number}" for number in range(60)])
    organiser.goto(f"/admin/tickets?event={event['uuid']}")
    expect(organiser.locator("#rows tr")).to_have_count(50)
    organiser.get_by_role("button", name="More").click()
    expect(organiser.locator("#rows tr")).to_have_count(60)
    expect(organiser.get_by_role("button", name="More")).to_be_hidden()


def test_ticket_may_be_moved_to_every_time_however_many_pages_they_take(site: Site, organiser: Page) -> None:
    showings = [{"date": "2090-12-24", "time": time, "capacity": 5} for time in ("20:30", "21:30", "22:30")]
    event = site.make_event(name="Three times", showings=showings)
    (ticket,) = guests(site, event, "Ada Lovelace")["tickets"]
    organiser.route(
        "**/api/showings?*", lambda route: route.continue_(url=re.sub(r"limit=\d+", "limit=1", route.request.url))
    )
    organiser.goto(f"/admin/tickets/{ticket['id']}")
    expect(organiser.locator("#correct-showing option")).to_have_count(3)
    organiser.goto(f"/admin/events/{event['uuid']}")
    expect(organiser.locator("#showings tr")).to_have_count(3)


def test_nothing_found_says_what_to_do(site: Site, organiser: Page) -> None:
    organiser.goto("/admin/tickets?search=nobodyofthatname")
    expect(organiser.get_by_text("No such ticket.")).to_be_visible()


def test_ticket_says_why_it_was_refused(site: Site, organiser: Page) -> None:
    event = site.make_event(name="Why")
    (ticket,) = guests(site, event, "Ada Lovelace")["tickets"]
    key = site.pair(site.make_device(event, "Gate 7"))
    site.scan(key, ticket["code"])
    site.scan(key, ticket["code"], nonce="once more")
    organiser.goto(f"/admin/tickets/{ticket['id']}")
    expect(organiser.locator("#answer")).to_contain_text(re.compile("Refused .*North door.*let in before.*North door"))
    entries = organiser.locator("#history li")
    expect(entries).to_have_count(3)
    expect(entries.nth(0)).to_contain_text(re.compile("Refused: Already scanned.*North door · Gate 7"))
    expect(entries.nth(2)).to_contain_text("Booked")
    expect(organiser.get_by_alt_text("Code of the ticket of Ada Lovelace")).to_be_visible()
    assert organiser.locator("#qr").evaluate("picture => picture.decode().then(() => picture.naturalWidth > 0)")


def test_ticket_is_blocked_reissued_corrected_and_cancelled(site: Site, organiser: Page) -> None:
    event = site.make_event(name="Changes")
    (ticket,) = guests(site, event, "Ada Lovelace")["tickets"]
    organiser.goto(f"/admin/tickets/{ticket['id']}")
    organiser.get_by_role("button", name="Block", exact=True).click()
    expect(organiser.locator("#status")).to_have_text("Blocked")
    organiser.get_by_role("button", name="Unblock").click()
    expect(organiser.locator("#status")).to_have_text("Valid")
    organiser.get_by_role("button", name="Reissue").click()
    accept(organiser, "Reissue")
    expect(organiser.locator("#history li").first).to_contain_text("Reissued")
    organiser.get_by_label("Phone number").fill("call me")
    organiser.get_by_role("button", name="Save").click()
    expect(organiser.get_by_label("Phone number")).to_be_focused()
    expect(organiser.locator(".field-error")).to_contain_text("3 to 20")
    organiser.get_by_label("Phone number").fill("+33 9 87 65 43")
    organiser.get_by_label("Name").fill("Grace Hopper")
    organiser.get_by_role("button", name="Save").click()
    expect(organiser.get_by_role("heading", level=1)).to_have_text("Grace Hopper")
    organiser.get_by_role("button", name="Cancel the ticket").click()
    accept(organiser, "Go back")
    expect(organiser.locator("#status")).to_have_text("Valid")
    organiser.get_by_role("button", name="Cancel the ticket").click()
    accept(organiser, "Cancel the ticket")
    expect(organiser.locator("#status")).to_have_text("Cancelled")
    organiser.get_by_role("button", name="Delete").click()
    accept(organiser, "Delete")
    organiser.wait_for_url("**/admin/tickets")
    assert site.call("GET", f"/api/tickets/{ticket['id']}")["status"] == 404


def test_ticket_moves_to_a_time_that_is_offered(site: Site, organiser: Page) -> None:
    showings = [{"date": "2090-12-24", "time": time, "capacity": 5} for time in ("20:30", "22:00")]
    event = site.make_event(name="Moves", showings=showings)
    (ticket,) = guests(site, event, "Ada Lovelace")["tickets"]
    organiser.goto(f"/admin/tickets/{ticket['id']}")
    organiser.get_by_label("When").select_option(value="2090-12-24T22:00")
    organiser.get_by_role("button", name="Save").click()
    expect(organiser.locator("#history li").first).to_contain_text(re.compile("Moved.*20:30 to .*22:00"))
    assert site.call("GET", f"/api/tickets/{ticket['id']}")["time"] == "22:00"


def test_reservation_is_paid_sent_again_and_cancelled(site: Site, organiser: Page) -> None:
    event = site.make_event(name="Reservation", wallet="invited")
    reservation = guests(site, event, "Ada Lovelace", "Grace Hopper", paid=False)
    organiser.goto(f"/admin/tickets/{reservation['tickets'][0]['id']}")
    organiser.get_by_role("link", name="its reservation").click()
    expect(organiser.locator("#paid")).to_have_text("Not paid")
    organiser.get_by_role("button", name="Mark as paid").click()
    expect(organiser.locator("#paid")).to_have_text("Paid")
    organiser.get_by_role("button", name="Send the link again").click()
    expect(organiser.locator("#sent")).to_contain_text(f"/r/{reservation['uuid']}?token=")
    organiser.get_by_role("button", name="Offer wallet passes").click()
    expect(organiser.get_by_role("button", name="Offer no wallet passes")).to_be_visible()
    organiser.get_by_role("button", name="Cancel all tickets").click()
    accept(organiser, "Cancel all tickets")
    expect(organiser.locator("#rows .tag")).to_have_text(["Cancelled", "Cancelled"])
