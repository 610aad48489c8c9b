"""One life for a whole module of tests."""

from tests.api_fixtures import for_the_module

__all__ = ["for_the_module"]
