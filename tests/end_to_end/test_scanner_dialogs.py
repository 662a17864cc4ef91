"""Dialogs of the scanner page end as people end them: Escape, the way back, a tap; none lets anybody in by it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.end_to_end.scanner import EVERYTHING, PATIENT, SOON_MS, expect_verdict, pair, read
from tests.end_to_end.site import Site
from tests.end_to_end.test_scanner_camera import PROMPT
from tests.end_to_end.test_scanner_reader import journal
from tests.eventually import until


@pytest.fixture
def phone(page: Page) -> Iterator[Page]:
    page.set_viewport_size({"width": 390, "height": 844})
    page.add_init_script(PATIENT)
    yield page


def codes_of(site: Site, event: Any) -> list[str]:
    """Return the codes of the event's scans, oldest first."""
    return [code for _, code in journal(site, event)]


def escape(phone: Page) -> None:
    """Press Escape as often as it takes to leave the search: the first time empties its field."""
    phone.keyboard.press("Escape")
    expect(phone.locator("#find-name")).to_have_value("")
    phone.keyboard.press("Escape")
    expect(phone.locator("#find")).to_be_hidden()


def test_question_that_is_closed_by_escape_lets_nobody_in_and_the_next_code_is_asked_about_anew(
    site: Site, phone: Page
) -> None:
    event = site.make_event(name="Escape a question", confirm="ID seen?")
    first, second = site.book(event, 2)
    pair(site, phone, event)
    question = phone.get_by_role("dialog", name="ID seen?")
    for code in (first, second, first):
        read(phone, code)
        expect(question).to_be_visible()
        phone.keyboard.press("Escape")
        expect(question).to_be_hidden()
        expect_verdict(phone, "Refused", "refuse", "ID seen?")
        phone.keyboard.press("Escape")
        expect(phone.locator("#verdict")).to_be_hidden()
    assert codes_of(site, event) == []
    read(phone, second)
    question.get_by_role("button", name="Yes").click()
    expect_verdict(phone, "Admitted", "pass")


def test_reason_and_party_that_are_closed_by_escape_let_nobody_in(site: Site, phone: Page) -> None:
    event = site.make_event(name="Escape a reason", doors=[{"name": "North door"}])
    used, *_ = site.book(event, 1)
    party, *_ = site.book(event, 3)
    site.scan(site.pair(site.make_device(event, "Gate 2")), used)
    pair(site, phone, event, may=EVERYTHING)
    read(phone, used)
    expect_verdict(phone, "Refused", "refuse", "Already scanned")
    phone.get_by_role("button", name="Let in all the same").click()
    reason = phone.get_by_role("dialog", name="Let in all the same?")
    phone.get_by_label("Reason").fill("On the list")
    phone.keyboard.press("Escape")
    expect(reason).to_be_hidden()
    phone.get_by_role("button", name="Let in all the same").or_(phone.locator("#code")).first.wait_for()
    phone.evaluate("document.querySelector('#verdict[open]')?.close()")
    read(phone, party)
    expect_verdict(phone, "Admitted", "pass")
    assert [code for code in codes_of(site, event) if code == "admitted"] == ["admitted"] * 2


def test_guest_that_is_looked_for_is_not_scanned_after_the_search_was_closed(site: Site, phone: Page) -> None:
    event = site.make_event(name="Escape a search")
    (code,) = site.book(event, 1)
    pair(site, phone, event, may=EVERYTHING)
    phone.clock.install()
    phone.clock.pause_at(datetime.now() + timedelta(seconds=1))
    for close in ("Escape", "button"):
        phone.get_by_role("button", name="Find a guest").click()
        phone.locator("#find-name").fill(code)  # as it is pasted: a scan a moment later
        if close == "Escape":
            escape(phone)
        else:
            phone.locator("#find-close").click()
        expect(phone.locator("#find")).to_be_hidden()
        phone.clock.run_for(600)  # longer than the search waits for the next letter
        assert codes_of(site, event) == []
        expect(phone.locator("#verdict")).to_be_hidden()
    phone.clock.resume()
    read(phone, code)
    expect_verdict(phone, "Admitted", "pass")


def test_answer_of_a_search_that_was_closed_is_not_shown_in_the_next(site: Site, phone: Page) -> None:
    event = site.make_event(name="Late search")
    site.book(event, 2)
    pair(site, phone, event, may=EVERYTHING)
    phone.evaluate("""() => {
        const reach = globalThis.fetch;
        const released = new Promise((resolve) => (globalThis.release = resolve));
        globalThis.searched = 0;
        globalThis.fetch = async (...sent) => {
            const answer = await reach(...sent);
            if (!String(sent[0]).startsWith("/scan/search_ticket") || globalThis.searched++) return answer;
            await released;
            return answer;
        };
    }""")
    phone.get_by_role("button", name="Find a guest").click()
    phone.locator("#find-name").fill("lovelace")
    phone.wait_for_function("() => globalThis.searched === 1")
    escape(phone)
    phone.get_by_role("button", name="Find a guest").click()
    phone.locator("#find-name").fill("zzzz")
    phone.wait_for_function("() => globalThis.searched >= 2")
    phone.evaluate("release()")
    phone.wait_for_timeout(300)  # as long as an answer that has come takes to be drawn
    expect(phone.locator("#found")).not_to_contain_text("Lovelace")


