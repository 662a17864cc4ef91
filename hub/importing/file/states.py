"""Ticket states in other sellers' words: which are good, unpaid, cancelled or blocked, in four languages. Pure.

A word that is in no list has no meaning: it is never taken for a good ticket (docs/import.md, states).
"""

import re
from collections.abc import Mapping, Sequence

from hub.importing.file import vocabulary
from hub.importing.file.columns import Columns, StateKind, bare, cell_at
from hub.model.base import TicketStatus
from hub.model.imports import Meaning

STATUS_OF: Mapping[Meaning, TicketStatus] = {
    "good": "valid",
    "unpaid": "unpaid",
    "cancelled": "canceled",
    "blocked": "blocked",
}
FROM_WORST: tuple[Meaning, ...] = ("cancelled", "blocked", "unpaid", "good")

WORDS: Mapping[Meaning, str] = {
    "good": "good, valid, paid, complete, completed, confirmed, active, ok, okay, approved, accepted, issued, sold, "
    "attending, checked in, not checked in, checked out, scanned, not scanned, used, unused, closed, ended, placed, "
    "free, free order, complimentary, comp, success, successful, succeeded, settled, "
    "payé, payée, payés, payées, valide, validé, validée, confirmé, confirmée, actif, réglé, réglée, scanné, scannée, "
    "non scanné, non scannée, utilisé, utilisée, non utilisé, contrôlé, non contrôlé, terminé, terminée, complété, "
    "complet, gratuit, gratuite, offert, offerte, invitation, accepté, acceptée, vendu, vendue, encaissé, "
    "bezahlt, gültig, bestätigt, aktiv, abgeschlossen, eingecheckt, nicht eingecheckt, eingelöst, gescannt, "
    "nicht gescannt, kostenlos, verkauft, angenommen, "
    "pagado, pagada, válido, válida, confirmado, confirmada, activo, activa, completado, completada, completo, gratis, "
    "gratuito, gratuita, aceptado, aceptada, vendido, vendida, escaneado, escaneada, no escaneado, usado, usada, "
    "utilizado, utilizada",
    "unpaid": "unpaid, not paid, not yet paid, pending, pending payment, payment pending, awaiting payment, "
    "payment due, created, reserved, open, overdue, partially paid, "
    "impayé, impayée, non payé, non payée, non réglé, non réglée, à payer, en attente, en attente de paiement, "
    "paiement en attente, en attente de règlement, réservé, réservée, créé, créée, "
    "unbezahlt, nicht bezahlt, noch nicht bezahlt, ausstehend, zahlung ausstehend, offen, reserviert, überfällig, "
    "erstellt, warte auf zahlung, "
    "no pagado, no pagada, sin pagar, impagado, impagada, pendiente, pendiente de pago, pago pendiente, reservado, "
    "reservada, creado, creada",
    "cancelled": "cancelled, canceled, refunded, fully refunded, expired, deleted, void, voided, revoked, annulled, "
    "not attending, returned, charged back, chargeback, invalid, invalidated, reversed, withdrawn, rejected, declined, "
    "failed, abandoned, "
    "annulé, annulée, annulés, annulées, remboursé, remboursée, expiré, expirée, supprimé, supprimée, invalide, "
    "invalidé, invalidée, refusé, refusée, échoué, abandonné, "
    "storniert, stornierung, erstattet, rückerstattet, zurückerstattet, abgelaufen, gelöscht, ungültig, "
    "zurückgegeben, abgelehnt, abgebrochen, fehlgeschlagen, "
    "cancelado, cancelada, anulado, anulada, reembolsado, reembolsada, devuelto, devuelta, caducado, caducada, "
    "expirado, expirada, vencido, vencida, eliminado, eliminada, rechazado, rechazada, inválido, inválida, fallido",
    "blocked": "blocked, on hold, suspended, bloqué, bloquée, suspendu, suspendue, gesperrt, blockiert, "
    "bloqueado, bloqueada, suspendido, suspendida",
}
MEANINGS: Mapping[str, Meaning] = {
    bare(word): means
    for words in (vocabulary.WORDS, WORDS)
    for means, each in words.items()
    for word in each.split(",")
}

LONGEST_WORD = max(map(len, MEANINGS)) + 10
"""Characters of a word for a state, with its spaces and signs."""

YES = frozenset("yes oui ja si true wahr vrai verdadero y o j s 1 x".split())
NO = frozenset("no non nein false falsch faux falso n 0".split())
NOTHING = re.compile(r"[-–—.]*|[^\w]*0+([.,]0+)?[^\w]*|0+([.,]0+)?\s?[A-Z]{3}", re.ASCII)  # noqa: RUF001
"""A cell of a flag that says no: empty, a dash, an amount of nothing."""

OF_FLAG: Mapping[StateKind, tuple[Meaning, Meaning]] = {
    "paid": ("good", "unpaid"),
    "canceled": ("cancelled", "good"),
    "blocked": ("blocked", "good"),
    "valid": ("good", "cancelled"),
}
"""What yes and no mean in a column that asks about one state."""


class StateReader:
    """Reader of ticket states in a file's cells, with the organiser's meanings of the unknown ones."""

    def __init__(self, columns: Columns, chosen: Mapping[str, Meaning]) -> None:
        self._columns = columns.states
        self._chosen = {_key(label): means for label, means in chosen.items()}

    def said(self, cells: Sequence[str]) -> list[tuple[StateKind, str, Meaning | None]]:
        """Kind, text and meaning of each cell of a state in a row; a meaning of None is not known."""
        texts = ((each.kind, cell_at(cells, each.place)) for each in self._columns)
        return [(kind, text, self.meaning(kind, text)) for kind, text in texts]

    def of(self, cells: Sequence[str]) -> Meaning:
        """Return the worst state that a row's cells say; of the unknown ones nothing."""
        meant = {means for _, _, means in self.said(cells)}
        return next((means for means in FROM_WORST if means in meant), "good")

    def meaning(self, kind: StateKind, text: str) -> Meaning | None:
        """Return the meaning of a cell, None where it is not known."""
        if (chosen := self._chosen.get(_key(text))) is not None:
            return chosen
        word = bare(text)
        if kind in OF_FLAG:
            yes, no = OF_FLAG[kind]
            if word in YES:
                return yes
            if word in NO or (no == "good" and NOTHING.fullmatch(text)):
                return no
        if kind == "blocked":
            return "blocked"  # by some sellers the cell says why
        return "good" if not word and NOTHING.fullmatch(text) else MEANINGS.get(word)


def _key(label: str) -> str:
    """Key by which a state is chosen: a label of signs alone, like `?` or an emoji, is one too."""
    return bare(label) or label.strip()
