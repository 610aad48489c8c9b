"""What is found of a campaign before it is published: what blocks it, and what is only said."""

from dataclasses import replace

import pytest

from campaigns import photos
from campaigns.models import Campaign
from campaigns.readiness import Check, findings, findings_of, judged
from campaigns.standing import Group, Standing
from customers.models import Level, Segment
from tests.builders import AT, SHOP, buy, campaign, customer, later, level
from tests.statements import statements

BRONZE = Group("bronze", active=True, has_members=True, field="levels")
WORDS = {"short_description": "Tea", "conditions_description": "For all", "usage_instruction": "Show it"}


def standing(**changes) -> Standing:
    """Of a campaign that lacks nothing; changes go to it, or to how it stands."""
    facts = {"aims": 1, "groups": [BRONZE], "has_codes": True, "free": 10, "sold": 0}
    facts |= {name: changes.pop(name) for name in list(changes) if name in facts}
    settings = {"cost_in_points": 10, "limit": 10, "limit_per_customer": 2, "photo": "a.png", "photo_alt": "A cup"}
    settings |= {"all_time_active": True, "all_time_visible": True}
    return Standing(campaign=Campaign(**(settings | WORDS | changes)), **facts)


def found(**changes) -> list[tuple[str, bool, str]]:
    return [(finding.sentence, finding.blocks, finding.place) for finding in judged(standing(**changes), AT)]


def bought(first: int, last: int) -> dict:
    return {"all_time_active": False, "active_from": later(first), "active_to": later(last)}


def seen(first: int, last: int) -> dict:
    return {"all_time_visible": False, "visible_from": later(first), "visible_to": later(last)}


def test_nothing_is_found_of_what_lacks_nothing():
    assert found() == []
    assert found(**bought(0, 9), **seen(0, 9)) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (bought(-9, -1), ("It could be bought until 1 Mar 2026, 13:00: that is over.", True, "active_to")),
        (seen(-9, -1), ("It was shown until 1 Mar 2026, 13:00: that is over.", True, "visible_to")),
        (
            bought(5, 9) | seen(0, 4),
            (
                "Nobody can ever buy it: it is shown from 2 Mar 2026, 13:00 to 6 Mar 2026, 13:00, "
                "and can be bought only from 7 Mar 2026, 13:00 to 11 Mar 2026, 13:00.",
                True,
                "visible_from",
            ),
        ),
        (
            bought(0, 9) | seen(2, 9),
            (
                "It can be bought from 2 Mar 2026, 13:00, but is shown only from 4 Mar 2026, 13:00: "
                "nobody buys it before.",
                False,
                "visible_from",
            ),
        ),
        (
            bought(0, 9) | seen(0, 4),
            (
                "It can be bought until 11 Mar 2026, 13:00, but is shown only until 6 Mar 2026, 13:00: "
                "nobody buys it later.",
                False,
                "visible_to",
            ),
        ),
        (
            bought(2, 9) | seen(0, 9),
            (
                "It is shown from 2 Mar 2026, 13:00, but can be bought only from 4 Mar 2026, 13:00.",
                False,
                "active_from",
            ),
        ),
        ({"aims": 0, "groups": []}, ("It is aimed at nobody.", True, "levels")),
        (
            {"aims": 2, "groups": []},
            ("It was aimed at levels or segments that do not exist any more: nobody sees it.", True, "levels"),
        ),
        ({"aims": 2}, ("It is also aimed at levels or segments that do not exist any more.", False, "levels")),
        (
            {"groups": [replace(BRONZE, name="VIP", active=False, field="segments")]},
            ("“VIP” is not active.", False, "segments"),
        ),
        (
            {"groups": [replace(BRONZE, has_members=False)]},
            ("No customer is on these levels or in these segments now.", False, "levels"),
        ),
        (
            {"has_codes": False, "free": 0},
            ("It has no codes: there is nothing to sell.", True, "generate_coupons"),
        ),
        (
            {"has_codes": False, "single_coupon": True},
            ("It has no codes: there is nothing to sell.", True, "codes"),
        ),
        ({"sold": 10}, ("The limit is reached: 10 of 10 are sold.", True, "limit")),
        ({"free": 0, "sold": 9}, ("No code is left: all were handed out or withdrawn.", True, "generate_coupons")),
        (
            {"free": 3, "sold": 4},
            ("The codes do not reach for the limit of 10: 7 can be sold in all.", False, "generate_coupons"),
        ),
        ({"cost_in_points": 0}, ("It costs no points.", False, "cost_in_points")),
        ({"photo": ""}, ("It has no picture: apps show an empty box.", False, "picture")),
        ({"photo_alt": ""}, ("Nothing says what the picture shows, for people who cannot see it.", False, "photo_alt")),
        ({"short_description": " "}, ("The short description is missing.", False, "short_description")),
        ({"conditions_description": ""}, ("The conditions are missing.", False, "conditions_description")),
        ({"usage_instruction": ""}, ("How to use it is missing.", False, "usage_instruction")),
    ],
)
def test_one_thing_is_found(changes, told):
    assert found(**changes) == [told]


