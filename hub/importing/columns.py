"""What columns are called: by ourselves, by pretix (English, French, German) and by TiBillet. Pure.

pretix: what `src/pretix/plugins/checkinlists/exporters.py` and `src/pretix/base/exporters/orderlist.py` write.
TiBillet (Lespass): those of `Administration/importers/ticket_exporter.py`.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence

import msgspec

NAMES: Mapping[str, str] = {
    "barcode": "barcode, secret, ticket secret, ticket code, qr, qr code, code-barres, code barre, code du billet, "
    "strichcode, geheimnis, geheimcode, ticket-geheimnis, ticketcode",
    "uuid": "uuid, ticket uuid",
    "reservation": "reservation, reservation uuid, order code, order, bestellnummer, bestellcode, bestellung, "
    "code de commande, numéro de commande, commande, réservation",
    "first_name": "first name, given name, attendee name: given name, prénom, nom du participant: prénom, vorname, "
    "teilnehmername: vorname, name des teilnehmers: vorname",
    "last_name": "last name, family name, surname, attendee name: family name, nom de famille, nom, "
    "nom du participant: nom de famille, nachname, familienname, teilnehmername: nachname, "
    "teilnehmername: familienname, name des teilnehmers: nachname",
    "name": "name, full name, attendee name, attendee, holder, nom du participant, nom complet, participant, "
    "teilnehmername, name des teilnehmers, teilnehmer",
    "phone_number": "phone number, phone, telephone, mobile, numéro de téléphone, téléphone, telefonnummer, telefon",
    "email": "email, e-mail, attendee email, email address, adresse e-mail, courriel, e-mail-adresse",
    "product": "product, product name, ticket type, produit, produkt",
    "price": "price, price name, prix, tarif, preis",
    "starts": "start date, event datetime, date de début, startdatum, beginn",
    "date": "date, datum",
    "time": "time, heure, uhrzeit, zeit",
    "paid": "paid, payé, payée, bezahlt",
    "status": "status, order status, statut, état, bestellstatus",
}
"""For each of our columns what it is called, its own name first."""


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """Where which column is: `places` by our names; `ignored` are the names of those that mean nothing to us."""

    places: dict[str, int]
    ignored: list[str]


def recognise(head: Sequence[str]) -> Columns:
    """Return where the columns are, by their heads; of two that mean the same the first counts."""
    places: dict[str, int] = {}
    ignored: list[str] = []
    for place, name in enumerate(head):
        column = MEANINGS.get(bare(name))
        if column is not None and column not in places:
            places[column] = place
        elif name:
            ignored.append(name)
    return Columns(places=places, ignored=ignored)


def bare(name: str) -> str:
    """Return a name's letters and digits, without case, accents and spaces."""
    apart = unicodedata.normalize("NFKD", name).casefold()
    return re.sub(r"[^a-z0-9]", "", apart)


MEANINGS: Mapping[str, str] = {bare(each): column for column, names in NAMES.items() for each in names.split(",")}
