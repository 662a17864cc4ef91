"""A whole evening on a hub of two processes: box office, import, guests, doors; all figures agree everywhere.

Two times: 10 tickets sold at the desk, 30 imported from a file with mistakes, 20 booked by guests, of which 5 are owed.
One door lets in, its phone offline for a while and reloaded; one lets out; one is in training.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pymongo import MongoClient

from tests.conftest import a_site_database
from tests.end_to_end.conftest import log_in, watched
from tests.end_to_end.scanner import CONTROLLED, SOON_MS, expect_verdict, pair, read
from tests.end_to_end.site import Site
from tests.eventually import until

DAY = "2090-12-24"
EARLY, LATE = "20:30", "22:30"
PRODUCTS = [
    {"name": "Standard", "public": True, "prices": [{"name": "Full", "amount": "10.00", "currency": "EUR"}]},
    {"name": "Friend", "public": True},
    {"name": "VIP Platinum", "public": False},
]
HEAD = "Guests of the club\nbarcode;name;product;date;time;status;Diet\n"
IN_THE_FILE = {
    6: "is no time of day",
    7: "is no date",
    9: "is no state that is known",
    11: "is the same as in row 10",
    12: "was turned into the number 4.00638E+12",
    13: "no showing",
}
"""Mistakes that are mended in the file, by their rows."""


@pytest.fixture(scope="module")
def evening(
    tmp_path_factory: pytest.TempPathFactory, mongod_uri: str, _mongo: MongoClient[dict[str, Any]]
) -> Iterator[Site]:
    """A hub of two processes."""
    with a_site_database(mongod_uri, _mongo) as settings:
        site = Site(tmp_path_factory.mktemp("evening") / "data", HUB_PROCESSES="2", **settings)
        yield site
        site.close()


@pytest.fixture
def contexts(browser: Browser, evening: Site) -> Iterator[Any]:
    """Browser profiles of this evening, closed after it."""
    with ExitStack() as open_ones:

        def profile(**options: Any) -> BrowserContext:
            context = browser.new_context(base_url=evening.url, **options)
            open_ones.callback(context.close)
            return context

        yield profile


@pytest.fixture
def desk(contexts: Any) -> Page:
    """The box office: a computer, logged in."""
    context = contexts(viewport={"width": 1440, "height": 900})
    log_in(context)
    return watched(context.new_page())


@pytest.fixture
def phone(contexts: Any) -> Page:
    """A phone at a door, in the dark."""
    return watched(contexts(viewport={"width": 390, "height": 844}, color_scheme="dark").new_page())


def seller_list(mistakes: bool) -> str:
    """Return a seller's list of 30 tickets, half of them for each time, before or after it was mended."""
    rows = [
        [f"G{n:03}", f"Guest {n:02} Club", "Standard", DAY, EARLY if n % 2 else LATE, "paid", ""] for n in range(30)
    ]
    rows[0][2], rows[1][2], rows[2][6] = "Vip-Platinum", "Crew", "vegan"
    if mistakes:
        for n, at, text in (
            *((3, 4, "half past eight"), (4, 3, "31.02.2090"), (6, 5, "perhaps")),
            *((7, 0, "G008"), (9, 0, "4.00638E+12"), (10, 4, "21:15")),
        ):
            rows[n][at] = text
    return HEAD + "".join(";".join(row) + "\n" for row in rows)


def look_at(desk: Page, file: Path, text: str) -> None:
    file.write_text(text)
    desk.get_by_label("File", exact=True).set_input_files(file)
    desk.get_by_role("button", name="Look at it").click()


def import_guests(desk: Page, event: Any, folder: Path) -> None:
    """Import the seller's list as an organiser does: mend what the preview names, then what it asks."""
    desk.goto(f"/admin/imports?event={event['uuid']}")
    look_at(desk, folder / "guests.csv", seller_list(mistakes=True))
    for row, text in IN_THE_FILE.items():
        mistake = desk.get_by_role("row", name=re.compile(rf"^{row} .*{re.escape(text)}"))
        expect(mistake).to_be_visible(timeout=SOON_MS)
    expect(desk.get_by_role("button", name=re.compile("^Import "))).to_have_count(0)
    look_at(desk, folder / "mended.csv", seller_list(mistakes=False))
    facts = desk.locator("#check-facts")
    expect(facts).to_contain_text("“Vip-Platinum”, 1 ticketRead as VIP Platinum", timeout=SOON_MS)
    desk.get_by_label("“Crew”, 1 ticket: no product of this event. It is").select_option("Standard")
    desk.get_by_label("Column “Diet”").select_option("An answer, kept with the ticket")
    desk.get_by_role("button", name="Look again").click()
    expect(facts).not_to_contain_text("No product of this event")
    desk.get_by_role("button", name="Import 30 tickets").click()
    expect(desk.get_by_text("All 30 tickets are imported")).to_be_visible(timeout=SOON_MS)


