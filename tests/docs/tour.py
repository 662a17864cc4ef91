"""Pictures of the tour (docs/tour.md), taken by a browser from the demo: `python -m tests.docs.tour [FOLDER]`.

Guests, names and what they do are the same each time; the night's date and hours are today's.
"""

import io
import json
import random
import re
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image
from playwright.sync_api import Browser, Page, StorageState, expect, sync_playwright

from tests.docs.demo import Demo
from tests.docs.examples import PAGES
from tests.end_to_end.scanner import EVERYTHING, SOON_MS, expect_verdict, read
from tests.end_to_end.site import CHROMIUM, FLAGS
from tests.eventually import PATIENCE_S

FOLDER = PAGES / "tour"
PHONE, DESK = (390, 844), (1280, 800)
TIMEZONE = "Europe/Paris"
COLOURS = 128
ARRIVED, OVER_MIN = 180, 50


class Night:
    """The demo's event, its tickets, and three doors that have let guests in for a while."""

    def __init__(self, demo: Demo) -> None:
        self.url, _, self.event = demo.after("Watch").rpartition("/events/")
        self._key = (demo.folder / "admin-key").read_text().strip()
        self.password = Path(str(re.search(r"password in (\S+)", demo.text)[1])).read_text().strip()  # type: ignore[index]
        self.doors = [door["id"] for door in self.call(f"/api/events/{self.event}")["doors"]]
        self.tickets = self.call(f"/api/tickets?event={self.event}&limit=500")

    def call(self, path: str, body: Any = None, *, key: str = "", method: str | None = None) -> Any:
        """Ask the API, as the organiser or by a device's key."""
        headers = {"Authorization": f"Api-Key {key or self._key}"}
        payload = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, payload, headers, method=method)
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
            return json.load(answer)

    def of(self, product: str) -> Iterator[Any]:
        """Yield the tickets of a product in the order of their ids' making."""
        return (ticket for ticket in self.tickets if ticket["product"] == product)

    def pairing(self, name: str, door: int, *may: str) -> str:
        """Return the pairing address of a new device."""
        form = {"name": name, "event": self.event, "door": self.doors[door], "may": list(may)}
        return str(self.call("/api/devices", form)["pairing"]["url"])

    def let_in(self, tickets: list[Any]) -> None:
        """Have two doors let these guests in over the last while, as phones report what they did alone."""
        chance, now = random.Random(7), datetime.now(UTC)
        ages = sorted((chance.triangular(0, OVER_MIN, OVER_MIN / 3) for _ in tickets), reverse=True)
        scans = [
            {"qrcode_data": ticket["code"], "nonce": f"tour-{n}", "verdict": "admitted", "scanned_at": at.isoformat()}
            for n, ticket in enumerate(tickets)
            for at in [now - timedelta(minutes=ages[n])]
        ]
        for door, name in enumerate(("North 1", "South 1")):
            key = self.call(self.pairing(name, door).removeprefix(self.url))["api_key"]
            self.call("/scan/batch/", {"scans": scans[door::2]}, key=key)


class Camera(NamedTuple):
    """The browser, and the folder that its pictures go to."""

    browser: Browser
    night: Night
    folder: Path
    login: StorageState

    @contextmanager
    def page(self, size: tuple[int, int], scheme: Any, *, login: bool = False) -> Iterator[Page]:
        """Give a page in a profile of its own."""
        context = self.browser.new_context(
            base_url=self.night.url,
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            reduced_motion="reduce",
            locale="en-GB",
            timezone_id=TIMEZONE,
            storage_state=self.login if login else None,
        )
        page = context.new_page()
        page.set_default_timeout(SOON_MS)
        yield page
        context.close()

    def take(self, page: Page, name: str) -> None:
        """Write the picture of what the page shows, in few colours, so that it is small."""
        picture = Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide")))
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(self.folder / f"{name}.png", optimize=True)


