"""Guest list and search of the scanner: whom the door finds, by what, and at which time; with a network and without."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.end_to_end.accessibility import expect_accessible
from tests.end_to_end.scanner import EVERYTHING, SOON_MS, cut_off, expect_verdict, pair, read, reconnect
from tests.end_to_end.site import Site
from tests.eventually import until

EARLY, LATE = ({"date": "2090-12-24", "time": time} for time in ("18:00", "20:30"))


@pytest.fixture
def phone(page: Page) -> Iterator[Page]:
    page.set_viewport_size({"width": 390, "height": 844})
    yield page


def two_times(site: Site, name: str) -> Any:
    return site.make_event(name=name, showings=[{**each, "capacity": 100} for each in (EARLY, LATE)])


def guest(site: Site, event: Any, first_name: str, **fields: Any) -> Any:
    """Book a ticket, and return it."""
    holder = {"first_name": first_name, "last_name": "Lovelace", "product": fields.pop("product", "Standard")}
    order = {"event": event["uuid"], **LATE, "name": f"{first_name} Lovelace", "phone_number": "+33 6 12 34 56 78"}
    made = site.call("POST", "/api/reservations", {**order, "tickets": [holder | fields.pop("ticket", {})], **fields})
    assert "tickets" in made, made
    return made["tickets"][0]


def find(phone: Page, is_offline: bool) -> None:
    """Open the guest list."""
    if is_offline:
        cut_off(phone, "/scan/ticket", "/scan/batch", "/scan/search_ticket", "/scan/list_tickets", "/scan/check_ticket")
    phone.get_by_role("button", name="Find a guest").click()


@pytest.mark.parametrize("is_offline", [False, True])
def test_a_guest_is_found_by_all_that_guests_are_promised(site: Site, phone: Page, is_offline: bool) -> None:
    event = site.make_event(name=f"Promised {is_offline}")
    seat = {"block": "A", "row": "3", "seat": "12"}
    ada = guest(site, event, "Ada", email="Ada.L@Example.org", ticket={"seat": seat})
    guest(site, event, "Bob", phone_number="+44 20 7946 0999", product="Balcony")
    rows = b"barcode,first_name,last_name,date,time\r\n4006381333931,Zoe,Smith,2090-12-24,20:30\r\n"
    site.call("POST", f"/api/events/{event['uuid']}/import", rows)
    until(lambda: bool(site.call("GET", f"/api/events/{event['uuid']}/imports")[0]["ended_at"]), "it is imported")
    pair(site, phone, event, may=EVERYTHING)
    find(phone, is_offline)
    order = ada["reservation"][:8]
    row = f"Ada Lovelace.*Valid and not scanned.*Standard.*Block A, row 3, seat 12.*phone …678.*order {order}"
    texts = ["+33 6 12 34 56 78", "0612345678", "06.12.34.56.78", "0033 6 12345678", "+33 (0)6 12 34 56 78"]
    texts += ["ada.l@example.org", ada["id"][:8].upper(), order, "lovelace ad", "ÀDA", "a 12"]
    for text in texts:
        phone.locator("#find-name").fill("nobody at all")
        expect(phone.locator(".found-guest")).to_have_count(0, timeout=SOON_MS)
        phone.locator("#find-name").fill(text)
        expect(phone.locator(".found-guest"), text).to_have_count(1, timeout=SOON_MS)
        expect(phone.get_by_role("button", name=re.compile(row)), text).to_be_visible()
    phone.locator("#find-name").fill("4006381333931")
    expect(phone.locator(".found-guest")).to_have_text(re.compile("Smith"), timeout=SOON_MS)


@pytest.mark.parametrize("is_offline", [False, True])
def test_of_two_with_one_name_the_right_one_is_opened_and_let_in_by_a_second_tap(
    site: Site, phone: Page, is_offline: bool
) -> None:
    event = site.make_event(name=f"Equal names {is_offline}")
    guest(site, event, "Ada", phone_number="+33 6 12 34 51 11")
    meant = guest(site, event, "Ada", phone_number="+33 6 12 34 52 22", ticket={"fields": {"Menu": "Vegan"}})
    pair(site, phone, event, may=EVERYTHING)
    find(phone, is_offline)
    phone.locator("#find-name").fill("lovelace")
    expect(phone.locator(".found-guest")).to_have_count(2, timeout=SOON_MS)
    row = phone.get_by_role("button", name=re.compile("Ada Lovelace.*phone …222"))
    for is_open in ("true", "false", "true"):
        row.click()
        expect(row).to_have_attribute("aria-expanded", is_open)
    expect(phone.locator(".found-more")).to_contain_text("Vegan")
    expect(phone.locator(".found-more")).to_contain_text(meant["id"][:8])
    let_in = phone.get_by_role("button", name="Let this guest in")
    # The list is made anew meanwhile where the hub's answer comes: the button of that moment counts.
    until(lambda: let_in.evaluate("each => each.getBoundingClientRect().height >= 48"), "the button is a large target")
    expect_accessible(phone)
    let_in.click()
    expect_verdict(phone, "Admitted", "pass", "Ada Lovelace")
    expect(phone.locator("#verdict")).to_be_hidden(timeout=SOON_MS)
    find(phone, is_offline=False)
    entered = phone.get_by_role("button", name=re.compile("Valid and scanned.*phone …222"))
    expect(entered).to_be_visible(timeout=SOON_MS)


@pytest.mark.parametrize("is_offline", [False, True])
def test_guests_of_the_time_that_is_on_come_first_and_the_others_are_one_tap_away(
    site: Site, phone: Page, is_offline: bool
) -> None:
    event = two_times(site, f"Two lists {is_offline}")
    early = guest(site, event, "Ada", **EARLY)
    guest(site, event, "Grace", **EARLY)
    guest(site, event, "Mary", **LATE)
    pair(site, phone, event, may=EVERYTHING)
    expect(phone.locator("#showing-in")).to_have_text(re.compile("18:00: 0 of 2 came"))
    if is_offline:
        cut_off(phone, "/scan/ticket", "/scan/batch", "/scan/search_ticket", "/scan/list_tickets")
    read(phone, early["code"])
    expect_verdict(phone, "Admitted", "pass")
    expect(phone.locator("#showing-in")).to_have_text(re.compile("18:00: 1 of 2 came"))
    expect(phone.locator("#verdict")).to_be_hidden(timeout=SOON_MS)
    phone.get_by_role("button", name="Find a guest").click()
    times = phone.get_by_role("group", name="Find a guest").get_by_role("button")
    expect(times).to_have_text([re.compile("18:00.*1 of 2 came"), re.compile("20:30.*0 of 1 came"), "All times"])
    expect(times.first).to_have_attribute("aria-pressed", "true")
    names = phone.locator(".found-name")
    expect(names).to_have_text(["Ada Lovelace", "Grace Lovelace"], timeout=SOON_MS)
    phone.locator("#find-name").fill("mary")
    expect(names).to_have_count(0, timeout=SOON_MS)
    phone.get_by_role("button", name="1 found at other times").click()
    expect(phone.get_by_role("button", name=re.compile("Mary Lovelace.*24 Dec 2090, 20:30"))).to_be_visible()
    phone.locator("#find-name").fill("")
    expect(names).to_have_count(3, timeout=SOON_MS)
    times.nth(1).click()
    expect(names).to_have_text(["Mary Lovelace"], timeout=SOON_MS)
    expect_accessible(phone)


def test_a_long_list_is_shown_page_by_page_and_two_taps_at_once_let_nobody_in(site: Site, phone: Page) -> None:
    event = site.make_event(name="Long list")
    names = [f"Guest {n:02}" for n in range(45)]
    guests = [{"first_name": name, "last_name": "Zuse", "product": "Standard"} for name in reversed(names)]
    site.book(event, 45, tickets=guests)
    pair(site, phone, event, may=EVERYTHING)
    find(phone, is_offline=False)
    expect(phone.locator("#find-said")).to_have_text("45 guests", timeout=SOON_MS)
    expect(phone.locator(".found-name")).to_have_count(40)
    last = phone.locator(".found-guest").last
    last.dblclick()
    expect(last).to_have_attribute("aria-expanded", "false")
    expect(phone.get_by_role("button", name="Let this guest in")).to_have_count(0)
    assert site.call("GET", f"/api/scans?event={event['uuid']}") == []
    phone.get_by_role("button", name="Show more").click()
    expect(phone.locator(".found-name")).to_have_text([f"{name} Zuse" for name in names], timeout=SOON_MS)
    expect(phone.get_by_role("button", name="Show more")).to_be_hidden()


KEPT = """async (change) => new Promise((resolve) => {
    const opening = indexedDB.open("scanhub");
    opening.onsuccess = () => {
        const kept = opening.result.transaction(["facts", "tickets"], "readwrite");
        const [facts, tickets] = ["facts", "tickets"].map((name) => kept.objectStore(name));
        facts.get("manifest").onsuccess = ({ target: { result: manifest } }) => {
            tickets.getAll().onsuccess = ({ target: { result: all } }) => {
                if (change === "age") {
                    delete manifest.shape;
                    facts.put(manifest, "manifest");
                    for (const { contacts, phone_end, ...ticket } of all) tickets.put(ticket);
                }
                kept.oncomplete = () => { opening.result.close(); resolve(all); };
            };
        };
    };
})"""
"""The tickets of the guest list that a phone keeps; "age": made such as the version before kept it."""


WHOLE_UNREACHED = """
    const reach = globalThis.fetch;
    globalThis.fetch = (...asked) => {
        const isWhole = String(asked[0]).includes("/scan/manifest/") && !String(asked[0]).includes("since=");
        if (!isWhole || globalThis.isWholeReached) return reach(...asked);
        globalThis.isMissed = true;
        return Promise.reject(new TypeError("unreached"));
    };
