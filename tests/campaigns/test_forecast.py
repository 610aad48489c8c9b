"""When a campaign runs out, as far as that can be told."""

from datetime import timedelta

import pytest

from campaigns.forecast import Outlook, forecast, pace
from campaigns.models import Campaign
from campaigns.stock_figures import SEEN, Figures
from tests.builders import AT, later

WEEK = later(-7)


def reward(left: int = 70, **settings) -> Campaign:
    made = Campaign(**{"all_time_active": True, "limit": 1000, "limit_per_customer": 1} | settings)
    made.left = left
    return made


def sold(lately: int, since=WEEK) -> Figures:
    return Figures(lately=lately, since=since)


@pytest.mark.parametrize(
    ("figures", "per_day"),
    [
        (sold(14), 2.0),
        (sold(0), 0.0),
        (sold(5), 5 / 7),
        (sold(4), None),
        (sold(30, later(hours=-12)), 60.0),
        (sold(30, later(hours=-11)), None),
        (sold(SEEN, later(hours=-6)), 4.0 * SEEN),
        (sold(0, later(1)), None),
        (Figures(), None),
    ],
)
def test_a_pace_is_told_from_enough_sales_over_enough_time(figures, per_day):
    assert pace(figures, AT) == per_day


def test_it_runs_out_at_that_pace():
    told = forecast(reward(18), sold(14), AT)

    assert (told.outlook, told.days_left, told.out_at) == (Outlook.RUNS_OUT, 9.0, AT + timedelta(days=9))


@pytest.mark.parametrize(
    ("campaign", "figures", "outlook"),
    [
        (reward(0), sold(14), Outlook.EMPTY),
        (reward(10), sold(2), Outlook.TOO_LITTLE_KNOWN),
        (reward(10), sold(0), Outlook.NOT_IN_SIGHT),
        (reward(366), sold(7), Outlook.NOT_IN_SIGHT),
        (reward(365), sold(7), Outlook.RUNS_OUT),
        (reward(18, all_time_active=False, active_to=later(9)), sold(14), Outlook.RUNS_OUT),
        (reward(19, all_time_active=False, active_to=later(9)), sold(14), Outlook.LASTS),
        (reward(10, single_coupon=True, unlimited=True), sold(14), Outlook.ENDLESS),
    ],
)
def test_what_can_be_said(campaign, figures, outlook):
    assert forecast(campaign, figures, AT).outlook == outlook