def event_form(camera: Camera) -> None:
    """The form of an event."""
    with camera.page(DESK, "light", login=True) as page:
        page.goto(f"/admin/events/{camera.night.event}")
        expect(page.get_by_label("Name", exact=True).first).to_have_value("Demo night")
        camera.take(page, "event")


def box_office(camera: Camera) -> None:
    """The box office, with a sale that is about to be made."""
    with camera.page(DESK, "dark", login=True) as page:
        page.goto(f"/admin/sell/{camera.night.event}")
        page.get_by_role("button", name="One Standard more").click()
        page.get_by_role("button", name="One Standard more").click()
        page.get_by_label("Cash given, EUR").fill("50")
        expect(page.locator(".change")).to_have_text("Change: 10.00 EUR")
        camera.take(page, "sell")


def ticket_page(camera: Camera) -> None:
    """A guest's ticket."""
    ticket = next(camera.night.of("Balcony"))
    with camera.page(PHONE, "light") as page:
        page.goto(camera.night.call(f"/api/tickets/{ticket['id']}/links")["page"])
        expect(page.get_by_role("heading").first).to_be_visible()
        page.wait_for_load_state("load")
        camera.take(page, "ticket")


def doors(camera: Camera) -> None:
    """Two phones, of which one lets a guest in and the other refuses the same ticket; and the dashboards meanwhile."""
    code = next(camera.night.of("Balcony"))["code"]
    with camera.page(PHONE, "dark") as north, camera.page(PHONE, "light") as south:
        pair(north, camera.night.pairing("North 2", 0, *EVERYTHING))
        read(north, code)
        expect_verdict(north, "Admitted", "pass", "Hand out a blue wristband")
        camera.take(north, "admitted")
        pair(south, camera.night.pairing("South 2", 1, *EVERYTHING))
        read(south, code)
        expect_verdict(south, "Refused", "refuse", "Already scanned")
        camera.take(south, "refused")
        dashboard(camera)


def pair(phone: Page, address: str) -> None:
    """Make the page a phone at a door."""
    phone.goto(address)
    phone.get_by_role("button", name="Pair this phone").click()
    expect(phone.locator("#health")).to_have_text("Ready")


def dashboard(camera: Camera) -> None:
    """The live dashboard, and its wall."""
    with camera.page((1280, 1000), "light", login=True) as page:
        page.goto(f"/events/{camera.night.event}")
        expect(page.get_by_text("booked have arrived")).to_be_visible()
        camera.take(page, "dashboard")
    with camera.page(DESK, "dark", login=True) as page:
        page.goto(f"/events/{camera.night.event}?wall")
        expect(page.get_by_text("booked have arrived")).to_have_text(re.compile(f"{ARRIVED + 1} of 500"))
        camera.take(page, "wall")


def logged_in(browser: Browser, night: Night) -> StorageState:
    """Return the cookies of the organiser's first login, which chooses a password of their own."""
    context = browser.new_context(base_url=night.url, locale="en-GB")
    form: dict[str, str | float | bool] = {"username": "organiser", "password": night.password}
    context.request.post("/login", form=form, max_redirects=0, timeout=SOON_MS)
    page = context.new_page()
    page.goto("/events", timeout=SOON_MS)
    page.get_by_label("New password").fill("a night at the Old Mill")
    page.get_by_role("button", name="Keep it and go on").click()
    expect(page.get_by_text("Demo night").first).to_be_visible()
    state = context.storage_state()
    context.close()
    return state


def take_all(folder: Path) -> None:
    """Start the demo, play the evening's beginning, and take all pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        demo = Demo(Path(data), TZ=TIMEZONE)
        try:
            night = Night(demo)
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            camera = Camera(browser, night, folder, logged_in(browser, night))
            night.let_in(list(night.of("Standard"))[:ARRIVED])
            for part in (event_form, box_office, ticket_page, doors):
                part(camera)
            browser.close()
        finally:
            demo.close()


if __name__ == "__main__":
    expect.set_options(timeout=SOON_MS)
    take_all(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
