"""Import service: checks a file whole, stages its tickets unseen, completes it by one journal entry.

A process that dies leaves nothing but staged tickets, which no query shows and a scheduled job takes away
(`jobs/housekeeping.py`). What one entry made true needs nothing more.
"""

import asyncio
import hashlib
import traceback
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from uuid import uuid4

import msgspec
import structlog

from hub.clock import Clock
from hub.errors import Conflict, HubError, NotFound, SlowDown, Unavailable
from hub.importing.batches import ALIVE_FOR, AT_ONCE, BatchCorrector
from hub.importing.check import Checker, read_rows
from hub.importing.checked import Checked
from hub.importing.commands import FailImport, RecordImportProgress, StartImport, replayed
from hub.importing.complete import ENDED, CompleteImport
from hub.importing.corrections import part_key
from hub.importing.file.columns import head_key, recognise
from hub.importing.file.rows import Row
from hub.importing.file.showings import Times
from hub.importing.file.table import Table
from hub.importing.file.upload import Upload
from hub.importing.ledger import MEANWHILE
from hub.importing.matching import Lookup
from hub.importing.problems import Problems, RowsRefused
from hub.importing.retry import Retry
from hub.importing.staged import Staging, reservation_of, ticket_of
from hub.model.event import Event, Showing
from hub.model.imports import Choices, Import, KeptChoices, Problem
from hub.tasks import Tasks
from hub.tickets.seats import Seats, left_of
from hub.vault import IndexPurpose, Vault
from store.collections.events import EventReader
from store.collections.imports import Imports
from store.collections.showings import Showings
from store.journal.journal import Journal

log = structlog.get_logger(__name__)

CHUNK = 25
"""Tickets staged at once: mongod puts each into all indexes, and a scan that comes in the middle waits for them."""
PAUSE_S = 0.01
REST = 3
"""Between two chunks it rests at least so long, and so many times as long as the last one took: doors go first."""
TELL_EVERY_S = 1.0
MOST_UPLOADS = 8
"""Files in a process at once: each may take its 64 MiB of the disk."""


