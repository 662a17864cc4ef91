"""A ticket of another day at the door: the verdict names its day, with and without the hub, and so do the lists."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.end_to_end.scanner import EVERYTHING, SOON_MS, cut_off, expect_verdict, pair, read
from tests.end_to_end.site import Site

NOON = 12


@pytest.fixture
def phone(page: Page) -> Iterator[Page]:
    page.set_viewport_size({"width": 390, "height": 844})
    yield page


def noon_somewhere() -> datetime:
    """Return the time of now by a clock whose day does not end soon."""
    now = datetime.now(UTC)
    return now.astimezone(timezone(timedelta(hours=NOON - now.hour)))


def zone_of(moment: datetime) -> str:
    """Return the name of a zone of whole hours; its sign is turned round."""
    hours = int((moment.utcoffset() or timedelta()).total_seconds()) // 3600
    return f"Etc/GMT{-hours:+d}" if hours else "Etc/GMT"


def a_run_of_days(site: Site, name: str) -> tuple[Any, dict[int, str]]:
    """Make an event with a time on each of five days, 20:30 by its clock; return it with a code of each day."""
    today = noon_somewhere()
    evening = today.replace(hour=20, minute=30, second=0, microsecond=0)
    dates = {days: (today + timedelta(days=days)).date().isoformat() for days in (-2, -1, 1, 2)}
    end = (evening + timedelta(days=2, hours=3)).isoformat()
    event = site.make_event(
        name=name,
        timezone=zone_of(today),
        starts_at=(evening - timedelta(days=2)).isoformat(),
        ends_at=end,
        admit_before_min=30,
        admit_after_min=60,
        showings=[{"date": date, "time": "20:30", "capacity": 9, "ends_at": end} for date in dates.values()],
    )
    return event, {days: site.book(event, 1, date=date)[0] for days, date in dates.items()}


def day_name(days: int) -> str:
    """Return a day as phones write it, such as Sunday 29 November; with its year where that is another."""
    today = noon_somewhere()
    day = today + timedelta(days=days)
    year = f" {day.year}" if day.year != today.year else ""
    return f"{day:%A} {day.day} {day:%B}{year}, 20:30"


@pytest.mark.parametrize("is_offline", [False, True])
def test_a_ticket_of_another_day_is_refused_by_the_name_of_its_day_and_listed_so(
    site: Site, phone: Page, is_offline: bool
) -> None:
    event, codes = a_run_of_days(site, f"A run {is_offline}")
    pair(site, phone, event, may=EVERYTHING)
    if is_offline:
        cut_off(phone, "/scan/ticket", "/scan/batch")
    lines = {
        1: f"For tomorrow, {day_name(1)}",
        2: f"For {day_name(2)}",
        -1: f"It was for yesterday, {day_name(-1)}",
        -2: f"It was for {day_name(-2)}",
    }
    for days, line in lines.items():
        read(phone, codes[days])
        expect_verdict(phone, "Refused", "refuse", line)
        phone.get_by_role("button", name="Next").click()
        expect(phone.locator(".recent-scan").first).to_contain_text(line, timeout=SOON_MS)
