"""Tracer of OpenTelemetry: spans by OTLP over HTTP to a collector. Imported only where `HUB_OTLP_ENDPOINT` is set.

Spans hold methods, routes, statuses, names of commands and collections, and counts: no path, query, key or name of a
person. Of OpenTelemetry's own variables those of the sampler, the resource and the exporter's headers hold.
"""

import asyncio
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.trace import Link, Span, SpanContext, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from typing_extensions import override

from hub.telemetry.correlation import current_id
from hub.telemetry.tracing import EndCommand, SetStatus, SpanKind, Tracer

LAST_SPANS_S = 1.0
"""How long the end of a process waits for its last spans to be taken."""
EXPORT_WITHIN_S = 5
MOST_LINKS = 100
TRACE_ID = re.compile(r"(?!0{32})[0-9a-f]{32}")
KINDS = {
    "internal": trace.SpanKind.INTERNAL,
    "server": trace.SpanKind.SERVER,
    "client": trace.SpanKind.CLIENT,
}


class _RequestIds(RandomIdGenerator):
    """Generator of trace ids: a trace has the id of its request, where that is in the form of one."""

    @override
    def generate_trace_id(self) -> int:
        shown = current_id() or ""
        return int(shown, 16) if TRACE_ID.fullmatch(shown) else super().generate_trace_id()


class OtelTracer(Tracer):
    """Tracer that exports spans to the collector at `endpoint` (`http://127.0.0.1:4318`)."""

    is_on = True

    def __init__(self, endpoint: str, version: str, process: str) -> None:
        resource = Resource.create(
            {"service.name": "scan-hub", "service.version": version, "service.instance.id": process}
        )
        self._provider = TracerProvider(resource=resource, id_generator=_RequestIds(), shutdown_on_exit=False)
        exporter = OTLPSpanExporter(f"{endpoint.rstrip('/')}/v1/traces", timeout=EXPORT_WITHIN_S)
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("scan-hub", version)
        self._propagator = TraceContextTextMapPropagator()

    @override
    @contextmanager
    def request(self, method: str, route: str, traceparent: str | None) -> Iterator[SetStatus]:
        parent = self._propagator.extract({"traceparent": traceparent}) if traceparent else None
        attributes = {"http.request.method": method, "http.route": route, "scanhub.request_id": current_id() or ""}
        span = self._tracer.start_span(f"{method} {route}", parent, kind=trace.SpanKind.SERVER, attributes=attributes)
        answered: list[int] = []
        with trace.use_span(span, end_on_exit=False, record_exception=False, set_status_on_exception=False):
            try:
                yield answered.append
            finally:
                if answered:
                    _end_request(span, answered[-1])

    @override
    @contextmanager
    def span(self, name: str, kind: SpanKind = "internal", **attributes: str | int) -> Iterator[None]:
        given = {f"scanhub.{key}": value for key, value in attributes.items()}
        with self._running(name, given, kind=KINDS[kind]):
            yield

    @override
    def origin(self) -> object:
        context = trace.get_current_span().get_span_context()
        return context if context.is_valid else None

    @override
    @contextmanager
    def commit(self, origins: Sequence[object]) -> Iterator[None]:
        found = list({each.span_id: each for each in origins if isinstance(each, SpanContext)}.values())
        first = trace.set_span_in_context(trace.NonRecordingSpan(found[0])) if found else None
        links = [Link(each) for each in found[1 : MOST_LINKS + 1]]
        with self._running("journal commit", {"scanhub.commands": len(origins)}, parent=first, links=links):
            yield

    @override
    def command(self, name: str, collection: str) -> EndCommand | None:
        if not trace.get_current_span().get_span_context().is_valid:
            return None  # what the hub asks by itself, all the time
        attributes = {"db.system.name": "mongodb", "db.operation.name": name, "db.collection.name": collection}
        span = self._tracer.start_span(
            f"{name} {collection}".strip(), kind=trace.SpanKind.CLIENT, attributes=attributes
        )

        def end(is_failed: bool) -> None:
            if is_failed:
                span.set_status(Status(StatusCode.ERROR))
            span.end()

        return end

    @override
    async def stop(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_SPANS_S):
                await asyncio.to_thread(self._provider.force_flush, int(LAST_SPANS_S * 1000))

    @contextmanager
    def _running(
        self,
        name: str,
        attributes: dict[str, str | int],
        kind: trace.SpanKind = trace.SpanKind.INTERNAL,
        parent: Context | None = None,
        links: Sequence[Link] = (),
    ) -> Iterator[None]:
        """Run within a span. An exception marks it by its type alone: its text may hold what is secret."""
        span = self._tracer.start_span(name, parent, kind, attributes, links)
        with trace.use_span(span, end_on_exit=True, record_exception=False, set_status_on_exception=False):
            try:
                yield
            except Exception as error:
                span.set_attribute("error.type", type(error).__name__)
                span.set_status(Status(StatusCode.ERROR))
                raise


def _end_request(span: Span, status: int) -> None:
    span.set_attribute("http.response.status_code", status)
    if status >= 500:
        span.set_status(Status(StatusCode.ERROR))
    span.end()
