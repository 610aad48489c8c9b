"""Giving a reward back: the points return, the customer may buy once more, the code is burnt."""

from uuid import UUID

import pytest

from campaigns import services
from campaigns.errors import AlreadyRefunded, CustomerLimitExceeded, LimitExceeded, NoCouponsLeft, PurchaseNotFound
from campaigns.models import Campaign, Purchase
from customers.models import Customer
from loyalty_site.access.models import AuditEntry
from points import services as points_services
from points.models import Account, Transfer
from tests.books import refused
from tests.builders import (
    SHOP,
    STAFF,
    balance,
    buckets,
    buy,
    campaign,
    customer,
    earn,
    later,
    note,
)
from tests.campaigns.pools import asked, drained, left

pytestmark = pytest.mark.django_db


def bought(reward: Campaign, who: Customer) -> Purchase:
    return services.buy(reward.pk, who.pk, **SHOP)


def refund(purchase: Purchase, *, days: int = 0, reason: str = "") -> Purchase:
    return services.refund(purchase.pk, actor=STAFF, at=later(days, hours=1), reason=reason)


def test_the_points_go_back_to_their_buckets():
    who = customer(points=6, valid=3)
    earn(who, 20, valid=9)
    purchase = bought(campaign(cost_in_points=10), who)
    assert buckets(who) == {9: 16}

    refund(purchase)

    assert (balance(who), buckets(who)) == (26, {3: 6, 9: 20})
    account = Account.objects.get(pk=who.pk)
    assert (account.earned, account.spent, account.expired) == (26, 0, 0)


def test_points_whose_day_has_passed_are_valid_as_new_ones_are(settings):
    settings.POINTS_VALID_DAYS = 30
    who = customer(points=6, valid=3)
    earn(who, 20, valid=9)
    purchase = bought(campaign(cost_in_points=10), who)

    refund(purchase, days=5)

    assert buckets(who) == {9: 20, 35: 6}


def test_the_purchase_stays_and_says_when_it_was_refunded():
    purchase = bought(campaign(), customer(points=10))

    returned = refund(purchase)

    stored = Purchase.objects.get(pk=purchase.pk)
    assert returned.refunded_at == stored.refunded_at == later(hours=1)
    assert (stored.coupon, stored.position, stored.n, stored.used) == (purchase.coupon, 0, 1, False)


def test_the_ledger_points_at_what_was_given_back():
    purchase = bought(campaign(name="Free coffee"), customer(points=10))

    refund(purchase)

    movement = Transfer.objects.get(kind="reverse")
    assert (movement.corrects_id, movement.points, movement.channel) == (purchase.transfer_id, 10, "reward")
    assert movement.comment == "Free coffee, refunded"


def test_the_reason_is_kept():
    refund(bought(campaign(), customer(points=10)), reason="the shop was closed")

    assert Transfer.objects.get(kind="reverse").comment == "the shop was closed"
    assert AuditEntry.objects.get(action="reward refunded").reason == "the shop was closed"


def test_the_audit_trail_tells_of_it():
    purchase = bought(campaign(), customer(points=10))

    refund(purchase)

    entry = AuditEntry.objects.get(action="reward refunded")
    assert (entry.actor, entry.at, entry.object_id) == (STAFF.key, later(hours=1), str(purchase.pk))
    assert entry.after == {"campaign": str(purchase.campaign_id), "customer": str(purchase.customer_id), "cost": 10}


def test_the_code_is_never_sold_again():
    reward = campaign(["A", "B", "C"], cost_in_points=0)
    refund(bought(reward, customer()))

    services.change_settings(reward.pk, {"limit": 9, "limit_per_customer": 9}, **SHOP)

    assert drained(reward, customer()) == ["B", "C"]


def test_the_customers_limit_is_restored():
    reward, who = campaign(limit_per_customer=1), customer(points=20)
    purchase = bought(reward, who)
    with refused(CustomerLimitExceeded, current=1, needed=1):
        buy(reward, who)

    refund(purchase)

    assert buy(reward, who) == "B"
    assert list(Purchase.objects.order_by("n").values_list("n", "refunded_at")) == [(1, later(hours=1)), (2, None)]
    with refused(CustomerLimitExceeded, current=1, needed=1):
        buy(reward, who)


def test_the_campaigns_limit_stays_used():
    reward, who = campaign(limit=1), customer(points=20)

    refund(bought(reward, who))

    assert (asked(reward).sold, left(reward)) == (1, 0)
    with refused(LimitExceeded, current=1, needed=1):
        buy(reward, who)


def test_of_a_pool_without_limit_the_unit_stays_gone():
    reward, who = campaign(["A"], unlimited=True), customer(points=20)

    refund(bought(reward, who))

    with refused(NoCouponsLeft):
        buy(reward, who)


def test_a_free_reward_gives_no_points_back():
    who = customer(points=5)
    purchase = bought(campaign(cost_in_points=0), who)

    refund(purchase)

    assert balance(who) == 5
    assert Transfer.objects.count() == 1
    assert Purchase.objects.get().refunded_at == later(hours=1)


def test_a_blocked_customer_gets_the_points_back():
    who = customer(points=10)
    purchase = bought(campaign(), who)
    Customer.objects.update(status="blocked")

    refund(purchase)

    assert balance(who) == 10


def test_a_second_refund_is_refused():
    purchase = bought(campaign(), customer(points=10))
    refund(purchase)

    with refused(AlreadyRefunded, id=purchase.pk):
        refund(purchase)


def test_an_unknown_purchase_is_refused():
    with refused(PurchaseNotFound, id=UUID(int=1)):
        services.refund(UUID(int=1), **SHOP)


def test_points_that_were_given_back_by_hand_are_not_given_back_twice():
    who = customer(points=10)
    purchase = bought(campaign(limit_per_customer=1), who)
    points_services.reverse(purchase.transfer_id, at=later(), note=note())

    refund(purchase)

    assert balance(who) == 10
    assert Transfer.objects.filter(kind="reverse").count() == 1
    assert Purchase.objects.get().refunded_at == later(hours=1)
