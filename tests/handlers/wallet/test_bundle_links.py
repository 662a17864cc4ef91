"""The reservation's page links to its bundles of passes, where there is a certificate that phones believe."""

import html
import re
from pathlib import Path

import msgspec
import pytest

from hub.settings import Settings
from tests.api import Api
from tests.handlers.wallet.test_bundles import passes_in, reserve
from tests.hub.wallet.authority import Authority


@pytest.fixture
def settings(settings: Settings, authority: Authority, tmp_path: Path) -> Settings:
    return msgspec.structs.replace(settings, **authority.files(tmp_path))


@pytest.mark.gen_test
@pytest.mark.parametrize(
    ("count", "labels"),
    [
        (3, ["Add all to Apple Wallet"]),
        (15, ["Add Passes 1-10 to Apple Wallet", "Add Passes 11-15 to Apple Wallet"]),
        (21, [f"Add {name} to Apple Wallet" for name in ("Passes 1-10", "Passes 11-20", "Pass 21")]),
    ],
)
async def test_the_reservations_page_links_to_each_bundle(api: Api, count: int, labels: list[str]) -> None:
    reserved = await reserve(api, count)
    page = await api.get(reserved["links"]["page"])
    links = re.findall(r'<a [^>]*href="(/r/[^"]+/pkpasses[^"]+)">([^<]+)</a>', page.raw.decode())
    assert [label for _, label in links] == labels
    bundles = [passes_in(await api.get(html.unescape(path))) for path, _ in links]
    shown = re.findall(r'data-ticket="([^"]+)"', page.raw.decode())
    # A bundle is of the very tickets that stand under its numbers on the page.
    assert [sorted(bundle) for bundle in bundles] == [
        sorted(shown[start : start + 10]) for start in range(0, count, 10)
    ]


@pytest.mark.gen_test
@pytest.mark.parametrize(("reader", "is_offered"), [("Android 15", False), ("Macintosh", True), ("iPhone", True)])
async def test_passes_are_offered_where_phones_take_them(api: Api, reader: str, is_offered: bool) -> None:
    reserved = await reserve(api, 2)
    alone = reserved["tickets"][0]["links"]["page"]
    agent = f"Mozilla/5.0 ({reader}; like any)"
    for path in (reserved["links"]["page"], alone):
        page = await api.get(path, User_Agent=agent)
        assert (b"to Apple Wallet" in page.raw) == is_offered
