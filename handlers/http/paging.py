"""Lists that come page by page (booking-api.md): how long a page is, where it begins, and the link to the next."""

import re
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode

from tornado.web import RequestHandler

from hub.errors import BadInput
from hub.formats.local_time import is_reckonable

LONGEST_PAGE, USUAL_PAGE = 1000, 100


def read_limit(handler: RequestHandler) -> int:
    """Return how many items a page shall have, from `?limit=`. Raises `BadInput`."""
    text = handler.get_query_argument("limit", str(USUAL_PAGE))
    if not re.fullmatch(r"[1-9][0-9]{0,3}", text, re.ASCII) or int(text) > LONGEST_PAGE:
        raise BadInput("limit", {"limit": f"must be 1 to {LONGEST_PAGE}"})
    return int(text)


def read_cursor(handler: RequestHandler, parts: int) -> list[str] | None:
    """Return the parts of `?cursor=`, as `cursor_of` joined them, or None on the first page. Raises `BadInput`."""
    cursor = handler.get_query_argument("cursor", None)
    if cursor is None:
        return None
    found = cursor.split("~")
    if len(found) != parts:
        raise bad_cursor()
    return found


def read_place(handler: RequestHandler) -> tuple[datetime, str] | None:
    """Return after which instant and id the page begins, or None for the first. Raises `BadInput`."""
    parts = read_cursor(handler, 2)
    return None if parts is None else (to_moment(parts[0]), parts[1])


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


def bad_cursor() -> BadInput:
    """Return the refusal of a cursor that the hub never gave."""
    return BadInput("cursor", {"cursor": "must be taken from a Link header"})


def link_next(handler: RequestHandler, wanted: Mapping[str, str], limit: int, cursor: str) -> None:
    """Link to the next page of the list that is asked for."""
    query = urlencode({**wanted, "limit": limit, "cursor": cursor})
    handler.set_header("Link", f'<{handler.request.path}?{query}>; rel="next"')
