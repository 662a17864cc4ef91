"""Answers of the import API: an import, a file's contents, its errors (docs/import.md)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from hub.importing.checked import Block, Checked, ProductCount, RowChange, Untouched
from hub.importing.file.encodings import EncodingQuestion
from hub.importing.file.products import RenamedProduct
from hub.importing.file.rows import Row
from hub.importing.file.survey import DateQuestion, SaidState
from hub.importing.file.workbook import Sheet
from hub.importing.problems import ColumnsUnknown, EncodingUnknown, RowsRefused, UnknownColumn
from hub.language.catalogue import Language
from hub.language.problems import problem_text
from hub.model.base import TicketStatus
from hub.model.imports import DateOrder, Import, ImportState, Problem
from hub.model.report import Who, named
from hub.problem_codes import type_of


class FailureAnswer(msgspec.Struct, kw_only=True):
    """Reason of an import's failure; without its rows in lists."""

    code: str | None
    message: str | None
    rows_refused: list[Problem] | msgspec.UnsetType = msgspec.UNSET
    rows_count: int


class ImportAnswer(msgspec.Struct, kw_only=True):
    """Import as clients see it."""

    id: str
    event: str
    who: Who | None
    state: ImportState
    rows: int
    staged: int
    added: int | None
    """Known once it is completed, as the four below; of one that failed, how many it had corrected before."""
    changed: int | None
    canceled: int | None
    unchanged: int | None
    untouched: int | None
    created_at: datetime
    ended_at: datetime | None
    error: FailureAnswer | None


class ShowingAnswer(msgspec.Struct, kw_only=True):
    """Number of tickets of a showing that a file holds, and the seats that are left then."""

    date: str
    time: str
    tickets: int
    left: int


class SampleRow(msgspec.Struct, kw_only=True):
    """Sample: one of a file's first rows, as it was read."""

    row: int
    barcode: str | None
    first_name: str
    last_name: str
    phone_number: str
    product: str | None
    price: str | None
    notice: str | None
    seat: str | None
    """In one line."""
    fields: dict[str, str]
    date: str
    time: str
    paid: bool
    status: TicketStatus
    change: RowChange


class HiddenAnswer(msgspec.Struct, kw_only=True):
    """Hidden parts of a workbook that are read all the same: the sheet, rows that are not empty, columns by letters."""

    sheet: bool
    rows: int
    columns: list[str]


class CheckAnswer(msgspec.Struct, kw_only=True):
    """Contents of a file, and the changes that its import makes."""

    encoding: str
    code_pages: EncodingQuestion | None
    """Of a file that is not in Unicode: those that it may be in, with a row as each reads it."""
    separator: str
    sheet: str | None
    hidden: HiddenAnswer | None
    """Of a workbook: what is read although a person who looks at it does not see it."""
    unread_sheets: list[str]
    """Other sheets of a workbook that seem to be lists."""
    has_head: bool
    columns: list[str]
    ignored: list[str]
    dates: DateOrder
    rows: int
    added: int
    changed: int
    canceled: int
    in_batches: bool
    """Whether so many are corrected that this is done some at a time, and goes on with the same file where it ended."""
    unchanged: int
    untouched: int
    untouched_tickets: list[Untouched]
    left_out: int
    unpaid: int
    states: list[SaidState]
    unknown_products: list[ProductCount]
    renamed_products: list[RenamedProduct]
    showings: list[ShowingAnswer]
    sample: list[SampleRow]
    warnings: list[Problem]
    warnings_count: int


class DryRunAnswer(CheckAnswer, kw_only=True):
    """Contents of a file that was checked only: nothing was imported."""

    dry_run: bool = True


class RefusalAnswer(msgspec.Struct, kw_only=True):
    """Refusal of a file (RFC 9457), with the rows that are wrong and the choices that are open."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    rows: list[Problem]
    rows_count: int
    states: list[SaidState]
    dates: DateQuestion | None


class ColumnsAnswer(msgspec.Struct, kw_only=True):
    """Refusal of a file none of whose columns is known as a ticket's code, with its columns to be mapped (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: dict[str, str]
    columns: list[UnknownColumn]


StartedAnswer = msgspec.defstruct(
    "StartedAnswer",
    [
        (field.name, field.type)
        for field in msgspec.structs.fields(CheckAnswer)
        if field.name not in ImportAnswer.__struct_fields__
    ],
    bases=(ImportAnswer,),
    kw_only=True,
)
"""Import that has just been started, with the contents of its file."""


def describe_started(described: ImportAnswer, found: CheckAnswer) -> msgspec.Struct:
    """Import that has just been started: its own fields, then those of its file, whose counts they are."""
    return StartedAnswer(**msgspec.structs.asdict(described) | msgspec.structs.asdict(found))


