"""Codes come and go while the campaign is sold and changed: nothing is oversold, lost or sold twice."""

from collections.abc import Callable

import pytest
from django.db import transaction

from campaigns import services, stock
from campaigns.errors import LimitExceeded, NoCouponsLeft
from campaigns.models import Campaign, CouponBatch
from campaigns.stock import counting
from campaigns.verify import findings
from loyalty_site.outages import retried
from tests.builders import AT, SHOP, buy, campaign, customer
from tests.bursts import burst
from tests.campaigns.pools import asked, drained, left

pytestmark = pytest.mark.django_db(transaction=True)
SOLD_OUT = (NoCouponsLeft, LimitExceeded)


@pytest.fixture(autouse=True)
def many_slices(monkeypatch):
    monkeypatch.setattr(counting, "SMALL_POOL", 12)


def batch_of(reward: Campaign, label: str) -> CouponBatch:
    facts = {"source": "import", "state": "filling", "created_at": AT}
    return CouponBatch.objects.create(campaign=reward, label=label, **facts)


def filling(reward: Campaign, batch: CouponBatch, codes: list[str]) -> Callable[[], None]:
    @transaction.atomic
    def fill() -> None:
        held = services.locked(reward.pk)
        stock.append(held, codes, batch.pk)
        CouponBatch.objects.filter(pk=batch.pk).update(added=batch.coupons.count(), lines=batch.coupons.count())

    return fill


def emptying(reward: Campaign, batch: CouponBatch) -> Callable[[], None]:
    @transaction.atomic
    def empty() -> None:
        held, below = services.locked(reward.pk), None
        while (taken := stock.take_out(held, batch.pk, below=below, most=7)).seen:
            below = taken.last_place
        CouponBatch.objects.filter(pk=batch.pk).update(removed=20 - batch.coupons.count())

    return empty


@pytest.mark.parametrize("limits", [{"unlimited": True}, {"limit": 70, "limit_per_customer": 99}])
def test_codes_come_and_go_while_buyers_buy(limits):
    reward = campaign([f"A{n}" for n in range(10)], cost_in_points=0, **limits)
    new, old = batch_of(reward, "new"), batch_of(reward, "old")
    filling(reward, old, [f"O{n}" for n in range(20)])()
    with transaction.atomic():
        buyers = [customer() for _ in range(12)]
    pieces = [filling(reward, new, [f"N{piece}-{n}" for n in range(15)]) for piece in range(4)]
    change = [lambda: services.change_settings(reward.pk, {"name": "Free tea"}, **SHOP)]

    def buy_three(who) -> list[str]:
        return [retried(lambda: buy(reward, who)) for _ in range(3)]

    work = [*pieces, emptying(reward, old), *change]  # begun anew after a conflict, as jobs and the edge do
    results = burst(
        [*(lambda do=do: retried(do) for do in work), *(lambda who=who: buy_three(who) for who in buyers)],
        refusals=SOLD_OUT,
    )

    sold = set(reward.purchases.values_list("coupon__code", flat=True))
    assert sold >= {code for codes in results[6:] if isinstance(codes, list) for code in codes}
    assert len(sold) == reward.purchases.count()
    assert new.coupons.count() == 60
    assert set(old.coupons.values_list("code", flat=True)) == {code for code in sold if code.startswith("O")}
    assert list(findings()) == []
    now = asked(reward)
    assert now.left + now.codes_withheld == reward.coupons.count() - len(sold)
    assert len(drained(reward, buyers[0])) == now.left
    assert left(reward) == 0
