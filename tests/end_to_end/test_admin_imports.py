"""The page of imports names what is open in a file before anything happens, and says once that a list is known."""

import re
from pathlib import Path

from openpyxl import Workbook
from playwright.sync_api import Page, Route, expect

from tests.end_to_end.accessibility import expect_accessible
from tests.end_to_end.site import Site

FILE = """Guests of the winter concert
barcode;name;product;row;seat;Diet
x1;Ada Example;Vip-Platinum;F;12;vegan
x2;Bob Example;Crew;;;
"""


def test_products_seats_and_answers_are_named_before_and_a_known_list_once(
    site: Site, organiser: Page, tmp_path: Path
) -> None:
    event = site.make_event(name="Named", products=[{"name": "VIP Platinum"}, {"name": "Standard"}])
    file = tmp_path / "guests.csv"
    file.write_text(FILE)
    organiser.goto(f"/admin/imports?event={event['uuid']}")
    organiser.get_by_label("File", exact=True).set_input_files(file)
    organiser.get_by_role("button", name="Look at it").click()
    facts = organiser.locator("#check-facts")
    expect(facts).to_contain_text("ColumnsCode, Whole name, Product, Row of the seat, Seat")
    expect(facts).to_contain_text("“Vip-Platinum”, 1 ticketRead as VIP Platinum")
    expect(facts).to_contain_text("“Crew”, 1 ticketNo product of this event")
    expect(organiser.locator("#sample")).to_contain_text("Row F, seat 12")
    organiser.get_by_label("“Crew”, 1 ticket: no product of this event. It is").select_option("Standard")
    organiser.get_by_label("Column “Diet”").select_option("An answer, kept with the ticket")
    organiser.get_by_role("button", name="Look again").click()
    expect(organiser.locator("#sample")).to_contain_text("Diet: vegan")
    expect(facts).not_to_contain_text("No product of this event")
    organiser.get_by_role("button", name="Import 2 tickets").click()
    expect(organiser.get_by_text("All 2 tickets are imported")).to_be_visible()
    found = site.call("GET", f"/api/tickets?event={event['uuid']}")
    assert sorted(ticket["product"] for ticket in found) == ["Standard", "VIP Platinum"]
    organiser.get_by_label("File", exact=True).set_input_files(file)
    organiser.get_by_role("button", name="Look at it").click()
    expect(organiser.get_by_text("All 2 tickets of this file are here already")).to_be_visible()
    expect(organiser.locator("#check-actions button")).to_have_count(0)


def test_a_list_of_another_code_page_shows_how_it_may_be_read_and_asks(
    site: Site, organiser: Page, tmp_path: Path
) -> None:
    event = site.make_event(name="Elsewhere")
    file = tmp_path / "guests.csv"
    file.write_bytes("barcode;name\nx1;Łukasz Świątek\n".encode("cp1250"))
    organiser.goto(f"/admin/imports?event={event['uuid']}")
    organiser.get_by_label("File", exact=True).set_input_files(file)
    organiser.get_by_role("button", name="Look at it").click()
    expect(organiser.locator("#notice")).to_contain_text("cannot be read for certain")
    expect_accessible(organiser)
    organiser.get_by_label("Row 2 reads rightly as").select_option("x1;Łukasz Świątek (windows-1250)")
    organiser.get_by_role("button", name="Look again").click()
    expect(organiser.locator("#sample")).to_contain_text("Łukasz")
    expect(organiser.locator("#check-facts")).to_contain_text("Windows-1250")
    organiser.get_by_role("button", name="Import 1 ticket").click()
    expect(organiser.get_by_text("All 1 tickets are imported")).to_be_visible()


