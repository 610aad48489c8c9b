"""The clock and the callers of these tests."""

from tests.api_fixtures import *  # noqa: F403
