"""What a campaign's object shows. Rule: Open Loyalty, "Get campaign details" and its exemplary responses."""

from uuid import UUID

import pytest

from campaigns.models import Campaign
from campaigns.services import refund
from customers.models import Customer, Level, Segment
from customers.services import put_into_segment
from tests.builders import SHOP, STAFF, buy, campaign, customer, later
from tests.campaigns.api.documents import BRONZE, GOLD, LATER, REGULARS, SHOWN, created, shown

pytestmark = pytest.mark.django_db

ALWAYS = {"campaignActivity": {"allTimeActive": True}, "campaignVisibility": {"allTimeVisible": True}}
NO_LIMITS = {"limit": None, "limitPerUser": None}
PAST = {"activeFrom": "2025-01-01 00:00", "activeTo": "2025-06-01 00:00"}
FUTURE = {"activeFrom": "2026-06-01 00:00", "activeTo": "2027-01-01 00:00"}
OPEN = {"activeFrom": "2026-01-01 00:00", "activeTo": "2027-01-01 00:00"}


@pytest.fixture
def levels():
    return [Level.objects.create(pk=pk, name=name) for pk, name in ((BRONZE, "bronze"), (GOLD, "gold"))]


@pytest.fixture
def segment():
    return Segment.objects.create(pk=REGULARS, name="regulars")


def put_into(segment, *customers):
    put_into_segment(segment, [one.pk for one in customers], **SHOP)


def test_the_least_there_is(admin):
    texts = dict.fromkeys(["shortDescription", "conditionsDescription", "usageInstruction", *LATER])
    made = shown(admin, created(admin, unlimited=True, coupons=["A"], active=None, **texts, **NO_LIMITS, **ALWAYS))
    assert made == {
        "levels": [BRONZE],
        "segments": [],
        "coupons": ["A"],
        "campaignId": made["campaignId"],
        "reward": "discount_code",
        "name": "Free coffee",
        "active": False,
        "costInPoints": 10,
        "singleCoupon": False,
        "unlimited": True,
        "campaignActivity": {"allTimeActive": True},
        "campaignVisibility": {"allTimeVisible": True},
        "labels": [],
        "segmentNames": [],
        "levelNames": [],
        "usageLeft": 1,
        "visibleForCustomersCount": 0,
        "usersWhoUsedThisCampaignCount": 0,
        "hasPhoto": False,
    }


def test_the_id_may_be_asked_in_capitals(admin):
    campaign_id = created(admin)
    assert shown(admin, campaign_id.upper()) == SHOWN | {"campaignId": campaign_id}


def test_an_empty_text_is_left_out(admin):
    assert "shortDescription" not in shown(admin, created(admin, shortDescription=" "))


def test_limits_of_an_unlimited_campaign_are_left_out_though_they_were_sent(admin):
    made = shown(admin, created(admin, unlimited=True))
    assert {"limit", "limitPerUser"}.isdisjoint(made)


def test_a_photo_is_told_of(admin):
    campaign_id = created(admin)
    Campaign.objects.update(photo="campaigns/x.jpg")
    assert shown(admin, campaign_id)["hasPhoto"] is True


# --- names -------------------------------------------------------------------------------------------------------


def test_names_of_levels_and_segments_by_their_ids(admin, levels, segment):
    made = shown(admin, created(admin, target=None, levels=[GOLD, BRONZE], segments=[REGULARS]))
    assert made["levelNames"] == {GOLD: "gold", BRONZE: "bronze"}
    assert made["segmentNames"] == {REGULARS: "regulars"}


def test_ids_that_are_gone_have_no_name(admin, levels):
    gone = "99999999-0000-4000-8000-000000000009"
    made = shown(admin, created(admin, levels=[gone, BRONZE]))
    assert (made["levels"], made["levelNames"]) == ([gone, BRONZE], {BRONZE: "bronze"})


# --- activity to come --------------------------------------------------------------------------------------------

TO_COME = {
    "on, window open": ({"active": True, "campaignActivity": OPEN}, None),
    "on, window over": ({"active": True, "campaignActivity": PAST}, PAST),
    "on, window to come": ({"active": True, "campaignActivity": FUTURE}, FUTURE),
    "off, window open": ({"active": False, "campaignActivity": OPEN}, OPEN),
    "off, window over": ({"active": False, "campaignActivity": PAST}, PAST),
    "on, always": ({"active": True, "campaignActivity": {"allTimeActive": True}}, None),
    "off, always": ({"active": False, "campaignActivity": {"allTimeActive": True}}, None),
}


