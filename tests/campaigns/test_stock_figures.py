"""What became of codes, and how fast they go."""

import pytest

from campaigns import shelving, stock_figures
from campaigns.models import Campaign, Purchase
from campaigns.stock_figures import Figures, figures
from tests.builders import AT, SHOP, buy, campaign, customer, later

pytestmark = pytest.mark.django_db


@pytest.fixture
def reward() -> Campaign:
    """Created long ago; of ten codes three are sold, one of these used and one given back, and two are withdrawn."""
    made = campaign([f"C{n}" for n in range(10)], limit_per_customer=9)
    Campaign.objects.filter(pk=made.pk).update(created_at=later(-30))
    who = customer(100)
    for days in (-8, -6, 0):
        buy(made, who, at=later(days))
    Purchase.objects.filter(purchased_at=later(-6)).update(used=True)
    Purchase.objects.filter(purchased_at=AT).update(used=True, refunded_at=AT)
    shelving.withdraw(made.pk, list(made.coupons.filter(code__in=["C8", "C9"]).values_list("pk", flat=True)), **SHOP)
    return Campaign.objects.get(pk=made.pk)


def test_used_and_withdrawn_codes_and_the_sales_of_a_week_are_counted(reward):
    other = campaign(["X"])

    assert figures([reward, other], AT) == {
        reward.pk: Figures(used=1, withdrawn=2, lately=2, since=later(-7)),
        other.pk: Figures(used=0, withdrawn=0, lately=0, since=AT),
    }


def test_of_many_sales_the_latest_are_looked_at(reward, monkeypatch):
    monkeypatch.setattr(stock_figures, "SEEN", 2)

    assert figures([reward], AT)[reward.pk] == Figures(used=1, withdrawn=2, lately=2, since=later(-6))


def test_a_campaign_is_judged_from_the_day_on_which_it_could_be_bought():
    reward = campaign(all_time_active=False, active_from=later(2), active_to=later(9))

    assert figures([reward], later(4))[reward.pk].since == later(2)


def test_one_query_for_any_number(reward, django_assert_num_queries):
    others = [campaign([f"X{n}"]) for n in range(3)]
    with django_assert_num_queries(1):
        figures([reward, *others], AT)
    with django_assert_num_queries(0):
        assert figures([], AT) == {}
