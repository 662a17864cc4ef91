"""Pages behind a proxy that passes no upgrades: true figures over REST, and what is wrong, said within seconds."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.end_to_end.conftest import log_in
from tests.end_to_end.proxy import PlainProxy
from tests.end_to_end.scanner import SOON_MS
from tests.end_to_end.site import Site
from tests.end_to_end.test_dashboard import expect_phase, show_figures

POLLS = "**/api/events/*/occupancy"
BLOCKED = "The live connection does not come through: does the proxy pass upgrades?"


@pytest.fixture(params=[False, True], ids=["taken off", "swallowed"])
def proxy(request: pytest.FixtureRequest, site: Site) -> Iterator[PlainProxy]:
    proxy = PlainProxy(site.url, swallows=request.param)
    yield proxy
    proxy.close()


@contextmanager
def polls_held(page: Page) -> Iterator[None]:
    """Hold the page's polls until the block ends: until then it knows no more than it was made with."""
    held: list[Route] = []
    is_over = False

    def hold(route: Route) -> None:
        # The route stays: taking it off would answer those that are held.
        if is_over:
            route.continue_()
        else:
            held.append(route)

    page.route(POLLS, hold)
    yield
    is_over = True
    for route in held:
        route.continue_()


@pytest.mark.parametrize("wall", ["", "?wall"], ids=["dashboard", "wall"])
def test_figures_come_over_rest_and_the_proxy_is_named(
    site: Site, organiser: Page, proxy: PlainProxy, wall: str
) -> None:
    event = site.make_event(name="Behind a proxy")
    first, second, _ = site.book(event, 3)
    key = site.pair(site.make_device(event))
    with polls_held(organiser):
        organiser.goto(f"{proxy.url}/events/{event['uuid']}{wall}", wait_until="domcontentloaded")
        expect(organiser.get_by_text("Alerts: not known yet")).to_be_visible()
        expect(organiser.get_by_text("No alerts.")).to_have_count(0)
    site.scan(key, first)
    expect_phase(organiser, "polled", SOON_MS)
    show_within(organiser, inside=1, admitted=1, booked=3)
    expect(organiser.get_by_text(BLOCKED)).to_be_visible(timeout=SOON_MS)
    expect(organiser.locator(".connection-more")).to_contain_text("Figures of")
    expect(organiser.get_by_text("No alerts.")).to_be_visible()
    site.scan(key, second)
    site.scan(key, second)
    show_within(organiser, inside=2, admitted=2, denied=1)
    expect(organiser.locator("#doors tr").first).to_contain_text("2")
    if not wall:
        expect(organiser.locator(".scan:visible")).to_have_count(3, timeout=SOON_MS)
        expect(organiser.locator(".curve-text")).to_contain_text("2 of 3 booked have arrived", timeout=SOON_MS)


def show_within(page: Page, **figures: int) -> None:
    for name, count in figures.items():
        expect(page.locator(f"[data-figure={name}]")).to_have_text(str(count), timeout=SOON_MS)


def test_a_hub_that_is_gone_too_leaves_the_last_figures_with_their_time(
    site: Site, organiser: Page, proxy: PlainProxy
) -> None:
    event = site.make_event(name="Gone")
    code, *_ = site.book(event, 2)
    site.scan(site.pair(site.make_device(event)), code)
    with polls_held(organiser):
        organiser.goto(f"{proxy.url}/events/{event['uuid']}", wait_until="domcontentloaded")
        proxy.is_away = True
    expect(organiser.locator("#stale")).to_contain_text("Not up to date: these are the figures of", timeout=SOON_MS)
    expect(organiser.get_by_text("No alerts.")).to_have_count(0)
    show_figures(organiser, inside=1, admitted=1, booked=2)
    proxy.is_away = False
    expect_phase(organiser, "polled", SOON_MS)
    expect(organiser.get_by_text(BLOCKED)).to_be_visible(timeout=SOON_MS)


def test_a_live_connection_that_comes_through_again_ends_the_asking(site: Site, context: BrowserContext) -> None:
    log_in(context)
    page = context.new_page()
    event = site.make_event(name="Comes back")
    blocked = {"is": True}
    page.route_web_socket("**/live", lambda route: route.close() if blocked["is"] else route.connect_to_server())
    page.goto(f"/events/{event['uuid']}")
    expect_phase(page, "polled", SOON_MS)
    blocked["is"] = False
    expect_phase(page, "live", SOON_MS)
    expect(page.locator("#stale")).to_be_hidden()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "occupancy" in request.url else None)
    key = site.pair(site.make_device(event))
    site.scan(key, site.book(event, 1)[0])
    show_figures(page, inside=1)
    page.wait_for_timeout(6_000)  # longer than the pause between two questions
    assert asked == []


def test_the_running_page_says_whether_it_comes_through(site: Site, organiser: Page, proxy: PlainProxy) -> None:
    organiser.goto("/admin/running")
    expect(organiser.locator("#health")).to_contain_text("Comes through", timeout=SOON_MS)
    organiser.goto(f"{proxy.url}/admin/running", wait_until="domcontentloaded")
    expect(organiser.locator("#health")).to_contain_text("does the proxy pass upgrades?", timeout=SOON_MS)
