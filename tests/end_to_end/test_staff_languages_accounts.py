"""Pages of imports, keys, users, passes and practice codes in each language, with their dialogs and notices."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.end_to_end.conftest import watched
from tests.end_to_end.in_place import BASE, Walk
from tests.end_to_end.scanner import SOON_MS
from tests.end_to_end.site import Site
from tests.end_to_end.test_account import code_of
from tests.end_to_end.test_languages import PHONE
from tests.end_to_end.test_staff_languages_tickets import MADE_UP, staff, visit

__all__ = ["staff"]

PASSWORD = "zorba kazoo zorba"
GOOD = (
    "barcode,name,product,price,phone,Kazoo\n{0}1,Ada Lovelace,Zorba,Wuxi,Kazoo,Wuxi\n{0}2,Ada Lovelace,Palko,Wuxi,,\n"
)
BAD = "barcode,name,date,status\n71,Ada Lovelace,Kazoo,Palko\n72,Ada Lovelace,,Palko\n---,Ada Lovelace,,\n"


@pytest.fixture
def event(site: Site) -> Any:
    """An event with a kind of ticket."""
    return site.make_event(name="Zorba", venue="Wuxi", products=[{"name": "Zorba"}], doors=[{"name": "Quai Bleu"}])


def notice(page: Page) -> None:
    """Wait for the page's notice."""
    expect(page.locator("#notice")).to_be_visible(timeout=SOON_MS)


def test_pages_of_imports_passes_and_practice_codes_have_no_english_word_in_any_language(
    staff: Walk, event: Any, tmp_path: Path
) -> None:
    page = staff.page
    visit(staff, f"/admin/imports?event={event['uuid']}")
    staff.look("imports")
    page.locator("#file-form button").click()
    notice(page)
    staff.look("import-no-file")
    file = tmp_path / "zorba.csv"
    file.write_text(BAD)
    page.locator("#file").set_input_files(file)
    page.locator("#file-form button").click()
    page.locator("#problems").wait_for(timeout=SOON_MS)
    staff.look("import-mistakes")
    file.write_text(GOOD.format(uuid4().int % 10**10))
    page.locator("#file").set_input_files(file)
    page.locator("#file-form button").click()
    page.locator("#check-actions .primary").wait_for(timeout=SOON_MS)
    page.locator("#sample").evaluate("each => each.remove()")
    staff.look("import-check")
    page.locator("#check-actions .primary").click()
    expect(page.locator("#rows tr .tag[data-tone=pass]")).to_have_count(1, timeout=SOON_MS)
    staff.look("import-done")
    visit(staff, f"/admin/wallet/{event['uuid']}")
    expect(page.locator("#funnel tr")).to_have_count(4, timeout=SOON_MS)
    staff.look("passes")
    visit(staff, f"/admin/practice/{event['uuid']}")
    expect(page.locator("#cards svg, #cards canvas, #cards img").first).to_be_visible(timeout=SOON_MS)
    staff.look("practice")


def test_pages_of_keys_and_users_have_no_english_word_in_any_language(site: Site, staff: Walk, event: Any) -> None:
    page = staff.page
    for path in ("keys", "users"):
        visit(staff, f"/admin/{path}?search=Zorba%20Kazoo")
        page.locator("#list-none").wait_for(timeout=SOON_MS)
        staff.look(f"{path}-none")
    name = f"zorba-{uuid4().hex[:8]}"
    page.goto("/admin/keys?search=Zorba")
    page.locator("#create button").click()
    expect(page.locator(".field-error")).not_to_have_count(0, timeout=SOON_MS)
    page.locator("#key-name").fill("Zorba")
    page.locator("[value='tickets:read']").check()
    page.locator("#create button").click()
    page.locator("#made").wait_for(timeout=SOON_MS)
    page.locator("#rows .danger").first.click()
    staff.look("keys")
    page.locator("dialog button[value=yes]").click()
    notice(page)
    roles = [{"event": event["uuid"], "role": "box_office"}]
    page.goto(f"/admin/users?search={name}")
    site.call("POST", "/api/users", {"username": name, "password": PASSWORD, "role": "staff", "events": roles})
    page.goto(f"/admin/users?search={name}")
    page.locator("#user-role").select_option("staff")
    staff.look("users")
    page.locator("#rows button:not(.danger)").click()
    expect(page.locator("#change-title")).to_be_visible(timeout=SOON_MS)
    staff.look("user")
    page.locator("#rows .danger").click()
    staff.look("user-deleting")
    page.locator("dialog button[value=yes]").click()
    notice(page)
    staff.look("user-deleted")


def test_ones_account_and_the_set_up_of_a_second_factor_have_no_english_word_in_any_language(
    site: Site, browser: Browser
) -> None:
    name = f"zorba-{uuid4().hex[:8]}"
    site.call("POST", "/api/users", {"username": name, "password": PASSWORD, "role": "organiser"})
    context = browser.new_context(base_url=site.url, viewport=PHONE)  # type: ignore[arg-type]
    page = watched(context.new_page())
    staff = Walk(site, page, MADE_UP)
    enter(page, name)
    visit(staff, "/admin/account")
    staff.look("account")
    page.locator("#app-password").fill(PASSWORD)
    page.locator("#app button").click()
    expect(page.locator("#app-qr svg, #app-qr canvas, #app-qr img").first).to_be_visible()
    secret = page.locator("#app-secret code").text_content() or ""
    page.locator("#app-secret").evaluate("each => each.hidden = true")
    staff.look("account-app")
    page.locator("#app-code").fill(code_of(secret, 0))
    page.locator("#app-confirm .primary").click()
    expect(page.locator("#recovery-codes li")).to_have_count(10)
    page.locator("#recovery-codes").evaluate("each => each.hidden = true")
    staff.look("account-recovery")
    page.locator("#recovery-done").click()
    page.locator("#app-off").wait_for()
    staff.look("account-factor")
    context.clear_cookies()
    enter(page, name)
    page.wait_for_url("**/login/code*")
    staff.look("login-code")
    context.close()


def enter(page: Page, name: str) -> None:
    """Log in by name and password, in a language."""
    page.goto(f"/login?language={BASE}")
    page.locator("[name=username]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form[action='/login'] button").click()
    page.wait_for_url(lambda address: "/login?" not in address)
