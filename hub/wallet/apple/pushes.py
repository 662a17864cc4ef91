"""Push notifications of changed passes: an outbox consumer that sends empty pushes to Apple (APNs) over HTTP/2.

A phone that is pushed asks the web service for the changes (docs/wallet.md). Sources: Apple's "Sending notification
requests to APNs" and "Adding a Web Service to Update Passes".
"""

import asyncio
import ssl
import tempfile
import time
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from typing_extensions import override

from hub.loading import load
from hub.model.journal import Entry
from hub.model.outbox import Message
from hub.model.wallet import Registration
from hub.outbox.backoff import Pace
from hub.outbox.consumer import Consumer, DeliveryFailed, OutgoingMessage, Page, RetryLater
from hub.settings import Settings
from hub.vault import Vault
from hub.wallet.apple.certificates import Credentials
from hub.wallet.apple.passes import PassesUnavailable, Wallet
from hub.wallet.pass_changes import SUBSCRIBED_KINDS, is_visible, tickets_of
from store.collections.wallet import Passes

if TYPE_CHECKING:
    import httpx

log = structlog.get_logger(__name__)

PAGE = 500
BATCH = 25
"""Phones pushed by one message, where a whole event changed."""
GOOD = (HTTPStatus.OK, HTTPStatus.GONE)
RETRY_UNCERTIFIED_AFTER = timedelta(minutes=10)
"""While there is no certificate to push with."""


class Pushes(Consumer):
    """Consumer that pushes to phones whose passes changed; conflated, since a phone asks for all. `close` after use."""

    name = "wallet-pushes"
    per_s = 1000.0
    """Messages; single pushes have their own rate limit (`pushes_per_s`)."""
    concurrency = 4

    def __init__(self, settings: Settings, wallet: Wallet, passes: Passes, vault: Vault) -> None:
        self._pace = Pace(settings.pushes_per_s, time.monotonic)
        self.send_timeout_s = 10 + 2 * BATCH * self.concurrency / settings.pushes_per_s
        self._pushed: dict[tuple[str, int], set[bytes]] = {}
        self._url = settings.push_url.rstrip("/")
        self._folder = settings.data
        self._wallet = wallet
        self._passes = passes
        self._vault = vault
        self._client: httpx.AsyncClient | None = None
        self._client_of = ""
        """Fingerprint of the certificate that the connection shows."""

    async def close(self) -> None:
        """Close the connection to Apple."""
        if self._client is not None:
            client, self._client = self._client, None
            await client.aclose()

    @override
    async def subscribed_kinds(self) -> Collection[str]:
        """Return the kinds that change or end a pass; none while no phone is registered."""
        return SUBSCRIBED_KINDS if await self._passes.are_any() else ()

    @override
    async def filter(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """Return the entries of whole events, and those of tickets that a phone is registered for."""
        registered = await self._passes.registered(tickets_of(entries))
        return [entry for entry in entries if entry.ticket is None or entry.ticket in registered]

    @override
    async def route(self, entry: Entry, after: str | None) -> Page:
        """Return a message for each phone whose pass the entry changes; for a whole event, for batches of phones."""
        if entry.kind == "ticket.deleted" and entry.ticket is not None:
            await self._passes.forget_tickets([entry.ticket])
            return Page()
        if not is_visible(entry):
            return Page()
        if entry.ticket is not None:
            return Page(messages_to(await self._passes.of_ticket(entry.ticket)))
        page = await self._passes.of_event(entry.event, after=after or "", limit=PAGE)
        return Page(batches_to(entry.event, page), page[-1].id if len(page) == PAGE else None)

    @override
    async def send(self, message: Message) -> int | None:
        """Push to a message's phones, by their newest tokens; deletes the registrations of those that are gone (410).

        Where some fail, the retry skips those that succeeded, unless another process leads by then.
        """
        pushed = self._pushed.setdefault((message.id, message.version), set())
        registrations = await self._passes.of_devices(message.content["devices"])
        tokens = {each.push_hash: each.push_token for each in registrations if each.push_hash not in pushed}
        await load("httpx")
        await self._renew()
        self._ready()
        statuses = await asyncio.gather(*(self._push_to(*token, pushed) for token in tokens.items()))
        failures = [status for status in statuses if status not in GOOD]
        if failures:
            raise DeliveryFailed("refused" if failures[0] else "no answer", status=failures[0])
        del self._pushed[message.id, message.version]
        return statuses[0] if statuses else None

    async def _renew(self) -> None:
        """Close the connection where the certificate was renewed: the next push opens one with the new certificate."""
        if self._client is not None and self._wallet.has_button:
            if self._wallet.credentials.fingerprint != self._client_of:
                await self.close()

    async def _push_to(self, push_hash: bytes, sealed: bytes, pushed: set[bytes]) -> int | None:
        """Push to one phone, within the rate limit; return the status, None without an answer."""
        await self._pace.turn()
        status = await self._push(self._vault.open(sealed).decode())
        if status == HTTPStatus.GONE:
            await self._passes.forget_phone(push_hash)
        if status in GOOD:
            pushed.add(push_hash)
        return status

    async def _push(self, push_token: str) -> int | None:
        import httpx

        client, topic = self._ready()
        try:
            headers = {"apns-topic": topic}
            answer = await client.post(f"{self._url}/3/device/{push_token}", content=b"{}", headers=headers)
        except (httpx.HTTPError, ssl.SSLError, OSError) as wrong:
            # By its type only: the error's text may hold the address, and so the token.
            log.warning("a push got no answer", error=type(wrong).__name__)
            return None
        return answer.status_code

    def _ready(self) -> "tuple[httpx.AsyncClient, str]":
        import httpx

        try:
            credentials = self._wallet.credentials
        except PassesUnavailable as unavailable:
            raise RetryLater(RETRY_UNCERTIFIED_AFTER) from unavailable
        if self._client is None:
            context = client_context(credentials, self._folder)
            self._client = httpx.AsyncClient(http1=False, http2=True, verify=context, trust_env=False)
            self._client_of = credentials.fingerprint
        return self._client, credentials.pass_type


def messages_to(registrations: Iterable[Registration]) -> list[OutgoingMessage]:
    """Return a message for each phone: however much changed, it is pushed once and asks for all."""
    return [_message(device, [device]) for device in _devices(registrations)]


def batches_to(event: str, registrations: Iterable[Registration]) -> list[OutgoingMessage]:
    """Return messages for a whole event, each for a batch of phones, which costs the outbox one delivery.

    A newer one takes the place of that which begins with the same phone. None is lost by it: the newer ones together
    go to every phone that is still registered.
    """
    devices = _devices(registrations)
    some = [devices[first : first + BATCH] for first in range(0, len(devices), BATCH)]
    return [_message(f"{event}/{each[0]}", each) for each in some]


def _devices(registrations: Iterable[Registration]) -> list[str]:
    return list(dict.fromkeys(each.device for each in registrations))


def _message(target: str, devices: list[str]) -> OutgoingMessage:
    return OutgoingMessage(target=target, partition=target, content={"devices": devices}, replaces=True)


def client_context(credentials: Credentials, folder: Path) -> ssl.SSLContext:
    """Return a TLS context with the pass certificate, which OpenSSL reads from a file that is deleted at once."""
    context = ssl.create_default_context()
    chain = [each.public_bytes(Encoding.PEM) for each in (credentials.certificate, credentials.intermediate)]
    key = credentials.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with tempfile.NamedTemporaryFile(prefix="wallet.", dir=folder) as file:  # mode 600
        file.write(b"".join([*chain, key]))
        file.flush()
        context.load_cert_chain(file.name)
    return context