def test_the_code_page_of_a_list_can_be_changed_in_every_check(site: Site, organiser: Page, tmp_path: Path) -> None:
    event = site.make_event(name="Read anew")
    file = tmp_path / "guests.csv"
    file.write_bytes("barcode;name;notice\nx1;Kaczyński;\n".encode("cp1250"))  # may be Spanish
    organiser.goto(f"/admin/imports?event={event['uuid']}")
    organiser.get_by_label("File", exact=True).set_input_files(file)
    organiser.get_by_role("button", name="Look at it").click()
    expect(organiser.locator("#sample")).to_contain_text("Kaczyñski")
    organiser.get_by_label("Row 2 reads rightly as").select_option("windows-1250")
    organiser.get_by_role("button", name="Look again").click()
    expect(organiser.locator("#sample")).to_contain_text("Kaczyński")
    organiser.get_by_label("Row 2 reads rightly as").select_option("windows-1252")
    organiser.get_by_role("button", name="Look again").click()
    expect(organiser.locator("#sample")).to_contain_text("Kaczyñski")
    expect_accessible(organiser)


def test_a_list_of_cancelled_tickets_alone_says_that_and_offers_nothing(
    site: Site, organiser: Page, tmp_path: Path
) -> None:
    event = site.make_event(name="Cancelled")
    file = tmp_path / "guests.csv"
    file.write_text("barcode;name;status\nx1;Ada Example;Remboursé\nx2;Bob Example;refunded\n")
    organiser.goto(f"/admin/imports?event={event['uuid']}")
    organiser.get_by_label("File", exact=True).set_input_files(file)
    organiser.get_by_role("button", name="Look at it").click()
    expect(organiser.locator("#notice")).to_contain_text("All 2 tickets of this file were cancelled at their seller")
    expect(organiser.locator("#check")).to_be_hidden()


def test_what_a_workbook_hides_and_other_sheets_are_said_before_anything_happens(
    site: Site, organiser: Page, tmp_path: Path
) -> None:
    event = site.make_event(name="Hidden")
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Barcode", "Name", "Phone"], *([f"B{n}", f"Ada {n}", "0123 4"] for n in range(4))):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = sheet.column_dimensions["C"].hidden = True
    other = book.create_sheet("Saturday")
    for row in (["Barcode", "Name"], ["S1", "Bob"]):
        other.append(row)
    file = tmp_path / "guests.xlsx"
    book.save(file)
    organiser.goto(f"/admin/imports?event={event['uuid']}")
    organiser.get_by_label("File", exact=True).set_input_files(file)
    organiser.get_by_role("button", name="Look at it").click()
    facts = organiser.locator("#check-facts")
    expect(facts).to_contain_text("1 row that the workbook hides is read, too")
    expect(facts).to_contain_text("Hidden columns, read tooC")
    expect(facts).to_contain_text("Other sheets that look like lists: Saturday.")
    expect(facts).not_to_contain_text("Many at once")


def test_a_file_that_is_too_large_is_said_to_be_that_before_it_is_sent(
    site: Site, organiser: Page, tmp_path: Path
) -> None:
    event = site.make_event(name="Large")
    file = tmp_path / "guests.csv"
    file.write_bytes(b"barcode\n" + b"x" * (64 * 2**20))
    organiser.goto(f"/admin/imports?event={event['uuid']}")
    organiser.get_by_label("File", exact=True).set_input_files(file)
    organiser.get_by_role("button", name="Look at it").click()
    expect(organiser.locator("#notice")).to_have_text(
        "This file has 65 MB, and 64 MB are taken at most: send the list in several files."
    )
    expect(organiser.get_by_label("File", exact=True)).to_be_focused()


