"""The event's form and page in a browser: what doors ask and see, ends of times, the waiting list."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.end_to_end.accessibility import expect_accessible
from tests.end_to_end.site import Site
from tests.end_to_end.test_admin_events import fill_in

PLACE = {"date": "2090-12-24", "time": "20:30"}


def open_event(page: Page, event: Any) -> None:
    """Open an event's page with all that folds unfolded."""
    page.goto(f"/admin/events/{event['uuid']}")
    expect(page.locator("#title")).to_have_text(event["name"])
    page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")


def save(page: Page) -> None:
    page.locator("#event").get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#notice")).to_have_text("Saved.")


def times_row(page: Page, when: str) -> Locator:
    return page.locator("#showings tr").filter(has_text=when)


def test_what_a_door_asks_and_sees_is_chosen_in_the_form(site: Site, organiser: Page) -> None:
    event = site.make_event(name="Asked")
    path = f"/api/events/{event['uuid']}"
    open_event(organiser, event)
    seen = organiser.get_by_role("group", name="What the door sees")
    for name in ("Notes for the door", "Seat", "Answers given at booking"):
        expect(seen.get_by_label(name)).to_be_checked()
        seen.get_by_label(name).uncheck()
    organiser.locator("#confirm").fill("ID seen?")
    organiser.locator("[name='products[1].confirm']").fill("Over 18?")
    save(organiser)
    changed: Any = site.call("GET", path)
    assert (changed["door_shows"], changed["confirm"]) == ([], "ID seen?")
    assert [each["confirm"] for each in changed["products"]] == [None, "Over 18?"]
    open_event(organiser, event)
    expect(seen.get_by_label("Seat")).not_to_be_checked()
    seen.get_by_label("Seat").check()
    organiser.locator("#confirm").fill("")
    save(organiser)
    changed = site.call("GET", path)
    assert (changed["door_shows"], changed["confirm"]) == (["seat"], None)


def test_door_whose_products_are_unticked_takes_all_tickets(site: Site, organiser: Page) -> None:
    event = site.make_event(name="Unticked", doors=[{"name": "Side door", "products": ["Balcony"]}])
    open_event(organiser, event)
    organiser.get_by_role("group", name="Takes only").get_by_label("Balcony").uncheck()
    save(organiser)
    assert site.call("GET", f"/api/events/{event['uuid']}")["doors"][0]["products"] is None


def test_what_guests_may_do_is_chosen_in_the_form(site: Site, organiser: Page) -> None:
    event = site.make_event(name="Guests", guest_rename=True, transfers=1)
    open_event(organiser, event)
    rename = organiser.get_by_label("Guests may correct the name")
    expect(rename).to_be_checked()
    rename.uncheck()
    organiser.get_by_label("Guests may cancel until").fill("1440")
    organiser.get_by_label("Guests may hand a ticket on").fill("2")
    save(organiser)
    changed: Any = site.call("GET", f"/api/events/{event['uuid']}")
    assert [changed[name] for name in ("guest_rename", "guest_cancel_until_min", "transfers")] == [False, 1440, 2]


def test_time_has_an_end_of_its_own_until_it_is_taken_away(site: Site, organiser: Page) -> None:
    event = site.make_event(name="Ends")
    open_event(organiser, event)
    row = times_row(organiser, "24 Dec 2090, 20:30")
    row.get_by_label("End of").fill("2090-12-24T18:00")
    row.get_by_role("button", name="Change").click()
    expect(row.locator(".field-error")).to_have_text("The end must be after the beginning.")
    expect(row.get_by_label("End of")).to_be_focused()
    row.get_by_label("End of").fill("2090-12-24T23:45")
    expect(row.locator(".field-error")).to_have_count(0)
    row.get_by_role("button", name="Change").click()
    expect(organiser.locator("#notice")).to_have_text("Saved.")
    (showing,) = site.call("GET", f"/api/showings?event={event['uuid']}")
    assert (showing["ends_at"], showing["capacity"]) == ("2090-12-24T22:45:00Z", 100)
    open_event(organiser, event)
    expect(row.get_by_label("End of")).to_have_value("2090-12-24T23:45")
    row.get_by_label("End of").fill("")
    row.get_by_role("button", name="Change").click()
    expect(organiser.locator("#notice")).to_have_text("Saved.")
    assert site.call("GET", f"/api/showings?event={event['uuid']}")[0]["ends_at"] is None


def test_new_event_takes_the_end_of_its_first_time(site: Site, organiser: Page) -> None:
    organiser.goto("/admin/events/new")
    fill_in(organiser, {"Name": "Two halves", "Seats": "50"})
    organiser.get_by_label("Time zone").select_option("Europe/Paris")
    organiser.locator("#starts_at").fill("2090-12-24T20:30")
    organiser.locator("[name='showings[0].ends_at']").fill("2090-12-24T22:00")
    organiser.get_by_role("button", name="Make the event").click()
    organiser.wait_for_url("**/admin/events/*?made")
    event_id = organiser.url.rsplit("/", 1)[1].partition("?")[0]
    assert site.call("GET", f"/api/showings?event={event_id}")[0]["ends_at"] == "2090-12-24T21:00:00Z"


