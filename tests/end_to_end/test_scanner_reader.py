"""Hand-held readers at the scanner page: what they type is never swallowed, never joined, and presses no button."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.end_to_end.scanner import EVERYTHING, PATIENT, SOON_MS, cut_off, expect_verdict, pair, read
from tests.end_to_end.site import Site
from tests.eventually import until

HELD = """
    const reach = globalThis.fetch;
    globalThis.asked = [];
    const released = new Promise((resolve) => (globalThis.release = resolve));
    globalThis.fetch = async (...sent) => {
        if (!String(sent[0]).startsWith("/scan/ticket")) return reach(...sent);
        globalThis.asked.push(JSON.parse(sent[1].body));
        const answer = await reach(...sent);
        await released;
        return answer;
    };
"""
"""Answers to scans come only when the test releases them."""

LAYOUTS = {
    "AZERTY": {"90": "çà", "12": "&é", "345678": "\"'(-è_", "azqwm": "qwaz,", "AZQWM": "QWAZ?", ":": "M", "-_": ")°"},
    "QWERTZ": {"yz": "zy", "YZ": "ZY", ":": "Ö", "-_": "ß?"},
}
"""What a host with such a layout makes of the keys of a reader that types by QWERTY, where that is not the same."""


@pytest.fixture
def phone(page: Page) -> Iterator[Page]:
    page.set_viewport_size({"width": 390, "height": 844})
    page.add_init_script(PATIENT)
    yield page


def import_barcodes(site: Site, event: Any, barcodes: Sequence[str]) -> None:
    """Import a ticket for each barcode."""
    rows = "".join(f"{each},Ada,Lovelace,2090-12-24,20:30\r\n" for each in barcodes)
    head = "barcode,first_name,last_name,date,time\r\n"
    site.call("POST", f"/api/events/{event['uuid']}/import", (head + rows).encode())
    until(lambda: bool(site.call("GET", f"/api/events/{event['uuid']}/imports")[0]["ended_at"]), "it is imported")


def asked(phone: Page) -> list[str]:
    """Return the codes that the hub was asked for, in order."""
    codes: list[str] = phone.evaluate("globalThis.asked.map(({qrcode_data}) => qrcode_data)")
    return codes


def journal(site: Site, event: Any) -> list[tuple[str, str]]:
    """Return direction and code of the event's scans, oldest first."""
    scans = site.call("GET", f"/api/scans?event={event['uuid']}")
    return [(scan["direction"], scan["code"]) for scan in sorted(scans, key=lambda scan: scan["seq"])]


def test_codes_read_while_one_is_asked_for_are_scanned_in_order(site: Site, phone: Page) -> None:
    event = site.make_event(name="Quick reader")
    import_barcodes(site, event, ["90011", "90111", "90211"])
    phone.add_init_script(HELD)
    pair(site, phone, event)
    read(phone, "90011")
    phone.wait_for_function("() => globalThis.asked.length === 1")
    read(phone, "90111")
    expect(phone.locator("#code")).to_have_value("")
    assert asked(phone) == ["90011"]
    phone.evaluate("release()")
    expect_verdict(phone, "Admitted", "pass")
    read(phone, "90211")
    until(lambda: phone.evaluate("true") and len(asked(phone)) == 3, "all three are asked for")
    assert asked(phone) == ["90011", "90111", "90211"]
    until(lambda: phone.evaluate("true") and len(journal(site, event)) == 3, "all three are on record")
    assert journal(site, event) == [("in", "admitted")] * 3


def test_what_was_read_before_a_refusal_waits_for_next_and_keeps_its_direction(site: Site, phone: Page) -> None:
    event = site.make_event(name="Waits", reentry="reentry")
    import_barcodes(site, event, ["90011", "90111"])
    phone.add_init_script(HELD)
    pair(site, phone, event)
    read(phone, "nonsense")
    phone.wait_for_function("() => globalThis.asked.length === 1")
    read(phone, "90011")
    read(phone, "90111")
    phone.get_by_label("Exit").check(force=True)
    phone.evaluate("release()")
    expect_verdict(phone, "Refused", "refuse", "2 more were read, and wait")
    phone.wait_for_timeout(1500)  # as long as anything would take that does not wait for "Next"
    assert asked(phone) == ["nonsense"]
    phone.get_by_role("button", name="Next").click()
    until(lambda: phone.evaluate("true") and len(journal(site, event)) == 3, "both are scanned")
    assert journal(site, event) == [("in", "invalid_code"), ("in", "admitted"), ("in", "admitted")]


