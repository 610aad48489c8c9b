"""Changes to customers, and that nobody gets another one's identity."""

from decimal import Decimal
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from customers.errors import CustomerNotFound, IdentityTaken, NoLevelYet
from customers.models import Customer, Level, Segment
from customers.services import change, change_status, choose_segments, put_into_segment, register
from loyalty_site.access.models import AuditEntry
from tests.builders import AT, SHOP, STAFF, customer, later, level
from tests.bursts import burst
from tests.stops import Stop

pytestmark = pytest.mark.django_db
JANE = {
    "external_id": "X-1",
    "email": "Jane@Example.com",
    "phone": "+48123",
    "card_number": "0000",
}
LATER = {"actor": STAFF, "at": later(1)}


@pytest.fixture
def bronze():
    return level("bronze")


def test_a_registered_customer_is_new_and_on_the_level_with_the_lowest_threshold(bronze):
    Level.objects.create(name="gold", from_amount=Decimal("100"))
    Level.objects.create(name="closed", from_amount=Decimal("-0"), active=False)

    who = register(first_name="Jane", **JANE, **SHOP)

    stored = Customer.objects.get()
    assert (stored, stored.status, stored.level, stored.first_name) == (who, "new", bronze, "Jane")
    assert {field: getattr(stored, field) for field in JANE} == JANE
    assert (stored.created_at, stored.updated_at) == (AT, AT)
    assert 10**14 <= stored.number < 10**15


def test_a_registered_customer_may_be_given_a_level_a_status_and_an_id(bronze):
    gold = Level.objects.create(name="gold", from_amount=Decimal("100"))
    who = register(pk=UUID(int=7), level=gold, status="active", **SHOP)
    assert Customer.objects.values_list("pk", "level", "status").get() == (UUID(int=7), gold.pk, "active")
    assert who.pk == UUID(int=7)


def test_registration_is_told_without_personal_data(bronze):
    who = register(first_name="Jane", **JANE, **SHOP)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.at) == ("customer registered", STAFF.key, AT)
    assert (entry.object_type, entry.object_id, entry.object_label) == ("customer", str(who.pk), str(who.number))
    assert (entry.before, entry.after) == (None, {"status": "new"})


def test_without_an_active_level_nobody_is_registered():
    Level.objects.create(name="closed", active=False)
    with pytest.raises(NoLevelYet), transaction.atomic():
        register(**SHOP)
    assert not Customer.objects.exists()


@pytest.mark.parametrize("field", JANE)
def test_an_identity_belongs_to_one_customer(bronze, field):
    register(**JANE, **SHOP)

    with pytest.raises(IdentityTaken) as refusal, transaction.atomic():
        register(**{field: JANE[field]}, **SHOP)

    assert refusal.value.facts == {"field": field}
    assert (Customer.objects.count(), AuditEntry.objects.count()) == (1, 1)


@pytest.mark.parametrize("held", ["email", "phone", "card_number"])
@pytest.mark.parametrize("wanted", ["email", "phone", "card_number"])
def test_what_somebody_logs_in_by_is_nobody_elses_in_any_place(held, wanted):
    customer(**{held: "jane@example.com"})
    other = customer(external_id="X-2")
    taken = {wanted: "jane@example.com"}

    for taking in (lambda: register(**taken, **SHOP), lambda: change(other.pk, taken, **SHOP)):
        with pytest.raises(IdentityTaken) as refusal, transaction.atomic():
            taking()
        assert refusal.value.facts == {"field": wanted}

    assert Customer.objects.filter(pk=other.pk, email=None, phone=None, card_number=None).exists()
    assert (Customer.objects.count(), AuditEntry.objects.count()) == (2, 0)


def test_one_customer_may_have_the_same_phone_and_card(bronze):
    who = register(phone="600100", card_number="600100", **SHOP)
    change(who.pk, {"phone": None}, **LATER)
    change(who.pk, {"phone": "600100"}, **LATER)
    assert Customer.objects.values_list("phone", "card_number").get() == ("600100", "600100")


def test_an_external_id_may_be_what_another_logs_in_by(bronze):
    register(card_number="600100", **SHOP)
    register(external_id="600100", **SHOP)
    assert Customer.objects.count() == 2


