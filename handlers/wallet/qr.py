"""QR codes of tickets over HTTP, as PNG or SVG."""

from typing import Annotated
from uuid import UUID

import msgspec

from handlers.api.tickets import readable_ticket
from handlers.http.base import BaseHandler
from handlers.http.operation import operation
from hub.errors import BadInput
from hub.formats.qr_images import Format

Size = Annotated[int, msgspec.Meta(ge=1, le=2048)]
"""Side of a picture, in pixels."""


class TicketFileHandler(BaseHandler):
    """Base of the paths under `/tickets/{id}/`: a valid id."""

    async def prepare(self) -> None:
        """Refuse an id that is no uuid before anything else but a method that there is not: 400."""
        if self.rule is not None or self.request.method == "OPTIONS":
            self.path_args[0] = uuid_or_400(self.path_args[0])
        await super().prepare()


class QrHandler(TicketFileHandler):
    """`GET /tickets/{id}/qr`."""

    @operation(
        "get_ticket_qr",
        media=("image/png", "image/svg+xml"),
        query_texts={"format": Format, "size": Size},
        also=((304, None),),
        refuses=("invalid", "bad_token", "handed_on"),
    )
    async def get(self, ticket_id: str) -> None:
        """Return the ticket's code as PNG or SVG."""
        ticket = await readable_ticket(self, ticket_id)
        form = self._form()
        picture = await self.hub.qr_images.get(await self.hub.booking.code(ticket), form, self._size())
        self.set_header("ETag", picture.etag)
        self.set_header("Content-Type", picture.content_type)
        self.set_header("Cache-Control", "private, max-age=300")
        self.add_header("Vary", "Accept, Authorization, Cookie")
        if self.check_etag_header():
            self.set_status(304)
            self.finish()
            return
        self.finish(picture.body)

    def _form(self) -> Format:
        asked = self.get_query_argument("format", "")
        if asked not in ("", "png", "svg"):
            raise BadInput("format", {"format": "must be png or svg"})
        accepts_svg = "image/svg+xml" in self.request.headers.get("Accept", "")
        accepts_png = "image/png" in self.request.headers.get("Accept", "")
        return "svg" if asked == "svg" or (not asked and accepts_svg and not accepts_png) else "png"

    def _size(self) -> int | None:
        text = self.get_query_argument("size", None)
        if text is None:
            return None
        if not text.isascii() or not text.isdigit() or not 1 <= int(text[:6]) <= 2048:
            raise BadInput("size", {"size": "must be 1 to 2048 pixels"})
        return int(text)


def uuid_or_400(text: str) -> str:
    """Canonical uuid of `text`. Raises `BadInput` with 400 for a text that is none."""
    try:
        return str(UUID(text))
    except ValueError as wrong:
        raise BadInput("The ticket id is not a uuid", {"ticketId": "is not a uuid"}, status=400) from wrong
