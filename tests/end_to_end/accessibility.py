"""Accessibility of a page, by axe-core: what it finds serious, and whether all fits the screen."""

from playwright.sync_api import Page

from tests.end_to_end.site import ROOT

AXE = ROOT / "web/node_modules/axe-core/axe.min.js"
IS_THERE = "globalThis.axe !== undefined"
SERIOUS = """async () => (await axe.run({ resultTypes: ["violations"] })).violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes[0].html}`)"""
"""What does not pass is described, and nothing else: a third less of work."""


def expect_accessible(page: Page) -> None:
    """Fail by what axe-core finds serious on the page, and by anything wider than the screen."""
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "wider than the screen"


def serious(page: Page) -> list[str]:
    """Serious violations on the page, each with its rule and the first element that breaks it."""
    if not page.evaluate(IS_THERE):
        page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate(SERIOUS)
    return found
