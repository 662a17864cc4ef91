"""`examples/wall.html`, opened from a disk: the counts as they change, and what it says when they are old."""

from playwright.sync_api import Page, WebSocketRoute, expect

from tests.end_to_end.accessibility import expect_accessible
from tests.end_to_end.site import ROOT, Site

WALL = (ROOT / "examples/wall.html").as_uri()


def shown(site: Site, page: Page, name: str) -> tuple[dict[str, str], str]:
    """Open the wall of a new event; return the event's only ticket's code by `code`, its device, and a door's key."""
    event = site.make_event(name=name)
    (code,) = site.book(event, 1)
    device = site.call("POST", "/api/devices", {"name": "Wall", "event": event["uuid"]})
    key = site.call("GET", f"/scan/{device['pairing']['token']}/pair")["api_key"]
    page.goto(f"{WALL}#hub={site.url}&event={event['uuid']}&key={key}")
    expect(page.locator("#inside")).to_have_text("0")
    return {"code": code, "device": device["uuid"], "event": event["uuid"]}, key


def test_it_counts_who_comes(site: Site, page: Page) -> None:
    made, key = shown(site, page, "Wall that counts")
    site.scan(key, made["code"])
    expect(page.locator("#inside")).to_have_text("1")
    expect(page.locator("#admitted")).to_have_text("of 50 at most · 1 of 1 guests came")
    expect(page.locator("#doors")).to_contain_text("North door: 0")
    expect(page.locator("#state")).to_be_empty()
    expect_accessible(page)


def test_it_says_that_its_numbers_are_old_until_it_is_back(site: Site, page: Page) -> None:
    routes: list[WebSocketRoute] = []
    held: list[WebSocketRoute] = []

    def through(route: WebSocketRoute) -> None:
        if held:
            route.close(code=1001)
            return
        route.connect_to_server()
        routes.append(route)

    page.route_web_socket("**/live", through)
    made, key = shown(site, page, "Wall that is cut off")
    held.append(routes[0])
    routes[0].close(code=1001)
    expect(page.locator("#state")).to_contain_text("the numbers are old")
    site.scan(key, made["code"])
    held.clear()
    expect(page.locator("#inside")).to_have_text("1")
    expect(page.locator("#state")).to_be_empty()


def test_it_stops_where_its_device_is_archived(site: Site, page: Page) -> None:
    made, _ = shown(site, page, "Wall that is archived")
    site.call("POST", f"/api/devices/{made['device']}/archive")
    expect(page.locator("#state")).to_contain_text("may not follow the event any more")


def test_without_an_address_it_says_what_is_missing(page: Page) -> None:
    page.goto(WALL)
    expect(page.locator("#state")).to_contain_text("#hub=")
