"""Kinds of journal entries: one table of each kind's traits, and of who gets to see it.

Live visibility, webhooks, wallet passes, the report, figures and queries read this table. A new kind is a member of
`Kind` and a row of `TABLE`; `NewEntry` takes no other. An entry that was read may be of a kind that a newer version
wrote: it is in no set here, so that organisers see it, scanners do not, and nothing else heeds it.
"""

from collections.abc import Mapping
from typing import Literal, get_args

import msgspec

Kind = Literal[
    "ticket.scanned",
    "ticket.exited",
    "ticket.denied",
    "ticket.undone",
    "ticket.conflict",
    "ticket.booked",
    "ticket.paid",
    "ticket.unpaid",
    "ticket.moved",
    "ticket.changed",
    "ticket.reissued",
    "ticket.transferred",
    "ticket.invited",
    "ticket.uninvited",
    "ticket.canceled",
    "ticket.restored",
    "ticket.blocked",
    "ticket.unblocked",
    "ticket.expired",
    "ticket.deleted",
    "reservation.resent",
    "payment.taken",
    "payment.returned",
    "till.opened",
    "till.closed",
    "waiting.joined",
    "waiting.repeated",
    "waiting.offered",
    "waiting.accepted",
    "waiting.lapsed",
    "waiting.left",
    "event.changed",
    "wallet.wave",
    "headcount",
    "recount",
    "figures.frozen",
    "import.started",
    "import.progress",
    "import.completed",
    "import.failed",
    "device.paired",
    "device.changed",
    "device.archived",
    "device.silent",
    "device.back",
    "device.low_battery",
    "device.charged",
    "device.queue",
    "device.queue_sent",
    "door.stalled",
    "door.moving",
    "limit.near",
    "limit.clear",
    "relay.joined",
    "relay.alone",
    "relay.back",
    "relay.lost",
    "relay.merged",
    "relay.refused",
    "job.ran",
    "key.created",
    "key.revoked",
    "session.ended",
    "user.created",
    "user.changed",
    "user.deleted",
    "user.link",
    "webhook.created",
    "webhook.changed",
    "webhook.deleted",
]

Group = Literal["door", "tickets", "money", "event", "import", "devices", "alerts", "hub"]
SocketOwner = Literal["device", "key", "session", "user"]


class Traits(msgspec.Struct, frozen=True, kw_only=True):
    """Traits of one kind of entry: visibility, effects on passes and sockets, offer to webhooks."""

    group: Group
    """As people look for it; the group `door` are scans."""
    to_scanners: bool = False
    """Whether scanners see it; to them the others are hidden entries."""
    webhook: Literal["ids", "data"] | None = "ids"
    """Whether webhooks may ask for it, and whether they get its ids and verdict alone or its data, too."""
    on_pass: bool | frozenset[str] = False
    """Whether a wallet pass looks otherwise after it; of a kind that names the fields it changed, those shown."""
    changes_ticket: bool = True
    """Whether the ticket that it names may be another afterwards."""
    is_passage: bool = False
    """Whether it is a try to pass a door."""
    is_listed: bool = False
    """Whether the report of a night lists each one by itself."""
    passages: int = 0
    """What it adds to the passages in its direction."""
    ended_by: Kind | None = None
    """Of an alert: the kind of entry that ends it."""
    ends_sockets_of: SocketOwner | None = None
    """Whose sockets it closes on every process; `data.id` names them."""
    rechecks_sockets_of: SocketOwner | None = None
    """Whose sockets are authenticated again after it."""


def _scan(*, passages: int = 0, on_pass: bool = False, is_passage: bool = False, is_listed: bool = False) -> Traits:
    return Traits(
        group="door",
        to_scanners=True,
        on_pass=on_pass,
        is_passage=is_passage,
        is_listed=is_listed,
        passages=passages,
    )


