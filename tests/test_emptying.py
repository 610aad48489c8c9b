"""What a test with `transaction=True` wrote is gone before the next."""

import pytest
from django.contrib.auth.models import Permission
from django.db import DatabaseError, connection
from django.test import TransactionTestCase

from tests.bad_input import row_counts
from tests.builders import buy, campaign, customer

pytestmark = pytest.mark.django_db(transaction=True)
STANDING = {"access_shippedgroup": 4, "points_adjustmentceiling": 2, "points_adjustmentreason": 5}


def empty():
    TransactionTestCase._fixture_teardown(None)


def test_tables_are_emptied_also_those_that_only_grow_but_for_what_migrations_wrote():
    buy(campaign(), customer(points=10))
    assert row_counts()["access_auditentry"] > 0

    empty()

    assert {table: rows for table, rows in row_counts().items() if rows} == STANDING


def test_the_triggers_still_refuse_afterwards():
    empty()
    buy(campaign(), customer(points=10))

    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM access_auditentry")


@pytest.mark.parametrize("change", [lambda all: all.delete(), lambda all: all.update(name="x")], ids=["gone", "other"])
def test_permissions_come_back_as_they_were(change):
    before = list(Permission.objects.order_by("pk").values_list())
    change(Permission.objects.filter(codename="refund_purchase"))
    assert list(Permission.objects.order_by("pk").values_list()) != before

    empty()

    assert list(Permission.objects.order_by("pk").values_list()) == before