def test_what_is_wrong_with_a_new_time_stands_beside_its_field(site: Site, organiser: Page) -> None:
    event = site.make_event(name="Wrong time")
    open_event(organiser, event)
    times = organiser.locator("#showing")
    for label, text in {"Date": "2090-12-25", "Begins": "18:00", "Seats": "40"}.items():
        times.get_by_label(label, exact=True).fill(text)
    times.locator("[name=ends_at]").fill("2090-12-25T17:00")
    times.get_by_role("button", name="Add").click()
    expect(times.locator("[name=ends_at] + .field-error")).to_have_text("The end must be after the beginning.")
    expect(times.locator("[name=ends_at]")).to_be_focused()
    expect(times.get_by_label("Date", exact=True)).to_have_value("2090-12-25")


def test_end_that_is_being_typed_outlasts_the_next_look(site: Site, organiser: Page) -> None:
    event = site.make_event(name="Typing")
    organiser.clock.install()
    open_event(organiser, event)
    row = times_row(organiser, "24 Dec 2090, 20:30")
    row.get_by_label("End of").fill("2090-12-24T23:00")
    organiser.locator("#name").focus()
    site.call("PATCH", f"/api/events/{event['uuid']}/showings", {**PLACE, "capacity": 70})
    with organiser.expect_response("**/api/showings?*"):
        organiser.clock.run_for(11_000)
    expect(row.get_by_label("End of")).to_have_value("2090-12-24T23:00")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_who_waits_is_listed_on_the_events_page_and_taken_off(site: Site, organiser: Page, scheme: Any) -> None:
    organiser.emulate_media(color_scheme=scheme)
    showings = [{**PLACE, "capacity": 1}]
    event = site.make_event(name=f"Waited for {scheme}", booking="open", showings=showings, products=[], doors=[])
    site.book(event, 1, product=None)
    open_event(organiser, event)
    expect(organiser.locator("#waiting")).to_be_hidden()
    organiser.get_by_label("Guests may wait for a time").check()
    organiser.get_by_label("Offer a freed seat for").fill("90")
    save(organiser)
    changed: Any = site.call("GET", f"/api/events/{event['uuid']}")
    assert (changed["waiting"], changed["offer_minutes"]) == (True, 90)
    expect(organiser.get_by_text("Nobody waits.")).to_be_visible()
    for name in ("Grace Hopper", "Alan Turing"):
        party = {"event": event["uuid"], **PLACE, "name": name, "email": f"{name[:4]}@example.org"}
        joined: Any = site.call("POST", "/api/waiting", party)
        assert joined["state"] == "waiting", joined
    site.call("PATCH", f"/api/events/{event['uuid']}/showings", {**PLACE, "capacity": 2})
    open_event(organiser, event)
    rows = organiser.locator("#waiting-rows tr")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("Seats offered")
    expect(rows.nth(1)).to_contain_text("Waiting, number 1")
    expect(organiser.locator("#waiting-count")).to_have_text("2 guests")
    organiser.set_viewport_size({"width": 390, "height": 844})
    expect_accessible(organiser)
    looked_for = organiser.locator("#waiting").get_by_role("searchbox", name="Search")
    looked_for.fill("turing")
    expect(rows).to_have_count(1)
    expect(rows.nth(0)).to_contain_text("Alan Turing")
    organiser.reload()
    expect(rows).to_have_count(1)
    looked_for.fill("nemo")
    expect(organiser.get_by_text("Nothing here matches “nemo”.")).to_be_visible()
    looked_for.fill("")
    expect(rows).to_have_count(2)
    rows.nth(0).get_by_role("button", name="Take off the list").click()
    organiser.get_by_role("dialog").get_by_role("button", name="Take off the list").click()
    expect(rows).to_have_count(1)
    expect(rows.nth(0)).to_contain_text("Seats offered")
    expect(rows.nth(0)).to_contain_text("Alan Turing")


def test_what_guests_read_and_how_many_of_a_kind_there_are_is_written_in_the_form(site: Site, organiser: Page) -> None:
    event = site.make_event(name="Written down", booking="open")
    open_event(organiser, event)
    organiser.get_by_label("Description").fill("Two sets.\nNo support act.")
    organiser.get_by_label("Doors open so many minutes").fill("60")
    organiser.get_by_label("Terms and conditions").fill("No refunds <b>after</b> the beginning.")
    organiser.locator("[name='products[1].capacity']").fill("1")
    save(organiser)
    organiser.reload()
    expect(organiser.locator("#about")).to_have_value("Two sets.\nNo support act.")
    expect(organiser.locator("[name='products[1].capacity']")).to_have_value("1")
    organiser.goto(f"/book/{event['uuid']}")
    expect(organiser.get_by_text("Two sets. No support act.")).to_be_visible()
    expect(organiser.get_by_text("Doors open 1 hour before.")).to_be_visible()
    organiser.get_by_text("Terms and conditions", exact=True).click()
    expect(organiser.get_by_text("No refunds <b>after</b> the beginning.")).to_be_visible()
    kind = organiser.get_by_label("Kind of ticket")
    expect(kind.locator("option")).to_have_text(["Standard", "Balcony (1 left)"])
    kind.select_option(index=1)
    organiser.get_by_label("Tickets", exact=True).select_option("2")
    organiser.get_by_label("Your name").fill("Ada Lovelace")
    organiser.get_by_label("Your phone number").fill("+33 1 23 45 67")
    organiser.get_by_role("button", name="Book", exact=True).click()
    expect(organiser.get_by_text("There are not so many tickets of this kind left at that time.")).to_be_visible()
    organiser.get_by_label("Tickets", exact=True).select_option("1")
    organiser.get_by_role("button", name="Book", exact=True).click()
    expect(organiser.get_by_text("Doors open at 19:30")).to_be_visible()
    expect(organiser.get_by_text("Terms and conditions")).to_be_visible()
    organiser.goto(f"/book/{event['uuid']}")
    expect(kind.locator("option").nth(1)).to_have_text("Balcony (sold out)")
    expect(kind.locator("option").nth(1)).to_be_disabled()


