"""One ticket at sixteen doors of two processes at the same moment: one is told yes, fifteen are told who and when."""

import asyncio
import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPResponse

from tests.end_to_end.site import Site

DOORS, TICKETS = 16, 200


@pytest.mark.gen_test
async def test_one_of_sixteen_doors_admits_and_the_others_say_who_did(
    tmp_path: Path, site_database: dict[str, str]
) -> None:
    site = await asyncio.to_thread(partial(Site, tmp_path / "data", HUB_PROCESSES="2", **site_database))
    try:
        await let_all_doors_try(site)
    finally:
        await asyncio.to_thread(site.close)


async def let_all_doors_try(site: Site) -> None:
    event, keys, codes = await asyncio.to_thread(prepare, site)
    client = AsyncHTTPClient(force_instance=True, max_clients=DOORS)
    hubs = {json.loads((await client.fetch(f"{site.url}/healthz")).body)["hub"] for _ in range(40)}
    assert len(hubs) == 2, "both processes serve"
    for code in codes:
        answers = await asyncio.gather(*[scan(client, site.url, key, code) for key in keys])
        check([json.loads(answer.body) for answer in answers])
    counts = await asyncio.to_thread(site.call, "GET", f"/api/events/{event['uuid']}/occupancy")
    assert (counts["admitted"], counts["inside"], counts["denied"]) == (TICKETS, TICKETS, TICKETS * (DOORS - 1))
    client.close()


def prepare(site: Site) -> tuple[Any, list[str], list[str]]:
    """Make an event with so many doors, a phone at each, and the tickets."""
    event = site.make_event(
        max_inside=1000,
        doors=[{"name": f"Door {n}"} for n in range(DOORS)],
        showings=[{"date": "2090-12-24", "time": "20:30", "capacity": TICKETS}],
    )
    keys = []
    for n, door in enumerate(event["doors"]):
        made = site.call("POST", "/api/devices", {"name": f"Phone {n}", "event": event["uuid"], "door": door["id"]})
        keys.append(site.call("GET", f"/scan/{made['pairing']['token']}/pair")["api_key"])
    return event, keys, site.book(event, TICKETS)


async def scan(client: AsyncHTTPClient, url: str, key: str, code: str) -> HTTPResponse:
    headers = {"Authorization": f"Api-Key {key}"}
    return await client.fetch(
        f"{url}/scan/ticket/", method="POST", body=json.dumps({"qrcode_data": code}), headers=headers
    )


def check(answers: list[Any]) -> None:
    """See that one admitted, and that all others name its door, phone and time."""
    [admitted] = [answer for answer in answers if answer["success"]]
    assert admitted["code"] == "admitted"
    refused = [answer for answer in answers if not answer["success"]]
    assert {answer["code"] for answer in refused} == {"already_scanned"}
    assert len(refused) == DOORS - 1
    told = {
        (a["ticket"]["scanned_by"], a["ticket"]["scanned_at"], a["scanned_by_name"], a["scanned_at_door"])
        for a in refused
    }
    [(device, at, name, door)] = told
    assert (device, at) == (admitted["ticket"]["scanned_by"], admitted["ticket"]["scanned_at"])
    assert name.removeprefix("Phone ") == door.removeprefix("Door ")
