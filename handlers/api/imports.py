"""Import endpoints (docs/import.md): the body is the file itself, streamed to a temporary one."""

from collections.abc import Sequence
from typing import cast

import msgspec
from tornado.http1connection import HTTP1Connection
from tornado.web import stream_request_body

from handlers.http.base import BaseHandler
from handlers.http.body_limit import READ_OFF_BYTES, announced_by
from handlers.http.idempotency import idempotency_of
from handlers.http.idle_timeout import IdleTimeouts
from handlers.http.operation import CSV, operation
from handlers.http.paging import PageQuery, count_first, cursor_of, cut, read_page, read_place
from handlers.http.problem import Problem
from hub.errors import BadInput, HubError
from hub.importing.answers import (
    CheckAnswer,
    ColumnsAnswer,
    DryRunAnswer,
    EncodingAnswer,
    ImportAnswer,
    RefusalAnswer,
    StartedAnswer,
    describe_check,
    describe_doubt,
    describe_import,
    describe_refusal,
    describe_started,
    describe_unknown,
)
from hub.importing.choices import read_choices
from hub.importing.file.upload import Upload
from hub.importing.problems import ColumnsUnknown, EncodingUnknown, RowsRefused
from hub.model.imports import DateOrder, Import

FORMS = ("multipart/", "application/json")
"""Bodies that are certainly no CSV."""
CONTENT_TYPES = (
    CSV,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/octet-stream",
)
"""Bodies that clients are advised to send; the file itself says what it is."""
UPLOAD_S = 900.0
"""How long a file may take to come: 64 MiB over a line of 1 Mbit/s takes ten minutes."""