def test_code_of_a_reader_without_a_suffix_is_scanned_once_though_its_dialog_is_closed_at_once(
    site: Site, phone: Page
) -> None:
    event = site.make_event(name="Close under a reader", confirm="ID seen?")
    first, second = site.book(event, 2)
    pair(site, phone, event)
    read(phone, first)
    question = phone.get_by_role("dialog", name="ID seen?")
    expect(question).to_be_visible()
    read(phone, second, None)  # its end is a pause, which is not over when the question is answered
    question.get_by_role("button", name="Yes").click()
    expect_verdict(phone, "Admitted", "pass")
    expect(question).to_be_visible(timeout=SOON_MS)
    question.get_by_role("button", name="Yes").click()
    until(lambda: phone.evaluate("true") and len(journal(site, event)) == 2, "both are on record")
    phone.wait_for_timeout(1200)  # longer than any pause that ends a code
    assert codes_of(site, event) == ["admitted"] * 2


@pytest.mark.parametrize("is_open", [False, True], ids=["scanning", "in a dialog"])
def test_way_back_and_forth_leaves_the_phone_paired_and_admits_nobody(site: Site, phone: Page, is_open: bool) -> None:
    event = site.make_event(name=f"Way back {is_open}", confirm="ID seen?" if is_open else None)
    (code,) = site.book(event, 1)
    phone.goto("/healthz")
    pair(site, phone, event)
    if is_open:
        read(phone, code)
        expect(phone.get_by_role("dialog", name="ID seen?")).to_be_visible()
    phone.go_back()
    phone.go_forward()
    expect(phone.locator("#health")).to_have_text("Ready", timeout=SOON_MS)
    assert codes_of(site, event) == []
    read(phone, code)
    if is_open:
        phone.get_by_role("dialog", name="ID seen?").get_by_role("button", name="Yes").click()
    expect_verdict(phone, "Admitted", "pass")


def test_camera_that_is_turned_off_under_its_prompt_stays_off_when_it_is_allowed(site: Site, phone: Page) -> None:
    phone.add_init_script(PROMPT)
    phone.add_init_script("""
        globalThis.awake = 0;
        const release = async () => { globalThis.awake -= 1; };
        const request = async () => { globalThis.awake += 1; return { release }; };
        Object.defineProperty(navigator, "wakeLock", { value: { request } });
    """)
    pair(site, phone, site.make_event(name="Off under its prompt"))
    phone.locator("#camera-toggle").click()
    phone.wait_for_function("() => globalThis.tracks.length === 1")
    phone.evaluate("document.querySelector('#unpair')?.click()")
    question = phone.locator("dialog[open]")
    if question.count():
        question.get_by_role("button").first.click()
    phone.evaluate("allow()")
    phone.wait_for_function("() => globalThis.tracks[0].readyState === 'ended'")
    phone.wait_for_timeout(300)  # as long as a camera takes that would start all the same
    assert phone.evaluate("globalThis.awake") == 0
    expect(phone.locator("#video")).to_be_hidden()


@pytest.mark.parametrize(("composed", "committed"), [("りん", "林"), ("ㄌㄧㄣ", "林"), ("lov", "Lov")])
def test_name_that_an_input_method_composes_is_looked_for_and_never_scanned(
    site: Site, phone: Page, composed: str, committed: str
) -> None:
    event = site.make_event(name=f"Composed {composed}")
    last = "Lovelace" if committed == "Lov" else "林林林"
    site.book(event, 1, tickets=[{"first_name": "Ada", "last_name": last, "product": "Standard"}])
    pair(site, phone, event, may=EVERYTHING)
    phone.get_by_role("button", name="Find a guest").click()
    phone.locator("#find-name").focus()
    keyboard = phone.context.new_cdp_session(phone)
    times = 1 if committed == "Lov" else 3
    for _ in range(times):
        for end in range(1, len(composed) + 1):
            keyboard.send(
                "Input.imeSetComposition",
                {"text": composed[:end], "selectionStart": end, "selectionEnd": end},
            )
        keyboard.send("Input.insertText", {"text": committed})
    expect(phone.locator("#find-name")).to_have_value(committed * times)
    expect(phone.locator("#found")).to_contain_text(last, timeout=SOON_MS)
    assert codes_of(site, event) == []
    expect(phone.locator("#find")).to_be_visible()
