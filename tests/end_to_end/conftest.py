"""A hub in its own processes and a browser, once for all tests of this folder."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.end_to_end.scanner import SOON_MS
from tests.end_to_end.site import CHROMIUM, FLAGS, PASSWORD, USERNAME, Site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, site_database: dict[str, str]) -> Iterator[Site]:
    """A hub that serves, and looks for alerts every second."""
    site = Site(tmp_path_factory.mktemp("site") / "data", HUB_ALERTS_CRON="* * * * * *", **site_database)
    yield site
    site.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, drawing without a graphics card."""
    if CHROMIUM is None and os.environ.get("CI") != "true":
        pytest.skip("needs chromium: tests/install-browser")
    expect.set_options(timeout=SOON_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """A browser profile that knows nothing yet."""
    context = browser.new_context(base_url=site.url)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page that fails its test by whatever goes wrong in its scripts."""
    page = context.new_page()

    def fail(error: object) -> None:
        raise AssertionError(f"in the page: {error}")

    page.on("pageerror", fail)
    return page


@pytest.fixture
def organiser(page: Page) -> Page:
    """The same page, logged in."""
    return log_in(page)


def log_in(page: Page) -> Page:
    """Log in as the organiser."""
    page.goto("/login")
    page.get_by_label("User name").fill(USERNAME)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/events")
    return page


@pytest.fixture
def database_name(emptied_database: str) -> str:
    """The tests of this folder look at no collection's making: an emptied database will do."""
    return emptied_database