def sell(desk: Page, event: Any, count: int, method: str) -> None:
    """Sell tickets of the first time at the box office."""
    desk.goto(f"/admin/sell/{event['uuid']}")
    desk.get_by_label("Standard", exact=True).fill(str(count))
    desk.get_by_label(method, exact=True).check()
    desk.get_by_role("button", name="Sell for").click()
    expect(desk.get_by_role("heading", name=f"Sold: {count} tickets.")).to_be_visible(timeout=SOON_MS)


def book_as_guests(guest: Page, event: Any) -> None:
    """Book 20 tickets on the booking page, one by one: each fourth costs money, which is owed then.

    The first four are filled in and looked at; of the others the browser sends what the form would.
    """
    for number in range(20):
        kind = "Friend" if number % 4 else "Standard"
        at = EARLY if number % 2 else LATE
        name, phone = f"Booker {number:02} Web", f"+33 6 12 34 50 {number:02}"
        if number >= 4:
            form: dict[str, str | float | bool] = {
                "date": DAY,
                "time": at,
                "product": kind,
                "name": name,
                "phone_number": phone,
            }
            assert "Booked." in guest.request.post(f"/book/{event['uuid']}", form=form, timeout=SOON_MS).text()
            continue
        guest.goto(f"/book/{event['uuid']}")
        guest.get_by_role("radio", name=at).check(force=True)
        guest.get_by_label("Kind of ticket").select_option(kind)
        guest.get_by_label("Your name").fill(name)
        guest.get_by_label("Your phone number").fill(phone)
        guest.get_by_role("button", name="Book", exact=True).click()
        expect(guest.get_by_text("Booked.")).to_be_visible()
        expect(guest.get_by_role("status").get_by_text("€10.00").first).to_be_visible(visible=kind == "Standard")


def pass_by(phone: Page, code: str, word: str, tone: str, *texts: str) -> None:
    """Read a code, see the verdict, and go on to the next guest."""
    read(phone, code)
    expect_verdict(phone, word, tone, *texts)
    phone.evaluate("document.querySelector('#verdict').close()")


def expect_figures(page: Page, figures: dict[str, int]) -> None:
    for name, number in figures.items():
        expect(page.locator(f"[data-figure={name}]"), name).to_have_text(str(number), timeout=SOON_MS)


