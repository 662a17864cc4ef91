"""Address filter against server-side request forgery (SSRF): public unicast hosts only, unless a setting allows more.

After IANA's registries of special-purpose addresses. Forms of IPv6 that carry an IPv4 address (mapped, compatible,
6to4, Teredo, NAT64) are refused whatever they carry: they bypass such checks, and no server needs them.
"""

from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

MayReach = Callable[[str], bool]
"""A filter of addresses."""

_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NOT_FOR_HOSTS = (
    IPv6Network("2001::/23"),  # IETF protocol assignments, Teredo among them
    IPv6Network("2001:db8::/32"),  # documentation
    IPv6Network("2002::/16"),  # 6to4
    IPv6Network("3fff::/20"),  # documentation
)
_NOT_FOR_HOSTS_V4 = (
    IPv4Network("192.0.0.0/24"),  # IETF protocol assignments
    IPv4Network("192.88.99.0/24"),  # 6to4 relays
)


def is_public(text: str) -> bool:
    """Return whether `text`, an address as a resolver gives it, is that of one host on the public internet."""
    address = _parse(text)
    if address is None or not address.is_global or address.is_multicast:
        return False
    if isinstance(address, IPv4Address):
        return not address.is_reserved and not any(address in network for network in _NOT_FOR_HOSTS_V4)
    return address in _GLOBAL_UNICAST and not any(address in network for network in _NOT_FOR_HOSTS)


def is_a_host(text: str) -> bool:
    """Return whether `text` is the address of one host, wherever that is: neither unspecified nor multicast."""
    address = _parse(text)
    return address is not None and not address.is_unspecified and not address.is_multicast


def is_address(text: str) -> bool:
    """Return whether `text` is an address rather than a name."""
    return _parse(text) is not None


def _parse(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None
