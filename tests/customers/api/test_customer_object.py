"""A customer as clients read one. Rule: Open Loyalty, 'Check campaign visibility for the customers'."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from customers.api.customer_object import asked_for, customer_objects
from customers.models import Customer, Transaction
from loyalty_site.access.models import Store
from tests.builders import AT, customer, later, level
from tests.statements import statements

pytestmark = pytest.mark.django_db

STATUS = {
    "availableTypes": ["new", "active", "blocked", "deleted"],
    "availableStates": ["no-card", "card-sent", "with-card"],
    "type": "active",
    "state": "no-card",
}


def the_object(who):
    (body,) = customer_objects(list(asked_for(Customer.objects.filter(pk=who.pk))))
    return body


def sale(who, value, *, kind="sell", days=-1, delivery=0):
    return Transaction.objects.create(
        document_number=str(Transaction.objects.count()),
        document_type=kind,
        customer=who,
        purchased_at=later(days),
        gross_value=Decimal(value),
        delivery_value=delivery,
        created_at=AT,
    )


def test_of_whom_little_is_known():
    who = customer(first_name="John", last_name="Doe")
    assert the_object(who) == {
        "customerId": str(who.pk),
        "active": True,
        "firstName": "John",
        "lastName": "Doe",
        "createdAt": "2026-03-02T13:00:00+0100",
        "levelId": str(level().pk),
        "agreement1": False,
        "agreement2": False,
        "agreement3": False,
        "status": STATUS,
        "updatedAt": "2026-03-02T13:00:00+0100",
        "transactionsCount": 0,
        "transactionsAmount": 0,
        "transactionsAmountWithoutDeliveryCosts": 0,
        "amountExcludedForLevel": 0,
        "averageTransactionAmount": 0,
        "currency": "eur",
        "levelPercent": "0.00%",
    }


def test_of_whom_all_is_known():
    home = level()
    home.reward_value = Decimal("0.15")
    home.save()
    who = customer(
        gender="male",
        email="user-temp@oloy.com",
        phone="111112222",
        birth_date=datetime.fromtimestamp(653_011_200, UTC),
        street="Test",
        address1="1",
        province="Mazowieckie",
        city="Warszawa",
        postal="00-000",
        country="PL",
        company_name="test",
        company_tax_number="nip",
        card_number="0000",
        level_set_by_hand=True,
        store=Store.objects.create(name="test2", identifier="pos1"),
        agreement1=True,
    )
    shown = the_object(who)
    assert {key: shown[key] for key in shown.keys() - the_object(customer()).keys()} == {
        "gender": "male",
        "email": "user-temp@oloy.com",
        "phone": "111112222",
        "birthDate": "1990-09-11T02:00:00+0200",
        "address": {
            "street": "Test",
            "address1": "1",
            "province": "Mazowieckie",
            "city": "Warszawa",
            "postal": "00-000",
            "country": "PL",
        },
        "company": {"name": "test", "nip": "nip"},
        "loyaltyCardNumber": "0000",
        "manuallyAssignedLevelId": {"levelId": str(home.pk)},
        "posId": str(who.store_id),
        "posIdentifier": "pos1",
    }
    assert (shown["agreement1"], shown["levelPercent"]) == (True, "15.00%")
    assert shown["status"] == STATUS | {"state": "with-card"}


@pytest.mark.parametrize("status", ["new", "blocked"])
def test_who_may_not_spend_is_not_active(status):
    shown = the_object(customer(status=status))
    assert (shown["active"], shown["status"]["type"]) == (False, status)


# --- sales -----------------------------------------------------------------------------------------------------------

FIGURES = (
    "transactionsCount",
    "transactionsAmount",
    "transactionsAmountWithoutDeliveryCosts",
    "averageTransactionAmount",
    "lastTransactionDate",
)


def figures(who):
    shown = the_object(who)
    return tuple(shown.get(key) for key in FIGURES)


def test_sales_in_figures():
    who = customer()
    sale(who, "10.00", days=-3, delivery=2)
    sale(who, "5.55", days=-1)
    sale(customer(), "1000.00")
    assert figures(who) == (2, Decimal("15.55"), Decimal("13.55"), Decimal("7.78"), "2026-03-01T13:00:00+0100")


@pytest.mark.parametrize("returned", ["4.00", "-4.00"])
def test_what_was_returned_is_taken_off(returned):
    who = customer()
    sale(who, "10.00", days=-3)
    sale(who, returned, kind="return", days=-1)
    assert figures(who) == (1, 6, 6, 6, "2026-02-27T13:00:00+0100")


@pytest.mark.parametrize("many", [1, 10])
def test_two_queries_for_a_page(many):
    store = Store.objects.create(name="test2", identifier="pos1")
    for _ in range(many):
        sale(customer(store=store), 5)
    with statements() as seen:
        assert len(customer_objects(list(asked_for(Customer.objects.all())))) == many
    assert len(seen) == 2
