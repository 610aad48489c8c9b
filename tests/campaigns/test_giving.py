"""A reward without points: nothing is asked or taken of the account, and all else holds as for any purchase."""

import pytest

from campaigns import services
from campaigns.errors import (
    CampaignNotFound,
    CampaignNotOnOffer,
    CustomerLimitExceeded,
    LimitExceeded,
    NoCouponsLeft,
)
from campaigns.models import Purchase
from campaigns.verify import findings as campaign_findings
from customers.errors import CustomerMayNotSpend
from customers.models import Customer
from loyalty_site.access.models import AuditEntry
from points.models import Account, Transfer
from points.verify import findings as points_findings
from tests.books import refused
from tests.builders import AT, SHOP, STAFF, balance, buckets, campaign, customer
from tests.campaigns.pools import left

pytestmark = pytest.mark.django_db


def give(reward, who):
    return services.buy(reward.pk, who.pk, free=True, **SHOP)


@pytest.mark.parametrize("points", [0, 9, 500])
def test_nothing_is_taken_however_much_there_is(points):
    reward, who = campaign(cost_in_points=10), customer(points=points)
    movements = Transfer.objects.count()

    purchase = give(reward, who)

    assert (purchase.coupon.code, purchase.cost_in_points, purchase.transfer, purchase.n) == ("A", 0, None, 1)
    assert (buckets(who), left(reward)) == ({10: points} if points else {}, 2)
    account = Account.objects.get(pk=who.pk)
    assert (account.balance, account.earned, account.spent) == (points, points, 0)
    assert Transfer.objects.count() == movements
    assert [*campaign_findings(), *points_findings()] == []


def test_the_audit_trail_says_what_was_waived_and_by_whom():
    reward, who = campaign(cost_in_points=10), customer(points=50)
    purchase = give(reward, who)
    entry = AuditEntry.objects.get(action="reward bought")
    assert (entry.actor, entry.at, entry.object_id) == (STAFF.key, AT, str(purchase.pk))
    assert entry.after == {"campaign": str(reward.pk), "customer": str(who.pk), "cost": 0, "waived": 10}


@pytest.mark.parametrize("cost", [0, -5])
def test_of_what_costs_nothing_nothing_is_waived(cost):
    reward, who = campaign(cost_in_points=cost), customer()
    give(reward, who)
    assert AuditEntry.objects.get(action="reward bought").after == {
        "campaign": str(reward.pk),
        "customer": str(who.pk),
        "cost": 0,
    }


def test_the_customers_limit_counts_it():
    reward, who = campaign(limit_per_customer=1), customer(points=50)
    give(reward, who)
    with refused(CustomerLimitExceeded, current=1, needed=1):
        give(reward, who)
    with refused(CustomerLimitExceeded, current=1, needed=1):
        services.buy(reward.pk, who.pk, **SHOP)


def test_the_limit_counts_it():
    reward = campaign(limit=1)
    give(reward, customer())
    with refused(LimitExceeded, current=1, needed=1):
        give(reward, customer())


@pytest.mark.parametrize("unlimited", [True, False])
def test_without_codes_there_is_nothing_to_give(unlimited):
    limits = {"limit": None, "limit_per_customer": None} if unlimited else {}
    reward = campaign(["A"], unlimited=unlimited, **limits)
    give(reward, customer())
    with refused(NoCouponsLeft):
        give(reward, customer())


def test_what_is_closed_is_not_given():
    reward, who = campaign(active=False), customer()
    with refused(CampaignNotOnOffer, rule="Active"):
        give(reward, who)


def test_an_unknown_campaign():
    who = customer()
    with refused(CampaignNotFound, id=who.pk):
        services.buy(who.pk, who.pk, free=True, **SHOP)


def test_nor_to_whoever_may_not_spend():
    reward, who = campaign(), customer(points=50, status=Customer.Status.BLOCKED)
    with refused(CustomerMayNotSpend, status="blocked"):
        give(reward, who)


def test_given_back_it_returns_no_points_and_the_customers_limit():
    reward, who = campaign(limit_per_customer=1), customer(points=50)
    services.refund(give(reward, who).pk, **SHOP)
    assert (balance(who), Transfer.objects.filter(account=who.pk).count()) == (50, 1)
    assert give(reward, who).coupon.code == "B"
    assert Purchase.objects.filter(refunded_at=None).count() == 1
