"""Reading files of others: encodings, separators, quotes, columns of pretix and TiBillet, times; whatever is sent."""

import csv
import io
import traceback
from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.errors import BadInput, HubError
from hub.formats.csv_cells import from_cell, to_cell, to_phone_cell
from hub.importing.file.columns import AMBIGUOUS_MEANINGS, MARK_LANGUAGES, MEANINGS, NAMES, bare, recognise
from hub.importing.file.showings import MOST_KNOWN, Times, WrongTime
from hub.importing.file.table import Table
from hub.importing.file.vocabulary import HEADS, MARKS
from hub.tickets.seats import new_showing
from tests.hub.importing.files import EVENT, NOW, SEATS, check, times, uploaded, when_of


def first_row(content: str, when: Times | None = None) -> dict[str, object]:
    row = check(content, when).sample[0]
    guest = row.guest
    return {
        "barcode": guest.barcode,
        "name": (guest.first_name, guest.last_name),
        "product": guest.product,
        "price": guest.price,
        "phone": row.phone_number,
        "order": row.reservation,
        "paid": row.paid,
        "when": when_of(row),
    }


# --- encodings and separators ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "read_as"), [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("cp1252", "Windows-1252")]
)
def test_the_usual_encodings_are_told_apart(encoding: str, read_as: str) -> None:
    checked = check("barcode;prénom\nx;Søren €\n".encode(encoding))
    assert checked.table.encoding == read_as
    assert checked.sample[0].guest.first_name == "Søren €"


def test_what_windows_would_not_write_is_read_as_latin_1() -> None:
    checked = check("barcode,name,seat\nx,Zoë,\x81\n".encode("latin-1"))
    assert checked.sample[0].guest.first_name == "Zoë"
    assert checked.table.encoding == "Latin-1"


def test_a_letter_cut_in_two_by_the_network_is_still_one() -> None:
    upload = uploaded("barcode,name\nx,Zoë\n".encode(), piece=1)
    assert upload.encoding == "utf-8-sig"
    upload.close()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_are_found_by_what_they_make_of_the_head(separator: str) -> None:
    head = separator.join(["Barcode", '"Name, first; last"', "First name"])
    checked = check(f"{head}\n{separator.join(['x', '', 'Ada'])}\n")
    assert checked.sample[0].guest.first_name == "Ada"
    assert checked.table.ignored == ["Name, first; last"]


def test_quotes_hold_separators_quotes_and_line_ends() -> None:
    row = first_row('barcode,product,first_name\r\n"a,b","say ""VIP""",Ada\r\n')
    assert (row["barcode"], row["product"]) == ("a,b", 'say "VIP"')
    checked = check('barcode,first_name\nx,"two\nlines"\ny,\x00\n')
    assert [row.guest.first_name for row in checked.sample] == ["two lines", ""]
    assert [(each.row, each.column) for each in checked.warnings] == [(2, "first_name"), (3, "first_name")]


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_whatever_bytes_come_are_read_or_refused_and_never_break(content: bytes) -> None:
    try:
        check(b"barcode,first_name,date\n" + content)
    except BadInput:
        pass


@settings(deadline=None)
@given(st.lists(st.text(max_size=20), min_size=1, max_size=8), st.sampled_from(",;\t"))
def test_any_head_is_read(head: list[str], separator: str) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerow(head)
    upload = uploaded(text.getvalue().encode("utf-8", "replace") + b"x")
    try:
        with upload.text() as read:
            places = Table(read).columns.places
    except BadInput:
        return
    finally:
        upload.close()
    assert all(place < 100 for place in places.values())


# --- cells that spreadsheets run ---------------------------------------------------------------------------------


@given(st.text())
def test_a_cell_is_read_as_it_was_written_and_no_spreadsheet_runs_it(text: str) -> None:
    cell = to_cell(text)
    assert from_cell(cell) == text
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("number", ["+33 1 23 45 67", "-12", "0123"])
def test_valid_phone_numbers_stay_as_they_are(number: str) -> None:
    assert to_phone_cell(number) == number


def test_what_only_looks_like_a_phone_number_is_prefixed() -> None:
    assert to_phone_cell("+33=cmd|' /C calc'!A0") == "'+33=cmd|' /C calc'!A0"


