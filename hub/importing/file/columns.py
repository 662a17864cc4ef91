"""Column names: by which heads other sellers and we ourselves name the columns of a list of tickets. Pure.

English, French, German and Spanish; pretix, TiBillet (Lespass), Weezevent, Billetweb, HelloAsso, Universe, Hi.Events,
Eventbrite, SeeTickets.
docs/import.md, The file, says which export of each seller has them.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from hub.formats.csv_heads import OWN_ANSWER, english_heads
from hub.importing.file.vocabulary import AMBIGUOUS, HEADS, MARKS

NAMES: Mapping[str, str] = {
    "barcode": "barcode, barcode number, barcode no, secret, ticket secret, ticket code, qr, qr code, qrcode, "
    "code-barres, code barre, code à barres, code du billet, strichcode, barcode nummer, geheimnis, geheimcode, "
    "ticket-geheimnis, ticketcode, código de barras, código qr, código de la entrada, secreto",
    "uuid": "uuid, ticket uuid",
    "reservation": "reservation, reservation uuid, order code, order, order id, order number, order no, order ref, "
    "order reference, booking reference, booking ref, booking no, bestellnummer, bestellcode, bestellung, "
    "code de commande, numéro de commande, no de commande, no commande, commande, référence commande, "
    "référence de commande, réservation, buchungsnummer, pedido, número de pedido, no de pedido, "
    "código del pedido, reserva",
    "first_name": "first name, given name, attendee name: given name, attendee first name, prénom, prénom participant, "
    "prénom du participant, nom du participant: prénom, vorname, teilnehmername: vorname, "
    "name des teilnehmers: vorname, nombre de pila",
    "last_name": "last name, family name, surname, attendee name: family name, attendee last name, attendee surname, "
    "nom de famille, nom, nom participant, nom du participant: nom de famille, nachname, familienname, "
    "teilnehmername: nachname, teilnehmername: familienname, name des teilnehmers: nachname, apellido, apellidos",
    "name": "name, full name, attendee name, attendee, holder, ticket holder, guest, guest name, customer name, "
    "nom du participant, nom complet, participant, nom et prénom, teilnehmername, name des teilnehmers, teilnehmer, "
    "gast, nombre completo, nombre y apellidos, asistente, nombre del asistente",
    "phone_number": "phone number, phone, telephone, telephone number, mobile, mobile number, mobile phone, "
    "cell phone, numéro de téléphone, téléphone, tél, portable, telefonnummer, telefon, handy, mobilnummer, teléfono, "
    "número de teléfono, móvil",
    "email": "email, e-mail, attendee email, email address, adresse e-mail, adresse email, courriel, e-mail-adresse, "
    "correo, correo electrónico, mail",
    "product": "product, product name, ticket type, ticket types, ticket type name, name of the ticket type, "
    "ticket name, ticket, nom du tarif, nom du type de billet, type de billet, billet, produit, produkt, "
    "ticketart, tickettyp, tipo de entrada, entrada, producto",
    "price": "price, price name, price tier, price level, rate, prix, tarif, preis, precio, tarifa",
    "starts": "start date, event datetime, event date, date attending, event start, "
    "date de début, date de l événement, date événement, séance, startdatum, beginn, veranstaltungsdatum, "
    "fecha de inicio, fecha del evento",
    "date": "date, event start date, datum, fecha",
    "time": "time, event start time, start time, heure, uhrzeit, zeit, hora",
    "paid": "paid, is paid, payé, payée, réglé, bezahlt, pagado, pagada",
    "status": "status, state, order status, order state, ticket status, attendee status, guest status, "
    "booking status, payment status, payment state, statut, statut du billet, statut billet, statut de la commande, "
    "statut commande, statut du participant, statut du paiement, statut de paiement, état, état du billet, "
    "état de la commande, bestellstatus, ticketstatus, zahlungsstatus, buchungsstatus, teilnehmerstatus, zustand, "
    "estado, estado del pedido, estado de la entrada, estado del pago, estado de pago, situación, "
    "stato, stato ordine, stato dell ordine, stato del biglietto, stato pagamento, stato del pagamento, "
    "bestelstatus, betaalstatus, betalingsstatus, situação, status do pedido, estado do pedido, status do pagamento, "
    "orderstatus, biljettstatus, betalstatus, ordrestatus, billetstatus, tila, tilauksen tila, maksun tila, "
    "status zamówienia, status płatności, status biletu, stan, stav, stav objednávky, stav platby, állapot, státusz, "
    "durum, sipariş durumu, ödeme durumu, κατάσταση, статус, статус заказа, статус оплаты, состояние, статус билета, "
    "ステータス, 状態, 注文状況, 支払い状況, 支払状況, 状态, 订单状态, 支付状态, 狀態, 상태, 주문상태, 결제상태, "
    "الحالة, סטטוס, מצב",  # noqa: RUF001
    "canceled": "canceled, cancelled, is canceled, is cancelled, refunded, is refunded, invalidated, "
    "ticket invalidated, void, voided, annulé, annulée, remboursé, remboursée, storniert, erstattet, "
    "cancelado, cancelada, anulado, anulada, reembolsado, reembolsada",
    "notice": "notice, door notice, note for the door, check-in text, notes, remarque, remarques, "
    "hinweis, hinweise, aviso",
    "block": "block, section, seat zone, seat block, seat section, sector, bloc, carré, sektor",
    "row": "row, seat row, rang, rangée, reihe, sitzreihe, fila",
    "seat": "seat, seat number, seat no, siège, numéro de place, no de place, sitz, sitzplatz, platz, platznummer, "
    "asiento, número de asiento, butaca",
    "blocked": "blocked, is blocked, bloqué, bloquée, gesperrt, bloqueado, bloqueada",
    "valid": "valid, is valid, valide, gültig, válido, válida",
}
"""For each of our columns what it is called, its own name first."""

SECOND_CHOICE: Mapping[str, str] = {
    "barcode": "public id, ticket id, ticket number, ticket no, numéro de billet, no de billet, "
    "numéro du billet, no billet, id billet, ticketnummer, ticket-id, ticket-nr, número de entrada, no de entrada",
    "first_name": "nombre, nome",
    "seat": "seat name, place",
    "email": "email payeur, payer email, buyer email",
    "product": "catégorie, category, kategorie, categoría",
}
"""What a column is called at some sellers', where none of its first names is there."""

