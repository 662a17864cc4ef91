"""docs/scan-api.md is whole and true: every path of the door, every outcome of its table as the hub really answers."""

import http.client
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest

from handlers.http.access import ID
from handlers.routes.table import ROUTES
from tests.docs.examples import MORE, PAGES
from tests.docs.night import Night
from tests.end_to_end.site import Site
from tests.eventually import PATIENCE_S

PAGE = (PAGES / "scan-api.md").read_text()
CONTRACT_CODES = frozenset(
    {
        *("admitted", "exited", "already_scanned", "canceled", "unpaid", "blocked", "replaced", "expired"),
        *("too_early", "too_late", "confirm", "wrong_door", "full", "not_inside", "practice", "wrong_event"),
        *("bad_request", "invalid_code", "bad_signature", "unknown_ticket", "nonce_reused"),
        *("bad_key", "device_archived", "not_allowed", "bad_method", "too_large", "slow_down", "unavailable"),
    }
)


class Row(NamedTuple):
    """A row of the page's table."""

    what: str
    status: str
    success: str
    code: str
    message: str
    show: str


ROWS = [
    Row(*(cell.strip() for cell in line.strip("|").split("|")))
    for line in PAGE.partition("## Every outcome")[2].partition("\n## ")[0].splitlines()
    if line.startswith("| ") and not line.startswith("| what happened")
]
Answer = tuple[int, dict[str, Any], dict[str, str]]