def _ticket(*, on_pass: bool | frozenset[str] = False) -> Traits:
    return Traits(group="tickets", to_scanners=True, on_pass=on_pass)


def _alert(ended_by: Kind | None = None, *, to_scanners: bool = False) -> Traits:
    return Traits(group="alerts", to_scanners=to_scanners, webhook="data", ended_by=ended_by)


_PASS_EVENT_FIELDS = frozenset(
    {"language", "name", "venue", "address", "starts_at", "ends_at", "doors_open_min", "contact", "terms", "picture"}
)

TABLE: Mapping[Kind, Traits] = {
    "ticket.scanned": _scan(passages=1, is_passage=True, on_pass=True),
    "ticket.exited": _scan(passages=1, is_passage=True),
    "ticket.denied": Traits(group="door", to_scanners=True, is_passage=True, changes_ticket=False),
    "ticket.undone": _scan(passages=-1, is_listed=True, on_pass=True),
    "ticket.conflict": _scan(is_listed=True),
    "ticket.booked": _ticket(),
    "ticket.paid": _ticket(on_pass=True),
    "ticket.unpaid": _ticket(on_pass=True),
    "ticket.moved": _ticket(on_pass=True),
    "ticket.changed": _ticket(on_pass=frozenset({"name", "expires_at", "seat"})),
    "ticket.reissued": _ticket(on_pass=True),
    "ticket.transferred": _ticket(on_pass=True),
    "ticket.invited": _ticket(),
    "ticket.uninvited": _ticket(),
    "ticket.canceled": _ticket(on_pass=True),
    "ticket.restored": _ticket(on_pass=True),
    "ticket.blocked": _ticket(on_pass=True),
    "ticket.unblocked": _ticket(on_pass=True),
    "ticket.expired": _ticket(on_pass=True),
    "ticket.deleted": _ticket(),
    "reservation.resent": Traits(group="tickets"),
    "payment.taken": Traits(group="money", webhook="data", changes_ticket=False),
    "payment.returned": Traits(group="money", webhook="data", changes_ticket=False),
    "till.opened": Traits(group="money", webhook="data"),
    "till.closed": Traits(group="money", webhook="data"),
    "waiting.joined": Traits(group="tickets"),
    "waiting.repeated": Traits(group="tickets"),
    "waiting.offered": Traits(group="tickets"),
    "waiting.accepted": Traits(group="tickets"),
    "waiting.lapsed": Traits(group="tickets"),
    "waiting.left": Traits(group="tickets"),
    "event.changed": Traits(group="event", to_scanners=True, on_pass=_PASS_EVENT_FIELDS),
    "wallet.wave": Traits(group="event"),
    "headcount": Traits(group="event", to_scanners=True, is_listed=True),
    "recount": Traits(group="event", to_scanners=True, is_listed=True),
    "figures.frozen": Traits(group="event"),
    "import.started": Traits(group="import"),
    "import.progress": Traits(group="import"),
    "import.completed": Traits(group="import", to_scanners=True, on_pass=frozenset({"tickets"})),
    "import.failed": Traits(group="import", to_scanners=True, on_pass=frozenset({"tickets"})),
    "device.paired": Traits(group="devices", rechecks_sockets_of="device"),
    "device.changed": Traits(group="devices", rechecks_sockets_of="device"),
    "device.archived": Traits(group="devices", ends_sockets_of="device"),
    "device.silent": _alert("device.back"),
    "device.back": _alert(),
    "device.low_battery": _alert("device.charged"),
    "device.charged": _alert(),
    "device.queue": _alert("device.queue_sent"),
    "device.queue_sent": _alert(),
    "door.stalled": _alert("door.moving"),
    "door.moving": _alert(),
    "limit.near": _alert("limit.clear", to_scanners=True),
    "limit.clear": _alert(to_scanners=True),
    "relay.joined": Traits(group="devices"),
    "relay.alone": _alert("relay.back"),
    "relay.back": _alert(),
    "relay.lost": Traits(group="devices"),
    "relay.merged": Traits(group="devices"),
    "relay.refused": Traits(group="devices"),
    "job.ran": Traits(group="hub", webhook="data"),
    "key.created": Traits(group="hub"),
    "key.revoked": Traits(group="hub", ends_sockets_of="key"),
    "session.ended": Traits(group="hub", ends_sockets_of="session"),
    "user.created": Traits(group="hub"),
    "user.changed": Traits(group="hub", rechecks_sockets_of="user"),
    "user.deleted": Traits(group="hub", ends_sockets_of="user"),
    "user.link": Traits(group="hub"),
    "webhook.created": Traits(group="hub"),
    "webhook.changed": Traits(group="hub"),
    "webhook.deleted": Traits(group="hub"),
}

