"""Payments in the administration: how much, how, the change, and money given back."""

from typing import Any

from playwright.sync_api import Page, expect

from hub.language.catalogue import tags
from tests.end_to_end.accessibility import expect_accessible
from tests.end_to_end.site import Site

PRODUCTS = [{"name": "Standard", "prices": [{"name": "Full", "amount": "12.50", "currency": "EUR"}]}]


def unpaid(site: Site, name: str, count: int = 2) -> Any:
    """Book an order that is not paid, at an event with a price."""
    event = site.make_event(name=name, products=PRODUCTS)
    place = {"event": event["uuid"], "date": "2090-12-24", "time": "20:30"}
    tickets = [{"first_name": "Ada", "last_name": str(n), "product": "Standard", "price": "Full"} for n in range(count)]
    buyer = {"name": "Ada Lovelace", "phone_number": "+33 1 23 45 67", "paid": False, "tickets": tickets}
    return site.call("POST", "/api/reservations", place | buyer)


def test_mark_as_paid_asks_how_much_and_how_and_says_the_change(site: Site, organiser: Page) -> None:
    order = unpaid(site, "Change")
    organiser.set_viewport_size({"width": 390, "height": 844})
    organiser.goto(f"/admin/reservations/{order['uuid']}")
    expect(organiser.locator("#facts")).to_contain_text("25.00 EUR")
    organiser.get_by_role("button", name="Mark as paid").click()
    dialog = organiser.get_by_role("dialog", name="Take the payment")
    expect(dialog).to_contain_text("To be paid: 25.00 EUR")
    expect(dialog.get_by_label("Cash", exact=True)).to_be_checked()
    expect(dialog.get_by_label("Amount in EUR")).to_have_value("25.00")
    dialog.get_by_label("Cash given, EUR").fill("50")
    expect(dialog.locator(".change")).to_have_text("Change: 25.00 EUR")
    dialog.get_by_label("Cash given, EUR").fill("20,5")
    expect(dialog.locator(".change")).to_have_text("Still missing: 4.50 EUR")
    expect_accessible(organiser)
    dialog.get_by_label("Card").check()
    expect(dialog.get_by_label("Cash given, EUR")).to_be_hidden()
    dialog.get_by_label("Amount in EUR").fill("many")
    dialog.get_by_role("button", name="Mark as paid").click()
    expect(dialog).to_be_visible()
    dialog.get_by_label("Amount in EUR").fill("20")
    dialog.get_by_role("button", name="Mark as paid").click()
    expect(organiser.locator("#paid")).to_have_text("Paid")
    kept = site.call("GET", f"/api/reservations/{order['uuid']}")
    assert [(each["paid"]["amount"], each["paid"]["method"]) for each in kept["tickets"]] == [("10.00", "card")] * 2


def test_an_amount_that_is_not_asked_any_more_stops_no_payment(site: Site, organiser: Page) -> None:
    order = unpaid(site, "Free after all")
    organiser.goto(f"/admin/reservations/{order['uuid']}")
    organiser.get_by_role("button", name="Mark as paid").click()
    dialog = organiser.get_by_role("dialog", name="Take the payment")
    dialog.get_by_label("Amount in EUR").fill("abc")
    dialog.get_by_label("Free", exact=True).check()
    expect(dialog.get_by_label("Amount in EUR")).to_be_hidden()
    dialog.get_by_role("button", name="Mark as paid").click()
    expect(organiser.locator("#paid")).to_have_text("Paid")


def test_money_is_given_back_and_both_stand_in_the_history(site: Site, organiser: Page) -> None:
    order = unpaid(site, "Given back", 1)
    organiser.goto(f"/admin/tickets/{order['tickets'][0]['id']}")
    organiser.get_by_role("button", name="Take the payment").click()
    organiser.get_by_role("dialog").get_by_role("button", name="Mark as paid").click()
    expect(organiser.locator("#facts")).to_contain_text("12.50 EUR, cash")
    organiser.get_by_role("button", name="Give the money back").click()
    organiser.get_by_role("dialog").get_by_label("Card").check()
    organiser.get_by_role("dialog").get_by_role("button", name="Give it back").click()
    expect(organiser.locator("#status")).to_have_text("Not paid")
    history = organiser.locator("#history li")
    expect(history.filter(has_text="Money given back")).to_contain_text("12.50 EUR, card")
    expect(history.filter(has_text="Payment taken")).to_contain_text("12.50 EUR, cash")


