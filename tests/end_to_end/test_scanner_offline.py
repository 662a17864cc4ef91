"""The scanner without its hub: decided in the page, kept through a reload, sent when the hub is back."""

import base64
import json
import re
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, WebSocketRoute, expect

from tests.end_to_end.conftest import log_in
from tests.end_to_end.scanner import CONTROLLED, SOON_MS, cut_off, expect_verdict, pair, read, reconnect
from tests.end_to_end.site import Site
from tests.eventually import until

RECOVERED_MS = 60_000
BEFORE_IT_ASKS_AGAIN_MS = 45_000
"""Shorter than the minute after which a phone asks for news anyway."""
COUNT = """async (store) => new Promise((resolve) => {
    const opening = indexedDB.open("scanhub");
    opening.onsuccess = () => {
        const counting = opening.result.transaction(store).objectStore(store).count();
        counting.onsuccess = () => { opening.result.close(); resolve(counting.result); };
    };
})"""
NEWS = re.compile("/scan/manifest/.*since=")
"""What changed since the guest list that the phone has."""
LONG_OVER = "2090-12-25T14:00:00Z"
HOLDING = """
    const reach = globalThis.fetch;
    globalThis.fetch = async (...asked) => {
        const answer = await reach(...asked);
        if (!String(asked[0]).startsWith("/scan/ticket")) return answer;
        const body = await answer.text();
        await globalThis.held;
        return new Response(body, { status: answer.status });
    };
    globalThis.hold = () => { globalThis.held = new Promise((resolve) => (globalThis.release = resolve)); };
"""
"""Answers to scans come only when the test lets them."""


LOSING = """
    const reach = globalThis.fetch;
    const released = new Promise((resolve) => (globalThis.release = resolve));
    const isBack = localStorage.getItem("is back") !== null;
    globalThis.fetch = async (...asked) => {
        const path = String(asked[0]);
        if (path.startsWith("/scan/batch")) {
            globalThis.isSending = true;
            await released;
        }
        const answer = await reach(...asked);
        if (path.startsWith("/scan/ticket") && !isBack) throw new TypeError("lost");
        return answer;
    };
"""
"""Answers to scans are lost until a reload finds that the phone "is back"; a batch goes out when the test lets it."""


@pytest.fixture
def phone(page: Page) -> Iterator[Page]:
    page.set_viewport_size({"width": 390, "height": 844})
    yield page


@pytest.fixture
def mortal(site: Site) -> Iterator[Site]:
    """The hub, which the test may stop: it serves again afterwards."""
    yield site
    site.stop()
    site.start()


def pass_on_until(deaf: threading.Event, route: WebSocketRoute) -> None:
    """Let the phone hear what the hub says, until it is deaf."""
    server = route.connect_to_server()
    server.on_message(lambda message: None if deaf.is_set() else route.send(message))


def pass_on_once(is_open: threading.Event, route: WebSocketRoute, told: list[str | bytes]) -> None:
    """Refuse the phone's sockets until `is_open`; then pass on, and note in `told`, what the hub says."""
    if not is_open.is_set():
        route.close()
        return
    server = route.connect_to_server()

    def tell(message: str | bytes) -> None:
        route.send(message)
        told.append(message)

    server.on_message(tell)


def says_that_nothing_waits(request: Request) -> bool:
    info = request.headers.get("x-device-info")
    return info is not None and json.loads(base64.urlsafe_b64decode(info))["queue"] == 0


def journal(site: Site, event: Any) -> list[Any]:
    scans: list[Any] = site.call("GET", f"/api/scans?event={event['uuid']}")
    return scans


def test_night_without_the_hub_is_kept_through_a_reload_and_sent_when_it_is_back(
    mortal: Site, browser: Browser, phone: Page
) -> None:
    site = mortal
    event = site.make_event(name="Dark")
    ours, taken, later = site.book(event, 3)
    other = site.pair(site.make_device(event, "Gate 2"))
    deaf = threading.Event()
    phone.route_web_socket("**/live", lambda route: pass_on_until(deaf, route))
    with phone.expect_response(NEWS):  # what it asks for once the flow begins: from then on only the flow tells it
        pair(site, phone, event, may=["names"])
    phone.wait_for_function(CONTROLLED)
    until(lambda: phone.evaluate(COUNT, "tickets") == 3, "the phone has the guest list")
    deaf.set()
    site.scan(other, taken)
    site.stop()

    for code in (ours, taken):
        read(phone, code)
        expect_verdict(phone, "Admitted", "pass", "Ada Lovelace", "Decided offline")
    expect(phone.locator("#health")).to_have_text("Offline, 2 scans wait")
    phone.reload()
    expect(phone.locator("#health")).to_have_text("Offline, 2 scans wait", timeout=SOON_MS)
    read(phone, ours)
    expect_verdict(phone, "Refused", "refuse", "Already scanned", "at North door by Gate 1", "Decided offline")
    read(phone, later)
    expect_verdict(phone, "Admitted", "pass", "Decided offline")
    read(phone, ours[:-4] + "AAAA")
    expect_verdict(phone, "Refused", "refuse", "Not a ticket of ours")
    expect(phone.locator("#health")).to_have_text("Offline, 5 scans wait")

    with phone.expect_request(says_that_nothing_waits, timeout=BEFORE_IT_ASKS_AGAIN_MS):
        site.start()
    expect(phone.locator("#health")).to_have_text("Ready", timeout=RECOVERED_MS)
    expect(phone.locator("#conflicts")).to_contain_text("1 conflict from being offline")
    expect(phone.locator("#conflict-list")).to_contain_text(re.compile("Ada Lovelace.*Already scanned"))
    made = [(scan["kind"], scan["code"]) for scan in journal(site, event)]
    assert sorted(made) == sorted(
        [
            ("ticket.scanned", "admitted"),
            ("ticket.scanned", "admitted"),
            ("ticket.scanned", "admitted"),
            ("ticket.scanned", "admitted"),
            ("ticket.conflict", "conflict"),
            ("ticket.denied", "already_scanned"),
            ("ticket.denied", "bad_signature"),
        ]
    )
    counts = site.call("GET", f"/api/events/{event['uuid']}/occupancy")
    assert (counts["admitted"], counts["inside"], counts["denied"]) == (3, 4, 2)
    dashboard = browser.new_context(base_url=site.url)
    try:
        log_in(dashboard)
        organiser = dashboard.new_page()
        organiser.goto(f"/events/{event['uuid']}")
        expect(organiser.locator(".scan", has_text="Conflict")).to_have_count(1)
        expect(organiser.locator(".scan", has_text="Gate 1")).to_have_count(6)
    finally:
        dashboard.close()

    site.stop()
    phone.get_by_role("button", name="Next").click()
    phone.get_by_role("button", name="Seen").click()
    expect(phone.locator("#conflicts")).to_be_hidden()
    phone.clock.install(time=LONG_OVER)
    phone.reload()
    expect(phone.get_by_text("The event is over: this phone has forgotten")).to_be_visible(timeout=SOON_MS)
    assert phone.evaluate(COUNT, "tickets") == 0
    assert phone.evaluate("localStorage.getItem('scanhub.pairing')") is None


