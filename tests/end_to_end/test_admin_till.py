"""Tills in the administration: change money, counted cash, the difference, and closings that stand."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.end_to_end.accessibility import expect_accessible
from tests.end_to_end.site import Site
from tests.end_to_end.test_admin_sell import shop


def test_a_night_at_the_desk_is_counted_and_closed(site: Site, organiser: Page) -> None:
    event = shop(site, "Counted")
    organiser.set_viewport_size({"width": 390, "height": 844})
    for method in ("Cash", "Card"):
        organiser.goto(f"/admin/sell/{event['uuid']}")
        organiser.get_by_role("button", name="One Standard more").click()
        organiser.get_by_label(method, exact=True).check()
        organiser.get_by_role("button", name="Sell for 12.50 EUR").click()
        expect(organiser.get_by_role("button", name="Next customer")).to_be_visible()
    organiser.get_by_role("navigation", name="Pages of Counted").get_by_role("link", name="Till").click()
    till = organiser.get_by_role("region", name="Your till")
    expect(till.get_by_role("row", name="Cash, EUR")).to_contain_text("12.50")
    till.locator("summary", has_text="Change money").click()
    till.get_by_label("Change money at the start, EUR").fill("50")
    till.get_by_role("button", name="Save the change money").click()
    expect(till).to_contain_text("62.50 EUR")
    till.get_by_role("button", name="Close the till").click()
    expect(till.locator("[aria-invalid]")).to_have_count(1)
    till.get_by_label("Cash counted, EUR").fill("60")
    expect(till.locator(".till-difference")).to_have_text("2.50 EUR missing")
    expect_accessible(organiser)
    till.get_by_role("button", name="Close the till").click()
    organiser.get_by_role("dialog").get_by_role("button", name="Close the till").click()
    closing = organiser.get_by_role("region", name="Closing 1 of organiser")
    expect(closing).to_contain_text("2.50 EUR missing")
    expect(closing.get_by_role("row", name="Card, EUR")).to_contain_text("12.50")
    expect(till).to_contain_text("Number 2: nothing came in yet")
    expect_accessible(organiser)
    organiser.get_by_role("link", name="Report", exact=True).first.click()
    expect(organiser.get_by_role("region", name="Takings by method")).to_contain_text("12.50")


def test_an_amount_that_reads_two_ways_is_refused_before_a_till_is_opened_or_closed_by_it(
    site: Site, organiser: Page
) -> None:
    event = shop(site, "Read two ways")
    organiser.goto(f"/admin/till/{event['uuid']}")
    till = organiser.get_by_role("region", name="Your till")
    for typed in ("1.250", "1,250", "1.234,50"):
        if not till.get_by_label("Change money at the start, EUR").is_visible():
            till.locator("summary", has_text="Change money").click()
        till.get_by_label("Change money at the start, EUR").fill(typed)
        till.get_by_role("button", name="Save the change money").click()
        expect(till.locator("[aria-invalid]")).to_have_count(1)
        expect(till.locator(".field-error")).to_contain_text("like 20.00")
    till.get_by_label("Change money at the start, EUR").fill("1250")
    till.get_by_role("button", name="Save the change money").click()
    expect(till).to_contain_text("1,250.00 EUR")
    till.get_by_label("Cash counted, EUR").fill("1.250")
    till.get_by_role("button", name="Close the till").click()
    expect(till.locator(".field-error")).to_have_text("Write an amount like 20.00, without separating thousands.")
    expect(organiser.get_by_role("dialog")).to_have_count(0)
    till.get_by_label("Cash counted, EUR").fill("1250")
    expect(till.locator(".field-error")).to_have_count(0)
    till.get_by_role("button", name="Close the till").click()
    organiser.get_by_role("dialog").get_by_role("button", name="Close the till").click()
    expect(organiser.get_by_role("region", name="Closing 1 of organiser")).to_contain_text("1,250.00 EUR")


def sold_by(site: Site, event: Any, name: str, count: int) -> None:
    """Let a program of its own sell tickets for cash, so that it has a till."""
    key = site.call("POST", "/api/keys", {"name": name, "scopes": ["tickets:read", "tickets:write"]})["key"]
    sale = {"date": "2090-12-24", "time": "22:00", "payment": {"method": "cash"}}
    tickets = [{"product": "Child", "price": "Child", "count": count}]
    site.call("POST", f"/api/events/{event['uuid']}/sales", {**sale, "tickets": tickets}, key=key)


def test_tills_of_others_are_found_sorted_and_closed(site: Site, organiser: Page) -> None:
    event = shop(site, "Many tills")
    for count, name in enumerate(("Desk Cello", "Desk Alto", "Desk Basso"), 1):
        sold_by(site, event, name, count)
    organiser.goto(f"/admin/till/{event['uuid']}")
    others = organiser.get_by_role("region", name="Other tills")
    heads = others.locator("tbody th")
    expect(heads).to_have_count(3)
    others.get_by_role("button", name="Whose").click()
    expect(heads).to_have_text(["Desk Alto", "Desk Basso", "Desk Cello"])
    others.get_by_role("button", name="Cash that should lie in it").click()
    expect(heads).to_have_text(["Desk Cello", "Desk Alto", "Desk Basso"])
    organiser.reload()
    expect(heads).to_have_text(["Desk Cello", "Desk Alto", "Desk Basso"])
    others.get_by_label("Search").fill("alto")
    expect(heads).to_have_text(["Desk Alto"])
    expect(others.get_by_role("status")).to_have_text("1 of 3")
    expect_accessible(organiser)
    others.get_by_role("button", name="Show Desk Alto").press("Enter")
    till = organiser.get_by_role("region", name="Till of Desk Alto")
    expect(till.get_by_role("heading", name="Till of Desk Alto")).to_be_focused()
    others.get_by_label("Search").fill("")
    expect(heads).to_contain_text(["Desk Cello", "Desk Basso", "Your till"])
    till.get_by_label("Cash counted, EUR").fill("10")
    till.get_by_role("button", name="Close the till").click()
    organiser.get_by_role("dialog").get_by_role("button", name="Close the till").click()
    expect(organiser.get_by_role("region", name="Closing 1 of Desk Alto")).to_contain_text("Exact")
    expect(heads).to_have_text(["Desk Cello", "Desk Basso"])


def test_closings_come_page_by_page_with_their_number_in_either_order(site: Site, organiser: Page) -> None:
    event = shop(site, "Closed often")
    path = f"/api/events/{event['uuid']}/tills"
    holder = site.call("GET", path)["tills"][0]["holder"]["id"]
    for number in range(1, 23):
        site.call("POST", f"{path}/{holder}/open", {"number": number, "floats": {"EUR": "5"}})
        site.call("POST", f"{path}/{holder}/close", {"number": number, "counted": {"EUR": "5"}})
    organiser.goto(f"/admin/till/{event['uuid']}")
    closings = organiser.get_by_role("region", name=re.compile("^Closing [0-9]+ of"))
    expect(closings).to_have_count(20)
    expect(closings.first).to_have_accessible_name(re.compile("^Closing 22 of"))
    expect(organiser.get_by_text("20 of 22")).to_be_visible()
    organiser.get_by_role("button", name="More", exact=True).click()
    expect(closings).to_have_count(22)
    expect(organiser.get_by_text("22 of 22")).to_be_visible()
    organiser.get_by_label("Order").select_option("Oldest first")
    expect(closings).to_have_count(20)
    expect(closings.first).to_have_accessible_name(re.compile("^Closing 1 of"))
    expect_accessible(organiser)
