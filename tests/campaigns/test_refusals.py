"""Why a purchase is refused: the first reason in the documented order, whatever else stands in the way.

Rule: Open Loyalty, "Reward Campaigns API", "Buy reward campaign for a specific customer".
"""

import pytest

from campaigns.errors import NoCouponsLeft
from tests.books import refused
from tests.builders import buy, campaign, customer

pytestmark = pytest.mark.django_db


def test_a_limited_campaign_without_codes_says_so_to_a_customer_who_has_just_the_points_for_it():
    reward, buyer = campaign(["A"], cost_in_points=10), customer(points=10)
    buy(reward, customer(points=10))

    with refused(NoCouponsLeft):
        buy(reward, buyer)
