"""The event "Box office" in a browser: not listed before it is used, and chosen beforehand nowhere."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.end_to_end.accessibility import expect_accessible
from tests.end_to_end.site import Site

OFFICE = "Box office"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, site_database: dict[str, str]) -> Iterator[Site]:
    """A hub that nobody has used."""
    site = Site(tmp_path_factory.mktemp("site") / "data", **site_database)
    yield site
    site.close()


def test_box_office_is_listed_once_it_is_used_and_never_chosen_beforehand(site: Site, organiser: Page) -> None:
    organiser.goto("/admin/events")
    expect(organiser.get_by_text("listed here from its first booking on")).to_be_visible()
    expect(organiser.locator("#events")).not_to_contain_text(OFFICE)
    expect_accessible(organiser)
    for path, select in SELECTS.items():
        organiser.goto(path)
        expect_not_chosen(organiser, select)
        expect(organiser.locator(f"{select} option", has_text=OFFICE)).to_have_count(0)

    site.call(
        "POST", "/api/tickets", {"name": "Eve", "phone_number": "+33123456", "date": "2090-12-24", "time": "20:30"}
    )
    organiser.goto("/admin/events")
    expect(organiser.locator("#events")).to_contain_text(OFFICE)
    expect(organiser.locator("#unused")).to_be_hidden()
    for path, select in SELECTS.items():
        organiser.goto(path)
        expect(organiser.locator(f"{select} option", has_text=OFFICE)).to_have_count(1)
        expect_not_chosen(organiser, select)
    organiser.goto("/admin/tickets")
    expect(organiser.locator("#rows")).to_contain_text("Eve")
    expect(organiser.get_by_role("columnheader", name="Event")).to_be_visible()


def test_file_is_imported_into_the_box_office_only_where_it_is_chosen(site: Site, organiser: Page) -> None:
    site.call(
        "POST", "/api/tickets", {"name": "Ada", "phone_number": "+33123457", "date": "2090-12-25", "time": "20:30"}
    )
    organiser.goto("/admin/imports")
    expect(organiser.locator("#event")).to_have_value("")
    for part in ("#file-form", "#past-part", "#export-part"):
        expect(organiser.locator(part)).to_be_hidden()
    organiser.get_by_label("Event").select_option(OFFICE)
    for part in ("#file-form", "#past-part", "#export-part"):
        expect(organiser.locator(part)).to_be_visible()
    organiser.get_by_label("Event").select_option("")
    expect(organiser.locator("#file-form")).to_be_hidden()


def test_role_for_an_event_names_the_event_by_hand_where_the_box_office_is_the_only_one(
    site: Site, organiser: Page
) -> None:
    organiser.goto("/admin/users")
    organiser.get_by_label("User name").fill("desk")
    organiser.locator("#user-role").select_option("staff")
    expect(organiser.locator("#create [data-name=event]")).to_have_value("")
    organiser.get_by_role("button", name="Add the user").click()
    expect(organiser.locator("#create [data-name=event]")).to_have_attribute("aria-invalid", "true")


SELECTS = {
    "/admin/tickets": "#search-event",
    "/admin/imports": "#event",
    "/admin/devices": "#event",
    "/admin/devices/new": "#event",
}


def expect_not_chosen(page: Page, select: str) -> None:
    """Expect that a select holds its first choices already, and that none of them is the box office."""
    expect(page.locator(f"{select} option").first).to_be_attached()
    expect(page.locator(f"{select} option:checked")).not_to_have_text(OFFICE)
