"""Which campaigns each question finds. Rule: Open Loyalty, "Get available campaigns for a customer" and its kin."""

from uuid import UUID

import pytest

from campaigns.audience import visible_counts
from campaigns.buyers import buyer, explain
from campaigns.eligibility import Question, Rule, holds
from campaigns.errors import CampaignNotFound
from campaigns.models import Campaign
from campaigns.services import create
from campaigns.stock import shown
from customers.errors import CustomerNotFound
from customers.models import Customer, Segment
from customers.services import put_into_segment
from tests.builders import AT, SHOP, buy, campaign, customer, draft, later, level
from tests.campaigns.pools import asked

pytestmark = pytest.mark.django_db

ONCE = {"all_time_active": False, "active_from": later(-2), "active_to": later(-1)}
HIDDEN = {"all_time_visible": False, "visible_from": later(1), "visible_to": later(2)}


def aimed(at: Customer, **settings) -> Campaign:
    """A campaign for the level of that customer."""
    return create(draft(levels=[at.level_id], **settings), **SHOP)


def found(question: list[Rule], who: Customer | None = None) -> set[Campaign]:
    campaigns = Campaign.objects.with_stock().with_sales()
    if who is None:
        return set(campaigns.meeting(question, None, AT))
    return set(campaigns.with_sales_to(who.pk).meeting(question, buyer(who, AT), AT))


def can_be_bought(reward: Campaign, who: Customer) -> bool:
    return holds(Question.CAN_BE_BOUGHT, asked(reward, who), buyer(who, AT), AT)


class TestAvailable:
    def test_what_is_aimed_at_the_customers_level(self):
        who = customer()
        mine, _ = aimed(who), aimed(customer(level=level("gold")))
        assert found(Question.AVAILABLE, who) == {mine}

    def test_what_is_aimed_at_one_of_the_customers_segments(self):
        who = customer()
        inside, outside = Segment.objects.create(name="in"), Segment.objects.create(name="out")
        put_into_segment(inside, [who.pk], **SHOP)
        mine, _ = (create(draft(segments=[segment.pk]), **SHOP) for segment in (inside, outside))
        assert found(Question.AVAILABLE, who) == {mine}

    def test_a_campaign_without_target_is_for_nobody(self):
        campaign()
        assert found(Question.AVAILABLE, customer()) == set()

    @pytest.mark.parametrize("settings", [{"active": False}, HIDDEN])
    def test_not_what_is_switched_off_or_hidden(self, settings):
        who = customer()
        aimed(who, **settings)
        assert found(Question.AVAILABLE, who) == set()

    def test_the_activity_window_and_the_points_are_not_looked_at(self):
        who = customer(points=0)
        mine = aimed(who, cost_in_points=10, **ONCE)
        assert found(Question.AVAILABLE, who) == {mine}

    def test_a_blocked_customer_sees_the_same(self):
        who = customer(status="blocked")
        mine = aimed(who)
        assert found(Question.AVAILABLE, who) == {mine}

    @pytest.mark.parametrize("settings", [{"limit": 1}, {"unlimited": True}, {"single_coupon": True, "limit": 1}])
    def test_not_what_is_sold_out(self, settings):
        who = customer()
        reward = create(draft(["A"], [who.level_id], cost_in_points=0, **settings), **SHOP)
        assert found(Question.AVAILABLE, who) == {reward}

        buy(reward, customer())

        assert found(Question.AVAILABLE, who) == set()

    def test_not_what_the_customer_has_enough_of(self):
        who, other = customer(), customer()
        reward = aimed(who, cost_in_points=0, limit_per_customer=1)

        buy(reward, who)

        assert found(Question.AVAILABLE, who) == set()
        assert found(Question.AVAILABLE, other) == {reward}

    def test_a_code_for_everybody_is_always_available(self):
        who = customer()
        reward = aimed(who, cost_in_points=0, unlimited=True, single_coupon=True)
        for _ in range(3):
            buy(reward, who)
        assert found(Question.AVAILABLE, who) == {reward}


