"""One phone, paired once at the hub, between a relay and its hub over TLS, as each of them goes and comes back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect
from pymongo import MongoClient

from tests.conftest import a_site_database
from tests.end_to_end.authority import Authority
from tests.end_to_end.conftest import watched
from tests.end_to_end.scanner import PATIENT, SOON_MS, expect_verdict, pair, read
from tests.end_to_end.site import CHROMIUM, FLAGS, Site
from tests.eventually import until
from tests.faults.test_relay_faults import RelaySite
from tests.ports import free_port


class SecureHub(Site):
    """Hub that serves by TLS."""

    scheme = "https"


class SecureRelay(RelaySite):
    """Relay that serves by TLS."""

    scheme = "https"


class Sides:
    """Hub and relay of an event, each with a certificate of the organiser's authority."""

    def __init__(self, folder: Path, authority: Authority, databases: list[dict[str, str]]) -> None:
        port = str(free_port())
        origins = {"HUB_ALLOWED_ORIGINS": f"https://127.0.0.1:{port}"}
        (folder / "hub").mkdir()
        self.hub = SecureHub(folder / "hub" / "data", **authority.certify("hub"), **origins, **databases[0])
        try:
            self.event: Any = self.hub.make_event(max_inside=None, zones=[], doors=[{"name": "North door"}])
            form = {"name": "Hall", "scopes": ["relay"], "event": self.event["uuid"]}
            key = self.hub.call("POST", "/api/keys", form)["key"]
            (folder / "relay").mkdir()
            own = {"HUB_PORT": port, **authority.certify("relay"), **databases[1]}
            self.relay = SecureRelay(folder / "relay" / "data", self.hub.url, key, **own)
        except BaseException:
            self.hub.close()
            raise

    def close(self) -> None:
        """End both."""
        self.relay.close()
        self.hub.close()

    def entries(self, *kinds: str) -> list[Any]:
        """Return the entries of these kinds in the hub's journal."""
        found = self.hub.call("GET", f"/api/scans?event={self.event['uuid']}&limit=200")
        return [each for each in found if each["kind"] in kinds]


@pytest.fixture
def sides(
    tmp_path: Path, mongod_uri: str, _mongo: MongoClient[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Sides, Authority]]:
    """Hub and relay that serve; what asks them trusts their authority."""
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.root))
    with a_site_database(mongod_uri, _mongo) as one, a_site_database(mongod_uri, _mongo) as other:
        sides = Sides(tmp_path, authority, [one, other])
        yield sides, authority
        sides.close()


@pytest.fixture
def phone(browser: Browser, sides: tuple[Sides, Authority]) -> Iterator[Page]:
    """A phone that trusts the organiser's authority."""
    started = browser.browser_type.launch(executable_path=CHROMIUM, args=[*FLAGS, sides[1].trusting])
    context = started.new_context(base_url=sides[0].hub.url)
    page = watched(context.new_page())
    page.add_init_script(PATIENT)
    yield page
    started.close()


class Asked:
    """Addresses that a phone asks."""

    def __init__(self, phone: Page) -> None:
        self._phone = phone
        self._paths: list[str] = []
        phone.on("request", self._note)

    def _note(self, request: Request) -> None:
        self._paths.append(request.url)

    def begins(self) -> None:
        """Forget what was asked."""
        self._paths.clear()

    def scans(self) -> list[str]:
        """Return the addresses that were asked for scans, in order."""
        return [url.partition("/scan/")[0] for url in self._paths if url.endswith("/scan/ticket/")]

    def moves_to(self, site: Site) -> None:
        """Wait until the phone has asked a hub or relay for what is new."""
        prefix = f"{site.url}/scan/manifest/"
        until(lambda: self._heard(prefix), f"the phone asks {site.url}")

    def _heard(self, prefix: str) -> bool:
        self._phone.wait_for_timeout(100)  # in which the browser's events come
        return any(url.startswith(prefix) for url in self._paths)


def admit(phone: Page, code: str) -> None:
    """Scan a ticket that is admitted, by whichever side."""
    read(phone, code)
    expect_verdict(phone, "Admitted", "pass")


def refuse(phone: Page, code: str) -> None:
    """Scan a ticket that was admitted before."""
    phone.wait_for_timeout(10_500)  # else the phone takes it for the same guest, who is still at the door
    read(phone, code)
    expect_verdict(phone, "Refused", "refuse", "Already scanned")
    phone.get_by_role("button", name="Next").click()


@pytest.mark.long
def test_a_phone_paired_once_goes_between_relay_hub_and_itself_and_admits_each_ticket_once(
    sides: tuple[Sides, Authority], phone: Page
) -> None:
    venue, _ = sides
    codes = venue.hub.book(venue.event, 6)
    asked = Asked(phone)
    pair(venue.hub, phone, venue.event)
    asked.moves_to(venue.relay)

    asked.begins()
    admit(phone, codes[0])
    assert asked.scans()[0] == venue.relay.url

    venue.relay.cut_power()
    asked.begins()
    admit(phone, codes[1])
    refuse(phone, codes[0])
    assert venue.hub.url in asked.scans()

    venue.hub.stop()
    admit(phone, codes[2])
    refuse(phone, codes[1])

    venue.relay.start()
    asked.begins()
    asked.moves_to(venue.relay)
    admit(phone, codes[3])
    refuse(phone, codes[2])

    venue.relay.cut_power()
    venue.hub.start()
    asked.begins()
    asked.moves_to(venue.hub)
    refuse(phone, codes[3])
    admit(phone, codes[4])

    venue.relay.start()
    asked.begins()
    asked.moves_to(venue.relay)
    admit(phone, codes[5])
    expect(phone.locator("#health")).to_have_text("Ready", timeout=SOON_MS)
    until(lambda: len(venue.entries("ticket.scanned")) == len(codes), "all are upstream")
    scanned = venue.entries("ticket.scanned", "ticket.conflict")
    assert len({each["ticket"] for each in scanned}) == len(scanned) == len(codes)
    counts = venue.hub.call("GET", f"/api/events/{venue.event['uuid']}/occupancy")
    assert (counts["admitted"], counts["inside"]) == (len(codes), len(codes))
