"""The scanner page in a real browser, before a real hub."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.end_to_end.scanner import (
    EVERYTHING,
    PATIENT,
    SOON_MS,
    UNREACHED,
    cut_off,
    expect_verdict,
    lose_next_answer,
    pair,
    read,
)
from tests.end_to_end.site import Site
from tests.eventually import until


@pytest.fixture
def phone(page: Page) -> Iterator[Page]:
    page.set_viewport_size({"width": 390, "height": 844})
    page.add_init_script(PATIENT)
    yield page


def test_phone_pairs_on_one_tap_and_scans_with_a_reader(site: Site, phone: Page) -> None:
    event = site.make_event(name="Phone")
    plain, balcony, used = site.book(event, 1) + site.book(event, 1, product="Balcony") + site.book(event, 1)
    other = site.pair(site.make_device(event, "Gate 2"))
    site.scan(other, used)
    pair(site, phone, event, "Gate 3")
    assert "pair=" not in phone.url
    expect(phone.locator("#event-name")).to_have_text("Phone", timeout=SOON_MS)
    for code, word, tone, more in (
        (plain, "Admitted", "pass", "Ada Lovelace"),
        (plain, "Just admitted", "note", "You just admitted this"),
        (used, "Refused", "refuse", "Already scanned"),
        (balcony, "Admitted", "pass", "Hand out a blue wristband"),
        ("nonsense", "Refused", "refuse", "Not a ticket code"),
    ):
        read(phone, code)
        expect_verdict(phone, word, tone, more)
    box = phone.locator("#verdict").bounding_box()
    assert box is not None and (box["width"], box["height"]) == (390, 844)
    phone.reload()
    expect(phone.locator("#device")).to_have_text("Gate 3")
    expect(phone.locator(".numbers")).to_contain_text(re.compile("North door.*3 in.*3 of 50 inside"), timeout=SOON_MS)
    assert site.call("GET", f"/api/events/{event['uuid']}/occupancy")["admitted"] == 3


def test_refusal_says_when_where_and_by_whom_it_was_scanned(site: Site, phone: Page) -> None:
    event = site.make_event(name="Where")
    (code,) = site.book(event, 1)
    site.scan(site.pair(site.make_device(event, "Gate 2")), code)
    pair(site, phone, event)
    read(phone, code)
    expect_verdict(phone, "Refused", "refuse")
    expect(phone.locator("#verdict-line")).to_have_text(
        re.compile(r"Already scanned \d\d:\d\d at North door by Gate 2")
    )


def test_scan_whose_answer_is_lost_is_asked_again_as_the_same_scan(site: Site, phone: Page) -> None:
    event = site.make_event(name="Lost answer")
    (code,) = site.book(event, 1)
    pair(site, phone, event)
    lose_next_answer(phone, "/scan/ticket")
    phone.get_by_label("Ticket code").fill(code)
    phone.get_by_role("button", name="Scan", exact=True).click()
    expect_verdict(phone, "Admitted", "pass", "Ada Lovelace")
    expect(phone.locator("#verdict-origin")).to_be_hidden()
    assert site.call("GET", f"/api/events/{event['uuid']}/occupancy")["admitted"] == 1


def test_reader_types_into_the_field_after_a_refusal_is_tapped_away(site: Site, phone: Page) -> None:
    event = site.make_event(name="Tapped away")
    (code,) = site.book(event, 1)
    pair(site, phone, event)
    read(phone, "nonsense")
    expect_verdict(phone, "Refused", "refuse")
    phone.get_by_role("button", name="Next").click()
    phone.keyboard.type(code)
    phone.keyboard.press("Enter")
    expect_verdict(phone, "Admitted", "pass", "Ada Lovelace")


def test_exit_party_force_undo_and_search(site: Site, phone: Page) -> None:
    event = site.make_event(name="Everything", reentry="reentry")
    party, single = site.book(event, 4), site.book(event, 1)[0]
    pair(site, phone, event, may=EVERYTHING)
    phone.get_by_text("More", exact=True).click()
    phone.get_by_label("Ask how many of a reservation come in").check()
    read(phone, party[0])
    expect(phone.get_by_role("dialog", name="4 tickets in this reservation")).to_be_visible()
    phone.get_by_role("button", name="3", exact=True).click()
    expect_verdict(phone, "Admitted", "pass", "3 people")
    phone.get_by_role("button", name="Next").click()
    phone.get_by_role("button", name="Find a guest").click()
    phone.get_by_label("Name, 3 letters or more").fill("lovel")
    expect(phone.get_by_text("5 guests")).to_be_visible()
    phone.get_by_role("button", name=re.compile("Valid and scanned")).nth(1).click()
    phone.get_by_role("button", name="Let this guest in").click()
    expect_verdict(phone, "Refused", "refuse", "Already scanned")
    phone.get_by_role("button", name="Let in all the same").click()
    phone.get_by_label("Reason").fill("Guest of the house")
    phone.get_by_role("button", name="Let in", exact=True).click()
    expect_verdict(phone, "Admitted", "pass", "Ada Lovelace")
    phone.get_by_role("button", name="Next").click()
    phone.get_by_label("Exit").check(force=True)
    read(phone, party[0])
    expect_verdict(phone, "Left", "exit", "Ada Lovelace")
    phone.get_by_role("button", name="Next").click()
    phone.get_by_label("Entry").check(force=True)
    read(phone, single)
    expect_verdict(phone, "Admitted", "pass")
    phone.get_by_role("button", name="Next").click()
    phone.get_by_role("button", name="Undo").first.click()
    phone.get_by_role("dialog", name="Take this scan back?").get_by_role("button", name="Yes").click()
    expect(phone.locator(".recent-scan").first).to_contain_text("Taken back")
    counts = site.call("GET", f"/api/events/{event['uuid']}/occupancy")
    assert (counts["admitted"], counts["inside"]) == (3, 3)


@pytest.mark.parametrize("is_offline", [False, True])
def test_verdict_and_search_show_seat_notice_and_answers(site: Site, phone: Page, is_offline: bool) -> None:
    event = site.make_event(name=f"Details {is_offline}")
    guest = {
        "event": event["uuid"],
        "date": "2090-12-24",
        "time": "20:30",
        "name": "Ada Lovelace",
        "phone_number": "+33 1 23 45 67",
        "seat": {"block": "A", "row": "3", "seat": "12"},
        "notice": "Wheelchair",
        "fields": {"Menu": "Vegan"},
    }
    ticket = site.call("POST", "/api/tickets", guest)
    pair(site, phone, event, may=EVERYTHING)
    if is_offline:
        cut_off(phone, "/scan/ticket", "/scan/batch", "/scan/search_ticket")
    phone.get_by_role("button", name="Find a guest").click()
    phone.get_by_label("order, ticket number, barcode, seat").fill("a 12")
    found = phone.get_by_role("button", name=re.compile("Ada Lovelace.*Block A, row 3, seat 12.*Wheelchair"))
    expect(found).to_be_visible(timeout=SOON_MS)
    phone.get_by_role("button", name="Close").click()
    read(phone, ticket["code"])
    expect_verdict(phone, "Admitted", "pass", "Block A, row 3, seat 12", "Wheelchair", "Menu", "Vegan")
    box = phone.locator("#verdict-next").bounding_box()
    assert box is not None and box["y"] + box["height"] <= 844


def test_guest_chosen_from_a_list_of_before_a_reissue_is_not_let_in(site: Site, phone: Page) -> None:
    event = site.make_event(name="Chosen late")
    site.book(event, 1)
    [ticket] = site.call("GET", f"/api/tickets?event={event['uuid']}")
    pair(site, phone, event, may=EVERYTHING)
    phone.get_by_role("button", name="Find a guest").click()
    with phone.expect_response(re.compile("/scan/search_ticket/")):
        phone.locator("#find-name").fill("lovelace")
    found = phone.get_by_role("button", name=re.compile("Ada Lovelace"))
    expect(found).to_be_visible(timeout=SOON_MS)
    site.call("POST", f"/api/tickets/{ticket['id']}/reissue")
    found.click()
    phone.get_by_role("button", name="Let this guest in").click()
    expect_verdict(phone, "Refused", "refuse", "reissued")


def test_people_without_tickets_are_counted_once_each_where_the_device_may(site: Site, phone: Page) -> None:
    event = site.make_event(name="Walk-ins")
    pair(site, phone, event)
    expect(phone.locator("#heads")).to_be_hidden()
    phone.goto(site.make_device(event, "Gate 2", may=["headcount"]))
    phone.get_by_role("button", name="Pair this phone").click()
    phone.get_by_text("People without tickets", exact=True).click()
    phone.get_by_label("Child").check(force=True)
    phone.get_by_role("button", name="One more in").click()
    expect(phone.locator("#heads-count")).to_have_text("1 inside without a ticket")
    lose_next_answer(phone, "/scan/headcount")
    phone.get_by_role("button", name="One more in").click()
    expect(phone.locator("#heads-problem")).to_contain_text("it counts once")
    phone.get_by_role("button", name="One more in").click()
    expect(phone.locator("#heads-problem")).to_be_hidden()
    expect(phone.locator("#inside")).to_have_text("2 of 50 inside")
    phone.get_by_role("button", name="One out").click()
    expect(phone.locator("#inside")).to_have_text("1 of 50 inside")
    assert site.call("GET", f"/api/events/{event['uuid']}/occupancy")["headcount"] == 1


def test_training_shows_what_practice_codes_stand_for_and_records_nothing(site: Site, phone: Page) -> None:
    event = site.make_event(name="Training")
    (ticket,) = site.book(event, 1)
    practice = {each["shows"]: each["code"] for each in site.call("GET", f"/api/events/{event['uuid']}/practice")}
    pair(site, phone, event)
    read(phone, practice["admitted"])
    expect_verdict(phone, "Practice", "note", "A practice code is no ticket")
    phone.get_by_role("button", name="Next").click()
    phone.get_by_text("More", exact=True).click()
    phone.get_by_label("Training").check()
    for code, word, tone in (
        (practice["admitted"], "Admitted", "pass"),
        (ticket, "Admitted", "pass"),
        (practice["canceled"], "Refused", "refuse"),
    ):
        read(phone, code)
        expect_verdict(phone, word, tone, "Practice: nothing is recorded")
        hatching = phone.evaluate(BACKGROUND, "#verdict")
        assert "repeating-linear-gradient" in hatching and is_violet(hatching)
    phone.get_by_role("button", name="Next").click()
    expect(phone.locator("#training-on")).to_be_visible()
    assert "repeating-linear-gradient" in phone.evaluate(BACKGROUND, "#training-on")
    counts = site.call("GET", f"/api/events/{event['uuid']}/occupancy")
    assert (counts["admitted"], counts["denied"]) == (0, 0)
    phone.get_by_label("Training").uncheck()
    expect(phone.locator("#training-on")).to_be_hidden()
    read(phone, ticket)
    expect_verdict(phone, "Admitted", "pass")
    assert phone.evaluate(BACKGROUND, "#verdict") == "none"


def is_violet(background: str) -> bool:
    """Whether all colours of a computed background have more red and blue than green."""
    colours = [[*map(int, each)] for each in re.findall(r"rgb\((\d+), (\d+), (\d+)\)", background)]
    return bool(colours) and all(green < min(red, blue) for red, green, blue in colours)


UNDONE = """async () => new Promise((resolve) => {
    const opening = indexedDB.open("scanhub");
    opening.onsuccess = () => {
        const getting = opening.result.transaction("facts").objectStore("facts").get("recent");
        getting.onsuccess = () => {
            opening.result.close();
            resolve((getting.result ?? []).some(({isUndone}) => isUndone));
        };
    };
})"""
"""Whether the phone keeps a scan as taken back."""
BACKGROUND = "(selector) => getComputedStyle(document.querySelector(selector)).backgroundImage"


TINT = "() => getComputedStyle(document.querySelector('.scanner'), '::before').backgroundColor"
"""What colours the whole page of a scanner."""
NO_TINT = "rgba(0, 0, 0, 0)"


def test_training_ends_by_itself_after_ten_minutes_and_with_a_reload(site: Site, phone: Page) -> None:
    event = site.make_event(name="Training ends")
    phone.clock.install()
    pair(site, phone, event)
    phone.get_by_text("More", exact=True).click()
    for end in (lambda: phone.clock.fast_forward("10:01"), phone.reload):
        phone.get_by_label("Training: practise").check()
        expect(phone.locator("#training-on")).to_be_visible()
        end()
        expect(phone.locator("#device")).to_have_text("Gate 1")
        expect(phone.locator("#training-on")).to_be_hidden()
        expect(phone.get_by_label("Training: practise")).not_to_be_checked()


def test_exit_is_in_the_head_and_asked_about_where_somebody_is_not_inside(site: Site, phone: Page) -> None:
    event = site.make_event(name="Exit")
    (code,) = site.book(event, 1)
    pair(site, phone, event)
    expect(phone.locator("#direction-on")).to_be_hidden()
    assert phone.evaluate(TINT) == NO_TINT
    phone.get_by_label("Exit").check(force=True)
    expect(phone.locator("#direction-on")).to_have_text("EXIT")
    assert phone.evaluate(TINT) not in (NO_TINT, phone.evaluate("getComputedStyle(document.body).backgroundColor"))
    read(phone, code)
    expect_verdict(phone, "Refused", "refuse", "Not inside. Is this phone on Exit?")


@pytest.mark.parametrize("is_offline", [False, True])
def test_last_scans_and_their_undo_are_there_again_after_a_reload(site: Site, phone: Page, is_offline: bool) -> None:
    event = site.make_event(name=f"Again {is_offline}")
    (code,) = site.book(event, 1)
    pair(site, phone, event, may=EVERYTHING)
    if is_offline:
        phone.add_init_script(f"({UNREACHED})(['/scan/'])")
        cut_off(phone, "/scan/")
    read(phone, code)
    expect_verdict(phone, "Admitted", "pass")
    phone.reload()
    row = phone.locator(".recent-scan")
    expect(row).to_contain_text("Ada Lovelace", timeout=SOON_MS)
    undo = row.get_by_role("button", name="Undo")
    box = undo.bounding_box()
    assert box is not None and box["height"] >= 48 and box["width"] >= 48
    asked = phone.get_by_role("dialog", name="Take this scan back?")
    undo.click()
    asked.get_by_role("button", name="No").click()
    expect(undo).to_be_visible()
    undo.click()
    asked.get_by_role("button", name="Yes").click()
    expect(row).to_contain_text("Taken back")
    until(lambda: bool(phone.evaluate(UNDONE)), "the phone keeps it")
    phone.reload()
    expect(row).to_contain_text("Taken back", timeout=SOON_MS)
    kept = phone.evaluate("localStorage.length")
    assert kept == 1  # the pairing alone


def test_a_party_that_does_not_fit_is_let_in_as_far_as_it_does_and_a_reason_is_one_tap(site: Site, phone: Page) -> None:
    event = site.make_event(name="Fits", max_inside=4)
    party, (used,) = site.book(event, 4), site.book(event, 1)
    site.scan(site.pair(site.make_device(event, "Gate 2")), used)
    pair(site, phone, event, may=[*EVERYTHING, "over_limit"])
    phone.get_by_text("More", exact=True).click()
    phone.get_by_label("Ask how many of a reservation come in").check()
    read(phone, party[0])
    phone.get_by_role("button", name="4", exact=True).click()
    expect_verdict(phone, "Refused", "refuse", "3 of this reservation could go in now")
    phone.get_by_role("button", name="Let 3 in").click()
    expect_verdict(phone, "Admitted", "pass", "3 people")
    phone.get_by_label("Ask how many of a reservation come in").uncheck()
    expect(phone.locator("#verdict")).to_be_hidden(timeout=SOON_MS)
    read(phone, used)
    expect_verdict(phone, "Refused", "refuse", "Already scanned")
    phone.get_by_role("button", name="Let in all the same").click()
    phone.get_by_role("button", name="Was out for a moment").click()

    def forced() -> int:
        scans = site.call("GET", f"/api/scans?event={event['uuid']}")
        return [scan["by"] for scan in scans].count("force")

    until(lambda: phone.evaluate("true") and forced() == 1, "the guest is let in, with a reason")


CAMERA = """
    globalThis.BarcodeDetector = class {
        static async getSupportedFormats() { return ["qr_code"]; }
        async detect() {
            globalThis.looks = (globalThis.looks ?? 0) + 1;
            return globalThis.seen ? [{rawValue: globalThis.seen}] : [];
        }
    };
    navigator.mediaDevices.getUserMedia = async () => {
        if (globalThis.refused) throw new DOMException("no", globalThis.refused);
        const canvas = document.createElement("canvas");
        canvas.getContext("2d").fillRect(0, 0, 9, 9);
        globalThis.stream = canvas.captureStream(5);
        return globalThis.stream;
    };
