"""The clock and the callers of these tests, RBI's partners among them."""

from tests.api_fixtures import *  # noqa: F403
from tests.rbi_fixtures import *  # noqa: F403
