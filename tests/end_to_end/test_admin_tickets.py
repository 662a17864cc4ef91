"""The administration of tickets and reservations in a browser, as the organiser at the desk uses it."""

import re
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.end_to_end.accessibility import expect_accessible
from tests.end_to_end.site import Site
from tests.end_to_end.test_admin_events import codes_in

TWO_TIMES = [{"date": "2090-12-24", "time": time, "capacity": 5} for time in ("20:30", "22:00")]


def guests(site: Site, event: Any, *names: str, **order: Any) -> Any:
    """Book a reservation with a ticket for each name; return it."""
    tickets = [{"first_name": first, "last_name": last} for first, _, last in (name.partition(" ") for name in names)]
    place = {"event": event["uuid"], "date": "2090-12-24", "time": "20:30"}
    buyer = {"name": names[0], "phone_number": "+33 1 23 45 67", "tickets": tickets}
    return site.call("POST", "/api/reservations", place | buyer | order)


def accept(page: Page, name: str) -> None:
    """Confirm the dialog that is open."""
    page.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()


def test_search_finds_by_name_and_the_address_keeps_it(site: Site, organiser: Page) -> None:
    event = site.make_event(name="Search")
    guests(site, event, "Grace Hopper", "Ada Lovelace")
    organiser.goto("/admin/tickets")
    organiser.get_by_role("searchbox", name="Search").fill("hop")
    organiser.get_by_label("Event").select_option(label="Search")
    expect(organiser.locator("#rows tr")).to_have_count(1)
    expect(organiser).to_have_url(re.compile(rf"/admin/tickets\?search=hop&event={event['uuid']}$"))
    expect(organiser.get_by_role("searchbox", name="Search")).to_have_value("hop")
    organiser.get_by_role("link", name="Grace Hopper").click()
    expect(organiser.get_by_role("heading", level=1)).to_have_text("Grace Hopper")
    crumbs = organiser.get_by_role("navigation", name="Where this page stands")
    expect(crumbs.get_by_role("link")).to_have_text(["Search", "Tickets"])
    crumbs.get_by_role("link", name="Tickets").click()
    expect(organiser).to_have_url(re.compile(rf"\?search=hop&event={event['uuid']}$"))


def test_event_chosen_while_the_page_is_filled_is_the_one_that_is_shown(site: Site, organiser: Page) -> None:
    site.make_event(name="Tonight, filled late")
    chosen = site.make_event(name="Chosen early")
    held: list[Route] = []
    organiser.route("**/api/showings?*", lambda route: held.append(route))
    organiser.goto("/admin/tickets")
    while not held:
        organiser.wait_for_timeout(20)
    assert "Chosen early" not in organiser.locator("#search-event option").all_text_contents()
    held[0].continue_()
    organiser.get_by_label("Event").select_option(label="Chosen early")
    expect(organiser).to_have_url(re.compile(rf"event={chosen['uuid']}$"))


def test_list_of_an_event_is_counted_sorted_filtered_and_keeps_it_in_its_address(site: Site, organiser: Page) -> None:
    event = site.make_event(name="Sorted", showings=TWO_TIMES, products=[{"name": "Standard"}, {"name": "VIP"}])
    guests(site, event, "Zoë Ångström", "Ada Lovelace")
    (late,) = guests(site, event, "Grace Hopper", time="22:00")["tickets"]
    site.call("POST", f"/api/tickets/{late['id']}/block")
    organiser.goto(f"/admin/tickets?event={event['uuid']}")
    holders = organiser.locator("#rows th a")
    expect(holders).to_have_text(["Zoë Ångström", "Grace Hopper", "Ada Lovelace"])
    expect(organiser.locator("#count")).to_have_text("3 tickets")
    organiser.get_by_role("link", name="Holder").click()
    expect(holders).to_have_text(["Ada Lovelace", "Grace Hopper", "Zoë Ångström"])
    expect(organiser.get_by_role("columnheader", name="Holder")).to_have_attribute("aria-sort", "descending")
    organiser.get_by_label("Time").select_option(label="Sun 24 Dec 2090, 22:00")
    expect(holders).to_have_text(["Grace Hopper"])
    organiser.get_by_label("Time").select_option("")
    organiser.get_by_label("Status").select_option("blocked")
    expect(holders).to_have_text(["Grace Hopper"])
    expect(organiser).to_have_url(re.compile(r"event=[^&]+&status=blocked&sort=-last_name$"))
    organiser.get_by_label("Status").select_option("Any")
    organiser.get_by_label("Product").select_option("VIP")
    expect(organiser.get_by_text("No such ticket.")).to_be_visible()


