"""Every form of the administration asks before its page is left with changes that are not saved."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Dialog, FilePayload, Page, expect

from tests.end_to_end.site import Site

Change = Callable[[Page], None]


def filled(selector: str, text: str = "changed") -> Change:
    """Return a change of a field."""

    def change(page: Page) -> None:
        expect(page.locator(selector).first).to_be_editable()
        page.locator(selector).first.fill(text)

    return change


def added(list_name: str, fold: str) -> Change:
    """Return a change by a row more."""

    def change(page: Page) -> None:
        page.get_by_role("heading", name=fold).click()
        page.locator(f"[data-list]:has([data-rows={list_name}]) > [data-add]").click()

    return change


def chosen_file(page: Page) -> None:
    expect(page.locator("#file")).to_be_visible()
    page.locator("#file").set_input_files(FilePayload(name="list.csv", mimeType="text/csv", buffer=b"barcode\nx\n"))


def put_in_cart(page: Page) -> None:
    page.get_by_role("button", name="more").first.click()


FORMS: dict[str, tuple[str, Change]] = {
    "event": ("/admin/events/{event}", filled("#venue")),
    "products": ("/admin/events/{event}", added("products", "Products and prices")),
    "new event": ("/admin/events/new", filled("#name")),
    "new time": ("/admin/events/{event}", filled("#showing [name=capacity]", "7")),
    "seats of a time": ("/admin/events/{event}", filled("#showings [name=capacity]", "120")),
    "new phones": ("/admin/devices/new?event={event}", filled("#name")),
    "phone": ("/admin/devices/{device}", filled("#name")),
    "ticket": ("/admin/tickets/{ticket}", filled("#correct [name=name]")),
    "new user": ("/admin/users", filled("#user-name")),
    "new webhook": ("/admin/webhooks", filled("#hook-url", "https://example.org")),
    "webhook": ("/admin/webhooks/{webhook}", filled("#change [name=url]", "https://example.org/other")),
    "new key": ("/admin/keys", filled("#key-name")),
    "account": ("/admin/account", filled("input[type=password]")),
    "import": ("/admin/imports?event={event}", chosen_file),
    "till": ("/admin/till/{event}", filled("#tills input:visible", "50")),
    "cart": ("/admin/sell/{event}", put_in_cart),
}


@pytest.fixture(scope="module")
def things(site: Site) -> dict[str, str]:
    """Ids of one thing of each kind, by its name in paths."""
    event: Any = site.make_event(name="Left unsaved")
    site.book(event, 1)
    (ticket,) = site.call("GET", f"/api/tickets?event={event['uuid']}")
    device: Any = site.call("POST", "/api/devices", {"name": "Gate", "event": event["uuid"]})
    hook = {"url": "https://hooks.example.org/unsaved", "kinds": ["ticket.scanned"], "secret": "s" * 32}
    webhook: Any = site.call("POST", "/api/webhooks", hook)
    return {"event": event["uuid"], "ticket": ticket["id"], "device": device["uuid"], "webhook": webhook["id"]}


def staying(page: Page) -> list[str]:
    """Stay on the page whenever it asks; return the kinds of its questions, as they come."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    return asked


@pytest.mark.parametrize("name", FORMS)
def test_form_asks_before_it_is_left_with_changes_and_not_without(
    site: Site, organiser: Page, things: dict[str, str], name: str
) -> None:
    address, change = FORMS[name]
    asked = staying(organiser)
    organiser.goto(address.format(**things))
    organiser.wait_for_load_state("networkidle")
    organiser.mouse.click(5, 400)
    organiser.reload()
    assert asked == []
    organiser.wait_for_load_state("networkidle")
    if name == "till":
        organiser.locator("#tills summary").first.click()
    change(organiser)
    with organiser.expect_event("dialog"):
        organiser.get_by_role("navigation", name="Administration").get_by_role("link", name="My account").click(
            no_wait_after=True
        )
    assert asked == ["beforeunload"]


def test_what_was_saved_asks_no_more(site: Site, organiser: Page, things: dict[str, str]) -> None:
    asked = staying(organiser)
    organiser.goto(f"/admin/tickets/{things['ticket']}")
    filled("#correct [name=name]", "Ada Saved")(organiser)
    organiser.locator("#correct").get_by_role("button", name="Save").click()
    expect(organiser.locator("#notice")).to_have_text("Saved.")
    organiser.goto("/admin/users")
    filled("#user-name", "saved-once")(organiser)
    organiser.get_by_role("button", name="Add the user").click()
    expect(organiser.locator("#notice")).to_have_text("saved-once can log in now.")
    organiser.goto("/admin/keys")
    organiser.locator("#key-name").fill("changed")
    organiser.locator("#key-name").fill("")
    organiser.goto("/admin/account")
    assert asked == []
