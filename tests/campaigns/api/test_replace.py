"""`PUT /api/campaign/<campaign>`: the whole data is sent. Rule: Open Loyalty, "Update a campaign"."""

import pytest

from campaigns.models import Campaign, Purchase
from loyalty_site.access.models import AuditEntry
from tests.books import books
from tests.builders import buy, campaign, customer, later, level
from tests.callers import ADMIN_ID, NOT_FOUND
from tests.campaigns.api.documents import BRONZE, GOLD, REGULARS, SHOWN, as_form, created, sent, shown

pytestmark = pytest.mark.django_db

UNKNOWN = ["00000000-0000-0000-0000-000000000000", "x", "%00", BRONZE.replace("-", ""), f"{{{BRONZE}}}"]


def put(admin, campaign_id, **changes):
    assert admin.put(f"/api/campaign/{campaign_id}", sent(**changes)) == (200, {"campaignId": str(campaign_id)})
    return shown(admin, campaign_id)


@pytest.mark.parametrize("write", [dict, as_form], ids=["json", "form"])
def test_everything_is_replaced(write, admin):
    campaign_id = created(admin)
    body = {
        "reward": "gift_code",
        "name": "Free tea",
        "costInPoints": 7,
        "target": "segment",
        "segments": [REGULARS],
        "labels": "kind:tea",
        "singleCoupon": True,
        "limit": 3,
        "limitPerUser": 1,
        "coupons": ["T"],
        "campaignVisibility": {"allTimeVisible": True},
        "campaignActivity": {"allTimeActive": True},
    }
    assert admin.put(f"/api/campaign/{campaign_id}", write({"campaign": body})) == (200, {"campaignId": campaign_id})
    assert shown(admin, campaign_id) == {
        "levels": [],
        "segments": [REGULARS],
        "coupons": ["T"],
        "campaignId": campaign_id,
        "reward": "gift_code",
        "name": "Free tea",
        "active": False,
        "costInPoints": 7,
        "singleCoupon": True,
        "unlimited": False,
        "limit": 3,
        "limitPerUser": 1,
        "campaignActivity": {"allTimeActive": True},
        "campaignVisibility": {"allTimeVisible": True},
        "labels": [{"key": "kind", "value": "tea"}],
        "segmentNames": [],
        "levelNames": [],
        "usageLeft": 3,
        "visibleForCustomersCount": 0,
        "usersWhoUsedThisCampaignCount": 0,
        "hasPhoto": False,
    }


def test_sending_the_same_again_changes_nothing(admin):
    campaign_id = created(admin)
    assert put(admin, campaign_id) == SHOWN | {"campaignId": campaign_id}


def test_what_the_admin_front_end_read_can_be_sent_back_with_all_its_keys(admin):
    campaign_id = created(admin)
    read = shown(admin, campaign_id)
    body = {"campaign": read | {"target": "level", "labels": "type:promotion"}}
    assert admin.put(f"/api/campaign/{campaign_id}", body) == (200, {"campaignId": campaign_id})
    assert shown(admin, campaign_id) == read


@pytest.mark.parametrize("box", ["active", "singleCoupon", "unlimited"])
def test_a_check_box_that_is_left_out_is_switched_off(box, admin):
    campaign_id = created(admin, **{box: True})
    assert put(admin, campaign_id, **{box: None})[box] is False


@pytest.mark.once("sqlite")
@pytest.mark.parametrize(
    "name",
    [
        *["shortDescription", "conditionsDescription", "usageInstruction", "brandDescription"],
        *["moreInformationLink", "rewardValue", "tax", "taxPriceValue"],
    ],
)
@pytest.mark.parametrize("value", [None, ""], ids=["left out", "empty"])
def test_what_is_not_sent_is_gone(name, value, admin):
    assert name not in put(admin, created(admin), **{name: value})


def test_targets_and_labels_stand_in_the_new_order(admin):
    campaign_id = created(admin, levels=[BRONZE, GOLD], labels="a:1;b:2")
    found = put(admin, campaign_id, levels=[GOLD, BRONZE], labels="b:2;a:1;a:1")
    assert found["levels"] == [GOLD, BRONZE]
    assert [(label["key"], label["value"]) for label in found["labels"]] == [("b", "2"), ("a", "1"), ("a", "1")]


def test_the_photo_stays_and_so_does_the_place_in_the_list(admin):
    campaign_id = created(admin)
    Campaign.objects.update(photo="campaigns/x.jpg", created_at=later(-1))
    created(admin, name="Later")
    assert put(admin, campaign_id)["hasPhoto"] is True
    _, listed = admin.get("/api/campaign")
    assert [found["name"] for found in listed["campaigns"]] == ["Free coffee", "Later"]


def test_it_is_written_down_what_changed(admin):
    campaign_id = created(admin)
    put(admin, campaign_id, name="Free tea", rewardValue=9, tax="")
    entry = AuditEntry.objects.get(action="campaign replaced")
    assert (entry.object_id, entry.actor) == (campaign_id, f"user:{ADMIN_ID}")
    changed = {name for name in entry.after if entry.after[name] != entry.before[name]}
    assert changed == {"name", "reward_value", "tax"}
    assert (entry.before["name"], entry.after["name"]) == ("Free coffee", "Free tea")
    assert (entry.before["reward_value"], entry.after["reward_value"]) == ("12.50", "9.00")
    assert (entry.before["tax"], entry.after["tax"]) == ("23.00", None)


