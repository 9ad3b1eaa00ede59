"""Outgoing webhooks: which addresses are outer, and how long a delivery waits between its tries."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.integrations.webhook_endpoints import InnerAddressError, is_outer, require_outer
from api.services.webhook_deliveries import WAITS, wait_after

INNER = [
    "127.0.0.1",
    "127.255.255.254",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.127.255.255",
    "0.0.0.0",
    "0.1.2.3",
    "192.0.0.8",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:8.8.8.8",
    "::127.0.0.1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd00:ec2::254",
    "fec0::1",
    "ff02::1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1",
    "2002:7f00:1::",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:db8::1",
    "100::1",
]


@pytest.mark.parametrize("address", INNER)
def test_inner_addresses_are_refused(address: str) -> None:
    assert not is_outer(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "93.184.215.14", "2606:4700::1111", "2a00:1450:4001::8a"])
def test_outer_addresses_pass(address: str) -> None:
    assert is_outer(address)


@given(st.ip_addresses())
def test_nothing_that_is_not_global_passes(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    assert not is_outer(str(address)) or address.is_global


@given(st.ip_addresses(v=4))
def test_no_ipv4_address_hides_in_an_ipv6_one(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    nat64 = ipaddress.IPv6Address(int(ipaddress.IPv6Address("64:ff9b::")) + number)
    for form in (f"::ffff:{address}", str(nat64), f"2002:{number >> 16:x}:{number & 0xFFFF:x}::", f"::{address}"):
        assert not is_outer(form)


@pytest.mark.parametrize(
    "host", ["localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::1]", "[::ffff:7f00:1]", "0"]
)
async def test_every_notation_of_a_loopback_address_is_known(host: str) -> None:
    with pytest.raises(InnerAddressError):
        await require_outer(f"https://{host}/hook")


def test_the_schedule_grows_and_ends() -> None:
    assert [wait.total_seconds() for wait in WAITS] == [5, 300, 1800, 7200, 18_000, 36_000, 36_000]
    assert wait_after(len(WAITS) + 1, 0) is None


@given(st.integers(1, len(WAITS)), st.floats(-1, 1))
def test_the_spread_is_a_tenth(attempts: int, spread: float) -> None:
    wait = wait_after(attempts, spread)
    assert wait is not None
    assert WAITS[attempts - 1] * 0.9 <= wait <= WAITS[attempts - 1] * 1.1
