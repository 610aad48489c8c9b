"""Many buyers at one moment: nothing is oversold, given twice, paid twice or lost."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from django.db import transaction

from campaigns import services, stock
from campaigns.errors import AlreadyRefunded, CustomerLimitExceeded, LimitExceeded, NoCouponsLeft
from campaigns.models import Campaign, Coupon, Purchase
from campaigns.stock import counting
from customers.models import Customer
from loyalty_site.errors import DomainError
from loyalty_site.outages import retried
from points.errors import NotEnoughPoints
from points.models import Account, Transfer
from tests.builders import AT, SHOP, STAFF, balance, buy, campaign, customer, draft, spend
from tests.bursts import burst, many
from tests.campaigns.pools import asked, drained, left, shown, slices

pytestmark = pytest.mark.django_db(transaction=True)

Buy = Callable[[Campaign, Customer], str]


def rush(reward: Campaign, buyers: Sequence[Customer], sell: Buy = buy) -> list[str | DomainError]:
    """Everybody buys at once, as the edge lets them: the codes got, and the refusals.

    A slice whose last unit went while PostgreSQL skipped to it stays locked by whoever skipped, so two who wait for
    all slices may be in each other's way: one of them begins anew.
    """
    return burst([lambda who=who: retried(lambda: sell(reward, who)) for who in buyers], refusals=DomainError)


@transaction.atomic
def crowd(size: int) -> list[Customer]:
    """So many customers with ten points each."""
    return [customer(points=10) for _ in range(size)]


def outcome(results: list[str | DomainError]) -> tuple[list[str], Counter]:
    """The codes in order, and how often each refusal came."""
    codes = sorted(result for result in results if isinstance(result, str))
    return codes, Counter(repr(result) for result in results if not isinstance(result, str))


def assert_sold(reward: Campaign, results: list[str | DomainError], codes: list[str], refusal: DomainError) -> None:
    """Just these codes were sold and paid, once each, and everybody else was told why not."""
    refused = len(results) - len(codes)
    assert outcome(results) == (codes, Counter({repr(refusal): refused}))
    assert sorted(reward.purchases.values_list("coupon__code", flat=True)) == codes
    assert reward.purchases.values("position").distinct().count() == len(codes)
    assert Transfer.objects.filter(kind="spend").count() == len(codes)
    assert sum(Account.objects.values_list("balance", flat=True)) == 10 * refused


def test_the_last_coupon_is_sold_once():
    reward, buyers = campaign(["A"], limit=1), crowd(many(64))
    assert_sold(reward, rush(reward, buyers), ["A"], LimitExceeded(current=1, needed=1))


def test_the_last_coupon_of_an_unlimited_campaign_is_sold_once():
    reward, buyers = campaign(["A"], unlimited=True), crowd(many(16))
    assert_sold(reward, rush(reward, buyers), ["A"], NoCouponsLeft())


def test_the_last_coupon_below_the_limit_is_sold_once():
    reward, buyers = campaign(["A"], limit=9), crowd(many(16))
    assert_sold(reward, rush(reward, buyers), ["A"], NoCouponsLeft())


def test_a_pool_is_sold_to_its_limit_and_not_beyond():
    codes = [f"C{n:02}" for n in range(30)]
    reward, buyers = campaign(codes, limit=20), crowd(64)
    assert_sold(reward, rush(reward, buyers), codes[:20], LimitExceeded(current=20, needed=20))
    assert left(reward) == 0


def test_a_shared_code_is_sold_to_its_limit_and_not_beyond():
    reward, buyers = campaign(["A"], single_coupon=True, limit=10), crowd(32)
    assert_sold(reward, rush(reward, buyers), ["A"] * 10, LimitExceeded(current=10, needed=10))


def test_of_many_slices_every_unit_is_sold(monkeypatch):
    monkeypatch.setattr(counting, "SMALL_POOL", 20)
    codes = [f"C{n:02}" for n in range(48)]
    reward, buyers = campaign(codes, unlimited=True), crowd(64)
    assert len(slices(reward)) == 16

    assert_sold(reward, rush(reward, buyers), codes, NoCouponsLeft())

    assert left(reward) == 0


def test_of_slices_with_holes_every_unit_is_sold(monkeypatch):
    monkeypatch.setattr(counting, "SMALL_POOL", 20)
    codes = [f"C{n:02}" for n in range(60)]
    reward, buyers = campaign(codes, unlimited=True), crowd(48)
    with transaction.atomic():
        stock.void(reward, reward.coupons.filter(position__in=range(0, 60, 3)), at=AT)

    assert_sold(reward, rush(reward, buyers), [code for n, code in enumerate(codes) if n % 3], NoCouponsLeft())


def test_one_customers_last_points_pay_once():
    reward, who = campaign(list("ABCDE"), limit_per_customer=9), customer(points=10)
    codes, refusals = outcome(rush(reward, [who] * 16))

    assert (codes, refusals) == (["A"], Counter({repr(NotEnoughPoints(balance=0, needed=10)): 15}))
    assert (balance(who), left(reward)) == (0, 4)


def test_one_customers_last_points_pay_for_one_of_many_campaigns():
    rewards, who = [campaign(["A"]) for _ in range(8)], customer(points=25)

    results = burst([lambda reward=reward: buy(reward, who) for reward in rewards], refusals=NotEnoughPoints)

    assert outcome(results)[0] == ["A", "A"]
    assert balance(who) == 5
    assert sum(left(reward) for reward in rewards) == 6


@pytest.mark.parametrize("cost", [0, 10])
def test_one_customer_gets_no_more_than_the_own_limit(cost):
    reward = campaign([f"C{n}" for n in range(40)], limit=40, limit_per_customer=3, cost_in_points=cost)
    who = customer(points=10 * 40)

    codes, refusals = outcome(rush(reward, [who] * 32))

    assert refusals == Counter({repr(CustomerLimitExceeded(current=3, needed=3)): 29})
    assert codes == ["C0", "C1", "C2"]
    assert sorted(reward.purchases.values_list("n", flat=True)) == [1, 2, 3]
    assert (balance(who), left(reward)) == (400 - 3 * cost, 37)


def test_points_that_are_spent_at_the_till_meanwhile_do_not_pay_twice():
    reward, who = campaign([f"C{n}" for n in range(9)], limit_per_customer=9), customer(points=45)

    results = burst([lambda: buy(reward, who), lambda: spend(who, 10)] * 6, refusals=NotEnoughPoints)

    assert sum(isinstance(result, NotEnoughPoints) for result in results) == 8
    assert balance(who) == 5


def test_a_purchase_is_refunded_once():
    who = customer(points=10)
    purchase = services.buy(campaign().pk, who.pk, **SHOP)

    results = burst([lambda: services.refund(purchase.pk, **SHOP)] * 8, refusals=AlreadyRefunded)

    assert sum(isinstance(result, AlreadyRefunded) for result in results) == 7
    assert balance(who) == 10
    assert Transfer.objects.filter(kind="reverse").count() == 1


def test_a_refund_makes_room_for_one_purchase():
    reward, who = campaign(list("ABCDE"), limit_per_customer=1), customer(points=100)
    purchase = services.buy(reward.pk, who.pk, **SHOP)

    refund = [lambda: services.refund(purchase.pk, **SHOP)]
    burst([*refund, *[lambda: buy(reward, who)] * 8], refusals=CustomerLimitExceeded)

    held = reward.purchases.filter(refunded_at=None).count()
    assert held in {0, 1}
    assert reward.purchases.count() == 1 + held
    assert balance(who) == 100 - 10 * held


def left_over(reward: Campaign) -> list[str]:
    """What can still be bought, by buying it."""
    return drained(reward, customer(points=10_000))


def test_codes_that_are_replaced_while_they_are_sold_are_sold_or_withdrawn_never_both():
    codes = [f"C{n:02}" for n in range(30)]
    reward, buyers = campaign(codes, unlimited=True), crowd(20)
    put = draft([*codes[15:], *(f"N{n:02}" for n in range(10))], unlimited=True)
    changes = [lambda: services.replace(reward.pk, put, **SHOP)] * 2

    results = burst([*changes, *(lambda who=who: buy(reward, who) for who in buyers)])

    sold = set(results[2:])
    withdrawn = set(reward.coupons.exclude(voided_at=None).values_list("code", flat=True))
    assert len(sold) == 20
    assert withdrawn == set(codes[:15]) - sold
    assert left(reward) == 40 - len(sold) - len(withdrawn)
    assert set(left_over(reward)) == set(shown(reward)) - sold


def test_limits_that_change_while_codes_are_sold_hold():
    codes = [f"C{n:02}" for n in range(40)]
    reward, buyers = campaign(codes, limit=10, limit_per_customer=99), crowd(30)

    def limit(n: int) -> Callable[[], object]:
        return lambda: services.change_settings(reward.pk, {"limit": n}, **SHOP)

    burst(
        [*(limit(n) for n in (25, 12, 20)), *(lambda who=who: buy(reward, who) for who in buyers)],
        refusals=LimitExceeded,
    )

    now = asked(reward)
    assert now.sold == reward.purchases.values("coupon").distinct().count()
    assert now.left == max(0, now.limit - now.sold)
    assert now.left + now.codes_withheld == 40 - now.sold
    assert len(left_over(reward)) == now.left


def test_codes_that_are_added_while_the_last_are_sold_are_sold_too():
    reward, buyers = campaign(["A"], unlimited=True), crowd(many(16))

    results = burst(
        [
            *(lambda who=who: buy(reward, who) for who in buyers),
            lambda: services.add_codes(reward.pk, ["B", "C"], **SHOP),
        ],
        refusals=NoCouponsLeft,
    )

    sold = outcome(results[:-1])[0]
    assert results[-1] == 2
    assert sorted([*sold, *left_over(reward)]) == ["A", "B", "C"]


class TestNaive:
    """The negative control: the same rush finds what a buy without locks does."""

    def naive_buy(self, barrier: threading.Barrier) -> Buy:
        """Checks, then writes, as one writes it first. All have checked before the first one writes."""

        @transaction.atomic
        def sell(reward: Campaign, who: Customer) -> str:
            account = Account.objects.get(pk=who.pk)
            if reward.purchases.count() >= reward.limit:
                raise LimitExceeded(current=reward.purchases.count(), needed=reward.limit)
            coupon = Coupon.objects.filter(campaign=reward).first()
            place = -1 - threading.get_ident()
            barrier.wait(30)
            account.balance, account.spent = account.balance - 10, account.spent + 10
            account.sequence += 1
            account.save()
            account.buckets.update(points=account.balance)
            spending = Transfer.objects.create(
                account=account,
                sequence=account.sequence,
                kind="spend",
                points=-10,
                balance_after=account.balance,
                buckets=[],
                channel="reward",
                created_at=AT,
            )
            Purchase.objects.create(
                campaign=reward,
                customer=who,
                coupon=coupon,
                position=place,
                n=1,
                cost_in_points=10,
                transfer=spending,
                purchased_at=AT,
                actor=STAFF.key,
            )
            return coupon.code

        return sell

    @pytest.mark.postgresql_only
    def test_a_buy_that_only_checks_oversells(self):
        reward, buyers = campaign(["A"], single_coupon=True, limit=1), crowd(8)

        results = rush(reward, buyers, self.naive_buy(threading.Barrier(8)))

        assert (results, reward.purchases.count()) == (["A"] * 8, 8)
        with pytest.raises(AssertionError):
            assert_sold(reward, results, ["A"], LimitExceeded(current=1, needed=1))

    def test_the_real_one_does_not(self):
        reward, buyers = campaign(["A"], single_coupon=True, limit=1), crowd(8)
        assert_sold(reward, rush(reward, buyers), ["A"], LimitExceeded(current=1, needed=1))