def test_a_reservations_page_has_a_calendar_file_for_its_time(site: Site, organiser: Page) -> None:
    event = site.make_event(name="Together", doors_open_min=30)
    order = {"event": event["uuid"], "date": "2090-12-24", "time": "20:30", "name": "Ada", "phone_number": "12345"}
    guests = [{"first_name": "Ada"}, {"first_name": "Bo"}]
    made = site.call("POST", "/api/reservations", order | {"tickets": guests})
    organiser.goto(site.call("POST", f"/api/reservations/{made['uuid']}/resend")["link"].removeprefix(site.url))
    expect(organiser.get_by_text("Doors open at 20:00").first).to_be_visible()
    with organiser.expect_download() as download:
        organiser.get_by_role("link", name="Add to calendar").click()
    assert "SUMMARY:Together" in download.value.path().read_text()


def test_form_takes_nothing_before_it_is_filled_and_writes_over_nothing_that_was_typed(
    site: Site, organiser: Page
) -> None:
    event = site.make_event(name="Filled late", starts_at="2090-12-24T19:30:00Z", ends_at="2090-12-25T01:00:00Z")
    held: list[Route] = []
    organiser.route(f"**/api/events/{event['uuid']}", lambda route: held.append(route))
    for path in (f"/admin/events/new?from={event['uuid']}", f"/admin/events/{event['uuid']}"):
        with organiser.expect_request(f"**/api/events/{event['uuid']}"):
            organiser.goto(path)
        expect(organiser.locator("#name")).to_be_disabled()
        expect(
            organiser.locator("#event").get_by_role("button", name=re.compile("Make the event|Save"))
        ).to_be_disabled()
        held.pop().continue_()
        organiser.locator("#name").fill("Typed at once")
        expect(organiser.locator("#starts_at")).not_to_have_value("")
        expect(organiser.locator("#name")).to_have_value("Typed at once")


def test_a_price_that_reads_two_ways_is_refused_beside_its_field_by_its_currency(site: Site, organiser: Page) -> None:
    prices = [{"name": "Full", "amount": "20.00", "currency": "EUR"}]
    event = site.make_event(name="Priced", products=[{"name": "Standard", "prices": prices}])
    open_event(organiser, event)
    organiser.locator("[name='products[0].prices[0].amount']").fill("1.250")
    organiser.locator("#event").get_by_role("button", name="Save", exact=True).click()
    told = "Write an amount like 20.00, without separating thousands."
    expect(organiser.locator(".field-error")).to_have_text(told)
    organiser.locator("[name='products[0].prices[0].currency']").fill("KWD")
    save(organiser)
    (product,) = site.call("GET", f"/api/events/{event['uuid']}")["products"]
    assert product["prices"][0]["amount"] == "1.250"


def test_booking_by_everybody_is_warned_of_beside_a_price_as_soon_as_it_is_chosen(site: Site, organiser: Page) -> None:
    prices = [{"name": "Full", "amount": "80.00", "currency": "EUR"}]
    event = site.make_event(name="Given away", products=[{"name": "VIP", "public": True, "prices": prices}])
    open_event(organiser, event)
    warned = organiser.locator("#booking-warnings p")
    expect(warned).to_have_count(0)
    organiser.get_by_label("Who may book").select_option(label="everybody, on the booking page")
    unpaid = "VIP can be booked by everybody. Such a ticket is not paid, and lets nobody in before it is."
    forever = "Unpaid seats are held without end: say after how many minutes they are free again."
    nowhere = "Guests are not told where they pay: fill in where."
    expect(warned).to_have_text([unpaid, forever, nowhere])
    organiser.get_by_label("Hold unpaid seats, in minutes").fill("120")
    organiser.keyboard.press("Tab")
    expect(warned).to_have_text([unpaid, nowhere])
    organiser.locator("[name='products[0].public']").select_option(label="does not sell it")
    expect(warned).to_have_text("VIP has a price: the booking page does not sell it, unless the product says so.")
    organiser.get_by_label("Who may book").select_option(label="only your own systems and you")
    expect(warned).to_have_count(0)