"""
"""The hub goes away between the changes of a guest list and the whole of it, until `isWholeReached`."""


def kept_by(phone: Page, change: str = "") -> list[Any]:
    """Return the tickets that a phone keeps, before a change of them."""
    kept: list[Any] = phone.evaluate(KEPT, change)
    return kept


def allow(site: Site, event: Any, *may: str) -> None:
    """Have an organiser change what the event's one device may."""
    (device,) = site.call("GET", f"/api/devices?event={event['uuid']}")
    changed = site.call("PATCH", f"/api/devices/{device['uuid']}", {"may": may})
    assert sorted(changed["may"]) == sorted(may), changed


def find_by_address_offline(phone: Page, address: str) -> None:
    find(phone, is_offline=True)
    phone.locator("#find-name").fill(address)
    expect(phone.locator(".found-guest")).to_have_text(re.compile("Ada Lovelace"), timeout=SOON_MS)


def test_a_right_that_is_given_later_finds_offline_and_one_that_is_taken_away_leaves_nothing(
    site: Site, phone: Page
) -> None:
    event = site.make_event(name="Rights later")
    ada = guest(site, event, "Ada", email="ada@example.org")
    pair(site, phone, event)
    until(lambda: len(kept_by(phone)) == 1, "the phone has the guest list")
    assert not {"contacts", "phone_end", "first_name"} & kept_by(phone)[0].keys()

    allow(site, event, "search", "names")
    phone.reload()
    until(lambda: {"contacts", "phone_end", "first_name"} <= kept_by(phone)[0].keys(), "it has what it may")
    expect(phone.locator("#health")).to_have_text("Ready", timeout=SOON_MS)
    find_by_address_offline(phone, "ada@example.org")

    allow(site, event)
    phone.reload()
    until(lambda: not {"contacts", "phone_end", "first_name"} & kept_by(phone)[0].keys(), "it has no more than it may")
    expect(phone.get_by_role("button", name="Find a guest")).to_be_hidden()
    cut_off(phone, "/scan/ticket", "/scan/batch")
    read(phone, ada["code"])
    expect_verdict(phone, "Admitted", "pass", "Decided offline")


def test_a_guest_list_of_the_version_before_is_replaced_and_decides_until_then(site: Site, phone: Page) -> None:
    event = site.make_event(name="Older list")
    ada = guest(site, event, "Ada", email="ada@example.org")
    pair(site, phone, event, may=EVERYTHING)
    until(lambda: len(kept_by(phone)) == 1, "the phone has the guest list")
    kept_by(phone, "age")
    phone.add_init_script(WHOLE_UNREACHED)
    phone.reload()
    phone.wait_for_function("() => globalThis.isMissed")
    assert "contacts" not in kept_by(phone)[0]
    cut_off(phone, "/scan/ticket", "/scan/batch")
    read(phone, ada["code"])
    expect_verdict(phone, "Admitted", "pass", "Ada Lovelace", "Decided offline")

    phone.evaluate("globalThis.isWholeReached = true")
    reconnect(phone, "/scan/ticket")
    reconnect(phone, "/scan/batch")
    phone.evaluate("dispatchEvent(new Event('online'))")
    until(lambda: "contacts" in kept_by(phone)[0], "the list is replaced")
    expect(phone.locator("#verdict")).to_be_hidden(timeout=SOON_MS)
    find_by_address_offline(phone, "ada@example.org")
