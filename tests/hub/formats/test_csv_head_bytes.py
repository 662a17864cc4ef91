"""Heads of exports survive a spreadsheet that saves them in a Western code page."""

from pathlib import Path

import pytest


@pytest.mark.parametrize("tag", ["en", "fr", "de", "es"])
def test_heads_of_exports_have_only_characters_of_the_western_code_page(tag: str) -> None:
    catalogue = Path("web/locales", tag, "csv.ftl").read_text("utf-8")
    lines = [line for line in catalogue.splitlines() if line.startswith("csv-")]
    assert lines
    for line in lines:
        assert line.encode("cp1252").decode("cp1252") == line