def rows_of(site: Site, page: Page, path: str) -> list[dict[str, str]]:
    """Return the rows of a file for spreadsheets."""
    text = page.request.get(site.url + path).body().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_all_figures_of_an_evening_agree(evening: Site, desk: Page, phone: Page, contexts: Any, tmp_path: Path) -> None:
    site = evening
    showings = [{"date": DAY, "time": time, "capacity": 60} for time in (EARLY, LATE)]
    event = site.make_event(
        name="The evening", products=PRODUCTS, showings=showings, booking="open", reentry="reentry", max_inside=None
    )
    uuid = event["uuid"]

    # --- before the doors open
    sell(desk, event, 6, "Cash")
    sell(desk, event, 4, "Card")
    import_guests(desk, event, tmp_path)
    book_as_guests(watched(contexts(viewport={"width": 390, "height": 844}).new_page()), event)
    tickets = site.call("GET", f"/api/tickets?event={uuid}&limit=200")
    assert len(tickets) == 60
    booked = sorted((each for each in tickets if each["name"].startswith("Booker")), key=lambda each: each["name"])
    assert Counter(ticket["status"] for ticket in booked) == {"valid": 15, "unpaid": 5}
    at_desk = [each["code"] for each in tickets if each["paid"]]
    assert len(at_desk) == 10
    owing = [ticket["code"] for ticket in booked if ticket["status"] == "unpaid"]
    friends = [ticket["code"] for ticket in booked if ticket["status"] == "valid"]

    # --- the doors: one lets in, one lets out, one is in training
    dashboard = desk.context.new_page()
    dashboard.goto(f"/events/{uuid}")
    dashboard.get_by_role("button", name="All times").click()
    pair(site, phone, event, "Gate 1", may=["sell", "names"])
    phone.wait_for_function(CONTROLLED)
    trainee = watched(contexts(viewport={"width": 390, "height": 844}).new_page())
    pair(site, trainee, event, "Gate 2")
    trainee.get_by_text("More", exact=True).click()
    trainee.get_by_label("Training").check()
    pass_by(trainee, at_desk[0], "Admitted", "pass")
    for code in at_desk[:4]:
        pass_by(phone, code, "Admitted", "pass")
    leaving = watched(contexts(viewport={"width": 390, "height": 844}, color_scheme="dark").new_page())
    pair(site, leaving, event, "Exit")
    pass_by(leaving, at_desk[0], "Refused", "refuse", "Already scanned", "by Gate 1")  # refused 1
    read(phone, owing[0])
    expect_verdict(phone, "Refused", "refuse", "10.00 EUR to pay")  # refused 2
    phone.get_by_role("button", name="Take 10.00 EUR: cash").click()
    expect_verdict(phone, "Admitted", "pass", "10.00 EUR taken, cash")
    phone.evaluate("document.querySelector('#verdict').close()")

    # --- the network is gone: the phone decides, is reloaded, and decides on
    site.stop()
    pass_by(phone, at_desk[4], "Admitted", "pass", "Decided offline")
    phone.reload()
    expect(phone.locator("#health")).to_contain_text("Offline, 1 scan waits", timeout=SOON_MS)
    pass_by(phone, at_desk[4], "Refused", "refuse", "Already scanned")  # refused 3
    pass_by(phone, friends[0], "Admitted", "pass", "Decided offline")
    pass_by(phone, "G005", "Admitted", "pass", "Decided offline")
    site.start()
    expect(phone.locator("#health")).to_have_text("Ready", timeout=SOON_MS)

    # --- the exit
    expect(leaving.locator("#health")).to_have_text("Ready", timeout=SOON_MS)
    leaving.get_by_label("Exit").check(force=True)
    expect(leaving.locator("#direction-on")).to_contain_text("EXIT")
    for code in at_desk[:2]:
        pass_by(leaving, code, "Left", "exit")
    pass_by(leaving, friends[1], "Refused", "refuse", "Is this phone on Exit?")

    # --- all figures agree
    came, inside, refused, taken = 8, 6, 3, "110.00"
    stats = site.call("GET", f"/api/events/{uuid}/stats")
    assert (stats["booked"], stats["came"], stats["no_show"] + stats["expected"]) == (60, came, 60 - came)
    by_time = {each["time"]: (each["booked"], each["came"]) for each in stats["showings"]}
    assert [sum(column) for column in zip(*by_time.values(), strict=True)] == [60, came]
    counts = site.call("GET", f"/api/events/{uuid}/occupancy")
    assert (counts["admitted"], counts["inside"], counts["denied"]) == (came, inside, refused)
    wall = watched(desk.context.new_page())
    wall.goto(f"/events/{uuid}?wall")
    both = {"booked": 60, "admitted": came, "inside": inside, "denied": refused}
    expect_figures(dashboard, both)
    early = {"booked": by_time[EARLY][0], "admitted": by_time[EARLY][1]}
    dashboard.get_by_role("button", name=EARLY, exact=True).click()  # both are on one day
    for page in (dashboard, wall):
        expect_figures(page, both | early)
    expect(dashboard.locator("#devices .device-state").filter(has_text="Gate 2 is training")).to_have_count(
        1, timeout=SOON_MS
    )
    report = site.call("GET", f"/api/events/{uuid}/report")
    assert (report["booked"], report["came"]) == (60, came)
    desk.goto(f"/events/{uuid}/report")
    methods = desk.get_by_role("region", name="Takings by method")
    expect(methods.get_by_role("row", name=re.compile("^Cash"))).to_contain_text("70.00")
    expect(methods.get_by_role("row", name=re.compile("^Card"))).to_contain_text("40.00")
    takings = site.call("GET", f"/api/events/{uuid}/takings")
    assert [row["net"] for row in takings["totals"]] == [taken]
    assert {row["name"]: row["net"] for row in takings["people"]} == {"organiser": "100.00", "Gate 1": "10.00"}
    desk.goto(f"/admin/till/{uuid}")
    till = desk.get_by_role("region", name="Your till")
    expect(till.get_by_role("row", name="Cash, EUR")).to_contain_text("60.00", timeout=SOON_MS)
    expect(till.get_by_role("row", name="Card, EUR")).to_contain_text("40.00")

    # --- and so do the files
    listed = rows_of(site, desk, f"/api/events/{uuid}/tickets.csv")
    assert len(listed) == 60
    assert sum(row["first_entry"] != "" for row in listed) == came
    scans = rows_of(site, desk, f"/api/events/{uuid}/scans.csv")
    admitted = [row for row in scans if row["code"] == "admitted"]
    assert len({row["ticket"] for row in admitted}) == len(admitted) == came
    until(lambda: not site.call("GET", f"/api/scans?event={uuid}&code=conflict"), "nothing is in conflict")
