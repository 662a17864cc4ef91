"""Items: journal entries as clients see them, encoded once for each view and not once for each client."""

from collections.abc import Mapping
from typing import NamedTuple

import msgspec
import structlog

from hub.live.frame_shapes import Item, ItemData, KindData
from hub.live.visibility import View
from hub.model.journal import Entry, unreadable

log = structlog.get_logger(__name__)

_SHOWN = frozenset(ItemData.__struct_fields__)


class EncodedEntry(NamedTuple):
    """A journal entry with its item, encoded without names: they are joined at delivery, so deleted ones are gone."""

    entry: Entry
    plain: msgspec.Raw

    def item(self, view: View, names: Mapping[str, str]) -> msgspec.Raw:
        """Return the entry as `view` sees it, as JSON."""
        if not view.sees(self.entry.kind):
            return _hidden(self.entry)
        name = names.get(self.entry.ticket or "") if view.names else None
        item = self.plain if name is None else _item(self.entry, name)
        return _with_request_id(item, self.entry.request_id) if view.all_kinds and self.entry.request_id else item


def encode(entry: Entry) -> EncodedEntry:
    """Return `entry` with its item for all views without names, or its placeholder where it cannot be encoded."""
    try:
        return EncodedEntry(entry, _item(entry))
    except Exception:
        log.exception("entry cannot be encoded", event_id=entry.event, seq=entry.seq, kind=entry.kind)
        placeholder = unreadable(msgspec.structs.asdict(entry))
        return EncodedEntry(placeholder, _item(placeholder))


def _item(entry: Entry, name: str | None = None) -> msgspec.Raw:
    """Return the item of `entry`; its number is its place in the frame."""
    shown = ItemData(
        ticket=entry.ticket,
        door=entry.door,
        device=entry.device,
        code=entry.code,
        direction=entry.direction,
        by=entry.by,
        received_at=entry.received_at,
        name=name,
        effect=entry.effect or None,
    )
    return _encoded(Item(kind=entry.kind, at=entry.at, data=_joined(entry.data, shown) if entry.data else shown))


def _joined(own: KindData, shown: ItemData) -> msgspec.Raw:
    """Return one object: the data of the entry's kind, then the entry's own fields, which win where both have one."""
    if not _SHOWN.isdisjoint(own):
        own = {key: value for key, value in own.items() if getattr(shown, key, None) is None}
    first, last = msgspec.json.encode(own), msgspec.json.encode(shown)
    if b"{}" in (first, last):
        return msgspec.Raw(last if first == b"{}" else first)
    return msgspec.Raw(first[:-1] + b"," + last[1:])


def _with_request_id(item: msgspec.Raw, request_id: str) -> msgspec.Raw:
    return msgspec.Raw(bytes(item)[:-1] + b',"request_id":' + msgspec.json.encode(request_id) + b"}")


def _hidden(entry: Entry) -> msgspec.Raw:
    """Return the redacted item: the number stays, and so does the effect, since everybody may see the counts."""
    return _encoded(Item(kind="hidden", data=ItemData(effect=entry.effect) if entry.effect else msgspec.UNSET))


def _encoded(item: Item) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(item))
