"""Noting that coupons were used: many together, all or none."""

import pytest

from campaigns import services
from campaigns.errors import CouponNotHeld
from campaigns.models import Purchase
from campaigns.using import Holding, mark_all_used, mark_used
from loyalty_site.access.models import AuditEntry
from tests.books import books, refused
from tests.builders import SHOP, STAFF, buy, campaign, customer, later
from tests.statements import statements

pytestmark = pytest.mark.django_db

FREE = {"unlimited": True, "limit": None, "limit_per_customer": None, "cost_in_points": 0}
AN_HOUR_LATER = {"actor": STAFF, "at": later(hours=1)}


def held(reward, who, code=None):
    return Holding(reward.pk, who.pk, code or buy(reward, who))


def used():
    return set(Purchase.objects.filter(used=True).values_list("coupon__code", "used_at"))


def test_coupons_of_many_campaigns_and_customers_are_marked_together():
    first, second, jane, john = campaign(["A", "B"], **FREE), campaign(["A", "C"], **FREE), customer(), customer()
    holdings = [held(first, jane), held(first, john), held(second, john)]
    buy(second, jane)

    changed = mark_all_used(holdings, **AN_HOUR_LATER)

    assert {(one.campaign_id, one.customer_id, one.coupon.code) for one in changed} == set(holdings)
    left_alone = Purchase.objects.get(used=False)
    assert (left_alone.campaign_id, left_alone.customer_id, left_alone.coupon.code) == (second.pk, jane.pk, "C")
    assert set(Purchase.objects.filter(used=True).values_list("used_at", flat=True)) == {later(hours=1)}


def test_each_is_written_down():
    reward, who = campaign(**FREE), customer()
    bought = [services.buy(reward.pk, who.pk, **SHOP) for _ in range(2)]

    mark_all_used([Holding(reward.pk, who.pk, one.coupon.code) for one in bought], **AN_HOUR_LATER)

    entries = AuditEntry.objects.filter(action="coupon used")
    assert {entry.object_id for entry in entries} == {str(one.pk) for one in bought}
    assert {(entry.actor, entry.at) for entry in entries} == {(STAFF.key, later(hours=1))}
    assert [(entry.before, entry.after) for entry in entries] == [({"used": False}, {"used": True})] * 2


def test_the_same_coupon_twice_is_marked_once():
    reward, who = campaign(**FREE), customer()
    holding = held(reward, who)
    assert len(mark_all_used([holding, holding], **AN_HOUR_LATER)) == 1
    assert AuditEntry.objects.filter(action="coupon used").count() == 1


def test_a_coupon_used_before_stays_as_it_was():
    reward, who = campaign(**FREE), customer()
    old, new = held(reward, who), held(reward, who)
    mark_used(*old, True, **SHOP)

    assert [one.coupon.code for one in mark_all_used([old, new], **AN_HOUR_LATER)] == ["B"]

    assert used() == {("A", SHOP["at"]), ("B", later(hours=1))}
    assert AuditEntry.objects.filter(action="coupon used").count() == 2


def test_a_shared_code_counts_for_all_purchases_of_it():
    reward, jane, john = campaign(["A"], single_coupon=True, **FREE), customer(), customer()
    for who in (jane, jane, john):
        buy(reward, who)

    assert len(mark_all_used([held(reward, jane, "A")], **AN_HOUR_LATER)) == 2

    assert Purchase.objects.get(used=False).customer_id == john.pk


@pytest.mark.parametrize("wrong", ["code", "customer", "campaign"])
def test_one_that_is_unknown_leaves_all_unmarked(wrong):
    reward, who = campaign(**FREE), customer()
    good, other = held(reward, who), held(reward, who)
    strange = {
        "code": other._replace(code="C"),
        "customer": other._replace(customer_id=customer().pk),
        "campaign": other._replace(campaign_id=campaign(**FREE).pk),
    }[wrong]
    with refused(CouponNotHeld, missing=1):
        mark_all_used([good, strange], **AN_HOUR_LATER)


def test_one_that_was_refunded_leaves_all_unmarked():
    reward, who = campaign(**FREE), customer()
    good, refunded = held(reward, who), services.buy(reward.pk, who.pk, **SHOP)
    services.refund(refunded.pk, **SHOP)
    with refused(CouponNotHeld, missing=1):
        mark_all_used([good, Holding(reward.pk, who.pk, refunded.coupon.code)], **AN_HOUR_LATER)


def test_of_a_shared_code_what_was_refunded_is_passed_over():
    reward, who = campaign(["A"], single_coupon=True, **FREE), customer()
    refunded, kept = (services.buy(reward.pk, who.pk, **SHOP) for _ in range(2))
    services.refund(refunded.pk, **SHOP)
    assert [one.pk for one in mark_all_used([held(reward, who, "A")], **AN_HOUR_LATER)] == [kept.pk]
    assert Purchase.objects.get(pk=refunded.pk).used is False


def test_none_at_all_changes_nothing():
    before = books()
    assert mark_all_used([], **AN_HOUR_LATER) == []
    assert books() == before


@pytest.mark.parametrize("many", [1, 50])
def test_many_take_as_many_statements_as_one(many):
    """The holdings, the purchases, their change, the audit trail, and whether anybody wants to know."""
    reward, who = campaign([f"C{n}" for n in range(50)], **FREE), customer()
    holdings = [held(reward, who) for _ in range(many)]
    with statements() as seen:
        assert len(mark_all_used(holdings, **AN_HOUR_LATER)) == many
    assert len(seen) == 5


@pytest.mark.parametrize("often", [1, 20])
def test_so_does_a_code_held_many_times(often):
    reward, who = campaign(["A"], single_coupon=True, **FREE), customer()
    for _ in range(often):
        buy(reward, who)
    with statements() as seen:
        assert len(mark_used(reward.pk, who.pk, "A", True, **AN_HOUR_LATER)) == often
    assert len(seen) == 4
