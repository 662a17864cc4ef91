"""Access log and metrics of requests: each is counted, failed and slow ones are logged, others on request."""

import structlog

from hub.app import Hub
from hub.model.access import Principal

log = structlog.get_logger(__name__)


def record_request(
    hub: Hub, *, method: str, route: str, status: int, took_s: float, principal: Principal | None = None
) -> None:
    """Count a request that was answered, and log it where it failed (5xx), was slow, or the access log is on.

    `route` is the template of its path: paths and queries may hold tokens, and are never logged.
    """
    hub.metrics.requests(route, status).observe(took_s)
    settings = hub.settings
    if status < 500 and took_s < settings.slow_request_s and not settings.access_log:
        return
    told = {"method": method, "route": route, "status": status, "took_ms": round(took_s * 1000, 1)}
    if principal is not None:
        told["client"] = f"{principal.kind} {principal.id}"
    if status >= 500:
        log.error("failed request", **told)
    elif took_s >= settings.slow_request_s:
        log.warning("slow request", **told)
    else:
        log.info("request", **told)