@pytest.mark.parametrize(
    "changes",
    [
        {"unlimited": True, "limit": None, "limit_per_customer": None, "free": 1, "sold": 99},
        {"single_coupon": True, "free": 0, "sold": 9},
        {"free": 1, "sold": 9},
        seen(-9, 0),  # the last moment is part of the window
    ],
)
def test_what_is_enough_is_not_told(changes):
    assert found(**changes) == []


def test_what_blocks_comes_first():
    told = judged(standing(cost_in_points=0, has_codes=False, free=0), AT)

    assert [(finding.check, finding.blocks) for finding in told] == [(Check.STOCK, True), (Check.COST, False)]


@pytest.mark.django_db
def test_a_saved_campaign_is_judged_by_what_is_stored():
    gold, vip = Level.objects.create(name="gold", active=False), Segment.objects.create(name="VIP", active=True)
    reward = campaign(["A", "B", "C"], levels=[gold.pk], segments=[vip.pk], limit=2, **WORDS)
    for _ in range(2):
        buy(reward, customer(100))

    assert [finding.sentence for finding in findings(reward, AT)] == [
        "The limit is reached: 2 of 2 are sold.",
        "“gold” is not active.",
        "No customer is on these levels or in these segments now.",
        "It has no picture: apps show an empty box.",
    ]


@pytest.mark.django_db
def test_codes_above_the_limit_count_as_codes():
    customer()
    reward = campaign([f"C{n}" for n in range(12)], levels=[level().pk], limit=10, **WORDS)

    assert [finding.check for finding in findings(reward, AT)] == [Check.PHOTO]


@pytest.mark.django_db
def test_many_are_judged_in_as_many_queries_as_one():
    one, *others = [campaign([f"A{n}"], levels=[level(f"level {n}").pk]) for n in range(4)]
    with statements() as few:
        alone = findings(one, AT)
    with statements() as many:
        together = findings_of([one.pk, *(other.pk for other in others)], AT)

    assert len(many) == len(few) <= 8
    assert together[one.pk] == alone
    assert len(together) == 4


@pytest.mark.django_db
def test_a_picture_brings_its_own_words_and_focus():
    reward = campaign()
    photos.set_photo(reward.pk, "campaigns/a.png", framing=photos.Framing("A cup", 20, 80), **SHOP)
    framed = Campaign.objects.values_list("photo_alt", "focus_x", "focus_y").get()
    photos.set_photo(reward.pk, "campaigns/b.png", **SHOP)

    assert framed == ("A cup", 20, 80)
    assert Campaign.objects.values_list("photo_alt", "focus_x", "focus_y").get() == ("", 50, 50)
