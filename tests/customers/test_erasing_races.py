"""Somebody is erased at the moment at which something else happens to her."""

import pytest
from django.core.management import call_command
from django.db import transaction

from customers.errors import CustomerMayNotSpend, CustomerNotFound
from customers.models import Customer
from customers.privacy.erasing import erase
from points.errors import NotEnoughPoints
from points.models import Transfer
from tests.builders import AT, STAFF, balance, customer, earn, spend
from tests.bursts import burst
from tests.stops import Stop

pytestmark = pytest.mark.django_db(transaction=True)
REFUSALS = (CustomerNotFound, CustomerMayNotSpend, NotEnoughPoints)


def erasing(who):
    return lambda: erase(who.pk, actor=STAFF, at=AT, reason="Asked for")


def test_of_two_erasures_one_takes_the_points():
    who = customer(50)

    results = burst([erasing(who)] * 4, refusals=REFUSALS)

    assert sum(isinstance(result, Customer) for result in results) == 1
    assert list(Transfer.objects.order_by("sequence").values_list("points", flat=True)) == [50, -50]
    call_command("verify_ledger")


def test_what_is_spent_meanwhile_is_spent_before_or_not_at_all():
    who = customer(50)

    results = burst([erasing(who), *[lambda: spend(who, 20)] * 3], refusals=REFUSALS)

    spent = sum(isinstance(result, Transfer) for result in results)
    taken = Transfer.objects.filter(kind="deduct").values_list("points", flat=True).get()
    assert (taken, balance(who)) == (20 * spent - 50, 0)
    assert Customer.objects.get().status == "erased"
    call_command("verify_ledger")


@pytest.mark.postgresql_only
def test_whoever_waited_for_an_erasure_spends_nothing():
    who, stop = customer(50), Stop()

    @transaction.atomic
    def first():
        return stop.after(erasing(who))()

    results = burst([first, stop.meanwhile(lambda: spend(who, 20))], refusals=REFUSALS)

    assert isinstance(results[1], REFUSALS)
    assert list(Transfer.objects.order_by("sequence").values_list("points", flat=True)) == [50, -50]


@pytest.mark.postgresql_only
@pytest.mark.parametrize("points", [0, 50])
def test_whoever_waited_for_an_erasure_adds_nothing(points):
    who, stop = customer(points), Stop()

    @transaction.atomic
    def first():
        return stop.after(erasing(who))()

    results = burst([first, stop.meanwhile(lambda: earn(who, 20))], refusals=REFUSALS)

    assert isinstance(results[1], CustomerNotFound)
    assert sum(Transfer.objects.values_list("points", flat=True)) == balance(who) == 0
    call_command("verify_ledger")
