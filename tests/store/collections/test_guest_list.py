"""Lists and searches are read from indexes: a million tickets must not be sorted at a door."""

from typing import Any

import pytest
from pymongo import ASCENDING, DESCENDING, MongoClient

from store.collections.guest_list import BY_NAME, NAMES, ORDERS
from tests.api import Api


@pytest.mark.gen_test
async def test_every_order_and_the_search_are_read_from_an_index(
    api: Api, _mongo: MongoClient[dict[str, Any]], database_name: str
) -> None:
    event = await api.make_event()
    await api.book(event, 5)
    tickets = _mongo[database_name].tickets
    for order, fields in ORDERS.items():
        for direction in (ASCENDING, DESCENDING):
            cursor = tickets.find({"event": event["uuid"]}).sort([(field, direction) for field in (*fields, "_id")])
            plan = (cursor.collation(NAMES) if order in BY_NAME else cursor).explain()
            assert _stages(plan) == ["FETCH", "IXSCAN"], (order, direction)
    search = tickets.find({"event": event["uuid"], "$and": [{"words": {"$regex": "^ada"}}]}).explain()
    assert "IXSCAN" in _stages(search)
    prefix = {"$exists": True, "$regex": "^veg"}
    answers = tickets.find({"event": event["uuid"], "$and": [{"answer_words": prefix}]}).explain()
    assert _index(answers) == "event_1_answer_words_1"
    for field in ("phones", "seat.seat"):
        assert "IXSCAN" in _stages(tickets.find({"event": event["uuid"], field: {"$in": ["7"]}}).explain()), field
    barcode = tickets.find({"event": event["uuid"], "barcode": "x"}).explain()
    assert "IXSCAN" in _stages(barcode)


def _index(explained: Any) -> str:
    plan = explained["queryPlanner"]["winningPlan"]
    return str(plan.get("queryPlan", plan)["inputStage"]["indexName"])


def _stages(explained: Any) -> list[str]:
    plan = explained["queryPlanner"]["winningPlan"]
    stages = []
    while plan is not None:
        plan = plan.get("queryPlan", plan)
        stages.append(plan["stage"])
        plan = plan.get("inputStage")
    return stages