OTHERS: Mapping[str, str] = {
    "attendee": "attendee no, attendee number",
    "quantity": "quantity, ticket quantity, qty, number of tickets, quantité, nombre de billets, anzahl, menge, "
    "cantidad, número de entradas",
}
"""Columns that are no part of a ticket: an attendee's number, of which a barcode is made; how many tickets a row is."""

ANSWER = "answer"
"""What a column is called by hand whose cells are kept as answers to its head; any number of columns may be."""

BY_SELLER: Mapping[str, Mapping[str, str | None]] = {"montant tarif": {"tarif": "product", "billet": None}}
"""What heads mean beside one that a seller alone has, None where they mean nothing: HelloAsso's `Billet` is a link."""

OWN_EXPORT = frozenset({"id", "scans", "bookedat"})
"""Heads that together are only in our own export: there, `id` is the ticket's."""

StateKind = Literal["status", "paid", "canceled", "blocked", "valid"]
STATE_COLUMNS: tuple[StateKind, ...] = ("status", "paid", "canceled", "blocked", "valid")
"""Columns that say what state a ticket is in; a file may have several, the worst counts."""


class StateColumn(msgspec.Struct, frozen=True):
    """Column of ticket states."""

    kind: StateKind
    place: int


class AnswerColumn(msgspec.Struct, frozen=True):
    """Column of answers, and the question that its head is."""

    question: str
    place: int


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """Positions of a file's columns.

    `places` is by our names, `states` are all columns of states, `ignored` the heads of those without a meaning.
    `attendee` is the number of Eventbrite's attendees where a list has no codes, `quantity` how many tickets a row is.
    """

    places: dict[str, int]
    states: list[StateColumn] = []
    answers: list[AnswerColumn] = []
    ignored: list[str]
    unread: list[int] = []
    """Their places."""
    attendee: int | None = None
    quantity: int | None = None
    is_own: bool = False
    """Whether the file is the export of a hub."""

    @property
    def read(self) -> set[int]:
        """Positions of the columns that are read."""
        states, answers = {each.place for each in self.states}, {each.place for each in self.answers}
        numbers = {place for place in (self.attendee, self.quantity) if place is not None}
        return {*self.places.values()} | states | answers | numbers


