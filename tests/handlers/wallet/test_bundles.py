"""Bundles of passes: all passes of a reservation, ten at most in a file."""

import io
import re
import zipfile
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from tests.api import Answer, Api
from tests.hub.wallet.pass_file import opened

BUNDLE = "application/vnd.apple.pkpasses"
NOWHERE = "2b9e6f0e-2f4f-4f5c-8a84-6bb2c3d7a111"


async def reserve(api: Api, count: int, **event: Any) -> Any:
    """Book a reservation of so many tickets of a new event and return it."""
    showings = [{"date": "2026-12-24", "time": "20:30", "capacity": 100}]
    made = await api.make_event(**{"showings": showings, **event})
    order = {"name": "Ada Lovelace", "phone_number": "+33 1 23 45 67", "date": "2026-12-24", "time": "20:30"}
    guests = [{"first_name": f"Guest {n:02}", "last_name": "Lovelace"} for n in range(1, count + 1)]
    answer = await api.admin.post("/api/reservations", {**order, "event": made["uuid"], "tickets": guests})
    assert answer.status == 201, answer.raw
    return answer.body


def passes_in(answer: Answer) -> list[str]:
    """Return the tickets whose passes a bundle holds."""
    assert (answer.status, answer.headers["Content-Type"]) == (200, BUNDLE), answer.raw
    with zipfile.ZipFile(io.BytesIO(answer.raw)) as archive:
        return [name.removesuffix(".pkpass") for name in archive.namelist()]


def next_of(answer: Answer) -> str:
    found = re.fullmatch(r'<(.*)>; rel="next"', answer.headers.get("Link", ""))
    return found[1] if found else ""


async def whole_bundle(api: Api, path: str) -> list[Answer]:
    """Get a reservation's bundles from the first to the last, by their links."""
    answers = []
    while path:
        answers.append(await api.get(path))
        path = next_of(answers[-1])
    return answers


@pytest.mark.gen_test
async def test_a_small_reservation_is_one_bundle(api: Api, tmp_path: Path) -> None:
    reserved = await reserve(api, 3)
    path = f"/reservations/{reserved['uuid']}/pkpasses"
    answer = await api.admin.get(path)
    assert sorted(passes_in(answer)) == sorted(ticket["id"] for ticket in reserved["tickets"])
    assert answer.headers["Content-Disposition"] == f'attachment; filename="tickets-{reserved["uuid"][:8]}.pkpasses"'
    assert next_of(answer) == ""
    with zipfile.ZipFile(io.BytesIO(answer.raw)) as archive:
        name = archive.namelist()[0]
        inside = opened(archive.read(name), tmp_path / "wallet-development" / "root.pem", tmp_path)
    assert f"{inside['serialNumber']}.pkpass" == name


@pytest.mark.gen_test
async def test_a_bundle_needs_a_key_that_reads_tickets(api: Api) -> None:
    reserved = await reserve(api, 3)
    path = f"/reservations/{reserved['uuid']}/pkpasses"
    assert (await api.get(path)).status == 401
    assert (await api.get(f"{path}?token={reserved['tickets'][0]['access_token']}")).status == 401
    assert (await api.admin.get("/reservations/nonsense/pkpasses")).status == 400
    assert (await api.admin.get(f"/reservations/{NOWHERE}/pkpasses")).status == 404


@pytest.mark.gen_test
@pytest.mark.parametrize(("count", "sizes"), [(10, [10]), (11, [10, 1]), (15, [10, 5]), (25, [10, 10, 5])])
async def test_a_bundle_holds_ten_passes_at_most_and_links_to_the_next(api: Api, count: int, sizes: list[int]) -> None:
    reserved = await reserve(api, count)
    answers = await whole_bundle(api.admin, f"/reservations/{reserved['uuid']}/pkpasses")
    bundles = [passes_in(answer) for answer in answers]
    assert [len(bundle) for bundle in bundles] == sizes
    assert sorted(chain.from_iterable(bundles)) == sorted(ticket["id"] for ticket in reserved["tickets"])
    assert len({answer.headers["Content-Disposition"] for answer in answers}) == len(sizes)


@pytest.mark.gen_test
async def test_json_describes_all_bundles_and_their_addresses_need_no_key(api: Api) -> None:
    reserved = await reserve(api, 15)
    described = (await api.admin.get(f"/reservations/{reserved['uuid']}/pkpasses", Accept="application/json")).body
    assert (described["reservation"], described["passes"]) == (reserved["uuid"], 15)
    assert [(each["part"], each["first"], each["last"]) for each in described["bundles"]] == [(1, 1, 10), (2, 11, 15)]
    for each in described["bundles"]:
        assert each["contentType"] == BUNDLE
        # The hub of a test does not know the port that the test serves it at.
        answer = await api.get(each["downloadUrl"].partition("8888")[2])
        assert sorted(passes_in(answer)) == sorted(each["tickets"])
        assert each["fileName"] in answer.headers["Content-Disposition"]


@pytest.mark.gen_test
@pytest.mark.parametrize("part", ["0", "3", "-1", "x", "", "1.0", "\uff19", "99999999999999999999"])
async def test_a_part_that_there_is_not_is_refused(api: Api, part: str) -> None:
    reserved = await reserve(api, 11)
    refused = await api.admin.get(f"/reservations/{reserved['uuid']}/pkpasses?part={part}")
    assert (refused.status, refused.body["errors"]) == (422, {"part": "must be 1 to 2"})


@pytest.mark.gen_test
async def test_only_the_reservations_own_token_opens_its_bundles_to_guests(api: Api) -> None:
    reserved, other = await reserve(api, 2), await reserve(api, 2)
    path = f"/r/{reserved['uuid']}/pkpasses"
    tokens = [each["links"]["page"].partition("token=")[2] for each in (reserved, other)]
    assert [(await api.get(f"{path}?token={token}")).status for token in (*tokens, "")] == [200, 404, 404]
    assert (await api.get(f"{path}?token={reserved['tickets'][0]['access_token']}")).status == 404
    assert (await api.get(f"/r/{NOWHERE}/pkpasses?token={tokens[0]}")).status == 404
    await api.admin.post(f"/api/tickets/{reserved['tickets'][0]['id']}/reissue")
    assert (await api.get(f"{path}?token={tokens[0]}")).status == 404


@pytest.mark.gen_test
async def test_bundles_are_offered_as_the_event_says(api: Api) -> None:
    reserved = await reserve(api, 11, wallet="off")
    page = reserved["links"]["page"].replace(f"/r/{reserved['uuid']}", f"/r/{reserved['uuid']}/pkpasses")
    by_key = await api.admin.get(f"/reservations/{reserved['uuid']}/pkpasses", Accept="application/json")
    assert (by_key.status, by_key.body["code"]) == (404, "wallet_off")
    assert (await api.get(page)).status == 404


@pytest.mark.gen_test
async def test_without_a_certificate_the_page_links_to_no_bundle(api: Api) -> None:
    reserved = await reserve(api, 11)
    page = await api.get(reserved["links"]["page"])
    assert page.status == 200
    assert b"pkpasses" not in page.raw
