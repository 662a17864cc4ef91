"""Users in a browser: made with roles for single events, and what such a user then finds and does not find."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, Route, expect

from tests.end_to_end.accessibility import expect_accessible
from tests.end_to_end.site import Site

PASSWORD = "a long enough password"


@contextmanager
def logged_in(browser: Browser, site: Site, username: str, password: str = PASSWORD) -> Iterator[Page]:
    """Open a profile of its own and log in."""
    context = browser.new_context(base_url=site.url)
    page = context.new_page()
    page.goto("/login")
    page.get_by_label("User name").fill(username)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()
    yield page
    context.close()


def test_wrong_password_is_said_plainly(page: Page) -> None:
    page.goto("/login")
    page.get_by_label("User name").fill("organiser")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_have_text("Wrong user name or password")
    expect(page.get_by_label("Password")).to_be_focused()
    expect_accessible(page)


def test_box_office_of_one_event_finds_that_event_alone(site: Site, organiser: Page, browser: Browser) -> None:
    ours, theirs = site.make_event(name="Our night"), site.make_event(name="Their night")
    site.book(ours, 1)
    site.book(theirs, 1)
    organiser.goto("/admin/users")
    form = organiser.locator("#create")
    form.get_by_label("User name").fill("tilda")
    form.get_by_label("Password", exact=True).fill(PASSWORD)
    form.get_by_label("Has to choose a password").uncheck()
    form.locator("#user-role").select_option("staff")
    form.get_by_label("Event", exact=True).select_option("Our night")
    form.get_by_label("Role for it").select_option("box_office")
    expect_accessible(organiser)
    form.get_by_role("button", name="Add the user").click()
    expect(organiser.get_by_role("status").first).to_have_text("tilda can log in now.")
    row = organiser.get_by_role("row").filter(has_text="tilda")
    expect(row).to_contain_text("Box office: Our night")
    with logged_in(browser, site, "tilda") as till:
        expect(till.get_by_role("link", name="Our night")).to_be_visible()
        expect(till.get_by_text("Their night")).to_have_count(0)
        till.get_by_role("link", name="Our night").click()
        till.get_by_role("main").get_by_role("link", name="Tickets").first.click()
        pages = till.get_by_role("navigation", name="Pages of Our night")
        expect(pages.get_by_role("link")).to_have_text(["Live", "Tickets", "Sell tickets", "Till", "Report"])
        expect(till.get_by_role("navigation", name="Administration").get_by_role("link")).to_have_text(
            ["Tickets", "My account", "Live"]
        )
        expect(till.locator("#search-event option")).to_have_text(["Our night"])
        expect(till.get_by_text("Lovelace").first).to_be_visible()
        till.goto(f"/admin/tickets?event={theirs['uuid']}")
        expect(till.locator("#search-event")).to_have_value(ours["uuid"])
        for path in (f"/events/{theirs['uuid']}", "/admin/users", "/admin/keys", "/admin/events/new"):
            assert till.goto(path).status in (403, 404)  # type: ignore[union-attr]
        till.goto(f"/events/{ours['uuid']}")
        expect(till.get_by_text("Live", exact=True)).to_be_visible()
        take_away(organiser)
        expect(till).to_have_url(re.compile("/login"))


def test_first_password_that_was_made_is_changed_at_the_first_login(
    site: Site, organiser: Page, browser: Browser
) -> None:
    organiser.goto("/admin/users")
    form = organiser.locator("#create")
    form.get_by_label("User name").fill("nina")
    expect(form.get_by_label("Has to choose a password")).to_be_checked()
    form.get_by_role("button", name="Add the user").click()
    made = organiser.locator("#made code").text_content()
    row = organiser.get_by_role("row").filter(has_text="nina")
    expect(row).to_contain_text("Never")
    assert made
    with logged_in(browser, site, "nina", made) as nina:
        expect(nina.get_by_role("heading", name="Choose your password")).to_be_visible()
        expect_accessible(nina)
        nina.goto("/admin/keys")
        expect(nina).to_have_url(re.compile("/password"))
        nina.get_by_label("New password").fill(made)
        nina.get_by_role("button", name="Keep it and go on").click()
        expect(nina.get_by_role("alert")).to_have_text("It is the one that was made for you: choose another.")
        nina.get_by_label("New password").fill(PASSWORD)
        nina.get_by_role("button", name="Keep it and go on").click()
        expect(nina.get_by_role("heading", name="Keys")).to_be_visible()
    organiser.reload()
    expect(row).not_to_contain_text("Never")


def test_button_that_works_for_longer_than_a_moment_shows_it(site: Site, organiser: Page) -> None:
    organiser.goto("/admin/users")
    held: list[Route] = []

    def hold_the_new_user(route: Route) -> None:
        if route.request.method == "POST":
            held.append(route)
        else:
            route.continue_()

    organiser.route("**/api/users", hold_the_new_user)
    form = organiser.locator("#create")
    form.get_by_label("User name").fill("otto")
    add = form.get_by_role("button", name="Add the user")
    add.click()
    expect(add).to_have_attribute("aria-busy", "true")
    expect(add).to_be_disabled()
    held[0].continue_()
    expect(organiser.get_by_role("status").first).to_have_text("otto can log in now.")
    expect(add).not_to_have_attribute("aria-busy", "true")


def take_away(organiser: Page) -> None:
    """Make the box office the viewer's instead."""
    organiser.get_by_role("button", name="Change tilda").click()
    form = organiser.locator("#change")
    expect(form.get_by_label("Role for it")).to_have_value("box_office")
    form.get_by_label("Role for it").select_option("viewer")
    form.get_by_role("button", name="Save").click()
    expect(organiser.get_by_role("row").filter(has_text="tilda")).to_contain_text("Viewer: Our night")


