"""Which campaigns ask for more stock."""

import pytest
from django.test import RequestFactory

from campaigns import stock_watch
from campaigns.admin.stock_risk import stock_at_risk
from campaigns.models import Campaign
from campaigns.stock_risk import at_risk
from tests.backoffice import somebody
from tests.builders import AT, buy, campaign, customer, later

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> None:
    """One campaign of each kind: whose names begin with an underscore is not at risk."""
    campaign(name="paused", pause_units=3)
    stock_watch.look(AT)
    campaign(name="low", low_stock_units=3)
    campaign(name="_off", low_stock_units=3, active=False)
    campaign(name="_over", low_stock_units=3, all_time_active=False, active_from=later(-9), active_to=later(-1))
    campaign(name="_plenty", low_stock_units=2)
    who = customer(1000)
    buy(campaign(["A"], name="sold out"), who)
    for name, units in (("soon", 12), ("_later", 13)):
        reward = campaign([f"C{n}" for n in range(units)], name=name, limit=units, limit_per_customer=9)
        Campaign.objects.filter(pk=reward.pk).update(created_at=later(-7))
        for _ in range(6):
            buy(reward, who)


def request(*permissions: str):
    asked = RequestFactory().get("/")
    asked.user = somebody(*permissions)
    return asked


@pytest.mark.usefixtures("shop")
def test_the_worst_comes_first_and_two_queries_find_it(django_assert_num_queries):
    with django_assert_num_queries(2):
        assert [risk.campaign.name for risk in at_risk(AT)] == ["paused", "sold out", "soon", "low"]


@pytest.mark.usefixtures("shop")
def test_the_panel_tells_what_is_left_and_until_when():
    panel = stock_at_risk(request("campaigns.view_campaign"), AT)

    assert [(row[2], row[3]) for row in panel.rows] == [
        ("3", ""),
        ("0", "Sold out"),
        ("6", "About 7 days left"),
        ("3", "Too little sold to tell"),
    ]


def test_nobody_is_told_who_may_not_see_campaigns():
    assert stock_at_risk(request(), AT) is None
