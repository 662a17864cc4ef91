"""Webhook subscriptions: patterns over the kinds of journal entries."""

from collections.abc import Collection, Iterable
from fnmatch import fnmatchcase

from hub.model.kinds import WEBHOOK_KINDS

PING = "ping"
"""What a test delivery is of; no entry has this kind."""

LONGEST = 64
"""Characters of a pattern: one of thousands of stars takes seconds to compare."""


def matching(patterns: Iterable[str]) -> set[str]:
    """Return the kinds that `patterns` (`ticket.scanned`, `ticket.*`, `*`) stand for."""
    return {kind for pattern in patterns for kind in WEBHOOK_KINDS if fnmatchcase(kind, pattern)}


def unknown(patterns: Collection[str]) -> list[str]:
    """Return those of `patterns` that stand for nothing, are too long, or use more of a pattern than its star."""
    return [each for each in patterns if len(each) > LONGEST or set("[]?") & set(each) or not matching([each])]
