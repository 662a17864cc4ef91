"""Entity tags of what is asked for again and again: 304 as long as it is the same, to whoever may see it."""

from datetime import timedelta
from typing import Any

import pytest

from hub.app import Hub
from hub.clock import SettableClock
from tests.api import Answer, Api
from tests.handlers.http.test_content_coding import fetch


async def again(who: Api, path: str, tag: str, method: str = "GET") -> Answer:
    """Ask for what one has under this tag."""
    return await who.request(method, path, If_None_Match=tag)


@pytest.mark.gen_test
async def test_what_is_polled_is_answered_304_until_it_changes(api: Api, clock: SettableClock) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    [ticket] = await api.book(event)
    paths = {
        f"/api/events/{event['uuid']}/occupancy": api.admin,
        "/scan/manifest/": gate,
        f"/api/tickets?event={event['uuid']}": api.admin,
        f"/api/tickets/{ticket['id']}": api.admin,
    }
    first = {path: await who.get(path) for path, who in paths.items()}
    clock.advance(timedelta(minutes=1))
    for path, who in paths.items():
        tag = first[path].headers["Etag"]
        for method in ("GET", "HEAD"):
            same = await again(who, path, tag, method)
            assert (same.status, same.raw, same.headers["Etag"]) == (304, b"", tag), path
        for listed in (f'"other", {tag}', f"W/{tag.removeprefix('W/')}", "*"):
            assert (await again(who, path, listed)).status == 304, (path, listed)
        for other in ('"other"', tag.replace('"', ""), ""):
            assert (await again(who, path, other)).status == 200, (path, other)
    await gate.scan(ticket["code"])
    await api.book(event)
    await api.admin.request("PUT", f"/api/tickets/{ticket['id']}", {"name": "Grace Hopper"})
    for path, who in paths.items():
        changed = await again(who, path, first[path].headers["Etag"])
        assert changed.status == 200 and changed.headers["Etag"] != first[path].headers["Etag"], path


@pytest.mark.gen_test
async def test_the_tag_of_a_device_changes_with_its_rights_and_not_with_the_time(
    api: Api, clock: SettableClock
) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    got = await gate.get("/scan/test_api/")
    tag, uuid = got.headers["Etag"], got.body["device_info"]["uuid"]
    assert tag.startswith('W/"'), "the answer says the time beside"
    clock.advance(timedelta(minutes=1))
    assert (await again(gate, "/scan/test_api/", tag)).status == 304
    other = await api.make_device(event)
    assert (await again(other, "/scan/test_api/", tag)).body["device_info"]["uuid"] != uuid
    await api.admin.request("PATCH", f"/api/devices/{uuid}", {"may": ["force"]})
    assert (await again(gate, "/scan/test_api/", tag)).body["device_info"]["may"] != got.body["device_info"]["may"]
    await api.admin.post(f"/api/devices/{uuid}/archive")
    assert (await again(gate, "/scan/test_api/", tag)).status == 403, "a tag opens nothing"


@pytest.mark.gen_test
async def test_a_tag_is_no_credential(api: Api) -> None:
    event = await api.make_event()
    [ticket] = await api.book(event)
    for path in (f"/api/tickets/{ticket['id']}", f"/api/events/{event['uuid']}/occupancy", "/api/keys"):
        tag = (await api.admin.get(path)).headers["Etag"]
        for known in (tag, "*"):
            assert (await again(api, path, known)).status == 401, path


@pytest.mark.gen_test
async def test_devices_that_see_other_fields_have_other_tags_of_the_manifest(api: Api) -> None:
    event = await api.make_event()
    await api.book(event)
    plain, named = await api.make_device(event), await api.make_device(event, may=["names"])
    tag = (await plain.get("/scan/manifest/")).headers["Etag"]
    assert (await again(named, "/scan/manifest/", tag)).status == 200
    same_rights: Any = await api.make_device(event)
    assert (await again(same_rights, "/scan/manifest/", tag)).status == 304
    unpacked = await fetch(plain, "/scan/manifest/", "identity")
    assert unpacked.headers["Etag"] != tag, "other bytes, another strong tag"


@pytest.mark.gen_test
async def test_a_key_that_is_given_once_is_given_whatever_the_request_knows(api: Api, hub: Hub) -> None:
    made = (await api.admin.post("/api/devices", {"name": "Gate 1"})).body
    paired = await again(api, f"/scan/{made['pairing']['token']}/pair", "*")
    assert paired.status == 200 and paired.body["api_key"]
    assert "Etag" not in paired.headers


@pytest.mark.gen_test
async def test_a_change_is_never_answered_304(api: Api) -> None:
    event = await api.make_event()
    path = f"/api/events/{event['uuid']}/recount"
    for inside in (1, 1):
        answer = await api.admin.post(path, {"inside": inside, "reason": "By hand"}, If_None_Match="*")
        assert (answer.status, answer.body["inside"]) == (200, 1)