@stream_request_body
class EventImportHandler(BaseHandler):
    """`/api/events/{uuid}/import`."""

    limits_its_body = True
    _upload: Upload | None = None
    _refusal: HubError | None = None

    async def prepare(self) -> None:
        """Authorise before the first byte of the file is read.

        A refusal waits until a small body has come: who answers before has to cut the connection.
        """
        most = self.hub.settings.import_limit_bytes
        if isinstance(self.request.connection, HTTP1Connection) and self._announced <= most:
            self.request.connection.set_max_body_size(most + READ_OFF_BYTES)
        try:
            await super().prepare()
            if self.request.method == "POST":
                self._open()
        except HubError as refusal:
            if self.request.method != "POST" or self._announced > self.hub.settings.body_limit_bytes:
                raise
            self._refusal = refusal

    @property
    def _announced(self) -> int:
        return announced_by(self.request.headers)

    def _open(self) -> None:
        if self.request.headers.get("Content-Type", "").lower().startswith(FORMS):
            raise BadInput("Send the file itself as the body, as text/csv", code="unsupported_media", status=415)
        most = self.hub.settings.import_limit_bytes
        if self._announced > most:
            raise BadInput(f"The file is too large: {most} bytes at most", code="too_large", status=413)
        if isinstance(self.request.connection, HTTP1Connection):
            cast(IdleTimeouts, self.settings["timeouts"]).for_body(self.request.connection.stream, UPLOAD_S)
        self._upload = self.hub.importer.receive(most)

    def data_received(self, chunk: bytes) -> None:
        """Keep the next piece of the file."""
        if self._upload is not None:
            self._upload.write(chunk)

    @operation(
        "import_tickets",
        file=CONTENT_TYPES,
        answer=(ImportAnswer, StartedAnswer),
        status=202,
        also=((200, DryRunAnswer),),
        query_texts={
            "dry_run": str,
            "state": list[str],
            "column": list[str],
            "product": list[str],
            "dates": DateOrder,
            "encoding": str,
        },
        headers=("Idempotency-Key",),
        refuses=(
            "import_running",
            "sold_out",
            "duplicate",
            "unknown_encoding",
            "unsupported_media",
            "too_large",
            "idempotency_mismatch",
            "interrupted",
        ),
        problem=(RefusalAnswer, ColumnsAnswer, EncodingAnswer, Problem),
    )
    async def post(self, event_id: str) -> None:
        """Check the file, and import it; with `dry_run=true` answer its contents alone."""
        if self._refusal is not None:
            raise self._refusal
        upload, self._upload = self._upload, None
        assert upload is not None
        try:
            is_begun = await self._import(event_id, upload)
        except BaseException:
            upload.close()
            raise
        if not is_begun:
            upload.close()

    def on_finish(self) -> None:
        """Delete a file that was not taken over."""
        self._forget()

    def on_connection_close(self) -> None:
        """Delete a file that did not come whole."""
        self._forget()

    def shape(self, error: HubError) -> None:
        """Write a refusal with its rows, with the columns to be mapped, or with the code pages."""
        if isinstance(error, ColumnsUnknown | EncodingUnknown | RowsRefused):
            self.name_language()
        if isinstance(error, ColumnsUnknown):
            self.answer(describe_unknown(error, self.problem_language), error.status, "application/problem+json")
            return
        if isinstance(error, EncodingUnknown):
            self.answer(describe_doubt(error, self.problem_language), error.status, "application/problem+json")
            return
        if not isinstance(error, RowsRefused):
            super().shape(error)
            return
        self.answer(describe_refusal(error, self.problem_language), error.status, "application/problem+json")

    async def _import(self, event_id: str, upload: Upload) -> bool:
        """Answer; return whether the import has taken the file over."""
        upload.end()
        await upload.unpack()
        times = await self.hub.importer.times(event_id)
        products = frozenset(product.name for product in times.event.products)
        choices = read_choices(self.get_query_arguments, products)
        if self.get_query_argument("dry_run", "false").lower() in ("true", "1", "yes"):
            checked = await self.hub.importer.check(upload, times, choices)
            self.answer(
                DryRunAnswer(**msgspec.structs.asdict(describe_check(checked, products, self.problem_language)))
            )
            return False
        idempotency = idempotency_of(self, self.asker)
        begun = await self.hub.importer.replay(idempotency, upload.digest) if idempotency else None
        found: CheckAnswer | None = None
        if is_new := begun is None:
            checked = await self.hub.importer.check(upload, times, choices)
            by = self.known.id
            begun = await self.hub.importer.start(upload, times, checked, by=by, idempotency=idempotency)
            found = describe_check(checked, products, self.problem_language)
        self.set_header("Location", f"/api/imports/{begun.id}")
        (described,) = await describe_imports(self, [begun])
        self.answer(described if found is None else describe_started(described, found), 202)
        return is_new

    def _forget(self) -> None:
        if self._upload is not None:
            self._upload.close()
            self._upload = None


class ImportHandler(BaseHandler):
    """`/api/imports/{id}`."""

    @operation("get_import", answer=ImportAnswer)
    async def get(self, import_id: str) -> None:
        """Return an import's state, progress and outcome."""
        (described,) = await describe_imports(self, [await self.hub.importer.get(import_id)])
        self.answer(described)


class EventImportsHandler(BaseHandler):
    """`/api/events/{uuid}/imports`."""

    @operation("list_imports", query=PageQuery, answer=list[ImportAnswer])
    async def get(self, event_id: str) -> None:
        """List the event's imports a page at a time, newest first, without their refused rows."""
        event = await self.hub.events.get(event_id)
        query, after = read_page(self, PageQuery, read_place)
        found = await self.hub.imports.page(event.id, after=after, limit=query.limit + 1)
        await count_first(self, query, found, lambda: self.hub.imports.count(event.id))
        shown = cut(self, query, found, lambda last: cursor_of(last.created_at, last.id))
        self.answer(await describe_imports(self, shown, with_rows=False))


async def describe_imports(
    handler: BaseHandler, imports: Sequence[Import], *, with_rows: bool = True
) -> list[ImportAnswer]:
    """Return imports as clients see them, with the names of those who began them: of one who is gone the id."""
    who = await handler.hub.report_reader.who({each.by for each in imports if each.by is not None})
    return [describe_import(each, who, handler.problem_language, with_rows=with_rows) for each in imports]
