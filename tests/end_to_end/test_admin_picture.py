"""The picture of an event in a browser: chosen, shown, refused, described, taken along by a copy, taken away."""

import io
from typing import Any

from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from tests.end_to_end.accessibility import expect_accessible
from tests.end_to_end.site import Site


def a_file(name: str = "night.jpg", colour: str = "navy", kind: str = "JPEG") -> FilePayload:
    out = io.BytesIO()
    Image.new("RGB", (1200, 600), colour).save(out, kind)
    return FilePayload(name=name, mimeType="image/jpeg", buffer=out.getvalue())


def is_drawn(page: Page, selector: str) -> None:
    """Expect that a picture has come and is seen."""
    expect(page.locator(selector)).to_be_visible()
    expect(page.locator(selector)).to_have_js_property("complete", True)
    assert page.locator(selector).evaluate("each => each.naturalWidth") > 0


def test_picture_is_chosen_shown_to_guests_and_taken_along_by_a_copy(site: Site, organiser: Page) -> None:
    event = site.make_event(name="With a picture", booking="open", products=[])
    organiser.set_viewport_size({"width": 390, "height": 844})
    organiser.goto(f"/admin/events/{event['uuid']}")
    organiser.get_by_role("heading", name="What guests read").click()
    field = organiser.get_by_label("Picture", exact=True)
    field.set_input_files(FilePayload(name="night.jpg", mimeType="image/jpeg", buffer=b"<svg/>"))
    expect(organiser.locator("#picture-field .field-error")).to_have_text("This must be a JPEG, PNG or WebP picture.")
    field.set_input_files(a_file())
    expect(organiser.locator("#notice")).to_have_text("Saved.")
    is_drawn(organiser, "#picture-shown")
    organiser.get_by_label("What the picture shows").fill("The mill by night")
    organiser.locator("#event").get_by_role("button", name="Save", exact=True).click()
    expect(organiser.locator("#notice")).to_have_text("Saved.")
    expect_accessible(organiser)

    organiser.goto(f"/book/{event['uuid']}")
    is_drawn(organiser, "img[alt='The mill by night']")
    expect_accessible(organiser)
    organiser.goto("/events")
    is_drawn(organiser, "a:has-text('With a picture') .event-thumb")

    organiser.goto(f"/admin/events/new?from={event['uuid']}")
    organiser.locator("#name").fill("Its copy")
    organiser.locator("#starts_at").fill("2091-12-24T20:30")
    organiser.locator("#starts_at").blur()
    organiser.get_by_role("button", name="Make the event").click()
    organiser.wait_for_url("**/admin/events/*?made")
    made: Any = site.call("GET", f"/api/events/{organiser.url.rsplit('/', 1)[1].partition('?')[0]}")
    assert (made["picture_alt"], made["picture"]["width"]) == ("The mill by night", 1200)
    organiser.get_by_role("heading", name="What guests read").click()
    organiser.get_by_role("button", name="Take the picture away").click()
    expect(organiser.locator("#picture-shown")).to_be_hidden()
    assert site.call("GET", f"/api/events/{made['uuid']}")["picture"] is None
    assert site.call("GET", f"/api/events/{event['uuid']}")["picture"] is not None


def test_new_event_is_made_with_its_picture(site: Site, organiser: Page) -> None:
    organiser.set_viewport_size({"width": 390, "height": 844})
    organiser.goto("/admin/events/new")
    organiser.locator("#name").fill("New with a picture")
    organiser.get_by_label("Door's name", exact=True).fill("North door")
    organiser.get_by_label("Seats", exact=True).fill("120")
    organiser.get_by_label("Time zone").select_option("Europe/Paris")
    organiser.locator("#starts_at").fill("2091-12-24T20:30")
    organiser.get_by_role("heading", name="What guests read").click()
    organiser.get_by_label("Picture", exact=True).set_input_files(a_file())
    organiser.get_by_label("What the picture shows").fill("The mill by night")
    organiser.get_by_role("button", name="Make the event").click()
    organiser.wait_for_url("**/admin/events/*?made")
    made: Any = site.call("GET", f"/api/events/{organiser.url.rsplit('/', 1)[1].partition('?')[0]}")
    assert (made["picture_alt"], made["picture"]["width"]) == ("The mill by night", 1200)
    organiser.get_by_role("heading", name="What guests read").click()
    is_drawn(organiser, "#picture-shown")


def test_picture_of_a_new_event_is_previewed_within_the_pages_policy(site: Site, organiser: Page) -> None:
    logged: list[str] = []
    organiser.on("console", lambda message: logged.append(message.text))
    organiser.set_viewport_size({"width": 390, "height": 844})
    organiser.goto("/admin/events/new")
    organiser.get_by_role("heading", name="What guests read").click()
    field = organiser.get_by_label("Picture", exact=True)
    preview = organiser.locator("#picture-preview")
    expect(preview).to_be_hidden()
    field.set_input_files(a_file(colour="#0000ff", kind="PNG"))
    expect(preview).to_be_visible()
    drawn = "each => [each.width, each.height, ...each.getContext('2d').getImageData(9, 9, 1, 1).data]"
    assert preview.evaluate(drawn) == [960, 480, 0, 0, 255, 255]
    expect_accessible(organiser)
    assert not [text for text in logged if "Content Security Policy" in text]

    field.set_input_files(FilePayload(name="night.jpg", mimeType="image/jpeg", buffer=b"no picture"))
    problem = organiser.locator("#picture-field .field-error")
    expect(problem).to_have_text("This browser cannot show the picture: choose a JPEG, PNG or WebP picture.")
    expect(preview).to_be_hidden()
    field.set_input_files(a_file())
    expect(preview).to_be_visible()
    expect(problem).to_have_count(0)
