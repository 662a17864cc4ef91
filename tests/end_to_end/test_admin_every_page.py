"""Every page of the administration: nothing serious by axe-core in both schemes, and used by the keyboard alone."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from handlers.pages.admin import DETAILS, SECTIONS
from tests.end_to_end.accessibility import expect_accessible
from tests.end_to_end.site import Site

PAGES = {
    **{name: f"/admin/{name}" for name in SECTIONS},
    "events/new": "/admin/events/new",
    "devices/new": "/admin/devices/new?event={event}",
    "tickets of one event": "/admin/tickets?event={event}",
    **{f"{name}/one": f"/admin/{name}/{{{name}}}" for name in DETAILS},
    "events list": "/events",
    "dashboard": "/events/{event}",
    "report": "/events/{event}/report",
}
SIZES: dict[Any, Any] = {"light": {"width": 1440, "height": 900}, "dark": {"width": 390, "height": 844}}
MOST_STEPS = 2000

FOCUSED = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  window.walked ??= new Map();
  if (!window.walked.has(at)) window.walked.set(at, window.walked.size);
  const marked = at.closest("label") ?? at;
  const look = [at, marked, at.nextElementSibling].filter(Boolean).map((each) => getComputedStyle(each));
  const box = marked.getBoundingClientRect();
  const isOutlined = (style) => style.outlineStyle !== "none" && style.outlineWidth !== "0px";
  const isBeside = box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth;
  return {
    number: window.walked.get(at),
    html: at.outerHTML.slice(0, 200),
    isMarked: look.some((style) => isOutlined(style) || style.boxShadow !== "none"),
    isSeen: box.width > 1 && box.height > 1 && !isBeside,
  };
}"""


@pytest.fixture(scope="module")
def things(site: Site) -> dict[str, str]:
    """Ids of one thing of each kind, by the name of its section."""
    products = [{"name": "Standard", "prices": [{"name": "Full", "amount": "12.50", "currency": "EUR"}]}]
    event: Any = site.make_event(name="Every page", products=products, waiting=True)
    site.book(event, 2)
    ticket = site.call("GET", f"/api/tickets?event={event['uuid']}")[0]
    device: Any = site.call("POST", "/api/devices", {"name": "Gate", "event": event["uuid"]})
    hook = {"url": "https://hooks.example.org/every", "kinds": ["ticket.scanned"], "secret": "s" * 32}
    webhook: Any = site.call("POST", "/api/webhooks", hook)
    site.call("POST", f"/api/webhooks/{webhook['id']}/ping")
    own = {"tickets": ticket["id"], "reservations": ticket["reservation"], "devices": device["uuid"]}
    return {name: event["uuid"] for name in ("event", *DETAILS)} | own | {"webhooks": webhook["id"]}


@pytest.fixture(scope="module", params=PAGES)
def name(request: pytest.FixtureRequest) -> str:
    """The name of a page, whose tests follow each other."""
    found: str = request.param
    return found


def opened(site: Site, page: Page, things: dict[str, str], name: str) -> None:
    """Open a page, with all that folds unfolded; one that is open already stays as it is."""
    path = PAGES[name].format(**things)
    if page.url == site.url + path:
        return
    page.goto(path)
    page.wait_for_load_state("load")
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    page.locator("main details").evaluate_all("all => all.forEach(each => { each.open = true; })")


@pytest.mark.parametrize("scheme", SIZES)
def test_page_has_nothing_serious_and_fits_its_screen(
    site: Site, visitor: Page, things: dict[str, str], name: str, scheme: Any
) -> None:
    visitor.set_viewport_size(SIZES[scheme])
    visitor.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    opened(site, visitor, things, name)
    expect_accessible(visitor)


def test_page_is_walked_by_tab_without_a_trap_and_focus_is_seen_everywhere(
    site: Site, visitor: Page, things: dict[str, str], name: str
) -> None:
    visitor.emulate_media(reduced_motion="reduce")
    opened(site, visitor, things, name)
    assert expect_walked(visitor) > 5


