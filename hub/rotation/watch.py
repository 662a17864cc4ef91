"""Watch of a process over the secrets: takes up what is added to the file, and what the database says of them."""

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress

import structlog

from hub.errors import HubError, guard
from hub.model.access import SecretHolder
from hub.rotation.known import known_secrets
from hub.settings import Settings
from hub.tasks import Periodic
from hub.vault import Vault, fingerprint_of
from store.collections.secrets import SecretStore

log = structlog.get_logger(__name__)

EVERY_S = 1.0
REPORT_EVERY_S = 4.0
"""How often an unchanged report is renewed, well within the time for which it counts."""


class SecretWatch:
    """Watch over the secrets of one process: keeps its vault as the database has it, and reports what it knows."""

    def __init__(
        self, settings: Settings, vault: Vault, store: SecretStore, process: str, monotonic: Callable[[], float]
    ) -> None:
        self._monotonic = monotonic
        self._settings = settings
        self._vault = vault
        self._store = store
        self._id = f"process/{process}"
        self._reported: SecretHolder | None = None
        self._reported_at = 0.0
        self._missing: list[str] = []
        self._rounds = Periodic(self._round, EVERY_S)

    async def begin(self) -> None:
        """Take the secrets up once, before anything is sealed or signed. Raises `Unavailable`."""
        await self.take_up()
        await self._store.forget_dead()

    def start(self) -> None:
        """Begin the rounds."""
        self._rounds.start()

    async def stop(self) -> None:
        """End the rounds, and take the report back."""
        if self._rounds.is_started:
            await self._rounds.stop()
            with suppress(HubError):  # it ends by itself
                await guard(self._store.leave(self._id))

    async def take_up(self) -> SecretHolder:
        """Take up the secrets of settings and file, and what the database says of them. Raises `Unavailable`.

        Returns the report of this process.
        """
        secrets = await asyncio.to_thread(known_secrets, self._settings)
        known = [fingerprint_of(each) for each in secrets]
        if (state := await self._store.read()) is not None:
            self._vault.adopt(secrets, state)
            self._log_missing(state.missing(known))
        return SecretHolder(id=self._id, host=socket.gethostname(), known=known, sealing=self._vault.fingerprint())

    async def _round(self) -> None:
        try:
            await self._report(await guard(self.take_up()))
        except HubError as error:
            log.warning("the state of the hub's secrets was not read", reason=str(error.__cause__ or error))

    async def _report(self, holder: SecretHolder) -> None:
        now = self._monotonic()
        if self._reported == holder and now - self._reported_at < REPORT_EVERY_S:
            return
        await guard(self._store.report(holder))
        self._reported, self._reported_at = holder, now

    def _log_missing(self, missing: list[str]) -> None:
        """Log once what is in force and not known here, and once that it came."""
        if missing != self._missing:
            if missing:
                log.error("a secret in force is not known here: put it into hub-secret", missing=missing)
            else:
                log.info("all secrets in force are known here")
        self._missing = missing
