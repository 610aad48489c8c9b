"""How many points a partner may add."""

from datetime import timedelta
from io import StringIO
from threading import Barrier
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from customers.errors import CustomerNotFound
from points import ceilings, services
from points.awards import award
from points.errors import CeilingReached
from points.models import PartnerDay, Transfer
from tests.books import books, refused
from tests.builders import AT, TODAY, balance, buckets, customer, later, note
from tests.bursts import burst
from tests.callers import partner
from tests.statements import either, statements

pytestmark = pytest.mark.django_db
FROM_A_PARTNER = note(channel=Transfer.Channel.PARTNER, partner="Brame")


def bound(name="Brame", **most):
    """A partner with these ceilings."""
    return partner(name, **most).facts


def give(who, points, by, *, at=AT):
    return award(by, who.pk, points, at=at, note=FROM_A_PARTNER, expires_on=TODAY + timedelta(days=9))


def counted() -> list[tuple]:
    return sorted(PartnerDay.objects.values_list("customer__first_name", "day", "points"), key=str)


class TestOneCall:
    def test_as_many_as_agreed_are_added(self):
        who = customer()
        transfer = give(who, 500, bound(per_call=500))
        assert (transfer.points, transfer.partner, balance(who), buckets(who)) == (500, "Brame", 500, {9: 500})
        assert counted() == []

    def test_more_are_refused(self):
        who, by = customer(), bound(per_call=500)
        with refused(CeilingReached, which="per_call", ceiling=500, given=0, points=501):
            give(who, 501, by)


class TestOneCustomerAndDay:
    def test_the_day_fills_up_to_the_ceiling(self):
        who, by = customer(first_name="Ann"), bound(per_customer_day=10)
        give(who, 6, by)
        give(who, 4, by)
        with refused(CeilingReached, which="per_customer_day", ceiling=10, given=10, points=1):
            give(who, 1, by)
        assert counted() == [("Ann", TODAY, 10)]

    def test_what_does_not_fit_is_not_counted(self):
        who, by = customer(first_name="Ann"), bound(per_customer_day=10)
        give(who, 6, by)
        with refused(CeilingReached, which="per_customer_day", ceiling=10, given=6, points=5):
            give(who, 5, by)
        give(who, 4, by)
        assert (balance(who), counted()) == (10, [("Ann", TODAY, 10)])

    def test_the_first_of_a_day_may_be_too_many(self):
        who, by = customer(), bound(per_customer_day=10)
        with refused(CeilingReached, which="per_customer_day", ceiling=10, given=0, points=11):
            give(who, 11, by)
        assert counted() == []

    def test_each_customer_has_a_day_of_their_own(self):
        by = bound(per_customer_day=10)
        for name in ("Ann", "Bob"):
            give(customer(first_name=name), 10, by)
        assert counted() == [("Ann", TODAY, 10), ("Bob", TODAY, 10)]

    def test_each_partner_has_a_day_of_its_own(self):
        who = customer()
        give(who, 10, bound(per_customer_day=10))
        give(who, 10, bound("Other", per_customer_day=10))
        assert balance(who) == 20

    def test_a_day_is_the_programmes(self):
        who, by = customer(first_name="Ann"), bound(per_customer_day=10)
        give(who, 10, by, at=AT.replace(hour=22, minute=59))
        give(who, 10, by, at=AT.replace(hour=23))  # midnight in Warsaw
        assert counted() == [("Ann", TODAY, 10), ("Ann", TODAY + timedelta(days=1), 10)]


class TestAllCustomersAndOneDay:
    def test_all_customers_fill_one_day(self):
        by = bound(per_partner_day=10)
        give(customer(), 6, by)
        late = customer()
        with refused(CeilingReached, which="per_partner_day", ceiling=10, given=6, points=5):
            give(late, 5, by)
        give(late, 4, by)
        assert counted() == [(None, TODAY, 10)]

    def test_a_refusal_by_it_is_not_counted_for_the_customer(self):
        who, by = customer(first_name="Ann"), bound(per_customer_day=10, per_partner_day=5)
        with refused(CeilingReached, which="per_partner_day", ceiling=5, given=0, points=6):
            give(who, 6, by)
        assert counted() == []
        give(who, 5, by)
        assert counted() == [("Ann", TODAY, 5), (None, TODAY, 5)]


