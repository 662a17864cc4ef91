"""The picture of an event over HTTP: set by the file itself, served under its hash, and shown on the pages."""

import asyncio
import io
import threading
from typing import Any

import pytest
from PIL import Image

from hub.app import Hub
from hub.events.pictures import MOST_AT_ONCE
from hub.formats.pictures import MOST_BYTES, MadePicture, make_picture
from tests.api import Api
from tests.eventually import PATIENCE_S, eventually


def a_picture(colour: str = "red", kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (800, 400), colour).save(out, kind)
    return out.getvalue()


async def put(api: Api, event: Any, sent: bytes, **headers: str) -> Any:
    kind = {"Content_Type": "application/octet-stream"} | headers
    return await api.admin.request("PUT", f"/api/events/{event['uuid']}/picture", sent, **kind)


@pytest.mark.gen_test
async def test_picture_is_served_under_its_hash_to_everybody_and_kept_by_browsers(api: Api) -> None:
    event = await api.make_event()
    assert event["picture"] is None
    answer = await put(api, event, a_picture(), Content_Type="image/png")
    assert answer.status == 200, answer.raw
    picture = answer.body["picture"]
    assert (picture["width"], picture["height"]) == (800, 400)
    for path, width in ((picture["whole"], 800), (picture["small"], 480)):
        served = await api.with_key(None).get(path)
        assert (served.status, served.headers["Content-Type"]) == (200, "image/jpeg")
        assert served.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert served.headers["X-Content-Type-Options"] == "nosniff"
        assert Image.open(io.BytesIO(served.raw)).width == width
        again = await api.with_key(None).get(path, If_None_Match=served.headers["Etag"])
        assert (again.status, again.raw) == (304, b"")
    same = await put(api, event, a_picture())
    assert same.body["picture"] == picture


@pytest.mark.gen_test
async def test_another_picture_has_another_address_and_the_one_before_is_gone(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    first = (await put(api, event, a_picture("red"))).body["picture"]
    second = (await put(api, event, a_picture("blue", "WEBP"))).body["picture"]
    assert first["whole"] != second["whole"]
    assert (await api.get(first["whole"])).status == 404
    assert (await api.get(second["whole"])).status == 200
    gone = await api.admin.request("DELETE", f"/api/events/{event['uuid']}/picture", Content_Type="application/json")
    assert (gone.status, gone.body["picture"]) == (200, None)
    assert (await api.get(second["whole"])).status == 404
    assert await hub.store.database.pictures.count_documents({}) == 0
    kinds = await hub.store.database.journal.distinct("data.fields", {"event": event["uuid"], "kind": "event.changed"})
    assert kinds == ["picture"]


@pytest.mark.parametrize(
    ("sent", "status", "field"),
    [
        (b"", 422, "picture"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', 422, "picture"),
        (a_picture()[:200], 422, "picture"),
        (b"\xff\xd8\xff" + b"x" * (MOST_BYTES - 2), 413, None),
        (b"\xff\xd8\xff" + b"x" * (MOST_BYTES - 3), 422, "picture"),
    ],
)
@pytest.mark.gen_test
async def test_what_is_no_picture_is_refused_in_our_words_and_changes_nothing(
    api: Api, sent: bytes, status: int, field: str | None
) -> None:
    event = await api.make_event()
    kept = (await put(api, event, a_picture())).body["picture"]
    answer = await put(api, event, sent)
    assert answer.status == status, answer.raw
    assert answer.body.get("errors", {}).keys() == ({field} if field else set())
    assert (await api.admin.get(f"/api/events/{event['uuid']}")).body["picture"] == kept


@pytest.mark.gen_test
async def test_one_upload_too_many_is_refused_and_taken_when_there_is_room(
    api: Api, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = await api.make_event()
    may_decode, begun = threading.Event(), []

    def slowly(sent: bytes) -> MadePicture:
        begun.append(sent)
        assert may_decode.wait(PATIENCE_S)
        return make_picture(sent)

    monkeypatch.setattr("hub.events.pictures.make_picture", slowly)
    waiting = [asyncio.ensure_future(put(api, event, a_picture())) for _ in range(MOST_AT_ONCE)]
    try:
        await eventually(lambda: hub.event_pictures.is_full)
        for sent in (a_picture("blue"), b"\xff\xd8\xff" + b"x" * (MOST_BYTES - 3)):
            refused = await put(api, event, sent)
            assert (refused.status, refused.body["code"]) == (429, "slow_down")
            assert int(refused.headers["Retry-After"]) >= 1
        assert len(begun) == 1
    finally:
        may_decode.set()
        answers = await asyncio.gather(*waiting)
    assert [answer.status for answer in answers] == [200] * MOST_AT_ONCE
    assert (await put(api, event, a_picture("blue"))).status == 200


@pytest.mark.gen_test
async def test_forms_and_strangers_set_no_picture(api: Api) -> None:
    event = await api.make_event()
    form = await put(api, event, a_picture(), Content_Type="multipart/form-data; boundary=x")
    assert (form.status, form.body["code"]) == (415, "unsupported_media")
    path = f"/api/events/{event['uuid']}/picture"
    assert (await api.with_key(None).request("PUT", path, a_picture())).status == 401
    assert (await put(api, {"uuid": "none"}, a_picture())).status == 404
    for wrong in ("x.jpg", "..%2f..%2fetc", "0" * 32 + ".svg", "0" * 32 + ".jpg"):
        assert (await api.get(f"/pictures/{event['uuid']}/{wrong}")).status == 404


@pytest.mark.gen_test
async def test_guests_and_organisers_see_it_with_its_description(api: Api) -> None:
    event = await api.make_event(booking="open", picture_alt="A <stage> by night")
    picture = (await put(api, event, a_picture())).body["picture"]
    (ticket,) = await api.book(event)
    links = (await api.admin.get(f"/api/tickets/{ticket['id']}/links")).body
    page = links["page"].partition("/t/")[2]
    for path in (f"/book/{event['uuid']}", f"/t/{page}"):
        html = (await api.with_key(None).get(path)).raw.decode()
        assert picture["whole"] in html, path
        assert 'alt="A &lt;stage&gt; by night"' in html, path
    assert picture["small"] in (await api.with_key(None).get("/book")).raw.decode()
    changed = await api.admin.request("PATCH", f"/api/events/{event['uuid']}", {"name": "Renamed"})
    assert changed.body["picture"] == picture, "a change of the event leaves its picture"
