"""Google Wallet classes and objects: an event as `EventTicketClass`, a ticket as `EventTicketObject`. Pure.

Source: Google's discovery document `walletobjects.v1`, to which the tests hold every field.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from hub.door.rules import is_expired
from hub.formats.dates import doors_open_of, when_of
from hub.formats.organiser_contact import contact_links
from hub.language.catalogue import Language, every_language
from hub.model.event import Event
from hub.model.picture import PictureRef, picture_path
from hub.model.refusals import VOID
from hub.model.ticket import Seat, Ticket
from hub.wallet.apple.artwork import ground_of
from hub.wallet.apple.pass_json import local


def class_id(issuer: str, event_id: str) -> str:
    """Return the id of an event's class."""
    return f"{issuer}.{event_id}"


def object_id(issuer: str, ticket_id: str, issue: int) -> str:
    """Return the id of one issue of a ticket: a reissue is another object, so that the old one never shows its code."""
    return f"{issuer}.{ticket_id}.{issue}"


def event_class(issuer: str, organisation: str, event: Event, language: Language, base_url: str) -> dict[str, Any]:
    """Return the class that an event's passes share; its picture is left out where Google cannot fetch it."""
    times = {"start": event.starts_at, "end": event.ends_at}
    date_time = {name: local(moment, event) for name, moment in times.items() if moment is not None}
    # Google wants both of a venue, or neither.
    name, address = event.venue or event.address, event.address or event.venue
    venue = {"name": _text(name, language), "address": _text(address, language)} if name else None
    return {
        "id": class_id(issuer, event.id),
        "issuerName": organisation[:20],
        "eventName": _text(event.name, language),
        "reviewStatus": "UNDER_REVIEW",
        "hexBackgroundColor": "#{:02x}{:02x}{:02x}".format(*ground_of(event.id)),
        **({"dateTime": date_time} if date_time else {}),
        **({"venue": venue} if venue else {}),
        **(
            {"heroImage": _hero(event, event.picture, base_url, language)}
            if event.picture and _is_https(base_url)
            else {}
        ),
        # Always there, so that a PATCH takes away what the organiser took away.
        "textModulesData": _terms(event, language),
        "linksModuleData": {"uris": _links(event, language)},
    }


def _is_https(base_url: str) -> bool:
    return base_url.startswith("https:")


def _hero(event: Event, picture: PictureRef, base_url: str, language: Language) -> dict[str, Any]:
    """Return an event's picture as Google's `Image`: Google fetches it from its address, which changes with it."""
    return {
        "sourceUri": {"uri": f"{base_url}{picture_path(event.id, picture)}.jpg"},
        "contentDescription": _text(event.picture_alt or event.name, language),
    }


def ticket_object(
    issuer: str, event: Event, ticket: Ticket, code: str, now: datetime, language: Language
) -> dict[str, Any]:
    """Return the object of a ticket in its current state; it is valid until the ticket expires."""
    return {
        "id": object_id(issuer, ticket.id, ticket.issue),
        "classId": class_id(issuer, event.id),
        "state": state_of(ticket, now),
        "ticketHolderName": ticket.name,
        "ticketNumber": ticket.id[:8],
        "barcode": {"type": "QR_CODE", "value": code, "alternateText": ticket.id[:8]},
        "textModulesData": [_starts(ticket, event, language), *_doors(ticket, event, language)],
        "validTimeInterval": {"end": {"date": local(ticket.expires_at, event)}},
        **({"ticketType": _text(ticket.product, language)} if ticket.product else {}),
        **({"seatInfo": _seat(ticket.seat, language)} if ticket.seat else {}),
    }


def _starts(ticket: Ticket, event: Event, language: Language) -> dict[str, Any]:
    """Return when a ticket is for; the link that saves a pass leaves the translations out where they do not fit."""
    return _text_module("starts", "pass-begins", lambda each: when_of(ticket, event, each), language)


def _doors(ticket: Ticket, event: Event, language: Language) -> list[dict[str, Any]]:
    """Return when doors open for a ticket; nothing where its event does not say."""
    if event.doors_open_min is None:
        return []
    return [_text_module("doors", "pass-doors", lambda each: doors_open_of(ticket, event, each), language)]


def _terms(event: Event, language: Language) -> list[dict[str, Any]]:
    """Return the terms of an event as its organiser wrote them; nothing where there are none."""
    if not event.terms:
        return []
    headers = {each.tag: each.say("pass-terms") for each in every_language()}
    return [
        {
            "id": "terms",
            "header": headers[language.tag],
            "localizedHeader": _localized(headers, language),
            "body": event.terms,
        }
    ]


def _text_module(module: str, header: str, body: Callable[[Language], str], language: Language) -> dict[str, Any]:
    """Return a text of ours with its header, in all languages."""
    headers = {each.tag: each.say(header) for each in every_language()}
    bodies = {each.tag: body(each) for each in every_language()}
    return {
        "id": module,
        "header": headers[language.tag],
        "localizedHeader": _localized(headers, language),
        "body": bodies[language.tag],
        "localizedBody": _localized(bodies, language),
    }


def _links(event: Event, language: Language) -> list[dict[str, Any]]:
    by_language = [(each, contact_links(event.contact, each)) for each in every_language()]
    return [
        {
            "id": link.kind,
            "uri": link.href,
            "description": link.line(language),
            "localizedDescription": _localized(
                {each.tag: links[n].line(each) for each, links in by_language}, language
            ),
        }
        for n, link in enumerate(contact_links(event.contact, language))
    ]


def _seat(seat: Seat, language: Language) -> dict[str, Any]:
    """Return a seat as Google's `EventSeat`."""
    named = {"section": seat.block, "row": seat.row, "seat": seat.seat}
    return {name: _text(text, language) for name, text in named.items() if text is not None}


def ended_object() -> dict[str, Any]:
    """Return the patch that ends the object of a deleted or reissued ticket: expired, without name and code."""
    return {"state": "EXPIRED", "ticketHolderName": "", "barcode": None}


def state_of(ticket: Ticket, now: datetime) -> str:
    """Return the object's state: Google shows only active ones among upcoming passes."""
    if is_expired(ticket, now):
        return "EXPIRED"
    return "INACTIVE" if ticket.status in VOID else "ACTIVE"


def _text(value: str | None, language: Language) -> dict[str, Any]:
    """Return a text that people wrote, as Google's `LocalizedString`: there is one of it, in the event's language."""
    return {"defaultValue": {"language": language.tag, "value": value or ""}}


def _localized(translated: Mapping[str, str], language: Language) -> dict[str, Any]:
    """Return a text of ours as Google's `LocalizedString`, in all languages; `language` is for readers of no other."""
    values = {tag: {"language": tag, "value": text} for tag, text in translated.items()}
    return {"defaultValue": values[language.tag], "translatedValues": list(values.values())}
