"""Blocking and erasing customers ends their log-ins."""

import pytest
from django.db import transaction
from django.test import Client

from customers.services import change_status
from loyalty_site.access import log_in_tokens
from loyalty_site.access.actors import Role
from loyalty_site.access.errors import BadCredentials
from loyalty_site.access.models import RefreshToken, User
from tests.builders import AT, SHOP, customer

pytestmark = pytest.mark.django_db


def with_log_in(**fields):
    """A customer, the account, and what a log-in gave."""
    who = customer(**fields)
    user = User.objects.create_user(str(who.pk), None, "sesame", pk=who.pk, role=Role.CUSTOMER)
    return who, user, log_in_tokens.start(user, at=AT)


def holder(log_in):
    return log_in_tokens.holder_of(log_in_tokens.read_jwt(log_in.token), at=AT)


@pytest.mark.parametrize("status", ["blocked", "erased"])
def test_the_log_ins_end(status):
    who, _, log_in = with_log_in(email="jane@example.com")
    _, other, others_log_in = with_log_in(email="john@example.com")
    change_status(who.pk, status, **SHOP)
    assert holder(log_in) is None
    with pytest.raises(BadCredentials):
        log_in_tokens.refresh(log_in.refresh_token, at=AT)
    assert holder(others_log_in) == other
    assert RefreshToken.objects.get().user == other


@pytest.mark.parametrize(("before", "after"), [("new", "active"), ("blocked", "active"), ("active", "active")])
def test_other_changes_of_the_status_leave_them(before, after):
    who, user, log_in = with_log_in(status=before)
    change_status(who.pk, after, **SHOP)
    assert holder(log_in) == user
    assert RefreshToken.objects.count() == 1


def test_a_block_that_is_undone_ends_nothing():
    who, user, log_in = with_log_in()
    with transaction.atomic():
        change_status(who.pk, "blocked", **SHOP)
        assert holder(log_in) is None
        transaction.set_rollback(True)
    assert holder(log_in) == user
    assert RefreshToken.objects.count() == 1


def test_a_log_in_that_began_before_the_block_is_never_good():
    who, user, _ = with_log_in()
    change_status(who.pk, "blocked", **SHOP)
    late = log_in_tokens.start(user, at=AT)  # who was found before
    change_status(who.pk, "active", **SHOP)
    assert holder(late) is None
    with pytest.raises(BadCredentials):
        log_in_tokens.refresh(late.refresh_token, at=AT)


def test_over_the_api_a_blocked_customer_is_kept_out_until_activated():
    who, _, _ = with_log_in(email="jane@example.com")
    credentials = {"_username": "jane@example.com", "_password": "sesame"}

    def log_in():
        return Client().post("/api/customer/login_check", credentials).status_code

    change_status(who.pk, "blocked", **SHOP)
    assert (log_in(), RefreshToken.objects.count()) == (401, 0)
    change_status(who.pk, "active", **SHOP)
    assert (log_in(), RefreshToken.objects.count()) == (200, 1)
