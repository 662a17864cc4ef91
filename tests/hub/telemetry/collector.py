"""Collector of OpenTelemetry on loopback: takes traces by OTLP over HTTP, and keeps their spans."""

from typing import NamedTuple

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application, RequestHandler


class Received(NamedTuple):
    """Span as it was received; ids are in hexadecimal digits, `resource` is of the process."""

    name: str
    trace: str
    id: str
    parent: str
    links: list[str]
    attributes: dict[str, str | int]
    is_failed: bool
    resource: dict[str, str | int]
    headers: dict[str, str]


class Collector:
    """Server of `/v1/traces`."""

    def __init__(self) -> None:
        self.spans: list[Received] = []
        sock, self.port = bind_unused_port()
        self._server = HTTPServer(Application([("/v1/traces", _Traces, {"collector": self})]))
        self._server.add_socket(sock)

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def stop(self) -> None:
        self._server.stop()

    def named(self, name: str) -> list[Received]:
        return [span for span in self.spans if span.name == name]


class _Traces(RequestHandler):
    def initialize(self, collector: Collector) -> None:
        self.collector = collector

    def post(self) -> None:
        assert self.request.headers["Content-Type"] == "application/x-protobuf"
        body = self.request.body
        if self.request.headers.get("Content-Encoding") == "gzip":
            import gzip

            body = gzip.decompress(body)
        sent = ExportTraceServiceRequest.FromString(body)
        for of_resource in sent.resource_spans:
            resource = _attributes(of_resource.resource.attributes)
            for scope in of_resource.scope_spans:
                self.collector.spans += [
                    Received(
                        span.name,
                        span.trace_id.hex(),
                        span.span_id.hex(),
                        span.parent_span_id.hex(),
                        [link.span_id.hex() for link in span.links],
                        _attributes(span.attributes),
                        span.status.code == 2,
                        resource,
                        dict(self.request.headers.get_all()),
                    )
                    for span in scope.spans
                ]
        self.set_header("Content-Type", "application/x-protobuf")


def _attributes(pairs: object) -> dict[str, str | int]:
    found: dict[str, str | int] = {}
    for pair in pairs:  # type: ignore[attr-defined]
        found[pair.key] = pair.value.string_value or pair.value.int_value
    return found