class Importer:
    """Import service: checks and carries out imports. Owns a task for each under way."""

    def __init__(
        self,
        journal: Journal,
        events: EventReader,
        showings: Showings,
        imports: Imports,
        seats: Seats,
        vault: Vault,
        clock: Clock,
    ) -> None:
        self._journal = journal
        self._events = events
        self._showings = showings
        self._imports = imports
        self._seats = seats
        self._clock = clock
        self._vault = vault
        self._tasks = Tasks()
        self._uploads: set[Upload] = set()
        self._is_stopping = False
        self._retry = Retry(lambda: self._is_stopping)

    async def stop(self) -> None:
        """Cancel imports under way: an import is quickly made again, a hub that does not stop is a nuisance."""
        self._is_stopping = True
        await self._tasks.join()

    def receive(self, most: int) -> Upload:
        """Return an upload for a file of `most` bytes. Raises `SlowDown` while too many others are open."""
        self._uploads = {each for each in self._uploads if not each.is_closed}
        if len(self._uploads) >= MOST_UPLOADS:
            raise SlowDown("Other files are being imported: try again in a minute", after_s=60)
        upload = Upload(most, self._vault.index_key(IndexPurpose.IDEMPOTENCY))
        self._uploads.add(upload)
        return upload

    async def get(self, import_id: str) -> Import:
        """Return an import. Raises `NotFound`."""
        found = await self._imports.get(import_id)
        if found is None:
            raise NotFound("Import not found")
        return found

    async def replay(self, idempotency: str, digest: str) -> Import | None:
        """Return the import that this key and file began before, or None. Raises `BadInput` for another file."""
        remembered = await self._imports.idempotency_record(idempotency)
        return None if remembered is None else await self.get(replayed(remembered, digest))

    async def times(self, event_id: str) -> Times:
        """Return the index of an event's times. Raises `NotFound` for an event that takes no tickets."""
        event: Event | None = await self._events.find(event_id)
        if event is None or event.closed:
            raise NotFound("Event not found")
        return Times(event, await self._showings.of_event(event_id), self._seats, self._clock.now())

    async def check(self, upload: Upload, times: Times, choices: Choices | None = None) -> Checked:
        """Return the contents of a file, changing nothing. Raises `BadInput`, or `RowsRefused` with the rows.

        `choices` are what the organiser says of this file; what was said of earlier ones like it holds beside them.
        """
        await asyncio.to_thread(
            recognise, ()
        )  # a process's first parses the catalogues of all languages: half a second
        event_id = times.event_id
        kept = await self._imports.kept_choices(_choices_ids(event_id, upload))
        return await Checker(upload, times, lambda asked: self._imports.known(event_id, asked), choices, kept).check()

    async def start(
        self, upload: Upload, times: Times, checked: Checked, *, by: str | None = None, idempotency: str | None = None
    ) -> Import:
        """Begin to import a checked file, and return the import; `upload` is closed when it has ended.

        `by` is the id of the login or key that asks.

        Raises `Conflict` (import_running) where the event has one under way.
        """
        now = self._clock.now()
        if any(each.alive_until > now for each in await self._imports.under_way(times.event_id)):
            raise Conflict("import_running", "Another import of this event is under way: wait for its end")
        if self._is_stopping:
            raise Unavailable("the hub is stopping: try again")
        begun = Import(
            id=str(uuid4()),
            event=times.event_id,
            by=by,
            state="staging",
            rows=checked.rows + checked.canceled,
            alive_until=now + ALIVE_FOR,
            created_at=now,
        )
        if not checked.has_changes:
            begun = _nothing_new(begun, checked)
        command = StartImport(begun, idempotency=idempotency, digest=upload.digest)
        import_id = await self._retry.run(partial(self._journal.append, times.event_id, command))
        if import_id != begun.id:
            upload.close()
            return await self.get(import_id)
        kept = _kept(checked.choices, _choices_ids(times.event_id, upload), now)
        await self._retry.run(partial(self._imports.keep_choices, kept))
        if begun.state == "completed":
            upload.close()
            return begun
        staging = Staging(begun=begun, checked=checked, upload=upload, times=times)
        self._tasks.spawn(self._carry_out(staging), name=f"import {begun.id}")
        return begun

    async def end_dead(self, dead: Import) -> bool:
        """Give up an import whose process died; return whether it was dead."""
        command = FailImport(dead.id, "interrupted", "The hub ended during the import: import again", is_dead=True)
        return await self._journal.append(dead.event, command)

    async def _carry_out(self, staging: Staging) -> None:
        try:
            staged = await self._stage(staging)
            await self._complete(staging, await self._correct(staging, staged) if staging.checked.is_large else None)
        except HubError as refusal:
            await self._give_up(staging, refusal)
        except Exception as error:  # whatever it is, the import must not seem to go on
            # Its text may quote a row, and so a guest's name: the log gets the kind of it and the place alone.
            frames = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
            log.error("an import broke", error=type(error).__name__, at=" > ".join(frames))
            await self._give_up(staging, HubError("internal", "Something went wrong here: import again"))
        finally:
            staging.upload.close()

    async def _stage(self, staging: Staging) -> int:
        """Stage the tickets that are to be added, and return how many. Raises `RowsRefused` where they exist."""
        problems, staged, journaled_at = Problems(), 0, asyncio.get_running_loop().time()
        chunk: list[Row] = []
        orders: set[str] = set()
        with staging.upload.text() as text:
            async for _, read in read_rows(Table(text, staging.checked.choices), staging.times, staging.checked):
                for problem in read.problems:
                    problems.add(problem)
                if read.row is not None and read.row.number not in staging.checked.skipped:
                    chunk.append(read.row)
                if len(chunk) < CHUNK:
                    continue
                begun = asyncio.get_running_loop().time()
                staged += await self._stage_chunk(staging, chunk, orders, problems)
                await self.rest(asyncio.get_running_loop().time() - begun)
                journaled_at = await self._retry.run(partial(self._journal_progress, staging, staged, journaled_at))
                chunk = []
        staged += await self._stage_chunk(staging, chunk, orders, problems)
        problems.refuse()
        return staged

    async def _correct(self, staging: Staging, staged: int) -> Counter[str]:
        """Correct the existing tickets, batch by batch; return the numbers by outcome."""
        checked, times, begun = staging.checked, staging.times, staging.begun
        lookup = Lookup(lambda asked: self._imports.known(begun.event, asked), times, is_own=checked.table.is_own)
        append = partial(self._journal.append, begun.event)
        full = checked.full_showings | _full_products(checked, times.event)
        corrector = BatchCorrector(begun, lookup, times, self._seats, append, self._retry, staged, full)
        batch: list[Row] = []
        journaled_at = asyncio.get_running_loop().time()
        with staging.upload.text() as text:
            async for number, read in read_rows(Table(text, checked.choices), times, checked):
                if read.row is not None and number in checked.skipped and number not in checked.sold_again:
                    batch.append(read.row)
                if len(batch) == AT_ONCE:
                    journaled_at = await self._correct_batch(staging, corrector, batch, journaled_at)
                    batch = []
        await corrector.correct(batch)
        showings = await self._retry.run(partial(self._showings.of_event, begun.event))
        for group in corrector.moves(_room(times.event, showings)):
            journaled_at = await self._correct_batch(staging, corrector, group, journaled_at)
        return corrector.done

    async def _correct_batch(
        self, staging: Staging, corrector: BatchCorrector, rows: Sequence[Row], journaled_at: float
    ) -> float:
        began = asyncio.get_running_loop().time()
        await corrector.correct(rows)
        await self.rest(asyncio.get_running_loop().time() - began)
        return await self._retry.run(partial(self._journal_progress, staging, corrector.staged, journaled_at))

    async def _stage_chunk(self, staging: Staging, rows: list[Row], orders: set[str], problems: Problems) -> int:
        tickets = [ticket_of(staging, row) for row in rows]
        reservations = []
        for row, ticket in zip(rows, tickets, strict=True):
            if ticket.reservation not in orders and ticket.reservation not in staging.checked.joins:
                reservations.append(reservation_of(staging, row, ticket))
                orders.add(ticket.reservation)
        if await self._retry.run(partial(self._imports.stage, reservations)):
            raise Conflict("conflict", MEANWHILE)
        for place in await self._retry.run(partial(self._imports.stage, tickets)):
            row = rows[place]
            column = "barcode" if row.guest.barcode else "uuid"
            problems.add(Problem(row=row.number, column=column, code="duplicate", message="is there already"))
        return len(tickets)

    async def rest(self, took_s: float) -> None:
        """Let the event loop run. Raises `Conflict` where the hub is stopping."""
        if self._is_stopping:
            raise Conflict("interrupted", "The hub was stopped during the import: import again")
        await asyncio.sleep(max(PAUSE_S, REST * took_s))

    async def _journal_progress(self, staging: Staging, staged: int, journaled_at: float) -> float:
        """Record and journal the progress, at most once a second. Raises `Conflict` where it was ended."""
        now = asyncio.get_running_loop().time()
        if now - journaled_at < TELL_EVERY_S:
            return journaled_at
        begun = staging.begun
        if not await self._imports.goes_on(begun.id, staged, self._clock.now() + ALIVE_FOR):
            raise Conflict("import_ended", ENDED)
        await self._journal.append(begun.event, RecordImportProgress(begun.id, staged, begun.rows))
        return now

    async def _complete(self, staging: Staging, done: Counter[str] | None) -> None:
        command = CompleteImport(staging.begun, staging.checked, self._seats, done)
        await self._retry.run(lambda: self._journal.append(staging.begun.event, command))

    async def _give_up(self, staging: Staging, refusal: HubError) -> None:
        begun = staging.begun
        rows = refusal if isinstance(refusal, RowsRefused) else None
        command = FailImport(
            begun.id, refusal.code, refusal.message, rows.problems if rows else (), rows.count if rows else 0
        )
        try:
            await self._journal.append(begun.event, command)
            failed = await self.get(begun.id)
            if failed.state == "failed" and not self._is_stopping:
                await self._imports.take_away(failed)
        except Exception as error:  # the database away, most of all: a scheduled job ends what this could not
            log.warning("an import is left to the scheduled jobs", import_id=begun.id, reason=repr(error))