def test_next_is_pressed_by_a_person_not_by_a_readers_enter(site: Site, phone: Page) -> None:
    event = site.make_event(name="Next")
    (code,) = site.book(event, 1)
    pair(site, phone, event)
    read(phone, "nonsense")
    expect_verdict(phone, "Refused", "refuse")
    phone.wait_for_timeout(300)  # a person presses a key later than a reader its second suffix
    phone.keyboard.press("Enter")
    expect(phone.locator("#verdict")).to_be_hidden()
    read(phone, "nonsense")
    expect_verdict(phone, "Refused", "refuse")
    read(phone, code)
    expect_verdict(phone, "Admitted", "pass")


@pytest.mark.parametrize("suffix", ["Enter", "Tab", "Control+j", "Control+m", None])
def test_a_code_ends_by_any_suffix_or_by_a_pause(site: Site, phone: Page, suffix: str | None) -> None:
    event = site.make_event(name=f"Ends by {suffix}")
    (code,) = site.book(event, 1)
    pair(site, phone, event)
    read(phone, code, suffix)
    expect_verdict(phone, "Admitted", "pass")
    expect(phone.get_by_label("Ticket code").first).to_have_value("")
    assert journal(site, event) == [("in", "admitted")]


def test_a_barcode_without_a_suffix_ends_by_a_pause_and_one_with_two_is_one_scan(site: Site, phone: Page) -> None:
    event = site.make_event(name="Pause")
    import_barcodes(site, event, ["4006381333931", "90111"])
    pair(site, phone, event)
    read(phone, "]E04006381333931", None)
    expect_verdict(phone, "Admitted", "pass")
    read(phone, "90111")
    phone.keyboard.press("Enter")
    until(lambda: len(journal(site, event)) == 2, "both are on record")
    assert journal(site, event) == [("in", "admitted")] * 2


def test_leftovers_before_a_code_are_not_of_it(site: Site, phone: Page) -> None:
    event = site.make_event(name="Leftovers")
    import_barcodes(site, event, ["90111"])
    (code,) = site.book(event, 1)
    pair(site, phone, event)
    phone.keyboard.press("a")
    phone.wait_for_timeout(1500)
    read(phone, "90111")
    expect_verdict(phone, "Admitted", "pass")
    phone.get_by_label("Ticket code").first.fill(code[:50])  # half a code, left by a reader that lost it
    read(phone, code)
    expect(phone.locator(".recent-scan[data-tone=pass]")).to_have_count(2)


def test_letters_are_timed_by_their_own_clock_not_by_when_a_busy_page_gets_to_them(site: Site, phone: Page) -> None:
    event = site.make_event(name="Busy page")
    import_barcodes(site, event, ["90011", "90111"])
    pair(site, phone, event)
    for barcode in ("90011", "90111"):
        read(phone, barcode, "Tab", busy_ms=300)  # after a person's letters Tab would go on to the next field
        expect_verdict(phone, "Admitted", "pass")
    until(lambda: len(journal(site, event)) == 2, "both are on record")


@pytest.mark.parametrize("layout", [*LAYOUTS, "Caps Lock"])
def test_a_reader_with_another_keyboard_layout_is_understood_or_said_to_be_one(
    site: Site, phone: Page, layout: str
) -> None:
    event = site.make_event(name=layout)
    (code,) = site.book(event, 1)
    import_barcodes(site, event, ["QW12YZ"])
    keys = {
        ord(key): ord(letter)
        for typed, seen in LAYOUTS.get(layout, {}).items()
        for key, letter in zip(typed, seen, strict=True)
    }

    def typed(text: str) -> str:
        return text.swapcase() if layout == "Caps Lock" else text.translate(keys)

    pair(site, phone, event)
    read(phone, typed(code))
    expect_verdict(phone, "Admitted", "pass", "Ada Lovelace")
    read(phone, typed("QW12YZ"))
    if layout == "AZERTY":
        expect_verdict(phone, "Admitted", "pass")  # no barcode looks like it, and only one is meant
    else:
        expect_verdict(phone, "No verdict", "warn", "The reader types with another keyboard layout")
    if layout == "AZERTY":
        read(phone, typed("UNKNOWN5"))
        expect_verdict(phone, "No verdict", "warn", "The reader types with another keyboard layout")


