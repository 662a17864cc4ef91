"""Guides: names of buttons and pages, in italics, are those of the English catalogue; the doors' page is one page."""

import re
from pathlib import Path

import pytest

from tests.docs.examples import PAGES, ROOT

GUIDES = sorted((PAGES / "guides").glob("*.md"))
MESSAGE = re.compile(r"^[\w-]+ = (.+)$", re.MULTILINE)
ITALIC = re.compile(r"(?<![*\w])\*([^*\n]+)\*(?![*\w])")
SAID = {message for file in (ROOT / "web/locales/en").glob("*.ftl") for message in MESSAGE.findall(file.read_text())}
MOST_LINES, MOST_WORDS = 45, 350


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_what_a_guide_calls_by_name_is_called_so(guide: Path) -> None:
    named = [name for name in ITALIC.findall(guide.read_text()) if name != "italics"]
    assert [name for name in named if name not in SAID] == []


def test_guides_name_what_there_is() -> None:
    assert len(ITALIC.findall((PAGES / "guides/organisers.md").read_text())) > 15


def test_page_of_the_doors_is_one_page() -> None:
    text = (PAGES / "guides/door-staff.md").read_text()
    assert len(text.splitlines()) <= MOST_LINES and len(text.split()) <= MOST_WORDS
