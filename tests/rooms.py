"""The rooms: which folder may import which. `tests/test_rooms.py` enforces it, docs/architecture.md shows it."""

from collections.abc import Mapping

BASE = frozenset({"hub.errors", "hub.clock", "hub.model"})
"""All of the hub that the store knows."""
TOOLS = BASE | {
    "hub.file_versions",
    "hub.formats",
    "hub.language",
    "hub.live_limits",
    "hub.loading",
    "hub.problem_codes",
    "hub.rate_limit",
    "hub.secrets",
    "hub.setting_checks",
    "hub.settings",
    "hub.shared_buckets",
    "hub.tasks",
    "hub.telemetry",
    "hub.validation",
    "hub.vault",
    "hub.version",
}
STORE = frozenset({"store"})
DOMAIN = TOOLS | STORE

ROOMS: Mapping[str, frozenset[str]] = {
    "handlers": frozenset({"handlers", "hub", "jobs"}),
    "handlers.routes": frozenset(
        {
            "handlers.account",
            "handlers.api",
            "handlers.fast_path",
            "handlers.http",
            "handlers.live",
            "handlers.openapi",
            "handlers.pages",
            "handlers.relay",
            "handlers.wallet",
            "hub",
        }
    ),
    "handlers.http": frozenset({"hub"}),
    "handlers.fast_path": frozenset({"handlers.http", "hub"}),
    "handlers.api": frozenset({"handlers.http", "hub"}),
    "handlers.live": frozenset({"handlers.http", "hub"}),
    "handlers.openapi": frozenset({"handlers.http", "handlers.pages", "hub"}),
    "handlers.pages": frozenset({"handlers.http", "handlers.api", "hub"}),
    "handlers.account": frozenset({"handlers.http", "handlers.pages", "hub"}),
    "handlers.relay": frozenset({"handlers.http", "hub"}),
    "handlers.wallet": frozenset({"handlers.http", "handlers.api", "hub"}),
    "jobs": frozenset({"hub"}),
    "hub": frozenset({"hub", "store"}),
    "hub.model": frozenset({"hub.errors", "hub.clock"}),
    "hub.model.relay": frozenset({"hub.errors", "hub.clock", "hub.model"}),
    "hub.formats": TOOLS,
    "hub.language": frozenset({"hub.errors"}),
    "hub.telemetry": frozenset({"hub.errors", "hub.version", "store"}),
    "hub.access": DOMAIN,
    "hub.alerts": DOMAIN,
    "hub.devices": DOMAIN | {"hub.alerts"},
    "hub.door": DOMAIN | {"hub.access"},
    "hub.tickets": DOMAIN | {"hub.door"},
    "hub.sales": DOMAIN | {"hub.door", "hub.tickets"},
    "hub.events": DOMAIN | {"hub.door", "hub.tickets"},
    "hub.importing": DOMAIN | {"hub.door", "hub.importing.file", "hub.tickets"},
    "hub.importing.file": DOMAIN | {"hub.door", "hub.tickets"},
    "hub.relay": DOMAIN | {"hub.access", "hub.devices", "hub.door", "hub.sales", "hub.tickets"},
    "hub.reports": DOMAIN,
    "hub.rotation": DOMAIN | {"hub.door"},
    "hub.live": DOMAIN | {"hub.access", "hub.reports"},
    "hub.outbox": DOMAIN,
    "hub.webhooks": DOMAIN | {"hub.outbox"},
    "hub.mail": DOMAIN | {"hub.access", "hub.outbox", "hub.tickets"},
    "hub.wallet": DOMAIN | {"hub.outbox", "hub.door", "hub.tickets"},
    "hub.wallet.apple": DOMAIN | {"hub.outbox", "hub.door", "hub.tickets", "hub.wallet"},
    "hub.wallet.google": DOMAIN | {"hub.outbox", "hub.door", "hub.tickets", "hub.wallet"},
    "hub.checks": DOMAIN | {"hub.database_version", "hub.rotation", "hub.wallet"},
    "hub.process": DOMAIN
    | {
        "hub.access",
        "hub.app",
        "hub.database_version",
        "hub.door",
        "hub.relay",
        "hub.relay_app",
        "hub.rotation",
        "hub.tickets",
        "hub.tls",
    },
    "hub.client": frozenset({"hub.model"}),
    "hub.simulation": frozenset({"hub.client", "hub.model"}),
    "store": BASE | {"store"},
    "store.mongo": BASE,
    "store.backup": BASE | {"store"},
    "store.collections": BASE | {"hub.tasks", "store.mongo"},
    "store.relay": BASE | {"store.mongo"},
    "store.reports": BASE | {"store.mongo"},
    "store.journal": BASE | {"store.mongo"},
    "store.embedded": BASE | {"store"},
}
"""By folder what it may import beside itself; what stands for a folder stands for those in it."""

ASSEMBLY = frozenset({"hub.app", "hub.live_wiring", "hub.relay_app", "hub.request_limits"})
"""The modules of `hub` itself that put the parts together; its other ones are tools, and import no part."""
