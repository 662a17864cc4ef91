"""`python -m bench.answers`: a scan's answer with what languages added to it, as a ratio to one without, in one run.

Doors say verdicts by code, in their own language: an answer holds the guest's language and, of one that is too early
or too late, the instants beside its sentence. Nothing of it is translated by the hub.
"""

import statistics
from collections.abc import Callable
from time import perf_counter
from typing import Any

import click
import msgspec
from msgspec.structs import fields

from hub.door.response import DoorAnswer, TicketView

ROUNDS, TIMES = 41, 5_000
ADDED = {"language", "opens_at", "closes_at", "place"}
"""Fields that came with the languages."""
TICKET: dict[str, Any] = {
    "uuid": "5f0c3c0e-8f5b-4c6e-9a53-0d6f0c8f6a11",
    "status": "valid",
    "is_scanned": False,
    "event": "Concert",
    "date": "2026-12-24",
    "time": "20:30",
    "first_name": "Ada",
    "last_name": "Lovelace",
    "price": "Full price",
    "product": "Standard",
}
OPENS_AT = "2026-12-24T17:30:00+00:00"
REFUSED: dict[str, Any] = {
    "success": False,
    "message": "Ticket is for Thu 24 Dec, 20:30; from 18:30",
    "code": "too_early",
}


@click.command()
def main() -> None:
    """Print how long an answer takes to be made and encoded, beside one without the languages' fields."""
    ticket_before, answer_before = _without(TicketView), _without(DoorAnswer)

    def with_languages() -> bytes:
        return msgspec.json.encode(DoorAnswer(**REFUSED, opens_at=OPENS_AT, ticket=TicketView(**TICKET, language="fr")))

    def before() -> bytes:
        return msgspec.json.encode(answer_before(**REFUSED, ticket=ticket_before(**TICKET)))

    assert len(with_languages()) > len(before())
    rounds = [(_took(with_languages), _took(before)) for _ in range(ROUNDS)]
    ratio = statistics.median(one / other for one, other in rounds)
    more = statistics.median(one - other for one, other in rounds)
    click.echo(f"answer with languages: {ratio:.2f} of one without, {1e6 * more / TIMES:.2f} µs more")


def _without(struct: type[msgspec.Struct]) -> Callable[..., msgspec.Struct]:
    """Return a type like `struct` without what the languages added."""
    kept = [each for each in fields(struct) if each.name not in ADDED]
    typed: list[Any] = [(each.name, Any) if each.required else (each.name, Any, each.default) for each in kept]
    return msgspec.defstruct(f"{struct.__name__}Before", typed, kw_only=True)


def _took(work: Callable[[], bytes]) -> float:
    began = perf_counter()
    for _ in range(TIMES):
        work()
    return perf_counter() - began


if __name__ == "__main__":
    main()
