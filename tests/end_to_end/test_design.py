"""The page that shows the design system: whatever the style sheet names is on it."""

import re

from playwright.sync_api import Page, expect

from tests.end_to_end.accessibility import expect_accessible
from tests.end_to_end.site import ROOT

TOKENS = (ROOT / "web" / "static" / "css" / "tokens.css").read_text().partition("@media")[0]


def test_every_token_is_shown(organiser: Page) -> None:
    organiser.goto("/design")
    shown = organiser.locator(".swatches code, .samples code")
    expect(shown).not_to_have_count(0)
    named = set(re.findall(r"(--[\w-]+):", TOKENS)) - {"--sans", "--mono", "--radius", "--radius-s"}
    assert set(shown.all_inner_texts()) == named
    expect_accessible(organiser)