# --- columns of others -------------------------------------------------------------------------------------------


PRETIX_LIST = (
    "Order code,Attendee name,Attendee name: Given name,Attendee name: Family name,Product,Price,Checked in,"
    "Checked out,Automatically checked in,Paid,Secret,E-mail,Company,Voucher code,Order date"
)
PRETIX_POSITIONS = (
    "Event slug,Order code,Position ID,Status,Email,Phone number,Order date,Order time,Product,Variation,Price,"
    "Tax rate,Tax rule,Tax value,Attendee name,Attendee email,Pseudonymization ID,Ticket secret,Seat ID,Blocked"
)
TIBILLET = (
    "event_name,event_datetime,first_name,last_name,email,userId,reservation_uuid,status,price_name,product_name,"
    "options,reservation_datetime,payment_method"
)


def test_pretix_check_in_lists_are_read() -> None:
    row = first_row(
        PRETIX_LIST + '\nABCDE,Ada Lovelace,Ada,Lovelace,"Regular, VIP",23.00,,,No,Yes,k2jh34kj5h,a@b.c,,,2026-11-01\n'
    )
    assert (row["barcode"], row["name"], row["product"], row["order"], row["paid"]) == (
        "k2jh34kj5h",
        ("Ada", "Lovelace"),
        "Regular, VIP",
        "ABCDE",
        True,
    )


def test_pretix_order_positions_are_read_and_unpaid_ones_are_unpaid() -> None:
    line = "night,ABCDE,1,pending,a@b.c,+49 30 1234,2026-11-01,10:00:00,Regular,,23.00,,,,Ada Lovelace,,P1,s3cr3t,,\n"
    row = first_row(f"{PRETIX_POSITIONS}\n{line}")
    assert (row["barcode"], row["name"], row["phone"], row["paid"]) == (
        "s3cr3t",
        ("Ada", "Lovelace"),
        "+49 30 1234",
        False,
    )


def test_pretix_series_name_their_dates_in_a_column_of_their_own() -> None:
    head = "Secret,Date,Start date,End date"
    when = times(("2026-12-24", "20:30"), ("2026-12-25", "20:30"))
    row = first_row(f"{head}\nx,Winter concert,2026-12-25 20:30:00,2026-12-25 22:00:00\n", when)
    assert row["when"] == ("2026-12-25", "20:30")


def test_tibillets_tickets_are_read_and_known_by_their_reservation() -> None:
    line = "Nuit,24/12/2026 20:30,Ada,Lovelace,a@b.c,a@b.c 1f,1f0c,Non scanné,Plein tarif,Billet,,01/11/2026 10:00,CB"
    checked = check(f"{TIBILLET}\n{line}\n{line}\n")
    ids = [row.guest.uuid for row in checked.sample]
    assert (checked.rows, len(set(ids))) == (2, 2)
    assert [row.guest.uuid for row in check(f"{TIBILLET}\n{line}\n{line}\n").sample] == ids
    assert (checked.sample[0].guest.product, checked.sample[0].guest.price) == ("Billet", "Plein tarif")


@pytest.mark.parametrize(
    ("head", "columns"),
    [
        (
            "Bestellnummer;Teilnehmername;Produkt;Preis;Bezahlt;Telefonnummer",
            "reservation name product price paid phone_number",
        ),
        ("Nom;Prénom;Téléphone;Produit;Tarif;Heure", "last_name first_name phone_number product price time"),
        (" BAR code ;first_NAME;E-Mail", "barcode first_name email"),
    ],
)
def test_columns_are_known_in_three_languages_whatever_their_case(head: str, columns: str) -> None:
    assert list(recognise(head.split(";")).places) == columns.split()


