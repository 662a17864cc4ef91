"""Unnamed proxy: a sender of `X-Forwarded-For` that the settings do not trust, warned of once."""

import structlog

log = structlog.get_logger(__name__)


class UnnamedProxy:
    """First address that sent `X-Forwarded-For` without being one of `HUB_TRUSTED_PROXIES`; None without any.

    All clients behind such a proxy count as one, with one rate. Or it is a client that made the header up.
    """

    def __init__(self) -> None:
        self.address: str | None = None

    def note(self, address: str) -> None:
        """Note a sender; the first is logged."""
        if self.address is None:
            self.address = address
            log.warning(
                "a proxy forwards requests and is not trusted: all its clients count as one; name it in"
                " HUB_TRUSTED_PROXIES if it is yours",
                address=address,
            )
