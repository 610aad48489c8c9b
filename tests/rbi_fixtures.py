"""RBI's partners who call, made once for a module of tests."""

import pytest

from tests.rbi import rbi_partner

__all__ = ["brame", "other"]


@pytest.fixture(scope="module")
def brame(for_the_module):
    with for_the_module():
        return rbi_partner()


@pytest.fixture(scope="module")
def other(for_the_module):
    with for_the_module():
        return rbi_partner("Other", "Other")
