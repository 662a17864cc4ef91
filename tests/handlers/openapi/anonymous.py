"""Examples as they are published: ids by their order, tokens cut short, lists of their first items."""

import re
from typing import Any
from uuid import UUID, uuid5

UUIDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TOKEN = re.compile(r"(?=[a-z_/]*[A-Z0-9+=-])[A-Za-z0-9+=_-]{22,}([./][A-Za-z0-9+/=_-]+)*")
"""Texts of chance: longer than words, and not of small letters alone, as the names of fields are."""
NAMESPACE = UUID(int=0)
MOST = 2
"""Items of a list that are shown."""
LONGEST = 12
"""Characters of a token that are shown."""


class Anonymous:
    """What took the place of the ids of a hub, the same for the same."""

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}

    def of(self, value: Any) -> Any:
        """Return a value as it is published."""
        match value:
            case dict():
                return {self._text(name): self.of(each) for name, each in value.items()}
            case list():
                return [self.of(each) for each in value[:MOST]]
            case str():
                return self._text(value)
        return value

    def _text(self, text: str) -> str:
        parts = UUIDS.split(text)
        ids = [self._id(each) for each in UUIDS.findall(text)]
        shown = [TOKEN.sub(lambda token: f"{token[0][:LONGEST]}…", part) for part in parts]
        return "".join(part + each for part, each in zip(shown, [*ids, ""], strict=True))

    def _id(self, own: str) -> str:
        return self._ids.setdefault(own, str(uuid5(NAMESPACE, str(len(self._ids)))))


def shape_of(value: Any) -> Any:
    """Return the names of an object's fields, and of a list's first item: what stays the same from hub to hub."""
    match value:
        case dict():
            return sorted(value)
        case list():
            return [shape_of(each) for each in value[:1]]
    return None