def expect_walked(page: Page) -> int:
    """Fail where the focus is caught, unmarked or unseen on its way round by Tab; return how many stops it has."""
    seen: list[int] = []
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at is None or (at["number"] == 0 and seen):
            break
        assert at["isMarked"], f"focus is not marked: {at['html']}"
        assert at["isSeen"], f"focus is not seen: {at['html']}"
        if at["number"] not in seen[-1:]:  # a date is one control of several stops
            seen.append(at["number"])
    else:
        raise AssertionError(f"the focus never came round: {seen[-5:]}")
    repeated = len(seen) - len({*seen})
    assert repeated == 0, "the focus came back to a control before it came round"
    return len(seen)


def test_dialogs_open_by_enter_close_by_escape_and_give_the_focus_back(
    site: Site, organiser: Page, things: dict[str, str]
) -> None:
    organiser.goto(f"/admin/tickets/{things['tickets']}")
    for name in ("Cancel", "Reissue"):
        press = organiser.locator("#actions").get_by_role("button", name=name)
        press.focus()
        organiser.keyboard.press("Enter")
        expect(organiser.get_by_role("dialog")).to_be_visible()
        expect(organiser.get_by_role("dialog").get_by_role("button", name="Go back")).to_be_focused()
        organiser.keyboard.press("Escape")
        expect(organiser.get_by_role("dialog")).to_have_count(0)
        expect(press).to_be_focused()
    organiser.goto("/admin/running")
    organiser.set_viewport_size(SIZES["dark"])
    menu = organiser.locator("#menu > summary")
    menu.focus()
    expect(organiser.locator("#menu")).not_to_have_attribute("open", "")
    organiser.keyboard.press("Enter")
    expect(organiser.get_by_role("link", name="My account")).to_be_visible()
    organiser.keyboard.press("Space")
    expect(organiser.get_by_role("link", name="My account")).to_be_hidden()


def test_tickets_are_chosen_and_blocked_by_the_keyboard_alone(
    site: Site, organiser: Page, things: dict[str, str]
) -> None:
    event = site.make_event(name="By keyboard")
    site.book(event, 2)
    organiser.goto(f"/admin/tickets?event={event['uuid']}")
    expect(organiser.locator("#rows tr")).to_have_count(2)
    organiser.locator("#pick-all").focus()
    organiser.keyboard.press("Space")
    expect(organiser.locator("#chosen-count")).to_have_text("2 tickets are chosen")
    block = organiser.locator("#chosen-actions").get_by_role("button", name="Block", exact=True)
    for _ in range(40):
        organiser.keyboard.press("Tab")
        if block.evaluate("each => each === document.activeElement"):
            break
    organiser.keyboard.press("Enter")
    expect(organiser.locator("#notice")).to_have_text("2 done.")


FIRST_FIELD = """() => {
  const at = document.activeElement;
  return at.matches("input, select, textarea") && Boolean(at.closest("#admin"));
}"""
WITHOUT_FIELDS = {"running", "practice/one", "reservations/one", "events list", "dashboard", "report", "wallet/one"}
"""Pages without a field; that of passes has one where they are not offered to every guest yet."""
READ_FIRST = {"tickets/one"}
"""Pages that are read and acted upon, where a form that corrects stands below the actions."""
UNFOLD = """() => {
  const at = document.activeElement;
  if (at.matches("details:not([open]) > summary")) at.click();
}"""


@pytest.mark.parametrize("name", [name for name in PAGES if name not in WITHOUT_FIELDS | READ_FIRST])
def test_first_field_is_within_five_stops_of_the_skip_link(
    site: Site, visitor: Page, things: dict[str, str], name: str
) -> None:
    visitor.goto(PAGES[name].format(**things))
    visitor.wait_for_load_state("networkidle")
    visitor.keyboard.press("Tab")
    expect(visitor.get_by_role("link", name="Skip to content")).to_be_focused()
    visitor.keyboard.press("Enter")
    for _ in range(5):
        visitor.keyboard.press("Tab")
        if visitor.evaluate(FIRST_FIELD):
            return
        visitor.evaluate(UNFOLD)
    raise AssertionError(visitor.evaluate("document.activeElement.outerHTML"))
