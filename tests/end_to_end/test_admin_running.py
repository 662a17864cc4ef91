"""The administration's pages of what runs behind the doors: keys, users, webhooks, scheduled jobs, imports."""

import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page, Route, expect

from handlers.pages.admin import SECTIONS
from hub.language.catalogue import language
from tests.end_to_end.accessibility import expect_accessible
from tests.end_to_end.site import PASSWORD, USERNAME, Site
from tests.eventually import until

FILE = b"barcode,first_name,last_name\nadm-1,Ada,Lovelace\nadm-2,Grace,Hopper\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, site_database: dict[str, str]) -> Iterator[Site]:
    """A hub that may post to this machine."""
    site = Site(tmp_path_factory.mktemp("site") / "data", HUB_WEBHOOKS_TO_PRIVATE="true", **site_database)
    yield site
    site.close()


@pytest.fixture
def receiver() -> Iterator[str]:
    """The address of a server that takes what is posted to it."""

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Taking)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/hook"
    server.shutdown()
    server.server_close()


def accept(page: Page, name: str) -> None:
    """Confirm the dialog that is open."""
    page.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()


def test_key_is_made_shown_once_and_revoked(site: Site, organiser: Page) -> None:
    organiser.goto("/admin/keys")
    organiser.get_by_role("button", name="Make the key").click()
    expect(organiser.locator(".field-error").first).to_be_visible()
    expect(organiser.get_by_label("Name", exact=True)).to_be_focused()
    organiser.get_by_label("Name", exact=True).fill("Web shop")
    organiser.get_by_label("Read tickets").check()
    organiser.get_by_role("button", name="Make the key").click()
    key = organiser.locator(".secret code").inner_text()
    assert isinstance(site.call("GET", "/api/tickets?limit=1", key=key), list)
    organiser.reload()
    expect(organiser.get_by_role("row", name="Web shop")).to_be_visible()
    assert key.split(".")[1] not in organiser.content()
    organiser.get_by_role("button", name="Revoke Web shop").click()
    accept(organiser, "Revoke")
    expect(organiser.get_by_role("row", name="Web shop")).to_contain_text("Revoked")
    assert site.call("GET", "/api/tickets?limit=1", key=key)["status"] in (401, 403)


def test_user_is_added_changed_and_deleted(site: Site, organiser: Page) -> None:
    organiser.goto("/admin/users")
    organiser.get_by_label("User name").fill("vera")
    organiser.get_by_label("Password", exact=True).fill("short")
    organiser.get_by_role("button", name="Add the user").click()
    expect(organiser.get_by_label("Password", exact=True)).to_be_focused()
    organiser.get_by_label("Password", exact=True).fill("correct horse battery")
    organiser.get_by_role("button", name="Add the user").click()
    expect(organiser.get_by_role("row", name="vera")).to_contain_text("Organiser")
    organiser.get_by_role("button", name="Change vera").click()
    form = organiser.get_by_role("form", name="Change vera")
    expect(form.get_by_label("Role", exact=True)).to_be_focused()
    form.get_by_label("Role", exact=True).select_option("viewer")
    form.get_by_label("Disabled").check()
    form.get_by_role("button", name="Save").click()
    expect(organiser.get_by_role("row", name="vera")).to_contain_text(re.compile("Viewer.*Disabled"))
    organiser.get_by_role("button", name="Delete vera").click()
    accept(organiser, "Delete")
    expect(organiser.get_by_role("row", name="vera")).to_have_count(0)


def test_last_owner_stays_and_the_page_says_why(site: Site, organiser: Page) -> None:
    organiser.goto("/admin/users")
    organiser.get_by_role("button", name=f"Delete {USERNAME}").click()
    accept(organiser, "Delete")
    expect(organiser.locator("#notice")).to_contain_text("owner")
    expect(organiser.get_by_role("row", name=USERNAME)).to_be_visible()


