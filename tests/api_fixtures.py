"""What tests over HTTP stand on: a clock that stands still, and callers who have logged in.

Users are made once for a module of tests, in a transaction around those of its tests.
"""

import pytest
from django.db import transaction
from django.utils import timezone

from loyalty_site.access.actors import Role
from tests.builders import AT
from tests.callers import ADMIN_ID, MEMBER_ID, SELLER_ID, logged_in, user

__all__ = ["admin", "clock", "for_the_module", "member", "seller"]


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """It is AT, all the time."""
    monkeypatch.setattr(timezone, "now", lambda: AT)


@pytest.fixture(scope="module")
def for_the_module(django_db_setup, django_db_blocker):
    """What fixtures of a module write is undone at the module's end. Not for tests with `transaction=True`."""
    around = transaction.atomic()
    with django_db_blocker.unblock():
        around.__enter__()
    yield django_db_blocker.unblock
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture(scope="module")
def admin(for_the_module):
    with for_the_module():
        return logged_in(user(Role.ADMIN, ADMIN_ID))


@pytest.fixture(scope="module")
def seller(for_the_module):
    with for_the_module():
        return logged_in(user(Role.SELLER, SELLER_ID, may_transfer_points=True))


@pytest.fixture(scope="module")
def member(for_the_module):
    """A customer who has logged in."""
    with for_the_module():
        return logged_in(user(Role.CUSTOMER, MEMBER_ID))
