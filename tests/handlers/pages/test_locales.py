"""Message catalogues as pages' scripts get them: in each language, whole, and kept by browsers."""

import json
import re

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Message

from handlers.pages.locales import catalogue_address
from hub.language.catalogue import resource_of, tags, texts_of
from tests.api import Api
from tests.handlers.pages.test_pages import logged_in


def ids_of(text: str) -> set[str]:
    body = FluentParser(with_spans=False).parse(text).body
    return {entry.id.name for entry in body if isinstance(entry, Message)}


def text_of(script: str) -> str:
    text: str = json.loads(script.removeprefix("(globalThis.catalogues ??= []).push(").removesuffix(");\n"))
    return text


@pytest.mark.gen_test
async def test_each_catalogue_is_a_script_that_browsers_keep_for_good_by_its_version(api: Api) -> None:
    for tag in (*tags(), "en-XA", "ar-XB"):
        address = catalogue_address(tag, "live")
        answer = await api.get(address, Accept_Encoding="identity")
        assert answer.status == 200 and answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        text = text_of(answer.raw.decode())
        assert ids_of(text) == ids_of(texts_of("en")["live.ftl"]) and "#" not in text
        again = await api.get(address, If_None_Match=answer.headers["Etag"], Accept_Encoding="identity")
        assert (again.status, again.raw) == (304, b"")


@pytest.mark.gen_test
async def test_another_version_of_a_catalogue_is_served_but_asked_for_again(api: Api) -> None:
    current = await api.get(catalogue_address("fr", "live"), Accept_Encoding="identity")
    for query in ("", "?v=0", "?v="):
        answer = await api.get(f"/static/locales/fr/live.js{query}", Accept_Encoding="identity")
        assert (answer.status, answer.raw, answer.headers["Cache-Control"]) == (200, current.raw, "no-cache")
    assert catalogue_address("fr", "live") != catalogue_address("de", "live").replace("/de/", "/fr/")


@pytest.mark.gen_test
@pytest.mark.parametrize(
    "path", ["xx/live", "fr/none", "fr/..", "fr/live.ftl", "../en/live", "en/%2e%2e", "FR/live", "fr/"]
)
async def test_no_other_catalogue_is_served(api: Api, path: str) -> None:
    answer = await api.get(f"/static/locales/{path}.js")
    assert answer.status == 404 and b"<html" not in answer.raw


def test_a_text_that_a_language_lacks_is_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    english = texts_of("en")
    partly = {"live.ftl": "# A comment.\nalert-none = Nichts\n"}
    monkeypatch.setattr("hub.language.catalogue.texts_of", lambda tag: english if tag == "en" else partly)
    text = resource_of.__wrapped__("de", "live")
    assert "alert-none = Nichts" in text and "alert-dismiss = Dismiss" in text and "comment" not in text
    assert ids_of(text) == ids_of(english["live.ftl"])


@pytest.mark.gen_test
async def test_the_dashboard_loads_the_readers_catalogues_before_its_modules(api: Api) -> None:
    event = await api.make_event(name="Zorba", language="de")
    reader = await logged_in(api)
    page = (await reader.get(f"/events/{event['uuid']}", Accept_Language="fr")).raw.decode()
    scripts = re.findall(r'<script (defer|type="module") src="([^"]+)"', page)
    kinds = [kind for kind, _ in scripts]
    assert kinds == sorted(kinds) and "fluent-bundle" in scripts[0][1]
    wanted = [catalogue_address("fr", name) for name in ("words", "verdicts", "live")]
    assert [address for _, address in scripts][1:4] == wanted
    german = (await reader.get(f"/events/{event['uuid']}")).raw.decode()
    assert '<html lang="de"' in german and catalogue_address("de", "live") in german
