"""Items: a journal entry as clients see it, encoded once for each view and not once for each client."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from hub.live.visibility import View
from hub.model.journal import Entry

_SHOWN = ("ticket", "door", "device", "code", "direction", "by", "received_at")


class EncodedEntry(NamedTuple):
    """An entry in memory, encoded without names. Names are joined at delivery, so that a deleted guest's is gone."""

    entry: Entry
    plain: msgspec.Raw

    def item(self, view: View, names: Mapping[str, str]) -> msgspec.Raw:
        """Return what `view` sees of it."""
        if not view.sees(self.entry.kind):
            return _hidden(self.entry)
        name = names.get(self.entry.ticket or "") if view.names else None
        return self.plain if name is None else msgspec.Raw(msgspec.json.encode(encode(self.entry, name)))


def keep(entry: Entry) -> EncodedEntry:
    """Encode `entry` for all who see it without names."""
    return EncodedEntry(entry, msgspec.Raw(msgspec.json.encode(encode(entry))))


def encode(entry: Entry, name: str | None = None) -> dict[str, Any]:
    """Return the item of `entry`; its number is its place in the frame."""
    data = dict(entry.data)
    data.update({field: value for field in _SHOWN if (value := getattr(entry, field)) is not None})
    if name is not None:
        data["name"] = name
    if entry.effect:
        data["effect"] = entry.effect
    return {"kind": entry.kind, "at": entry.at, "data": data}


def _hidden(entry: Entry) -> msgspec.Raw:
    """Redact, never drop: the number stays, and so does the effect, since everybody may see the counts."""
    if not entry.effect:
        return msgspec.Raw(b'{"kind":"hidden"}')
    return msgspec.Raw(msgspec.json.encode({"kind": "hidden", "data": {"effect": entry.effect}}))
