"""The administration's pages: for organisers, each with its script, nothing else let in."""

import re
from typing import get_args

import pytest

from handlers.pages.admin import DETAILS, SECTIONS
from handlers.pages.base import STATIC, TEMPLATES
from hub.language.catalogue import CATALOGUES as LOCALES
from hub.model.base import TicketStatus
from hub.model.kinds import KINDS, WEBHOOK_KINDS
from hub.tickets.status import SHAPES
from tests.api import Api
from tests.handlers.pages.test_pages import logged_in


@pytest.mark.gen_test
async def test_strangers_are_led_to_the_login(api: Api) -> None:
    answer = await api.get("/admin/events")
    assert (answer.status, answer.headers["Location"]) == (303, "/login?next=%2Fadmin%2Fevents")


@pytest.mark.gen_test
async def test_every_page_is_served_with_the_script_that_it_names(api: Api) -> None:
    organiser = await logged_in(api)
    assert (await organiser.get("/admin")).headers["Location"] == f"/admin/{next(iter(SECTIONS))}"
    paths = [f"/admin/{name}" for name in SECTIONS] + [f"/admin/{name}/some-id" for name in DETAILS]
    for path in paths:
        page = await organiser.get(path)
        assert page.status == 200, path
        text = page.raw.decode()
        assert re.search(r'<meta name="csrf" content="[\w-]{20,}">', text)
        scripts = re.findall(r'src="/static/([^"]+)"', text)
        assert scripts and all([(await api.get(f"/static/{script}")).status == 200 for script in scripts]), scripts
    assert (await organiser.get("/admin/nothing")).status == 404
    assert (await organiser.get("/admin/nothing/some-id")).status == 404


@pytest.mark.gen_test
async def test_a_form_sent_before_its_script_runs_puts_nothing_into_the_address(api: Api) -> None:
    pages = [*(TEMPLATES / "admin").rglob("*.html"), TEMPLATES / "dashboard.html"]
    forms = {(page.name, form) for page in pages for form in re.findall(r"<form[^>]*>", page.read_text("utf-8"))}
    assert len(forms) > 15
    assert [form for form in forms if 'method="post"' not in form[1] and 'role="search"' not in form[1]] == []
    answer = await (await logged_in(api)).post("/admin/account", body=b"old=secret")
    assert (answer.status, "Location" in answer.headers) == (405, False)


def test_every_page_of_the_table_has_its_template() -> None:
    for page in [section.page for section in (*SECTIONS.values(), *DETAILS.values())]:
        assert (TEMPLATES / "admin" / f"{page}.html").is_file(), page


@pytest.mark.gen_test
@pytest.mark.parametrize("path", ["/admin/webhooks", "/admin/webhooks/some-id"])
async def test_webhook_pages_offer_every_kind_that_webhooks_may_ask_for(api: Api, path: str) -> None:
    organiser = await logged_in(api)
    page = (await organiser.get(path)).raw.decode()
    assert sorted(re.findall(r'name="kinds" value="([^"]+)"', page)) == sorted(WEBHOOK_KINDS)


def test_every_kind_of_entry_and_every_job_is_said_in_words() -> None:
    kinds = re.findall(r"^kind-([\w-]+) =", (LOCALES / "en" / "kinds.ftl").read_text(), re.MULTILINE)
    assert sorted(kinds) == sorted(kind.replace(".", "-") for kind in KINDS)
    texts = (LOCALES / "en" / "admin-hub.ftl").read_text()
    jobs = set(re.findall(r'Job\(name="(\w+)"', (STATIC.parents[1] / "jobs" / "plan.py").read_text()))
    assert jobs <= set(re.findall(r"^job-(\w+) =", texts, re.MULTILINE))
    assert len(jobs) > 5


def test_every_state_of_a_ticket_has_its_words_and_shape() -> None:
    texts = (LOCALES / "en" / "admin-tickets.ftl").read_text()
    scanner = set(re.findall(r"^scan-state-(\w+) =", (LOCALES / "en" / "scanning.ftl").read_text(), re.MULTILINE))
    english = set(re.findall(r"^ticket-(\w+) =", (LOCALES / "en" / "guest.ftl").read_text(), re.MULTILINE))
    passes = set(re.findall(r"^pass-(\w+) =", (LOCALES / "en" / "pass.ftl").read_text(), re.MULTILINE))
    for status in get_args(TicketStatus):
        assert f"\nadmin-ticket-{status} = " in texts, status
        assert status in english & passes & scanner, status
    assert sorted(SHAPES) == sorted({*get_args(TicketStatus), "expired", "inside", "left", "used"})
    assert set(SHAPES.values()) <= set(re.findall(r'id="shape-(\w+)"', (TEMPLATES / "shapes.html").read_text()))


@pytest.mark.gen_test
async def test_list_of_tickets_is_filtered_by_every_state(api: Api) -> None:
    page = (await (await logged_in(api)).get("/admin/tickets")).raw.decode()
    for status in get_args(TicketStatus):
        assert f'<option value="{status}">' in page
