"""One's own account in a browser: address, second factor with its recovery codes, logins."""

import base64
import re
import time
from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from hub.access.totp import STEP_S, code_at
from tests.end_to_end.accessibility import expect_accessible
from tests.end_to_end.conftest import watched
from tests.end_to_end.site import Site

PASSWORD = "a long enough password"


@pytest.fixture
def account(browser: Browser, site: Site) -> Iterator[tuple[Page, str]]:
    """A page in a profile of its own, logged in by a user of its own; and their name."""
    name = f"user-{uuid4().hex[:8]}"
    site.call("POST", "/api/users", {"username": name, "password": PASSWORD, "role": "organiser"})
    context = browser.new_context(base_url=site.url)
    page = watched(context.new_page())
    enter(page, name)
    page.goto("/admin/account")
    yield page, name
    context.close()


def enter(page: Page, name: str, password: str = PASSWORD) -> None:
    """Type name and password into the login page."""
    page.goto("/login")
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in", exact=True).click()


def code_of(secret: str, away: int) -> str:
    """Return an app's code, `away` steps from now."""
    return code_at(base64.b32decode(secret.replace(" ", "")), int(time.time()) // STEP_S + away)


def test_second_factor_is_set_up_asked_for_and_replaced_by_a_recovery_code(account: tuple[Page, str]) -> None:
    page, name = account
    expect(page.locator("#factor-state")).to_have_text("Off")
    page.get_by_label("Your password, to set it up").fill(PASSWORD)
    page.get_by_role("button", name="Set up an authenticator app").click()
    expect(page.get_by_role("img", name="QR for the authenticator app")).to_be_visible()
    secret = page.locator("#app-secret code").text_content() or ""
    page.get_by_label("Code of the app", exact=True).fill("000000")
    page.get_by_role("button", name="Turn the second factor on").click()
    expect(page.get_by_text("That is not the code that the app shows now")).to_be_visible()
    expect_accessible(page)
    page.get_by_label("Code of the app", exact=True).fill(code_of(secret, -1))
    page.get_by_role("button", name="Turn the second factor on").click()
    codes = page.locator("#recovery-codes li")
    expect(codes).to_have_count(10)
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_focused()
    expect_accessible(page)
    recovery = codes.first.text_content() or ""
    page.get_by_role("button", name="I have kept them").click()
    expect(page.locator("#recovery-left")).to_have_text("Recovery codes left: 10.")
    page.get_by_role("button", name="Log out", exact=True).click()
    enter(page, name)
    expect(page).to_have_url(re.compile("/login/code"))
    expect(page.get_by_label("Code")).to_be_focused()
    expect_accessible(page)
    page.goto("/admin/users")
    expect(page).to_have_url(re.compile(r"/login\?next="))
    enter(page, name)
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("That code is wrong")
    page.get_by_label("Code").fill(code_of(secret, 1))
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page).to_have_url(re.compile("/events$"))
    page.get_by_role("button", name="Log out", exact=True).click()
    enter(page, name)
    page.get_by_label("Code").fill(recovery)
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page).to_have_url(re.compile("/events$"))
    page.goto("/admin/account")
    expect(page.locator("#recovery-left")).to_have_text("Recovery codes left: 9.")


def test_role_that_needs_a_second_factor_is_led_through_setting_it_up(browser: Browser, site: Site) -> None:
    name = f"viewer-{uuid4().hex[:8]}"
    site.call("POST", "/api/users", {"username": name, "password": PASSWORD, "role": "viewer"})
    context = browser.new_context(base_url=site.url, locale="de-DE", viewport={"width": 320, "height": 700})
    page = watched(context.new_page())
    page.goto("/login")
    page.get_by_label("Benutzername").fill(name)
    page.get_by_label("Passwort").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Zweiten Faktor einrichten")).to_be_visible()
    page.goto("/design")
    expect(page.get_by_label("Ihr Passwort")).to_be_focused()
    expect_accessible(page)
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("img", name="Code für die Authenticator-App")).to_be_visible()
    expect_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    secret = page.locator(".setup-secret").text_content() or ""
    page.get_by_label("Code der App").fill(code_of(secret, 0))
    page.keyboard.press("Enter")
    expect(page.get_by_role("listitem").filter(has=page.locator("code"))).to_have_count(10)
    expect_accessible(page)
    page.get_by_role("link", name="Ich habe sie aufbewahrt").click()
    expect(page).to_have_url(re.compile("/design$"))
    context.close()


