"""A cheap phone at the door, its processor slowed down six times: readers, the camera's formats, and two tabs."""

import base64
from collections.abc import Iterator
from typing import Any

import pytest
import zxingcpp
from playwright.sync_api import BrowserContext, Page, expect

from tests.end_to_end.scanner import PATIENT, SOON_MS, cut_off, expect_verdict, pair, read
from tests.end_to_end.site import Site
from tests.end_to_end.test_scanner_reader import import_barcodes, journal
from tests.end_to_end.test_scanner_tabs import open_both, tones
from tests.eventually import until

SLOWDOWN = 6
WIDTH = 460
"""Pixels of a barcode before the camera, at most: its picture is 640 wide, and 480 high."""

CANVAS_CAMERA = """
    const [width, height] = [640, 480];
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width, height });
    const context = canvas.getContext("2d");
    let held = null;
    const draw = () => {
        context.fillStyle = "#c8c8c8";
        context.fillRect(0, 0, width, height);
        if (held) context.drawImage(held, (width - held.width) / 2, (height - held.height) / 2);
    };
    globalThis.hold = async (grey, width) => {
        const levels = Uint8Array.from(atob(grey), (each) => each.charCodeAt(0));
        const picture = new ImageData(width, levels.length / width);
        levels.forEach((level, n) => picture.data.set([level, level, level, 255], n * 4));
        held = await createImageBitmap(picture);
    };
    navigator.mediaDevices.getUserMedia = async () => {
        setInterval(draw, 100);
        return canvas.captureStream(10);
    };
"""
"""A camera before which a test holds what it likes: the reader behind it is the real one."""

BARCODES = {
    "EAN13": "4006381333931",
    "UPCA": "036000291452",
    "Code128": "TKT-2090-001",
    "PDF417": "PDF-2090-002",
    "Aztec": "AZT-2090-003",
    "DataMatrix": "DMX-2090-004",
    "QRCode": "QRC-2090-005",
}


written: Any = zxingcpp.write_barcode_to_image
"""Its pictures are buffers, which its types do not say."""


def slow_down(page: Page, rate: int = SLOWDOWN) -> None:
    """Slow the page's processor down, by the machine's own work: it is slow for no longer than a test is about."""
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": rate})


@pytest.fixture
def phone(page: Page) -> Iterator[Page]:
    page.set_viewport_size({"width": 390, "height": 844})
    page.add_init_script(PATIENT)
    yield page


def until_admitted(site: Site, phone: Page, event: Any, count: int) -> None:
    """Wait until the journal has so many admissions, and nothing else."""
    until(
        lambda: phone.evaluate("true") and journal(site, event) == [("in", "admitted")] * count, f"{count} are let in"
    )


def hold(phone: Page, kind: str, text: str) -> None:
    """Hold a barcode before the camera."""
    barcode = zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, kind))
    least: int = written(barcode).shape[1]
    drawn = written(barcode, scale=max(1, WIDTH // least))
    width: int = drawn.shape[1]
    grey = base64.b64encode(memoryview(drawn).tobytes()).decode()
    phone.evaluate("([grey, width]) => globalThis.hold(grey, width)", [grey, width])


def test_camera_reads_every_format_that_tickets_of_other_sellers_have(site: Site, phone: Page) -> None:
    event = site.make_event(name="All formats")
    phone.add_init_script(CANVAS_CAMERA)
    pair(site, phone, event)
    phone.get_by_role("button", name="Use the camera").click()
    expect(phone.get_by_role("button", name="Turn the camera off")).to_be_visible(timeout=SOON_MS)
    import_barcodes(site, event, list(BARCODES.values()))  # while the camera looks
    slow_down(phone)
    for count, (kind, text) in enumerate(BARCODES.items(), 1):
        hold(phone, kind, text)
        until_admitted(site, phone, event, count)
        slow_down(phone, 1)
        expect(phone.locator("#verdict")).to_be_hidden(timeout=SOON_MS)


@pytest.mark.parametrize("suffix", ["Enter", "Tab"])
def test_codes_that_a_reader_types_without_a_rest_are_all_scanned_in_order(
    site: Site, phone: Page, suffix: str
) -> None:
    event = site.make_event(name=f"Without a rest {suffix}")
    codes = site.book(event, 4)
    pair(site, phone, event)
    phone.wait_for_function("() => navigator.serviceWorker.controller !== null")
    slow_down(phone)
    for code in codes:
        read(phone, code, suffix)
    until_admitted(site, phone, event, len(codes))
    scans = sorted(site.call("GET", f"/api/scans?event={event['uuid']}"), key=lambda scan: scan["seq"])
    tickets = {each["code"]: each["id"] for each in site.call("GET", f"/api/tickets?event={event['uuid']}")}
    assert [scan["ticket"] for scan in scans] == [tickets[code] for code in codes]


def test_a_code_without_a_suffix_ends_by_a_pause_however_slow_the_page_is(site: Site, phone: Page) -> None:
    event = site.make_event(name="Slow pause")
    (code,) = site.book(event, 1)
    pair(site, phone, event)
    slow_down(phone)
    read(phone, code, None, busy_ms=10)
    expect_verdict(phone, "Admitted", "pass")


@pytest.mark.parametrize("is_offline", [False, True])
def test_two_slow_tabs_let_one_guest_in(site: Site, page: Page, context: BrowserContext, is_offline: bool) -> None:
    tabs = page, context.new_page()
    event = site.make_event(name=f"Two slow tabs {is_offline}")
    (code,) = site.book(event, 1)
    open_both(site, tabs, event)
    for tab in tabs:
        slow_down(tab)
        if is_offline:
            cut_off(tab, "/scan/ticket", "/scan/batch")
    for tab in tabs:
        read(tab, code)
    assert tones(tabs) == ["pass", "refuse"]