class Door:
    """Client at a door of an event; its answers are status, body and headers."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.night = Night(site)

    def ask(self, method: str, path: str, body: Any = None, *, key: str | None = None) -> Answer:
        connection = http.client.HTTPConnection(urlsplit(self.site.url).netloc, timeout=PATIENCE_S)
        payload = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Api-Key {self.night.key if key is None else key}"}
        try:
            connection.request(method, path, payload, headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read()), dict(answer.getheaders())
        finally:
            connection.close()

    def scan(self, code: str, *, key: str | None = None, **fields: Any) -> Answer:
        return self.ask("POST", "/scan/ticket/", {"qrcode_data": code, **fields}, key=key)

    # --- one for each code -------------------------------------------------------------------------------------

    def admitted(self) -> Answer:
        return self.scan(self.night.ticket["code"])

    def exited(self) -> Answer:
        return self.scan(self.night.inside["code"], direction="out")

    def already_scanned(self) -> Answer:
        return self.scan(self.night.inside["code"])

    def canceled(self) -> Answer:
        return self._after("cancel")

    def unpaid(self) -> Answer:
        return self.scan(self.night.book(paid=False)[0]["code"])

    def blocked(self) -> Answer:
        return self._after("block")

    def replaced(self) -> Answer:
        return self._after("reissue")

    def _after(self, action: str) -> Answer:
        ticket = self.night.ticket
        self.night.call("POST", f"/api/tickets/{ticket['id']}/{action}")
        return self.scan(ticket["code"])

    def too_early(self) -> Answer:
        self.night = Night(self.site, admit_before_min=30)
        return self.admitted()

    def too_early_at_the_door(self) -> Answer:
        self.night = Night(self.site, doors=[{"name": "North door", "opens_at": "2090-12-24T18:00:00Z"}])
        return self.admitted()

    def too_late(self) -> Answer:
        return self._of_a_time(timedelta(minutes=5), admit_after_min=0)

    def expired(self) -> Answer:
        return self._of_a_time(timedelta(hours=9), ends=True)

    def _of_a_time(self, ago: timedelta, *, ends: bool = False, **fields: Any) -> Answer:
        """Scan a ticket of a time so long ago, of an event that goes on; `ends`: the time was over half way since."""
        now = datetime.now(UTC)
        when = {"date": f"{now - ago:%Y-%m-%d}", "time": f"{now - ago:%H:%M}"}
        span = {"starts_at": (now - timedelta(days=2)).isoformat(), "ends_at": (now + timedelta(days=1)).isoformat()}
        self.night = Night(self.site, timezone="UTC", showings=[{**when, "capacity": 1}], **span, **fields)
        [ticket] = self.night.book(1, **when)
        if ends:
            path = f"/api/events/{self.night.event['uuid']}/showings"
            self.night.call("PATCH", path, {**when, "ends_at": (now - ago / 2).isoformat()})
        return self.scan(ticket["code"])

    def too_late_at_the_door(self) -> Answer:
        self.night = Night(self.site, doors=[{"name": "North door", "closes_at": "2026-01-01T00:00:00Z"}])
        return self.admitted()

    def confirm(self) -> Answer:
        self.night = Night(self.site, confirm="ID seen?")
        return self.admitted()

    def wrong_door(self) -> Answer:
        return self.scan(self.night.ticket["code"], key=self.night.pair(self.night.make_device(2)))

    def full(self) -> Answer:
        self.night = Night(self.site, max_inside=1)
        assert self.night.inside["seq"]
        return self.admitted()

    def not_inside(self) -> Answer:
        return self.scan(self.night.ticket["code"], direction="out")

    def practice(self) -> Answer:
        codes = self.night.call("GET", f"/api/events/{self.night.event['uuid']}/practice")
        return self.scan(codes[0]["code"])

    def wrong_event(self) -> Answer:
        return self.scan(Night(self.site).ticket["code"])

    def bad_request(self) -> Answer:
        return self.scan(self.night.ticket["code"], direction="up")

    def bad_request_without_a_code(self) -> Answer:
        return self.scan("")

    def invalid_code(self) -> Answer:
        return self.scan("not a code")

    def bad_signature(self) -> Answer:
        code = self.night.ticket["code"]
        return self.scan(code[:-8] + ("AAAAAAAA" if code[-8:] != "AAAAAAAA" else "BBBBBBBB"))

    def unknown_ticket(self) -> Answer:
        ticket = self.night.ticket
        status, *_ = self._delete(ticket["id"])
        assert status == 204
        return self.scan(ticket["code"])

    def _delete(self, ticket: str) -> tuple[int]:
        connection = http.client.HTTPConnection(urlsplit(self.site.url).netloc, timeout=PATIENCE_S)
        try:
            headers = {"Authorization": f"Api-Key {self.night.variables['ADMIN']()}"}
            connection.request("DELETE", f"/api/tickets/{ticket}", headers=headers)
            return (connection.getresponse().status,)
        finally:
            connection.close()

    def nonce_reused(self) -> Answer:
        self.scan(self.night.ticket["code"], nonce="1")
        return self.scan(self.night.inside["code"], nonce="1")

    def bad_key(self) -> Answer:
        return self.scan(self.night.ticket["code"], key="")

    def device_archived(self) -> Answer:
        device = self.night.device
        self.night.call("POST", f"/api/devices/{device['uuid']}/archive")
        return self.admitted()

    def not_allowed(self) -> Answer:
        key = self.night.pair(self.night.make_device(may=[]))
        return self.ask("POST", "/scan/headcount/", {"delta": 1, "kind": "crew"}, key=key)

    def bad_method(self) -> Answer:
        return self.ask("GET", "/scan/ticket/")

    def too_large(self) -> Answer:
        return self.ask("POST", "/scan/ticket/", b"x" * (64 * 1024 + 1))

    def slow_down(self) -> Answer:
        answers = (self.scan(f"barcode {n}") for n in range(70))
        return next(answer for answer in answers if answer[0] != 400)


def code_of(row: Row) -> str:
    return row.code.strip("`")


def way_to(row: Row) -> Callable[[Door], Answer]:
    """Return what leads to this outcome."""
    name = code_of(row)
    if "missing" in row.what:
        name += "_without_a_code"
    elif row.what.startswith("the door is"):
        name += "_at_the_door"
    way: Callable[[Door], Answer] = getattr(Door, name)
    return way


# A replay stands in the page's own example; `unavailable` takes a database that is away.
REAL = [row for row in ROWS if code_of(row) not in ("as first", "unavailable")]


@pytest.mark.parametrize("row", REAL, ids=lambda row: row.what)
def test_outcome_is_answered_as_the_table_says(row: Row, site: Site) -> None:
    status, body, headers = way_to(row)(Door(site))
    assert (str(status), str(body["success"]).lower(), body["code"]) == (row.status, row.success, code_of(row)), body
    literal = row.message.partition(MORE)[0]
    if literal[0].isupper() or literal.startswith("nonce"):
        message = re.sub(r"(\w{3} \d+ \w{3}, )?\d\d:\d\d", "20:30", body["message"])  # a day where it is not today's
        assert message.startswith(literal)
        assert MORE in row.message or message == literal
    assert body["success"] or body["error"] == body["message"]
    assert ("Retry-After" in headers) == (status in (429, 503))
    assert ("Allow" in headers) == (status == 405)
    has_entry = status not in (403, 405, 413, 422, 429, 503) and body["code"] not in ("bad_request", "confirm")
    assert ("seq" in body) == has_entry


def test_every_outcome_of_the_contract_stands_in_the_table() -> None:
    assert {code_of(row) for row in ROWS} - {"as first"} == CONTRACT_CODES


def test_every_path_of_the_door_stands_in_the_page() -> None:
    paths = [route.path.replace(ID, "{token}") for route in ROUTES if route.path.startswith("/scan/")]
    assert len(paths) > 10
    assert [path for path in paths if not re.search(re.escape(path) + r"[/`]", PAGE)] == []