"""

HOLDING = """
    const reach = globalThis.fetch;
    globalThis.fetch = async (...asked) => {
        const answer = await reach(...asked);
        globalThis.isHolding ||= String(asked[0]).startsWith("/scan/ticket") && globalThis.held !== undefined;
        if (String(asked[0]).startsWith("/scan/ticket")) await globalThis.held;
        return answer;
    };
    globalThis.hold = () => { globalThis.held = new Promise((resolve) => (globalThis.release = resolve)); };
"""
"""Answers to scans come only when the test lets them."""


def keep_looking(phone: Page) -> None:
    """Wait until the camera has looked some times more."""
    looks = phone.evaluate("globalThis.looks ?? 0")
    phone.wait_for_function("(looks) => globalThis.looks > looks + 3", arg=looks)


def test_camera_scans_a_ticket_once_however_long_it_is_held(site: Site, phone: Page) -> None:
    event = site.make_event(name="Camera")
    (code,) = site.book(event, 1)
    phone.add_init_script(CAMERA)
    pair(site, phone, event)
    for name, text in (
        ("NotAllowedError", "Allow the camera for this site"),
        ("NotFoundError", "has no camera"),
        ("NotReadableError", "Another app or tab uses the camera"),
    ):
        phone.evaluate("(name) => { globalThis.refused = name }", name)
        phone.get_by_role("button", name="Use the camera").click()
        expect(phone.get_by_text(text)).to_be_visible()
    phone.evaluate("globalThis.refused = null")
    phone.get_by_role("button", name="Use the camera").click()
    phone.evaluate("(code) => { globalThis.seen = code }", code)
    expect_verdict(phone, "Admitted", "pass")
    expect(phone.locator("#verdict")).to_be_hidden(timeout=SOON_MS)
    keep_looking(phone)
    counts = site.call("GET", f"/api/events/{event['uuid']}/occupancy")
    assert (counts["admitted"], counts["denied"]) == (1, 0)


def test_camera_that_the_system_takes_away_says_so_and_can_be_turned_on_again(site: Site, phone: Page) -> None:
    event = site.make_event(name="Taken away")
    phone.add_init_script(CAMERA)
    pair(site, phone, event)
    phone.get_by_role("button", name="Use the camera").click()
    expect(phone.locator("#video")).to_be_visible()
    phone.evaluate("stream.getVideoTracks()[0].dispatchEvent(new Event('ended'))")
    expect(phone.get_by_text("The camera was taken away from this page")).to_be_visible()
    phone.get_by_role("button", name="Use the camera").click()
    expect(phone.locator("#video")).to_be_visible()
    expect(phone.locator("#camera-problem")).to_be_hidden()


def test_camera_does_not_take_a_refusal_away_before_somebody_saw_it(site: Site, phone: Page) -> None:
    event = site.make_event(name="Refusal stays")
    (code,) = site.book(event, 1)
    phone.add_init_script(CAMERA)
    pair(site, phone, event)
    phone.get_by_role("button", name="Use the camera").click()
    phone.evaluate("globalThis.seen = 'nonsense'")
    expect_verdict(phone, "Refused", "refuse", "Not a ticket code")
    phone.evaluate("(code) => { globalThis.seen = code }", code)
    keep_looking(phone)
    expect_verdict(phone, "Refused", "refuse", "Not a ticket code")
    phone.get_by_role("button", name="Next").click()
    phone.evaluate("globalThis.seen = null")


def test_camera_reads_a_pairing_code(site: Site, phone: Page) -> None:
    event = site.make_event(name="Pairing code")
    phone.add_init_script(CAMERA)
    phone.goto(site.url + "/scanner")
    phone.get_by_role("button", name="Read a pairing code").click()
    phone.evaluate("globalThis.seen = 'https://elsewhere.example/scan/abc/pair'")
    expect(phone.get_by_text("This is no pairing code of this hub.")).to_be_visible()
    phone.evaluate("(code) => { globalThis.seen = code }", site.make_device(event, "Gate 9"))
    phone.get_by_role("button", name="Pair this phone").click()
    expect(phone.locator("#device")).to_have_text("Gate 9")


def test_spent_pairing_code_says_what_to_do(site: Site, phone: Page) -> None:
    event = site.make_event(name="Spent")
    link = site.make_device(event)
    site.pair(link)
    phone.goto(link)
    said = "This pairing code is used up: it was for one phone. Ask the organiser for a new one."
    expect(phone.get_by_role("alert").first).to_contain_text(said)
    expect(phone.get_by_role("button", name="Pair this phone")).to_be_hidden()


def test_what_a_phone_joins_is_said_before_it_does(site: Site, phone: Page, organiser: Page) -> None:
    event = site.make_event(name="Joined by three")
    body = {"name": "North", "event": event["uuid"], "door": event["doors"][0]["id"], "may": ["search"], "uses": 2}
    made = site.call("POST", "/api/devices", body)
    phone.goto(made["pairing"]["url"])
    offer = phone.locator("#pairing-offer")
    for told in ("Scan Hub", "Joined by three", "North door", "scan tickets, find guests"):
        expect(offer).to_contain_text(told)
    organiser.goto(f"/events/{event['uuid']}")
    expect(organiser.locator("#devices li")).to_have_count(1, timeout=SOON_MS)
    phone.get_by_role("button", name="Pair this phone").click()
    expect(phone.locator("#event-name")).to_have_text("Joined by three", timeout=SOON_MS)
    site.pair(made["pairing"]["url"])
    phone.goto("about:blank")
    phone.goto(made["pairing"]["url"])
    expect(phone.get_by_role("alert").first).to_contain_text(
        "is used up: all 2 phones have paired. Ask the organiser for a new one."
    )
    organiser.reload()
    expect(organiser.locator("#devices .device-name")).to_have_text(["North 1", "North 2"], timeout=SOON_MS)
    organiser.goto(f"/admin/devices?event={event['uuid']}")
    expect(organiser.locator("#devices th")).to_have_text(["North 1", "North 2"])
    organiser.get_by_label("out of service").check()
    expect(organiser.get_by_text("Used up: all 2 phones joined")).to_be_visible()


def test_training_of_a_phone_shows_on_the_dashboard(site: Site, phone: Page, organiser: Page) -> None:
    event = site.make_event(name="Seen to train")
    pair(site, phone, event, "Gate 2")
    organiser.goto(f"/events/{event['uuid']}")
    expect(organiser.locator("#devices .device-state")).to_have_text("Online", timeout=SOON_MS)
    phone.get_by_text("More", exact=True).click()
    phone.get_by_label("Training").check()
    expect(organiser.locator("#devices .device-state")).to_have_text("Gate 2 is training", timeout=2 * SOON_MS)
    phone.get_by_label("Training").uncheck()
    expect(organiser.locator("#devices .device-state")).to_have_text("Online", timeout=2 * SOON_MS)


def test_scan_at_one_door_is_on_the_other_phone_and_on_the_dashboard_at_once(
    site: Site, browser: Browser, organiser: Page
) -> None:
    event = site.make_event(name="Three screens")
    code = site.book(event, 1)[0]
    organiser.goto(f"/events/{event['uuid']}")
    expect(organiser.locator("#connection")).to_have_attribute("data-phase", "live", timeout=SOON_MS)
    contexts = [browser.new_context(base_url=site.url) for _ in range(2)]
    try:
        north, south = (context.new_page() for context in contexts)
        north.add_init_script(PATIENT)
        south.add_init_script(PATIENT)
        pair(site, north, event, "North")
        pair(site, south, event, "South")
        read(north, code)
        expect_verdict(north, "Admitted", "pass")
        expect(south.locator("#inside")).to_have_text("1 of 50 inside", timeout=SOON_MS)
        expect(organiser.locator("[data-figure=inside]")).to_have_text("1", timeout=SOON_MS)
        read(south, code)
        expect_verdict(south, "Refused", "refuse", "at North door by North")
        expect(organiser.locator("[data-figure=denied]")).to_have_text("1", timeout=SOON_MS)
    finally:
        for context in contexts:
            context.close()


def test_first_view_is_light(site: Site, phone: Page) -> None:
    sizes: list[int] = []
    phone.on("response", lambda answer: sizes.append(int(answer.headers.get("content-length", "0"))))
    phone.goto(site.url + "/scanner", wait_until="load")
    phone.get_by_role("button", name="Read a pairing code").wait_for()
    assert 0 < sum(sizes) < 200_000


def test_hub_without_its_packages_says_what_is_missing(site: Site, browser: Browser) -> None:
    context = browser.new_context(service_workers="block")  # a worker would fetch past the route
    phone = context.new_page()
    phone.route("**/static/vendor/**", lambda route: route.fulfill(status=404))
    phone.goto(site.url + "/scanner")
    expect(phone.get_by_text("the hub needs `make setup` with npm")).to_be_visible(timeout=SOON_MS)
    context.close()


def test_question_of_an_event_is_put_to_the_door_and_only_a_yes_lets_anybody_in(site: Site, phone: Page) -> None:
    event = site.make_event(name="Question", confirm="ID seen?")
    (code,) = site.book(event, 1)
    pair(site, phone, event)

    def inside() -> int:
        counts: int = site.call("GET", f"/api/events/{event['uuid']}/occupancy")["admitted"]
        return counts

    question = phone.get_by_role("dialog", name="ID seen?")
    read(phone, code)
    expect(question).to_contain_text("Ada Lovelace", timeout=SOON_MS)
    question.get_by_role("button", name="No").click()
    expect(phone.locator("#verdict-line")).to_have_text("ID seen?", timeout=SOON_MS)
    assert inside() == 0
    read(phone, code)
    question.get_by_role("button", name="Yes").click()
    expect_verdict(phone, "Admitted", "pass", "Ada Lovelace")
    assert inside() == 1


def test_camera_offers_again_what_was_held_up_while_another_was_asked_for_or_a_refusal_stood(
    site: Site, phone: Page
) -> None:
    event = site.make_event(name="Held up")
    first, second, third = site.book(event, 3)
    phone.add_init_script(CAMERA)
    phone.add_init_script(HOLDING)
    pair(site, phone, event)
    phone.get_by_role("button", name="Use the camera").click()
    phone.evaluate("(code) => { hold(); globalThis.seen = code; }", first)
    phone.wait_for_function("() => globalThis.isHolding")
    phone.evaluate("(code) => { globalThis.seen = code; }", second)
    keep_looking(phone)
    phone.evaluate("release()")
    expect(phone.locator(".recent-scan[data-tone=pass]")).to_have_count(2)
    phone.evaluate("globalThis.seen = 'nonsense'")
    expect_verdict(phone, "Refused", "refuse")
    phone.evaluate("(code) => { globalThis.seen = code; }", third)
    keep_looking(phone)
    expect_verdict(phone, "Refused", "refuse")
    phone.get_by_role("button", name="Next").click()
    expect_verdict(phone, "Admitted", "pass")
    expect(phone.locator(".recent-scan[data-tone=pass]")).to_have_count(3)
    phone.evaluate("globalThis.seen = null")
