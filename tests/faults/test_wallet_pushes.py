"""A push is owed from the moment a change is written: a kill between change and push loses none."""

import asyncio
import base64
import json
import urllib.request
from pathlib import Path
from typing import Any

from pymongo import MongoClient

from tests.end_to_end.site import Site
from tests.eventually import PATIENCE_S, until
from tests.hub.wallet.apple_server import an_apple
from tests.hub.wallet.authority import Authority
from tests.hub.wallet.pass_file import files_of
from tests.ports import free_port


def register(site: Site, ticket: str, pass_type: str, token: str) -> None:
    """Register a phone for a ticket's pass."""
    request = urllib.request.Request(
        f"{site.url}/v1/devices/phone1/registrations/{pass_type}/{ticket}",
        method="POST",
        data=json.dumps({"pushToken": "a0push0token"}).encode(),
        headers={"Authorization": f"ApplePass {token}"},
    )
    with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
        assert answer.status == 201


def test_pushes_survive_a_kill_between_change_and_push(
    authority: Authority, tmp_path: Path, site_database: dict[str, str], _mongo: MongoClient[dict[str, Any]]
) -> None:
    named = authority.files(tmp_path / "authority")
    port = free_port()
    site = Site(
        tmp_path / "data",
        HUB_PUSH_URL=f"https://127.0.0.1:{port}",
        SSL_CERT_FILE=str(tmp_path / "authority" / "root.pem"),
        **site_database,
        **{f"HUB_{name.upper()}": str(value) for name, value in named.items() if value is not None},
    )
    try:
        event = site.make_event()
        site.book(event, 1)
        (ticket,) = site.call("GET", f"/api/tickets?event={event['uuid']}")
        said = _pass_json(site, ticket["id"])
        register(site, ticket["id"], said["passTypeIdentifier"], said["authenticationToken"])
        before = site.serving()
        site.call("POST", f"/api/tickets/{ticket['id']}/block")
        site.kill_workers(_mongo[site_database["HUB_DATABASE"]].leases)
        until(lambda: site.serving() > before, "the hub serves again")
        assert asyncio.run(_pushed(tmp_path / "authority", port)) == "a0push0token"
    finally:
        site.close()


async def _pushed(folder: Path, port: int) -> str:
    """Serve in Apple's place until a push comes; return its token."""
    async with an_apple(folder, port) as apple:
        [push, *_] = await apple.heard(1)
        return push.token


def _pass_json(site: Site, ticket: str) -> dict[str, str]:
    body = base64.b64decode(site.call("GET", f"/tickets/{ticket}/pkpass")["pkpass"])
    said: dict[str, str] = json.loads(files_of(body)["pass.json"])
    return said