def test_who_is_no_owner_sees_no_users(site: Site, page: Page) -> None:
    site.call("POST", "/api/users", {"username": "olga", "password": PASSWORD, "role": "organiser"})
    page.goto("/login?next=/admin/keys")
    page.get_by_label("User name").fill("olga")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    navigation = page.get_by_role("navigation", name="Administration")
    expect(navigation.get_by_role("link", name="Keys")).to_be_visible()
    expect(navigation.get_by_role("link", name="Users")).to_have_count(0)
    page.goto("/admin/users")
    expect(page.get_by_text("This login may not see this page")).to_be_visible()
    expect(page.get_by_text("An owner of this hub can")).to_be_visible()


def test_short_password_is_refused_in_words_for_people_and_its_hint_stays(organiser: Page) -> None:
    organiser.goto("/admin/users")
    form = organiser.locator("#create")
    password = form.get_by_label("Password", exact=True)
    form.get_by_label("User name").fill("shorty")
    password.press_sequentially("short")
    form.get_by_role("button", name="Add the user").click()
    expect(form.locator(".field-error")).to_contain_text("10 characters or more")
    expect(password).to_have_attribute("aria-describedby", re.compile("^password-hint .*error$"))
    password.press_sequentially("er")
    expect(form.locator(".field-error")).to_have_count(0)
    expect(password).to_have_attribute("aria-describedby", "password-hint")


def test_own_password_is_changed_and_the_login_ends(site: Site, page: Page) -> None:
    site.call("POST", "/api/users", {"username": "paul", "password": PASSWORD, "role": "organiser"})
    page.goto("/login?next=/admin/account")
    page.get_by_label("User name").fill("paul")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/account")  # loaded, so that its script has the form
    page.get_by_label("Password now").fill("not this one at all")
    page.get_by_label("New password").fill("another horse battery")
    page.get_by_role("button", name="Change the password").click()
    expect(page.locator(".field-error, #notice:visible")).to_have_count(1)
    page.get_by_label("Password now").fill(PASSWORD)
    page.get_by_role("button", name="Change the password").click()
    page.wait_for_url("**/login*")


def test_webhook_is_made_pinged_paused_and_its_deliveries_sent_again(
    site: Site, organiser: Page, receiver: str
) -> None:
    organiser.goto("/admin/webhooks")
    organiser.get_by_label("Address").fill(receiver)
    organiser.get_by_text("Tickets and reservations", exact=True).click()
    organiser.get_by_label("ticket.booked").check()
    organiser.get_by_role("button", name="Make the webhook").click()
    assert len(organiser.locator(".secret code").inner_text()) >= 16
    organiser.get_by_role("link", name="Open the webhook").click()
    organiser.get_by_role("button", name="Send a ping").click()
    expect(organiser.locator("#notice")).to_have_text("The ping was taken: 204.")
    site.book(site.make_event(name="Told"), 1)
    deliveries = organiser.url.replace("/admin/", "/api/").removeprefix(site.url) + "/deliveries?state=delivered"
    until(lambda: len(site.call("GET", deliveries)) == 1, "it is delivered")
    organiser.get_by_label("Show").select_option("delivered")
    expect(organiser.locator("#rows tr")).to_contain_text(re.compile("Tickets are booked.*Delivered"))
    organiser.get_by_role("button", name="Send again Tickets are booked").click()
    expect(organiser.locator("#rows .tag")).to_have_text("Waiting")
    organiser.get_by_role("button", name="New secret").click()
    accept(organiser, "New secret")
    expect(organiser.locator(".secret code")).to_have_text(re.compile("^[0-9a-f]{64}$"))
    organiser.get_by_role("button", name="Pause").click()
    expect(organiser.locator("#state")).to_have_text("Paused")
    organiser.get_by_role("button", name="Delete").click()
    accept(organiser, "Delete")
    organiser.wait_for_url("**/admin/webhooks")
    expect(organiser.get_by_text("No webhooks yet.")).to_be_visible()


