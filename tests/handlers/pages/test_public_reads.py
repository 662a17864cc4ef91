"""Public pages and scripts that anybody may ask for without end: no request reads the hub's files again."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hub.language.catalogue import tags, texts_of
from tests.api import Api

PATHS = {
    "/scanner/worker.js": 200,
    "/static/locales/fr/live.js": 200,
    "/static/locales/en/none.js": 404,
    "/static/vendor/idb@0.0.1/index.js": 404,
    "/scanner": 200,
    "/scanner/app.webmanifest": 200,
    "/login": 200,
    "/book": 200,
}


@pytest.mark.gen_test
@pytest.mark.parametrize(("path", "status"), PATHS.items())
async def test_a_public_request_reads_no_file_that_one_before_has_read(
    api: Api, monkeypatch: pytest.MonkeyPatch, path: str, status: int
) -> None:
    first = await api.get(path, Accept_Language="fr")
    read: list[Path] = []
    for name in ("open", "read_text", "read_bytes"):
        monkeypatch.setattr(Path, name, _counted(getattr(Path, name), read))
    again = await api.get(path, Accept_Language="fr")
    assert (first.status, again.status, read) == (status, status, [])
    assert len(again.raw) == len(first.raw)


def _counted(plain: Callable[..., Any], read: list[Path]) -> Callable[..., Any]:
    def counted(self: Path, *args: Any, **kwargs: Any) -> Any:
        read.append(self)
        return plain(self, *args, **kwargs)

    return counted


@pytest.mark.gen_test
async def test_unknown_languages_and_catalogues_leave_nothing_behind(api: Api) -> None:
    for tag in ("xx", "none", "..", "%2e%2e"):
        assert (await api.get(f"/static/locales/{tag}/live.js")).status == 404
    assert texts_of.cache_info().currsize <= len(tags())
