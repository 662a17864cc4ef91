"""Pages of problem codes: the type of every problem leads to one."""

import pytest

from hub.problem_codes import PROBLEM_CODES
from tests.api import Api


@pytest.mark.gen_test
async def test_the_type_of_a_problem_leads_to_its_page(api: Api) -> None:
    refused = await api.get("/api/devices")
    assert refused.body["type"] == "/problems/unauthorized"
    page = await api.get(refused.body["type"], Accept="text/html")
    assert page.status == 200 and b"Api-Key KEY" in page.raw
    told = await api.get(refused.body["type"])
    assert told.body["code"] == "unauthorized" and told.body["statuses"] == [401]


@pytest.mark.gen_test
async def test_every_code_has_a_page_and_stands_in_the_list(api: Api) -> None:
    listed = await api.get("/problems", Accept="text/html")
    for code in PROBLEM_CODES.values():
        assert (await api.get(code.page, Accept="text/html")).status == 200, code.code
        assert f'href="{code.page}"'.encode() in listed.raw, code.code
    assert [each["code"] for each in (await api.get("/problems")).body] == list(PROBLEM_CODES)


@pytest.mark.gen_test
async def test_a_code_that_there_is_not_is_not_found_by_browsers_and_programs(api: Api) -> None:
    asked = await api.get("/problems/nothing")
    assert (asked.status, asked.body["code"]) == (404, "not_found")
    shown = await api.get("/problems/%3Cscript%3E", Accept="text/html")
    assert shown.status == 404 and b"<script>" not in shown.raw
