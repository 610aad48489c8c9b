"""Where a customer stands. Rule: Open Loyalty, "Customer API", 'Get customer status'."""

from decimal import Decimal
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from customers.demo import JANE, JOHN
from customers.models import Level, Transaction
from loyalty_site.access.actors import Role
from loyalty_site.access.models import Store
from points.models import Transfer
from tests.builders import AT, customer, earn, later, level, spend
from tests.callers import FORBIDDEN, MEMBER_ID, NOT_FOUND, with_token
from tests.statements import statements

pytestmark = pytest.mark.django_db

POINTS = ("points", "usedPoints", "expiredPoints", "totalEarnedPoints", "lockedPoints")


def status_of(caller, who):
    status, body = caller.get(f"/api/customer/{getattr(who, 'pk', who)}/status")
    assert status == 200
    return body


def points_of(caller, who):
    return tuple(status_of(caller, who)[key] for key in POINTS)


@pytest.fixture
def levels():
    """Three levels from 0, 20 and 200; the first is the builders' own."""
    first = level()
    first.reward_value = Decimal("0.14")
    first.save()
    silver = Level.objects.create(name="silver", from_amount=20, reward_value=Decimal("0.15"))
    return first, silver, Level.objects.create(name="gold", from_amount=200, reward_value=Decimal("0.2"))


@pytest.mark.parametrize("place", ["", "admin/", "seller/"])
def test_where_a_customer_stands(place, seller, levels):
    who = customer(points=100, first_name="Jane", last_name="Doe", card_number="0000")
    spend(who, 30)
    for number, (value, delivery) in enumerate([(12, 2), (Decimal("3.55"), 0)]):
        Transaction.objects.create(
            document_number=number,
            customer=who,
            purchased_at=AT,
            gross_value=value,
            delivery_value=delivery,
            created_at=AT,
        )
    wanted = {
        "firstName": "Jane",
        "lastName": "Doe",
        "customerId": str(who.pk),
        "points": 70,
        "usedPoints": 30,
        "expiredPoints": 0,
        "totalEarnedPoints": 100,
        "lockedPoints": 0,
        "level": "14.00%",
        "levelName": "bronze",
        "nextLevel": "15.00%",
        "nextLevelName": "silver",
        "transactionsAmountToNextLevel": 4.45,
        "transactionsAmountWithoutDeliveryCosts": 13.55,
        "averageTransactionsAmount": "7.78",
        "transactionsCount": 2,
        "transactionsAmount": 15.55,
        "currency": "eur",
    }
    for text in (who.pk, "0000"):
        assert seller.get(f"/api/{place}customer/{text}/status") == (200, wanted)


def test_who_has_nothing_yet(admin):
    body = status_of(admin, customer())
    assert tuple(body[key] for key in POINTS) == (0, 0, 0, 0, 0)
    assert (body["transactionsCount"], body["transactionsAmount"]) == (0, 0)
    assert body["averageTransactionsAmount"] == "0.00"


def test_points_whose_day_has_passed_are_expired_before_the_night_writes_it_down(admin, monkeypatch):
    who = customer(points=100, valid=0)
    earn(who, 50, valid=10)
    assert points_of(admin, who) == (150, 0, 0, 150, 0)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later(hours=20))
    assert points_of(admin, who) == (50, 0, 100, 150, 0)
    assert not Transfer.objects.filter(kind="expire").exists()
    spend(who, 20, at=later(hours=20))
    assert points_of(admin, who) == (30, 20, 100, 150, 0)


def test_on_the_highest_level(admin, levels):
    body = status_of(admin, customer(level=levels[2]))
    assert (body["level"], body["levelName"]) == ("20.00%", "gold")
    assert not {"nextLevel", "nextLevelName", "transactionsAmountToNextLevel"} & body.keys()


def test_a_level_that_is_off_is_not_the_next(admin, levels):
    Level.objects.filter(name="silver").update(active=False)
    body = status_of(admin, customer(level=levels[0]))
    assert (body["nextLevelName"], body["transactionsAmountToNextLevel"]) == ("gold", 200)


def test_who_has_spent_enough_for_the_next_level_has_nothing_left_to_spend(admin, levels):
    who = customer(level=levels[0])
    Transaction.objects.create(document_number="1", customer=who, purchased_at=AT, gross_value=500, created_at=AT)
    assert status_of(admin, who)["transactionsAmountToNextLevel"] == 0


@pytest.mark.parametrize(("who", "points"), [(JANE, (206, 100, 0)), (JOHN, (106, 0, 0))])
def test_the_documented_customers(who, points, admin, monkeypatch):
    monkeypatch.setattr(settings, "DEMO", True)
    call_command("load_demo", identities_only=True, stdout=StringIO())
    body = status_of(admin, who)
    assert tuple(body[key] for key in POINTS[:3]) == points
    assert (body["averageTransactionsAmount"], body["transactionsAmount"]) == ("3.00", 3)


# --- who may read it -------------------------------------------------------------------------------------------------


def test_customers_read_their_own(member):
    own, other = customer(pk=MEMBER_ID, points=5), customer()
    assert points_of(member, own)[0] == 5
    for text in (other.pk, "1", "00000000-0000-474c-b092-000000000000"):
        assert member.get(f"/api/customer/{text}/status") == FORBIDDEN


def test_of_nobody_and_of_another_stores_customer(admin):
    store = Store.objects.create(name="pos1", identifier="pos1")
    stranger = customer(store=Store.objects.create(name="pos2", identifier="pos2"))
    assert admin.get("/api/customer/x/status") == NOT_FOUND
    till = with_token(Role.SELLER, store=store)
    assert till.get(f"/api/seller/customer/{stranger.pk}/status") == NOT_FOUND


@pytest.mark.parametrize("many", [1, 10])
def test_it_takes_the_same_queries_whatever_there_is(many, admin):
    """The caller, the customer, the sales, the points and the two levels."""
    who = customer()
    for n in range(many):
        earn(who, 1, valid=n + 1)
        Transaction.objects.create(document_number=n, customer=who, purchased_at=AT, gross_value=1, created_at=AT)
    with statements() as seen:
        assert status_of(admin, who)["transactionsCount"] == many
    assert len(seen) == 6
