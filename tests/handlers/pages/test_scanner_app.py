"""Scanner as an installed app: its worker, with the files of one version to keep, and its web app manifest."""

import gzip
import json
import re
import shutil

import pytest

from handlers.pages.base import STATIC
from handlers.pages.locales import script_of
from handlers.pages.scanner import SCANNER_POLICY, worker_script
from handlers.pages.vendor import PACKAGES
from hub.language.catalogue import language, tags
from tests.api import Api

IMPORTS = re.compile(r'(?:^import|^export|\bimport\()[^"\n]*"((?:\.|/static)[^"]+)"', re.MULTILINE)
LANGUAGE_SCRIPTS = ("shared/say.js", "shared/locale.js", "scanner/language.js", "scanner/refusal_text.js")
PAGE_BEFORE_BYTES, TABLE_BEFORE_BYTES = 3492, 5092
"""Of the last version with the scanner's own table of English texts, compressed."""
ONLY_WHERE_NEEDED = re.compile(r"/static/vendor/barcode-detector@")


async def told(api: Api) -> dict[str, object]:
    answer = await api.get("/scanner/worker.js")
    assert answer.status == 200
    first, _, script = answer.raw.decode().partition("\n")
    assert script == (STATIC / "scanner/worker.js").read_text()
    shell: dict[str, object] = json.loads(first.removeprefix("self.SHELL = ").removesuffix(";"))
    return shell


@pytest.mark.gen_test
async def test_worker_may_serve_the_scanner_under_the_strict_policy(api: Api) -> None:
    headers = (await api.get("/scanner/worker.js")).headers
    assert headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert headers["Service-Worker-Allowed"] == "/scanner"
    assert headers["Content-Security-Policy"] == SCANNER_POLICY
    assert headers["Cache-Control"] == "no-cache"


@pytest.mark.skipif(not PACKAGES.exists() and shutil.which("npm") is None, reason="needs npm: make setup")
@pytest.mark.gen_test
async def test_worker_keeps_every_file_that_the_page_is_made_of(api: Api) -> None:
    files = (await told(api))["files"]
    assert isinstance(files, list)
    page = (await api.get("/scanner")).raw.decode()
    wanted = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
    imported: set[str] = set()
    assert wanted
    for address in [file for file in files if file.startswith("/static/") and "/vendor/" not in file]:
        path = STATIC / address.removeprefix("/static/")
        for named in IMPORTS.findall(path.read_text()) if path.suffix == ".js" else ():
            found = named if named.startswith("/") else f"/static/{(path.parent / named).resolve().relative_to(STATIC)}"
            imported.add(found)
    assert imported
    wanted |= imported
    assert {each for each in wanted if not ONLY_WHERE_NEEDED.match(each)} <= set(files)
    for file in files:
        assert (await api.get(file)).status == 200, file


@pytest.mark.gen_test
async def test_worker_keeps_the_page_and_its_texts_in_every_language(api: Api) -> None:
    shell = await told(api)
    files = shell["files"]
    assert isinstance(files, list)
    assert (shell["languages"], shell["language"]) == (list(tags()), "en")
    for tag in tags():
        answer = await api.get("/scanner", Accept_Language=tag)
        page = answer.raw.decode()
        assert f'<html lang="{tag}"' in page
        assert set(re.findall(r'src="(/static/locales/[^"]+)"', page)) <= set(files)
        app = await api.get(f"/scanner/app.webmanifest?language={tag}")
        assert (app.body["lang"], app.body["short_name"]) == (tag, language(tag).say("scan-app"))


def test_another_text_of_any_language_is_another_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    before = worker_script.__wrapped__("Theatre", "en")
    another = lambda tag, name: script_of(tag, name) + ("//" if tag == "es" else "")  # noqa: E731
    monkeypatch.setattr("handlers.pages.scanner.script_of", another)
    assert worker_script.__wrapped__("Theatre", "en") != before


@pytest.mark.skipif(not PACKAGES.exists() and shutil.which("npm") is None, reason="needs npm: make setup")
@pytest.mark.gen_test
async def test_languages_add_little_to_the_first_view(api: Api) -> None:
    for tag in (*tags(), "ar-XB"):
        page = (await api.get("/scanner", Cookie=f"language={tag}")).raw
        words = re.findall(rb'<script defer src="([^"]+)"', page)
        own = [f"/static/{name}" for name in LANGUAGE_SCRIPTS]
        sent = [(await api.get(address)).raw for address in (*(each.decode() for each in words), *own)]
        added = sum(len(gzip.compress(each, 6)) for each in (page, *sent)) - PAGE_BEFORE_BYTES - TABLE_BEFORE_BYTES
        assert len(words) == 4 and 0 < added < 15_000, (tag, added)


def test_another_version_of_a_file_is_another_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    before = worker_script.__wrapped__("Theatre", "en")
    assert worker_script.__wrapped__("Theatre", "en") == before
    monkeypatch.setattr("handlers.pages.scanner.SHELL", ("css/tokens.css",))
    assert worker_script.__wrapped__("Theatre", "en") != before


@pytest.mark.gen_test
async def test_app_can_be_installed(api: Api) -> None:
    answer = await api.get("/scanner/app.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert (answer.body["start_url"], answer.body["scope"], answer.body["display"]) == (
        "/scanner",
        "/scanner",
        "standalone",
    )
    for icon in answer.body["icons"]:
        assert (await api.get(icon["src"])).headers["Content-Type"] == icon["type"]
