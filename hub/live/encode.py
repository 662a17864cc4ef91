"""Items: journal entries as clients see them, encoded once for each view and not once for each client."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec
import structlog

from hub.live.visibility import View
from hub.model.journal import Entry, unreadable

log = structlog.get_logger(__name__)

_SHOWN = ("ticket", "door", "device", "code", "direction", "by", "received_at")


class EncodedEntry(NamedTuple):
    """A journal entry with its item, encoded without names: they are joined at delivery, so deleted ones are gone."""

    entry: Entry
    plain: msgspec.Raw

    def item(self, view: View, names: Mapping[str, str]) -> msgspec.Raw:
        """Return the entry as `view` sees it, as JSON."""
        if not view.sees(self.entry.kind):
            return _hidden(self.entry)
        name = names.get(self.entry.ticket or "") if view.names else None
        return self.plain if name is None else _item(self.entry, name)


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
    return msgspec.Raw(msgspec.json.encode({"kind": entry.kind, "at": entry.at, "data": _data(entry, name)}))


def _data(entry: Entry, name: str | None) -> dict[str, Any]:
    data = dict(entry.data)
    data.update({field: value for field in _SHOWN if (value := getattr(entry, field)) is not None})
    if name is not None:
        data["name"] = name
    if entry.effect:
        data["effect"] = entry.effect
    return data


def _hidden(entry: Entry) -> msgspec.Raw:
    """Return the redacted item: the number stays, and so does the effect, since everybody may see the counts."""
    if not entry.effect:
        return msgspec.Raw(b'{"kind":"hidden"}')
    return msgspec.Raw(msgspec.json.encode({"kind": "hidden", "data": {"effect": entry.effect}}))
