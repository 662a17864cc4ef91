"""Scanner in each language, longer and from right to left: no English word, nothing too wide, with a network or not."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.end_to_end.accessibility import serious
from tests.end_to_end.conftest import watched
from tests.end_to_end.in_place import BASE, Walk
from tests.end_to_end.scanner import CONTROLLED, SOON_MS, cut_off, read
from tests.end_to_end.site import Site
from tests.end_to_end.test_languages import PHONE

NAMES = re.compile(
    r"\b[0-9a-f]{8}\b|https?://[^ ]+|https|Scan Hub|Zorba|Kazoo|Quai Bleu|Wuxi|Palko|Ada Lovelace|JavaScript|EUR|QR"
)
RIGHTS = ("force", "undo", "search", "names", "headcount", "door", "sell")
FULL = {"name": "Full price", "amount": "20.00", "currency": "EUR"}


class ScannerWalk(Walk):
    """A walk of one phone through the scanner."""

    def scan(self, which: str, code: str, tone: str) -> None:
        """Scan, look at the verdict, and close it."""
        read(self.page, code)
        verdict = self.page.locator("#verdict")
        expect(verdict).to_have_attribute("data-tone", tone, timeout=SOON_MS)
        self.look(which)
        # In one step: a verdict that is not to be seen may go by itself meanwhile.
        self.page.evaluate("document.querySelector('#verdict[open] #verdict-next')?.click()")
        expect(verdict).to_be_hidden()


@pytest.fixture
def walk(browser: Browser, site: Site) -> Iterator[ScannerWalk]:
    """A volunteer's phone in a language of its own, looked at in all."""
    context = browser.new_context(base_url=site.url, viewport=PHONE)  # type: ignore[arg-type]
    context.add_cookies([{"name": "language", "value": BASE, "url": site.url}])
    yield ScannerWalk(site, watched(context.new_page()), NAMES)
    context.close()


def make_evening(site: Site) -> Any:
    """Make an event at which everything may be refused."""
    return site.make_event(
        name="Zorba",
        venue="Wuxi",
        doors=[{"name": "Quai Bleu"}, {"name": "Kazoo", "products": ["Wuxi"]}],
        products=[{"name": "Palko", "prices": [FULL | {"name": "Zorba"}]}, {"name": "Wuxi"}],
        admit_before_min=None,
    )


def paired(walk: ScannerWalk, link: str) -> None:
    """Pair the phone, and look at what it says before and after."""
    page = walk.page
    page.goto("/scanner")
    expect(page.locator("#pair-by-camera")).to_be_visible()
    walk.look("unpaired", closely=True)
    page.goto(link)
    expect(page.locator("#pairing-offer")).to_be_visible(timeout=SOON_MS)
    walk.look("offer", closely=True)
    page.locator("#pair").click()
    expect(page.locator("#health")).to_have_attribute("data-health", "ready", timeout=SOON_MS)
    page.locator("details.menu").last.locator("summary").click()
    walk.look("scanning", closely=True)
    page.locator("details.menu").last.locator("summary").click()


def test_no_step_at_the_door_has_an_english_word_or_sticks_out_in_any_language(site: Site, walk: ScannerWalk) -> None:
    event = make_evening(site)
    codes = site.book(event, 6, "Palko")
    owed = site.book(event, 1, "Palko", paid=False)
    paired(walk, site.make_device(event, "Palko", may=RIGHTS))
    expect(walk.page.locator("html")).to_have_attribute("lang", BASE)
    scan_online(walk, site, event, codes, owed)
    search_and_sell(walk)
    train(walk, site, event)
    scan_offline(walk, codes[3:], owed)


