"""Problem texts of the API in the language that the request asks for: fields with their codes, rows, deliveries."""

from typing import Any

import pytest

from tests.api import Answer, Api
from tests.handlers.importing import a_file, send

SPEAKS = {"de": "muss ", "fr": "doit ", "es": "debe "}
EACH = pytest.mark.parametrize("tag", ["de", "fr", "es"])


@EACH
@pytest.mark.gen_test
async def test_field_has_its_text_in_the_readers_language_and_a_code_that_is_the_same_in_all(
    api: Api, tag: str
) -> None:
    raw: dict[str, Any] = {"name": "", "starts_at": "2090-12-24", "doors": [{"name": 7}]}
    answers = [await api.admin.post("/api/events", raw, Accept_Language=each) for each in ("en", tag)]
    english, own = (answer.body for answer in answers)
    assert [answer.headers["Content-Language"] for answer in answers] == ["en", tag]
    assert own["field_codes"] == english["field_codes"]
    assert own["field_codes"].keys() == own["errors"].keys() == english["errors"].keys()
    assert own["field_codes"]["doors[0].name"] == "text" and own["errors"]["doors[0].name"].startswith(SPEAKS[tag])
    assert not set(own["errors"].values()) & set(english["errors"].values())


@EACH
@pytest.mark.gen_test
async def test_mistakes_and_warnings_of_an_import_are_in_the_readers_language(api: Api, tag: str) -> None:
    event = await api.make_event()
    api.admin.headers["Accept_Language"] = tag
    bad = a_file("B0,Ada,2090-13-24", "B1,Bob,", "B1,Dan,", "---,Cleo,", "Total,,", head="barcode,name,date")
    files = [bad, a_file("B1,Ada,Inactive", head="barcode,name,status"), b"mystery\nAda\n"]
    answers = [await said(api, event, file, tag) for file in files]
    assert [answer.body["code"] for answer in answers] == ["invalid", "unknown_state", "invalid"]
    assert [row["column"] for row in answers[0].body["rows"]] == ["date", "barcode", "barcode"]
    warned = await said(api, event, a_file("B1,Ada,abc", "Total,,", head="barcode,name,phone"), tag)
    assert [each["code"] for each in warned.body["warnings"]] == ["invalid", "total"]


async def said(api: Api, event: Any, file: bytes, tag: str) -> Answer:
    """Return the answer to a file that is looked at, once none of its texts is that of another language."""
    answers = {}
    for each in ("en", tag):
        api.admin.headers["Accept_Language"] = each
        answers[each] = await send(api.admin, event, file, "?dry_run=true")
    texts = {each: set(texts_of(answer.body)) for each, answer in answers.items()}
    assert len(texts[tag]) == len(texts["en"]) > 0 and not texts[tag] & texts["en"], texts
    return answers[tag]


def texts_of(body: dict[str, Any]) -> list[str]:
    rows = [each["message"] for each in (*body.get("rows_refused", ()), *body.get("warnings", ()))]
    rows += (
        [each["message"] for each in body["rows"]] if isinstance(body["rows"] if "rows" in body else 0, list) else []
    )
    return [*rows, *body.get("errors", {}).values(), *([body["detail"]] if "detail" in body else [])]


@EACH
@pytest.mark.gen_test
async def test_reason_of_a_failed_delivery_is_in_the_readers_language(api: Api, tag: str) -> None:
    hook = await api.admin.post("/api/webhooks", {"url": "https://nowhere.invalid/", "kinds": ["ticket.scanned"]})
    path = f"/api/webhooks/{hook.body['id']}/ping"
    english, own = [(await api.admin.post(path, Accept_Language=each)).body for each in ("en", tag)]
    assert english["reason"] == "the name is not known" != own["reason"]