@pytest.mark.once("sqlite")
@pytest.mark.parametrize("campaign_id", UNKNOWN)
@pytest.mark.parametrize("body", [sent(), {"campaign": {}}, None], ids=["sound", "invalid", "nothing"])
def test_an_unknown_campaign_whatever_is_sent(campaign_id, body, admin):
    created(admin)
    before = books()
    assert admin.put(f"/api/campaign/{campaign_id}", body) == NOT_FOUND
    assert books() == before


# --- the pool ------------------------------------------------------------------------------------------------------


def ours(codes, **settings):
    return campaign(codes, levels=[level().pk], limit_per_customer=9, **settings)


def pool(admin, reward, codes, **changes):
    found = put(admin, reward.pk, coupons=codes, **({"limitPerUser": 9} | changes))
    return found["coupons"], found["usageLeft"]


def test_codes_left_out_are_withdrawn_and_new_ones_added(admin):
    reward = ours(["A", "B", "C"])
    assert pool(admin, reward, ["B", "D"]) == (["B", "D"], 2)
    assert [buy(reward, customer(points=10)) for _ in range(2)] == ["B", "D"]


def test_codes_are_sold_in_the_order_of_the_new_list(admin):
    reward = ours(["A", "B", "C"])
    assert pool(admin, reward, ["C", "A", "B"]) == (["C", "A", "B"], 3)
    assert [buy(reward, customer(points=10)) for _ in range(3)] == ["C", "A", "B"]


@pytest.mark.parametrize("codes", [["B", "C"], ["C", "B", "A"]], ids=["left out", "sent"])
def test_a_code_that_was_sold_stays_whatever_is_sent_and_is_never_sold_again(codes, admin):
    reward, buyer = ours(["A", "B", "C"]), customer(points=50)
    assert buy(reward, buyer) == "A"
    shown_codes, left = pool(admin, reward, codes)
    assert (sorted(shown_codes), left) == (["A", "B", "C"], 2)
    assert sorted([buy(reward, buyer), buy(reward, buyer)]) == ["B", "C"]
    assert Purchase.objects.filter(coupon__code="A").count() == 1


def test_a_withdrawn_code_can_be_brought_back(admin):
    reward = ours(["A", "B"])
    pool(admin, reward, ["B"])
    assert pool(admin, reward, ["A", "B"]) == (["A", "B"], 2)
    assert buy(reward, customer(points=10)) == "A"


def test_replacing_the_pool_keeps_purchases_as_they_were(admin):
    reward, buyer = ours(["A", "B"]), customer(points=50)
    buy(reward, buyer)
    before = Purchase.objects.values().get()
    pool(admin, reward, ["X"], name="Other", costInPoints=99)
    assert Purchase.objects.values().get() == before


def test_a_list_shows_a_thousand_codes_and_sending_those_back_keeps_the_others(admin):
    codes = [f"C{n:04}" for n in range(1_003)]
    reward = ours(codes, limit=2_000)
    _, listed = admin.get("/api/campaign")
    seen = listed["campaigns"][0]["coupons"]
    assert len(seen) == 1_000
    assert pool(admin, reward, seen[1:], limit=2_000) == (codes[1:], 1_002)


def test_the_detail_shows_every_code_and_what_is_left_out_of_those_is_withdrawn(admin):
    codes = [f"C{n:04}" for n in range(1_003)]
    reward = ours(codes, limit=2_000)
    assert pool(admin, reward, codes[5:1_001], limit=2_000) == (codes[5:1_001], 996)


# --- limits --------------------------------------------------------------------------------------------------------


def test_a_limit_below_what_was_sold_leaves_nothing(admin):
    reward, buyer = ours(["A", "B", "C"]), customer(points=50)
    buy(reward, buyer)
    buy(reward, buyer)
    found = put(admin, reward.pk, coupons=["A", "B", "C"], limit=1)
    assert (found["limit"], found["usageLeft"]) == (1, 0)


def test_a_higher_limit_puts_more_on_sale(admin):
    reward = ours(["A", "B", "C"], limit=1)
    buy(reward, customer(points=10))
    assert put(admin, reward.pk, coupons=["A", "B", "C"], limit=3)["usageLeft"] == 2
    assert buy(reward, customer(points=10)) == "B"


def test_unlimited_and_back(admin):
    campaign_id = created(admin)
    found = put(admin, campaign_id, unlimited=True, limit=None, limitPerUser=None)
    assert ({"limit", "limitPerUser"}.isdisjoint(found), found["usageLeft"]) == (True, 2)
    assert put(admin, campaign_id, limit=1) == SHOWN | {"campaignId": campaign_id, "limit": 1, "usageLeft": 1}


def test_one_code_for_all_and_back(admin):
    reward, buyer = ours(["A", "B"]), customer(points=90)
    buy(reward, buyer)
    found = put(admin, reward.pk, singleCoupon=True, limit=5, limitPerUser=9, coupons=["A", "B"])
    assert (found["usageLeft"], buy(reward, buyer), buy(reward, buyer)) == (4, "A", "A")
    found = put(admin, reward.pk, limit=5, limitPerUser=9, coupons=["A", "B"])
    assert (found["usageLeft"], buy(reward, buyer)) == (1, "B")