def scan_online(walk: ScannerWalk, site: Site, event: Any, codes: Sequence[str], owed: Sequence[str]) -> None:
    """Scan what the hub admits and refuses, undo, force and scan out."""
    page = walk.page
    other = site.book(site.make_event(name="Kazoo"), 1, None)
    walk.scan("admitted", codes[0], "pass")
    walk.scan("just", codes[0], "note")
    page.locator(".recent-undo").first.click()
    walk.look("undo")
    page.locator("#question-yes").click()
    expect(page.locator(".recent-scan").first).to_have_attribute("data-tone", "note", timeout=SOON_MS)
    walk.look("undone")
    key = site.pair(site.make_device(event, "Wuxi"))
    site.scan(key, codes[1])
    read(page, codes[1])
    expect(page.locator("#verdict")).to_have_attribute("data-tone", "refuse", timeout=SOON_MS)
    walk.look("already", closely=True)
    page.locator("#verdict-force").click()
    expect(page.locator("#force")).to_be_visible()
    walk.look("force", closely=True)
    page.locator("#force-no").click()
    for which, code in (("unpaid", owed[0]), ("foreign", other[0]), ("no-code", "zorba")):
        walk.scan(which, code, "refuse")
    page.locator("input[name=direction][value=out]").check(force=True)
    walk.scan("exit", codes[1], "exit")
    walk.scan("not-inside", codes[2], "refuse")
    page.locator("input[name=direction][value=in]").check(force=True)
    page.locator("#heads summary").click()
    page.locator("#heads-more").click()
    expect(page.locator("#heads-count")).to_be_visible(timeout=SOON_MS)
    page.locator("#heads-less").click()
    walk.look("heads")
    page.locator("#heads summary").click()


def search_and_sell(walk: ScannerWalk) -> None:
    """Find a guest, sell a ticket, and look at the choice of a door."""
    page = walk.page
    page.locator("#find-open").click()
    page.locator("#find-name").fill("Ada")
    page.locator(".found-guest").first.click(timeout=SOON_MS)
    walk.look("find", closely=True)
    page.locator("#find-name").fill("Xq")
    expect(page.locator("#found li")).to_have_count(0, timeout=SOON_MS)
    walk.look("find-short")
    page.locator("#find-close").click()
    page.locator("#sell-open").click()
    page.locator("#sell-kinds button").nth(1).click(timeout=SOON_MS)
    page.locator("#sell-given").fill("50")
    walk.look("sell", closely=True)
    page.locator("#sell-cash").click()
    expect(page.locator("#sell-said")).to_be_visible(timeout=SOON_MS)
    walk.look("sold", closely=True)
    page.locator("#sell-close").click()
    page.locator("details.menu").last.locator("summary").click()
    page.locator("#door-open").click()
    walk.look("doors", closely=True)
    page.locator("#door-keep").click()


def train(walk: ScannerWalk, site: Site, event: Any) -> None:
    """Scan each practice code in training: every verdict there is."""
    page = walk.page
    page.locator("#training").check(force=True)
    walk.look("training")
    for each in site.call("GET", f"/api/events/{event['uuid']}/practice"):
        tone = {"admitted": "pass", "exited": "exit"}.get(each["shows"], "refuse")
        walk.scan(f"practice-{each['shows']}", each["code"], tone)
    page.locator("#training").uncheck(force=True)


def scan_offline(walk: ScannerWalk, codes: Sequence[str], owed: Sequence[str]) -> None:
    """Scan, search and sell without the hub."""
    page = walk.page
    cut_off(page, "/scan/")
    walk.scan("offline-admitted", codes[0], "pass")
    expect(page.locator("#health")).to_have_attribute("data-health", "offline", timeout=SOON_MS)
    page.evaluate("document.querySelector('#verdict').close()")
    walk.look("offline")
    walk.scan("offline-unpaid", owed[0], "refuse")
    walk.scan("offline-no-code", "zorba", "refuse")
    page.locator("#find-open").click()
    page.locator("#find-name").fill("Ada")
    expect(page.locator(".found-guest").first).to_be_visible(timeout=SOON_MS)
    walk.look("offline-find")
    page.locator("#find-close").click()
    page.locator("#sell-open").click()
    expect(page.locator("#sell-problem")).to_be_visible(timeout=SOON_MS)
    walk.look("offline-sell")
    page.locator("#sell-close").click()
    page.locator("#unpair").click()
    walk.look("unpair")
    page.locator("#question-yes").click()
    walk.look("unpair-loses")
    page.locator("#question-no").click()


