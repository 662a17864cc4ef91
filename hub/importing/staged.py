"""Documents of the rows that an import adds: their tickets and reservations, as they are staged. Pure."""

from uuid import UUID, uuid4, uuid5

import msgspec

from hub.formats.name_search import words_of
from hub.formats.phone import phone_words
from hub.importing.checked import Checked
from hub.importing.corrections import row_digest
from hub.importing.file.rows import Row
from hub.importing.file.showings import Times
from hub.importing.file.upload import Upload
from hub.importing.matching import own_id
from hub.model.imports import Import
from hub.model.ticket import Details, Reservation, Sold, Ticket
from hub.tickets.orders import full_name, reservation_columns, ticket_columns


class Staging(msgspec.Struct, kw_only=True):
    """Import under way, with all that carries it out."""

    begun: Import
    checked: Checked
    upload: Upload
    times: Times


def ticket_of(staging: Staging, row: Row) -> Ticket:
    """Return the ticket of a row."""
    guest, showing, begun = row.guest, row.showing, staging.begun
    assert showing is not None  # or the file would have been refused
    return Ticket(
        id=_ticket_id(staging, row),
        event=begun.event,
        showing=showing.id,
        reservation=_reservation_id(staging, row),
        name=full_name(guest),
        phone_number=row.phone_number,
        phones=phone_words(row.phone_number, staging.times.country),
        first_name=guest.first_name,
        last_name=guest.last_name,
        product=guest.product,
        price=guest.price,
        date=showing.date,
        time=showing.time,
        starts_at=showing.starts_at,
        expires_at=staging.times.expiry(showing),
        status=row.status,
        barcode=guest.barcode,
        words=words_of(full_name(guest)),
        tickets_count=_party(staging, row),
        import_id=begun.id,
        sold=Sold(status=row.status, row=row_digest(row), by=begun.id),
        created_at=begun.created_at,
        **ticket_columns(guest.details),
    )


def _ticket_id(staging: Staging, row: Row) -> str:
    if row.guest.uuid is None:
        return str(uuid4())
    return own_id(staging.begun.event, row.guest.uuid) if row.number in staging.checked.renamed else row.guest.uuid


def _reservation_id(staging: Staging, row: Row) -> str:
    """Return the id of a row's reservation: the existing one, the exported one, or a new one."""
    order, checked = row.reservation, staging.checked
    if order is not None and (there := checked.orders.get(order) or checked.own_orders.get(order)):
        return there
    return str(uuid5(UUID(staging.begun.id), order or f"row {row.number}"))


def _party(staging: Staging, row: Row) -> int:
    """Return the number of tickets of a row's reservation."""
    if row.reservation is None:
        return 1
    checked = staging.checked
    there = checked.party_sizes.get(checked.orders.get(row.reservation, ""), 0)
    return there + checked.parties[row.reservation]


def reservation_of(staging: Staging, row: Row, ticket: Ticket) -> Reservation:
    """Reservation of a row's ticket; of our own export with the details that its tickets have in common."""
    shared = staging.checked.shared.get(row.reservation or "", Details())
    return Reservation(
        id=ticket.reservation,
        event=ticket.event,
        name=ticket.name,
        phone_number=ticket.phone_number,
        email=row.email,
        paid=row.paid,
        tickets_count=ticket.tickets_count,
        import_id=ticket.import_id,
        created_at=ticket.created_at,
        **reservation_columns(shared),
    )
