"""Steps that tests of the scanner page share."""

from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Page, expect

from tests.end_to_end.site import Site
from tests.eventually import PATIENCE_S

SOON_MS = PATIENCE_S * 1000

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
TYPED = """([code, suffix, ctrlKey, busyMs]) => {
    let at = Math.max(performance.now(), globalThis.typedAt ?? 0);
    const press = (key, ctrlKey = false) => {
        const event = new KeyboardEvent("keydown", { key, ctrlKey, bubbles: true, cancelable: true });
        Object.defineProperty(event, "timeStamp", { value: (globalThis.typedAt = at += 1) });
        for (const until = performance.now() + busyMs; performance.now() < until; );
        return (document.activeElement ?? document.body).dispatchEvent(event);
    };
    for (const letter of code) {
        if (!press(letter)) continue;
        const inserting = { inputType: "insertText", data: letter, bubbles: true, cancelable: true };
        document.activeElement.dispatchEvent(new InputEvent("beforeinput", inserting)); // which execCommand leaves out
        document.execCommand("insertText", false, letter);
    }
    if (!suffix || !press(suffix, ctrlKey) || suffix !== "Enter") return;
    const inFocus = document.activeElement;
    if (inFocus instanceof HTMLButtonElement) inFocus.click();
    else inFocus?.form?.requestSubmit();
}"""
"""A reader's keys, a millisecond apart by their own times: real ones would be as slow as the machine is busy."""
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


def read(phone: Page, code: str, suffix: str | None = "Enter", *, busy_ms: int = 0) -> None:
    """Type as a hand-held reader does, wherever the focus is; the verdict before is not taken for this code's.

    The page is busy for so long before it gets to each key.
    """
    control, _, key = (suffix or "").rpartition("+")
    phone.evaluate("document.querySelector('#verdict').dataset.tone = 'none yet'")
    phone.evaluate(TYPED, [code, key, bool(control), busy_ms])


def expect_verdict(phone: Page, word: str, tone: str, *texts: str) -> None:
    """Expect a verdict on the screen; one that goes away by itself may have gone when its texts are compared."""
    verdict = phone.locator("#verdict")
    expect(verdict).to_have_attribute("data-tone", tone, timeout=SOON_MS)
    for text in (word, *texts):
        expect(verdict).to_contain_text(text, timeout=SOON_MS)