def recognise(head: Sequence[str], chosen: Mapping[str, str] | None = None) -> Columns:
    """Return the columns by their heads; of two that mean the same the first counts.

    `chosen` names columns by hand, by the key of their head; "" for a column that is not to be read.
    """
    english = english_heads(head, bare, OWN_EXPORT)
    names = [head_key(name) for name in english]
    is_own = set(names) >= OWN_EXPORT
    by_hand = chosen or {}
    answers = _answers(english, names, by_hand, is_own=is_own)
    answered = {each.place for each in answers}
    places: dict[str, int] = {
        by_hand[name]: place for place, name in enumerate(names) if by_hand.get(name) and place not in answered
    }
    unused = [
        place for place, name in enumerate(names) if head[place] and name not in by_hand and place not in answered
    ]
    states = [StateColumn(kind, places[kind]) for kind in STATE_COLUMNS if kind in places]
    known = {**MEANINGS, **_ambiguous_in(names), **_by_seller(names), **(OWN_MEANINGS if is_own else {})}
    for meanings in (known, SECOND_MEANINGS):
        _place(meanings, names, places, states, unused)
    if _is_time_alone(places, names) and names[places["time"]] not in by_hand:
        unused = sorted([*unused, places.pop("time")])
    others = {column: place for place in reversed(unused) if (column := OTHER_MEANINGS.get(names[place]))}
    attendee = None if "barcode" in places else others.get("attendee")
    if attendee is not None:
        unused.remove(attendee)
        if "reservation" not in places:
            places["barcode"], attendee = attendee, None
    return Columns(
        places=dict(sorted(places.items(), key=lambda each: each[1])),
        states=states,
        answers=answers,
        ignored=[head[place] for place in unused],
        unread=unused,
        attendee=attendee,
        quantity=others.get("quantity"),
        is_own=is_own,
    )


def _place(
    meanings: Mapping[str, str | None],
    names: Sequence[str],
    places: dict[str, int],
    states: list[StateColumn],
    unused: list[int],
) -> None:
    """Move those unused columns that have a meaning to `places` and `states`."""
    for place in list(unused):
        column = meanings.get(names[place])
        if column in STATE_COLUMNS:
            states.append(StateColumn(column, place))
        if column is not None and (column not in places or column in STATE_COLUMNS):
            places.setdefault(column, place)
            unused.remove(place)


def _ambiguous_in(names: Sequence[str]) -> dict[str, str]:
    """Return the columns by those ambiguous heads of which another head has the language."""
    marked = [MARK_LANGUAGES[name] for name in names if name in MARK_LANGUAGES]
    return {
        name: column
        for name, (column, languages) in AMBIGUOUS_MEANINGS.items()
        if any(each <= languages for each in marked)
    }


def _by_seller(names: Sequence[str]) -> dict[str, str | None]:
    """Return what heads mean at the sellers whose own heads are there."""
    told = (heads for mark, heads in BY_SELLER.items() if bare(mark) in names)
    return {bare(head): column for heads in told for head, column in heads.items()}


def _is_time_alone(places: Mapping[str, int], names: Sequence[str]) -> bool:
    """Whether a further language's time is without its date: that may be called by a word that is not known."""
    return "time" in places and names[places["time"]] in FURTHER_TIMES and not places.keys() & {"date", "starts"}


def _answers(
    head: Sequence[str], names: Sequence[str], by_hand: Mapping[str, str], *, is_own: bool
) -> list[AnswerColumn]:
    """Return the columns of answers: those of our own export, and those that are named by hand."""
    own = [place for place, name in enumerate(head) if is_own and name.startswith(OWN_ANSWER)]
    named = [place for place, name in enumerate(names) if by_hand.get(name) == ANSWER]
    return [AnswerColumn(head[place].removeprefix(OWN_ANSWER if is_own else ""), place) for place in (*own, *named)]


def cell_at(cells: Sequence[str], place: int | None) -> str:
    """Return the cell of a row in a column; nothing where the row ends before it, or the file has no such column."""
    return cells[place] if place is not None and place < len(cells) else ""


def head_key(name: str) -> str:
    """Return the key of a column's head: its bare name, with a number sign spelled out."""
    return bare(name.replace("#", "no").replace("°", "o")) or name.strip()


def bare(name: str) -> str:
    """Return a name's letters and digits, without case, accents and spaces."""
    apart = unicodedata.normalize("NFKD", name).casefold()
    return "".join(each for each in apart if each.isalnum())


def _meanings(names: Mapping[str, str]) -> dict[str, str]:
    return {bare(each): column for column, called in names.items() for each in called.split(",")}


MEANINGS: Mapping[str, str] = {**_meanings(HEADS), **_meanings(NAMES)}
OWN_MEANINGS: Mapping[str, str] = {"id": "uuid", "answers": "answers"}
SECOND_MEANINGS: Mapping[str, str] = _meanings(SECOND_CHOICE)
OTHER_MEANINGS: Mapping[str, str] = _meanings(OTHERS)
AMBIGUOUS_MEANINGS: Mapping[str, tuple[str, frozenset[str]]] = {bare(head): each for head, each in AMBIGUOUS.items()}
MARK_LANGUAGES: Mapping[str, frozenset[str]] = {
    head: frozenset(languages.split()) for head, languages in _meanings(MARKS).items()
}
FURTHER_TIMES = {bare(each) for each in HEADS["time"].split(",")} | {
    head for head, (column, _) in AMBIGUOUS_MEANINGS.items() if column == "time"
}
