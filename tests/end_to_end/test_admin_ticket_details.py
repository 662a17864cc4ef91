"""A ticket's seat, note and answers in the administration, shown and changed in a browser."""

from playwright.sync_api import Page, expect

from tests.end_to_end.accessibility import expect_accessible
from tests.end_to_end.site import Site
from tests.end_to_end.test_admin_tickets import guests

DETAILS = {
    "notice": "Wheelchair",
    "seat": {"block": "A", "row": "3", "seat": "12"},
    "fields": {"Diet": "Vegan", "Coat": "Yes"},
}


def open_details(page: Page, ticket_id: str) -> None:
    page.goto(f"/admin/tickets/{ticket_id}")
    page.get_by_text("Seat, note and answers").click()


def test_seat_note_and_answers_are_shown_changed_and_taken_away(site: Site, organiser: Page) -> None:
    event = site.make_event(name="Details")
    (ticket,) = guests(site, event, "Ada Lovelace")["tickets"]
    path = f"/api/tickets/{ticket['id']}"
    site.call("PATCH", path, DETAILS)
    open_details(organiser, ticket["id"])
    facts = organiser.locator("#facts")
    for text in ("Block A, row 3, seat 12", "Wheelchair", "Vegan"):
        expect(facts).to_contain_text(text)
    history = organiser.locator("#history li").first
    expect(history).to_contain_text("The note for the door, The seat, The answers given at booking")
    expect(organiser.get_by_label("Row", exact=True)).to_have_value("3")
    organiser.set_viewport_size({"width": 390, "height": 844})
    expect_accessible(organiser)
    organiser.get_by_label("Seat", exact=True).fill("14")
    organiser.get_by_label("Note for the door").fill("")
    organiser.get_by_label("Answer", exact=True).first.fill("None")
    organiser.get_by_role("button", name="Remove this answer").nth(1).click()
    organiser.get_by_role("button", name="Add an answer").click()
    organiser.get_by_label("Question", exact=True).nth(1).fill("Language")
    organiser.get_by_label("Answer", exact=True).nth(1).fill("français")
    organiser.get_by_role("button", name="Save").click()
    expect(organiser.get_by_role("status")).to_have_text("Saved.")
    changed = site.call("GET", path)
    assert (changed["notice"], changed["seat"]["seat"]) == (None, "14")
    assert changed["fields"] == {"Diet": "None", "Language": "français"}
    for name in ("Block", "Row", "Seat"):
        organiser.get_by_label(name, exact=True).fill("")
    while organiser.get_by_role("button", name="Remove this answer").count():
        organiser.get_by_role("button", name="Remove this answer").first.click()
    organiser.get_by_role("button", name="Save").click()
    expect(facts).not_to_contain_text("Block")
    changed = site.call("GET", path)
    assert (changed["seat"], changed["fields"]) == (None, {})


def test_what_is_wrong_with_an_answer_stands_beside_it(site: Site, organiser: Page) -> None:
    event = site.make_event(name="Wrong details")
    (ticket,) = guests(site, event, "Ada Lovelace")["tickets"]
    site.call("PATCH", f"/api/tickets/{ticket['id']}", DETAILS)
    open_details(organiser, ticket["id"])
    answers, questions = (organiser.get_by_label(name, exact=True) for name in ("Answer", "Question"))
    expect(questions).to_have_count(2)
    questions.nth(1).fill("Diet")
    organiser.get_by_role("button", name="Save").click()
    expect(questions.nth(1)).to_be_focused()
    expect(organiser.locator(".field-error")).to_have_text("There are two answers to this: keep one.")
    questions.nth(1).fill("Coat")
    answers.nth(1).evaluate("input => { input.value = 'a\\u0007b'; }")
    organiser.get_by_role("button", name="Save").click()
    expect(answers.nth(1)).to_be_focused()
    expect(organiser.locator(".field-error")).to_contain_text("invisible characters")
    assert site.call("GET", f"/api/tickets/{ticket['id']}")["fields"] == DETAILS["fields"]
