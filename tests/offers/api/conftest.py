"""The clock of these tests, and Exchange Solutions' client: a partner that lists and answers offers."""

import pytest

from loyalty_site.access.actors import Role
from loyalty_site.access.models import ApiToken
from loyalty_site.access.scopes import OFFERS_ANSWER, OFFERS_READ
from tests.api_fixtures import *  # noqa: F403
from tests.builders import AT
from tests.callers import with_token
from tests.rbi_fixtures import *  # noqa: F403


@pytest.fixture(scope="module")
def app(for_the_module):
    """Made once for the module's tests."""
    with for_the_module():
        return a_client()


@pytest.fixture
def lone_app(transactional_db):
    """For a test that commits."""
    return a_client()


def a_client():
    """Its token was used this very minute, so no further use of it is noted."""
    made = with_token(Role.PARTNER, [OFFERS_READ, OFFERS_ANSWER])
    ApiToken.objects.update(last_used_at=AT)
    return made
