"""The API's reference in a browser: searched, opened by an address and by the keyboard, readable on a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.end_to_end.accessibility import expect_accessible
from tests.end_to_end.site import Site


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page as wide as a phone."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    yield context.new_page()
    context.close()


def test_an_operation_is_found_by_words_and_read_by_the_keyboard(site: Site, phone: Page) -> None:
    phone.goto(f"{site.url}/docs")
    phone.get_by_label("Search operations and types").fill("count_people headcount")
    expect(phone.get_by_role("status").filter(has_text="found")).to_have_text("1 found")
    entry = phone.locator("#count_people")
    entry.locator("summary").focus()
    phone.keyboard.press("Enter")
    expect(entry.get_by_role("heading", name="Answers")).to_be_visible()
    expect_accessible(phone)


def test_a_link_to_a_type_opens_it(site: Site, phone: Page) -> None:
    phone.goto(f"{site.url}/docs#create_event")
    entry = phone.locator("#create_event")
    expect(entry.get_by_text("Winter concert").first).to_be_visible()
    entry.get_by_role("link", name="NewEvent").click()
    expect(phone.locator("#type-NewEvent").get_by_text("phone_limit")).to_be_visible()


def test_the_codes_of_problems_are_readable_on_a_phone(site: Site, phone: Page) -> None:
    phone.goto(f"{site.url}/problems")
    expect_accessible(phone)
    phone.get_by_role("link", name="sold_out").click()
    expect(phone.get_by_role("heading", name="What to do")).to_be_visible()
    expect_accessible(phone)