@pytest.mark.parametrize(
    ("head", "columns"),
    [
        (
            "Codice a barre;Numero ordine;Nome;Cognome;Telefono;Tipo di biglietto;Prezzo;Data;Ora;Stato",
            "barcode reservation first_name last_name phone_number product price date time status",
        ),
        (
            "Streepjescode;Bestelnummer;Voornaam;Achternaam;E-mailadres",
            "barcode reservation first_name last_name email",
        ),
        (
            "Código de barras;Número do pedido;Nome;Sobrenome;Telefone",
            "barcode reservation first_name last_name phone_number",
        ),
        (
            "Streckkod;Ordernummer;Förnamn;Efternamn;E-post;Biljettyp",
            "barcode reservation first_name last_name email product",
        ),
        (
            "Kod kreskowy;Numer zamówienia;Imię;Nazwisko;Rodzaj biletu",
            "barcode reservation first_name last_name product",
        ),
        ("Штрихкод;Номер заказа;Имя;Фамилия;Эл. почта;Статус", "barcode reservation first_name last_name email status"),
        (
            "バーコード;注文番号;姓;名;電話番号;日付;ステータス",
            "barcode reservation last_name first_name phone_number date status",
        ),
        ("条形码;订单号;姓名;电子邮件;状态", "barcode reservation name email status"),
    ],
)
def test_the_usual_columns_are_known_in_further_languages(head: str, columns: str) -> None:
    found = recognise(head.split(";"))
    assert (list(found.places), found.ignored) == (columns.split(), [])


@pytest.mark.parametrize(
    ("head", "columns"),
    [
        ("Barcode;Nome;Data;Ora", "barcode first_name date time"),
        ("Código de barras;Sobrenome;Data;Hora;Ingresso", "barcode last_name date time product"),
        ("Kod kreskowy;Nazwisko;Data;Godzina;Cena", "barcode last_name date time price"),
        ("Barcode;Prenume;Nume;Data;Ora", "barcode date time"),
        ("Čárový kód;Příjmení;Datum;Čas;Cena", "barcode last_name date time price"),
        ("Stregkode;Navn;Dato;Tid;Pris", "barcode name date time price"),
        ("Barcode;E-post;Dato;Tidspunkt", "barcode email date time"),
        ("Streckkod;Förnamn;Datum;Tid;Pris", "barcode first_name date time price"),
        ("Streepjescode;Achternaam;Datum;Tijd", "barcode last_name date time"),
    ],
)
def test_words_of_several_languages_are_columns_beside_a_head_of_theirs(head: str, columns: str) -> None:
    assert list(recognise(head.split(";")).places) == columns.split()


@pytest.mark.parametrize(
    ("head", "columns", "ignored"),
    [
        ("Código de barras;Nombre;Cena", "barcode first_name", "Cena"),
        ("Código de barras;Nombre;Dato", "barcode first_name", "Dato"),
        ("Código de barras;Apellidos;Teléfono;Hora;Cena;Dato", "barcode last_name phone_number time", "Cena;Dato"),
        ("Codice a barre;Cognome;Cena;Dato;Ingresso", "barcode last_name", "Cena;Dato;Ingresso"),
        ("Codice a barre;Nome;Ora;Cena", "barcode first_name", "Ora;Cena"),
        ("Kod kreskowy;Nazwisko;Dato;Pris", "barcode last_name", "Dato;Pris"),
        ("Code-barres;Nom;Pris;Cas", "barcode last_name", "Pris;Cas"),
        ("Barcode;Name;Data;TID", "barcode name", "Data;TID"),
        ("Barcode;Data;Cena", "barcode", "Data;Cena"),
        ("Streepjescode;Achternaam;Tijd", "barcode last_name", "Tijd"),
        ("バーコード;名前;時間", "barcode name", "時間"),
    ],
)
def test_they_stay_unread_elsewhere_and_so_does_a_time_without_its_date(head: str, columns: str, ignored: str) -> None:
    found = recognise(head.split(";"))
    assert (list(found.places), found.ignored) == (columns.split(), ignored.split(";"))


def test_a_time_without_its_date_is_read_where_it_is_said_by_hand() -> None:
    assert recognise(["Barcode", "Ora"], {"ora": "time"}).places == {"barcode": 0, "time": 1}
    assert recognise(["Barcode", "Giorno", "Ora"], {"giorno": "date"}).places == {"barcode": 0, "date": 1, "time": 2}


def test_a_list_with_data_and_ora_finds_the_one_of_two_evenings() -> None:
    content = "Barcode,Nome,Data,Ora\nx1,Ada,25/12/2026,20:30\n"
    assert first_row(content, times(*TWO))["when"] == ("2026-12-25", "20:30")


