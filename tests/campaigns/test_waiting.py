"""A buyer who meets another one at the stock: whom he waits for, and what he finds then. PostgreSQL only."""

from collections.abc import Callable

import pytest
from django.db import transaction

from campaigns import services, stock
from campaigns.errors import LimitExceeded
from campaigns.stock import counting
from points.models import Transfer
from points.services import reverse
from tests.builders import AT, SHOP, balance, buy, campaign, customer, note
from tests.bursts import burst
from tests.campaigns.pools import left
from tests.stops import Stop

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql_only]


@pytest.fixture
def stop(monkeypatch):
    """The first buyer stops with a unit in hand; those after him do not."""
    found, real = Stop(), stock.take
    calls = iter([found.after(real)])
    monkeypatch.setattr(stock, "take", lambda reward: next(calls, real)(reward))
    return found


@pytest.fixture
def many_slices(monkeypatch):
    monkeypatch.setattr(counting, "SMALL_POOL", 1)
    monkeypatch.setattr(counting, "MOST_SLICES", 2)


def giving_up(call: Callable[[], object]) -> Callable[[], None]:
    def run() -> None:
        with transaction.atomic():
            call()
            transaction.set_rollback(True)

    return run


def test_while_every_slice_is_held_nothing_is_sold_out(stop):
    reward, first, second = campaign(["A", "B"]), customer(points=10), customer(points=10)
    assert burst([lambda: buy(reward, first), stop.meanwhile(lambda: buy(reward, second))]) == ["A", "B"]


def test_the_last_unit_goes_to_the_next_when_its_buyer_gives_up(stop):
    reward, first, second = campaign(["A"]), customer(points=10), customer(points=10)

    results = burst([giving_up(lambda: buy(reward, first)), stop.meanwhile(lambda: buy(reward, second))])

    assert results == [None, "A"]
    assert (balance(first), balance(second), left(reward)) == (10, 0, 0)


def test_it_is_sold_out_only_when_the_buyer_of_the_last_unit_has_it(stop):
    reward, first, second = campaign(["A"], limit=1), customer(points=10), customer(points=10)

    code, refusal = burst(
        [lambda: buy(reward, first), stop.meanwhile(lambda: buy(reward, second))], refusals=LimitExceeded
    )

    assert (code, refusal.facts) == ("A", {"current": 1, "needed": 1})
    assert (balance(first), balance(second)) == (0, 10)


def test_another_slice_is_sold_from_without_waiting(stop, many_slices):
    reward, first, second = campaign(["A", "B"]), customer(points=10), customer(points=10)

    def then_let_go() -> str:
        stop.wait()
        code = buy(reward, second)
        stop.let_go()
        return code

    assert burst([lambda: buy(reward, first), then_let_go]) == ["A", "B"]


def test_codes_that_are_being_added_are_waited_for(monkeypatch, many_slices):
    reward, who = campaign(["A"]), customer(points=20)
    buy(reward, who)
    stop = Stop()
    monkeypatch.setattr(stock, "add", stop.after(stock.add))

    added, code = burst(
        [lambda: services.add_codes(reward.pk, ["B", "C"], **SHOP), stop.meanwhile(lambda: buy(reward, who))]
    )

    assert (added, code, left(reward)) == (2, "B", 1)


def test_a_change_waits_for_whoever_is_buying(stop):
    reward, who = campaign(["A", "B", "C"], limit=3), customer(points=10)

    def lower() -> object:
        return services.change_settings(reward.pk, {"limit": 1}, **SHOP)

    assert burst([lambda: buy(reward, who), stop.meanwhile(lower)])[0] == "A"

    assert left(reward) == 0


def test_a_refund_waits_for_points_that_are_being_given_back_by_hand():
    reward, who, found = campaign(), customer(points=10), Stop()
    purchase = services.buy(reward.pk, who.pk, **SHOP)

    @transaction.atomic
    def by_hand() -> Transfer:
        return found.after(reverse)(purchase.transfer_id, at=AT, note=note())

    burst([by_hand, found.meanwhile(lambda: services.refund(purchase.pk, **SHOP))])

    assert balance(who) == 10
    assert reward.purchases.get().refunded_at == AT