def test_viewer_and_door_lead_see_their_dashboard_without_names(site: Site, organiser: Page, browser: Browser) -> None:
    event = site.make_event(name="Quiet night")
    site.book(event, 1)
    [ticket] = site.call("GET", f"/api/tickets?event={event['uuid']}")
    for name, role in (("vic", "viewer"), ("dora", "door_lead")):
        roles = [{"event": event["uuid"], "role": role}]
        site.call("POST", "/api/users", {"username": name, "password": PASSWORD, "role": "staff", "events": roles})
    with logged_in(browser, site, "vic") as vic:
        vic.get_by_role("link", name="Quiet night").click()
        expect(vic.get_by_text("Live", exact=True)).to_be_visible()
        expect(vic.get_by_role("link", name="Report")).to_be_visible()
        for gone in ("Tickets", "Phones", "Event"):
            expect(vic.get_by_role("main").get_by_role("link", name=gone, exact=True)).to_have_count(0)
        expect(vic.get_by_text("Did their tickets work?")).to_have_count(0)
        vic.get_by_role("link", name="My account").click()
        expect(vic.get_by_role("heading", name="My account")).to_be_visible()
    with logged_in(browser, site, "dora") as dora:
        dora.get_by_role("link", name="Quiet night").click()
        expect(dora.get_by_role("link", name="Report")).to_have_count(0)
        dora.get_by_role("link", name="Phones").click()
        dora.locator("#add").click()
        expect(dora.locator("#door option").first).to_have_text("North door")
        for right, is_offered in {"undo": True, "search": False, "names": False, "sell": False}.items():
            expect(dora.locator(f'[name="may"][value="{right}"]')).to_be_visible(visible=is_offered)
        dora.get_by_label("Name").first.fill("Gate of Dora")
        dora.get_by_role("button", name="Make codes").click()
        expect(dora.get_by_text("Gate of Dora").first).to_be_visible()
        pages = dora.goto(f"/admin/tickets/{ticket['id']}")
        assert pages is not None and pages.status == 403


def test_login_form_whose_sending_was_stopped_is_sent_again(site: Site, page: Page) -> None:
    page.clock.install()
    page.goto("/login")
    page.route("**/login", lambda route: route.fulfill(status=204))  # which leaves the page as it is
    page.get_by_label("User name").fill("nobody")
    page.get_by_label("Password").fill(PASSWORD)
    button = page.get_by_role("button", name="Log in")
    with page.expect_request("**/login"):
        button.click(no_wait_after=True)
    page.clock.fast_forward(1000)
    expect(button).to_have_attribute("aria-busy", "true")
    page.clock.fast_forward(8000)
    expect(button).not_to_have_attribute("aria-busy", "true")
    with page.expect_request("**/login"):
        button.click(no_wait_after=True)


def test_ones_own_row_leads_to_ones_own_account(site: Site, organiser: Page) -> None:
    site.call("POST", "/api/users", {"username": "neighbour", "password": PASSWORD, "role": "viewer"})
    organiser.goto("/admin/users")
    own = organiser.get_by_role("row").filter(has=organiser.get_by_role("rowheader", name="organiser"))
    other = organiser.get_by_role("row").filter(has=organiser.get_by_role("rowheader", name="neighbour"))
    expect(other.get_by_role("button", name="Change")).to_be_visible()
    expect(own.get_by_role("button", name="Change")).to_have_count(0)
    own.get_by_role("link", name="My account").click()
    expect(organiser.get_by_role("heading", name="My account")).to_be_visible()
