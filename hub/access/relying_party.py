"""Relying party of passkeys (WebAuthn): the hub, as browsers and authenticators know it."""

import ipaddress
from typing import NamedTuple, Self
from urllib.parse import urlsplit

LOCAL = ("localhost",)


class RelyingParty(NamedTuple):
    """Relying party: the host of the hub's base URL, with the organisation's name."""

    host: str
    name: str
    origin: str

    @classmethod
    def at(cls, base_url: str, organisation: str) -> Self:
        """Return the relying party of a hub at this address."""
        return cls(urlsplit(base_url).hostname or "", organisation, base_url)

    @property
    def has_passkeys(self) -> bool:
        """Whether browsers do passkeys at the hub's address: by https or on `localhost`, and by a name."""
        is_secure = self.origin.startswith("https:") or self.host in LOCAL
        return is_secure and not _is_number(self.host)


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
