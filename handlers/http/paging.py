"""Pagination: lists that come page by page, each with a `Link` to the next (booking-api.md)."""

from bisect import bisect_right
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

import msgspec

from handlers.http.base import BaseHandler
from hub.errors import BadInput
from hub.formats.local_time import is_reckonable
from hub.validation import Check, collect, query_values

LONGEST_PAGE, USUAL_PAGE = 1000, 100


class PageQuery(msgspec.Struct, kw_only=True):
    """Query of a list: items of a page, and the cursor of the page before; lists add their filters."""

    limit: Annotated[int, msgspec.Meta(ge=1, le=LONGEST_PAGE)] = USUAL_PAGE
    cursor: str | None = None


class WholeQuery(msgspec.Struct, kw_only=True):
    """Query of a short list, which comes whole unless a `limit` asks for pages."""

    limit: Annotated[int, msgspec.Meta(ge=1, le=LONGEST_PAGE)] | None = None
    cursor: str | None = None


ListQuery = PageQuery | WholeQuery
Q = TypeVar("Q", bound=ListQuery)
C = TypeVar("C")
T = TypeVar("T")
Place = tuple[datetime, str]
"""Where an item stands in its list: an instant, and its id."""
COUNT_HEADER = "X-Total-Count"


def read_page(
    handler: BaseHandler, form: type[Q], read_cursor: Callable[[str], C], check: Check[Q] | None = None
) -> tuple[Q, C | None]:
    """Return a list's query and the place where its page begins. Raises `BadInput` with all that is wrong."""
    query, problems = collect(query_values(handler.query_texts, form), form, check)
    after = None
    if query.cursor is not None:
        try:
            after = read_cursor(query.cursor)
        except BadInput as wrong:
            problems.update(wrong.errors)
    problems.raise_if_any("The list cannot be read so")
    return query, after


def cut(handler: BaseHandler, query: ListQuery, found: Sequence[T], cursor: Callable[[T], object]) -> Sequence[T]:
    """Return a list's page, of which one item more was read where there is one; `Link` then leads to the next page."""
    if query.limit is None or len(found) <= query.limit:
        return found
    shown = found[: query.limit]
    link_next(handler, type(query), cursor=cursor(shown[-1]))
    return shown


def cut_whole(
    handler: BaseHandler, query: WholeQuery, after: Place | None, items: Iterable[T], place: Callable[[T], Place]
) -> Sequence[T]:
    """Return the page of a list that was read whole, by the places of its items; `X-Total-Count` says how many."""
    ordered = sorted(items, key=place)
    count(handler, len(ordered))
    rest = ordered if after is None else ordered[bisect_right(ordered, after, key=place) :]
    return cut(handler, query, rest, lambda last: cursor_of(*place(last)))


async def count_first(
    handler: BaseHandler, query: ListQuery, found: Sequence[object], counted: Callable[[], Awaitable[int | None]]
) -> None:
    """Say on a list's first page how many items the list has in all.

    `found` is the page, one item longer where more follow: then the items are `counted`, None for too many to count.
    """
    if query.cursor is not None:
        return
    total = len(found) if query.limit is None or len(found) <= query.limit else await counted()
    if total is not None:
        count(handler, total)


def count(handler: BaseHandler, total: int) -> None:
    """Say how many items a list has in all."""
    handler.set_header(COUNT_HEADER, str(total))


def cursor_parts(cursor: str, parts: int) -> list[str]:
    """Return the parts of a cursor, as `cursor_of` joined them. Raises `BadInput`."""
    found = cursor.split("~")
    if len(found) != parts:
        raise bad_cursor()
    return found


def read_place(cursor: str) -> Place:
    """Return the instant and id after which a page begins. Raises `BadInput`."""
    moment, item_id = cursor_parts(cursor, 2)
    return to_moment(moment), item_id


def cursor_of(moment: datetime, *more: object) -> str:
    """Return the cursor of a page that begins after an item."""
    return "~".join([moment.isoformat(), *map(str, more)])


def to_moment(text: str) -> datetime:
    """Return the instant in a cursor. Raises `BadInput`."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise bad_cursor() from wrong
    if moment.tzinfo is None or not is_reckonable(moment):
        raise bad_cursor()
    return moment


def to_number(text: str) -> int:
    """Return the sequence number in a cursor. Raises `BadInput`."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 18):
        raise bad_cursor()
    return int(text)


def bad_cursor() -> BadInput:
    """Return the refusal of a cursor that the hub never gave."""
    return BadInput("cursor", {"cursor": "must be taken from a Link header"})


def link_next(handler: BaseHandler, form: type[ListQuery], **changed: Any) -> None:
    """Set `Link` to the next page: the same query with its `cursor`, or other parameters, changed."""
    known = {field.encode_name for field in msgspec.structs.fields(form)}
    kept = {name: text for name, text in handler.query_texts.items() if name in known}
    link_to(handler, handler.request.path, kept | changed)


def link_to(handler: BaseHandler, path: str, query: Mapping[str, Any]) -> None:
    """Set `Link` to what an answer goes on with."""
    handler.set_header("Link", f'<{path}?{urlencode(query)}>; rel="next"')
