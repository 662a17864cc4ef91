"""The list of an event's tickets: sorted, counted, filtered, and searched by all that organisers know of a guest."""

from typing import Any

import pytest

from hub.tickets import booking
from store.collections import guest_list
from tests.api import Api

GUESTS = [("Zoë", "Ångström", "VIP"), ("ada", "lovelace", "Standard"), ("Grace", "Hopper", "Standard")]
WHEN = {"date": "2026-12-24", "time": "20:30"}


async def a_full_list(api: Api) -> tuple[Any, list[Any]]:
    """Return an event with products, and three tickets of two reservations."""
    event = await api.make_event(products=[{"name": "Standard"}, {"name": "VIP"}, {"name": "VIP+"}])
    tickets = [
        {"first_name": first, "last_name": last, "product": product, "barcode": f"SOLD-{n}", "seat": {"seat": str(n)}}
        for n, (first, last, product) in enumerate(GUESTS)
    ]
    buyer = {"event": event["uuid"], "name": "Ada Lovelace", **WHEN}
    one = {**buyer, "phone_number": "+33 6 12 34 56 78", "email": "zoe@example.org", "tickets": tickets[:1]}
    two = {**buyer, "phone_number": "+33 1 23 45 67", "tickets": tickets[1:]}
    made = []
    for order in (one, two):
        answer = await api.admin.post("/api/reservations", order)
        assert answer.status == 201, answer.raw
        made += answer.body["tickets"]
    return event, made


async def names(api: Api, event: Any, query: str) -> list[str]:
    answer = await api.admin.get(f"/api/tickets?event={event['uuid']}&{query}")
    assert answer.status == 200, answer.raw
    assert int(answer.headers["X-Total-Count"]) == len(answer.body)
    return [each["name"].split()[0] for each in answer.body]


@pytest.mark.gen_test
async def test_an_events_tickets_are_sorted_as_people_expect_both_ways(api: Api) -> None:
    event, _ = await a_full_list(api)
    assert await names(api, event, "sort=last_name") == ["Zoë", "Grace", "ada"]
    assert await names(api, event, "sort=-last_name") == ["ada", "Grace", "Zoë"]
    assert await names(api, event, "sort=first_name") == ["ada", "Grace", "Zoë"]
    assert (await names(api, event, "sort=-product"))[0] == "Zoë"
    booked = await names(api, event, "sort=booked")
    assert sorted(booked) == ["Grace", "Zoë", "ada"]
    assert await names(api, event, "sort=-booked") == booked[::-1]


@pytest.mark.gen_test
async def test_a_sorted_list_is_read_to_its_end_by_its_links_with_its_total(api: Api) -> None:
    event, _ = await a_full_list(api)
    path, seen, pages = f"/api/tickets?event={event['uuid']}&sort=last_name&limit=1", [], 0
    while path:
        answer = await api.admin.get(path)
        assert answer.headers["X-Total-Count"] == "3"
        seen += [each["name"].split()[0] for each in answer.body]
        link = answer.headers.get("Link", "")
        path, pages = link.partition(">")[0].removeprefix("<"), pages + 1
    assert (seen, pages) == (["Zoë", "Grace", "ada"], 3)


@pytest.mark.gen_test
async def test_filters_narrow_a_sorted_list(api: Api) -> None:
    event, tickets = await a_full_list(api)
    await api.admin.post(f"/api/tickets/{tickets[1]['id']}/block")
    assert await names(api, event, "sort=last_name&product=Standard") == ["Grace", "ada"]
    assert await names(api, event, "sort=last_name&product=standard") == []
    assert await names(api, event, "sort=last_name&product=VIP%2B") == []
    assert await names(api, event, "sort=last_name&status=valid") == ["Zoë", "Grace"]
    assert await names(api, event, "sort=last_name&status=blocked") == ["ada"]
    assert await names(api, event, "sort=last_name&date=2026-12-25") == []


