"""Changing a customer's fields and segments."""

from uuid import UUID

import pytest

from customers import services
from customers.errors import CustomerNotFound, IdentityTaken
from customers.models import Segment
from loyalty_site.access.models import AuditEntry
from tests.books import refused
from tests.builders import AT, SHOP, customer, later, level

pytestmark = pytest.mark.django_db

NOBODY = UUID("00000000-0000-0000-0000-00000000dead")


def test_a_field_is_changed_and_the_time_of_it_kept():
    who = customer(first_name="Ana", updated_at=later(-1))
    services.change(who.pk, {"first_name": "Anna", "level": level()}, **SHOP)

    who.refresh_from_db()
    assert (who.first_name, who.updated_at) == ("Anna", AT)


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "anna@EXAMPLE.com"), ("phone", "+48 1"), ("card_number", "C1"), ("external_id", "crm-1")],
)
def test_an_identity_of_somebody_else_is_refused(field, value):
    customer(email="Anna@example.com", phone="+48 1", card_number="C1", external_id="crm-1")
    who = customer(first_name="Bob")

    with refused(IdentityTaken, field=field):
        services.change(who.pk, {"first_name": "Rob", field: value}, **SHOP)
    who.refresh_from_db()
    assert (who.first_name, getattr(who, field)) == ("Bob", None)


def test_ones_own_identity_is_not_taken():
    who = customer(email="anna@example.com")
    services.change(who.pk, {"email": "Anna@example.com"}, **SHOP)

    who.refresh_from_db()
    assert who.email == "Anna@example.com"


@pytest.mark.parametrize("status", ["erased", None])
def test_who_is_erased_or_unknown_is_not_changed(status):
    who = customer(status=status) if status else None
    customer_id = who.pk if who else NOBODY

    with refused(CustomerNotFound, id=customer_id):
        services.change(customer_id, {"first_name": "Anna"}, **SHOP)
    with refused(CustomerNotFound, id=customer_id):
        services.choose_segments(customer_id, [Segment.objects.create(name="VIP")], **SHOP)
    assert not AuditEntry.objects.exists()


def test_segments_are_added_and_left():
    who = customer()
    old, kept, new = (Segment.objects.create(name=name) for name in ("Old", "Kept", "New"))
    services.choose_segments(who.pk, [old, kept], **SHOP)
    services.choose_segments(who.pk, [kept, new], **SHOP)

    assert {membership.segment for membership in who.memberships.all()} == {kept, new}


def test_the_same_segments_are_not_told_again():
    who, vip = customer(), Segment.objects.create(name="VIP")
    services.choose_segments(who.pk, [vip], **SHOP)
    services.choose_segments(who.pk, [vip], **SHOP)

    assert AuditEntry.objects.filter(action="customer segments changed").count() == 1