class TestCanBeBought:
    @pytest.mark.parametrize(("points", "expected"), [(9, False), (10, True), (11, True)])
    def test_when_the_points_cover_the_cost(self, points, expected):
        assert can_be_bought(campaign(cost_in_points=10), customer(points=points)) is expected

    def test_not_with_points_past_their_day(self):
        assert can_be_bought(campaign(cost_in_points=10), customer(points=10, valid=-1)) is False

    @pytest.mark.parametrize("settings", [{"active": False}, ONCE])
    def test_not_while_it_is_not_active(self, settings):
        assert can_be_bought(campaign(**settings), customer(points=10)) is False

    def test_whatever_the_visibility(self):
        assert can_be_bought(campaign(**HIDDEN), customer(points=10)) is True


def test_sellers_see_what_is_switched_on_and_visible_now():
    now, once = campaign(), campaign(**ONCE)
    campaign(active=False)
    campaign(**HIDDEN)
    assert found(Question.SHOWN_TO_SELLERS) == {now, once}


def test_what_is_visible_for_a_customer_may_be_switched_off_or_sold_out():
    who = customer()
    off = aimed(who, active=False)
    aimed(who, **HIDDEN)
    campaign()
    assert found(Question.VISIBLE_FOR_CUSTOMER, who) == {off}


def test_every_rule_says_what_is_and_what_is_needed():
    reward, who = campaign(list("ABC"), limit=2, limit_per_customer=1, cost_in_points=10), customer(points=14)
    buy(reward, who)

    verdicts = explain(reward.pk, who.pk, AT)

    assert [(type(v.rule).__name__, v.passed, v.current, v.needed) for v in verdicts] == [
        ("Active", True, AT, None),
        ("Visible", True, AT, None),
        ("UnlimitedInStock", True, 1, 1),
        ("WithinLimit", True, 1, 2),
        ("WithinCustomerLimit", False, 1, 1),
        ("MaySpend", True, "active", "active"),
        ("EnoughPoints", False, 4, 10),
        ("InStock", True, 1, 1),
    ]


def test_nothing_is_explained_of_what_is_unknown():
    reward, who, nobody = campaign(), customer(), UUID(int=1)
    with pytest.raises(CustomerNotFound):
        explain(reward.pk, nobody, AT)
    with pytest.raises(CustomerNotFound):
        explain(reward.pk, customer(status="erased").pk, AT)
    with pytest.raises(CampaignNotFound):
        explain(nobody, who.pk, AT)


def test_those_who_can_see_a_campaign_are_counted_once():
    who, other, segment = customer(), customer(level=level("gold")), Segment.objects.create(name="in")
    customer(status="erased")
    put_into_segment(segment, [who.pk, other.pk], **SHOP)
    reward = create(draft(levels=[who.level_id], segments=[segment.pk]), **SHOP)
    hidden = aimed(who, **HIDDEN)
    assert visible_counts([reward, hidden, campaign()], AT) == {reward.pk: 2}


def test_figures_of_a_campaign():
    reward, who, other = campaign(list("ABCDE"), limit_per_customer=3, cost_in_points=0), customer(), customer()
    for buyer_ in (who, who, other):
        buy(reward, buyer_)
    figures = asked(reward, who)
    assert (figures.left, figures.sold, figures.buyers, figures.bought) == (2, 3, 2, 2)


def test_figures_of_a_campaign_that_nobody_bought():
    figures = asked(campaign(["A"]), customer())
    assert (figures.left, figures.sold, figures.buyers, figures.bought) == (1, 0, 0, 0)


def test_the_first_codes_of_each_campaign_are_shown_sold_ones_too():
    first, second = campaign(["A", "B", "C"], cost_in_points=0), campaign(["X"])
    buy(first, customer())
    assert shown([first.pk, second.pk], 2) == {first.pk: ["A", "B"], second.pk: ["X"]}
    assert shown([], 2) == {}