def test_owner_resets_the_second_factor_of_one_who_lost_it(account: tuple[Page, str], organiser: Page) -> None:
    page, name = account
    page.get_by_label("Your password, to set it up").fill(PASSWORD)
    page.get_by_role("button", name="Set up an authenticator app").click()
    secret = page.locator("#app-secret code").text_content() or ""
    page.get_by_label("Code of the app", exact=True).fill(code_of(secret, 0))
    page.get_by_role("button", name="Turn the second factor on").click()
    expect(page.locator("#recovery-codes li")).to_have_count(10)
    organiser.goto("/admin/users")
    row = organiser.get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text("second factor")
    row.get_by_role("button", name="Reset second factor").click()
    organiser.get_by_role("dialog").get_by_role("button", name="Reset second factor").click()
    expect(organiser.get_by_role("status").first).to_have_text(f"The second factor of {name} is off.")
    expect(row.get_by_role("button", name="Reset second factor")).to_have_count(0)
    enter(page, name)
    expect(page).to_have_url(re.compile("/events$"))


def test_address_is_kept_by_the_password_alone_and_shown_as_not_confirmed(account: tuple[Page, str]) -> None:
    page, name = account
    form = page.locator("#email")
    form.get_by_label("E-mail address").fill(f"{name}@example.org")
    form.get_by_label("Your password, to change the address").fill("a wrong password")
    form.get_by_role("button", name="Save the address").click()
    expect(page.get_by_text("That is not your password: try again.")).to_be_visible()
    form.get_by_label("Your password, to change the address").fill(PASSWORD)
    form.get_by_role("button", name="Save the address").click()
    expect(page.locator("#email-now")).to_have_text(f"{name}@example.org")
    expect(page.locator("#email-state")).to_have_text("Not confirmed yet")
    expect(page.locator("#email-open")).to_contain_text("This hub sends no mail")
    expect_accessible(page)


def test_address_that_is_typed_before_the_account_has_come_stays(account: tuple[Page, str]) -> None:
    page, name = account
    held: list[Route] = []
    page.route("**/api/me/account", lambda route: held.append(route))
    with page.expect_request("**/api/me/account"):
        page.reload()
    page.get_by_label("E-mail address").fill(f"{name}@example.org")
    held[0].continue_()
    expect(page.locator("#email-now")).to_have_text("none")
    expect(page.get_by_label("E-mail address")).to_have_value(f"{name}@example.org")
    page.unroute("**/api/me/account")
    page.get_by_label("Your password, to change the address").fill(PASSWORD)
    page.get_by_role("button", name="Save the address").click()
    expect(page.locator("#email-now")).to_have_text(f"{name}@example.org")


def test_all_other_logins_are_ended(account: tuple[Page, str], browser: Browser, site: Site) -> None:
    page, name = account
    other = browser.new_context(base_url=site.url)
    enter(elsewhere := other.new_page(), name)
    expect(elsewhere).to_have_url(re.compile("/events$"))
    page.reload()
    expect(page.locator("#logins li")).to_have_count(2)
    expect(page.locator("#logins")).to_contain_text("Chrome, Linux, 127.0.0.x")
    page.get_by_role("button", name="Log out everywhere else").click()
    expect(page.locator("#logins li")).to_have_count(1)
    elsewhere.reload()
    expect(elsewhere).to_have_url(re.compile("/login"))
    other.close()


def test_forgotten_password_without_mail_says_whom_to_ask(page: Page) -> None:
    page.goto("/login")
    page.get_by_role("link", name="Forgot your password?").click()
    expect(page.get_by_text("Ask one of its owners")).to_be_visible()
    expect_accessible(page)
    page.get_by_role("link", name="Back to the login").click()
    expect(page.get_by_label("User name")).to_be_visible()