class EncodingAnswer(msgspec.Struct, kw_only=True):
    """Refusal of a file whose code page is in doubt, with those that it may be in (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    encoding: EncodingQuestion


def describe_doubt(error: EncodingUnknown, language: Language) -> EncodingAnswer:
    """Return the code pages of a file to choose from."""
    said = problem_text(error.message, language)
    return EncodingAnswer(
        type=type_of(error.code), title=said, status=error.status, detail=said, code=error.code, encoding=error.question
    )


def describe_import(
    begun: Import, who: Mapping[str, Who], language: Language, *, with_rows: bool = True
) -> ImportAnswer:
    """Return an import as clients see it; in lists without the rows that were refused."""
    is_through = begun.state == "completed"
    is_partly = begun.state == "failed" and begun.changed + begun.canceled > 0
    return ImportAnswer(
        id=begun.id,
        event=begun.event,
        who=named(begun.by, who),
        state=begun.state,
        rows=begun.rows,
        staged=begun.staged,
        added=None if not is_through else begun.rows if begun.added is None else begun.added,
        changed=begun.changed if is_through or is_partly else None,
        canceled=begun.canceled if is_through or is_partly else None,
        unchanged=begun.unchanged if is_through else None,
        untouched=begun.untouched if is_through else None,
        created_at=begun.created_at,
        ended_at=begun.ended_at,
        error=_failure(begun, language, with_rows=with_rows) if begun.state == "failed" else None,
    )


def describe_check(checked: Checked, products: frozenset[str], language: Language) -> CheckAnswer:
    """Return the contents of a file, with ten of its rows; `products` are those of the event."""
    sheet = checked.table.sheet
    return CheckAnswer(
        encoding=checked.table.encoding,
        code_pages=checked.table.code_pages,
        separator=checked.table.separator,
        sheet=sheet.name if sheet else None,
        hidden=_hidden(sheet) if sheet else None,
        unread_sheets=sheet.unread if sheet else [],
        has_head=checked.table.has_head,
        columns=checked.table.columns,
        ignored=checked.table.ignored,
        dates=checked.survey.order,
        rows=checked.rows,
        added=checked.added,
        changed=checked.changed,
        canceled=checked.canceled,
        in_batches=checked.is_large,
        unchanged=checked.unchanged,
        untouched=checked.untouched_count,
        untouched_tickets=checked.untouched,
        left_out=checked.left_out,
        unpaid=checked.unpaid,
        states=checked.survey.states,
        unknown_products=_unknown(checked.products, products),
        renamed_products=checked.survey.renamed,
        showings=[_showing(block) for block in checked.blocks.values()],
        sample=[_sample(*each) for each in zip(checked.sample, checked.sample_changes, strict=True)],
        warnings=_said(checked.warnings, language),
        warnings_count=checked.warning_count,
    )


def describe_unknown(error: ColumnsUnknown, language: Language) -> ColumnsAnswer:
    """Return the columns of a file to choose from."""
    said = problem_text(error.message, language)
    return ColumnsAnswer(
        type=type_of(error.code),
        title=said,
        status=error.status,
        detail=said,
        code=error.code,
        errors={column: problem_text(text, language) for column, text in error.errors.items()},
        columns=error.columns,
    )


def describe_refusal(refused: RowsRefused, language: Language) -> RefusalAnswer:
    """Refusal of a file, with its rows that are wrong."""
    said = problem_text(refused.message, language)
    return RefusalAnswer(
        type=type_of(refused.code),
        title=said,
        status=refused.status,
        detail=said,
        code=refused.code,
        rows=_said(refused.problems, language),
        rows_count=refused.count,
        states=refused.states,
        dates=refused.question,
    )


def _failure(begun: Import, language: Language, *, with_rows: bool) -> FailureAnswer:
    rows = _said(begun.problems, language) if with_rows else msgspec.UNSET
    message = begun.message and problem_text(begun.message, language)
    return FailureAnswer(code=begun.code, message=message, rows_refused=rows, rows_count=begun.problem_count)


def _said(problems: Sequence[Problem], language: Language) -> list[Problem]:
    """Return the errors of rows with their messages in a language; columns and codes stay."""
    return [msgspec.structs.replace(each, message=problem_text(each.message, language)) for each in problems]


def _unknown(rows: Mapping[str | None, int], products: frozenset[str]) -> list[ProductCount]:
    """Return the products of a file, by the number of their rows, that the event does not have."""
    return [
        ProductCount(product=name, rows=count)
        for name, count in rows.items()
        if name is not None and name not in products
    ]


def _showing(block: Block) -> ShowingAnswer:
    showing = block.showing
    left = showing.capacity - showing.booked - block.count
    return ShowingAnswer(date=showing.date, time=showing.time, tickets=block.count, left=left)


def _hidden(sheet: Sheet) -> HiddenAnswer:
    return HiddenAnswer(sheet=sheet.is_hidden, rows=sheet.hidden_rows, columns=sheet.hidden_columns)


def _sample(row: Row, change: RowChange) -> SampleRow:
    guest, showing = row.guest, row.showing
    details = guest.details
    assert showing is not None
    return SampleRow(
        row=row.number,
        barcode=guest.barcode,
        first_name=guest.first_name,
        last_name=guest.last_name,
        phone_number=row.phone_number,
        product=guest.product,
        price=guest.price,
        notice=details.notice,
        seat=details.seat.text if details.seat else None,
        fields={field.name: field.value for field in details.fields},
        date=showing.date,
        time=showing.time,
        paid=row.paid,
        status=row.status,
        change=change,
    )
