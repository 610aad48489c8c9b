"""Many rows at once are the rows that the ORM would have written."""

from decimal import Decimal

import psycopg
import pytest
from django.db import OperationalError, transaction

from campaigns.models import Campaign
from customers.models import Customer, Transaction, TransactionItem
from loyalty_site.access import audit
from loyalty_site.access.actors import SYSTEM
from loyalty_site.access.models import AttemptCounter, AuditEntry
from loyalty_site.bulk_rows import add_all, add_rows
from loyalty_site.outages import is_outage
from tests.builders import AT, customer

pytestmark = pytest.mark.django_db


def test_every_type_arrives_as_it_was(django_assert_num_queries):
    who = customer()
    ids = ["11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"]
    names = ["id", "document_number", "document_type", "customer", "purchased_at", "gross_value", "delivery_value"]
    rows = [
        (Customer._meta.pk.to_python(pk), f"N{pk[0]}", "sell", who.pk, AT, Decimal("3.20"), Decimal(0)) for pk in ids
    ]
    add_rows(Transaction, [*names, "created_at"], ((*row, AT) for row in rows))

    found = Transaction.objects.order_by("pk").values_list(*names)
    assert list(found) == rows
    add_rows(
        TransactionItem,
        ["transaction", "position", "sku", "name", "quantity", "gross_value", "category", "maker"],
        [(rows[0][0], 1, "A\tB\\N", "Zażółć\n", Decimal(2), Decimal("3.20"), "", "")],
    )
    item = TransactionItem.objects.get()
    assert (item.sku, item.name, item.quantity) == ("A\tB\\N", "Zażółć\n", 2)


def test_unsaved_objects_with_json_and_nothing():
    add_all(audit.entry("coupons added", Campaign, actor=SYSTEM, at=AT, after={"n": n}) for n in range(3))

    entries = AuditEntry.objects.order_by("pk")
    assert [(entry.after, entry.before, entry.at) for entry in entries] == [({"n": n}, None, AT) for n in range(3)]


def test_no_rows_are_none():
    add_all([])
    add_rows(TransactionItem, ["position"], [])
    assert not TransactionItem.objects.exists()


@pytest.mark.postgresql_only
def test_a_connection_that_is_lost_on_the_way_is_an_outage():
    def rows():
        yield "a", 1, AT
        raise psycopg.OperationalError("server closed the connection unexpectedly")

    with pytest.raises(OperationalError) as lost, transaction.atomic():
        add_rows(AttemptCounter, ["key", "count", "window_ends_at"], rows())
    assert is_outage(lost.value)
    assert not AttemptCounter.objects.exists()
