"""Pushes: phones that have a pass are told that it changed, and come and ask.

A consumer of the outbox, so that a crash loses none (wallet.md; Apple's "Sending notification requests to APNs").
"""

import asyncio
import ssl
import tempfile
import time
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from pathlib import Path

import httpx
import structlog
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from hub.model.journal import Entry
from hub.model.kinds import PASS_FIELDS, PASS_KINDS
from hub.model.outbox import Message
from hub.model.wallet import Registration
from hub.outbox.backoff import Pace
from hub.outbox.consumer import Consumer, DeliveryFailed, OutgoingMessage, Page, RetryLater
from hub.secrets import Vault
from hub.settings import Settings
from hub.wallet.apple.certificates import Credentials
from hub.wallet.apple.passes import PassesUnavailable, Wallet
from store.collections.wallet import Passes

log = structlog.get_logger(__name__)

PAGE = 500
BATCH = 25
"""Phones told by one message, where a whole event changed."""
GOOD = (httpx.codes.OK, httpx.codes.GONE)
LOOK_AGAIN = timedelta(minutes=10)
"""While there is no certificate to push with, pushes wait so long for one."""


class Pushes(Consumer):
    """Sends an empty push to each phone whose pass looks otherwise. `close` ends its connection."""

    name = "wallet-pushes"
    per_s = 1000.0
    """Letters; pushes have a pace of their own."""
    concurrency = 4

    def __init__(self, settings: Settings, wallet: Wallet, passes: Passes, vault: Vault) -> None:
        self._pace = Pace(settings.pushes_per_s, time.monotonic)
        self.send_timeout_s = 10 + 2 * BATCH * self.concurrency / settings.pushes_per_s
        self._told: dict[tuple[str, int], set[bytes]] = {}
        self._url = settings.push_url.rstrip("/")
        self._folder = settings.data
        self._wallet = wallet
        self._passes = passes
        self._vault = vault
        self._client: httpx.AsyncClient | None = None

    async def close(self) -> None:
        """End the connection to Apple."""
        if self._client is not None:
            client, self._client = self._client, None
            await client.aclose()

    async def subscribed_kinds(self) -> Collection[str]:
        """Return what changes a pass, and what ends one; nothing as long as no phone has any."""
        return {*PASS_KINDS, *PASS_FIELDS, "ticket.deleted"} if await self._passes.are_any() else ()

    async def filter(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """Return the entries of whole events, and those of tickets that phones have passes of."""
        registered = await self._passes.registered(tickets_of(entries))
        return [entry for entry in entries if entry.ticket is None or entry.ticket in registered]

    async def route(self, entry: Entry, after: str | None) -> Page:
        """Return one envelope for each phone that has a pass which the entry changes."""
        if entry.kind == "ticket.deleted" and entry.ticket is not None:
            await self._passes.forget_tickets([entry.ticket])
            return Page()
        if not is_visible(entry):
            return Page()
        if entry.ticket is not None:
            return Page(messages_to(await self._passes.of_ticket(entry.ticket)))
        page = await self._passes.of_event(entry.event, after=after or "", limit=PAGE)
        return Page(batches_to(entry.event, page), page[-1].id if len(page) == PAGE else None)

    async def send(self, message: Message) -> int | None:
        """Push to its phones by the tokens they registered last; those that are gone are forgotten.

        Where some fail, the letter comes again, and those that were told are not told again, unless by another process.
        """
        told = self._told.setdefault((message.id, message.version), set())
        registrations = await self._passes.of_devices(message.content["devices"])
        tokens = {each.push_hash: each.push_token for each in registrations if each.push_hash not in told}
        self._ready()
        statuses = await asyncio.gather(*(self._tell(*token, told) for token in tokens.items()))
        failures = [status for status in statuses if status not in GOOD]
        if failures:
            raise DeliveryFailed("refused" if failures[0] else "no answer", status=failures[0])
        del self._told[message.id, message.version]
        return statuses[0] if statuses else None

    async def _tell(self, push_hash: bytes, sealed: bytes, told: set[bytes]) -> int | None:
        """Push to one phone, at its turn; return the status, None without an answer."""
        await self._pace.turn()
        status = await self._push(self._vault.open(sealed).decode())
        if status == httpx.codes.GONE:
            await self._passes.forget_phone(push_hash)
        if status in GOOD:
            told.add(push_hash)
        return status

    async def _push(self, push_token: str) -> int | None:
        client, topic = self._ready()
        try:
            headers = {"apns-topic": topic}
            answer = await client.post(f"{self._url}/3/device/{push_token}", content=b"{}", headers=headers)
        except (httpx.HTTPError, ssl.SSLError, OSError) as wrong:
            # By its type only: the error's text may hold the address, and so the token.
            log.warning("a push got no answer", error=type(wrong).__name__)
            return None
        return answer.status_code

    def _ready(self) -> tuple[httpx.AsyncClient, str]:
        try:
            credentials = self._wallet.credentials
        except PassesUnavailable as unavailable:
            raise RetryLater(LOOK_AGAIN) from unavailable
        if self._client is None:
            context = client_context(credentials, self._folder)
            self._client = httpx.AsyncClient(http1=False, http2=True, verify=context, trust_env=False)
        return self._client, credentials.pass_type


def tickets_of(entries: Iterable[Entry]) -> set[str]:
    """Return the tickets that `entries` tell of."""
    return {entry.ticket for entry in entries if entry.ticket is not None}


def is_visible(entry: Entry) -> bool:
    """Tell whether a pass looks otherwise after `entry`."""
    if entry.kind in PASS_KINDS:
        return True
    return not PASS_FIELDS.get(entry.kind, frozenset()).isdisjoint(entry.data.get("fields", ()))


def messages_to(registrations: Iterable[Registration]) -> list[OutgoingMessage]:
    """Return one envelope for each phone: however much changed, it is told once and asks for all."""
    return [_message(device, [device]) for device in _devices(registrations)]


def batches_to(event: str, registrations: Iterable[Registration]) -> list[OutgoingMessage]:
    """Return envelopes for a whole event, each for some phones: the outbox's work is done once for all of them.

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
    """Return TLS that shows the pass certificate. OpenSSL reads it from a file, which is there for that moment only."""
    context = ssl.create_default_context()
    chain = [each.public_bytes(Encoding.PEM) for each in (credentials.certificate, credentials.intermediate)]
    key = credentials.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with tempfile.NamedTemporaryFile(prefix="wallet.", dir=folder) as file:  # mode 600
        file.write(b"".join([*chain, key]))
        file.flush()
        context.load_cert_chain(file.name)
    return context