CHOSEN = "async (tag) => (await (await caches.match('/scanner/chosen'))?.text()) === tag"
"""Whether the worker keeps a choice."""
OLD_PACKAGE = """async () => {
    await (await caches.open("packages")).put("/static/vendor/zxing-wasm@0.0.1/zxing_reader.wasm", new Response("old"));
    await (await navigator.serviceWorker.ready).unregister();
}"""
"""Keeps a file of an older version, and lets the next page install the worker anew."""


# --- the choice of a language ---------------------------------------------------------------------------------------


@pytest.fixture
def volunteer(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=site.url, viewport=PHONE, locale="fr-FR")  # type: ignore[arg-type]
    yield context
    context.set_offline(False)
    context.close()


def choose(page: Page, name: str) -> None:
    """Choose a language by its own name."""
    page.locator(".languages summary").click()
    page.locator(".languages").get_by_role("link", name=name).click()


def test_a_phone_in_flight_mode_keeps_its_language_and_changes_it(site: Site, volunteer: BrowserContext) -> None:
    event = site.make_event(name="Flight mode")
    codes = site.book(event, 2, None)
    page = volunteer.new_page()
    page.goto(site.make_device(event))
    page.get_by_role("button", name="Appairer ce téléphone").click()
    expect(page.locator("#health")).to_have_text("Prêt", timeout=SOON_MS)
    page.wait_for_function(CONTROLLED)
    volunteer.set_offline(True)
    page.reload()
    expect(page.locator("#health")).to_have_text("Hors ligne", timeout=SOON_MS)
    read(page, codes[0])
    expect(page.locator("#verdict")).to_contain_text("Décidé hors ligne", timeout=SOON_MS)
    expect(page.locator("#verdict")).not_to_be_visible(timeout=SOON_MS)
    choose(page, "Deutsch")
    expect(page.locator("html")).to_have_attribute("lang", "de", timeout=SOON_MS)
    expect(page.locator("#health")).to_have_text("Offline, 1 Scan wartet", timeout=SOON_MS)
    expect(page.locator(".recent-scan")).to_contain_text("Eingelassen", timeout=SOON_MS)
    assert page.url.endswith("/scanner")
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    volunteer.set_offline(False)
    page.reload()
    expect(page.locator("#health")).to_have_text("Bereit", timeout=SOON_MS)


def test_a_guest_reads_their_own_language_on_the_volunteers_phone_with_a_network_and_without(
    site: Site, volunteer: BrowserContext
) -> None:
    doors = [{"name": "Porte Sud", "products": ["Standard"]}, {"name": "Porte Nord, à droite", "products": ["Balcon"]}]
    event = site.make_event(name="Turned round", doors=doors, products=[{"name": "Standard"}, {"name": "Balcon"}])
    (elsewhere,) = site.book(event, 1, "Balcon", language="de")
    (here,) = site.book(event, 1, language="es")
    (own,) = site.book(event, 1, "Balcon", language="fr")
    page = volunteer.new_page()
    page.goto(site.make_device(event))
    page.locator("#pair").click()
    expect(page.locator("#health")).to_have_text("Prêt", timeout=SOON_MS)
    page.wait_for_function(CONTROLLED)
    guest = page.locator("#verdict-guest")
    for is_offline in (False, True):
        volunteer.set_offline(is_offline)
        page.reload()
        expect(page.locator("#health")).to_have_text("Hors ligne" if is_offline else "Prêt", timeout=SOON_MS)
        read(page, elsewhere)
        expect(page.locator("#verdict-line")).to_contain_text("Mauvaise porte", timeout=SOON_MS)
        expect(guest.locator("[lang=de]")).to_have_text("Ihr Eingang: Porte Nord, à droite")
        turned_round_and_back(page)
        assert serious(page) == []
        page.locator("#verdict-next").click()
        read(page, own)
        expect(page.locator("#verdict-line")).to_contain_text("Mauvaise porte", timeout=SOON_MS)
        expect(guest).to_be_hidden()
        page.locator("#verdict-next").click()
    read(page, here)
    expect(guest.locator("[lang=es]")).to_have_text("¡Le damos la bienvenida!", timeout=SOON_MS)