def test_running_tells_how_it_stands(site: Site, organiser: Page) -> None:
    organiser.goto("/admin/running")
    health = organiser.locator("#health")
    expect(health).to_contain_text(re.compile("Database and changes\\s*Ready"))
    expect(health).to_contain_text("Development only")
    expect(health).to_contain_text(re.compile(r"Database\s*MongoDB \d+\.\d+\.\d+"))
    expect(organiser.get_by_text("Nothing is set aside.")).to_be_visible()


def test_running_shows_the_hubs_checks_and_asks_again_after_a_failure(site: Site, organiser: Page) -> None:
    path = "**/api/checks"
    organiser.route(path, lambda route: route.abort())
    organiser.goto("/admin/running")
    state, again = organiser.locator("#checks-state"), organiser.get_by_role("button", name="Check again", exact=True)
    expect(state).to_contain_text("The checks could not be fetched")
    expect(organiser.locator("#checks-table")).to_be_hidden()
    organiser.unroute(path)
    held: list[Route] = []
    organiser.route(path, lambda route: held.append(route))
    again.click()
    expect(state).to_have_text("Checking…")
    expect(again).to_be_focused()
    until(lambda: bool(organiser.evaluate("1")) and len(held) == 1, "the request is held")
    held[0].continue_()
    expect(state).to_contain_text("to see to, as of")
    organiser.unroute(path)
    mail = organiser.get_by_role("row", name="Mail")
    expect(mail).to_contain_text("set HUB_SMTP_HOST and HUB_SMTP_FROM")
    expect(mail.locator(".tag")).to_have_text("See to it")
    expect(organiser.get_by_role("row", name="Indexes")).to_contain_text("all are there")
    expect(organiser.locator("#checks-rows tr").last.locator(".tag")).to_have_text("OK")
    for width in (320, 390, 1440):
        organiser.set_viewport_size({"width": width, "height": 844})
        assert organiser.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    expect_accessible(organiser)


def test_file_is_looked_at_then_imported(site: Site, organiser: Page, tmp_path: Path) -> None:
    event = site.make_event(name="Imported")
    file = tmp_path / "guests.csv"
    file.write_bytes(FILE)
    organiser.goto(f"/admin/imports?event={event['uuid']}")
    expect(organiser.get_by_text("Nothing was imported into this event yet.")).to_be_visible()
    organiser.get_by_role("button", name="Look at it").click()
    expect(organiser.locator("#notice")).to_have_text("Choose a file first.")
    organiser.get_by_label("File", exact=True).set_input_files(file)
    organiser.get_by_role("button", name="Look at it").click()
    expect(organiser.locator("#sample tbody tr")).to_have_count(2)
    expect(organiser.locator("#check-facts")).to_contain_text("2 tickets; 98 seats are left then")
    assert site.call("GET", f"/api/tickets?event={event['uuid']}") == []
    organiser.get_by_role("button", name="Import 2 tickets").click()
    expect(organiser.get_by_text("All 2 tickets are imported")).to_be_visible()
    assert len(site.call("GET", f"/api/tickets?event={event['uuid']}")) == 2
    expect(organiser.locator("#rows tr")).to_have_text(re.compile(f"2 ticketsImported{USERNAME}$"))
    expect(organiser.get_by_text("Nothing was imported into this event yet.")).to_be_hidden()
    organiser.reload()
    expect(organiser.get_by_text("All 2 tickets are imported")).to_be_visible()
    expect(organiser.locator("#rows tr")).to_have_count(1)
    with organiser.expect_download() as download:
        organiser.get_by_role("link", name="Tickets as CSV").click()
    assert b"Hopper" in Path(download.value.path()).read_bytes()