def test_what_others_do_while_a_phone_still_sends_what_waited_is_known_to_it(mortal: Site, phone: Page) -> None:
    site = mortal
    event = site.make_event(name="Meanwhile")
    own, taken = site.book(event, 2)
    other = site.pair(site.make_device(event, "Gate 2"))
    phone.add_init_script(LOSING)
    pair(site, phone, event)
    until(lambda: phone.evaluate(COUNT, "tickets") == 2, "the phone has the guest list")
    read(phone, own)
    expect_verdict(phone, "Admitted", "pass", "Decided offline")

    is_open = threading.Event()
    told: list[str | bytes] = []
    phone.route_web_socket("**/live", lambda route: pass_on_once(is_open, route, told))
    phone.evaluate("localStorage.setItem('is back', 'yes')")
    phone.reload()
    phone.wait_for_function("() => globalThis.isSending", timeout=SOON_MS)
    site.scan(other, taken)
    is_open.set()
    until(lambda: phone.evaluate("true") and any("snapshot" in str(each) for each in told), "the flow has begun")
    with phone.expect_response(NEWS):
        phone.evaluate("release()")
    site.stop()
    read(phone, taken)
    expect_verdict(phone, "Refused", "refuse", "Already scanned", "by Gate 2", "Decided offline")


def test_answer_that_comes_late_and_otherwise_is_an_alarm_at_the_door_and_a_conflict_on_record(
    site: Site, phone: Page
) -> None:
    event = site.make_event(name="Late")
    code, agreed = site.book(event, 2)
    phone.add_init_script(HOLDING)
    phone.route_web_socket("**/live", lambda route: None)
    pair(site, phone, event, may=["force"])
    cut_off(phone, "/scan/manifest")
    phone.evaluate("hold()")
    read(phone, agreed)
    expect_verdict(phone, "Admitted", "pass", "Decided offline")
    phone.evaluate("release()")
    expect(phone.locator("#health")).to_have_text("Ready", timeout=SOON_MS)
    site.scan(site.pair(site.make_device(event, "Gate 2")), code)
    phone.evaluate("hold()")
    read(phone, code)
    expect_verdict(phone, "Admitted", "pass", "Decided offline")
    phone.evaluate("release()")
    expect_verdict(phone, "Look up!", "warn", "would not have let", "Already scanned")
    expect(phone.locator("#verdict-force")).to_be_hidden()
    until(lambda: any(scan["kind"] == "ticket.conflict" for scan in journal(site, event)), "the conflict is on record")
    counts = site.call("GET", f"/api/events/{event['uuid']}/occupancy")
    assert (counts["admitted"], counts["inside"]) == (2, 3)


def test_event_that_lets_nobody_in_alone_says_so(site: Site, phone: Page) -> None:
    event = site.make_event(name="Refuses alone", offline="refuse")
    (code,) = site.book(event, 1)
    pair(site, phone, event)
    cut_off(phone, "/scan/ticket")
    read(phone, code)
    expect_verdict(phone, "Refused", "refuse", "Offline: this event lets nobody in without the hub")


def test_question_of_an_event_is_put_to_the_door_offline_too_and_only_what_follows_a_yes_is_sent(
    site: Site, phone: Page
) -> None:
    event = site.make_event(name="Asks alone", confirm="ID seen?")
    (code,) = site.book(event, 1)
    pair(site, phone, event)
    until(lambda: phone.evaluate(COUNT, "tickets") == 1, "the phone has the guest list")
    cut_off(phone, "/scan/ticket", "/scan/batch")
    question = phone.get_by_role("dialog", name="ID seen?")
    read(phone, code)
    question.get_by_role("button", name="No").click()
    expect(phone.locator("#verdict-line")).to_have_text("ID seen?", timeout=SOON_MS)
    assert phone.evaluate(COUNT, "waiting") == 0
    read(phone, code)
    question.get_by_role("button", name="Yes").click()
    expect_verdict(phone, "Admitted", "pass", "Decided offline")
    reconnect(phone, "/scan/batch")
    until(lambda: phone.evaluate("true") and len(journal(site, event)) == 1, "the entry is on record")
    (entry,) = journal(site, event)
    assert (entry["kind"], entry["by"]) == ("ticket.scanned", "batch")
