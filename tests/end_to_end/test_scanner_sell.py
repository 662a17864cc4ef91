"""Money at the door: an unpaid ticket is paid for on the verdict, once, and never offline."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.end_to_end.accessibility import expect_accessible
from tests.end_to_end.scanner import PATIENT, SOON_MS, cut_off, expect_verdict, lose_next_answer, pair, read
from tests.end_to_end.site import Site
from tests.end_to_end.test_admin_payments import unpaid
from tests.end_to_end.test_admin_sell import shop


@pytest.fixture
def phone(page: Page) -> Iterator[Page]:
    page.set_viewport_size({"width": 390, "height": 844})
    page.add_init_script(PATIENT)
    yield page


def payments(site: Site, order: Any) -> list[str]:
    """Return how the tickets of an order were paid."""
    tickets = site.call("GET", f"/api/reservations/{order['uuid']}")["tickets"]
    return [ticket["paid"]["method"] for ticket in tickets if ticket["paid"]]


def event_of(site: Site, order: Any) -> Any:
    return site.call("GET", f"/api/events/{order['event']}")


def test_an_unpaid_guest_pays_on_the_verdict_and_is_let_in(site: Site, phone: Page) -> None:
    order = unpaid(site, "Pays at the door", 1)
    pair(site, phone, event_of(site, order), may=["sell"])
    read(phone, order["tickets"][0]["code"])
    expect_verdict(phone, "Refused", "refuse", "12.50 EUR to pay")
    phone.get_by_role("button", name="Take 12.50 EUR: cash").click()
    expect_verdict(phone, "Admitted", "pass", "12.50 EUR taken, cash")
    assert payments(site, order) == ["cash"]


def test_a_payment_whose_answer_is_lost_is_taken_once(site: Site, phone: Page) -> None:
    order = unpaid(site, "Lost payment", 1)
    pair(site, phone, event_of(site, order), may=["sell"])
    read(phone, order["tickets"][0]["code"])
    expect_verdict(phone, "Refused", "refuse", "12.50 EUR to pay")
    lose_next_answer(phone, "/scan/ticket/")
    phone.get_by_role("button", name="Take 12.50 EUR: card").click()
    expect_verdict(phone, "Admitted", "pass", "12.50 EUR taken, card")
    assert payments(site, order) == ["card"]


def test_offline_no_money_is_taken_and_the_phone_says_so(site: Site, phone: Page) -> None:
    order = unpaid(site, "Offline payment", 1)
    pair(site, phone, event_of(site, order), may=["sell"])
    read(phone, order["tickets"][0]["code"])
    expect_verdict(phone, "Refused", "refuse", "12.50 EUR to pay")
    cut_off(phone, "/scan/ticket/")
    phone.get_by_role("button", name="Take 12.50 EUR: cash").click()
    expect_verdict(phone, "Tap again", "warn", "never taken twice")
    phone.get_by_role("button", name="Next").click()
    read(phone, order["tickets"][0]["code"])
    expect_verdict(phone, "Refused", "refuse", "no money is taken now")
    expect(phone.get_by_role("button", name="Take 12.50 EUR")).to_have_count(0)
    assert payments(site, order) == []


def test_a_phone_that_may_not_sell_is_offered_no_money(site: Site, phone: Page) -> None:
    order = unpaid(site, "May not", 1)
    pair(site, phone, event_of(site, order))
    read(phone, order["tickets"][0]["code"])
    expect_verdict(phone, "Refused", "refuse", "12.50 EUR to pay")
    expect(phone.get_by_role("button", name="Take 12.50 EUR")).to_have_count(0)


def test_a_phone_sells_takes_cash_shows_the_code_and_lets_in(site: Site, phone: Page) -> None:
    event = shop(site, "Sold at the door")
    pair(site, phone, event, may=["sell"])
    phone.get_by_role("button", name="Sell tickets").click()
    sale = phone.get_by_role("dialog", name="Sell tickets")
    more = sale.get_by_role("button", name="One Standard more")
    more.click()
    more.click()
    box = more.bounding_box()
    assert box is not None and min(box["width"], box["height"]) >= 48
    expect(sale.locator("#sell-total")).to_have_text("25.00 EUR")
    sale.get_by_label("Cash given").fill("30")
    expect(sale.locator("#sell-change")).to_have_text("Change: 5.00 EUR")
    expect_accessible(phone)
    sale.get_by_role("button", name="25.00 EUR: cash").click()
    expect(sale.locator("#sell-said")).to_have_text("Sold: 2 tickets. 25.00 EUR. Change: 5.00 EUR", timeout=SOON_MS)
    expect(sale.locator("#sell-codes img")).to_have_count(2)
    expect_accessible(phone)
    sale.get_by_role("button", name="Let all 2 in").click()
    expect_verdict(phone, "Admitted", "pass")
    takings = site.call("GET", f"/api/events/{event['uuid']}/takings")
    assert [(row["name"], row["net"]) for row in takings["methods"]] == [("Cash", "25.00")]
    phone.get_by_role("button", name="Next").click()


def test_a_sale_whose_answer_is_lost_is_sold_once_and_offline_nothing_is_sold(site: Site, phone: Page) -> None:
    event = shop(site, "Lost sale")
    pair(site, phone, event, may=["sell"])
    phone.get_by_role("button", name="Sell tickets").click()
    sale = phone.get_by_role("dialog", name="Sell tickets")
    sale.get_by_role("button", name="One Child more").click()
    lose_next_answer(phone, "/scan/sales/")
    sale.get_by_role("button", name="5.00 EUR: card").click()
    expect(sale.locator("#sell-problem")).to_contain_text("it is never sold twice", timeout=SOON_MS)
    expect(sale.get_by_role("button", name="5.00 EUR: cash")).to_be_disabled()
    expect(sale.get_by_label("When")).to_be_disabled()
    expect(sale.get_by_role("button", name="One Child more")).to_be_disabled()
    sale.get_by_role("button", name="5.00 EUR: card").click()
    expect(sale.locator("#sell-said")).to_contain_text("Sold: 1 ticket.", timeout=SOON_MS)
    assert len(site.call("GET", f"/api/tickets?event={event['uuid']}")) == 1
    cut_off(phone, "/scan/sales/")
    sale.get_by_role("button", name="Next customer").click()
    expect(sale.locator("#sell-problem")).to_contain_text("sells nothing and takes no money", timeout=SOON_MS)


def test_a_sale_without_an_answer_is_there_when_selling_is_opened_again_and_the_next_one_is_another(
    site: Site, phone: Page
) -> None:
    event = shop(site, "Closed too early")
    pair(site, phone, event, may=["sell"])
    sale = phone.get_by_role("dialog", name="Sell tickets")
    for _ in range(2):
        phone.get_by_role("button", name="Sell tickets").click()
        sale.get_by_role("button", name="One Child more").click()
        lose_next_answer(phone, "/scan/sales/")
        sale.get_by_role("button", name="5.00 EUR: cash").click()
        expect(sale.locator("#sell-problem")).to_contain_text("it is never sold twice", timeout=SOON_MS)
        sale.get_by_role("button", name="Close").click()
        phone.get_by_role("button", name="Sell tickets").click()
        expect(sale.locator("#sell-problem")).to_contain_text("This sale was not confirmed: try again")
        expect(sale.locator("#sell-total")).to_have_text("5.00 EUR")
        expect(sale.get_by_role("button", name="5.00 EUR: card")).to_be_disabled()
        expect_accessible(phone)
        sale.get_by_role("button", name="5.00 EUR: cash").click()
        expect(sale.locator("#sell-said")).to_contain_text("Sold: 1 ticket.", timeout=SOON_MS)
        sale.get_by_role("button", name="Close").click()
    assert len(site.call("GET", f"/api/tickets?event={event['uuid']}")) == 2


def test_a_sale_without_an_answer_outlasts_a_reload_and_is_resolved_before_another_is_sold(
    site: Site, phone: Page
) -> None:
    event = shop(site, "Reloaded too early")
    pair(site, phone, event, may=["sell"])
    phone.get_by_role("button", name="Sell tickets").click()
    sale = phone.get_by_role("dialog", name="Sell tickets")
    sale.get_by_role("button", name="One Child more").click()
    sale.get_by_role("button", name="One Standard more").click()
    sale.get_by_label("Cash given").fill("20")
    lose_next_answer(phone, "/scan/sales/")
    sale.get_by_role("button", name="17.50 EUR: cash").click()
    expect(sale.locator("#sell-problem")).to_contain_text("it is never sold twice", timeout=SOON_MS)
    phone.reload()
    phone.get_by_role("button", name="Sell tickets: the last sale is not confirmed").click()
    expect(sale.locator("#sell-problem")).to_contain_text("This sale was not confirmed: try again")
    expect(sale.locator("#sell-total")).to_have_text("17.50 EUR")
    expect(sale.locator("#sell-change")).to_have_text("Change: 2.50 EUR")
    for denied in ("17.50 EUR: card", "One Child more", "One Standard less"):
        expect(sale.get_by_role("button", name=denied)).to_be_disabled()
    expect(sale.get_by_label("When")).to_be_disabled()
    expect_accessible(phone)
    sale.get_by_role("button", name="17.50 EUR: cash").click()
    expect(sale.locator("#sell-said")).to_contain_text("Sold: 2 tickets. 17.50 EUR. Change: 2.50 EUR", timeout=SOON_MS)
    assert len(site.call("GET", f"/api/tickets?event={event['uuid']}")) == 2
    sale.get_by_role("button", name="Next customer").click()
    expect(sale.locator("#sell-total")).to_be_empty()
    sale.get_by_role("button", name="Close").click()
    phone.reload()
    expect(phone.get_by_role("button", name="Sell tickets", exact=True)).to_be_visible()


def test_a_sale_that_never_reached_the_hub_is_there_after_a_flat_battery(site: Site, phone: Page) -> None:
    event = shop(site, "Never sent")
    pair(site, phone, event, may=["sell"])
    phone.get_by_role("button", name="Sell tickets").click()
    sale = phone.get_by_role("dialog", name="Sell tickets")
    sale.get_by_role("button", name="One Child more").click()
    cut_off(phone, "/scan/sales/")
    sale.get_by_role("button", name="5.00 EUR: card").click()
    expect(sale.locator("#sell-problem")).to_contain_text("it is never sold twice", timeout=SOON_MS)
    phone.reload()
    phone.get_by_role("button", name="Sell tickets: the last sale is not confirmed").click()
    sale.get_by_role("button", name="5.00 EUR: card").click()
    expect(sale.locator("#sell-said")).to_contain_text("Sold: 1 ticket.", timeout=SOON_MS)
    assert len(site.call("GET", f"/api/tickets?event={event['uuid']}")) == 1


def test_unpairing_asks_before_a_sale_without_an_answer_is_lost(site: Site, phone: Page) -> None:
    event = shop(site, "Unpaired too early")
    pair(site, phone, event, may=["sell"])
    phone.get_by_role("button", name="Sell tickets").click()
    sale = phone.get_by_role("dialog", name="Sell tickets")
    sale.get_by_role("button", name="One Child more").click()
    lose_next_answer(phone, "/scan/sales/")
    sale.get_by_role("button", name="5.00 EUR: card").click()
    expect(sale.locator("#sell-problem")).to_contain_text("it is never sold twice", timeout=SOON_MS)
    sale.get_by_role("button", name="Close").click()
    phone.get_by_text("More", exact=True).click()
    phone.get_by_role("button", name="Unpair this phone").click()
    question = phone.locator("#question")
    question.get_by_role("button", name="Yes").click()
    expect(question).to_contain_text("The last sale is not confirmed")
    question.get_by_role("button", name="No").click()
    expect(phone.get_by_role("button", name="Sell tickets: the last sale is not confirmed")).to_be_visible()


HELD = """() => {
    const reach = globalThis.fetch;
    globalThis.fetch = async (...asked) => {
        const answer = await reach(...asked);
        globalThis.fetch = reach;
        await new Promise((release) => { globalThis.release = release; });
        return answer;
    };
}"""
"""The next answer is held until `release()`."""


def test_codes_of_a_sale_that_is_answered_after_selling_was_closed_are_shown(site: Site, phone: Page) -> None:
    event = shop(site, "Closed meanwhile")
    pair(site, phone, event, may=["sell"])
    phone.get_by_role("button", name="Sell tickets").click()
    sale = phone.get_by_role("dialog", name="Sell tickets")
    sale.get_by_role("button", name="One Child more").click()
    phone.evaluate(HELD)
    sale.get_by_role("button", name="5.00 EUR: cash").click()
    phone.wait_for_function("() => globalThis.release")
    sale.get_by_role("button", name="Close").click()
    phone.evaluate("release()")
    expect(phone.locator("#sell-done")).to_have_js_property("hidden", False)
    phone.get_by_role("button", name="Sell tickets").click()
    expect(sale.locator("#sell-codes img")).to_have_count(1)
    assert len(site.call("GET", f"/api/tickets?event={event['uuid']}")) == 1
