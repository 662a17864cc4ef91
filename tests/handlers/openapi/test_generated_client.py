"""A client that openapi-python-client generates from a hub's own document: it books, pairs and scans."""

import importlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tornado.ioloop import IOLoop

from hub.app import Hub
from tests.api import ADMIN_KEY, Api
from tests.eventually import PATIENCE_S

PACKAGE = "client_of_a_hub"


@pytest.fixture
def generated(hub: Hub, api: Api, io_loop: IOLoop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Generate the client; return what the generator said."""
    document, settings = tmp_path / "openapi.json", tmp_path / "generator.yml"
    document.write_bytes(io_loop.run_sync(lambda: api.get("/openapi.json")).raw)
    settings.write_text("post_hooks: []\nliteral_enums: true\n")
    said = subprocess.run(
        [
            *(sys.executable, "-m", "openapi_python_client", "generate", "--meta=none"),
            *(f"--path={document}", f"--config={settings}", f"--output-path={tmp_path / PACKAGE}"),
        ],
        cwd=tmp_path,
        env={**os.environ, "COLUMNS": "1000"},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert said.returncode == 0, said.stdout[-4000:] + said.stderr[-4000:]
    monkeypatch.syspath_prepend(tmp_path)
    return said.stdout


def part(name: str) -> Any:
    """Return a module of the generated client."""
    return importlib.import_module(f"{PACKAGE}.{name}")


async def call(operation: str, url: str, key: str, **arguments: Any) -> Any:
    """Make one call as the owner of `key`; return the parsed answer."""
    without_proxy = {"trust_env": False}
    client = part("client").AuthenticatedClient(url, key, prefix="Api-Key", httpx_args=without_proxy)
    async with client:
        answer = await part(f"api.{operation}").asyncio_detailed(client=client, **arguments)
    assert answer.status_code < 300, answer.content
    return answer.parsed


@pytest.mark.gen_test
async def test_a_generated_client_books_pairs_and_scans(generated: str, api: Api) -> None:
    assert "Unable to process schema" not in generated
    models = part("models")
    event = await api.make_event()
    place = {"event": event["uuid"], "date": "2026-12-24", "time": "20:30"}
    order = models.TicketForm(name="Ada Lovelace", phone_number="12345", **place)
    ticket = await call("tickets.book_ticket", api.url, ADMIN_KEY, body=order)
    form = models.DeviceForm(name="Gate 1", event=event["uuid"], door=event["doors"][0]["id"])
    device = await call("devices.create_device", api.url, ADMIN_KEY, body=form)
    paired = await call("doors.pair_device", api.url, ADMIN_KEY, token=device.pairing.token)
    scan = models.ScanBody(qrcode_data=ticket.code, nonce="one")
    first = await call("doors.scan_ticket", api.url, paired.api_key, body=scan)
    assert (first.success, first.code, first.ticket.uuid) == (True, "admitted", ticket.id)
    second = await call("doors.scan_ticket", api.url, paired.api_key, body=models.ScanBody(qrcode_data=ticket.code))
    assert (second.success, second.code) == (False, "already_scanned")
