"""Heads of sellers' exports as they are downloaded, with a row as it stands there: what each column is read as."""

import pytest

from hub.importing.file.columns import recognise
from tests.hub.importing.files import check, problems_of, refused, when_of

EVENTBRITE = (
    "{order},Order Date,First Name,{last},Email,Quantity,Price Tier,Ticket Type,{attendee},Group,Order Type,Currency,"
    "Total Paid,Fees Paid,Eventbrite Fees,Eventbrite Payment Processing,Attendee Status,{phone},Job Title"
)
AMERICAN = EVENTBRITE.format(order="Order #", last="Last Name", attendee="Attendee #", phone="Cell Phone")
BRITISH = EVENTBRITE.format(order="Order no.", last="Surname", attendee="Attendee no.", phone="Mobile Phone")
ATTENDEE = (
    "752327237,11/29/24 22:28,Ada,Example,a@b.org,{n},,VIP,937711035,,Free Order,USD,0,0,0,0,Attending,01234,Dr\n"
)
UNIVERSE_GUESTS = "Date Attending,Ticket ID,First Name,Last Name,Ticket Type,Order Status,Ticket Status"
UNIVERSE_TICKETS = (
    "Ticket ID,Order ID,Date of Order,Date Attending,First Name,Last Name,Email,Ticket Type(s),Listing Name,"
    "Order Status"
)
HI_EVENTS = (
    "ID,First Name,Last Name,Email,Status,Is Checked In,Checked In At,Product ID,Product Name,Event ID,Public ID,"
    "Short ID,Created Date,Last Updated Date,Notes"
)
WEEZEVENT = "barcode;name of the ticket type;price;last name;first name;email address;company;notes"

BILLETWEB = "Code-barres;Commande;Nom;Prénom;Email;Date;Payé;Valide;Séance;Billet;Catégorie;Tarif;Prix;Utilisé;Place"
HELLOASSO = (
    "Référence commande;Date de la commande;Statut de la commande;Nom participant;Prénom participant;Nom payeur;"
    "Prénom payeur;Email payeur;Raison sociale;Moyen de paiement;Billet;Numéro de billet;Tarif;Montant tarif;"
    "Code Promo;Montant code promo"
)


@pytest.mark.parametrize("head", [AMERICAN, BRITISH])
def test_eventbrites_attendees_have_the_code_that_their_tickets_hold(head: str) -> None:
    """Its QR is the order's number, the attendee's, and the ticket's place: as its API tells them in `barcodes`."""
    checked = check(f"{head}\n{ATTENDEE.format(n=1)}")
    [row] = checked.sample
    assert row.guest.barcode == "752327237937711035001"
    assert (row.guest.first_name, row.guest.last_name, row.guest.product) == ("Ada", "Example", "VIP")
    assert (row.reservation, row.email, row.phone_number) == ("752327237", "a@b.org", "01234")
    assert checked.warnings == []


def test_a_barcode_column_goes_before_what_could_be_made_of_numbers() -> None:
    head = AMERICAN.replace("Group", "Barcode #")
    [row] = check(f"{head}\n{ATTENDEE.format(n=1).replace('937711035,', '937711035,B7')}").sample
    assert row.guest.barcode == "B7"


@pytest.mark.parametrize("ruined", ["7.52327E+08", "9,37711E+08"])
def test_numbers_that_a_spreadsheet_ruined_make_no_code(ruined: str) -> None:
    row = ATTENDEE.format(n=1).replace("752327237" if ruined[0] == "7" else "937711035", f'"{ruined}"')
    assert problems_of(refused(f"{AMERICAN}\n{row}")) == [(2, "barcode", "spreadsheet")]


@pytest.mark.parametrize("said", ["3", "2.0", "12", "3x", "x3", "3 st", "3 Stück", "0", "3 шт."])
def test_a_row_of_several_tickets_is_warned_of(said: str) -> None:
    [warning] = check(f"{AMERICAN}\n{ATTENDEE.format(n=said)}").warnings
    assert (warning.row, warning.column, warning.code) == (2, "quantity", "quantity")
    assert f"says {''.join(each for each in said.removesuffix('.0') if each.isdecimal())} tickets" in warning.message


@pytest.mark.parametrize("said", ["1", "1.0", "1x", "x 1", "1 ticket", ""])
def test_a_row_of_one_ticket_is_no_reason_to_warn(said: str) -> None:
    assert check(f"{AMERICAN}\n{ATTENDEE.format(n=said)}").warnings == []


@pytest.mark.parametrize("said", ["two", "1/3", "dreimal"])
def test_a_number_of_tickets_that_cannot_be_read_is_said(said: str) -> None:
    [warning] = check(f"{AMERICAN}\n{ATTENDEE.format(n=said)}").warnings
    assert (warning.code, warning.message) == ("quantity", "cannot be read: a row is imported as one")


