"""The imports of an event, listed: newest first, page by page, with who began each and what became of it."""

from typing import Any

import pytest

from hub.app import Hub
from hub.clock import SettableClock
from tests.api import Answer, Api
from tests.handlers.api.test_showings import pages
from tests.handlers.api.test_users import as_user, make
from tests.handlers.importing import a_file, before_completion, end, import_file, send

pytestmark = pytest.mark.gen_test


async def imports_of(api: Api, event: Any) -> Answer:
    return await api.get(f"/api/events/{event['uuid']}/imports")


async def test_an_event_without_imports_has_none(api: Api) -> None:
    answer = await imports_of(api.admin, await api.make_event())
    assert (answer.status, answer.body) == (200, [])


async def test_import_is_listed_as_it_is_with_the_login_or_key_that_began_it(api: Api, clock: SettableClock) -> None:
    event, other = await api.make_event(), await api.make_event()
    by_key = await import_file(api.admin, event, a_file("1,Ada,Lovelace"))
    clock.set(clock.now().replace(minute=31))
    await make(api, "olga", "organiser")
    olga = await as_user(api, "olga")
    by_login = await end(olga, await send(olga, event, a_file("2,Ada,Lovelace", "3,Grace,Hopper")))
    assert (by_key["who"]["kind"], by_key["who"]["name"]) == ("key", "HUB_ADMIN_KEY")
    assert (by_login["who"]["kind"], by_login["who"]["name"]) == ("user", "olga")
    assert (await imports_of(api.admin, event)).body == [by_login, by_key]
    assert (await imports_of(api.admin, other)).body == []


async def test_of_somebody_who_is_gone_the_id_is_left(api: Api) -> None:
    event, made = await api.make_event(), await make(api, "olga", "organiser")
    olga = await as_user(api, "olga")
    await end(olga, await send(olga, event, a_file("1,Ada,Lovelace")))
    assert (await api.admin.request("DELETE", f"/api/users/{made['id']}")).status == 204
    (listed,) = (await imports_of(api.admin, event)).body
    assert listed["who"] == {"id": made["id"], "kind": None, "name": None}


async def test_failed_import_says_why_and_itself_which_rows(
    api: Api, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = await api.make_event(showings=[{"date": "2026-12-24", "time": "20:30", "capacity": 1}])
    before_completion(monkeypatch, hub.store.journal, lambda: api.book(event))
    failed = await import_file(api.admin, event, a_file("1,Ada,Lovelace"))
    (listed,) = (await imports_of(api.admin, event)).body
    assert failed["state"] == "failed" and len(failed["error"]["rows_refused"]) == 1
    rows = failed["error"].pop("rows_refused")
    assert listed == failed and listed["error"]["rows_count"] == len(rows)


async def test_imports_come_in_pages_newest_first_each_once_also_those_of_one_moment(
    api: Api, clock: SettableClock
) -> None:
    event = await api.make_event()
    begun = []
    for number in range(5):
        if number % 2:
            clock.set(clock.now().replace(minute=31 + number))
        begun.append((await import_file(api.admin, event, a_file(f"{number},Ada,Lovelace")))["id"])
    path = f"/api/events/{event['uuid']}/imports"
    found = await pages(api.admin, f"{path}?limit=2")
    assert [len(page) for page in found] == [2, 2, 1]
    listed = [each for page in found for each in page]
    assert {each["id"] for each in listed} == set(begun)
    assert [each["created_at"] for each in listed] == sorted((each["created_at"] for each in listed), reverse=True)
    assert [len(page) for page in await pages(api.admin, f"{path}?limit=5")] == [5]


async def test_a_page_that_cannot_be_is_refused(api: Api) -> None:
    path = f"/api/events/{(await api.make_event())['uuid']}/imports"
    for query, field in (("limit=0", "limit"), ("limit=1001", "limit"), ("cursor=x", "cursor"), ("cursor=~", "cursor")):
        answer = await api.admin.get(f"{path}?{query}")
        assert (answer.status, list(answer.body["errors"])) == (422, [field])


async def test_only_who_imports_may_see_the_list(api: Api) -> None:
    event = await api.make_event()
    path = f"/api/events/{event['uuid']}/imports"
    await make(api, "vera", "viewer")
    vera, gate = await as_user(api, "vera"), await api.make_device(event)
    assert [(await each.get(path)).status for each in (api, vera, gate)] == [401, 403, 403]
    unknown = "/api/events/00000000-0000-4000-8000-000000000000/imports"
    assert ((await api.get(unknown)).status, (await api.admin.get(unknown)).status) == (401, 404)
