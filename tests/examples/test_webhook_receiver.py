"""`examples/webhook_receiver.py`: what the hub posts is printed once, and what others post is refused."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.docs.night import Night
from tests.end_to_end.site import Site
from tests.eventually import PATIENCE_S, until
from tests.examples.program import Program, running
from tests.ports import free_port


@contextmanager
def receiving(site: Site, folder: Path, **fields: Any) -> Iterator[tuple[Program, dict[str, Any], str]]:
    """Give a receiver that runs, the webhook that posts to it, and its address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    webhook = site.call("POST", "/api/webhooks", {"url": url, "kinds": ["ticket.scanned"], **fields})
    with running("webhook_receiver.py", folder=folder, SECRET=webhook["secret"], PORT=str(port)) as receiver:
        until(lambda: post(url, b"", {}) == 401, "the receiver listens")
        yield receiver, webhook, url
    site.call("PATCH", f"/api/webhooks/{webhook['id']}", {"paused": True})


def delivered(site: Site, webhook: dict[str, Any], *, since: str) -> dict[str, Any]:
    """Return the webhook's only delivery once an attempt after `since` has succeeded."""

    def newest() -> dict[str, Any]:
        (delivery,) = site.call("GET", f"/api/webhooks/{webhook['id']}/deliveries")
        return dict(delivery)

    until(lambda: newest()["state"] == "delivered" and newest()["tried_at"] > since, "it is delivered")
    return newest()


def post(url: str, body: bytes, headers: dict[str, str]) -> int | None:
    """Return the status of a post; None where nothing listens."""
    try:
        return int(urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=PATIENCE_S).status)
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code
    except OSError:
        return None


@pytest.mark.parametrize("fields", [{}, {"secret": "0123456789abcdef"}], ids=["made by the hub", "chosen"])
def test_a_scan_is_printed_once_though_it_is_sent_again(site: Site, tmp_path: Path, fields: dict[str, str]) -> None:
    night = Night(site)
    with receiving(site, tmp_path, **fields) as (receiver, webhook, _):
        night.scan(night.ticket["code"])
        assert receiver.prints(1) == ["ticket.scanned admitted"]
        first = delivered(site, webhook, since="")
        sent_again = site.call("POST", f"/api/webhooks/{webhook['id']}/deliveries/{first['id']}/send")
        assert sent_again["id"] == first["id"]
        delivered(site, webhook, since=first["tried_at"])
        assert receiver.lines == ["ticket.scanned admitted"]


def test_ping_of_the_hub_is_answered(site: Site, tmp_path: Path) -> None:
    with receiving(site, tmp_path) as (receiver, webhook, _):
        assert site.call("POST", f"/api/webhooks/{webhook['id']}/ping")["delivered"] is True
        assert receiver.prints(1) == ["ping "]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"webhook-id": "x", "webhook-timestamp": "1", "webhook-signature": "v1,AAAA"},
        {"webhook-id": "x", "webhook-timestamp": "9" * 30, "webhook-signature": "v1,AAAA"},
        {"webhook-id": "x", "webhook-timestamp": "-1", "webhook-signature": "v1,\u00e9"},
    ],
    ids=["unsigned", "old", "of a far future", "no number"],
)
def test_what_others_post_is_refused_and_not_printed(site: Site, tmp_path: Path, headers: dict[str, str]) -> None:
    with receiving(site, tmp_path) as (receiver, _, url):
        assert post(url, b'{"kind": "ticket.scanned"}', headers) == 401
        assert receiver.lines == []