def test_the_list_of_tickets_says_what_each_costs(site: Site, organiser: Page) -> None:
    order = unpaid(site, "Listed", 1)
    organiser.goto(f"/admin/tickets?event={order['event']}")
    expect(organiser.locator("#rows tr")).to_contain_text("Standard · Full · 12.50 EUR")


def test_a_part_is_given_back_and_stands_on_ticket_order_till_and_report(site: Site, organiser: Page) -> None:
    order = unpaid(site, "A part back", 2)
    site.call("POST", f"/api/reservations/{order['uuid']}/pay", {"method": "cash"})
    organiser.set_viewport_size({"width": 390, "height": 844})
    organiser.goto(f"/admin/tickets/{order['tickets'][0]['id']}")
    organiser.get_by_role("button", name="Give the money back").click()
    dialog = organiser.get_by_role("dialog", name="Give the money back")
    amount = dialog.get_by_label("Amount in EUR")
    expect(amount).to_have_value("12.50")
    expect(dialog).to_contain_text("a ticket that stands is unpaid afterwards")
    for wrong in ("12.51", "0", "much", ""):
        amount.fill(wrong)
        dialog.get_by_role("button", name="Give it back").click()
        expect(dialog).to_be_visible()
    amount.fill("2,49")
    expect(dialog).to_contain_text("tickets stay paid and valid")
    expect_accessible(organiser)
    dialog.get_by_role("button", name="Give it back").click()
    expect(organiser.locator("#facts")).to_contain_text("12.50 EUR, of which 2.49 EUR was given back, cash")
    expect(organiser.locator("#status")).to_have_text("Valid")
    expect(organiser.locator("#history li").filter(has_text="Money given back")).to_contain_text("2.49 EUR, cash")

    organiser.goto(f"/admin/reservations/{order['uuid']}")
    expect(organiser.locator("#facts")).to_contain_text("25.00 EUR, of which 2.49 EUR was given back")
    organiser.get_by_role("button", name="Give the money back").click()
    expect(organiser.get_by_role("dialog").get_by_label("Amount in EUR")).to_have_value("22.51")
    organiser.get_by_role("dialog").get_by_label("Amount in EUR").fill("2.51")
    organiser.get_by_role("dialog").get_by_role("button", name="Give it back").click()
    expect(organiser.locator("#facts")).to_contain_text("25.00 EUR, of which 5.00 EUR was given back")
    expect(organiser.locator("#paid")).to_have_text("Paid")
    organiser.goto(f"/events/{order['event']}/report")
    expect(organiser.get_by_role("main")).to_contain_text("20.00")
    (total,) = site.call("GET", f"/api/events/{order['event']}/takings")["totals"]
    assert (total["taken"], total["returned"], total["net"]) == ("25.00", "5.00", "20.00")


TOO_WIDE = """() => [...document.querySelectorAll(".report section")]
    .filter((part) => part.scrollWidth > part.clientWidth).map((part) => part.innerText)"""


def test_takings_of_the_report_fit_a_phone_in_each_language(site: Site, organiser: Page) -> None:
    order = unpaid(site, "On a phone", 20)
    site.call("POST", f"/api/reservations/{order['uuid']}/pay", {"method": "transfer"})
    organiser.set_viewport_size({"width": 390, "height": 844})
    for tag in tags():
        organiser.context.add_cookies([{"name": "language", "value": tag, "url": site.url}])
        organiser.goto(f"/events/{order['event']}/report")
        expect(organiser.locator("html")).to_have_attribute("lang", tag)
        written = "250.00" if tag == "en" else "250,00"
        expect(organiser.locator(".wide", has_text="EUR").first).to_contain_text(written)
        assert organiser.evaluate(TOO_WIDE) == [], tag
