"""The page on which a guest joins a waiting list, as a browser without JavaScript meets it (docs/guests.md)."""

import re
from typing import Any
from urllib.parse import urlencode

import msgspec
import pytest

from hub.settings import Settings
from tests.api import Answer, Api
from tests.eventually import eventually
from tests.handlers.api.test_waiting import cancel, full, listed
from tests.hub.mail.inbox import Inbox, text_of

FILLED = {"when": "2026-12-24T20:30", "count": "1", "name": "Grace", "email": "grace@example.org", "phone_number": ""}


def path_of(event: Any) -> str:
    return f"/book/{event['uuid']}/wait"


async def form_of(api: Api, event: Any) -> dict[str, str]:
    """Return the form of an event's page, filled in."""
    page = (await api.get(path_of(event))).raw.decode()
    return FILLED | {"once": re.findall(r'name="once" value="([^"]+)"', page)[0]}


async def send(api: Api, event: Any, form: dict[str, str], **headers: str) -> Answer:
    headers |= {"Content_Type": "application/x-www-form-urlencoded"}
    return await api.post(path_of(event), urlencode(form).encode(), **headers)


@pytest.mark.gen_test
async def test_sold_out_event_leads_to_its_waiting_list_and_the_form_to_the_place_in_it(api: Api) -> None:
    event, (ticket,) = await full(api)
    assert f'href="{path_of(event)}"'.encode() in (await api.get(f"/book/{event['uuid']}")).raw
    assert b"Sold out, waiting list" in (await api.get("/book")).raw
    assert b"No mail is sent" in (await api.get(path_of(event))).raw
    form = await form_of(api, event)
    joined = await send(api, event, form)
    assert joined.status == 303 and joined.headers["Location"].startswith("/w/")
    again = await send(api, event, form)
    assert again.headers["Location"] == joined.headers["Location"], "sent twice, it is one place"
    assert b"number 1 in the queue" in (await api.get(joined.headers["Location"])).raw
    await cancel(api, ticket)
    assert await listed(api, event) == {"Grace": "offered"}


@pytest.mark.gen_test
async def test_time_that_is_sold_out_among_others_has_a_link_of_its_own_that_chooses_it(api: Api) -> None:
    showings = [{"date": "2026-12-24", "time": time, "capacity": 1} for time in ("18:00", "20:30")]
    event = await api.make_event(booking="open", waiting=True, products=[], showings=showings)
    await api.book(event, tickets=[{"first_name": "Ada"}])
    page = (await api.get(f"/book/{event['uuid']}")).raw.decode()
    links = re.findall(r'<a class="wait-link" data-none (hidden)? ?href="([^"]+)"', page)
    assert [is_hidden for is_hidden, _ in links] == ["hidden", ""]
    shown = (await api.get(links[1][1])).raw.decode()
    assert re.search(r'<option value="2026-12-24T20:30" selected', shown)
    no_list = await api.make_event(booking="open", products=[], showings=showings)
    assert "wait-link" not in (await api.get(f"/book/{no_list['uuid']}")).raw.decode()


@pytest.mark.gen_test
async def test_party_larger_than_the_seats_left_is_led_from_the_refused_booking_to_the_list(api: Api) -> None:
    event = await api.make_event(
        booking="open", waiting=True, products=[], showings=[{"date": "2026-12-24", "time": "20:30", "capacity": 3}]
    )
    await api.book(event, tickets=[{"first_name": "Ada"}])
    form = {"when": "2026-12-24T20:30", "count": "3", "name": "Ada", "phone_number": "12345"}
    answer = await api.post(
        f"/book/{event['uuid']}", urlencode(form).encode(), Content_Type="application/x-www-form-urlencoded"
    )
    assert answer.status == 409
    (link,) = re.findall(r'href="(/book/[^"]+/wait\?[^"]+)"[^>]*>Join', answer.raw.decode().replace("&amp;", "&"))[:1]
    shown = (await api.get(link)).raw.decode()
    assert "<option selected>3</option>" in shown and "(2 left)" in shown
    few = await send(api, event, FILLED | {"count": "2"})
    assert few.status == 409 and b"nobody needs to wait" in few.raw and b">Book them</a>" in few.raw
    assert (await send(api, event, FILLED | {"count": "3"})).status == 303


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"when": ""}, "when"),
        ({"when": "2026-12-24T21:30"}, "when"),
        ({"when": "2026-02-30T20:30"}, "when"),
        ({"count": "7"}, "count"),
        ({"count": "2"}, "count"),
        ({"count": "-1" * 400}, ""),
        ({"name": "  "}, "name"),
        ({"email": "grace"}, "email"),
        ({"email": ""}, "email"),
        ({"phone_number": "x"}, "phone_number"),
        ({"product": "Throne"}, ""),
    ],
)
@pytest.mark.gen_test
async def test_what_is_wrong_stands_beside_its_field_and_what_was_written_stays(
    api: Api, wrong: dict[str, str], field: str
) -> None:
    event, _ = await full(api)
    answer = await send(api, event, FILLED | {"name": "<Grace>"} | wrong)
    if not field:  # what is no number of seats is one, a kind where there are none counts for nothing
        assert answer.status == 303
        return
    assert answer.status == 422 and f'id="{field}-wrong"'.encode() in answer.raw
    assert b"<Grace>" not in answer.raw and b'id="problem"' in answer.raw
    assert await listed(api, event) == {}


@pytest.mark.gen_test
async def test_event_without_a_list_closed_or_by_keys_takes_no_form_and_another_site_sends_none(api: Api) -> None:
    off, _ = await full(api, waiting=False)
    keys, _ = await full(api, booking="keys")
    closed, _ = await full(api)
    await api.admin.post(f"/api/events/{closed['uuid']}/close")
    for event in (off, keys, closed):
        shown = await api.get(path_of(event))
        assert (shown.status, b"<form" in shown.raw) == (404, False)
        sent = await send(api, event, FILLED)
        assert sent.status == 409 and b"no waiting list here" in sent.raw
        assert await listed(api, event) == {}
    event, _ = await full(api)
    assert (await send(api, event, FILLED, Sec_Fetch_Site="cross-site")).status == 403
    assert (await api.get("/book/nothing/wait")).status == 404


# --- with a mail server -----------------------------------------------------------------------------------------------


class TestWithMail:
    @pytest.fixture
    def settings(self, settings: Settings, inbox: Inbox) -> Settings:
        """The settings of a hub that has it."""
        return msgspec.structs.replace(settings, **inbox.settings)

    @pytest.mark.gen_test
    async def test_form_leads_to_the_mailbox_whether_or_not_the_address_waits(self, api: Api, inbox: Inbox) -> None:
        event, _ = await full(api)
        assert b"We mail you then" in (await api.get(path_of(event))).raw
        first = await send(api, event, await form_of(api, event))
        again = await send(api, event, await form_of(api, event) | {"name": "Eve"})
        assert (first.status, first.headers["Location"]) == (again.status, again.headers["Location"])
        shown = await api.get(first.headers["Location"])
        assert shown.status == 200 and b"Look into your mailbox" in shown.raw and b"/w/" not in shown.raw
        assert await listed(api, event) == {"Grace": "waiting"}
        await eventually(lambda: bool(inbox.mails))
        assert "/w/" in text_of(inbox.mails[0])
