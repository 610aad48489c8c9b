"""Letting a customer in, and shutting one out. Rule: Open Loyalty, "Customer API", 'Activate a customer'."""

import pytest

from customers.models import Customer
from loyalty_site.access.actors import Role
from loyalty_site.access.models import AuditEntry, Store
from tests.builders import customer
from tests.callers import ADMIN_ID, BAD_REQUEST, JSON, NOT_FOUND, told, with_token

pytestmark = pytest.mark.django_db

WORDS = [("activate", "new", "active"), ("activate", "blocked", "active"), ("deactivate", "active", "blocked")]


@pytest.mark.parametrize("place", ["", "admin/"])
@pytest.mark.parametrize(("word", "before", "after"), WORDS)
def test_switching(place, word, before, after, admin):
    who, other = customer(status=before, card_number="0000"), customer(status=before)
    for text in (who.pk, "0000"):
        assert admin.post(f"/api/{place}customer/{text}/{word}") == (200, "")
    statuses = {one.pk: one.status for one in Customer.objects.all()}
    assert statuses == {who.pk: after, other.pk: before}
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor) == ("customer status changed", f"user:{ADMIN_ID}")
    assert (entry.before, entry.after) == ({"status": before}, {"status": after})


def test_a_key_is_answered_alike(admin):
    who = customer(status="new")
    path = f"/api/customer/{who.pk}/activate"
    assert [admin.post(path, Idempotency_Key="1") for _ in range(2)] == [(200, "")] * 2
    assert AuditEntry.objects.count() == 1


@pytest.mark.parametrize("text", ["00000000-0000-474c-b092-000000000000", "1", "%00"])
def test_nobody(text, admin):
    assert admin.post(f"/api/customer/{text}/activate") == NOT_FOUND


def test_who_was_erased_stays_so(admin):
    who = customer(status="erased")
    assert admin.post(f"/api/customer/{who.pk}/activate") == NOT_FOUND
    assert Customer.objects.get().status == "erased"


def test_a_customer_of_another_store():
    stores = [Store.objects.create(name=name, identifier=name) for name in ("pos1", "pos2")]
    who = customer(store=stores[1])
    assert with_token(Role.ADMIN, store=stores[0]).post(f"/api/customer/{who.pk}/deactivate") == NOT_FOUND
    assert Customer.objects.get().status == "active"


def test_a_body_that_cannot_be_read_switches_nothing(admin):
    who = customer(status="new")
    assert told(admin.send("POST", f"/api/customer/{who.pk}/activate", "{", media=JSON)) == BAD_REQUEST
    assert Customer.objects.get().status == "new"
