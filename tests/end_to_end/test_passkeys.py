"""Passkeys in a real browser with a virtual authenticator (WebAuthn over CDP): alone and as second factor."""

import base64
import json
import re
import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import APIResponse, Browser, CDPSession, Page, Route, expect
from pymongo import MongoClient

from hub.access.totp import STEP_S, code_at
from tests.conftest import a_site_database
from tests.end_to_end.accessibility import expect_accessible
from tests.end_to_end.conftest import watched
from tests.end_to_end.in_place import BASE, Walk
from tests.end_to_end.site import Site
from tests.end_to_end.test_account import PASSWORD, enter
from tests.end_to_end.test_staff_languages_tickets import MADE_UP

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def named_site(
    tmp_path_factory: pytest.TempPathFactory, mongod_uri: str, _mongo: MongoClient[dict[str, Any]]
) -> Iterator[Site]:
    """A hub that browsers reach by a name, as passkeys need it."""
    with a_site_database(mongod_uri, _mongo) as settings:
        site = Site(tmp_path_factory.mktemp("named") / "data", host="localhost", **settings)
        yield site
        site.close()


class Person:
    """A user at a browser with an authenticator of its own."""

    def __init__(self, browser: Browser, site: Site, prefix: str = "user") -> None:
        self.name = f"{prefix}-{uuid4().hex[:8]}"
        self.made = site.call("POST", "/api/users", {"username": self.name, "password": PASSWORD, "role": "organiser"})
        self.context = browser.new_context(base_url=site.url)
        self.page = watched(self.context.new_page())
        self.device: CDPSession = self.context.new_cdp_session(self.page)
        self.device.send("WebAuthn.enable")
        added = self.device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        self.authenticator: str = added["authenticatorId"]
        enter(self.page, self.name)
        expect(self.page).to_have_url(re.compile("/events$"))

    def add(self, name: str = "Phone") -> None:
        """Add a passkey on the page of one's account."""
        self.page.goto("/admin/account")
        form = self.page.locator("#passkey-add")
        form.get_by_label("Name of the passkey").fill(name)
        form.get_by_label("Your password, to add one").fill(PASSWORD)
        form.get_by_role("button", name="Add a passkey").click()
        expect(self.page.locator("#passkeys li")).to_contain_text([name])

    def leave(self) -> None:
        """Log out."""
        self.page.get_by_role("button", name="Log out", exact=True).click()
        expect(self.page).to_have_url(re.compile("/login"))

    def verifies(self, *, is_verified: bool) -> None:
        """Let the authenticator know its user by finger, or not."""
        self.device.send(
            "WebAuthn.setUserVerified", {"authenticatorId": self.authenticator, "isUserVerified": is_verified}
        )

    def credentials(self) -> list[dict[str, Any]]:
        """Return the keys that the authenticator holds."""
        held = self.device.send("WebAuthn.getCredentials", {"authenticatorId": self.authenticator})
        found: list[dict[str, Any]] = held["credentials"]
        return found

    def press(self) -> None:
        """Log in by the passkey."""
        self.page.get_by_role("button", name="Log in with a passkey").click()


@pytest.fixture
def person(browser: Browser, named_site: Site) -> Iterator[Person]:
    """A person who has just logged in by password."""
    made = Person(browser, named_site)
    yield made
    made.context.close()


def test_passkey_logs_in_without_name_and_password_until_it_is_removed(person: Person) -> None:
    page = person.page
    person.add("Phone")
    expect_accessible(page)
    row = page.locator("#passkeys li")
    row.get_by_label("Name of the passkey").fill("Office computer")
    row.get_by_role("button", name="Rename").click()
    expect(row.locator("strong")).to_have_text("Office computer")
    person.leave()
    page.goto("/login?next=/admin/keys")
    expect_accessible(page)
    person.press()
    expect(page.get_by_role("heading", name="Keys", exact=True)).to_be_visible()
    page.goto("/admin/account")
    expect(page.locator("#username")).to_have_text(person.name)
    expect(row).to_contain_text("Used last")
    row.get_by_label("Your password, to remove it").fill(PASSWORD)
    row.get_by_role("button", name="Remove").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(row).to_have_count(0)
    person.leave()
    person.press()
    expect(page.get_by_role("alert")).to_have_text("This passkey does not log in here")


