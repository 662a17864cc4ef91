"""The camera as it is: a film of a real ticket's QR before it, read by the QR reader that the hub serves."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from hub.formats.qr_images import qr_png
from tests.end_to_end.accessibility import AXE, serious
from tests.end_to_end.film import film
from tests.end_to_end.scanner import PATIENT, SOON_MS, expect_verdict, pair, read
from tests.end_to_end.site import CHROMIUM, FLAGS, Site
from tests.end_to_end.test_scanner_cheap_phone import CANVAS_CAMERA


def test_ticket_before_the_camera_is_read_and_admitted(site: Site, browser: Browser, tmp_path: Path) -> None:
    event = site.make_event(name="Before the camera")
    (code,) = site.book(event, 1)
    shown = film(qr_png(code), tmp_path / "ticket.y4m", tilted=12)
    camera = ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={shown}"]
    allowed = "--use-fake-ui-for-media-stream"
    # The film is fixed for a launch: this test has a browser of its own.
    filming = browser.browser_type.launch(executable_path=CHROMIUM, args=[*FLAGS, *camera, allowed])
    try:
        phone = filming.new_context(base_url=site.url).new_page()
        phone.add_init_script(PATIENT)
        problems: list[str] = []
        phone.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        pair(site, phone, event)  # which starts the camera
        expect_verdict(phone, "Admitted", "pass", "Ada Lovelace")
        assert phone.evaluate("'BarcodeDetector' in globalThis") is False
        assert problems == []
    finally:
        filming.close()
    assert site.call("GET", f"/api/events/{event['uuid']}/occupancy")["admitted"] == 1


PROMPT = """
    globalThis.tracks = [];
    const answered = new Promise((resolve) => (globalThis.allow = resolve));
    navigator.mediaDevices.getUserMedia = async () => {
        const canvas = document.createElement("canvas");
        canvas.getContext("2d").fillRect(0, 0, 9, 9);
        const stream = canvas.captureStream();
        globalThis.tracks.push(...stream.getTracks());
        await answered;
        return stream;
    };
"""
"""A camera whose permission prompt stands until the test allows it."""


def test_camera_that_is_started_twice_under_its_prompt_runs_once(site: Site, page: Page) -> None:
    page.add_init_script(PATIENT)
    page.add_init_script(PROMPT)
    pair(site, page, site.make_event(name="Prompt"))
    for tracks in (1, 2):
        page.locator("#camera-toggle").click()
        page.wait_for_function("(tracks) => globalThis.tracks.length === tracks", arg=tracks)
    page.evaluate("allow()")
    page.wait_for_function("() => globalThis.tracks.map(({readyState}) => readyState).join() === 'ended,live'")


def test_picture_fills_the_upper_two_thirds_with_all_that_is_pressed_under_the_thumb(site: Site, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.add_init_script(PATIENT)
    page.add_init_script(CANVAS_CAMERA)
    event = site.make_event(name="Under the thumb")
    (code,) = site.book(event, 1)
    pair(site, page, event, may=["search"])
    page.get_by_role("button", name="Use the camera").click()
    picture = page.locator("#video")
    expect(picture).to_be_visible()
    read(page, code)
    expect_verdict(page, "Admitted", "pass")
    page.keyboard.press("Enter")
    expect(page.locator("#verdict")).to_be_hidden()
    page.evaluate("scrollTo(0, 0)")  # where a mouse is the code has the focus
    _, end = extent(picture)
    assert 0.6 * 844 <= end <= 0.7 * 844
    for below in (".numbers", ".switch", "#find-open", "#code"):
        top, bottom = extent(page.locator(below).first)
        assert end <= top and bottom <= 844, below


def extent(shown: Locator) -> tuple[float, float]:
    """Return where on the screen a part begins and ends, in pixels from above."""
    box = shown.bounding_box()
    assert box is not None
    return box["y"], box["y"] + box["height"]


@pytest.mark.skipif(not AXE.exists(), reason="needs npm: make setup")
@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_nothing_serious_stands_in_anybodys_way(site: Site, page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    page.add_init_script(PATIENT)
    event = site.make_event(name=f"Accessible {scheme}")
    codes = site.book(event, 1)

    def check() -> None:
        assert serious(page) == []

    page.goto("/scanner")
    page.get_by_role("button", name="Read a pairing code").wait_for()
    check()
    page.goto(site.make_device(event, may=["force", "headcount", "search", "undo"]))
    page.get_by_role("button", name="Pair this phone").wait_for()
    check()
    page.get_by_role("button", name="Pair this phone").press("Enter")
    expect(page.locator("#health")).to_have_text("Ready", timeout=SOON_MS)
    page.get_by_text("More", exact=True).click()
    page.get_by_text("People without tickets", exact=True).click()
    check()
    for code, word, tone in ((codes[0], "Admitted", "pass"), ("nonsense", "Refused", "refuse")):
        read(page, code)
        expect_verdict(page, word, tone)
        check()
    page.keyboard.press("Enter")
    expect(page.locator("#verdict")).to_be_hidden()
    page.get_by_role("button", name="Find a guest").click()
    page.get_by_label("Name, 3 letters or more").fill("lovelace")
    expect(page.get_by_text("1 guest", exact=True)).to_be_visible(timeout=SOON_MS)
    check()