def test_mistakes_of_a_file_are_listed_by_row(site: Site, organiser: Page, tmp_path: Path) -> None:
    event = site.make_event(name="Mistaken")
    file = tmp_path / "wrong.csv"
    file.write_bytes(b"barcode,uuid,date\nx,7,tomorrow\n")
    organiser.goto(f"/admin/imports?event={event['uuid']}")
    organiser.get_by_label("File", exact=True).set_input_files(file)
    organiser.get_by_role("button", name="Look at it").click()
    expect(organiser.get_by_role("heading", name="2 mistakes")).to_be_focused()
    expect(organiser.locator("#problem-rows tr")).to_have_count(2)
    expect(organiser.locator("#problem-rows tr").first).to_contain_text(re.compile("2.*Ticket's id.*is no uuid"))


def test_unknown_states_and_columns_are_asked_about_and_a_newer_list_says_what_it_changes(
    site: Site, organiser: Page, tmp_path: Path
) -> None:
    event = site.make_event(name="Asked")
    file = tmp_path / "guests.csv"
    file.write_bytes(b"Wristband,first name,status\nW-17,Ada,Inactive\nW-18,Eva,paid\n")
    organiser.goto(f"/admin/imports?event={event['uuid']}")
    organiser.get_by_label("File", exact=True).set_input_files(file)
    organiser.get_by_role("button", name="Look at it").click()
    organiser.get_by_label("Column \u201cWristband\u201d W-17").select_option("barcode")
    organiser.get_by_role("button", name="Look again").click()
    organiser.get_by_label("\u201cInactive\u201d in 1 row means").select_option("unpaid")
    expect_accessible(organiser)
    organiser.get_by_role("button", name="Look again").click()
    organiser.get_by_role("button", name="Import 2 tickets").click()
    expect(organiser.get_by_text("All 2 tickets are imported")).to_be_visible()
    found = site.call("GET", f"/api/tickets?event={event['uuid']}")
    assert {ticket["name"]: ticket["status"] for ticket in found} == {"Ada": "unpaid", "Eva": "valid"}
    file.write_bytes(b"Wristband,first name,status\nW-17,Ada,Inactive\nW-18,Eva,refunded\nW-19,Fay,paid\n")
    organiser.get_by_label("File", exact=True).set_input_files(file)
    organiser.get_by_role("button", name="Look at it").click()
    organiser.get_by_role("button", name="Import: 1 new, 0 corrected, 1 cancelled").click()
    expect(organiser.locator("#progress-text")).to_contain_text("1 new, 0 corrected, 1 cancelled, 1 as they were")
    expect_accessible(organiser)


def test_import_that_failed_says_later_what_was_wrong(site: Site, organiser: Page) -> None:
    showings = [{"date": "2090-12-24", "time": "20:30", "capacity": 3000}]
    event = site.make_event(name="Failed", showings=showings)
    rows = "".join(f"B{number},Ada,Lovelace\r\n" for number in range(3000))
    site.call("POST", f"/api/events/{event['uuid']}/import", f"barcode,first_name,last_name\r\n{rows}".encode())
    site.book(event, 1)
    until(lambda: bool(site.call("GET", f"/api/events/{event['uuid']}/imports")[0]["ended_at"]), "it has failed")
    organiser.goto(f"/admin/imports?event={event['uuid']}")
    expect(organiser.locator("#rows tr")).to_contain_text(re.compile("3,?000 tickets.*Failed.*HUB_ADMIN_KEY"))
    organiser.get_by_role("link", name="What was wrong").click()
    expect(organiser.locator("#notice")).to_contain_text("There are not seats enough")
    expect(organiser.locator("#problem-rows tr")).to_contain_text("2999 left for")
    expect_accessible(organiser)


def test_pages_are_accessible_on_a_phone_and_its_navigation_shows_where_one_is(site: Site, organiser: Page) -> None:
    organiser.set_viewport_size({"width": 390, "height": 844})
    for name in ("tickets", "imports", "webhooks", "keys", "users", "running", "account"):
        organiser.goto(f"/admin/{name}")
        menu = organiser.get_by_role("navigation", name="Administration").locator("summary")
        expect(menu).to_have_text(f"Menu: {language('en').say(SECTIONS[name].title)}")
        expect(menu).to_be_in_viewport(ratio=1)
        expect_accessible(organiser)
