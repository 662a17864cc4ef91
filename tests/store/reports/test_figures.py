"""Journals are added up by the database as anybody would add them up by hand, in however many parts."""

import random
from collections import Counter
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from hub.model.figures import Tally
from hub.model.journal import Entry
from store.mongo.connection import Database
from store.mongo.documents import to_bson
from store.reports.figures import Figures
from tests.builders import a_stream, an_entry
from tests.commands import NOON

pytestmark = pytest.mark.gen_test
EVENT = "e1"


def made_up(seq: int, chance: random.Random) -> Entry:
    """Return an entry as the doors or the box office might write it."""
    product = chance.choice(["Standard", "VIP", None])
    data: dict[str, Any] = {} if product is None else {"product": product}
    kind = chance.choice(["ticket.booked", "ticket.scanned", "ticket.denied", "ticket.deleted", "headcount"])
    effect: dict[str, int] = {
        "ticket.booked": {"booked": 1},
        "ticket.scanned": {"admitted": chance.randint(0, 1), "inside": 1},
        "ticket.denied": {"denied": 1},
        "ticket.deleted": {"booked": -1},
        "headcount": {"inside": chance.randint(-3, 3)},
    }[kind]
    if kind == "ticket.deleted":
        data |= {"came": chance.random() < 0.5} | ({"expired": True} if chance.random() < 0.5 else {})
    fields: dict[str, Any] = {}
    if kind in ("ticket.scanned", "ticket.denied"):
        code = "admitted" if kind == "ticket.scanned" else chance.choice(["full", "blocked"])
        fields = {"direction": "in", "door": chance.choice(["d1", "d2", None]), "code": code}
    at = NOON + timedelta(milliseconds=chance.randrange(3_600_000))
    return an_entry(seq, kind, at=at, effect=effect, data=data, **fields)


@pytest.mark.parametrize("seed", range(3))
async def test_the_database_adds_up_a_journal_in_parts_as_one_does_by_hand(database: Database, seed: int) -> None:
    chance = random.Random(seed)
    entries = [made_up(seq, chance) for seq in range(1, 301)]
    await database.journal.insert_many([to_bson(entry) for entry in entries])
    await database.journal.insert_one(to_bson(an_entry(kind="ticket.booked", event="e2")))
    figures, tally = Figures(database), Tally(stream=a_stream())
    cuts = [0, *sorted(chance.sample(range(1, 300), 3)), 300]
    for after, last in pairwise(cuts):
        tally.add(await figures.sums(EVENT, after, last), await figures.moves(EVENT, after, last))
    scanned = [entry for entry in entries if entry.kind == "ticket.scanned"]
    denied = [entry for entry in entries if entry.kind == "ticket.denied"]
    for name in ("Standard", "VIP", None):
        own = [entry for entry in entries if entry.data.get("product") == name]
        standing = [entry for entry in own if not entry.data.get("expired")]
        product = tally.products[name]
        assert product.booked == sum(entry.effect.get("booked", 0) for entry in standing)
        assert product.came == sum(entry.effect.get("admitted", 0) for entry in own)
        assert product.withdrawn == sum(bool(entry.data.get("came")) for entry in standing)
    assert tally.refusals == Counter(entry.code for entry in denied)
    assert sum(step.admitted for step in tally.steps.values()) == len(scanned)
    for at, step in tally.steps.items():
        of_step = [entry for entry in entries if at <= entry.at < at + timedelta(minutes=5)]
        assert step.inside == sum(entry.effect.get("inside", 0) for entry in of_step)
        assert step.denied == sum(entry.kind == "ticket.denied" for entry in of_step)
        for door in ("d1", "d2"):
            passed = sum(entry.kind == "ticket.scanned" and entry.door == door for entry in of_step)
            assert (step.doors[door].admitted if door in step.doors else 0) == passed
    assert (tally.peak.inside if tally.peak else 0) == most_inside(entries)


def most_inside(entries: list[Entry]) -> int:
    moved: Counter[int] = Counter()
    for entry in entries:
        moved[int(entry.at.timestamp())] += entry.effect.get("inside", 0)
    inside = most = 0
    for second in sorted(moved):
        inside += moved[second]
        most = max(most, inside)
    return most
