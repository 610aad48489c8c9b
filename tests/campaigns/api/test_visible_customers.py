"""Who can see a campaign. Rule: Open Loyalty, "Reward Campaigns API", 'Check campaign visibility for the customers'."""

import pytest

from campaigns.models import Campaign
from campaigns.services import create
from customers.models import Level, Segment, Transaction
from customers.services import change_status, put_into_segment
from loyalty_site.access import scopes
from loyalty_site.access.actors import Role
from loyalty_site.access.models import Store
from tests.builders import AT, SHOP, buy, campaign, customer, draft, later, level
from tests.callers import with_token
from tests.statements import statements

pytestmark = pytest.mark.django_db


def path(reward, query=""):
    return f"/api/campaign/{reward.pk}/customers/visible{query}"


def ids(people):
    return [str(who.pk) for who in people]


def listed(caller, reward, query=""):
    status, body = caller.get(path(reward, query))
    assert status == 200
    return [one["customerId"] for one in body["customers"]], body["total"]


@pytest.fixture
def aimed():
    """A campaign at bronze and VIP, and those who can see it, in the order of registration."""
    gold, vip = level("gold"), Segment.objects.create(name="VIP")
    people = [customer(), customer(level=gold), customer()]
    customer(level=gold)
    put_into_segment(vip, ids(people[1:]), **SHOP)
    return create(draft(levels=[level().pk], segments=[vip.pk], cost_in_points=0), **SHOP), people


def test_those_on_its_levels_and_in_its_segments_each_once(admin, aimed):
    reward, people = aimed
    assert listed(admin, reward) == (ids(people), 3)
    _, body = admin.get(f"/api/campaign/{reward.pk}")
    assert body["visibleForCustomersCount"] == 3


def test_the_list_comes_first(admin, aimed):
    assert list(admin.get(path(aimed[0]))[1]) == ["customers", "total"]


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("?perPage=2", 0, 2),
        ("?perPage=2&page=2", 2, 3),
        ("?perPage=2&page=3", 3, 3),
        ("?perPage=-1", 0, 3),
        ("?page=1000000&perPage=1000", 3, 3),
        ("?sort=lastName&direction=desc", 0, 3),
    ],
)
def test_a_page(query, first, last, admin, aimed):
    reward, people = aimed
    assert listed(admin, reward, query) == (ids(people[first:last]), 3)


def test_who_may_not_spend_can_see_it_and_who_is_erased_cannot(admin, aimed):
    reward, (blocked, erased, other) = aimed
    change_status(blocked.pk, "blocked", **SHOP)
    change_status(erased.pk, "erased", **SHOP)
    assert listed(admin, reward) == (ids([blocked, other]), 2)


@pytest.mark.parametrize("window", [(later(-2), later(-1)), (later(1), later(2))])
def test_nobody_outside_its_visibility_window(window, admin, aimed):
    reward, _ = aimed
    Campaign.objects.update(all_time_visible=False, visible_from=window[0], visible_to=window[1])
    assert admin.get(path(reward)) == (200, {"customers": [], "total": 0})


def test_a_purchase_names_its_campaign_in_an_object(admin, aimed):
    reward, (who, *_) = aimed
    buy(reward, who)
    _, body = admin.get(path(reward, "?perPage=1"))
    assert body["customers"][0]["campaignPurchases"] == [
        {
            "purchaseAt": "2026-03-02T13:00:00+0100",
            "costInPoints": 0,
            "campaignId": {"campaignId": str(reward.pk)},
            "used": False,
            "coupon": {"code": "A"},
        }
    ]


def test_a_token_that_may_not_see_codes_sees_none(aimed):
    reward, (who, *_) = aimed
    buy(reward, who)
    shown = []
    for allowed in ([scopes.CUSTOMERS_READ], [scopes.CUSTOMERS_READ, scopes.COUPONS_READ]):
        _, body = with_token(Role.ADMIN, allowed).get(path(reward, "?perPage=1"))
        shown.append(body["customers"][0]["campaignPurchases"][0]["coupon"])
    assert shown == [{}, {"code": "A"}]


def test_a_token_of_a_store_sees_that_stores_customers_and_those_of_none(aimed):
    reward, (free, own, foreign) = aimed
    stores = [Store.objects.create(name=name, identifier=name) for name in ("pos1", "pos2")]
    for who, store in zip((own, foreign), stores, strict=True):
        who.store = store
        who.save(update_fields=["store"])
    customer(level=level("gold"), store=stores[0])  # cannot see it
    gone = customer(store=stores[0], status="erased")
    put_into_segment(Segment.objects.get(), [gone.pk], **SHOP)

    till = with_token(Role.ADMIN, store=stores[0])

    assert listed(till, reward) == (ids([free, own]), 2)
    assert listed(till, reward, "?perPage=1&page=2") == (ids([own]), 2)


def test_it_takes_the_same_however_many_see_it(admin):
    asked = []
    for size in (1, 15):
        silver = Level.objects.create(name=f"silver {size}")
        people = [customer(level=silver) for _ in range(size)]
        rewards = [campaign(["A"], levels=[silver.pk], cost_in_points=0) for _ in range(size)]
        for n, who in enumerate(people):
            for reward in rewards:
                if n == 0:
                    buy(reward, who)
            sale = {"document_number": f"{size}/{n}", "purchased_at": AT, "created_at": AT, "gross_value": 1}
            Transaction.objects.create(customer=who, **sale)
        with statements() as seen:
            assert listed(admin, rewards[0], "?perPage=1000") == (ids(people), size)
        asked.append(len(seen))
    assert asked == [6, 6]
