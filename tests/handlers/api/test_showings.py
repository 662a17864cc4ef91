"""Times come page by page, like all lists: each once, in order, and the link keeps what was asked for."""

import random
from typing import Any

import pytest

from tests.api import Answer, Api

LATE = "2027-01-31T00:00:00Z"


def times(*days: int) -> list[dict[str, Any]]:
    """Return showings, two on each of these days of December."""
    return [{"date": f"2026-12-{day}", "time": time, "capacity": 3} for day in days for time in ("20:30", "22:30")]


def next_page(answer: Answer) -> str | None:
    link = answer.headers.get("Link")
    return None if link is None else link.partition("<")[2].partition(">")[0]


async def pages(api: Api, path: str | None) -> list[list[Any]]:
    """Return all pages of a list."""
    found = []
    while path is not None:
        answer = await api.get(path)
        assert answer.status == 200, answer.raw
        found.append(answer.body)
        path = next_page(answer)
    return found


def when(page: list[Any]) -> list[tuple[str, str, str]]:
    return [(row["starts_at"], row["event"], row["time"]) for row in page]


@pytest.mark.gen_test
async def test_times_of_several_events_come_in_pages_each_once_by_time_also_where_they_begin_together(api: Api) -> None:
    made = [await api.make_event(ends_at=LATE, showings=times(24, 25, 26)) for _ in range(3)]
    found = await pages(api.admin, "/api/showings?limit=4")
    assert [len(page) for page in found] == [4, 4, 4, 4, 2]
    seen = [each for page in found for each in when(page)]
    assert seen == sorted(seen)
    assert set(seen) == {
        (f"2026-12-{day}T{hour}:30:00Z", event["uuid"], time)
        for event in made
        for day in (24, 25, 26)
        for hour, time in ((19, "20:30"), (21, "22:30"))
    }


@pytest.mark.gen_test
async def test_a_page_that_ends_with_the_last_time_links_to_none(api: Api) -> None:
    event = await api.make_event(ends_at=LATE, showings=times(24, 25))
    query = f"/api/showings?event={event['uuid']}"
    assert [len(page) for page in await pages(api.admin, f"{query}&limit=4")] == [4]
    assert [len(page) for page in await pages(api.admin, f"{query}&limit=3")] == [3, 1]
    assert [len(page) for page in await pages(api.admin, f"{query}&limit=1")] == [1, 1, 1, 1]
    assert "Link" not in (await api.admin.get(f"{query}&limit=1000")).headers


@pytest.mark.gen_test
async def test_a_hundred_times_are_a_page_where_nothing_is_said(api: Api) -> None:
    minutes = [f"{hour:02}:{minute:02}" for hour in range(20, 24) for minute in range(0, 60, 2)]
    showings = [{"date": "2026-12-24", "time": time, "capacity": 1} for time in minutes]
    event = await api.make_event(ends_at=LATE, showings=random.Random(1).sample(showings, len(showings)))
    found = await pages(api.admin, f"/api/showings?event={event['uuid']}")
    assert [len(page) for page in found] == [100, 20]
    assert [row["time"] for page in found for row in page] == minutes


@pytest.mark.gen_test
async def test_following_pages_keep_the_event_and_the_dates(api: Api) -> None:
    event = await api.make_event(ends_at=LATE, showings=times(24, 25, 26, 27))
    await api.make_event(ends_at=LATE, showings=times(25))
    found = await pages(api.admin, f"/api/showings/?event={event['uuid']}&from=2026-12-25&to=2026-12-26&limit=3")
    assert [[row["date"][-2:] for row in page] for page in found] == [["25", "25", "26"], ["26"]]
    assert {row["event"] for page in found for row in page} == {event["uuid"]}


@pytest.mark.gen_test
async def test_time_added_behind_somebody_who_turns_pages_moves_nothing(api: Api) -> None:
    event = await api.make_event(ends_at=LATE, showings=times(25, 26))
    first = await api.admin.get(f"/api/showings?event={event['uuid']}&limit=2")
    earlier = {"date": "2026-12-24", "time": "20:30", "capacity": 1}
    assert (await api.admin.post(f"/api/events/{event['uuid']}/showings", earlier)).status == 201
    (rest,) = await pages(api.admin, next_page(first))
    assert [row["date"] for row in first.body + rest] == ["2026-12-25"] * 2 + ["2026-12-26"] * 2


@pytest.mark.gen_test
async def test_strangers_page_through_open_events_alone(api: Api) -> None:
    public = await api.make_event(ends_at=LATE, booking="open", showings=times(24, 25))
    secret = await api.make_event(ends_at=LATE, showings=times(24, 25))
    found = await pages(api, "/api/showings?limit=3")
    assert [{row["event"] for row in page} for page in found] == [{public["uuid"]}] * 2
    shown = await api.admin.get(f"/api/showings?event={secret['uuid']}&limit=1")
    path = next_page(shown)
    assert path is not None
    assert (await api.get(path)).status == 401


@pytest.mark.gen_test
@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("limit", "0"),
        ("limit", "1001"),
        ("limit", "x"),
        ("limit", "%D9%A3"),
        ("from", "tomorrow"),
        ("from", "2026-02-30"),
        ("to", "0000-01-01"),
        ("cursor", ""),
        ("cursor", "x"),
        ("cursor", "~"),
        ("cursor", "2026-12-24T19:30:00~x"),
        ("cursor", "2026-12-24T19:30:00Z"),
        ("cursor", "2026-12-24T19:30:00Z~x~y"),
        ("cursor", "0001-01-01T00:00:00%2B14:00~x"),
    ],
)
async def test_a_page_that_cannot_be_is_refused(api: Api, field: str, text: str) -> None:
    answer = await api.admin.get(f"/api/showings?{field}={text}")
    assert (answer.status, answer.body["code"], list(answer.body["errors"])) == (422, "invalid", [field])
