"""Why a purchase is refused: the first reason in the documented order, whatever else stands in the way.

Rule: Open Loyalty, "Reward Campaigns API", "Buy reward campaign for a specific customer".
"""

from itertools import combinations
from uuid import UUID

import pytest
from django.db import connection, transaction

from campaigns import services, stock
from campaigns.errors import (
    CampaignNotFound,
    CampaignNotOnOffer,
    CustomerLimitExceeded,
    LimitExceeded,
    NoCouponsLeft,
)
from campaigns.models import Campaign, Purchase
from customers.errors import CustomerMayNotSpend, CustomerNotFound
from customers.models import Customer
from loyalty_site.errors import DomainError
from points.errors import NotEnoughPoints
from points.models import Transfer
from tests.books import books, refused
from tests.builders import AT, STAFF, balance, buy, campaign, customer, earn, later

NOBODY, NOTHING = UUID(int=1), UUID(int=2)

# What stands in the way, in the documented order, and the refusal that tells of it.
OBSTACLES: dict[str, tuple[type[DomainError], dict[str, object]]] = {
    "customer unknown": (CustomerNotFound, {"id": NOBODY}),
    "campaign unknown": (CampaignNotFound, {"id": NOTHING}),
    "not active": (CampaignNotOnOffer, {"rule": "Active"}),
    "not visible": (CampaignNotOnOffer, {"rule": "Visible"}),
    "unlimited and sold out": (NoCouponsLeft, {}),
    "limit reached": (LimitExceeded, {"current": 2, "needed": 2}),
    "customer's limit reached": (CustomerLimitExceeded, {"current": 1, "needed": 1}),
    "blocked": (CustomerMayNotSpend, {"status": "blocked"}),
    "too few points": (NotEnoughPoints, {"balance": 9, "needed": 10}),
    "limited and no codes": (NoCouponsLeft, {}),
}
NEVER_TOGETHER = {
    ("unlimited and sold out", "limit reached"),
    ("unlimited and sold out", "customer's limit reached"),
    ("unlimited and sold out", "limited and no codes"),
}
PAIRS = [pair for pair in combinations(OBSTACLES, 2) if pair not in NEVER_TOGETHER]


def obstructed(obstacles: set[str]) -> tuple[UUID, UUID]:
    """A campaign and a customer between whom stands just this."""
    reward = campaign(list("ABCDE"), limit=2 if "limit reached" in obstacles else 4, limit_per_customer=1)
    who = customer(points=9 if "too few points" in obstacles else 10)
    if "customer's limit reached" in obstacles:
        earn(who, 10)
        buy(reward, who)
    if "limit reached" in obstacles:
        for _ in range(2 - Purchase.objects.count()):
            buy(reward, customer(points=10))
    if obstacles & {"unlimited and sold out", "limited and no codes"}:
        with transaction.atomic():
            stock.void(reward, reward.coupons.all(), at=AT)
    Campaign.objects.filter(pk=reward.pk).update(
        active="not active" not in obstacles,
        unlimited="unlimited and sold out" in obstacles,
        all_time_visible="not visible" not in obstacles,
        visible_from=later(1),
        visible_to=later(2),
    )
    Customer.objects.filter(pk=who.pk).update(status="blocked" if "blocked" in obstacles else "active")
    return (
        NOTHING if "campaign unknown" in obstacles else reward.pk,
        NOBODY if "customer unknown" in obstacles else who.pk,
    )


def attempt(campaign_id: UUID, customer_id: UUID) -> None:
    services.buy(campaign_id, customer_id, actor=STAFF, at=AT)


@pytest.mark.django_db
def test_without_obstacles_it_is_sold():
    attempt(*obstructed(set()))
    assert Purchase.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("obstacle", OBSTACLES)
def test_each_obstacle_alone_is_told(obstacle):
    campaign_id, customer_id = obstructed({obstacle})
    kind, facts = OBSTACLES[obstacle]

    with refused(kind, **facts):
        attempt(campaign_id, customer_id)


@pytest.mark.django_db
@pytest.mark.parametrize(("earlier", "later"), PAIRS)
def test_the_earlier_of_two_is_told(earlier, later):
    campaign_id, customer_id = obstructed({earlier, later})
    kind, facts = OBSTACLES[earlier]

    with refused(kind, **facts):
        attempt(campaign_id, customer_id)


@pytest.mark.django_db
def test_the_first_of_all_is_told():
    campaign_id, customer_id = obstructed(set(OBSTACLES) - {"unlimited and sold out"})
    with refused(CustomerNotFound, id=NOBODY):
        attempt(campaign_id, customer_id)


@pytest.mark.django_db
def test_a_limited_campaign_without_codes_says_so_to_a_customer_who_has_just_the_points_for_it():
    reward, buyer = campaign(["A"], cost_in_points=10), customer(points=10)
    buy(reward, customer(points=10))

    with refused(NoCouponsLeft):
        buy(reward, buyer)


@pytest.mark.django_db
@pytest.mark.parametrize("obstacle", ["blocked", "customer's limit reached", "limit reached", "limited and no codes"])
def test_a_free_reward_is_refused_for_the_same_reasons(obstacle):
    campaign_id, customer_id = obstructed({obstacle})
    Campaign.objects.update(cost_in_points=0)
    kind, facts = OBSTACLES[obstacle]

    with refused(kind, **facts):
        attempt(campaign_id, customer_id)


@pytest.mark.django_db
def test_a_free_reward_is_refused_to_an_erased_customer():
    reward, who = campaign(cost_in_points=0), customer(status="erased")
    with refused(CustomerNotFound, id=who.pk):
        buy(reward, who)


@pytest.mark.django_db
def test_points_past_their_day_do_not_pay():
    reward, who = campaign(), customer(points=10, valid=1)
    with refused(NotEnoughPoints, balance=0, needed=10):
        buy(reward, who, at=later(2))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("obstacle", list(OBSTACLES)[6:])
def test_a_refusal_undoes_everything_without_a_transaction_around_it(obstacle):
    campaign_id, customer_id = obstructed({obstacle})
    before = books()

    with pytest.raises(OBSTACLES[obstacle][0]):
        attempt(campaign_id, customer_id)

    assert books() == before


@pytest.mark.django_db(transaction=True)
def test_a_refusal_that_is_caught_ends_the_transaction_around_it():
    reward, who = campaign(["A"]), customer(points=20)
    buy(reward, customer(points=10))

    with transaction.atomic():
        earn(who, 5)
        with pytest.raises(NoCouponsLeft):
            buy(reward, who)
        assert connection.needs_rollback

    assert balance(who) == 20
    assert Transfer.objects.filter(account=who.pk).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_refusal_within_a_savepoint_leaves_the_transaction_around_it_alone():
    reward, who = campaign(["A"]), customer(points=20)
    buy(reward, customer(points=10))

    with transaction.atomic():
        earn(who, 5)
        with pytest.raises(NoCouponsLeft), transaction.atomic():
            buy(reward, who)

    assert balance(who) == 25
