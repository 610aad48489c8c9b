"""Random lives of two customers and two rewards, step by step against a plain model of them."""

from collections import defaultdict
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from campaigns import services
from campaigns.models import Campaign, Purchase, Slice
from customers.models import Customer
from points import services as points_services
from points.models import Account, Bucket, Transfer
from tests.builders import AT, STAFF, TODAY, customer, draft, note
from tests.campaigns.model import Books, Movement, Reward, Sale
from tests.campaigns.pools import shown

whose = st.integers(0, 1)
few_points = st.integers(1, 25)
codes = st.lists(st.sampled_from("ABCDEF"), min_size=1, max_size=6, unique=True)
plans = st.fixed_dictionaries(
    {
        "cost_in_points": st.sampled_from([0, 5, 10]),
        "unlimited": st.booleans(),
        "single_coupon": st.booleans(),
        "limit": st.integers(1, 6),
        "limit_per_customer": st.integers(1, 3),
    }
)
ENOUGH = 1_000_000  # units of what never runs out
LEDGER_COLUMNS = ("account", "points", "balance_after")


class World(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.everything = transaction.atomic()
        self.everything.__enter__()
        self.model = Books()
        self.rewards: list[tuple[Campaign, Reward]] = []
        self.movements: list[tuple[Transfer, Movement]] = []
        self.purchases: list[tuple[Purchase, Sale]] = []

    def teardown(self) -> None:
        connection.check_constraints()
        transaction.set_rollback(True)
        self.everything.__exit__(None, None, None)

    @property
    def now(self) -> dict:
        return {"at": AT + timedelta(days=self.model.today)}

    @initialize(first=plans, second=plans)
    def open(self, first: dict, second: dict) -> None:
        self.customers: list[Customer] = [customer(), customer()]
        for who in range(2):
            self.earn_some(who, 40, 2)
            self.earn_some(who, 40, 5)
        for plan in (first, second):
            made = services.create(draft(list("ABCD"), **plan), actor=STAFF, **self.now)
            self.rewards.append((made, Reward(list("ABCD"), plan)))

    def both(self, expected: object, service: Callable[[], object]) -> object:
        """Do it with the service: it must be refused where the model refuses. Returns the service's result, or None."""
        refusal = expected if isinstance(expected, type) else None
        with pytest.raises(refusal) if refusal else nullcontext() as caught, transaction.atomic():
            return service()
        assert caught.type is refusal
        return None

    def moved(self, expected: Movement | type[Exception], service: Callable[[], Transfer]) -> None:
        if transfer := self.both(expected, service):
            assert (transfer.kind, transfer.points) == (expected.kind, expected.points)
            days = [{"expires_on": str(TODAY + timedelta(days=day)), "points": n} for day, n in expected.days.items()]
            assert transfer.buckets == sorted(days, key=lambda change: change["expires_on"])
            self.movements.append((transfer, expected))

    @rule(who=whose, points=few_points, valid=st.integers(0, 6))
    def earn(self, who: int, points: int, valid: int) -> None:
        self.earn_some(who, points, valid)

    def earn_some(self, who: int, points: int, valid: int) -> None:
        last_day = TODAY + timedelta(days=self.model.today + valid)
        pk = self.customers[who].pk
        self.moved(
            self.model.earn(who, points, valid),
            lambda: points_services.earn(pk, points, expires_on=last_day, note=note(), **self.now),
        )

    @rule(who=whose, points=few_points, kind=st.sampled_from(["spend", "deduct"]))
    def take(self, who: int, points: int, kind: str) -> None:
        service, pk = getattr(points_services, kind), self.customers[who].pk
        self.moved(self.model.take(who, kind, points), lambda: service(pk, points, note=note(), **self.now))

    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        transfer, movement = data.draw(self.any_of(self.movements, {"earn", "spend"}))
        self.moved(self.model.cancel(movement), lambda: points_services.cancel(transfer.pk, note=note(), **self.now))

    @precondition(lambda self: any(movement.points < 0 for _, movement in self.movements))
    @rule(data=st.data())
    def reverse(self, data: st.DataObject) -> None:
        transfer, movement = data.draw(self.any_of(self.movements, {"spend", "deduct", "cancel"}))
        self.moved(self.model.reverse(movement), lambda: points_services.reverse(transfer.pk, note=note(), **self.now))

    def any_of(self, movements: list[tuple[Transfer, Movement]], kinds: set[str]) -> st.SearchStrategy:
        return st.sampled_from([(transfer, movement) for transfer, movement in movements if movement.kind in kinds])

    @rule()
    def night(self) -> None:
        assert points_services.expire(**self.now) == self.model.expire(range(2))

    @rule(days=st.integers(1, 4))
    def days_pass(self, days: int) -> None:
        self.model.today += days

    @rule(who=whose, which=whose)
    def buy(self, who: int, which: int) -> None:
        made, reward = self.rewards[which]
        expected = self.model.buy(reward, which, who, shown(made)[0])
        pk = self.customers[who].pk
        if purchase := self.both(expected, lambda: services.buy(made.pk, pk, actor=STAFF, **self.now)):
            assert purchase.coupon.code == expected
            self.purchases.append((purchase, reward.sales[-1]))
            if purchase.transfer:
                self.movements.append((purchase.transfer, reward.sales[-1].payment))

    @precondition(lambda self: self.purchases)
    @rule(data=st.data())
    def refund(self, data: st.DataObject) -> None:
        purchase, sale = data.draw(st.sampled_from(self.purchases))
        self.both(self.model.refund(sale), lambda: services.refund(purchase.pk, actor=STAFF, **self.now))

    @rule(which=whose, plan=plans, wanted=codes)
    def replace(self, which: int, plan: dict, wanted: list[str]) -> None:
        made, reward = self.rewards[which]
        services.replace(made.pk, draft(wanted, **plan), actor=STAFF, **self.now)
        reward.settings, reward.free = plan, [code for code in wanted if code not in reward.sold]

    @rule(which=whose, plan=plans)
    def change(self, which: int, plan: dict) -> None:
        made, reward = self.rewards[which]
        services.change_settings(made.pk, plan, actor=STAFF, **self.now)
        reward.settings = plan

    @rule(which=whose, added=codes)
    def add(self, which: int, added: list[str]) -> None:
        made, reward = self.rewards[which]
        missing = [code for code in added if code not in reward.free and code not in reward.sold]
        assert services.add_codes(made.pk, added, actor=STAFF, **self.now) == len(missing)
        reward.free += missing

    @invariant()
    def the_books_tie(self) -> None:
        movements, buckets = defaultdict(list), defaultdict(dict)
        for account, points, after in Transfer.objects.order_by("sequence").values_list(*LEDGER_COLUMNS):
            movements[account].append((points, after))
        for account, day, points in Bucket.objects.filter(points__gt=0).values_list("account", "expires_on", "points"):
            buckets[account][(day - TODAY).days] = points
        balances = dict(Account.objects.values_list("pk", "balance"))
        for number, pk in enumerate(who.pk for who in self.customers):
            assert buckets[pk] == {day: points for day, points in self.model.held[number].items() if points}
            assert balances[pk] == sum(buckets[pk].values()) == sum(points for points, _ in movements[pk])
            assert balances[pk] == movements[pk][-1][1]

    @invariant()
    def the_stock_is_right(self) -> None:
        units = dict(Slice.objects.order_by().values_list("campaign").annotate(Sum("units")))
        withheld = dict(Campaign.objects.values_list("pk", "codes_withheld"))
        for pk, reward in ((made.pk, reward) for made, reward in self.rewards):
            assert min(units[pk], ENOUGH) == min(reward.left(), ENOUGH)
            if not reward.settings["single_coupon"]:
                assert units[pk] + withheld[pk] == len(reward.free)

    @invariant()
    def nothing_is_sold_twice(self) -> None:
        sold = list(Purchase.objects.values_list("campaign", "position", "coupon"))
        pooled = [coupon for _, position, coupon in sold if position >= 0]
        assert len({unit[:2] for unit in sold}) == len(sold) == sum(len(reward.sales) for _, reward in self.rewards)
        assert len(set(pooled)) == len(pooled)


@pytest.mark.django_db
def test_whatever_happens_the_books_tie_and_nothing_is_sold_twice():
    run_state_machine_as_test(
        World,
        settings=settings(
            max_examples=20, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