def test_list_opens_on_the_event_that_is_next_and_finds_in_all_by_the_sellers_code(site: Site, organiser: Page) -> None:
    later = {"starts_at": "2091-01-01T20:30:00+01:00", "ends_at": "2091-01-02T02:00:00+01:00"}
    event = site.make_event(name="Much later", **later)
    sooner = {"starts_at": "2089-01-01T20:30:00+01:00", "ends_at": "2089-01-02T02:00:00+01:00"}
    site.make_event(name="Next", showings=[{"date": "2089-01-01", "time": "20:30", "capacity": 5}], **sooner)
    now = datetime.now(UTC)
    timed = [each for each in site.call("GET", "/api/events") if each["ends_at"] and not each["closed"]]
    to_come = [each for each in timed if datetime.fromisoformat(each["ends_at"]) > now]
    following = min(to_come, key=lambda each: datetime.fromisoformat(each["starts_at"]))
    order = guests(site, event, "Ada Lovelace", email="ada.king@example.org")
    sold = {"first_name": "Emmy", "last_name": "Noether", "barcode": "W-4711"}
    guests(site, event, "Emmy Noether", tickets=[sold])
    organiser.goto("/admin/tickets")
    expect(organiser.get_by_label("Event")).to_have_value(following["uuid"])
    organiser.get_by_label("Event").select_option(label="All events")
    organiser.wait_for_url(re.compile("event=all$"))
    search = organiser.get_by_role("searchbox", name="Search")
    for text in ("W-4711", "noether"):
        search.fill(text)
        search.press("Enter")
        expect(organiser.locator("#rows tr")).to_have_count(1)
        expect(organiser.locator("#rows tr")).to_contain_text(re.compile("Emmy Noether.*Much later.*W-4711"))
    organiser.get_by_label("Event").select_option(label="Much later")
    for text in ("ada.king@", order["uuid"]):
        organiser.wait_for_url(re.compile(f"event={event['uuid']}"))  # loaded: its script knows the event
        search.fill(text)
        search.press("Enter")
        expect(organiser.locator("#rows th a")).to_have_text(["Ada Lovelace"])


def test_several_tickets_are_blocked_paid_and_cancelled_at_once(site: Site, organiser: Page) -> None:
    event = site.make_event(name="At once")
    guests(site, event, "Ada Lovelace", "Grace Hopper", paid=False)
    (gone,) = guests(site, event, "Emmy Noether")["tickets"]
    site.call("POST", f"/api/tickets/{gone['id']}/cancel")
    organiser.set_viewport_size({"width": 390, "height": 844})
    organiser.goto(f"/admin/tickets?event={event['uuid']}")
    chosen, tags = organiser.get_by_role("region", name="Chosen tickets"), organiser.locator("#rows .tag")
    expect(tags).to_have_text(["Not paid", "Not paid", "Cancelled"])
    expect(chosen).to_be_hidden()
    organiser.get_by_label("Choose the ticket of Ada Lovelace").check()
    expect(chosen).to_contain_text("1 ticket is chosen")
    expect_accessible(organiser)
    chosen.get_by_role("button", name="Mark as paid").click()
    accept(organiser, "Mark as paid")
    expect(tags).to_have_text(["Valid", "Valid", "Cancelled"])
    expect(chosen).to_be_hidden()
    organiser.get_by_label("Choose all").check()
    chosen.get_by_role("button", name="Block", exact=True).click()
    expect(tags).to_have_text(["Blocked", "Blocked", "Cancelled"])
    expect(organiser.locator("#notice")).to_contain_text("2 done. 1 not done: Emmy Noether: The ticket is cancelled")
    organiser.get_by_label("Choose all").check()
    chosen.get_by_role("button", name="Cancel them").click()
    accept(organiser, "Go back")
    expect(chosen).to_contain_text("3 tickets are chosen")
    chosen.get_by_role("button", name="Cancel them").click()
    accept(organiser, "Cancel them")
    expect(tags).to_have_text(["Cancelled"] * 3)
    organiser.get_by_label("Choose the ticket of Ada Lovelace").check()
    chosen.get_by_role("button", name="Print").click()
    expect(organiser.locator("#notice")).to_contain_text("None of these has a code")