@pytest.mark.parametrize("spelling", ["jane@example.com", "JANE@EXAMPLE.COM", "Jane@Example.com"])
def test_an_e_mail_is_the_same_in_any_case(bronze, spelling):
    register(email="Jane@Example.com", **SHOP)
    with pytest.raises(IdentityTaken, match="field=email"), transaction.atomic():
        register(email=spelling, **SHOP)


def test_other_identities_are_taken_as_written(bronze):
    register(card_number="abc", **SHOP)
    register(card_number="ABC", **SHOP)
    assert Customer.objects.count() == 2


@pytest.mark.parametrize("nothing", ["", None])
def test_an_identity_that_is_not_set_is_nobodys(bronze, nothing):
    for _ in range(2):
        register(**dict.fromkeys(JANE, nothing), **SHOP)
    assert Customer.objects.filter(**dict.fromkeys(JANE)).count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("field", JANE)
def test_of_many_who_register_the_same_identity_one_succeeds(field):
    level("bronze")

    results = burst([lambda: register(**{field: JANE[field]}, **SHOP)] * 8, refusals=IdentityTaken)

    refusals = [result.facts for result in results if isinstance(result, IdentityTaken)]
    assert refusals == [{"field": field}] * 7
    assert (Customer.objects.count(), AuditEntry.objects.count()) == (1, 1)


def test_an_error_that_is_about_no_identity_is_not_hidden(bronze):
    register(pk=UUID(int=7), **SHOP)
    with pytest.raises(IntegrityError), transaction.atomic():
        register(pk=UUID(int=7), **SHOP)


@pytest.mark.parametrize(("before", "after"), [("new", "active"), ("active", "blocked"), ("blocked", "active")])
def test_a_status_is_changed(before, after):
    who = customer(status=before)

    returned = change_status(who.pk, after, reason="asked to", **LATER)

    stored = Customer.objects.get()
    assert (stored.status, stored.updated_at, returned.status) == (after, later(1), after)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.reason, entry.at) == ("customer status changed", "asked to", later(1))
    assert (entry.before, entry.after) == ({"status": before}, {"status": after})


def test_a_status_that_stays_writes_nothing():
    who = customer(status="active")
    change_status(who.pk, "active", **LATER)
    assert (Customer.objects.get().updated_at, AuditEntry.objects.count()) == (AT, 0)


def test_an_unknown_status_is_refused_by_the_database():
    who = customer(status="active")
    with pytest.raises(IntegrityError, match="customer_status_known"), transaction.atomic():
        change_status(who.pk, "gone", **LATER)
    assert Customer.objects.get().status == "active"


def test_nobodys_status_is_not_changed():
    with pytest.raises(CustomerNotFound), transaction.atomic():
        change_status(UUID(int=1), "active", **LATER)


def test_an_erased_customer_does_not_come_back():
    who = customer(status="erased")
    with pytest.raises(CustomerNotFound), transaction.atomic():
        change_status(who.pk, "active", **LATER)
    assert (Customer.objects.get().status, AuditEntry.objects.count()) == ("erased", 0)


def test_customers_are_put_into_a_segment_once():
    segment = Segment.objects.create(name="VIP")
    first, second, third = customer(), customer(), customer()
    assert put_into_segment(segment, [first.pk, second.pk], **SHOP) == 2

    assert put_into_segment(segment, [second.pk, third.pk, third.pk], **LATER) == 3

    assert set(segment.memberships.values_list("customer", flat=True)) == {first.pk, second.pk, third.pk}
    entries = AuditEntry.objects.order_by("pk").values_list("action", "object_id", "after")
    assert list(entries) == [("segment filled", str(segment.pk), {"members": n}) for n in (2, 3)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql_only
def test_a_segment_that_is_filled_while_it_is_chosen_holds_the_customer_once():
    vip, who, stop = Segment.objects.create(name="VIP"), customer(), Stop()

    @transaction.atomic
    def fill() -> int:
        return stop.after(put_into_segment)(vip, [who.pk], **SHOP)

    burst([fill, stop.meanwhile(lambda: choose_segments(who.pk, [vip], **SHOP))])

    assert list(who.memberships.values_list("segment", flat=True)) == [vip.pk]
