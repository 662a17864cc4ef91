"""Routes of the hub as a whole: keys, users, webhooks, the outbox, its health (booking-api.md, operating.md)."""

from handlers.api import keys, operations, outbox, users, webhooks
from handlers.http.access import ID, anybody, needs
from handlers.openapi import pages as openapi_pages
from handlers.openapi.handler import AsyncApiHandler, OpenApiHandler
from handlers.routes.route import Route

OPERATION_ROUTES = [
    Route(
        "/api/keys", keys.KeysHandler, GET=needs("admin"), POST=needs("admin", but="a key with the scope admin: owners")
    ),
    Route(
        f"/api/keys/{ID}/revoke", keys.KeyRevokeHandler, POST=needs("admin", but="a key with the scope admin: owners")
    ),
    Route("/api/webhooks", webhooks.WebhooksHandler, GET=needs("admin"), POST=needs("admin")),
    Route(
        f"/api/webhooks/{ID}",
        webhooks.WebhookHandler,
        GET=needs("admin"),
        PUT=needs("admin"),
        PATCH=needs("admin"),
        DELETE=needs("admin"),
    ),
    Route(f"/api/webhooks/{ID}/ping", webhooks.PingHandler, POST=needs("admin")),
    Route(f"/api/webhooks/{ID}/deliveries", webhooks.DeliveriesHandler, GET=needs("admin")),
    Route(f"/api/webhooks/{ID}/deliveries/{ID}/send", webhooks.SendAgainHandler, POST=needs("admin")),
    Route("/api/outbox", outbox.OutboxHandler, GET=needs("admin")),
    Route(f"/api/outbox/{ID}/send", outbox.SendAgainHandler, POST=needs("admin")),
    Route("/api/users", users.UsersHandler, GET=needs("owner"), POST=needs("owner")),
    Route(f"/api/users/{ID}", users.UserHandler, PATCH=needs("owner"), DELETE=needs("owner")),
    Route("/api/me", users.MeHandler, GET=needs(sets_up=True)),
    Route("/api/me/password", users.PasswordHandler, POST=needs(but="a login, with the old password")),
    Route("/.well-known/security.txt", operations.SecurityTextHandler, GET=anybody()),
    Route("/docs", openapi_pages.ReferenceHandler, GET=anybody()),
    Route("/problems", openapi_pages.ProblemsHandler, GET=anybody()),
    Route(f"/problems/{ID}", openapi_pages.ProblemHandler, GET=anybody()),
    Route("/openapi.json", OpenApiHandler, GET=anybody()),
    Route("/asyncapi.json", AsyncApiHandler, GET=anybody()),
    Route("/healthz", operations.HealthHandler, GET=anybody()),
    Route("/readyz", operations.ReadyHandler, GET=anybody()),
    Route("/metrics", operations.MetricsHandler, GET=needs("metrics:read")),
    Route("/api/jobs", operations.JobsHandler, GET=needs("admin")),
    Route("/api/database", operations.DatabaseHandler, GET=needs("admin")),
    Route("/api/server", operations.ServerHandler, GET=needs("admin")),
    Route("/api/checks", operations.ChecksHandler, GET=needs("admin")),
    Route("/api/wallet", operations.WalletHandler, GET=needs("admin")),
]
