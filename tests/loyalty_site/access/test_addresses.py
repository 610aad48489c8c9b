"""Which address an attempt counts for."""

import pytest
from django.test import RequestFactory

from loyalty_site.access.addresses import address_of, full_address_of


def seen(remote, forwarded=None):
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return address_of(RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote))


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", "unknown"),
        ("unix:/run/x", "unknown"),
    ],
)
def test_the_callers_address(remote, address):
    assert seen(remote) == address


def test_without_a_proxy_nobody_can_claim_another_address(settings):
    settings.BEHIND_PROXY = False
    assert seen("192.0.2.7", forwarded="198.51.100.1") == "192.0.2.7"


def test_behind_a_proxy_its_own_entry_counts(settings):
    settings.BEHIND_PROXY = True
    assert seen("10.0.0.1", forwarded="203.0.113.5, 198.51.100.1") == "198.51.100.1"


def test_a_proxy_that_says_nothing_counts_itself(settings):
    settings.BEHIND_PROXY = True
    assert seen("10.0.0.1") == "10.0.0.1"


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2:3:4:5:6"),
        ("fe80::1%a-scope-that-is-longer-than-any-address-there-is", "fe80::1"),
        ("unix:/run/x", None),
    ],
)
def test_the_address_in_full(remote, address):
    assert full_address_of(RequestFactory().get("/", REMOTE_ADDR=remote)) == address