def test_passkey_takes_the_place_of_the_code_of_its_own_user(
    person: Person, browser: Browser, named_site: Site
) -> None:
    page = person.page
    person.add()
    page.get_by_label("Your password, to set it up").fill(PASSWORD)
    page.get_by_role("button", name="Set up an authenticator app").click()
    secret = base64.b32decode((page.locator("#app-secret code").text_content() or "").replace(" ", ""))
    page.get_by_label("Code of the app", exact=True).fill(code_at(secret, int(time.time()) // STEP_S))
    page.get_by_role("button", name="Turn the second factor on").click()
    expect(page.locator("#recovery-codes li")).to_have_count(10)
    page.get_by_role("button", name="I have kept them").click()
    expect(page.locator("#factor-state")).to_have_text("On")
    person.leave()
    person.verifies(is_verified=False)
    enter(page, person.name)
    expect(page).to_have_url(re.compile("/login/code"))
    person.press()
    expect(page).to_have_url(re.compile("/events$"))
    reset = named_site.call("POST", f"/api/users/{person.made['id']}/second_factor/reset")
    assert (reset["second_factor"], reset["passkeys"]) == (False, 0)
    page.goto("/login")
    person.verifies(is_verified=True)
    person.press()
    expect(page.get_by_role("alert")).to_have_text("This passkey does not log in here")


def test_passkey_that_does_not_verify_its_user_does_not_log_in_alone(person: Person) -> None:
    person.add()
    person.leave()
    person.verifies(is_verified=False)
    person.press()
    expect(person.page.get_by_role("alert")).to_contain_text("No passkey was used")
    person.page.goto("/admin/account")
    expect(person.page).to_have_url(re.compile("/login"))


def test_answer_to_a_challenge_is_good_once_and_in_its_browser_alone(
    person: Person, browser: Browser, named_site: Site
) -> None:
    page = person.page
    person.add()
    person.leave()
    sent: list[str] = []

    def keep(route: Route) -> None:
        sent.append(route.request.post_data or "")
        route.abort()

    page.route("**/login/passkey", keep)
    person.press()
    expect(page.get_by_role("alert")).to_contain_text("No passkey was used")
    page.unroute("**/login/passkey")
    elsewhere = browser.new_context(base_url=named_site.url)
    body, headers = json.loads(sent[0]), {"Origin": named_site.url}
    stolen = elsewhere.request.post("/login/passkey", data=body, headers=headers)
    foreign = person.context.request.post("/login/passkey", data=body, headers={"Origin": "https://evil.example"})
    first = person.context.request.post("/login/passkey", data=body, headers=headers)
    assert [stolen.status, foreign.status, first.status] == [422, 403, 200]
    again: APIResponse = person.context.request.post("/login/passkey", data=body, headers=headers)
    assert again.status == 422
    elsewhere.close()


def test_counter_that_does_not_rise_is_refused(person: Person) -> None:
    page = person.page
    person.add()
    person.leave()
    (before,) = person.credentials()
    person.press()
    expect(page).to_have_url(re.compile("/events$"))
    person.leave()
    where = {"authenticatorId": person.authenticator}
    person.device.send("WebAuthn.removeCredential", {**where, "credentialId": before["credentialId"]})
    person.device.send("WebAuthn.addCredential", {**where, "credential": {**before, "signCount": 0}})
    person.press()
    expect(page.get_by_role("alert")).to_have_text("This passkey does not log in here")


def test_hub_without_a_name_offers_no_passkeys(site: Site, page: Page) -> None:
    page.goto("/login")
    expect(page.get_by_role("button", name="Log in", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Log in with a passkey")).to_have_count(0)


def test_passkeys_are_made_and_asked_for_without_an_english_word_in_any_language(
    browser: Browser, named_site: Site
) -> None:
    person = Person(browser, named_site, "zorba")
    person.add("Zorba")
    person.context.add_cookies([{"name": "language", "value": BASE, "url": named_site.url}])
    page = person.page
    walk = Walk(named_site, page, MADE_UP)
    page.goto("/admin/account")
    expect(page.locator("#passkeys li")).to_contain_text(["Zorba"])
    walk.look("account-passkeys")
    page.locator("#passkey-add button").click()
    expect(page.locator("#passkey-add .field-error").first).to_be_visible()
    walk.look("account-passkey-refused")
    person.context.clear_cookies()
    page.goto(f"/login?language={BASE}")
    expect(page.locator("#passkey-button")).to_be_visible()
    walk.look("login-passkey")
    person.context.close()
