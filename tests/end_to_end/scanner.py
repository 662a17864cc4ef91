"""Steps that tests of the scanner page share."""

from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Page, expect

from tests.end_to_end.site import Site

SOON_MS = 20_000
"""Long enough for a busy machine; nobody waits longer than it takes."""

PATIENT = """
    const later = globalThis.setTimeout;
    globalThis.setTimeout = (work, ms, ...more) => later(work, ms === 1200 || ms === 300 ? 60_000 : ms, ...more);
"""
"""A phone that waits for its hub as long as a busy machine takes, in tests of what the hub answers."""


UNREACHED = """(paths) => {
    const reach = globalThis.fetch;
    globalThis.unreached = paths;
    globalThis.fetch = (...asked) => {
        const isUnreached = globalThis.unreached.some((path) => String(asked[0]).startsWith(path));
        return isUnreached ? Promise.reject(new TypeError("unreached")) : reach(...asked);
    };
}"""
ANSWER_LOST = """(path) => {
    const reach = globalThis.fetch;
    globalThis.fetch = async (...asked) => {
        const answer = await reach(...asked);
        if (!String(asked[0]).startsWith(path)) return answer;
        globalThis.fetch = reach;
        throw new TypeError("lost");
    };
}"""
CONTROLLED = "() => navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"
EVERYTHING = ("force", "undo", "search", "names")


def pair(site: Site, phone: Page, event: Any, name: str = "Gate 1", *, may: Sequence[str] = ()) -> None:
    """Pair the phone as a new device at the event's first door."""
    phone.goto(site.make_device(event, name, may=may))
    phone.get_by_role("button", name="Pair this phone").click()
    expect(phone.locator("#health")).to_have_text("Ready", timeout=SOON_MS)


def cut_off(phone: Page, *paths: str) -> None:
    """Keep requests to these paths from the hub until `reconnect`: in the page, as service workers pass by routes."""
    phone.evaluate(UNREACHED, paths)


def reconnect(phone: Page, path: str) -> None:
    """Let requests to a path reach the hub again."""
    phone.evaluate("(path) => { globalThis.unreached = globalThis.unreached.filter((each) => each !== path); }", path)


def lose_next_answer(phone: Page, path: str) -> None:
    """Let the next request to a path reach the hub and lose its answer."""
    phone.evaluate(ANSWER_LOST, path)


def read(phone: Page, code: str) -> None:
    """Type as a hand-held reader does, wherever the focus is."""
    phone.evaluate("document.querySelector('#verdict').dataset.tone = 'none yet'")
    phone.keyboard.press(code[0])
    phone.keyboard.insert_text(code[1:])
    phone.keyboard.press("Enter")


def expect_verdict(phone: Page, word: str, tone: str, *texts: str) -> None:
    """Expect a verdict on the screen; one that goes away by itself may have gone when its texts are compared."""
    verdict = phone.locator("#verdict")
    expect(verdict).to_have_attribute("data-tone", tone, timeout=SOON_MS)
    for text in (word, *texts):
        expect(verdict).to_contain_text(text, timeout=SOON_MS)
