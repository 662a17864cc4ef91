"""Replica set of one: initiates a fresh mongod with one user, and moves it to another port."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from pymongo import WriteConcern
from pymongo.errors import AutoReconnect, OperationFailure

from store.mongo.connection import Client

SET = "hub"
USER = "hub"

_ALREADY_INITIALIZED = 23
_NOT_YET_INITIALIZED = 94
_USER_EXISTS = 51_003
_SELECT_WITHIN_MS = 5000
_TRIES = 3
_POLL_S = 0.02


@asynccontextmanager
async def internal_client(port: int, key: str) -> AsyncIterator[Any]:
    """Connect as the set's own members do: the user is mongod's internal one, its password the keyFile."""
    client = Client(
        "127.0.0.1",
        port,
        username="__system",
        password=key,
        authSource="local",
        directConnection=True,
        serverSelectionTimeoutMS=_SELECT_WITHIN_MS,
    )
    try:
        yield client
    finally:
        client.close()


async def make_ready(admin: Any, address: str, password: str) -> None:
    """Return once the set stands, takes writes, and lets the user in with `password`."""
    for tries_left in reversed(range(_TRIES)):
        try:
            await _make_set(admin, address)
            await _wait_for_primary(admin)
            await _make_user(admin, password)
            return
        except AutoReconnect:  # a member hangs up on everybody when it finds that it lives elsewhere than in its set
            if not tries_left:
                raise


async def _make_set(admin: Any, address: str) -> None:
    """Make the set, of this one member; in one that is there already its member gets its present address."""
    try:
        await admin.command("replSetInitiate", {"_id": SET, "members": [{"_id": 0, "host": address}]})
    except OperationFailure as error:
        if error.code != _ALREADY_INITIALIZED:
            raise
        await _correct_address(admin, address)


async def _correct_address(admin: Any, address: str) -> None:
    """Make `address` the member's.

    The documented way, with mongod outside the set, would lose what a crash left in the oplog alone.
    """
    config = await _wait_for_config(admin)
    if config["members"][0]["host"] != address:
        config["members"][0]["host"] = address
        config["version"] += 1
        await admin.command("replSetReconfig", config, force=True)


async def _wait_for_config(admin: Any) -> dict[str, Any]:
    """Return the set's configuration once mongod has read it.

    That takes half a minute where a process that never answers holds the old port: mongod asks there for the member.
    """
    while True:
        try:
            return (await admin.command("replSetGetConfig"))["config"]  # type: ignore[no-any-return]
        except OperationFailure as error:
            if error.code != _NOT_YET_INITIALIZED:
                raise
        await asyncio.sleep(_POLL_S)


async def _wait_for_primary(admin: Any) -> None:
    hello = await admin.command("hello")
    while not hello["isWritablePrimary"]:
        await asyncio.sleep(_POLL_S)
        hello = await admin.command("hello")


async def _make_user(admin: Any, password: str) -> None:
    """Let the user `hub` in with `password`. Acknowledged by majority, it also proves that the set takes writes."""
    concern = WriteConcern("majority").document
    try:
        await admin.command("createUser", USER, pwd=password, roles=["root"], writeConcern=concern)
    except OperationFailure as error:
        if error.code != _USER_EXISTS:
            raise
        await admin.command("updateUser", USER, pwd=password, writeConcern=concern)
