"""Request scope: the id and the span of a request, in the context of which a handler serves it."""

from contextlib import AbstractContextManager

from tornado.web import OutputTransform, RequestHandler
from typing_extensions import override

from hub.app import Hub
from hub.telemetry import correlation
from hub.telemetry.tracing import NO_TRACER, SetStatus


class ScopedHandler(RequestHandler):
    """Handler that serves a request under its id (docs/operating.md, Request ids), in a span where there are any."""

    answers_head = True
    """False for a handler whose `GET` is a stream without an end."""
    _request_id: str | None = None

    @property
    def request_id(self) -> str:
        """Correlation id of the request: the one that its headers show, else one that is made here."""
        if self._request_id is None:
            headers = self.request.headers
            shown = correlation.shown_id(headers.get(correlation.HEADER), headers.get("traceparent"))
            self._request_id = shown or correlation.new_id()
        return self._request_id

    @override
    async def _execute(self, transforms: list[OutputTransform], *args: bytes, **kwargs: bytes) -> None:
        """Serve the request, in a context that knows its id and its span."""
        correlation.begin(self.request_id)
        with self._span() as set_status:
            await super()._execute(transforms, *args, **kwargs)
            set_status(self.get_status())

    def _span(self) -> AbstractContextManager[SetStatus]:
        """Return the span of the request: none of a stream without an end, which would come when it is over."""
        hub: Hub = self.settings["hub"]
        tracer = hub.tracer if self.answers_head else NO_TRACER
        route = self.settings.get("names", {}).get(type(self), "none")
        return tracer.request(self.request.method or "", route, self.request.headers.get("traceparent"))
