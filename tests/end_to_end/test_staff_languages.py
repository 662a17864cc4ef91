"""Pages of organisers in each language, longer and from right to left, in a real browser, with what scripts say."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.end_to_end.conftest import log_in, watched
from tests.end_to_end.in_place import BASE, Walk
from tests.end_to_end.scanner import SOON_MS
from tests.end_to_end.site import Site
from tests.end_to_end.test_languages import context_of_reader

__all__ = ["context_of_reader"]

NAMES = re.compile(
    r"[A-Z][a-z]+/[A-Z][a-z_]+|(?<=\s)/\S+|https?://[^ ]+|Scan Hub|Zorba|Kazoo|Wuxi|Palko|Ada Lovelace|"
    "Quai Bleu|organiser|[A-Z][a-z]+day|"
    "January|February|March|April|June|July|August|September|October|November|Dec(?:ember)?"
)


@pytest.fixture(scope="module")
def paths(site: Site) -> dict[str, str]:
    """The addresses of organisers' pages of an event at which much has happened, by a name."""
    event = site.make_event(
        name="Zorba", venue="Wuxi", doors=[{"name": "Quai Bleu"}], zones=[{"name": "Kazoo", "max_inside": 1}]
    )
    codes = site.book(event, 3, None)
    key = site.pair(site.make_device(event, "Palko", may=("force",)))
    for code in (*codes[:2], codes[0], "x"):
        site.scan(key, code)
    site.scan(key, codes[0], force=True, reason="Kazoo")
    own = f"/events/{event['uuid']}"
    (device,) = site.call("GET", f"/api/devices?event={event['uuid']}")
    hook = site.call("POST", "/api/webhooks", {"url": "https://kazoo.invalid/zorba", "kinds": ["ticket.scanned"]})
    admin = {
        "devices": "/admin/devices",
        "new-device": f"/admin/devices/new?event={event['uuid']}",
        "device": f"/admin/devices/{device['uuid']}",
        "webhooks": "/admin/webhooks",
        "webhook": f"/admin/webhooks/{hook['id']}",
        "running": "/admin/running",
    }
    return admin | {"events": "/events", "dashboard": own, "wall": f"{own}?wall", "report": f"{own}/report"}


def test_no_page_of_organisers_has_an_english_word_sticks_out_or_is_unread_in_any_language(
    site: Site, context_of_reader: BrowserContext, paths: dict[str, str]
) -> None:
    log_in(context_of_reader)
    page = watched(context_of_reader.new_page())
    walk = Walk(site, page, NAMES)
    for which, path in paths.items():
        page.goto(path)
        expect(page.locator("html")).to_have_attribute("lang", BASE)
        if which in ("dashboard", "wall"):
            expect(page.locator("#connection")).to_have_attribute("data-phase", "live", timeout=SOON_MS)
            expect(page.locator("#refusals li")).not_to_have_count(0, timeout=SOON_MS)
        if path.startswith("/admin"):
            page.wait_for_load_state("networkidle")
        walk.look(which, closely=True)


def test_two_readers_of_one_dashboard_see_their_own_language(site: Site, browser: Browser) -> None:
    event = site.make_event(name="Two readers", language="de")
    texts = {"fr-FR": "Aucune alerte.", "es-ES": "Sin alertas.", "nl-NL": "Keine Warnungen."}
    for locale, text in texts.items():
        context = browser.new_context(base_url=site.url, locale=locale)
        log_in(context)
        page = watched(context.new_page())
        page.goto(f"/events/{event['uuid']}")
        expect(page.get_by_text(text)).to_be_visible(timeout=SOON_MS)
        context.close()


def test_page_without_its_texts_says_so_in_the_readers_language(site: Site, browser: Browser) -> None:
    event = site.make_event(name="Without texts")
    context = browser.new_context(base_url=site.url, locale="fr-FR")
    log_in(context)
    page = context.new_page()
    page.route("**/static/vendor/**", lambda route: route.fulfill(status=404))
    page.goto(f"/events/{event['uuid']}")
    expect(page.get_by_text(re.compile("Les textes de cette page n.ont pas pu être chargés"))).to_be_visible(
        timeout=SOON_MS
    )
    context.close()