def _choices_ids(event_id: str, upload: Upload) -> list[str]:
    """Return the ids under which choices for a file are kept: for its event, and for files with the same head."""
    with upload.text(upload.detected) as text:
        table = Table(text)
    names = [head_key(name) for name in table.head] + ([] if table.has_head else [event_id])  # no seller's, alone
    layout = hashlib.sha256(msgspec.json.encode(names)).hexdigest()[:32]
    return [f"event/{event_id}", f"head/{layout}"]


def _kept(choices: Choices, ids: Sequence[str], now: datetime) -> list[KeptChoices]:
    """Return the part of choices that is kept: for another seller's file no columns, dates and code page."""
    for_event, for_head = ids
    of_event = msgspec.structs.replace(choices, columns={}, dates=None, encoding=None)
    kept = ((for_event, of_event), (for_head, choices))
    return [
        KeptChoices(id=each, choices=msgspec.json.encode(what), kept_at=now) for each, what in kept if what != Choices()
    ]


def _nothing_new(begun: Import, checked: Checked) -> Import:
    """Return an import of a list without any difference: it is completed."""
    return msgspec.structs.replace(
        begun,
        state="completed",
        staged=begun.rows,
        ended_at=begun.created_at,
        added=0,
        unchanged=checked.unchanged,
        untouched=checked.untouched_count,
    )


def _full_products(checked: Checked, event: Event) -> set[str]:
    """Return the products of showings that have not tickets enough for all rows before others have left."""
    full = set()
    for (product, showing), block in checked.limited.items():
        left = left_of(event, block.showing, product)
        if showing is not None and left is not None and block.count > left:
            full.add(part_key(showing, product))
    return full


def _room(event: Event, showings: Iterable[Showing]) -> dict[str, int]:
    """Free seats of showings, and the rest of their products with a capacity."""
    room: dict[str, int] = {}
    for showing in showings:
        room[showing.id] = showing.capacity - showing.booked
        for product in event.products:
            if (left := left_of(event, showing, product.name)) is not None:
                room[part_key(showing.id, product.name)] = left
    return room