def test_the_customers_existence_comes_before_the_ceilings():
    before = books()
    with pytest.raises(CustomerNotFound), transaction.atomic():
        award(bound(per_call=1), uuid4(), 2, at=AT, note=FROM_A_PARTNER)
    assert books() == before


def test_a_partner_without_ceilings_adds_what_it_likes_and_nothing_is_counted():
    who, by = customer(), bound()
    with statements() as seen:
        give(who, 10**9, by)
    assert len(seen) == either(postgresql=3, sqlite=5)
    assert (balance(who), counted()) == (10**9, [])


def test_each_ceiling_by_day_costs_one_statement():
    who, by = customer(), bound(per_call=10, per_customer_day=10, per_partner_day=10)
    with statements() as seen:
        give(who, 10, by)
    assert len(seen) == either(postgresql=3, sqlite=5) + 2


def test_removals_and_cancellations_give_no_room_back():
    who, by = customer(), bound(per_customer_day=10, per_partner_day=10)
    first = give(who, 4, by)
    second = give(who, 6, by)
    services.deduct(who.pk, 2, at=later(), note=FROM_A_PARTNER)
    services.cancel(second.pk, at=later(), note=FROM_A_PARTNER)
    with refused(CeilingReached, which="per_customer_day", ceiling=10, given=10, points=1):
        give(who, 1, by)
    assert first.points == 4


def test_a_lowered_ceiling_bounds_the_rest_of_the_day():
    who = customer()
    give(who, 8, bound(per_customer_day=10))
    by = bound("Lowered", per_customer_day=5)
    PartnerDay.objects.update(partner=by.id)
    with refused(CeilingReached, which="per_customer_day", ceiling=5, given=8, points=1):
        give(who, 1, by)


def test_the_purge_keeps_today(noon):
    by = bound(per_customer_day=10, per_partner_day=10)
    for at in (later(-1), AT):
        give(customer(first_name="Ann"), 5, by, at=at)
    said = StringIO()
    call_command("purge_partner_days", stdout=said)
    assert said.getvalue() == "2 counts deleted\n"
    assert counted() == [("Ann", TODAY, 5), (None, TODAY, 5)]


@pytest.mark.parametrize("customers", [0, 1])
def test_the_database_keeps_one_count_a_day(customers):
    who = customer() if customers else None
    owner = partner()
    PartnerDay.objects.create(partner=owner, customer=who, day=TODAY, points=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        PartnerDay.objects.create(partner=owner, customer=who, day=TODAY, points=1)
    assert PartnerDay.objects.count() == 1


# --- many at once ----------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_32_additions_at_once_no_more_than_the_customers_day_holds():
    who, by = customer(first_name="Ann"), bound(per_customer_day=20)
    results = burst([lambda: give(who, 3, by)] * 32, refusals=CeilingReached)
    assert sum(isinstance(result, Transfer) for result in results) == 6
    assert {result.facts["given"] for result in results if isinstance(result, CeilingReached)} == {18}
    assert (balance(who), counted()) == (18, [("Ann", TODAY, 18)])
    call_command("verify_ledger")


@pytest.mark.django_db(transaction=True)
def test_of_many_customers_at_once_no_more_than_the_partners_day_holds():
    everybody, by = [customer() for _ in range(16)], bound(per_customer_day=5, per_partner_day=20)
    calls = [lambda who=who: give(who, 3, by) for who in everybody] * 2
    results = burst(calls, refusals=CeilingReached)
    assert sum(isinstance(result, Transfer) for result in results) == 6
    assert PartnerDay.objects.get(customer=None).points == 18
    assert sum(Transfer.objects.values_list("points", flat=True)) == 18
    call_command("verify_ledger")


@pytest.mark.django_db(transaction=True)
def test_a_sum_read_first_and_written_last_would_let_more_through():
    """What the one counting statement is for."""
    owner, all_have_read = partner(), Barrier(8)

    def naively():
        so_far = ceilings._given(owner.pk, None, TODAY)
        all_have_read.wait(60)
        PartnerDay.objects.update_or_create(partner=owner, customer=None, day=TODAY, defaults={"points": so_far + 3})
        return so_far + 3 <= 6

    assert burst([naively] * 8).count(True) == 8
