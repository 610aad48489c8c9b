"""One account, many movements at once."""

import pytest
from django.db import transaction

from points.errors import NotEnoughPoints
from points.models import Transfer
from tests.builders import balance, buckets, customer, earn, spend
from tests.bursts import burst
from tests.stops import Stop

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.postgresql_only
def test_points_that_were_past_their_day_when_they_came_do_not_pay_for_whoever_waited():
    who, stop = customer(points=60), Stop()

    @transaction.atomic
    def spend_and_earn_too_late() -> Transfer:
        spend(who, 55)
        return stop.after(earn)(who, 100, valid=-1)

    _, refusal = burst([spend_and_earn_too_late, stop.meanwhile(lambda: spend(who, 50))], refusals=NotEnoughPoints)

    assert refusal.facts == {"balance": 5, "needed": 50}
    assert (balance(who), buckets(who)) == (105, {-1: 100, 10: 5})


@pytest.mark.postgresql_only
def test_whoever_waited_spends_what_is_valid_and_leaves_what_was_past_its_day():
    who, stop = customer(points=20), Stop()

    @transaction.atomic
    def earn_too_late() -> Transfer:
        return stop.after(earn)(who, 100, valid=-1)

    burst([earn_too_late, stop.meanwhile(lambda: spend(who, 15))])

    assert (balance(who), buckets(who)) == (105, {-1: 100, 10: 5})