def turned_round_and_back(page: Page) -> None:
    """Tap what the guest reads: it fills the screen; once more, and the verdict is there again."""
    guest = page.locator("#verdict-guest")
    guest.click()
    expect(guest).to_have_attribute("aria-pressed", "true")
    assert guest.bounding_box() == {"x": 0, "y": 0, **page.viewport_size}  # type: ignore[dict-item]
    assert serious(page) == []
    guest.click()
    expect(guest).to_have_attribute("aria-pressed", "false")
    expect(page.locator("#verdict-next")).to_be_visible()


def test_a_phone_in_flight_mode_opens_whatever_language_its_cookie_names(site: Site, volunteer: BrowserContext) -> None:
    page = volunteer.new_page()
    page.goto("/scanner")
    page.wait_for_function(CONTROLLED)
    volunteer.add_cookies([{"name": "language", "value": "xx", "url": site.url}])
    page.reload()
    page.wait_for_function(CHOSEN, arg="xx")
    volunteer.set_offline(True)
    for address in ("/scanner", "/scanner?language=yy"):
        page.goto(address)
        expect(page.locator("#pair-by-camera")).to_be_visible()
        expect(page.locator("html")).to_have_attribute("lang", "fr")


def test_a_choice_outlasts_its_cookie(site: Site, volunteer: BrowserContext) -> None:
    page = volunteer.new_page()
    page.goto("/scanner")
    page.wait_for_function(CONTROLLED)
    choose(page, "Deutsch")
    page.wait_for_function(CHOSEN, arg="de")
    volunteer.clear_cookies()
    page.reload()
    page.wait_for_function("() => document.cookie.includes('language=de')")
    expect(page.locator("html")).to_have_attribute("lang", "de")


def test_packages_of_other_versions_are_forgotten(site: Site, volunteer: BrowserContext) -> None:
    page = volunteer.new_page()
    page.goto("/scanner")
    page.wait_for_function(CONTROLLED)
    page.evaluate(OLD_PACKAGE)
    page.reload()
    page.wait_for_function(CONTROLLED)
    page.wait_for_function("async () => (await (await caches.open('packages')).keys()).length === 0")


def test_a_choice_before_pairing_keeps_the_code(site: Site, volunteer: BrowserContext) -> None:
    page = volunteer.new_page()
    page.goto(site.make_device(site.make_event(name="Chosen before pairing")))
    expect(page.get_by_role("button", name="Appairer ce téléphone")).to_be_visible()
    choose(page, "Español")
    page.get_by_role("button", name="Vincular este teléfono").click()
    expect(page.locator("#health")).to_have_text("Listo", timeout=SOON_MS)


def test_a_phone_whose_own_language_is_not_there_speaks_its_events(site: Site, browser: Browser) -> None:
    event = site.make_event(name="Of the event", language="de")
    context = browser.new_context(base_url=site.url, viewport=PHONE, locale="nl-NL")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(site.make_device(event))
    page.locator("#pair").click()
    expect(page.locator("#health")).to_have_text("Bereit", timeout=SOON_MS)
    context.close()


def test_two_phones_in_two_languages_each_have_the_events_clock(site: Site, browser: Browser) -> None:
    event = site.make_event(name="Two phones", timezone="America/New_York")
    codes = site.book(event, 1, None)
    words = {"fr-FR": ("Entré", "Europe/Paris"), "de-DE": ("Abgewiesen", "Asia/Tokyo")}
    began = datetime.now(UTC)
    for locale, (word, zone) in words.items():
        context = browser.new_context(base_url=site.url, locale=locale, timezone_id=zone)
        page = context.new_page()
        page.goto(site.make_device(event))
        page.locator("#pair").click()
        expect(page.locator("#health")).to_have_attribute("data-health", "ready", timeout=SOON_MS)
        read(page, codes[0])
        expect(page.locator("#verdict-word")).to_have_text(word, timeout=SOON_MS)
        time = page.locator(".recent-time").first.inner_text()
        context.close()
        minutes = int((datetime.now(UTC) - began).total_seconds() // 60) + 2
        local = [(began + timedelta(minutes=n)).astimezone(ZoneInfo("America/New_York")) for n in range(minutes)]
        assert time in {f"{each:%H:%M}" for each in local}
