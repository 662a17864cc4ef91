"""Site of the documentation: its navigation names every page, and its links are those of the pages."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from docs_hooks import PAGES_BESIDE, ROOT, LoadsFromElsewhere, links_of_site, on_post_page
from tests.docs.examples import PAGES

SITE = yaml.safe_load((ROOT / "mkdocs.yml").read_text())


def named(nav: Any) -> Iterator[str]:
    """Yield the pages of a navigation, in order."""
    if isinstance(nav, str):
        yield nav
    else:
        for below in nav.values() if isinstance(nav, dict) else nav:
            yield from named(below)


def test_navigation_names_every_page_once() -> None:
    pages = [page.relative_to(PAGES).as_posix() for page in PAGES.rglob("*.md")]
    assert sorted(named(SITE["nav"])) == sorted([*pages, *PAGES_BESIDE.values()])


def test_no_page_is_written_over_by_one_from_beside_the_folder() -> None:
    pages = {page.relative_to(PAGES).as_posix().lower() for page in PAGES.rglob("*.md")}
    assert pages.isdisjoint(name.lower() for name in PAGES_BESIDE.values())


def test_broken_links_fail_the_build() -> None:
    assert SITE["strict"] is True
    assert set(SITE["validation"].values()) == {"warn"}
    build = re.search(r"mkdocs build.*", (ROOT / "Makefile").read_text())
    assert build is not None and build[0] == "mkdocs build", "with --quiet mkdocs counts no warnings"


def test_scripts_and_styles_are_the_sites_own() -> None:
    own = [*SITE["extra"]["polyfills"], *SITE["extra_css"]]
    assert [file for file in own if not (PAGES / file).is_file()] == []
    assert SITE["theme"]["font"] is False and "offline" in SITE["plugins"]


@pytest.mark.parametrize(
    ("source", "text", "on_site"),
    [
        ("README.md", "[tour](docs/tour.md)", "[tour](tour.md)"),
        ("README.md", "[mail](docs/operating.md#mail)", "[mail](operating.md#mail)"),
        ("README.md", '<img src="docs/tour/sell.png" alt="x">', '<img src="tour/sell.png" alt="x">'),
        ("README.md", "[examples/](examples/)", "examples/"),
        ("docs/guides/programmers.md", "[try](../../README.md#try-it)", "[try](../index.md#try-it)"),
        ("docs/guides/programmers.md", "[a door](../../examples/door.py)", "a door (`examples/door.py`)"),
        ("docs/guides/programmers.md", "[doors](../scan-api.md#batch)", "[doors](../scan-api.md#batch)"),
        ("docs/security.md", "[policy](../SECURITY.md)", "[policy](security-policy.md)"),
        ("docs/deploy.md", "[`deploy/compose`](../deploy/compose)", "`deploy/compose`"),
        ("docs/tour.md", "![a](tour/sell.png)", "![a](tour/sell.png)"),
        (
            "docs/tour.md",
            "[here](#there), [out](https://example.org/a.md)",
            "[here](#there), [out](https://example.org/a.md)",
        ),
        ("docs/tour.md", "[gone](../gone.py)", "[gone](../gone.py)"),
        ("README.md", "```\n[x](docs/tour.md)\n```\n", "```\n[x](docs/tour.md)\n```\n"),
    ],
)
def test_links_become_those_of_the_site(source: str, text: str, on_site: str) -> None:
    assert links_of_site(text, source) == on_site


@pytest.mark.parametrize(
    "tag",
    [
        '<script src="https://cdn.example/a.js">',
        '<link rel="stylesheet" href="//cdn.example/a.css">',
        "<img src=http://a.example/a.png>",
    ],
)
def test_page_that_loads_from_elsewhere_fails_the_build(tag: str) -> None:
    page = type("Page", (), {"file": type("File", (), {"src_uri": "tour.md"})})()
    with pytest.raises(LoadsFromElsewhere, match=re.escape(f"tour.md: {tag}")):
        on_post_page(f"<p>{tag}</p>", page)
    link = '<a href="https://example.org">'
    assert on_post_page(link, page) == link
