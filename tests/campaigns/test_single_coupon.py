"""One code for everybody: the first of the list."""

import pytest

from campaigns.models import Campaign
from campaigns.services import replace
from tests.builders import SHOP, buy, campaign, customer, draft

pytestmark = pytest.mark.django_db


def codes(reward: Campaign) -> list[str]:
    """What lists show."""
    return list(reward.coupons.filter(voided_at=None).order_by("position").values_list("code", flat=True))


@pytest.mark.parametrize("unlimited", [False, True])
@pytest.mark.parametrize("sent", [["B"], ["B", "A"], ["B", "C", "A"]])
def test_another_first_code_is_given_from_now_on_though_the_old_one_was_sold(unlimited, sent):
    reward, who = campaign(["A"], single_coupon=True, unlimited=unlimited), customer(points=20)
    assert buy(reward, who) == "A"

    replace(reward.pk, draft(sent, single_coupon=True, unlimited=unlimited), **SHOP)

    assert buy(reward, who) == "B"
    assert codes(reward) == [*(code for code in sent if code != "A"), "A"]


def test_the_code_can_be_changed_back():
    reward, who = campaign(["A"], single_coupon=True, limit_per_customer=9), customer(points=30)
    given = [buy(reward, who)]
    for sent in (["B"], ["A", "B"]):
        replace(reward.pk, draft(sent, single_coupon=True, limit_per_customer=9), **SHOP)
        given.append(buy(reward, who))

    assert given == ["A", "B", "A"]
    assert codes(reward) == ["A", "B"]