KINDS: frozenset[str] = frozenset(TABLE)

SILENT: Kind = "device.silent"
LOW_BATTERY: Kind = "device.low_battery"
QUEUE: Kind = "device.queue"
STALLED: Kind = "door.stalled"
NEAR: Kind = "limit.near"
ALONE: Kind = "relay.alone"

SCAN_KINDS: tuple[str, ...] = tuple(kind for kind, traits in TABLE.items() if traits.group == "door")
"""Scans and their corrections: a snapshot's `recent`, and the list of scans."""
PASSAGE_KINDS: tuple[str, ...] = tuple(kind for kind, traits in TABLE.items() if traits.is_passage)
LISTED_KINDS: tuple[str, ...] = tuple(kind for kind, traits in TABLE.items() if traits.is_listed)
PASSAGES: Mapping[str, int] = {kind: traits.passages for kind, traits in TABLE.items() if traits.passages}
SAME_TICKET_KINDS: frozenset[str] = frozenset(kind for kind, traits in TABLE.items() if not traits.changes_ticket)
MONEY_KINDS: frozenset[str] = frozenset(kind for kind, traits in TABLE.items() if traits.group == "money")
SCANNER_KINDS: frozenset[str] = frozenset(kind for kind, traits in TABLE.items() if traits.to_scanners)
WEBHOOK_KINDS: frozenset[str] = frozenset(kind for kind, traits in TABLE.items() if traits.webhook)
WEBHOOK_GROUPS: Mapping[Group, tuple[Kind, ...]] = {
    group: tuple(kind for kind, traits in TABLE.items() if traits.group == group and traits.webhook)
    for group in get_args(Group)
}
WEBHOOK_DATA_KINDS: frozenset[str] = frozenset(kind for kind, traits in TABLE.items() if traits.webhook == "data")
PASS_KINDS: frozenset[str] = frozenset(kind for kind, traits in TABLE.items() if traits.on_pass is True)
PASS_FIELDS: Mapping[str, frozenset[str]] = {
    kind: traits.on_pass for kind, traits in TABLE.items() if isinstance(traits.on_pass, frozenset)
}
ALERT_KINDS: frozenset[str] = frozenset(kind for kind, traits in TABLE.items() if traits.group == "alerts")
"""Alerts and their ends."""
ENDS: Mapping[str, Kind] = {kind: traits.ended_by for kind, traits in TABLE.items() if traits.ended_by is not None}
"""The kind of entry that ends an alert of each kind."""
SOCKET_ENDINGS: Mapping[str, SocketOwner] = {
    kind: traits.ends_sockets_of for kind, traits in TABLE.items() if traits.ends_sockets_of is not None
}
SOCKET_RECHECKS: Mapping[str, SocketOwner] = {
    kind: traits.rechecks_sockets_of for kind, traits in TABLE.items() if traits.rechecks_sockets_of is not None
}


def kind_named(name: str) -> Kind:
    """Return the kind of this name. Raises `LookupError` where the table has none."""
    for kind in TABLE:
        if kind == name:
            return kind
    raise LookupError(f"no such kind of entry: {name}")
