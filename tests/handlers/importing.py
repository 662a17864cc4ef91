"""Helpers for tests of the import: a file sent, and an import followed to its end."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from hub.importing.complete import CompleteImport
from hub.model.command import Command
from store.journal.journal import Journal
from tests.api import Answer, Api
from tests.eventually import eventually


def a_file(*rows: str, head: str = "barcode,first_name,last_name") -> bytes:
    """Return a CSV file of these rows."""
    return "\r\n".join([head, *rows, ""]).encode()


def many(count: int, first: int = 0) -> bytes:
    """Return a CSV file of so many guests."""
    return a_file(*(f"B{number:06},Ada {number},Lovelace" for number in range(first, first + count)))


async def send(api: Api, event: Any, file: bytes, query: str = "", **headers: str) -> Answer:
    """Send a file to be imported."""
    sent = {"Content_Type": "text/csv"} | headers
    return await api.request("POST", f"/api/events/{event['uuid']}/import{query}", file, **sent)


async def end(api: Api, begun: Answer) -> Any:
    """Return an import when it has ended."""
    assert begun.status == 202, begun.raw

    async def ended() -> Any:
        now = await api.get(begun.headers["Location"])
        if now.status == 503:  # the database is away for a moment
            return None
        assert now.status == 200, now.raw
        return now.body if now.body["state"] != "staging" else None

    return await eventually(ended)


def before_completion(monkeypatch: pytest.MonkeyPatch, journal: Journal, step: Callable[[], Awaitable[Any]]) -> None:
    """Let `step` happen between the staging of an import's last ticket and the entry that makes them all true."""
    append = journal.append

    async def step_first(stream: str, command: Command[Any]) -> Any:
        if isinstance(command, CompleteImport):
            await step()
        return await append(stream, command)

    monkeypatch.setattr(journal, "append", step_first)


async def import_file(api: Api, event: Any, file: bytes) -> Any:
    """Import a file, wait for its end and return how it ended."""
    return await end(api, await send(api, event, file))
