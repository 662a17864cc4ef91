"""Relay of an event in the administration: its key and command, who holds the role, and a relay that is lost."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pymongo import MongoClient

from tests.conftest import a_site_database
from tests.end_to_end.site import Site
from tests.faults.test_relay_faults import RelaySite


class AsShown(RelaySite):
    """Relay started by the command that the administration showed."""

    def __init__(self, folder: Path, shown: str, **settings: str) -> None:
        self.shown = shown
        super().__init__(folder, "", "", **settings)

    def start(self) -> None:
        """Serve by that command, in a shell."""
        self._settings.pop("HUB_UPSTREAM_KEY", None)
        self.command = ("sh", "-c", f"exec env {self.shown}")
        super().start()


@pytest.fixture
def event(site: Site) -> Any:
    """An event of its own."""
    return site.make_event(name="Relay at the hub")


def test_a_relay_starts_by_the_command_that_is_shown_once_and_may_be_declared_lost(
    site: Site,
    organiser: Page,
    event: Any,
    tmp_path: Path,
    mongod_uri: str,
    _mongo: MongoClient[dict[str, Any]],
) -> None:
    organiser.goto(f"/admin/events/{event['uuid']}")
    organiser.locator("#event-nav").get_by_role("link", name="Relay").click()
    role = organiser.locator("#role-title")
    expect(role).to_have_text("No relay has joined")
    organiser.get_by_label("Name", exact=True).fill("O'Hara's hall")
    organiser.get_by_role("button", name="Make its key").click()
    command = organiser.locator("#made code").inner_text()
    expect(organiser.locator("#rows")).to_contain_text("Not in use")
    with a_site_database(mongod_uri, _mongo) as database:
        relay = AsShown(tmp_path / "data", command, **database)
        try:
            expect(role).to_have_text("O'Hara's hall is connected")
            expect(organiser.locator("#rows")).to_contain_text("In use")
            expect(organiser.locator("#not-named")).to_contain_text("HUB_ALLOWED_ORIGINS")
        finally:
            relay.close()
    expect(role).to_contain_text("O'Hara's hall has been on its own since")
    organiser.get_by_role("button", name="Declare it lost").click()
    dialog = organiser.get_by_role("dialog")
    expect(dialog).to_contain_text("Its key ends")
    dialog.get_by_role("button", name="Go back").click()
    expect(role).to_contain_text("on its own")
    organiser.get_by_role("button", name="Declare it lost").click()
    organiser.get_by_role("dialog").get_by_role("button", name="Declare it lost").click()
    expect(role).to_contain_text("was declared lost")
    expect(organiser.get_by_role("button", name="Declare it lost")).to_have_count(0)
    expect(organiser.locator("#rows")).to_contain_text("Revoked")
    organiser.reload()
    expect(organiser.locator("#rows")).to_contain_text("Revoked")
    assert command.split()[0].partition("=")[2] not in organiser.content()


@pytest.mark.parametrize("address", ["hall", "http://10.0.0.7:8889"])
def test_an_address_that_phones_do_not_take_is_refused_and_makes_no_key(
    site: Site, organiser: Page, event: Any, address: str
) -> None:
    organiser.goto(f"/admin/relay/{event['uuid']}")
    organiser.get_by_label("Name", exact=True).fill("Hall")
    organiser.get_by_label("Its address").fill(address)
    organiser.get_by_role("button", name="Make its key").click()
    expect(organiser.locator("#relay-address")).to_be_focused()
    expect(organiser.locator("#made")).to_be_hidden()
    assert not [key for key in site.call("GET", "/api/keys") if key["event"] == event["uuid"]]


def test_an_events_organiser_sees_the_relay_and_makes_no_key(site: Site, organiser: Page, event: Any) -> None:
    organiser.route(
        "**/api/keys", lambda route: route.fulfill(status=403, json={"code": "not_allowed", "detail": "no"})
    )
    organiser.goto(f"/admin/relay/{event['uuid']}")
    expect(organiser.locator("#no-keys")).to_be_visible()
    expect(organiser.locator("#create")).to_be_hidden()
