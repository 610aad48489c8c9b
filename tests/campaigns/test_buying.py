"""A purchase: what is written, in one transaction. Rule: Open Loyalty, "Buy reward campaign for a customer"."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns import services
from campaigns.models import Purchase
from loyalty_site.access.models import AuditEntry
from loyalty_site.database import on_postgresql
from points.models import Transfer
from tests.books import books
from tests.builders import AT, SHOP, STAFF, TODAY, balance, buckets, buy, campaign, customer, draft, earn, later, level
from tests.campaigns.pools import left

pytestmark = pytest.mark.django_db


def test_the_customer_gets_the_first_code_and_pays_for_it():
    reward, who = campaign(["Z1", "A2"], cost_in_points=10), customer(points=25)

    purchase = services.buy(reward.pk, who.pk, actor=STAFF, at=later(hours=1))

    assert purchase.coupon.code == "Z1"
    assert (balance(who), buckets(who), left(reward)) == (15, {10: 15}, 1)


def test_the_purchase_is_recorded():
    reward, who = campaign(["A", "B"], cost_in_points=10), customer(points=25)
    buy(reward, customer(points=10))

    purchase = services.buy(reward.pk, who.pk, actor=STAFF, at=later(hours=1))

    assert Purchase.objects.filter(pk=purchase.pk).values().get() == {
        "id": purchase.pk,
        "campaign_id": reward.pk,
        "customer_id": who.pk,
        "coupon_id": reward.coupons.get(code="B").pk,
        "position": 1,
        "n": 1,
        "cost_in_points": 10,
        "transfer_id": Transfer.objects.get(account=who.pk, kind="spend").pk,
        "purchased_at": later(hours=1),
        "actor": STAFF.key,
        "used": False,
        "used_at": None,
        "refunded_at": None,
    }


def test_what_is_returned_is_what_is_stored():
    reward, who = campaign(), customer(points=25)
    first, second = (services.buy(reward.pk, who.pk, **SHOP) for _ in range(2))

    assert (first.n, second.n) == (1, 2)
    assert first.coupon == Purchase.objects.get(pk=first.pk).coupon
    assert first.transfer.balance_after == 15


def test_the_ledger_tells_of_it():
    reward, who = campaign(["A-1"], name="Free coffee"), customer(points=25)

    services.buy(reward.pk, who.pk, actor=STAFF, at=later(hours=1))

    assert Transfer.objects.filter(account=who.pk, kind="spend").values(
        "points", "sequence", "balance_after", "buckets", "channel", "comment", "actor", "actor_label", "created_at"
    ).get() == {
        "points": -10,
        "sequence": 2,
        "balance_after": 15,
        "buckets": [{"expires_on": str(TODAY + timedelta(days=10)), "points": -10}],
        "channel": "reward",
        "comment": "Free coffee, coupon: A-1",
        "actor": STAFF.key,
        "actor_label": "Maria Staff",
        "created_at": later(hours=1),
    }


def test_the_audit_trail_tells_of_it_without_the_code():
    reward, who = campaign(["SECRET"]), customer(points=25)

    purchase = services.buy(reward.pk, who.pk, actor=STAFF, at=later(hours=1))

    entry = AuditEntry.objects.get(action="reward bought")
    assert (entry.at, entry.actor, entry.object_type, entry.object_id, entry.object_label) == (
        later(hours=1),
        STAFF.key,
        "purchase",
        str(purchase.pk),
        str(purchase.pk),
    )
    assert entry.after == {"campaign": str(reward.pk), "customer": str(who.pk), "cost": 10}
    assert "SECRET" not in str(list(AuditEntry.objects.values()))


def test_it_is_paid_with_the_points_that_expire_soonest():
    reward, who = campaign(cost_in_points=30), customer()
    earn(who, 20, valid=9)
    earn(who, 20, valid=3)

    buy(reward, who)

    assert buckets(who) == {9: 10}


def test_due_points_expire_before_it_is_paid():
    reward, who = campaign(cost_in_points=10), customer(points=10)
    earn(who, 50, valid=1)

    buy(reward, who, at=later(2))

    movements = Transfer.objects.filter(account=who.pk).order_by("sequence")
    assert list(movements.values_list("kind", "points", "balance_after")) == [
        ("earn", 10, 10),
        ("earn", 50, 60),
        ("expire", -50, 10),
        ("spend", -10, 0),
    ]


@pytest.mark.parametrize("cost", [0, -5])
def test_a_free_reward_moves_no_points(cost):
    reward, who = campaign(["A"], cost_in_points=cost), customer(points=3)

    purchase = services.buy(reward.pk, who.pk, **SHOP)

    assert (purchase.coupon.code, purchase.cost_in_points, purchase.transfer) == ("A", 0, None)
    assert balance(who) == 3
    assert Transfer.objects.count() == 1
    assert left(reward) == 0


def test_a_free_reward_needs_no_account():
    who = customer()
    assert buy(campaign(["A"], cost_in_points=0), who) == "A"
    assert balance(who) == 0


def test_targeting_is_not_looked_at():
    """Rule: the peer's own tests buy a campaign of another level."""
    reward = services.create(draft(levels=[level("gold").pk]), **SHOP)
    assert buy(reward, customer(points=10)) == "A"


@pytest.mark.parametrize("days", [0, 5])
def test_the_ends_of_the_windows_are_within_them(days):
    window = {"all_time_active": False, "active_from": AT, "active_to": later(5)}
    shown = {"all_time_visible": False, "visible_from": AT, "visible_to": later(5)}
    assert buy(campaign(**window, **shown), customer(points=10), at=later(days)) == "A"


def test_every_purchase_of_a_customer_is_counted_on():
    reward = campaign(list("ABCDE"), limit_per_customer=9, cost_in_points=0)
    who, other = customer(), customer()
    for buyer in (who, other, who, who):
        buy(reward, buyer)

    assert list(Purchase.objects.filter(customer=who).order_by("n").values_list("n", "position")) == [
        (1, 0),
        (2, 2),
        (3, 3),
    ]


def test_only_the_buyers_and_the_campaigns_own_rows_change():
    reward, other_reward = campaign(), campaign()
    who, other = customer(points=10), customer(points=10)
    before = books()

    buy(reward, who)

    after = books()
    for table in ("Account", "Bucket", "Slice", "Coupon"):
        foreign = [row for row in before[table] if {who.pk, reward.pk}.isdisjoint(row.values())]
        assert foreign
        assert [row for row in after[table] if row in foreign] == foreign
    assert balance(other) == 10
    assert left(other_reward) == 3
    assert before["Coupon"] == after["Coupon"]
    assert before["Campaign"] == after["Campaign"]


@pytest.mark.parametrize(
    ("settings", "on_sqlite"),
    [
        ({"cost_in_points": 10}, 9),
        ({"cost_in_points": 10, "unlimited": True, "single_coupon": True}, 9),
        ({"cost_in_points": 0}, 8),
    ],
)
def test_a_purchase_takes_five_statements_on_postgresql(settings, on_sqlite):
    reward, who = campaign(**settings), customer(points=30)
    buy(reward, who)

    with CaptureQueriesContext(connection) as statements:
        buy(reward, who)

    assert len(statements) == (5 if on_postgresql() else on_sqlite), [query["sql"] for query in statements]
