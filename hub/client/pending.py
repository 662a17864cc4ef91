"""Pending requests of a client: sent again after each reconnection, under the same id."""

import asyncio
from collections.abc import Iterator
from typing import Any


class LiveError(Exception):
    """Permanent error: a request that no retry would mend."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


class LiveEnded(Exception):
    """End of a client that must not reconnect; `code` is the close code or HTTP status."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(f"{code} {reason}")
        self.code = code


class Pending:
    """Pending requests by id, each with its frame and the future of its answer."""

    def __init__(self) -> None:
        self._next_id = 0
        self._waiting: dict[int, tuple[dict[str, Any], asyncio.Future[dict[str, Any]]]] = {}

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Yield the pending frames, oldest first."""
        return iter([frame for frame, _ in self._waiting.values()])

    def open(self, kind: str, fields: dict[str, Any]) -> tuple[dict[str, Any], asyncio.Future[dict[str, Any]]]:
        """Return a new request's frame and its answer to be awaited; `close` it afterwards."""
        self._next_id += 1
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        waiting = {"type": kind, "id": self._next_id, **fields}, answer
        self._waiting[self._next_id] = waiting
        return waiting

    def close(self, frame: dict[str, Any]) -> None:
        """Forget a request whose caller has its answer, or is gone."""
        self._waiting.pop(frame["id"], None)

    def get(self, request_id: object) -> dict[str, Any] | None:
        """Return the pending frame of this id, or None."""
        return next((frame for frame in self if frame["id"] == request_id), None)

    def answered(self, result: dict[str, Any]) -> None:
        """Resolve the request that a result answers."""
        for answer in self._answers(result["id"]):
            answer.set_result(result)

    def failed(self, request_id: object, wrong: Exception) -> None:
        """Fail the request of this id with an error."""
        for answer in self._answers(request_id):
            answer.set_exception(wrong)

    def all_failed(self, wrong: Exception) -> None:
        """Fail every pending request with an error."""
        for request_id in tuple(self._waiting):
            self.failed(request_id, wrong)

    def _answers(self, request_id: object) -> list[asyncio.Future[dict[str, Any]]]:
        found = [answer for frame, answer in self._waiting.values() if frame["id"] == request_id]
        return [answer for answer in found if not answer.done()]
