"""Kinds of journal entries."""

from collections.abc import Mapping

SILENT = "device.silent"
LOW_BATTERY = "device.low_battery"
QUEUE = "device.queue"
STALLED = "door.stalled"
NEAR = "limit.near"
ENDS: Mapping[str, str] = {
    SILENT: "device.back",
    LOW_BATTERY: "device.charged",
    QUEUE: "device.queue_sent",
    STALLED: "door.moving",
    NEAR: "limit.clear",
}
"""What tells that an alert of each kind is over."""


ALERT_KINDS = frozenset({*ENDS, *ENDS.values()})


SCAN_KINDS = frozenset(
    {"ticket.scanned", "ticket.exited", "ticket.denied", "ticket.undone", "ticket.conflict"},
)
"""What `recent` in a snapshot is made of."""


KINDS = frozenset(
    {
        *("ticket.booked", "ticket.paid", "ticket.moved", "ticket.changed", "ticket.reissued", "ticket.canceled"),
        *("ticket.blocked", "ticket.unblocked", "ticket.expired", "ticket.deleted"),
        *("ticket.scanned", "ticket.exited", "ticket.denied", "ticket.undone", "ticket.conflict"),
        *("headcount", "recount", "event.changed", "figures.frozen", "reservation.resent"),
        *("import.started", "import.progress", "import.completed", "import.failed"),
        *("device.paired", "device.changed", "device.archived"),
        *ALERT_KINDS,
        *("key.created", "key.revoked", "session.ended", "job.ran"),
        *("webhook.created", "webhook.changed", "webhook.deleted"),
    }
)
