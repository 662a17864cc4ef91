"""Rows that are no tickets: totals of a list that was added up, and remarks of the program that wrote it. Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hub.importing.file.columns import bare

IDENTITY = ("barcode", "uuid", "reservation")
"""Columns that tell tickets apart: a row must have one of them, so that the same file is known again."""
WORDS = (
    "total, totals, grand total, subtotal, total tickets, total général, total general, sous-total, totaux, somme, "
    "summe, gesamt, gesamtsumme, zwischensumme, insgesamt, totale, totale generale, totaal, eindtotaal, subtotaal, "
    "suma, suma total, total geral, totalt, totalsumma, summa, i alt, yhteensä, razem, łącznie, suma końcowa, celkem, "
    "spolu, összesen, toplam, genel toplam, ukupno, skupaj, σύνολο, итого, всего, разом, усього, общо, "
    "合計, 総計, 小計, 合计, 总计, 總計, 합계, 총계, المجموع, الإجمالي, סה״כ, סך הכל"
)
TOTALS = frozenset(bare(word) for word in WORDS.split(","))
COUNTED = re.compile(
    r"(grand total|total|summe|gesamt)\s?[:=]?\s?\d{1,7}( tickets?)?"
    r"|\d{1,7} (tickets?|billets?|entradas?|biglietti|kaarten|karten|tickets? sold|rows?|lignes?|zeilen|filas?)",
    re.IGNORECASE | re.ASCII,
)
"""A number of tickets or rows, where a ticket has its code."""
AMOUNT = re.compile(r"[^\w\s]{0,3}\s?\d[\d.,' \u00a0\u202f]{0,20}[^\w\s]?(\s?[A-Z]{3})?")
OF_A_SUM = frozenset({"price"})
"""Columns in which a line of totals may have something."""


class Remark(NamedTuple):
    """Reason why a row is no ticket."""

    code: str
    text: str


def remark_in(said: Mapping[str, str], cells: Sequence[str]) -> Remark | None:
    """Return why a row is no ticket; None for one that may be. `said` are its cells by our names.

    A word for a total stands where a ticket has its code, or in a row without one.
    """
    known = [said[column] for column in IDENTITY if said.get(column)]
    filled = [cell for cell in cells if cell]
    if total := next((text for text in known or said.values() if len(known) <= 1 and _is_total(text)), None):
        return Remark("total", f'"{total}" makes this a line of totals and no ticket: left out')
    if not known and not any(text for column, text in said.items() if column not in OF_A_SUM):
        if filled and all(AMOUNT.fullmatch(cell) for cell in filled):
            return Remark("total", "holds amounts alone, as a line of totals does: left out")
    if len(filled) == 1 and filled == known and known[0].startswith(("# ", "## ", "// ")):
        return Remark("remark", f'"{known[0][:40]}" is a remark and no ticket: left out')
    return None


def _is_total(text: str) -> bool:
    return bare(text) in TOTALS or COUNTED.fullmatch(text) is not None
