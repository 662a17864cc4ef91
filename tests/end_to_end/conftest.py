"""A hub in its own processes and a browser, once for all tests of this folder."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect, sync_playwright
from pymongo import MongoClient

from tests.conftest import a_site_database
from tests.end_to_end.scanner import SOON_MS
from tests.end_to_end.site import CHROMIUM, FLAGS, PASSWORD, USERNAME, Site

SHARED = pytest.StashKey[tuple[ExitStack, Browser]]()


@pytest.fixture(scope="package")
def site(
    tmp_path_factory: pytest.TempPathFactory, mongod_uri: str, _mongo: MongoClient[dict[str, Any]]
) -> Iterator[Site]:
    """A hub that serves, looks for alerts every five seconds, and wants a second factor of viewers.

    What each test makes has a name of its own. A look costs as much as there are events with scans: each second it
    would take a tenth of a processor in the end.
    """
    own = {"HUB_ALERTS_CRON": "*/5 * * * * *", "HUB_SECOND_FACTOR_ROLES": "viewer"}
    with a_site_database(mongod_uri, _mongo) as settings:
        site = Site(tmp_path_factory.mktemp("site") / "data", **own, **settings)
        yield site
        site.close()


@pytest.fixture
def browser(request: pytest.FixtureRequest) -> Browser:
    """Chromium, drawing without a graphics card: one for all tests in a row that need it."""
    if CHROMIUM is None and os.environ.get("CI") != "true":
        pytest.skip("needs chromium: tests/install-browser")
    stash = request.config.stash
    if SHARED not in stash:
        stash[SHARED] = _launch()
    return stash[SHARED][1]


def _launch() -> tuple[ExitStack, Browser]:
    expect.set_options(timeout=SOON_MS)
    held = ExitStack()
    playwright = held.enter_context(sync_playwright())
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    held.callback(browser.close)
    return held, browser


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """End the browser before a test without one: Playwright's loop runs in this thread, and lets no other run there."""
    yield
    if SHARED in item.config.stash and "browser" not in getattr(nextitem, "fixturenames", ()):
        item.config.stash[SHARED][0].close()
        del item.config.stash[SHARED]


@pytest.fixture
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """A browser profile that knows nothing yet."""
    context = browser.new_context(base_url=site.url)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page of that profile."""
    return watched(context.new_page())


def watched(page: Page) -> Page:
    """Let whatever goes wrong in a page's scripts fail its test, and every step take as long as a busy machine does."""

    def fail(error: object) -> None:
        raise AssertionError(f"in the page: {error}")

    page.on("pageerror", fail)
    page.set_default_timeout(SOON_MS)
    return page


@pytest.fixture(scope="package")
def _logins() -> dict[str, StorageState]:
    """Cookies of an organiser's login, for each hub by its address."""
    return {}


@pytest.fixture
def organiser(browser: Browser, site: Site, _logins: dict[str, StorageState]) -> Iterator[Page]:
    """A page in a profile of its own, logged in by the one login that tests share: none may end it."""
    page = logged_in(browser, site, _logins)
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def _kept_pages() -> Iterator[dict[Browser, Page]]:
    """Pages that tests of one module use one after another, by their browser: another may take its place in between."""
    pages: dict[Browser, Page] = {}
    yield pages
    for browser, page in pages.items():
        if browser.is_connected():
            page.context.close()


@pytest.fixture
def visitor(browser: Browser, site: Site, _logins: dict[str, StorageState], _kept_pages: dict[Browser, Page]) -> Page:
    """A page as `organiser` is, shared by tests that look at pages and change nothing: half the work of a new one."""
    if browser not in _kept_pages:
        _kept_pages[browser] = logged_in(browser, site, _logins)
    page = _kept_pages[browser]
    page.set_viewport_size({"width": 1280, "height": 720})
    page.emulate_media(color_scheme="null", reduced_motion="null")
    return page


def logged_in(browser: Browser, site: Site, logins: dict[str, StorageState], **options: Any) -> Page:
    """Open a page in a new profile with the shared login, which the first makes."""
    context = browser.new_context(base_url=site.url, storage_state=logins.get(site.url), **options)
    if site.url not in logins:
        log_in(context)
        logins[site.url] = context.storage_state()
    return watched(context.new_page())


def log_in(context: BrowserContext) -> None:
    """Log in as the organiser, by what the login's form sends: the profile keeps the cookie."""
    form: dict[str, str | float | bool] = {"username": USERNAME, "password": PASSWORD}
    answer = context.request.post("/login", form=form, max_redirects=0, timeout=SOON_MS)
    assert answer.status == 303, answer.text()


@pytest.fixture
def database_name(emptied_database: str) -> str:
    """The tests of this folder look at no collection's making: an emptied database will do."""
    return emptied_database