def test_action_that_breaks_off_shows_the_tickets_it_was_done_to(site: Site, organiser: Page) -> None:
    event = site.make_event(name="Breaks off")
    tickets = guests(site, event, "Ada Lovelace", "Grace Hopper")["tickets"]
    organiser.goto(f"/admin/tickets?event={event['uuid']}")
    tags = organiser.locator("#rows .tag")
    expect(tags).to_have_text(["Valid", "Valid"])
    (grace,) = (ticket["id"] for ticket in tickets if ticket["name"] == "Grace Hopper")
    for name in ("Ada Lovelace", "Grace Hopper"):
        organiser.get_by_label(f"Choose the ticket of {name}").check()
    organiser.route(f"**/api/tickets/{grace}/block", lambda route: route.abort())
    organiser.get_by_role("button", name="Block", exact=True).click()
    expect(organiser.locator("#rows tr", has_text="Ada Lovelace").locator(".tag")).to_have_text("Blocked")
    expect(organiser.locator("#rows tr", has_text="Grace Hopper").locator(".tag")).to_have_text("Valid")


def test_another_event_is_not_filtered_by_the_time_and_product_of_the_one_before(site: Site, organiser: Page) -> None:
    event = site.make_event(name="One", showings=TWO_TIMES, products=[{"name": "Standard"}, {"name": "VIP"}])
    other = site.make_event(name="Other")
    guests(site, other, "Ada Lovelace")
    organiser.goto(f"/admin/tickets?event={event['uuid']}&showing=2090-12-24T22:00&product=VIP")
    expect(organiser.get_by_text("No such ticket.")).to_be_visible()
    organiser.get_by_label("Event").select_option(label="Other")
    expect(organiser.locator("#rows th a")).to_have_text(["Ada Lovelace"])
    expect(organiser).to_have_url(re.compile(rf"\?event={other['uuid']}$"))


def test_chosen_tickets_are_printed_with_their_codes(site: Site, organiser: Page) -> None:
    event = site.make_event(name="Printed")
    tickets = guests(site, event, "Ada Lovelace", "Grace Hopper", "Emmy Noether")["tickets"]
    organiser.goto(f"/admin/tickets?event={event['uuid']}")
    for name in ("Ada Lovelace", "Grace Hopper"):
        organiser.get_by_label(f"Choose the ticket of {name}").check()
    organiser.evaluate("window.print = () => { document.title = 'printed'; }")
    organiser.get_by_role("button", name="Print").click()
    expect(organiser).to_have_title("printed")
    organiser.emulate_media(media="print")
    cards = organiser.locator("#sheet .code-card")
    expect(cards).to_have_count(2)
    expect(organiser.get_by_role("table", name="Tickets")).to_be_hidden()
    read = {code for card in cards.all() for code in codes_in(card.locator(".qr").screenshot())}
    assert read == {ticket["code"] for ticket in tickets if ticket["name"] != "Emmy Noether"}


def test_long_lists_go_on_when_asked(site: Site, organiser: Page) -> None:
    event = site.make_event(name="Many", phone_limit=100)
    guests(site, event, *[f"Guest Number{number}" for number in range(60)])
    organiser.goto(f"/admin/tickets?event={event['uuid']}")
    expect(organiser.locator("#rows tr")).to_have_count(50)
    organiser.get_by_label("Choose all").check()
    organiser.get_by_role("button", name="More").click()
    expect(organiser.locator("#rows tr")).to_have_count(60)
    expect(organiser.get_by_label("Choose all")).not_to_be_checked()
    expect(organiser.get_by_role("region", name="Chosen tickets")).to_contain_text("50 tickets are chosen")
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
    accept(organiser, "Mark as paid")
    expect(organiser.locator("#paid")).to_have_text("Paid")
    organiser.get_by_role("button", name="Send the link again").click()
    expect(organiser.locator("#sent")).to_contain_text(f"/r/{reservation['uuid']}?token=")
    organiser.get_by_role("button", name="Offer wallet passes").click()
    expect(organiser.get_by_role("button", name="Offer no wallet passes")).to_be_visible()
    organiser.get_by_role("button", name="Cancel all tickets").click()
    accept(organiser, "Cancel all tickets")
    expect(organiser.locator("#rows .tag")).to_have_text(["Cancelled", "Cancelled"])
