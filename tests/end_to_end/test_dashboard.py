"""The dashboard in a real browser, before a real hub."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.end_to_end.accessibility import serious
from tests.end_to_end.conftest import log_in
from tests.end_to_end.scanner import SOON_MS
from tests.end_to_end.site import Site
from tests.eventually import until

SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
SHIFTS = """() => { window.shifts = 0; new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shifts += entry.value; }).observe({type: "layout-shift"}); }"""


def show_figures(page: Page, **figures: int) -> None:
    for name, count in figures.items():
        expect(page.locator(f"[data-figure={name}]")).to_have_text(str(count), timeout=SOON_MS)


def expect_phase(page: Page, phase: str, within_ms: float = SOON_MS) -> None:
    expect(page.locator("#connection")).to_have_attribute("data-phase", phase, timeout=within_ms)


def recount(site: Site, event: Any, inside: int) -> None:
    site.call("POST", f"/api/events/{event['uuid']}/recount", {"zone": None, "inside": inside, "reason": "counted"})


def open_dashboard(page: Page, name: str) -> None:
    page.goto("/events")
    page.get_by_role("link").filter(has=page.get_by_text(name, exact=True)).click()
    expect_phase(page, "live")


def test_scan_moves_the_figures_without_reload_or_shift(site: Site, organiser: Page) -> None:
    event = site.make_event(name="Moves by itself")
    first, second = site.book(event, 2)
    open_dashboard(organiser, "Moves by itself")
    expect(organiser.get_by_text("No scans yet.")).to_be_visible()
    organiser.evaluate("window.isTheSamePage = true")
    key = site.pair(site.make_device(event, "Gate 7"))
    site.scan(key, first)
    show_figures(organiser, inside=1, admitted=1, booked=2, denied=0)
    organiser.evaluate(SHIFTS)
    site.scan(key, first)
    site.scan(key, second)
    show_figures(organiser, inside=2, admitted=2, denied=1)
    rows = organiser.locator(".scan")
    expect(rows).to_have_count(3)
    expect(rows.nth(0)).to_contain_text(re.compile("Admitted.*Ada Lovelace.*North door · Gate 7"))
    expect(rows.nth(1)).to_contain_text(re.compile("Refused.*Already scanned"))
    expect(organiser.locator("#doors tr").nth(0)).to_contain_text(re.compile("North door.*2.*0.*1"))
    expect(organiser.locator("[data-figure=free]")).to_have_text("48 free of 50")
    expect(organiser.get_by_text("No scans yet.")).to_be_hidden()
    assert organiser.evaluate("[window.isTheSamePage, window.shifts < 0.001]") == [True, True]


def test_curve_and_reasons_move_with_the_scans_beside_an_evening_before(site: Site, organiser: Page) -> None:
    before = site.make_event(name="Autumn", starts_at="2090-12-20T20:30:00+01:00")
    codes = site.book(before, 3)
    key = site.pair(site.make_device(before))
    for code in codes:
        site.scan(key, code)
    event = site.make_event(name="Curve")
    first, second, _ = site.book(event, 3)
    key = site.pair(site.make_device(event))
    site.scan(key, first)
    open_dashboard(organiser, "Curve")
    text = organiser.locator(".curve-text")
    expect(text).to_contain_text("1 of 3 booked have arrived", timeout=SOON_MS)
    site.scan(key, second)
    site.scan(key, second)
    site.scan(key, "not a ticket")
    expect(text).to_contain_text("2 of 3 booked have arrived", timeout=SOON_MS)
    reasons = organiser.locator("#refusals li")
    expect(reasons).to_have_text(["Already scanned1", "Not a ticket code1"], timeout=SOON_MS)
    organiser.get_by_text("As a table").click()
    expect(organiser.locator("#curve tbody tr").first).to_contain_text(re.compile("2.*2"))
    organiser.get_by_label("Against").select_option(label="Autumn, Wednesday 20 December 2090")
    expect(text).to_contain_text("Autumn, Wednesday 20 December 2090 had", timeout=SOON_MS)
    expect(organiser.get_by_text("Arrived that evening")).to_be_visible()


def test_zones_show_who_is_where(site: Site, organiser: Page) -> None:
    event = site.make_event(name="Zones")
    code, *_ = site.book(event, 1, product="Balcony")
    key = site.pair(site.make_device(event, "Gate 2", door=1))
    open_dashboard(organiser, "Zones")
    site.scan(key, code)
    balcony = organiser.locator("#people li").nth(1)
    expect(balcony).to_contain_text(re.compile("Balcony.*1 of 10.*9 free"), timeout=SOON_MS)
    expect(organiser.locator("#people li").first).to_contain_text(re.compile("The venue.*1 of 50.*49 free"))
    site.scan(key, code, direction="out")
    show_figures(organiser, inside=0, admitted=1)
    expect(balcony).to_contain_text("0 of 10")
    expect(organiser.locator(".scan").first).to_contain_text("Left")


def test_alert_stands_until_it_is_dismissed_and_shows_again_when_it_comes_again(site: Site, organiser: Page) -> None:
    event = site.make_event(name="Alerts", max_inside=10)
    key = site.pair(site.make_device(event, "Gate 9"))
    open_dashboard(organiser, "Alerts")
    expect(organiser.get_by_text("No alerts.")).to_be_visible()
    recount(site, event, 9)
    text = "The venue is nearly full: 9 of 10 inside."
    expect(organiser.locator("#alerts li")).to_contain_text(text, timeout=SOON_MS)
    organiser.get_by_role("button", name=f"Dismiss: {text}").click()
    expect(organiser.get_by_text("No alerts.")).to_be_visible()
    organiser.reload()
    expect_phase(organiser, "live")
    expect(organiser.get_by_text("No alerts.")).to_be_visible()
    (code,) = site.book(event, 1)
    site.scan(key, code)
    expect(organiser.locator("#people li").first).to_contain_text(re.compile("10 of 10.*Full"), timeout=SOON_MS)


def test_sound_is_off_until_it_is_turned_on_and_stays_so(site: Site, organiser: Page) -> None:
    site.make_event(name="Sound")
    open_dashboard(organiser, "Sound")
    sound = organiser.get_by_role("button", name="Sound is off")
    expect(sound).to_have_attribute("aria-pressed", "false")
    sound.press("Enter")
    organiser.reload()
    expect(organiser.get_by_role("button", name="Sound is on")).to_have_attribute("aria-pressed", "true")


def test_devices_and_conflicts_tell_where_and_when(site: Site, organiser: Page) -> None:
    event = site.make_event(name="Alone")
    (code,) = site.book(event, 1)
    north, stairs = (site.pair(site.make_device(event, name, door)) for name, door in (("Gate 1", 0), ("Gate 2", 1)))
    site.scan(north, code)
    open_dashboard(organiser, "Alone")
    expect(organiser.locator("#devices li").first).to_contain_text(re.compile("Gate 1.*Last seen.*North door"))
    offline = {"qrcode_data": code, "nonce": "alone-1", "verdict": "admitted", "scanned_at": "2026-01-01T20:31:00Z"}
    site.call("POST", "/scan/batch/", {"scans": [offline]}, key=stairs)
    conflict = organiser.locator("#conflicts li")
    expect(conflict).to_contain_text(re.compile("Ada Lovelace.*Let in twice.*Let in at .*Counted: "), timeout=SOON_MS)
    expect(conflict).to_contain_text("Stairs · Gate 2, 21:31")
    expect(organiser.locator("#alerts li")).to_contain_text("1 conflict: somebody was let in")
    organiser.reload()
    expect(organiser.locator("#conflicts li")).to_contain_text("Ada Lovelace", timeout=SOON_MS)


def test_recount_needs_a_reason_and_moves_the_count(site: Site, organiser: Page) -> None:
    event = site.make_event(name="Recount")
    open_dashboard(organiser, "Recount")
    organiser.get_by_text("Counted by hand").click()
    organiser.get_by_role("spinbutton", name="People inside").fill("12")
    organiser.get_by_role("button", name="Set the count").click()
    assert site.call("GET", f"/api/events/{event['uuid']}/occupancy")["inside"] == 0
    organiser.get_by_label("Reason", exact=True).fill("counted at the interval")
    organiser.get_by_role("button", name="Set the count").click()
    expect(organiser.get_by_text("Recorded. The venue: 12 inside.")).to_be_visible()
    show_figures(organiser, inside=12)
    expect(organiser.locator("#people li").first).to_contain_text("38 free")


def test_list_of_scans_is_searched_by_name_door_and_reason(site: Site, organiser: Page) -> None:
    event = site.make_event(name="List of scans")
    first, second = site.book(event, 2)
    north, stairs = (site.pair(site.make_device(event, name, door)) for name, door in (("Gate 1", 0), ("Gate 2", 1)))
    for key, code in ((north, first), (stairs, second), (stairs, second)):
        site.scan(key, code)
    open_dashboard(organiser, "List of scans")
    rows = organiser.locator(".scan:visible")
    search = organiser.get_by_label("Search the last scans")
    for words, found in (("stairs", 2), ("lovelace already", 1), ("north", 1), ("nobody", 0)):
        search.fill(words)
        expect(rows).to_have_count(found)
        expect(organiser.locator("#found")).to_have_text(f"{found} of the last 3 scans")
    search.fill("")
    expect(rows).to_have_count(3)


def test_dashboard_recovers_by_itself_when_the_hub_is_killed(site: Site, organiser: Page) -> None:
    event = site.make_event(name="Killed")
    first, second = site.book(event, 2)
    key = site.pair(site.make_device(event))
    open_dashboard(organiser, "Killed")
    site.scan(key, first)
    show_figures(organiser, inside=1)
    organiser.evaluate("window.isTheSamePage = true")
    killed = site.workers()
    site.kill_workers()
    expect_phase(organiser, "reconnecting")
    expect(organiser.locator(".connection-more")).to_contain_text("Figures of")
    until(lambda: not killed & site.workers() and site.is_ready(), "another worker serves")
    site.scan(key, second)
    expect_phase(organiser, "live", SOON_MS)
    show_figures(organiser, inside=2, admitted=2)
    assert organiser.evaluate("window.isTheSamePage")
    counts = site.call("GET", f"/api/events/{event['uuid']}/occupancy")
    assert (counts["inside"], counts["admitted"]) == (2, 2)


def test_silent_connection_is_said_to_be_out_of_date(site: Site, organiser: Page) -> None:
    site.make_event(name="Silence")
    routes: list[WebSocketRoute] = []

    def pass_on(route: WebSocketRoute) -> None:
        routes.append(route)
        if len(routes) == 1:
            route.connect_to_server()

    organiser.route_web_socket("**/live", pass_on)
    organiser.clock.install()
    open_dashboard(organiser, "Silence")
    organiser.route("**/api/**", lambda route: route.abort())
    organiser.clock.fast_forward(40_000)
    expect_phase(organiser, "stale")
    expect(organiser.get_by_role("status")).to_have_text("Not up to date")
    expect(organiser.get_by_role("alert")).to_contain_text("Not up to date: these are the figures of")


def test_wall_shows_what_is_read_from_afar_and_nothing_else(site: Site, organiser: Page) -> None:
    event = site.make_event(name="On the wall")
    open_dashboard(organiser, "On the wall")
    organiser.get_by_role("link", name="Wall screen").click()
    expect_phase(organiser, "live")
    for shown in ("#alerts", ".figures", ".curve-plot", "#doors", "#people"):
        expect(organiser.locator(shown)).to_be_visible()
    for hidden in ("#scans", "#sound", "#recount-zone", ".top"):
        expect(organiser.locator(hidden)).to_be_hidden()
    assert organiser.evaluate("document.documentElement.scrollWidth <= innerWidth")
    recount(site, event, 7)
    show_figures(organiser, inside=7)


WALL_SIZES = [(1366, 768), (1440, 900), (1920, 1080)]
ALL_WITHIN_THE_WINDOW = """(rows) => [...document.querySelectorAll(rows)].every((row) => {
    const { width, height, right, bottom } = row.getBoundingClientRect();
    return width > 0 && height > 0 && right <= innerWidth && bottom <= innerHeight; })"""
NO_NAME_IS_CUT_SHORT = """() => [...document.querySelectorAll(".device-name")].every(
    (name) => name.scrollWidth <= name.clientWidth)"""


@pytest.mark.parametrize(("width", "height"), WALL_SIZES)
def test_wall_shows_every_door_zone_and_device_without_scrolling(
    site: Site, organiser: Page, width: int, height: int
) -> None:
    doors = [{"name": name} for name in ("North door", "South door", "Stage door", "East", "Garden gate", "Crew")]
    zones = [{"name": name, "max_inside": 40} for name in ("Balcony", "Foyer", "Pit")]
    event = site.make_event(name="All of it", doors=doors, zones=zones)
    for number in range(8):
        site.pair(site.make_device(event, f"Gate {number}", number % 6))
    organiser.set_viewport_size({"width": width, "height": height})
    organiser.goto(f"/events/{event['uuid']}?wall")
    expect_phase(organiser, "live")
    for rows, count in (("#doors tr", 6), ("#people li", 4), ("#devices li", 8)):
        expect(organiser.locator(rows)).to_have_count(count)
        organiser.wait_for_function(ALL_WITHIN_THE_WINDOW, arg=rows)
    organiser.wait_for_function(NO_NAME_IS_CUT_SHORT)
    organiser.wait_for_function("() => document.documentElement.scrollHeight <= innerHeight")


LONG = "Haupteingang am Festspielhausvorplatz, nur für Inhaberinnen einer Dauerkarte, "
"""A beginning of names as long as organisers write them."""


@pytest.mark.parametrize(("width", "height"), WALL_SIZES)
@pytest.mark.parametrize(
    ("lead", "doors", "zones", "devices"), [(LONG, 6, 3, 8), ("Nr. ", 14, 9, 40), (LONG, 12, 6, 14)]
)
def test_wall_fits_its_screen_however_many_and_long_its_names_are(
    site: Site, organiser: Page, width: int, height: int, lead: str, doors: int, zones: int, devices: int
) -> None:
    event = site.make_event(
        name=f"{width} {doors} {lead}",
        doors=[{"name": f"{lead}{number}"} for number in range(doors)],
        zones=[{"name": f"{lead}{number}", "max_inside": 40} for number in range(zones)],
    )
    links = [site.make_device(event, f"{lead}{number}", number % doors) for number in range(devices)]
    site.scan(site.pair(links[0]), site.book(event, 1)[0])
    for zone in event["zones"]:
        counted = {"zone": zone["name"], "inside": 40, "reason": "counted"}
        site.call("POST", f"/api/events/{event['uuid']}/recount", counted)
    organiser.set_viewport_size({"width": width, "height": height})
    organiser.goto(f"/events/{event['uuid']}?wall")
    expect_phase(organiser, "live")
    expect(organiser.locator("#alerts li")).to_have_count(zones)
    for rows, count in (
        ("#alerts li", zones),
        ("#doors tr", doors),
        ("#people li", zones + 1),
        ("#devices li", devices),
    ):
        expect(organiser.locator(rows)).to_have_count(count)
        organiser.wait_for_function(ALL_WITHIN_THE_WINDOW, arg=rows)
    organiser.wait_for_function("() => document.documentElement.scrollHeight <= innerHeight")
    expect(organiser.locator(".wall .alerts button:visible")).to_have_count(0)


def test_devices_and_lists_count_two_before_ten(site: Site, organiser: Page) -> None:
    event = site.make_event(name="In order")
    for number in (10, 2, 1):
        site.make_device(event, f"Gate {number}")
    open_dashboard(organiser, "In order")
    expect(organiser.locator(".device-name")).to_have_text(["Gate 1", "Gate 2", "Gate 10"])


def test_dashboard_has_no_serious_fault_for_those_who_cannot_see_it(site: Site, organiser: Page) -> None:
    event = site.make_event(name="For all")
    (code,) = site.book(event, 1)
    key = site.pair(site.make_device(event))
    site.scan(key, code)
    site.scan(key, code)
    open_dashboard(organiser, "For all")
    expect(organiser.locator("#refusals li")).to_have_count(1)
    for scheme in SCHEMES:
        organiser.emulate_media(color_scheme=scheme)
        assert serious(organiser) == []


def test_paused_list_stands_still_and_tells_what_it_missed(site: Site, organiser: Page) -> None:
    event = site.make_event(name="Paused")
    codes = site.book(event, 3)
    key = site.pair(site.make_device(event))
    site.scan(key, codes[0])
    open_dashboard(organiser, "Paused")
    organiser.get_by_role("button", name="Pause").click()
    for code in codes[1:]:
        site.scan(key, code)
    show_figures(organiser, inside=3)
    expect(organiser.locator(".scan")).to_have_count(1)
    organiser.get_by_role("button", name="Go on (2 new)").click()
    expect(organiser.locator(".scan")).to_have_count(3)


def test_logging_out_elsewhere_leads_an_open_dashboard_to_the_login(site: Site, page: Page) -> None:
    log_in(page.context)
    site.make_event(name="Logged out")
    open_dashboard(page, "Logged out")
    other = page.context.new_page()
    other.goto("/events")
    other.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/login?next=%2Fevents%2F*", timeout=SOON_MS)


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_everything_fits_however_long_the_names_are(site: Site, organiser: Page, width: int) -> None:
    name = f"A {width} " + "Festspielhauseröffnungsvorstellung" * 3
    event = site.make_event(name=name, doors=[{"name": "Northwesternmost" * 4}], zones=[{"name": "Balcony" * 9}])
    key = site.pair(site.make_device(event, "Gate" * 20))
    site.scan(key, site.book(event, 1)[0])
    organiser.set_viewport_size({"width": width, "height": 844})
    organiser.goto("/events")
    assert organiser.evaluate("document.documentElement.scrollWidth") <= width
    open_dashboard(organiser, name)
    expect(organiser.locator(".scan")).to_have_count(1)
    assert organiser.evaluate("document.documentElement.scrollWidth") <= width


def test_dashboard_of_a_phone_is_three_screens_with_the_last_scans_on_the_first(site: Site, organiser: Page) -> None:
    doors = [{"name": name} for name in ("North door", "South door", "Stage door")]
    event = site.make_event(name="In the pocket", doors=doors)
    codes = site.book(event, 8)
    keys = [site.pair(site.make_device(event, f"Gate {number}", number)) for number in range(3)]
    for number, code in enumerate([*codes, *codes[:4], "not a ticket"]):
        site.scan(keys[number % 3], code)
    organiser.set_viewport_size({"width": 390, "height": 844})
    open_dashboard(organiser, "In the pocket")
    expect(organiser.locator("[data-figure=refusals]")).to_have_text("38 % of attempts")
    newest = organiser.locator(".scan").first
    expect(newest).to_contain_text("Not a ticket code")
    box = newest.bounding_box()
    assert box is not None and box["y"] + box["height"] <= 844
    assert organiser.evaluate("document.documentElement.scrollHeight") <= 3 * 844


def showings_around_now() -> tuple[dict[str, str], dict[str, str]]:
    """Return a time that is on now, and the same time tomorrow, by the clock of Paris."""
    begun = datetime.now(ZoneInfo("Europe/Paris")).replace(second=0, microsecond=0) - timedelta(minutes=30)
    return tuple({"date": f"{at:%Y-%m-%d}", "time": f"{at:%H:%M}"} for at in (begun, begun + timedelta(days=1)))  # type: ignore[return-value]


def test_tonights_guests_are_shown_first_and_tomorrows_are_one_tap_away(site: Site, organiser: Page) -> None:
    tonight, tomorrow = showings_around_now()
    now = datetime.now(UTC)
    event = site.make_event(
        name="Two nights",
        starts_at=(now - timedelta(hours=2)).isoformat(),
        ends_at=(now + timedelta(days=3)).isoformat(),
        showings=[{**tonight, "capacity": 40}, {**tomorrow, "capacity": 30}],
    )
    first, _ = site.book(event, 2, **tonight)
    site.book(event, 3, **tomorrow)
    key = site.pair(site.make_device(event))
    open_dashboard(organiser, "Two nights")
    show_figures(organiser, booked=2, admitted=0)
    chips = organiser.get_by_role("group", name="Time").get_by_role("button")
    expect(chips).to_have_count(3)
    expect(chips.nth(0)).to_have_attribute("aria-pressed", "true")
    # One that began before midnight is still on: then the next one is today's.
    expect(chips.nth(1)).to_have_text(re.compile(r"^(Today|Tomorrow), \d\d:\d\d$|^\w{3} \d+ \w{3}, \d\d:\d\d$"))
    expect(organiser.locator("[data-figure=capacity]")).to_have_text("of 40 places")
    site.scan(key, first)
    show_figures(organiser, admitted=1, inside=1)
    expect(organiser.locator("[data-figure=share]")).to_have_text("50\u202f% of booked")
    chips.nth(1).click()
    show_figures(organiser, booked=3, admitted=0, inside=1)
    site.book(event, 1, **tomorrow)
    show_figures(organiser, booked=4)
    organiser.get_by_role("button", name="All times").click()
    show_figures(organiser, booked=6, admitted=1)
    organiser.goto(f"/events/{event['uuid']}?wall")
    show_figures(organiser, booked=2, admitted=1)
    expect(organiser.get_by_role("group", name="Time")).to_be_hidden()
    expect(organiser.locator(".showing-name").first).to_have_text(re.compile(r"\d\d:\d\d"))


def test_an_event_with_one_time_has_nothing_to_choose(site: Site, organiser: Page) -> None:
    event = site.make_event(name="One night")
    site.book(event, 2)
    open_dashboard(organiser, "One night")
    show_figures(organiser, booked=2)
    expect(organiser.get_by_role("group", name="Time")).to_have_count(0)
