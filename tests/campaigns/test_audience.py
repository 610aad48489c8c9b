"""Who can see a campaign: the crowds' answer is that of the rules, asked one customer at a time."""

from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.audience import visible_counts, visible_customers
from campaigns.buyers import buyer
from campaigns.eligibility import Question, holds
from campaigns.models import Campaign
from campaigns.services import create
from customers import services
from customers.crowds.bits import CHUNK
from customers.models import Customer, Segment
from tests.builders import AT, SHOP, customer, draft, later, level
from tests.customers.crowd import seat
from tests.statements import statements

pytestmark = pytest.mark.django_db

LEVELS, SEGMENTS = ["bronze", "silver", "gold"], [UUID(int=number) for number in range(1, 4)]
# On both sides of the borders of chunks, and far away.
PLACES = [1, 2, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 5 * CHUNK + 77]

levels, segments = st.sampled_from(LEVELS), st.sets(st.sampled_from(SEGMENTS))
people = st.lists(st.tuples(levels, segments), min_size=1, max_size=len(PLACES))
whose = st.integers(0, len(PLACES) - 1)
changes = st.one_of(
    st.tuples(st.just("level"), whose, levels),
    st.tuples(st.just("segments"), whose, segments),
    st.tuples(st.just("status"), whose, st.sampled_from(["blocked", "erased"])),
    st.tuples(st.just("fill"), st.sets(whose, max_size=3), st.sampled_from(SEGMENTS)),
    st.tuples(st.just("register"), whose, levels),
)
targets = st.tuples(st.sets(levels), segments)


def put_there(places: list[int], facts: list[tuple[str, set[UUID]]]) -> None:
    Segment.objects.bulk_create(Segment(pk=key, name=str(key)) for key in SEGMENTS)
    seat({customer(level=level(name)): place for place, (name, _) in zip(places, facts, strict=False)})
    for who, (_, chosen) in zip(Customer.objects.order_by("place"), facts, strict=True):
        services.choose_segments(who.pk, Segment.objects.filter(pk__in=chosen), **SHOP)


def apply(kind: str, who: int | set[int], what: object) -> None:
    present = list(Customer.objects.exclude(status="erased").order_by("place"))
    if kind == "fill":
        joining = [one.pk for number, one in enumerate(present) if number in who]
        services.put_into_segment(Segment.objects.get(pk=what), joining, **SHOP)
    elif kind == "register":
        services.register(level=level(what), **SHOP)
    elif who < len(present):
        key = present[who].pk
        if kind == "level":
            services.change(key, {"level": level(what)}, **SHOP)
        elif kind == "segments":
            services.choose_segments(key, Segment.objects.filter(pk__in=what), **SHOP)
        else:
            services.change_status(key, what, **SHOP)


def by_the_rules(campaign: Campaign) -> list[Customer]:
    customers = Customer.objects.exclude(status="erased").order_by("place")
    return [who for who in customers if holds(Question.VISIBLE_FOR_CUSTOMER, campaign, buyer(who, AT), AT)]


@settings(max_examples=15)
@given(
    facts=people,
    places=st.permutations(PLACES),
    changed=st.lists(changes, max_size=6),
    aims=st.lists(targets, min_size=1, max_size=4),
)
def test_counts_and_pages_are_those_of_the_rules(facts, places, changed, aims):
    with transaction.atomic():
        put_there(places, facts)
        for change in changed:
            apply(*change)
        for names, chosen in aims:
            create(draft(levels=[level(name).pk for name in sorted(names)], segments=sorted(chosen)), **SHOP)

        campaigns = list(Campaign.objects.with_details())
        counts = visible_counts(campaigns, AT)
        for campaign in campaigns:
            expected = by_the_rules(campaign)
            assert counts.get(campaign.pk, 0) == len(expected)
            for start in range(len(expected) + 1):
                page, total = visible_customers(campaign, AT, start, start + 2)
                assert (list(page), total) == (expected[start : start + 2], len(expected))
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("window", "seen"),
    [
        ({"visible_from": later(-1), "visible_to": AT}, True),
        ({"visible_from": AT, "visible_to": later(1)}, True),
        ({"visible_from": later(-1), "visible_to": later(seconds=-1)}, False),
        ({"visible_from": later(seconds=1), "visible_to": later(1)}, False),
    ],
)
def test_outside_its_window_nobody_sees_it(window, seen):
    who = customer()
    reward = create(draft(levels=[who.level_id], all_time_visible=False, **window), **SHOP)
    page, total = visible_customers(reward, AT, 0, 10)
    assert (list(page), total) == (([who], 1) if seen else ([], 0))
    assert visible_counts([reward], AT) == ({reward.pk: 1} if seen else {})


def test_what_is_switched_off_is_seen_all_the_same():
    who = customer(status="blocked")
    reward = create(draft(levels=[who.level_id], active=False), **SHOP)
    assert list(visible_customers(reward, AT, 0, 10)[0]) == [who]


def test_nobody_sees_what_is_aimed_at_nobody():
    customer()
    reward = create(draft(segments=[Segment.objects.create(name="empty").pk]), **SHOP)
    page, total = visible_customers(reward, AT, 0, 10)
    assert (list(page), total, visible_counts([reward], AT)) == ([], 0, {})


def test_counts_and_pages_take_as_many_statements_for_many_as_for_few():
    asked = []
    for size in (1, 12):
        joining = [customer() for _ in range(size)]
        seat({who: 9_000 * number for number, who in enumerate(Customer.objects.order_by("created_at", "pk"))})
        segment = Segment.objects.create(name="any")
        services.put_into_segment(segment, [who.pk for who in joining], **SHOP)
        rewards = [create(draft(levels=[level().pk], segments=[segment.pk]), **SHOP) for _ in range(size)]
        with statements() as said:
            assert len(visible_counts(rewards, AT)) == size
            assert len(visible_customers(rewards[0], AT, 0, size)[0]) == size
        asked.append(len(said))
    assert asked == [3, 3]
