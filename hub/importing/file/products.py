"""Product names in a file: the event's however they are written, and those that are mapped by hand. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from hub.importing.file.columns import bare

MOST = 200
"""Names that are listed."""


class RenamedProduct(msgspec.Struct, frozen=True, kw_only=True):
    """Name in a file that is read as a product of the event, and the number of its rows."""

    product: str
    means: str
    rows: int


class ProductNames:
    """Resolver of product names. A hub's own export names its products as they are."""

    def __init__(self, products: Iterable[str], chosen: Mapping[str, str], *, is_own: bool = False) -> None:
        names = list(products)
        alike = Counter(bare(name) for name in names)
        self._exact = frozenset(names)
        self._alike = {bare(name): name for name in names if not is_own and bare(name) and alike[bare(name)] == 1}
        self._chosen = {bare(theirs) or theirs: ours for theirs, ours in chosen.items()}

    def of(self, text: str) -> str:
        """Return the product that a cell names: the event's, or else as it is written."""
        key = bare(text) or text
        if key in self._chosen:
            return self._chosen[key]
        return text if text in self._exact else self._alike.get(key, text)


class ProductCounter:
    """Counter of the names in a file that are read as other ones."""

    def __init__(self, names: ProductNames) -> None:
        self._names = names
        self._rows: Counter[str] = Counter()

    def add(self, text: str) -> None:
        """Take one more cell."""
        if text and (text in self._rows or len(self._rows) < MOST) and self._names.of(text) != text:
            self._rows[text] += 1

    @property
    def renamed(self) -> list[RenamedProduct]:
        """The names that are read as others, as they came."""
        return [
            RenamedProduct(product=text, means=self._names.of(text), rows=rows) for text, rows in self._rows.items()
        ]