@pytest.mark.parametrize(("changes", "window"), TO_COME.values(), ids=TO_COME)
def test_the_window_of_a_campaign_that_is_not_active_now(changes, window, admin):
    made = shown(admin, created(admin, **changes))
    told = {key: value for key, value in made.items() if key.startswith("will_be")}
    activity = made["campaignActivity"]
    wanted = {"will_be_active_from": "activeFrom", "will_be_active_to": "activeTo"} if window else {}
    assert told == {key: activity[name] for key, name in wanted.items()}


@pytest.mark.parametrize(("seconds", "is_active"), [(0, True), (-1, False), (60, True), (61, False)])
def test_both_ends_of_the_window_are_within(seconds, is_active, admin):
    window = {"all_time_active": False, "active_from": later(), "active_to": later(minutes=1)}
    made = campaign(**window)
    Campaign.objects.update(active_from=later(seconds=-seconds), active_to=later(seconds=60 - seconds))
    assert ("will_be_active_from" not in shown(admin, made.pk)) is is_active


def test_the_visibility_window_says_nothing_about_activity(admin):
    gone = {"visibleFrom": "2025-01-01 00:00", "visibleTo": "2025-02-01 00:00"}
    assert "will_be_active_from" not in shown(admin, created(admin, campaignVisibility=gone))


# --- counts ------------------------------------------------------------------------------------------------------


def test_customers_on_its_levels_and_in_its_segments_can_see_it_each_counted_once(admin, levels, segment):
    bronze, gold = levels
    by_level, both = customer(level=bronze), customer(level=bronze)
    by_segment, neither = customer(level=gold), customer(level=gold)
    put_into(segment, both, by_segment)
    assert neither.pk not in {by_level.pk, both.pk, by_segment.pk}
    made = shown(admin, created(admin, target=None, levels=[BRONZE], segments=[REGULARS]))
    assert made["visibleForCustomersCount"] == 3


@pytest.mark.parametrize(("status", "counted"), [("new", 1), ("active", 1), ("blocked", 1), ("erased", 0)])
def test_every_customer_there_is_counts(status, counted, admin, levels):
    customer(level=levels[0], status=status)
    assert shown(admin, created(admin))["visibleForCustomersCount"] == counted


@pytest.mark.parametrize(
    ("changes", "count"),
    [
        ({"active": False}, 1),
        ({"campaignActivity": PAST}, 1),
        ({"costInPoints": 1_000_000}, 1),
        ({"campaignVisibility": {"visibleFrom": "2025-01-01", "visibleTo": "2025-02-01"}}, 0),
        ({"campaignVisibility": {"visibleFrom": "2026-04-01", "visibleTo": "2026-05-01"}}, 0),
        ({"campaignVisibility": {"allTimeVisible": True}}, 1),
    ],
    ids=str,
)
def test_only_the_visibility_window_bears_on_that_count(changes, count, admin, levels):
    customer(level=levels[0])
    assert shown(admin, created(admin, **changes))["visibleForCustomersCount"] == count


def test_customers_who_bought_it_count_once(admin):
    reward = campaign(["A", "B", "C"])
    often, once = customer(points=20), customer(points=10)
    for buyer in (often, often, once):
        buy(reward, buyer)
    assert shown(admin, reward.pk)["usersWhoUsedThisCampaignCount"] == 2


def test_a_buyer_whose_reward_was_refunded_has_bought_it_all_the_same(admin):
    reward, buyer = campaign(["A"]), customer(points=10)
    buy(reward, buyer)
    refund(reward.purchases.get().pk, actor=STAFF, at=later())
    assert shown(admin, reward.pk)["usersWhoUsedThisCampaignCount"] == 1


def test_one_campaigns_counts_are_not_anothers(admin, levels):
    customer(level=levels[0])
    ours, other = created(admin), created(admin, levels=[GOLD])
    buy(Campaign.objects.get(pk=UUID(other)), customer(points=10, level=levels[1]))
    assert shown(admin, ours)["visibleForCustomersCount"] == 1
    assert shown(admin, ours)["usersWhoUsedThisCampaignCount"] == 0
    assert shown(admin, ours)["usageLeft"] == 2
    assert Customer.objects.count() == 2


# --- coupons -----------------------------------------------------------------------------------------------------


def test_used_codes_are_shown_too(admin):
    reward = campaign(["A", "B"])
    buy(reward, customer(points=10))
    assert shown(admin, reward.pk)["coupons"] == ["A", "B"]


def test_the_detail_shows_every_code_and_the_list_a_thousand(admin):
    """What a list holds of one campaign is bounded, so that a page is."""
    codes = [f"C{n:04}" for n in range(1_003)]
    reward = campaign(codes)
    _, listed = admin.get("/api/campaign")
    assert listed["campaigns"][0]["coupons"] == codes[:1_000]
    assert shown(admin, reward.pk)["coupons"] == codes
