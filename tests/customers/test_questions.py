"""Who is found by what."""

from decimal import Decimal

import pytest

from customers.login import find_user
from customers.models import Customer, Level, Segment
from customers.services import put_into_segment
from loyalty_site.access.models import Store, User
from loyalty_site.database import execute, on_postgresql
from tests.builders import AT, SHOP, customer, later, level

pytestmark = pytest.mark.django_db


def found(text: str) -> list[Customer]:
    return list(Customer.objects.by_login(text))


@pytest.mark.parametrize("text", ["Jane@Example.com", "jane@EXAMPLE.com", "4783", "+48111"])
def test_a_customer_is_found_by_e_mail_card_and_phone(text):
    jane = customer(email="Jane@example.com", card_number="4783", phone="+48111")
    customer(email="john@example.com", card_number="1", phone="2")
    assert found(text) == [jane]


@pytest.mark.parametrize("text", ["", "jane", "%", "example.com", "None"])
def test_nobody_is_found_by_a_part(text):
    customer(email="jane@example.com", card_number="4783", phone="+48111")
    customer()
    assert found(text) == []


def test_an_e_mail_with_letters_beyond_ascii_is_found():
    jane = customer(email="jane@ŁÓDŹ.pl")
    assert found("jane@ŁÓDŹ.pl") == [jane]


@pytest.mark.parametrize("question", [Customer.objects.by_email, Customer.objects.by_login])
def test_looking_somebody_up_reads_no_more_than_indexes(question):
    customer(email="jane@example.com")
    if on_postgresql():
        execute("SET LOCAL enable_seqscan = off", [])  # which it prefers while there is one customer
    plan = question("jane@example.com").order_by().explain()
    assert "customer_email_once" in plan
    assert "Seq Scan" not in plan
    assert "SCAN" not in plan


def test_a_customer_logs_in_with_the_account_of_the_same_id():
    jane = customer(email="jane@example.com")
    customer(email="john@example.com")
    user = User.objects.create(pk=jane.pk, username="jane")
    assert find_user("JANE@example.com") == user
    assert find_user("john@example.com") is None


@pytest.mark.parametrize("status", ["new", "active", "blocked", "erased"])
def test_who_is_blocked_or_erased_does_not_log_in(status):
    jane = customer(email="jane@example.com", card_number="4783", phone="+48111", status=status)
    User.objects.create(pk=jane.pk, username="jane")
    let_in = [find_user(text) is not None for text in ("jane@example.com", "4783", "+48111")]
    assert let_in == [status in {"new", "active"}] * 3


@pytest.mark.parametrize("field", ["card_number", "phone"])
def test_an_e_mail_goes_before_a_card_or_phone_that_is_written_alike(field):
    thief, jane = customer(**{field: "jane@example.com"}), customer(email="Jane@example.com")
    for number, who in enumerate([thief, jane]):
        User.objects.create(pk=who.pk, username=str(number))
    assert find_user("jane@example.com").pk == jane.pk
    Customer.objects.filter(pk=jane.pk).update(status="blocked")
    assert find_user("jane@example.com") is None


def test_a_card_of_one_that_is_the_phone_of_another_names_neither():
    for number, fields in enumerate([{"card_number": "600100"}, {"phone": "600100"}]):
        User.objects.create(pk=customer(**fields).pk, username=str(number))
    assert find_user("600100") is None
    assert find_user("") is None


def test_a_card_that_is_ones_own_phone_names_one():
    jane = customer(card_number="600100", phone="600100")
    assert find_user("600100") is None  # without an account
    user = User.objects.create(pk=jane.pk, username="jane")
    assert find_user("600100") == user


def test_a_store_sees_its_own_customers_and_those_of_none():
    store, other = (Store.objects.create(name=name, identifier=name) for name in ("A", "B"))
    own, free, foreign = customer(store=store), customer(), customer(store=other)
    assert set(Customer.objects.in_store_scope(store.pk)) == {own, free}
    assert set(Customer.objects.in_store_scope(None)) == {own, free, foreign}


def test_levels_and_segments_count_their_customers():
    bronze, gold = level("bronze"), level("gold")
    vip, empty = (Segment.objects.create(name=name) for name in ("VIP", "empty"))
    members = [customer(), customer()]
    put_into_segment(vip, [who.pk for who in members], **SHOP)
    counts = Level.objects.with_customer_counts().values_list("pk", "customers_count")
    assert dict(counts) == {bronze.pk: 2, gold.pk: 0}
    counts = Segment.objects.with_customer_counts().values_list("pk", "customers_count")
    assert dict(counts) == {vip.pk: 2, empty.pk: 0}


def test_new_customers_start_on_the_lowest_active_level():
    assert Level.objects.for_new_customers() is None
    Level.objects.create(name="closed", from_amount=0, active=False)
    low, _ = (Level.objects.create(name=str(amount), from_amount=Decimal(amount)) for amount in (5, 50))
    assert Level.objects.for_new_customers() == low


def test_customers_come_the_newest_first():
    old, new = customer(created_at=AT), customer(created_at=later(1))
    assert list(Customer.objects.all()) == [new, old]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"first_name": "Jane", "last_name": "Doe", "email": "j@x.org"}, "Jane Doe"),
        ({"email": "j@x.org", "phone": "+48"}, "j@x.org"),
        ({"phone": "+48"}, "+48"),
        ({"number": 123}, "123"),
    ],
)
def test_a_customer_is_shown_by_the_best_that_is_known(fields, expected):
    who = customer(**fields)
    assert str(who) == expected
    assert who.audit_label == str(who.number)
