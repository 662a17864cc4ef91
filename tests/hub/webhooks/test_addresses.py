"""A webhook's address leads outside, and nowhere else."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.webhooks.addresses import is_a_host, is_public

INSIDE = [
    *("127.0.0.1", "127.255.255.255", "::1", "0.0.0.0", "::", "10.0.0.1", "172.16.0.1", "172.31.255.255"),
    *("192.168.1.1", "169.254.169.254", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1"),
    *("100.64.0.1", "198.18.0.1", "192.0.0.1", "192.0.2.1", "198.51.100.1", "203.0.113.1", "240.0.0.1"),
    *("255.255.255.255", "224.0.0.1", "239.1.1.1", "ff02::1", "ff0e::1", "2001:db8::1", "3fff::1", "100::1"),
    *("::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "::8.8.8.8", "64:ff9b::7f00:1", "64:ff9b::808:808"),
    *("64:ff9b:1::808:808", "2002:7f00:1::1", "2002:808:808::1", "2001::1", "2001:0:808:808::1", "192.88.99.1"),
    *("", "localhost", "8.8.8", "0x7f.1", "2130706433", "8.8.8.8:80", "[::1]"),
]
OUTSIDE = ["8.8.8.8", "1.1.1.1", "93.184.216.34", "2606:4700:4700::1111", "2a00:1450:4001::200e", "2001:4860:4860::88"]
PRIVATE = ["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"]
PRIVATE += [
    "192.0.0.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "224.0.0.0/3",
    "::/8",
    "fc00::/7",
    "fe80::/10",
    "ff00::/8",
]


@st.composite
def inside(draw: st.DrawFn) -> str:
    network = ip_network(draw(st.sampled_from(PRIVATE)))
    return str(network[draw(st.integers(0, network.num_addresses - 1))])


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_not_one_host_outside_is_refused(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_a_host_outside_may_be_reached(address: str) -> None:
    assert is_public(address)


@given(inside())
def test_no_address_of_a_network_inside_is_public(address: str) -> None:
    assert not is_public(address)


@given(st.ip_addresses(v=4), st.sampled_from(["::ffff:0:0/96", "::/96", "64:ff9b::/96", "64:ff9b:1::/96"]))
def test_no_form_that_ends_in_an_ipv4_address_is_public(inner: IPv4Address, network: str) -> None:
    assert not is_public(str(IPv6Address(int(IPv6Network(network).network_address) + int(inner))))


@given(st.ip_addresses(v=4), st.integers(0, 2**64 - 1))
def test_neither_6to4_nor_teredo_is_public(inner: IPv4Address, rest: int) -> None:
    assert not is_public(str(IPv6Address(0x2002 << 112 | int(inner) << 80 | rest)))
    assert not is_public(str(IPv6Address(0x20010000 << 96 | int(inner) << 64 | rest)))


@given(st.ip_addresses())
def test_what_is_public_is_global_and_a_host(address: IPv4Address | IPv6Address) -> None:
    if is_public(str(address)):
        assert address.is_global and not address.is_private and not address.is_loopback and not address.is_multicast
        assert is_a_host(str(address))


@given(st.text(max_size=50))
def test_no_text_breaks_the_check(text: str) -> None:
    assert is_public(text) in (True, False)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "::1"])
def test_a_house_that_is_opened_may_be_reached(address: str) -> None:
    assert is_a_host(address)


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "224.0.0.1", "ff02::1", "name"])
def test_what_is_no_host_is_never_reached(address: str) -> None:
    assert not is_a_host(address)
