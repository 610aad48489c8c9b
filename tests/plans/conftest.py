"""One database with long tables for all questions."""

import pytest
from django.db import connection

from tests.api_fixtures import for_the_module
from tests.plans.reading import Reader
from tests.walk import world
from tools.volume.fill import fill
from tools.volume.sizes import LONG

__all__ = ["for_the_module"]


@pytest.fixture(scope="module")
def filled(for_the_module) -> Reader:
    with for_the_module():
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
            if not cursor.fetchone()[0]:
                pytest.skip("The tables are filled past their triggers: the database's user must be a superuser.")
        world.build()
        fill(LONG)
        return Reader()
