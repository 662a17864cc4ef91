"""Links of the OpenAPI document: from the answer that makes a thing to the operations on it."""

from collections.abc import Iterable, Mapping

from handlers.openapi.route import Described
from handlers.openapi.schemas import Schema

MAKERS = {
    "event_id": ("create_event", "/uuid"),
    "device_id": ("create_device", "/uuid"),
    "ticket_id": ("book_ticket", "/id"),
    "reservation_id": ("book_reservation", "/uuid"),
    "key_id": ("create_key", "/id"),
    "user_id": ("create_user", "/id"),
    "webhook_id": ("create_webhook", "/id"),
    "import_id": ("import_tickets", "/id"),
    "entry_id": ("join_waiting_list", "/id"),
    "token": ("create_device", "/pairing/token"),
}
"""By a parameter in paths: the operation that makes such a thing, and where its answer names it."""
BODIES: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("create_event", "create_device"): {"event": "/uuid"},
    ("create_event", "book_ticket"): {"event": "/uuid"},
    ("create_event", "book_reservation"): {"event": "/uuid"},
    ("add_showings", "book_ticket"): {"event": "/0/event", "date": "/0/date", "time": "/0/time"},
    ("add_showings", "book_reservation"): {"event": "/0/event", "date": "/0/date", "time": "/0/time"},
    ("add_showings", "join_waiting_list"): {"event": "/0/event", "date": "/0/date", "time": "/0/time"},
    ("book_ticket", "check_ticket"): {"qrcode_data": "/code"},
    ("book_ticket", "scan_ticket"): {"qrcode_data": "/code"},
    ("scan_ticket", "undo_scan"): {"ticket_uuid": "/ticket/uuid", "seq": "/seq"},
}
"""By an operation and the one that follows: fields of the body that its answer holds, and where."""


def add_links(operations: Iterable[Described], paths: Mapping[str, Mapping[str, Schema]]) -> None:
    """Add to each answer that makes a thing the operations that go on with it."""
    found = [*operations]
    by_id = {each.operation_id: each for each in found}
    for each in found:
        for name in each.parameters:
            if name in MAKERS:
                maker_id, pointer = MAKERS[name]
                maker = by_id[maker_id]
                made = paths[maker.path][maker.method]["responses"][str(maker.operation.status)]
                link = {"operationId": each.operation_id, "parameters": {name: f"$response.body#{pointer}"}}
                made.setdefault("links", {})[each.operation_id] = link
    for (first, then), fields in BODIES.items():
        answered = by_id[first]
        made = paths[answered.path][answered.method]["responses"][str(answered.operation.status)]
        body = {name: f"$response.body#{pointer}" for name, pointer in fields.items()}
        made.setdefault("links", {})[then] = {"operationId": then, "requestBody": body}
