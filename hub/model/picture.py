"""Pictures of events, as they are kept and served. Plain data."""

import msgspec

from hub.model.base import Count, Document


class PictureRef(msgspec.Struct, frozen=True, kw_only=True):
    """Reference of an event to its picture: the hash of its bytes, and its size in pixels."""

    hash: str
    width: Count
    height: Count


class Picture(Document, kw_only=True):
    """Picture of an event as JPEG, whole and small; its id is `EVENT/HASH`: one address means the same bytes."""

    id: str
    event: str
    whole: bytes
    small: bytes


def picture_id(event: str, of_hash: str) -> str:
    """Return the id of an event's picture."""
    return f"{event}/{of_hash}"


def picture_path(event: str, ref: PictureRef) -> str:
    """Return the path of an event's picture without its ending: `.jpg` is the whole one, `-small.jpg` the small one."""
    return f"/pictures/{event}/{ref.hash}"
