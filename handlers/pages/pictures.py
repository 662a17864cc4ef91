"""Pictures of events over HTTP: the file itself is the body that sets one, and its address holds its hash."""

import re
from typing import cast

from tornado.http1connection import HTTP1Connection
from tornado.web import stream_request_body

from handlers.http.base import BaseHandler
from handlers.http.body_limit import READ_OFF_BYTES, announced_by
from handlers.http.idle_timeout import IdleTimeouts
from handlers.http.operation import operation
from hub.errors import BadInput, HubError, NotFound
from hub.events.answers import EventAnswer, describe_event
from hub.formats.pictures import MOST_BYTES

UPLOAD_S = 300.0
"""How long a picture may take to come."""
NAME = re.compile(r"([0-9a-f]{32})(-small)?\.jpg")
FOREVER = "public, max-age=31536000, immutable"
FORMS = ("multipart/", "application/json")
"""Bodies that are certainly no picture."""


@stream_request_body
class EventPictureHandler(BaseHandler):
    """`/api/events/{uuid}/picture`."""

    limits_its_body = True
    _refusal: HubError | None = None
    _is_open = False

    async def prepare(self) -> None:
        """Authorise before the first byte of the file is read; a refusal waits until a small body has come."""
        if isinstance(self.request.connection, HTTP1Connection) and self._announced <= MOST_BYTES:
            self.request.connection.set_max_body_size(MOST_BYTES + READ_OFF_BYTES)
        self._chunks: list[bytes] = []
        self._size = 0
        try:
            await super().prepare()
            self._open()
        except HubError as refusal:
            if self._announced > self.hub.settings.body_limit_bytes:
                raise
            self._refusal = refusal

    @property
    def _announced(self) -> int:
        return announced_by(self.request.headers)

    def _open(self) -> None:
        kind = self.request.headers.get("Content-Type", "").lower()
        if self.request.method == "PUT" and kind.startswith(FORMS):
            raise BadInput("Send the picture itself as the body", code="unsupported_media", status=415)
        if self._announced > MOST_BYTES:
            raise _too_large()
        if self.request.method == "PUT":
            self.hub.event_pictures.check_room()
        if isinstance(self.request.connection, HTTP1Connection):
            cast(IdleTimeouts, self.settings["timeouts"]).for_body(self.request.connection.stream, UPLOAD_S)
        self._is_open = True

    def data_received(self, chunk: bytes) -> None:
        """Keep the next piece of the file, as far as it may be used."""
        self._size += len(chunk)
        if self._is_open and self._size <= MOST_BYTES:
            self._chunks.append(chunk)

    @operation(
        "set_event_picture",
        file=("image/jpeg", "image/png", "image/webp"),
        answer=EventAnswer,
        refuses=("unsupported_media", "too_large", "invalid", "conflict"),
    )
    async def put(self, event_id: str) -> None:
        """Give the event this picture, and return the event."""
        self._check()
        event = await self.hub.events.get(event_id)
        sent, self._chunks = b"".join(self._chunks), []
        self.answer(describe_event(await self.hub.event_pictures.set(event.id, sent)))

    @operation("remove_event_picture", answer=EventAnswer, refuses=("conflict",))
    async def delete(self, event_id: str) -> None:
        """Take the event's picture away, and return the event."""
        self._check()
        event = await self.hub.events.get(event_id)
        self.answer(describe_event(await self.hub.event_pictures.remove(event.id)))

    def _check(self) -> None:
        if self._refusal is not None:
            raise self._refusal
        if self._size > MOST_BYTES:
            raise _too_large()


def _too_large() -> BadInput:
    return BadInput(f"The file is too large: {MOST_BYTES} bytes at most", code="too_large", status=413)


class PictureHandler(BaseHandler):
    """`/pictures/{event}/{hash}.jpg`, and `...-small.jpg`: what one address answers never changes."""

    @operation("get_picture", media=("image/jpeg",), also=((304, None),), refuses=("not_found",))
    async def get(self, event_id: str, name: str) -> None:
        """Send the picture, or that the browser's own is still good."""
        named = NAME.fullmatch(name)
        found = named and await self.hub.event_pictures.read(event_id, named[1], "small" if named[2] else "whole")
        if not named or not found:
            raise NotFound("There is no such picture")
        self.set_header("Content-Type", "image/jpeg")
        self.set_header("Cache-Control", FOREVER)
        self.set_header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Etag", f'"{named[1]}{named[2] or ""}"')
        if self.check_etag_header():
            self.set_status(304)
            self.finish()
            return
        self.finish(found)