def test_universes_reports_are_read() -> None:
    guests = f"{UNIVERSE_GUESTS}\n2026-12-24 20:30,T1,Ada,Example,VIP,paid,closed\n"
    tickets = f"{UNIVERSE_TICKETS}\nT1,O1,2026-01-02 10:00,2026-12-24 20:30,Ada,Example,a@b.org,VIP,Nuit,paid\n"
    for file in (guests, tickets):
        [row] = check(file).sample
        assert (row.guest.barcode, row.guest.product, when_of(row)) == ("T1", "VIP", ("2026-12-24", "20:30"))


def test_hi_events_attendees_are_known_by_what_their_tickets_hold() -> None:
    row = "17,Ada,Example,a@b.org,ACTIVE,No,,3,VIP - Early,9,A-7Q2XK1,a_1,2026-01-02 10:00:00,2026-01-02 10:00:00,\n"
    [read] = check(f"{HI_EVENTS}\n{row}").sample
    assert (read.guest.barcode, read.guest.product) == ("A-7Q2XK1", "VIP - Early")


def test_weezevents_lists_of_other_distributors_are_read() -> None:
    [row] = check(f"{WEEZEVENT}\nX1;Plein tarif;35,99;Exemple;Zoé;z@b.org;Société;\n").sample
    guest = row.guest
    assert (guest.barcode, guest.first_name, guest.last_name) == ("X1", "Zoé", "Exemple")
    assert (guest.product, guest.price, row.email) == ("Plein tarif", "35,99", "z@b.org")


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        ("Event start date,Event start time", "2026-12-24,8:30 PM"),
        ("Start time", "2026-12-24 20:30"),
        ("Event start time", "12/24/2026 8:30 PM"),
        ("Start time", "20:30"),
    ],
)
def test_a_start_time_may_hold_its_date_too(head: str, cells: str) -> None:
    assert when_of(check(f"barcode,{head}\nx,{cells}\n").sample[0]) == ("2026-12-24", "20:30")


def test_heads_of_signs_alone_are_told_apart() -> None:
    assert recognise(["★", "?"], {"★": "barcode", "?": "name"}).places == {"barcode": 0, "name": 1}


def billetweb(*said: str) -> str:
    row = "30000000000{n};BW1;Example;Ada;a@b.org;01/11/2026 10:00;{said};24/12/2026 20:30;VIP;;Full;25.00;Non;\n"
    return f"{BILLETWEB}\n" + "".join(row.format(n=n, said=each) for n, each in enumerate(said))


def test_billetwebs_tickets_that_are_not_valid_any_more_are_left_out() -> None:
    checked = check(billetweb("Oui;Oui", "Oui;Non", "Non;Oui"))
    read = [(row.guest.barcode, row.status, row.guest.product, when_of(row)) for row in checked.sample]
    at = ("VIP", ("2026-12-24", "20:30"))
    assert read == [("300000000000", "valid", *at), ("300000000002", "unpaid", *at)]
    assert checked.left_out == 1


@pytest.mark.parametrize("said", ["peut-être", "sous réserve"])
def test_a_word_in_a_column_of_validity_that_nobody_knows_is_asked_about(said: str) -> None:
    assert problems_of(refused(billetweb("Oui;Oui", f"Oui;{said}"))) == [(3, "valid", "unknown_state")]


@pytest.mark.parametrize(("said", "status"), [("", "valid"), ("-", "valid"), ("valide", "valid"), ("1", "valid")])
def test_a_ticket_of_whose_validity_nothing_or_good_is_said_is_valid(said: str, status: str) -> None:
    assert [row.status for row in check(billetweb(f"Oui;{said}")).sample] == [status]


@pytest.mark.parametrize("said", ["Non", "non", "0", "annulé", "faux"])
def test_a_ticket_that_is_said_not_to_be_valid_is_left_out(said: str) -> None:
    assert check(billetweb("Oui;Oui", f"Oui;{said}")).left_out == 1


def test_helloassos_tickets_are_of_the_kind_that_its_tariff_is_and_its_links_are_none() -> None:
    link = "https://www.helloasso.com/associations/a/evenements/b/billet/52310927"
    rows = "".join(
        f"41223344;01/11/2026 18:20;{state};EXAMPLE;Ada;EXAMPLE;Grace;g@b.org;;Carte;{link};5231092{n};VIP;25,00;;\n"
        for n, state in enumerate(("Validé", "Annulé", "Remboursé"))
    )
    checked = check(f"{HELLOASSO}\n{rows}")
    [row] = checked.sample
    assert (row.guest.barcode, row.reservation, row.guest.product, row.guest.price) == (
        "52310920", "41223344", "VIP", None
    )  # fmt: skip
    assert (row.guest.first_name, row.guest.last_name, row.email) == ("Ada", "EXAMPLE", "g@b.org")
    assert "Billet" in checked.table.ignored
    assert checked.left_out == 2


def test_a_tariff_and_a_kind_stay_what_they_are_at_other_sellers() -> None:
    columns = recognise(["Code-barres", "Billet", "Tarif"])
    assert columns.places == {"barcode": 0, "product": 1, "price": 2}
