"""Sell tickets in the administration: on a phone at night and by keyboard, with change, codes and the next customer."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.end_to_end.accessibility import expect_accessible
from tests.end_to_end.site import Site

PRODUCTS = [
    {"name": "Standard", "prices": [{"name": "Full", "amount": "12.50", "currency": "EUR"}]},
    {"name": "Child", "prices": [{"name": "Child", "amount": "5", "currency": "EUR"}]},
]
TWO_TIMES = [{"date": "2090-12-24", "time": time, "capacity": seats} for time, seats in (("20:30", 3), ("22:00", 50))]


def shop(site: Site, name: str) -> Any:
    return site.make_event(name=name, products=PRODUCTS, showings=TWO_TIMES)


def sold(site: Site, event: Any) -> list[Any]:
    tickets: list[Any] = site.call("GET", f"/api/tickets?event={event['uuid']}")
    return tickets


def test_a_customer_pays_cash_gets_change_and_a_code_and_the_next_one_comes(site: Site, organiser: Page) -> None:
    event = shop(site, "Cash")
    organiser.set_viewport_size({"width": 390, "height": 844})
    organiser.goto(f"/admin/events/{event['uuid']}")
    organiser.get_by_role("navigation", name="Pages of Cash").get_by_role("link", name="Sell tickets").click()
    more = organiser.get_by_role("button", name="One Standard more")
    expect(organiser.get_by_role("radio", name="20:30")).to_be_checked()
    box = more.bounding_box()
    assert box is not None and min(box["width"], box["height"]) >= 48
    more.click()
    more.click()
    organiser.get_by_role("button", name="One Child more").click()
    expect(organiser.locator("#sale-total")).to_have_text("30.00 EUR")
    organiser.get_by_label("Cash given, EUR").fill("50")
    expect(organiser.locator(".change")).to_have_text("Change: 20.00 EUR")
    expect_accessible(organiser)
    organiser.get_by_role("button", name="Sell for 30.00 EUR, cash").click()
    expect(organiser.get_by_role("heading", name="Sold: 3 tickets. 30.00 EUR, cash.")).to_be_visible()
    expect(organiser.locator("#sold-change")).to_have_text("Change: 20.00 EUR")
    expect(organiser.locator("#sold-codes img")).to_have_count(3)
    expect_accessible(organiser)
    expect(organiser.get_by_role("button", name="Next customer")).to_be_focused()
    organiser.get_by_role("button", name="Next customer").click()
    expect(organiser.locator("#sale-total")).to_have_text("")
    expect(organiser.get_by_text("Sold out").first).to_be_visible()
    expect(organiser.get_by_role("radio", name="22:00")).to_be_checked()
    assert sorted(ticket["paid"]["amount"] for ticket in sold(site, event)) == ["12.50", "12.50", "5.00"]


def test_a_sale_by_keyboard_alone(site: Site, organiser: Page) -> None:
    event = shop(site, "Keys")
    organiser.goto(f"/admin/sell/{event['uuid']}")
    expect(organiser.get_by_label("Standard", exact=True)).to_be_visible()  # what is hidden takes no focus
    organiser.get_by_label("Standard", exact=True).focus()
    organiser.keyboard.type("2")
    organiser.get_by_label("Cash", exact=True).focus()
    organiser.keyboard.press("ArrowRight")
    expect(organiser.get_by_label("Card", exact=True)).to_be_checked()
    organiser.keyboard.press("Enter")
    expect(organiser.get_by_role("heading", name="Sold: 2 tickets. 25.00 EUR, card.")).to_be_visible()
    organiser.keyboard.press("Enter")
    expect(organiser.get_by_role("button", name="One Standard more")).to_be_focused()
    organiser.keyboard.press("Enter")
    expect(organiser.locator("#sale-total")).to_have_text("12.50 EUR")


def test_seats_that_another_desk_sells_meanwhile_are_gone_here_too(site: Site, organiser: Page) -> None:
    event = shop(site, "Two desks")
    organiser.goto(f"/admin/sell/{event['uuid']}")
    organiser.get_by_label("Standard", exact=True).fill("2")
    expect(organiser.locator("#sale-sell")).to_be_enabled()
    other = {"date": "2090-12-24", "time": "20:30", "tickets": [{"product": "Child", "price": "Child", "count": 2}]}
    site.call("POST", f"/api/events/{event['uuid']}/sales", {**other, "payment": {"method": "card"}})
    expect(organiser.locator("#sale-problem")).to_have_text("Only 1 seat is left at this time.", timeout=20_000)
    expect(organiser.locator("#sale-sell")).to_be_disabled()


def test_a_sale_whose_answer_is_lost_is_sold_once(site: Site, organiser: Page) -> None:
    event = shop(site, "Lost")
    organiser.goto(f"/admin/sell/{event['uuid']}")
    organiser.get_by_role("button", name="One Standard more").click()
    lost: list[int] = []

    def lose(route: Any) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    organiser.route("**/sales", lose)
    organiser.get_by_role("button", name="Sell for").click()
    expect(organiser.locator("#notice")).to_contain_text("it is never sold twice")
    expect(organiser.get_by_role("button", name="One Standard more")).to_be_disabled()
    organiser.get_by_role("button", name="Sell for").click()
    expect(organiser.get_by_role("heading", name="Sold: 1 ticket.")).to_be_visible()
    assert lost == [201]
    assert len(sold(site, event)) == 1


def test_a_kind_with_a_number_of_its_own_is_sold_out_by_itself(site: Site, organiser: Page) -> None:
    event = site.make_event(name="Few", products=[PRODUCTS[0], {**PRODUCTS[1], "capacity": 2}], showings=TWO_TIMES)
    organiser.goto(f"/admin/sell/{event['uuid']}")
    child = organiser.get_by_role("listitem").filter(has_text="Child")
    expect(child).to_contain_text("2 left")
    organiser.get_by_label("Child", exact=True).fill("3")
    expect(organiser.locator("#sale-problem")).to_have_text("Of Child only 2 are left at this time.")
    expect(organiser.locator("#sale-sell")).to_be_disabled()
    organiser.get_by_label("Child", exact=True).fill("2")
    organiser.get_by_role("button", name="Sell for 10.00 EUR").click()
    organiser.get_by_role("button", name="Next customer").click()
    expect(child).to_contain_text("Sold out")
