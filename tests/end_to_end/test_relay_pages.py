"""A relay's pages in a browser: its status, with the line up, gone and back."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pymongo import MongoClient

from tests.end_to_end.accessibility import expect_accessible
from tests.end_to_end.conftest import log_in, watched
from tests.end_to_end.site import Site
from tests.end_to_end.test_admin_every_page import SIZES, expect_walked
from tests.end_to_end.test_page_basics import BASICS, SMALL_PX
from tests.end_to_end.venue import Venue, a_venue


@pytest.fixture(scope="module")
def venue(
    site: Site, tmp_path_factory: pytest.TempPathFactory, mongod_uri: str, _mongo: MongoClient[dict[str, Any]]
) -> Iterator[Venue]:
    """A venue whose relay serves."""
    with a_venue(site, tmp_path_factory.mktemp("relay"), mongod_uri, _mongo, name="Relay pages") as venue:
        yield venue


@pytest.fixture
def keeper(browser: Browser, venue: Venue) -> Iterator[Page]:
    """A page logged in at the relay."""
    context = browser.new_context(
        base_url=venue.relay.url, viewport={"width": 390, "height": 844}, has_touch=True, locale="en-GB"
    )
    log_in(context)
    yield watched(context.new_page())
    context.close()


def test_status_page_says_how_the_line_is_and_what_waits(venue: Venue, keeper: Page) -> None:
    codes = venue.hub.book(venue.event, 3)
    keeper.goto(f"/events/{venue.event['uuid']}")
    keeper.get_by_role("link", name="Relay").first.click()
    state, figures = keeper.locator("#line-state"), keeper.locator("#figures")
    expect(state).to_contain_text("Connected")
    venue.line.cut()
    expect(state).to_contain_text("On its own since")
    assert venue.relay.scan(venue.key, codes[0])["code"] == "admitted"
    expect(figures).to_contain_text("Scans to send1")
    expect(figures).to_contain_text("Inside now1")
    venue.line.heal()
    expect(state).to_contain_text("Connected")
    expect(figures).to_contain_text("Scans to send0")


def test_status_page_says_that_it_is_stale_where_the_relay_does_not_answer(keeper: Page) -> None:
    keeper.goto("/relay")
    expect(keeper.locator("#line-state")).to_contain_text("since")
    keeper.context.set_offline(True)
    expect(keeper.locator("#stale")).to_contain_text("has not answered since")
    keeper.context.set_offline(False)
    expect(keeper.locator("#stale")).to_be_hidden()


@pytest.mark.parametrize("scheme", SIZES)
def test_status_page_is_accessible_and_is_walked_by_tab(keeper: Page, scheme: Any) -> None:
    keeper.set_viewport_size(SIZES[scheme])
    keeper.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    keeper.goto("/relay")
    expect(keeper.locator("#line-state")).to_contain_text("since")
    expect_accessible(keeper)
    assert expect_walked(keeper) > 5


def test_status_page_has_the_basics_of_a_page_on_a_phone(keeper: Page) -> None:
    keeper.goto("/relay")
    expect(keeper.locator("#line-state")).to_contain_text("since")
    found = keeper.evaluate(BASICS, SMALL_PX)
    assert [found[name] for name in ("unnamed", "pictures", "small", "elsewhere")] == [[], [], [], []]
    assert (found["lang"], found["headings"]) == ("en", 1)
    assert found["shift"] <= 0.1
    keeper.set_viewport_size({"width": 320, "height": 640})
    assert keeper.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize(("tag", "word"), [("de", "Verbunden"), ("fr", "Relié"), ("es", "Conectado")])
def test_status_page_speaks_its_readers_language(venue: Venue, keeper: Page, tag: str, word: str) -> None:
    venue.is_in("connected", "degraded")
    keeper.goto(f"/relay?language={tag}")
    expect(keeper.locator("#line-state")).to_contain_text(word)


def test_a_hub_has_no_such_page(organiser: Page) -> None:
    answer = organiser.goto("/relay")
    assert answer is not None and answer.status == 404


def test_dashboard_of_a_relay_says_when_the_hub_does_not_decide_and_leads_there_for_changes(
    venue: Venue, keeper: Page
) -> None:
    keeper.goto(f"/events/{venue.event['uuid']}")
    strip = keeper.locator("#relay-line")
    expect(strip).to_be_hidden()
    administration = keeper.get_by_role("link", name="Administration at the hub")
    assert administration.get_attribute("href") == f"{venue.line.url}/admin/events/{venue.event['uuid']}"
    assert keeper.locator("a[href^='/admin']:not([href='/admin/account'])").count() == 0
    expect(keeper.locator("#recount")).to_have_count(0)
    venue.line.cut()
    expect(strip).to_contain_text("On its own since")
    keeper.goto(f"/events/{venue.event['uuid']}?wall")
    expect(strip).to_contain_text("On its own since")
    expect_accessible(keeper)
    venue.line.heal()
    expect(strip).to_be_hidden()


def test_administration_of_a_relay_is_ones_own_account_and_the_rest_is_at_the_hub(venue: Venue, keeper: Page) -> None:
    keeper.goto("/admin")
    expect(keeper.get_by_role("heading", level=1)).to_have_text("My account")
    expect(keeper.locator("#menu li")).to_have_count(2)
    answer = keeper.request.get(f"/admin/tickets?event={venue.event['uuid']}", max_redirects=0)
    assert answer.status == 303
    assert answer.headers["location"] == f"{venue.line.url}/admin/tickets?event={venue.event['uuid']}"
