"""Connections that one hub of a test leaves to the next: opening, authenticating and watching them cost half a test."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from pymongo import MongoClient

from store.mongo.commands import BeginCommand
from store.mongo.connection import Client, connect


@contextmanager
def kept_connections(uri: str) -> Iterator[None]:
    """Within this a store of `uri` that closes its clients leaves their connections to the next, one owner at a time.

    The client is the store's own, in its loop; what Motor delegates to, PyMongo's client with its pool, is kept.
    """
    left: list[MongoClient[dict[str, Any]]] = []
    with pytest.MonkeyPatch.context() as patch, ExitStack() as closing:

        def connected(asked: str, *, begin_command: BeginCommand | None = None) -> Client:
            client = connect(asked, begin_command=begin_command)
            if asked != uri or begin_command is not None:
                return client
            if left:
                client.delegate = left.pop()
                return client
            kept = client.delegate
            closing.callback(kept.close)
            kept.close = lambda: _give_back(kept, left)
            return client

        patch.setattr("store.store.connect", connected)
        yield


def _give_back(client: MongoClient[dict[str, Any]], left: list[MongoClient[dict[str, Any]]]) -> None:
    """Leave a client to the next, once: clients of one server are equal, and only one is itself."""
    if all(each is not client for each in left):
        left.append(client)
