"""Colours forced by the system, as Windows' contrast themes do: what a page says by colour stays readable."""

from playwright.sync_api import Page, expect

from tests.end_to_end.scanner import expect_verdict, pair, read
from tests.end_to_end.site import Site

FORCED = "forced-colors: active"
STYLE = """(element, name) => name.startsWith("--")
    ? getComputedStyle(element).getPropertyValue(name) : getComputedStyle(element)[name]"""


def style(page: Page, selector: str, name: str) -> str:
    return page.locator(selector).first.evaluate(STYLE, name)  # type: ignore[no-any-return]


def forced(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    assert page.evaluate(f"matchMedia('({FORCED})').matches")


def test_direction_of_a_phone_and_its_verdicts_are_told_apart(site: Site, page: Page) -> None:
    event = site.make_event(name="Forced colours")
    code, _ = site.book(event, 2)
    page.set_viewport_size({"width": 390, "height": 844})
    forced(page)
    pair(site, page, event)
    chosen, other = ".switch input:checked + span", ".switch input:not(:checked) + span"
    assert style(page, chosen, "backgroundColor") != style(page, other, "backgroundColor")
    assert style(page, chosen, "color") != style(page, chosen, "backgroundColor")
    for word, tone in (("Admitted", "pass"), ("Just admitted", "note")):
        read(page, code)
        expect_verdict(page, word, tone)
        ground = style(page, "#verdict", "backgroundColor")
        shape, sign = style(page, ".verdict-shape", "color"), style(page, ".verdict-shape", "--sign")
        assert shape != ground
        assert sign == "Canvas", "its sign is drawn in the page's ground"
        page.evaluate("document.querySelector('#verdict').close()")


def test_what_is_chosen_and_how_full_it_is_shows_on_the_dashboard_and_in_menus(site: Site, organiser: Page) -> None:
    showings = [{"date": "2090-12-24", "time": time, "capacity": 10} for time in ("20:30", "22:30")]
    event = site.make_event(name="Forced there", showings=showings, max_inside=2)
    (code,) = site.book(event, 1)
    site.scan(site.pair(site.make_device(event)), code)
    forced(organiser)
    organiser.goto(f"/events/{event['uuid']}")
    expect(organiser.locator("[data-figure=inside]")).to_have_text("1")
    chip = ".chip[aria-pressed={}]"
    expect(organiser.locator(chip.format("true"))).to_have_count(1)
    assert style(organiser, chip.format("true"), "backgroundColor") != style(
        organiser, chip.format("false"), "backgroundColor"
    )
    bar = "[data-bar=inside]"
    assert style(organiser, f"{bar} > span", "backgroundColor") != style(organiser, bar, "backgroundColor")
    assert style(organiser, bar, "borderTopStyle") == "solid"
    organiser.goto(f"/admin/tickets?event={event['uuid']}")
    for menu in (".event-nav", ".admin-nav"):
        here, elsewhere = f"{menu} [aria-current=page]", f"{menu} a:not([aria-current])"
        expect(organiser.locator(here).first).to_be_visible()
        assert style(organiser, here, "backgroundColor") != style(organiser, elsewhere, "backgroundColor"), menu


def test_a_figure_covers_no_line_above_it(site: Site, organiser: Page) -> None:
    event = site.make_event(name="Forced figures")
    forced(organiser)
    organiser.goto(f"/events/{event['uuid']}")
    box = organiser.locator(".hero dt").bounding_box(), organiser.locator(".hero .number").bounding_box()
    assert box[0] is not None and box[1] is not None
    size, line = (float(style(organiser, ".hero .number", name)[:-2]) for name in ("fontSize", "lineHeight"))
    assert line >= 1.2 * size, "the ground of its text, as high as its font, lies within its own line"
    assert box[0]["y"] + box[0]["height"] <= box[1]["y"]