def test_an_ambiguous_head_is_no_mark_of_a_language_nor_a_column_everywhere() -> None:
    assert not AMBIGUOUS_MEANINGS.keys() & (MEANINGS.keys() | MARK_LANGUAGES.keys())
    marked = [bare(head) for heads in MARKS.values() for head in heads.split(",")]
    assert len({*marked}) == len(marked)


def test_no_head_means_two_columns() -> None:
    for table in (NAMES, HEADS):
        meant = {(bare(head), column) for column, heads in table.items() for head in heads.split(",")}
        assert len({head for head, _ in meant}) == len(meant)
        assert all(head and MEANINGS[head] == column for head, column in meant)


def test_of_two_columns_that_mean_the_same_the_first_counts() -> None:
    assert recognise(["Email", "Attendee email", ""]).ignored == ["Attendee email"]


# --- times -------------------------------------------------------------------------------------------------------


TWO = (("2026-12-24", "20:30"), ("2026-12-25", "20:30"))


@pytest.mark.parametrize(
    ("head", "cells", "found"),
    [
        ("date,time", "2026-12-25,20:30", "2026-12-25"),
        ("date,time", "25/12/2026,20h30", "2026-12-25"),
        ("date,time", "12/25/2026,8:30 PM", "2026-12-25"),
        ("date", "25.12.2026", "2026-12-25"),
        ("event_datetime", "24/12/2026 20:30", "2026-12-24"),
        ("start date", "2026-12-24T20:30:00", "2026-12-24"),
    ],
)
def test_dates_are_understood_as_people_write_them(head: str, cells: str, found: str) -> None:
    assert first_row(f"barcode,{head}\nx,{cells}\n", times(*TWO))["when"] == (found, "20:30")


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        (",", "date", "invalid"),
        ("2026-12-26,20:30", "time", "no_showing"),
        ("2026-12-24,21:00", "time", "no_showing"),
        ("soon,20:30", "date", "invalid"),
    ],
)
def test_a_time_that_the_event_has_not_is_named(cells: str, column: str, code: str) -> None:
    with pytest.raises(HubError) as refusal:
        check(f"barcode,date,time\nx,{cells}\n", times(*TWO))
    problems: Sequence[object] = refusal.value.problems  # type: ignore[attr-defined]
    assert [(each.row, each.column, each.code) for each in problems] == [(2, column, code)]  # type: ignore[attr-defined]


def test_a_time_that_is_over_takes_no_tickets() -> None:
    past = Times(EVENT, [new_showing(EVENT, "2026-12-24", "20:30", 10)], SEATS, NOW + timedelta(days=9))
    with pytest.raises(HubError, match="Nothing was imported") as refusal:
        check("barcode\nx\n", past)
    assert refusal.value.code == "time_over"


@pytest.mark.parametrize(
    "text",
    [
        "barcode" + "," * 501 + "\n1\n",
        "barcode,name\n" + "," * 501 + "\n",
        "barcode,name\n" + "x" * 50_001 + "\n",
        "barcode,name\n1," + '"a\n"' + ',"b\n"' * 20_000,
        "barcode" + "," * 1_000_000,
    ],
    ids=["a wide head", "a wide row", "a long line", "a row of many lines", "a head that is no head"],
)
def test_row_that_would_hold_up_the_doors_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        list(Table(io.StringIO(text, newline="")).rows())


def test_time_that_is_wrong_keeps_none_of_the_rows_that_name_it() -> None:
    when = times()
    depths = []
    for _ in range(3):
        with pytest.raises(WrongTime) as caught:
            when.find("", "no date", "")
        depths.append(len(traceback.extract_tb(caught.value.__traceback__)))
    assert depths[1] == depths[2]


def test_times_that_are_all_wrong_are_not_all_remembered() -> None:
    when = times()
    for n in range(2 * MOST_KNOWN):
        with pytest.raises(WrongTime):
            when.find("", f"no date {n}", "")
    assert 0 < when.cached <= MOST_KNOWN


def test_file_of_too_many_tickets_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hub.importing.check.MOST_ROWS", 2)
    assert check("barcode\n1\n2\n").rows == 2
    with pytest.raises(BadInput):
        check("barcode\n1\n2\n3\n")
