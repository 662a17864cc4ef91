"""Simulated doors: one phone each, over REST or the WebSocket. A scan is retried until it is answered."""

import asyncio
import time
from typing import Any, Protocol

from hub.client.client import LiveClient, LiveEnded, LiveError
from hub.model.base import Direction
from hub.simulation.audit import ScanAnswer
from hub.simulation.http import PATIENCE_S, NoAnswer, Wire
from hub.simulation.organiser import Phone
from hub.simulation.plan import WireName


class Scanner(Protocol):
    """Client of a door, over either wire: returns the answer to a scan and the number of tries."""

    async def scan(self, text: str, direction: Direction, nonce: str) -> tuple[dict[str, Any], int]:
        """Scan, and retry until there is an answer. Raises `NoAnswer`."""


class RestScanner:
    """Phone that posts to /scan/ticket/."""

    def __init__(self, wire: Wire, phone: Phone) -> None:
        self._wire = wire
        self._key = phone.key

    async def scan(self, text: str, direction: Direction, nonce: str) -> tuple[dict[str, Any], int]:
        """Post the scan, with the same nonce on every try."""
        body = {"qrcode_data": text, "direction": direction, "nonce": nonce}
        answer = await self._wire.ask("POST", "/scan/ticket/", body, key=self._key)
        return answer.body, answer.tries


class LiveScanner:
    """Phone on the WebSocket, whose client reconnects and retries by itself."""

    def __init__(self, client: LiveClient) -> None:
        self._client = client

    async def scan(self, text: str, direction: Direction, nonce: str) -> tuple[dict[str, Any], int]:
        """Send the scan as a frame."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await self._client.scan(text, nonce=nonce, direction=direction), 1
        except LiveError as refusal:
            return {"code": refusal.code}, 1
        except (LiveEnded, TimeoutError) as error:
            raise NoAnswer(f"a scan over the WebSocket: {error!r}") from error


class Door:
    """Door with its phone, which scans one ticket at a time; the other guests stand in line."""

    def __init__(self, number: int, wire: WireName, phone: Phone, scanner: Scanner) -> None:
        self.line = asyncio.Lock()
        self._number = number
        self._wire: WireName = wire
        self._phone = phone
        self._scanner = scanner

    async def scan(self, guest: int, text: str, direction: Direction, nonce: str) -> ScanAnswer:
        """Scan, and return the answer. Raises `NoAnswer` after the last retry."""
        began = time.perf_counter()
        answer, tries = await self._scanner.scan(text, direction, nonce)
        return ScanAnswer(
            guest=guest,
            door=self._number,
            device=self._phone.uuid,
            wire=self._wire,
            direction=direction,
            code=answer.get("code", ""),
            seq=answer.get("seq"),
            ticket=answer.get("ticket", {}).get("uuid"),
            latency_s=time.perf_counter() - began,
            tries=tries,
            replayed=answer.get("replayed", False),
        )
