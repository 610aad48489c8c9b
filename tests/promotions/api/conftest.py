"""The clock and the callers of these tests."""

import pytest

from loyalty_site.access.actors import Role
from loyalty_site.access.scopes import CUSTOMERS_READ, PROMOTIONS_ENROL, PROMOTIONS_READ
from tests.api_fixtures import *  # noqa: F403
from tests.callers import with_token


@pytest.fixture(scope="module")
def client(for_the_module):
    """A partner's system that may look up and enrol."""
    with for_the_module():
        return with_token(Role.PARTNER, [CUSTOMERS_READ, PROMOTIONS_READ, PROMOTIONS_ENROL])