def test_code_barcode_or_address_of_a_ticket_in_the_search_is_a_scan(site: Site, phone: Page) -> None:
    event = site.make_event(name="Code in the search")
    first, second = site.book(event, 2)
    import_barcodes(site, event, ["90011"])
    (ticket,) = [each for each in site.call("GET", f"/api/tickets?event={event['uuid']}") if each["code"] == second]
    page = site.url + ticket["links"]["page"]
    pair(site, phone, event, may=EVERYTHING)
    for text, enter in ((first, False), ("smith", None), ("90011", True), (page, True)):
        phone.get_by_role("button", name="Find a guest").click()
        if enter is None:
            phone.locator("#find-name").fill(text)
            read(phone, first, None)
            expect_verdict(phone, "Just admitted", "note")
        else:
            read(phone, text, "Enter" if enter else None)
            expect_verdict(phone, "Admitted", "pass")
        expect(phone.locator("#find")).to_be_hidden()
        expect(phone.locator("#verdict")).to_be_hidden(timeout=SOON_MS)
    until(lambda: phone.evaluate("true") and len(journal(site, event)) == 3, "all three are on record")
    assert [code for _, code in journal(site, event)] == ["admitted"] * 3


def test_address_of_a_tickets_page_says_what_to_scan_where_the_device_may_not_choose(site: Site, phone: Page) -> None:
    event = site.make_event(name="Address")
    pair(site, phone, event)
    read(phone, f"{site.url}/t/7e970627-62ac-488d-86c4-9b62cfd40d8d?token=x")
    expect_verdict(phone, "No verdict", "warn", "scan the QR code that it shows")
    assert journal(site, event) == []


@pytest.mark.parametrize("is_offline", [False, True])
def test_a_readers_enter_answers_no_question_and_what_it_reads_meanwhile_waits(
    site: Site, phone: Page, is_offline: bool
) -> None:
    event = site.make_event(name=f"Question {is_offline}", confirm="ID seen?")
    first, second = site.book(event, 2)
    pair(site, phone, event, may=["names"])
    if is_offline:
        cut_off(phone, "/scan/ticket", "/scan/batch")
    read(phone, first)
    question = phone.get_by_role("dialog", name="ID seen?")
    expect(question).to_be_visible(timeout=SOON_MS)
    yes = question.get_by_role("button", name="Yes")
    expect(yes).not_to_be_focused()
    box = yes.bounding_box()
    assert box is not None and box["height"] >= 48 and box["width"] >= 48
    phone.keyboard.press("Enter")
    yes.focus()
    read(phone, second)
    expect(question).to_be_visible()
    assert journal(site, event) == []
    yes.click()
    expect_verdict(phone, "Admitted", "pass", "Ada Lovelace")
    expect(question).to_be_visible(timeout=SOON_MS)
    question.get_by_role("button", name="No").click()
    expect(phone.locator("#verdict-line")).to_have_text("ID seen?")


def test_a_reason_is_written_by_a_person_and_a_code_in_its_field_is_a_scan(site: Site, phone: Page) -> None:
    event = site.make_event(name="Reason")
    used, other = site.book(event, 2)
    site.scan(site.pair(site.make_device(event, "Gate 2")), used)
    pair(site, phone, event, may=EVERYTHING)
    read(phone, used)
    expect_verdict(phone, "Refused", "refuse", "Already scanned")
    phone.get_by_role("button", name="Let in all the same").click()
    phone.get_by_label("Reason").fill("Guest ")
    phone.wait_for_timeout(1100)
    read(phone, other)
    expect(phone.get_by_label("Reason")).to_have_value("Guest ")
    expect(phone.get_by_role("dialog", name="Let in all the same?")).to_be_visible()
    phone.get_by_role("button", name="Do not let in").click()
    expect_verdict(phone, "Admitted", "pass")
    assert [code for _, code in journal(site, event)] == ["admitted", "already_scanned", "admitted"]
