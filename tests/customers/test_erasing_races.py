"""Somebody is erased at the moment at which something else happens to her."""

import pytest
from django.core.management import call_command
from django.db import transaction

from customers.errors import CustomerMayNotSpend, CustomerNotFound
from customers.models import Customer
from customers.privacy.erasing import erase
from customers.privacy.handing_out import begin, write
from customers.services import change
from loyalty_site.access.models import IdempotencyKey
from loyalty_site.jobs.models import JobFile
from points.adjustments import deciding
from points.adjustments.errors import AlreadyDecided
from points.adjustments.models import Adjustment
from points.errors import NotEnoughPoints
from points.models import Transfer
from tests.builders import AT, STAFF, balance, customer, earn, spend
from tests.bursts import burst
from tests.points.staff import adjust, person
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


@pytest.mark.postgresql_only
def test_a_file_that_is_being_written_goes_with_the_person():
    who, stop = customer(50, first_name="Zuzanna"), Stop()
    job = begin(who, actor=STAFF, at=AT)

    @transaction.atomic
    def a_step():
        return stop.after(write)(job, at=AT)

    _, erased = burst([a_step, stop.meanwhile(erasing(who))])

    assert erased.status == "erased"
    assert not JobFile.objects.exists()


@pytest.mark.postgresql_only
def test_a_request_that_is_being_withdrawn_is_closed_once():
    who, stop, maria = customer(50), Stop(), person()
    asked = adjust(who, 500, maria)

    @transaction.atomic
    def withdrawing():
        return stop.after(deciding.withdraw)(asked.pk, actor=maria, at=AT)

    _, erased = burst([withdrawing, stop.meanwhile(erasing(who))], refusals=AlreadyDecided)

    assert erased.status == "erased"
    assert Adjustment.objects.get().state == "withdrawn"


@pytest.mark.postgresql_only
def test_what_is_changed_meanwhile_is_forgotten_as_well():
    who, stop = customer(50, email="old@example.com"), Stop()
    answer = {"owner": "user:1", "key": "1", "fingerprint": "", "status": 200, "created_at": AT}

    @transaction.atomic
    def changing():
        change(who.pk, {"email": "new@example.com"}, actor=STAFF, at=AT)
        IdempotencyKey.objects.create(body='["new@example.com"]', **answer)
        return stop.after(str)()

    burst([changing, stop.meanwhile(erasing(who))])

    assert (Customer.objects.get().email, IdempotencyKey.objects.get().body) == (None, "null")
