"""Apple's update web service over HTTP, under `/v1`: paths, methods and statuses are Apple's (docs/wallet.md)."""

import re
from typing import Any

import structlog

from handlers.http.base import BaseHandler
from handlers.http.operation import operation
from handlers.wallet.answers import PhoneLog, RegistrationForm
from handlers.wallet.passes import WalletHandler
from hub.wallet.apple.package import PASS_TYPE
from hub.wallet.apple.web_service import Changed

log = structlog.get_logger(__name__)

MOST_LINES, LONGEST_LINE = 20, 300
SECRET = re.compile(r"[A-Za-z0-9_+/=.-]{20,}")
"""Pattern of tokens and identifiers in a phone's log: longer than words."""


class ServiceHandler(WalletHandler):
    """Base of the calls about one pass: its token."""

    def issue_of(self, pass_type: str, serial: str) -> int:
        """Return the issue that the request's `ApplePass` token is of. Raises `NotAllowed` with 401."""
        scheme, _, token = self.request.headers.get("Authorization", "").partition(" ")
        shown = token.strip() if scheme.lower() == "applepass" else ""
        return self.hub.wallet_service.issue_of(pass_type, serial, shown)


class RegistrationHandler(ServiceHandler):
    """`/v1/devices/{device}/registrations/{passType}/{serial}`."""

    @operation("register_pass", body=RegistrationForm, status=201, also=((200, None),), refuses=("unauthorized",))
    async def post(self, device: str, pass_type: str, serial: str) -> None:
        """Register: 201 new, 200 known."""
        issue = self.issue_of(pass_type, serial)
        body = self.json_body()
        push_token = body.get("pushToken") if isinstance(body, dict) else None
        is_new = await self.hub.wallet_service.register(device, serial, issue, push_token)
        self.set_status(201 if is_new else 200)
        self.finish()

    @operation("unregister_pass", refuses=("unauthorized",))
    async def delete(self, device: str, pass_type: str, serial: str) -> None:
        """Unregister, whether or not it was registered."""
        self.issue_of(pass_type, serial)
        await self.hub.wallet_service.unregister(device, serial)
        self.finish()


class ChangedPassesHandler(BaseHandler):
    """`/v1/devices/{device}/registrations/{passType}`: the device's identifier is its only credential."""

    @operation("list_changed_passes", answer=Changed, also=((204, None),), query_texts={"passesUpdatedSince": str})
    async def get(self, device: str, pass_type: str) -> None:
        """Return the serial numbers that changed, or 204."""
        since = self.get_query_argument("passesUpdatedSince", "")
        changed = await self.hub.wallet_service.changed(device, pass_type, since)
        self.set_header("Cache-Control", "no-store")
        if changed is None:
            self.set_status(204)
            self.finish()
        else:
            self.answer(changed)


class NewestPassHandler(ServiceHandler):
    """`/v1/passes/{passType}/{serial}`."""

    @operation(
        "get_newest_pass", media=(PASS_TYPE,), also=((304, None),), refuses=("unauthorized", "wallet_unavailable")
    )
    async def get(self, pass_type: str, serial: str) -> None:
        """Return the pass as it is now, or 304."""
        made = await self.hub.wallet_service.pass_of(serial, self.issue_of(pass_type, serial))
        self.send_pass(made, made.body, PASS_TYPE)


class PhoneLogHandler(BaseHandler):
    """`/v1/log`: errors that phones report about passes."""

    @operation("log_phone_errors", body=PhoneLog)
    async def post(self) -> None:
        """Log the lines, redacted, within a rate limit."""
        self.hub.limits.wallet_logs.take(self.address)
        body = self.json_body()
        lines = body.get("logs") if isinstance(body, dict) else None
        for line in (lines if isinstance(lines, list) else [])[:MOST_LINES]:
            log.info("a phone's wallet", said=without_secrets(line))
        self.finish()


def without_secrets(line: Any) -> str:
    """Return a redacted line of a phone's log: short, printable, without long tokens."""
    text = "".join(char if char.isprintable() else " " for char in str(line)[: 4 * LONGEST_LINE])
    return SECRET.sub("…", text)[:LONGEST_LINE]
