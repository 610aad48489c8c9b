"""A month of campaigns: what is on sale when, where there are gaps, and what is alike."""

from datetime import UTC, date, datetime

import pytest

from campaigns.models import Campaign
from campaigns.month import (
    Month,
    campaigns_in,
    clashes,
    days_of_buying,
    days_on_sale,
    gaps,
    read,
    runs,
)
from customers.models import Segment
from tests.builders import TODAY, buy, campaign, customer, level

MARCH = Month(2026, 3)
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)


def dated(first: int, last: int, **settings) -> dict:
    """To be bought from noon of one day of March to noon of another, in Warsaw."""
    days = {
        "active_from": datetime(2026, 3, first, 11, tzinfo=UTC),
        "active_to": datetime(2026, 3, last, 11, tzinfo=UTC),
    }
    return {"all_time_active": False, **days} | settings


def march(day: int) -> date:
    return date(2026, 3, day)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2026-12", Month(2026, 12)),
        ("", MARCH),
        ("2026-13", MARCH),
        ("2026-00", MARCH),
        ("0001-01", MARCH),
        ("2026-1", MARCH),
        ("x", MARCH),
    ],
)
def test_a_month_is_read_and_what_is_none_is_this_one(text, month):
    assert read(text, TODAY) == month


def test_months_follow_each_other_over_the_year():
    assert (Month(2026, 12).next, Month(2026, 1).previous) == (Month(2027, 1), Month(2025, 12))
    assert (str(Month(2026, 3)), MARCH.days[0], MARCH.days[-1]) == ("2026-03", FIRST, LAST)


@pytest.mark.parametrize(
    ("settings", "days"),
    [
        ({"all_time_active": True}, (FIRST, LAST)),
        (dated(5, 9), (march(5), march(9))),
        (dated(5, 9, active_from=datetime(2026, 1, 1, tzinfo=UTC)), (FIRST, march(9))),
        (dated(5, 9, active_to=datetime(2026, 3, 9, 23, tzinfo=UTC)), (march(5), march(10))),
        (dated(5, 9, active_to=datetime(2026, 4, 9, tzinfo=UTC)), (march(5), LAST)),
    ],
)
def test_the_days_of_buying_are_the_programmes(settings, days):
    assert days_of_buying(Campaign(**settings), MARCH) == days


@pytest.mark.parametrize(
    ("settings", "days"),
    [
        ({"active": False}, None),
        ({}, (march(5), march(9))),
        (
            {
                "all_time_visible": False,
                "visible_from": datetime(2026, 3, 7, tzinfo=UTC),
                "visible_to": datetime(2026, 3, 8, tzinfo=UTC),
            },
            (march(7), march(8)),
        ),
        (
            {
                "all_time_visible": False,
                "visible_from": datetime(2026, 4, 7, tzinfo=UTC),
                "visible_to": datetime(2026, 4, 8, tzinfo=UTC),
            },
            None,
        ),
    ],
)
def test_on_sale_is_what_is_on_and_seen_too(settings, days):
    reward = Campaign(**{"active": True, "all_time_visible": True} | dated(5, 9) | settings)

    assert days_on_sale(reward, MARCH) == days


def test_neighbouring_days_are_told_as_one_stretch():
    assert runs([march(1), march(2), march(4), march(6), march(7)]) == [
        (march(1), march(2)),
        (march(4), march(4)),
        (march(6), march(7)),
    ]


@pytest.fixture
def shelf(db) -> None:
    campaign(name="off", active=False)
    sold = campaign(["A"], name="sold out", **dated(12, 14))
    campaign(name="early", **dated(1, 10))
    campaign(name="late", **dated(15, 30))
    campaign(
        name="gone",
        **dated(
            1, 2, active_from=datetime(2026, 1, 1, tzinfo=UTC), active_to=datetime(2026, 2, 28, 22, 59, 59, tzinfo=UTC)
        ),
    )
    campaign(
        name="to come",
        **dated(1, 2, active_from=datetime(2026, 3, 31, 22, tzinfo=UTC), active_to=datetime(2026, 5, 1, tzinfo=UTC)),
    )
    buy(sold, customer(100), at=datetime(2026, 3, 12, 12, tzinfo=UTC))


@pytest.mark.usefixtures("shelf")
def test_a_month_has_the_campaigns_whose_days_touch_it_in_four_queries(django_assert_num_queries):
    with django_assert_num_queries(4):  # with levels, segments and labels
        assert [one.name for one in campaigns_in(MARCH)] == ["early", "sold out", "late", "off"]


@pytest.mark.usefixtures("shelf")
def test_gaps_are_days_to_come_without_anything_on_sale():
    found = list(campaigns_in(MARCH))

    assert gaps(found, MARCH, march(1)) == [(march(11), march(14)), (LAST, LAST)]
    assert gaps(found, MARCH, march(13)) == [(march(13), march(14)), (LAST, LAST)]


@pytest.mark.django_db
def test_campaigns_alike_are_told_once_with_what_they_share_and_when():
    vip = Segment.objects.create(name="VIP")
    both = {"levels": [level().pk], "segments": [vip.pk]}
    campaign(name="a", **dated(1, 12), **both)
    campaign(name="b", **dated(10, 20), **both)
    campaign(name="other reward", reward="gift_code", **dated(1, 30), **both)
    campaign(name="other days", **dated(21, 30), **both)
    campaign(name="other people", levels=[level("gold").pk])
    campaign(name="off", active=False, **both)

    (clash,) = clashes(campaigns_in(MARCH), MARCH, march(11))

    assert (clash.reward, set(clash.groups)) == ("discount_code", {level().pk, vip.pk})
    assert [one.name for one in clash.campaigns] == ["a", "b"]
    assert clash.days == ((march(11), march(12)),)
    assert clashes(campaigns_in(MARCH), MARCH, march(13)) == []
