"""Tracing: spans of requests, commits, database commands and deliveries. Off by default, and then none is made.

The tracer of OpenTelemetry is in `otel.py`, which alone imports its packages (docs/operating.md, Traces).
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Literal

SpanKind = Literal["internal", "server", "client"]
SetStatus = Callable[[int], None]
"""Sets the HTTP status of a request's span; a request that gets none leaves no span."""
EndCommand = Callable[[bool], None]
"""Ends the span of a database command; true: it failed."""


class Tracer:
    """Tracer that makes no spans."""

    is_on = False

    def request(self, method: str, route: str, traceparent: str | None) -> AbstractContextManager[SetStatus]:
        """Return the span of a request, current within it; a child of the caller's, where it names one."""
        return _NO_REQUEST

    def span(self, name: str, kind: SpanKind = "internal", **attributes: str | int) -> AbstractContextManager[None]:
        """Return a span, current within it, below the current one."""
        return _NO_SPAN

    def origin(self) -> object:
        """Return the current span, for `commit`; None where there is none."""
        return None

    def commit(self, origins: Sequence[object]) -> AbstractContextManager[None]:
        """Return the span of a commit: below the first of its commands' origins, and linked with the others."""
        return _NO_SPAN

    def command(self, name: str, collection: str) -> EndCommand | None:
        """Return what ends the span of a database command that begins now; None where none is wanted."""
        return None

    async def stop(self) -> None:
        """Send what is not sent yet, for a moment at most."""


def _no_status(status: int) -> None:
    """Set no status: there is no span."""


_NO_SPAN = nullcontext()
_NO_REQUEST = nullcontext(_no_status)
NO_TRACER = Tracer()


def make_tracer(endpoint: str | None, version: str, process: str) -> Tracer:
    """Return the tracer of a process: that of OpenTelemetry where there is a collector to send to."""
    if endpoint is None:
        return NO_TRACER
    from hub.telemetry.otel import OtelTracer

    return OtelTracer(endpoint, version, process)
