"""Withdrawing free codes, and putting withdrawn ones back on sale."""

import random
from uuid import uuid4

import pytest
from django.db import transaction

from campaigns import shelving
from campaigns.batches import services as batches
from campaigns.errors import CampaignNotFound
from campaigns.models import Campaign, Coupon, CouponBatch
from campaigns.stock import counting
from campaigns.verify import findings
from loyalty_site.access.models import AuditEntry
from tests.builders import SHOP, buy, campaign, customer
from tests.campaigns.pools import asked, drained, left, shown, slices
from tests.jobs import work_off

pytestmark = pytest.mark.django_db


def keys(reward: Campaign, *codes: str) -> list[int]:
    return list(reward.coupons.filter(code__in=codes).values_list("pk", flat=True))


def withdraw(reward: Campaign, *codes: str) -> int:
    return len(shelving.withdraw(reward.pk, keys(reward, *codes), **SHOP))


def release(reward: Campaign, *codes: str) -> int:
    return len(shelving.release(reward.pk, keys(reward, *codes), **SHOP))


def test_a_released_code_is_sold_again_after_the_others():
    reward = campaign(["A", "B", "C"], unlimited=True)
    withdraw(reward, "A", "B")

    assert release(reward, "A") == 1
    assert (shown(reward), left(reward), slices(reward)) == (["C", "A"], 2, [(2, 4, 0)])
    assert drained(reward, customer(100)) == ["C", "A"]
    assert list(findings()) == []


def test_of_a_pool_that_was_withdrawn_whole_every_code_comes_back():
    reward = campaign(["A", "B", "C"], unlimited=True)
    assert (withdraw(reward, "A", "B", "C"), left(reward)) == (3, 0)

    assert release(reward, "C", "B", "A") == 3
    assert drained(reward, customer(100)) == ["A", "B", "C"]


def test_only_what_was_withdrawn_and_never_sold_is_released():
    reward, other = campaign(["SOLD", "GONE", "FREE"], limit_per_customer=9), campaign(["X"], name="Other")
    buy(reward, customer(100))
    withdraw(reward, "GONE")
    withdraw(other, "X")

    assert len(shelving.release(reward.pk, [*keys(reward, "SOLD", "GONE", "FREE"), *keys(other, "X")], **SHOP)) == 1
    assert (shown(reward), shown(other)) == (["SOLD", "FREE", "GONE"], [])
    assert (left(reward), left(other)) == (2, 0)
    assert drained(reward, customer(100)) == ["FREE", "GONE"]


def test_a_code_whose_purchase_was_refunded_is_never_sold_again():
    reward = campaign(["A", "B"])
    buy(reward, customer(100))
    reward.purchases.update(refunded_at=SHOP["at"])

    assert (withdraw(reward, "A"), release(reward, "A")) == (0, 0)
    assert drained(reward, customer(100)) == ["B"]


def test_a_code_is_released_once():
    reward = campaign(["A", "B"])
    withdraw(reward, "A")

    assert [release(reward, "A"), release(reward, "A")] == [1, 0]
    assert left(reward) == 2


def test_what_the_limit_keeps_back_waits():
    reward = campaign(["A", "B", "C"], limit=2, limit_per_customer=9)
    withdraw(reward, "A")
    assert (left(reward), asked(reward).codes_withheld) == (2, 0)

    release(reward, "A")
    assert (left(reward), asked(reward).codes_withheld) == (2, 1)
    withdraw(reward, "B")
    assert (left(reward), asked(reward).codes_withheld) == (2, 0)
    assert list(findings()) == []
    assert drained(reward, customer(100)) == ["C", "A"]


def test_the_code_for_everybody_comes_back():
    reward = campaign(["SHARED"], single_coupon=True)
    assert (withdraw(reward, "SHARED"), left(reward)) == (1, 0)

    assert release(reward, "SHARED") == 1
    assert (left(reward), buy(reward, customer(100))) == (10, "SHARED")
    assert list(findings()) == []


def test_the_trail_tells_how_many_and_why_and_no_code():
    reward = campaign(["A", "B"])
    shelving.withdraw(reward.pk, keys(reward, "A"), reason="Leaked", **SHOP)
    shelving.release(reward.pk, keys(reward, "A", "B"), reason="Mistake", **SHOP)

    told = AuditEntry.objects.filter(action__in=["coupons withdrawn", "coupons released"]).order_by("id")
    assert [(entry.after, entry.reason) for entry in told] == [
        ({"withdrawn": 1}, "Leaked"),
        ({"released": 1}, "Mistake"),
    ]
    assert {entry.object_id for entry in told} == {str(reward.pk)}


def test_what_changes_nothing_is_not_told():
    reward = campaign(["A"])

    assert (release(reward, "A"), withdraw(reward)) == (0, 0)
    assert not AuditEntry.objects.filter(action__in=["coupons withdrawn", "coupons released"]).exists()


def test_of_a_campaign_that_never_was_nothing_is_released():
    with pytest.raises(CampaignNotFound), transaction.atomic():
        shelving.release(uuid4(), [1], **SHOP)


def test_a_released_code_stays_in_its_batch_and_goes_with_it():
    reward = campaign(["A"])
    batches.generate(reward.pk, "N-########", 3, label="New", certain=True, **SHOP)
    work_off()
    batch = CouponBatch.objects.get()
    one = batch.coupons.order_by("position").first()
    shelving.withdraw(reward.pk, [one.pk], **SHOP)
    shelving.release(reward.pk, [one.pk], **SHOP)
    assert (batch.coupons.count(), left(reward)) == (3, 4)
    batches.undo(batch.pk, **SHOP)
    work_off()

    assert (shown(reward), left(reward)) == (["A"], 1)
    assert list(findings()) == []


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_bought_withdrawn_and_released_the_stock_tells_the_truth(seed, monkeypatch):
    monkeypatch.setattr(counting, "SMALL_POOL", 8)
    monkeypatch.setattr(counting, "MOST_SLICES", 4)
    dice, buyer = random.Random(seed), customer(10_000)
    codes = [f"C{n:02}" for n in range(24)]
    limit = dice.choice([None, 9, 30])
    limits = {"limit": limit, "limit_per_customer": 99} if limit else {"unlimited": True}
    reward = campaign(codes, **({"limit_per_customer": None, "limit": None} if not limit else {}), **limits)
    bought = []
    for _ in range(12):
        some = keys(reward, *dice.sample(codes, 5))
        act = dice.choice([shelving.withdraw, shelving.release, None])
        if act:
            act(reward.pk, some, **SHOP)
        elif left(reward):
            bought.append(buy(reward, buyer))
        assert list(findings()) == []
    free = set(Coupon.objects.free().filter(campaign=reward).values_list("code", flat=True))
    rest = drained(reward, buyer)

    assert len(set(bought + rest)) == len(bought) + len(rest) == (min(len(free) + len(bought), limit or 99))
    assert set(rest) <= free
