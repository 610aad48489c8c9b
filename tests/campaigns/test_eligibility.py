"""Each rule says itself twice: on random campaigns and customers the two agree, and so do the questions."""

from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.buyers import buyer
from campaigns.eligibility import Question, Rule, holds
from campaigns.models import Campaign, Coupon, LevelTarget, Purchase, SegmentTarget, Slice
from customers.models import Customer, Segment, SegmentMembership
from tests.builders import AT, customer, earn, later, level

QUESTIONS: dict[str, list[Rule]] = {name: rules for name, rules in vars(Question).items() if name.isupper()}
RULES: dict[str, list[Rule]] = {type(rule).__name__: [rule] for rules in QUESTIONS.values() for rule in rules}

SEGMENTS = [UUID(int=number) for number in range(3)]
few = st.integers(0, 2)
moments = st.sampled_from([later(-1), later(seconds=-1), AT, later(seconds=1), later(1)])
levels = st.sampled_from(["bronze", "gold"])
segments = st.sets(st.sampled_from(SEGMENTS))


def window(name: str) -> st.SearchStrategy[dict]:
    always = st.just({f"all_time_{name}": True})
    return always | st.fixed_dictionaries({f"{name}_from": moments, f"{name}_to": moments})


def both(*parts: st.SearchStrategy[dict]) -> st.SearchStrategy[dict]:
    return st.tuples(*parts).map(lambda found: {name: value for part in found for name, value in part.items()})


plain_settings = st.fixed_dictionaries(
    {
        "active": st.booleans(),
        "cost_in_points": st.sampled_from([-1, 0, 1, 5]),
        "unlimited": st.booleans(),
        "single_coupon": st.booleans(),
        "limit": st.integers(1, 3),
        "limit_per_customer": st.integers(1, 2),
    }
)
campaigns = st.fixed_dictionaries(
    {
        "settings": both(plain_settings, window("active"), window("visible")),
        "levels": st.sets(levels),
        "segments": segments,
        "units": few,
        "sold_to_others": few,
        "bought": few,
        "refunded": few,
    }
)
customers = st.fixed_dictionaries(
    {
        "points": st.sampled_from([0, 1, 4, 5, 6]),
        "points_past_their_day": few,
        "status": st.sampled_from(["new", "active", "blocked"]),
        "level": levels,
        "segments": segments,
    }
)


def make_customer(facts: dict) -> Customer:
    who = customer(status=facts["status"], level=level(facts["level"]), points=facts["points"])
    if facts["points_past_their_day"]:
        earn(who, facts["points_past_their_day"], valid=-1)
    Segment.objects.bulk_create(Segment(pk=segment) for segment in facts["segments"])
    SegmentMembership.objects.bulk_create(
        SegmentMembership(customer=who, segment_id=segment) for segment in facts["segments"]
    )
    return who


def make_campaign(facts: dict, who: Customer, other: Customer) -> Campaign:
    made = Campaign.objects.create(name="any", created_at=AT, updated_at=AT, **facts["settings"])
    LevelTarget.objects.bulk_create(
        LevelTarget(campaign=made, level_id=level(name).pk, position=0) for name in facts["levels"]
    )
    SegmentTarget.objects.bulk_create(
        SegmentTarget(campaign=made, segment_id=segment, position=0) for segment in facts["segments"]
    )
    Slice.objects.create(campaign=made, shard=0, next=0, stop=facts["units"])
    coupon = Coupon.objects.create(campaign=made, position=0, code="A")
    sales = [(other, None)] * facts["sold_to_others"]
    sales += [(who, None)] * facts["bought"] + [(who, AT)] * facts["refunded"]
    Purchase.objects.bulk_create(
        Purchase(
            campaign=made,
            customer=buyer,
            coupon=coupon,
            position=-n,
            n=n,
            cost_in_points=0,
            purchased_at=AT,
            refunded_at=refunded_at,
        )
        for n, (buyer, refunded_at) in enumerate(sales, start=1)
    )
    return made


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(facts=customers, offers=st.lists(campaigns, min_size=2, max_size=5))
def test_the_condition_and_the_verdict_of_every_rule_and_question_agree(facts, offers):
    with transaction.atomic():
        who, other = make_customer(facts), customer()
        for offer in offers:
            make_campaign(offer, who, other)
        asked = Campaign.objects.with_stock().with_sales().with_sales_to(who.pk)
        everything = list(asked.with_details())
        found = buyer(who, AT)

        assert found.balance == facts["points"]
        for name, rules in (RULES | QUESTIONS).items():
            by_condition = set(asked.meeting(rules, found, AT).values_list("pk", flat=True))
            by_verdict = {campaign.pk for campaign in everything if holds(rules, campaign, found, AT)}
            assert by_condition == by_verdict, name
        transaction.set_rollback(True)


def test_every_rule_is_asked_by_a_question():
    assert set(RULES) == {
        "SwitchedOn",
        "Active",
        "Visible",
        "Targeted",
        "InStock",
        "UnlimitedInStock",
        "WithinLimit",
        "WithinCustomerLimit",
        "MaySpend",
        "EnoughPoints",
    }