def test_progress_of_one_events_import_is_not_shown_under_another_event(
    site: Site, organiser: Page, tmp_path: Path
) -> None:
    first, second = (site.make_event(name=f"Progress of {name}") for name in ("one", "another"))
    file = tmp_path / "guests.csv"
    file.write_text("barcode,name\nx1,Ada\n")
    organiser.goto(f"/admin/imports?event={first['uuid']}")
    organiser.get_by_label("File", exact=True).set_input_files(file)
    organiser.get_by_role("button", name="Look at it").click()
    organiser.get_by_role("button", name="Import 1 ticket").click()
    done = organiser.get_by_text("All 1 tickets are imported")
    expect(done).to_be_visible()
    organiser.reload()
    expect(done).to_be_visible()
    organiser.locator("#event").select_option(second["uuid"])
    expect(done).to_be_hidden()
    expect(organiser).to_have_url(re.compile(rf"\?event={second['uuid']}$"))
    organiser.reload()
    expect(organiser.locator("#event")).to_have_value(second["uuid"])
    organiser.wait_for_load_state("networkidle")
    expect(organiser.locator("#progress-box")).to_be_hidden()


def test_an_import_that_runs_is_followed_no_more_once_another_event_is_chosen(
    site: Site, organiser: Page, tmp_path: Path
) -> None:
    first, second = (site.make_event(name=f"Followed to {name}") for name in ("one", "another"))
    file = tmp_path / "guests.csv"
    file.write_text("barcode,name\nx1,Ada\n")
    held: list[Route] = []
    organiser.route("**/api/imports/*", lambda route: held.append(route))
    organiser.goto(f"/admin/imports?event={first['uuid']}")
    organiser.get_by_label("File", exact=True).set_input_files(file)
    organiser.get_by_role("button", name="Look at it").click()
    with organiser.expect_request("**/api/imports/*"):
        organiser.get_by_role("button", name="Import 1 ticket").click()
    expect(organiser.locator("#progress-box")).to_be_visible()
    organiser.locator("#event").select_option(second["uuid"])
    expect(organiser.locator("#progress-box")).to_be_hidden()
    error = {"title": "The import failed", "rows_refused": [], "rows_count": 0, "message": "Stopped by a restart"}
    failed = {"state": "failed", "rows": 1, "staged": 0, "changed": 0, "canceled": 0, "error": error}
    with organiser.expect_response("**/api/imports/*"):
        held[0].fulfill(json=failed)
    organiser.evaluate("() => fetch('/static/admin/imports.js').then((answer) => answer.text())")
    expect(organiser.locator("#notice")).to_be_hidden()
    organiser.unroute("**/api/imports/*")


def test_an_import_is_followed_to_its_end_also_while_the_database_is_away(
    site: Site, organiser: Page, tmp_path: Path
) -> None:
    event = site.make_event(name="Elected")
    file = tmp_path / "guests.csv"
    file.write_text("barcode,name\nx1,Ada\n")
    asked: list[str] = []

    def away(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            route.abort()
        elif len(asked) == 2:
            title = "The database does not answer: try again"
            route.fulfill(status=503, json={"title": title, "code": "unavailable"})
        else:
            route.continue_()

    organiser.route("**/api/imports/*", away)
    organiser.goto(f"/admin/imports?event={event['uuid']}")
    organiser.get_by_label("File", exact=True).set_input_files(file)
    organiser.get_by_role("button", name="Look at it").click()
    organiser.get_by_role("button", name="Import 1 ticket").click()
    expect(organiser.get_by_text("All 1 tickets are imported")).to_be_visible()
    assert len(asked) > 2


def test_words_for_states_are_named_with_their_columns_where_there_are_several(
    site: Site, organiser: Page, tmp_path: Path
) -> None:
    event = site.make_event(name="Two columns of states")
    file = tmp_path / "billetweb.csv"
    file.write_text("Code-barres;Payé;Valide\nA1;Oui;Oui\nA2;Non;Oui\nA3;Oui;Non\n")
    organiser.goto(f"/admin/imports?event={event['uuid']}")
    organiser.get_by_label("File", exact=True).set_input_files(file)
    organiser.get_by_role("button", name="Look at it").click()
    facts = organiser.locator("#check-facts")
    for said in (
        "Paid: “Oui” (2)A good",
        "Paid: “Non” (1)Not paid",
        "Valid: “Oui” (2)A good",
        "Valid: “Non” (1)Cancelled",
    ):
        expect(facts).to_contain_text(said)