@pytest.mark.gen_test
async def test_a_search_finds_by_all_that_an_organiser_knows(api: Api) -> None:
    event, tickets = await a_full_list(api)
    for search, found in {
        "angstrom": ["Zoë"],
        "zoe%40example": ["Zoë"],
        "SOLD-2": ["Grace"],
        "0612345678": ["Zoë"],
        tickets[1]["reservation"]: ["Grace", "ada"],
        tickets[2]["id"][:8]: ["Grace"],
        "vip": ["Zoë"],
        "nobody": [],
        "%20": ["Zoë", "Grace", "ada"],
    }.items():
        assert sorted(await names(api, event, f"sort=last_name&search={search}")) == sorted(found), search


@pytest.mark.gen_test
async def test_a_search_of_all_events_finds_sellers_codes_and_ids(api: Api) -> None:
    _, tickets = await a_full_list(api)
    for search in ("SOLD-2", tickets[2]["id"]):
        (found,) = (await api.admin.get(f"/api/tickets?search={search}")).body
        assert (found["name"], found["barcode"]) == ("Grace Hopper", "SOLD-2")
    assert len((await api.admin.get(f"/api/tickets?search={tickets[2]['reservation']}")).body) == 2


@pytest.mark.gen_test
async def test_what_cannot_be_sorted_is_refused_in_words(api: Api) -> None:
    event = await api.make_event()
    for query, field in {
        "sort=product": "event",
        "product=VIP": "event",
        f"event={event['uuid']}&sort=last_name&product={'.' * 20_000}": "product",
        f"event={event['uuid']}&sort=shoe_size": "sort",
        f"event={event['uuid']}&sort=booked&cursor=x": "cursor",
        f"event={event['uuid']}&sort=booked&cursor=99999999999": "cursor",
        f"event={event['uuid']}&sort=booked&search={'%20'.join('abcdefghijkl')}": "search",
    }.items():
        answer = await api.admin.get(f"/api/tickets?{query}")
        assert (answer.status, list(answer.body["errors"])) == (422, [field]), query
    assert (await api.admin.get("/api/tickets?event=none&sort=booked")).body == []


@pytest.mark.gen_test
async def test_a_holder_reads_no_sellers_code(api: Api) -> None:
    _, tickets = await a_full_list(api)
    token = tickets[0]["links"]["page"].partition("token=")[2]
    assert "barcode" not in (await api.get(f"/api/tickets/{tickets[0]['id']}?token={token}")).body


@pytest.mark.gen_test
async def test_tickets_of_all_events_are_sorted_counted_and_searched_in_one_list(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    await a_full_list(api)
    await api.book(await api.make_event(name="Other"), tickets=[{"first_name": "Bob", "last_name": "Kahn"}])

    async def listed(query: str) -> list[str]:
        answer = await api.admin.get(f"/api/tickets?{query}")
        assert answer.status == 200, answer.raw
        assert int(answer.headers["X-Total-Count"]) == len(answer.body)
        return [each["name"].split()[0] for each in answer.body]

    assert await listed("sort=last_name") == ["Zoë", "Grace", "Bob", "ada"]
    assert await listed("sort=-last_name") == ["ada", "Bob", "Grace", "Zoë"]
    assert await listed("sort=booked") == (await listed("sort=-booked"))[::-1]
    assert await listed("sort=last_name&status=blocked") == []
    assert await listed("sort=last_name&search=hop") == ["Grace"]
    assert await listed("sort=last_name&search=SOLD-2") == ["Grace"]
    assert await listed("sort=last_name&search=%2B33%206%2012%2034%2056%2078") == ["Zoë"]
    page = await api.admin.get("/api/tickets?sort=last_name&limit=3")
    assert (page.headers["X-Total-Count"], "cursor=3" in page.headers["Link"]) == ("4", True)
    monkeypatch.setattr(guest_list, "MOST_COUNTED", 1)
    monkeypatch.setattr(booking, "MOST_COUNTED", 1)
    many = await api.admin.get("/api/tickets?sort=last_name&limit=2")
    assert ("X-Total-Count" in many.headers, "Link" in many.headers) == (False, True)
    last = await api.admin.get("/api/tickets?sort=last_name&limit=2&cursor=2")
    assert (len(last.body), "Link" in last.headers) == (2, False)
