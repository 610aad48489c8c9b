"""`manage.py load_scale`: as many rows as were asked for, and books that tie."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils.module_loading import import_string

from campaigns.made_up.pools import OnSale
from campaigns.models import Campaign, Coupon, Purchase
from customers.models import Customer, SegmentMembership, Transaction
from points.models import Account, Transfer
from tests.api_fixtures import for_the_module  # noqa: F401
from tests.builders import AT, campaign

pytestmark = pytest.mark.django_db


def load_scale(**size: int) -> list[str]:
    out = StringIO()
    call_command("load_scale", **size, stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture(scope="module")
def told(for_the_module):  # noqa: F811
    with for_the_module():
        return load_scale(customers=45, campaigns=12, coupons=300, transfers=400)


def test_there_are_as_many_as_were_asked_for(told):
    counts = [model.objects.count() for model in (Customer, Campaign, Coupon, Transfer)]
    assert counts == [45, 12, 300, 400]


def test_it_tells_what_it_loads(told):
    told_of = [line.rpartition(" in ")[0] for line in told]
    assert told_of[:1] == ["45 customers"]
    assert {"300 coupons", "400 movements of points", "12 campaigns counted"} <= set(told_of)
    assert told[-1].startswith("All of it is there, after ")


def test_the_books_tie(told):
    assert [finding for name in settings.LEDGER_CHECKS for finding in import_string(name)()] == []


def test_there_is_something_of_everything(told):
    assert set(Transfer.objects.values_list("kind", flat=True)) == {"earn", "spend", "expire"}
    assert Purchase.objects.exists()
    assert SegmentMembership.objects.exists()
    assert Transaction.objects.count() == Transfer.objects.filter(kind="earn").count()
    assert Account.objects.filter(sequence=0).count() == 0


def test_what_comes_later_gets_ids_of_its_own(told):
    assert campaign(["NEW"]).coupons.get().pk > 300


def test_a_database_with_customers_is_left_alone(told):
    with pytest.raises(CommandError, match="holds 45 customers"):
        load_scale(customers=1, campaigns=0, coupons=0, transfers=0)
    assert Customer.objects.count() == 45


@pytest.mark.parametrize(
    "size",
    [
        {"customers": 0, "campaigns": 0, "coupons": 0, "transfers": 0},
        {"customers": 1, "campaigns": 2, "coupons": 1, "transfers": 0},
        {"customers": 1, "campaigns": 0, "coupons": 0, "transfers": -1},
    ],
)
def test_odd_numbers_are_refused(size):
    before = Customer.objects.count()
    with pytest.raises(CommandError, match="Choose"):
        load_scale(**size)
    assert Customer.objects.count() == before


@pytest.mark.parametrize(
    ("change", "sells"),
    [
        ({}, True),
        ({"sold": 5}, False),
        ({"cost": 11}, False),
        ({"per_customer": 1}, False),
        ({"closes_at": None}, False),
    ],
)
def test_a_pool_sells_within_its_bounds(change, sells):
    facts = {"cost": 10, "opens_at": AT, "closes_at": AT, "size": 5, "first_coupon": 1, "per_customer": 2}
    shelf = OnSale(id=None, name="Coffee", **(facts | {name: value for name, value in change.items() if value}))
    at = AT if "closes_at" not in change else AT.replace(year=2027)
    assert shelf.sells(balance=10, bought=1, at=at) is sells
