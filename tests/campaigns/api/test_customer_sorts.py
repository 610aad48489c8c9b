"""The orders that lists of customers have: each is that of an index. Rule: Open Loyalty, "Customer API"."""

import re
from uuid import UUID

import pytest
from django.db.models import F
from django.db.models.functions import Lower

from campaigns.api.customers import SORTS
from customers.models import Customer, Level
from loyalty_site.database import execute
from tests.builders import customer, later

pytestmark = pytest.mark.django_db

FIRST = {"first_name": "Alice", "gender": "female", "status": "active"}
SECOND = {"first_name": "Bob", "gender": "male", "status": "new"}


def names(answer):
    status, body = answer
    assert status == 200
    return [one["firstName"].lower() for one in body["customers"]]


def test_by_last_name(admin):
    for number, last_name in enumerate("CAB"):
        customer(first_name=last_name, last_name=last_name, created_at=later(number))
    assert names(admin.get("/api/customer?sort=lastName")) == ["a", "b", "c"]
    assert names(admin.get("/api/customer?sort=lastName&direction=desc")) == ["c", "b", "a"]


@pytest.mark.parametrize("name", ["firstName", "gender", "birthDate", "levelId", "active", "updatedAt"])
def test_what_no_index_keeps_is_not_sorted_by(name, admin):
    """The latest come first, as ever; in the order asked for Alice would."""
    levels = [Level.objects.create(pk=UUID(int=number), name=str(number)) for number in (1, 2)]
    customer(**FIRST, level=levels[0], birth_date=later(-9), updated_at=later(-9), created_at=later(1))
    customer(**SECOND, level=levels[1], birth_date=later(-8), updated_at=later(-8), created_at=later(2))
    assert names(admin.get(f"/api/customer?sort={name}")) == ["bob", "alice"]


@pytest.mark.postgresql_only
@pytest.mark.parametrize("path", [*SORTS.values(), "nearest"])
def test_each_order_is_that_of_an_index(path):
    execute("SET LOCAL enable_seqscan = off", [])  # which it prefers while there are few customers
    execute("SET LOCAL enable_sort = off", [])
    everybody = Customer.objects.alias(lower_email=Lower("email"), nearest=F("created_at"))
    for order in (F(path).asc(nulls_last=True), F(path).desc(nulls_first=True)):
        plan = everybody.order_by(order, "pk")[:20].explain()
        assert "Index Scan" in plan
        assert not re.search(r"(?<!Incremental )Sort  ", plan), plan
