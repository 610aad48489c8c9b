"""How many SQL statements a request takes, from the credential to the answer."""

import pytest

from campaigns.models import Campaign, Coupon, Label, LevelTarget, SegmentTarget, Slice
from customers.models import Level, Segment
from loyalty_site.access.actors import Role
from tests.builders import AT, campaign, customer, earn, level
from tests.callers import with_token
from tests.statements import either, statements

pytestmark = pytest.mark.django_db

BUY = {"postgresql": 6, "sqlite": 10}


def bought(caller, path, **headers):
    with statements() as seen:
        assert caller.post(path, **headers)[0] == 200
    return len(seen)


@pytest.fixture
def path():
    reward, buyer = campaign(), customer(points=100)
    return f"/api/seller/customer/{buyer.pk}/campaign/{reward.pk}/buy"


def test_buying(seller, path):
    assert bought(seller, path) == either(**BUY)


def test_buying_as_an_administrator(admin, path):
    assert bought(admin, path.replace("seller", "admin")) == either(**BUY)


def test_a_key_takes_two_more(seller, path):
    assert bought(seller, path, Idempotency_Key="1") == either(**BUY) + 2


def test_a_replay_takes_three(seller, path):
    """The caller, the key that is there already, and its answer."""
    seller.post(path, Idempotency_Key="1")
    assert bought(seller, path, Idempotency_Key="1") == 3


def test_an_api_token_takes_as_many_as_a_log_in_once_its_use_is_noted(path):
    till = with_token(Role.SELLER)
    assert bought(till, path) == either(**BUY) + 1
    assert bought(till, path) == either(**BUY)


def test_a_pool_of_many_codes_takes_no_more(seller):
    reward, buyer = campaign([f"C{n}" for n in range(2_000)], limit=5_000), customer(points=100)
    assert bought(seller, f"/api/seller/customer/{buyer.pk}/campaign/{reward.pk}/buy") == either(**BUY)


def test_points_in_many_buckets_take_no_more(seller):
    reward, buyer = campaign(), customer(points=1)
    for days in range(20, 30):
        earn(buyer, 1, valid=days)
    assert bought(seller, f"/api/seller/customer/{buyer.pk}/campaign/{reward.pk}/buy") == either(**BUY)


# --- lists -----------------------------------------------------------------------------------------------------------


def fill(campaigns, parts, home):
    """So many campaigns, each with so many codes, labels, levels and segments; the first level is `home`."""
    levels = [home, *Level.objects.bulk_create(Level(name=f"level {n}") for n in range(parts - 1))]
    segments = Segment.objects.bulk_create(Segment(name=f"segment {n}") for n in range(parts))
    made = Campaign.objects.bulk_create(
        Campaign(
            name=f"Campaign {n}",
            active=True,
            cost_in_points=10,
            unlimited=True,
            all_time_active=True,
            all_time_visible=True,
            created_at=AT,
            updated_at=AT,
        )
        for n in range(campaigns)
    )
    Slice.objects.bulk_create(Slice(campaign=one, shard=0, next=0, stop=parts) for one in made)
    numbers = [(one, n) for one in made for n in range(parts)]
    Coupon.objects.bulk_create(Coupon(campaign=one, position=n, code=f"C{n}") for one, n in numbers)
    Label.objects.bulk_create(Label(campaign=one, position=n, key="k", value=str(n)) for one, n in numbers)
    LevelTarget.objects.bulk_create(LevelTarget(campaign=one, position=n, level_id=levels[n].pk) for one, n in numbers)
    SegmentTarget.objects.bulk_create(
        SegmentTarget(campaign=one, position=n, segment_id=segments[n].pk) for one, n in numbers
    )


LISTS = {
    # caller, page: one statement each for the caller, the total, the campaigns, their levels, segments and labels,
    # the codes, the counts of customers, the names of levels and of segments
    "list": ("admin", "/api/campaign", 10),
    "filtered list": ("admin", "/api/campaign?labels[0][key]=k&labels[1][value]=0&name=C&active=1", 10),
    "seller list": ("seller", "/api/seller/campaign", 10),
    # and for the customer, their points and their segments
    "available": ("admin", "/api/admin/customer/{buyer}/campaign/available", 13),
    "seller available": ("seller", "/api/seller/customer/{buyer}/campaign/available", 13),
}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(("campaigns", "parts"), [(1, 1), (10, 1), (100, 1), (1, 10), (1, 100), (10, 10)])
def test_a_list_takes_the_same_however_long_it_is(name, campaigns, parts, admin, seller):
    role, path, wanted = LISTS[name]
    caller = {"admin": admin, "seller": seller}[role]
    buyer = customer(points=100)
    fill(campaigns, parts, level())
    with statements() as seen:
        _, body = caller.get(f"{path.format(buyer=buyer.pk)}{'&' if '?' in path else '?'}perPage=1000")
    assert (body["total"], len(body["campaigns"][-1]["labels"])) == (campaigns, parts)
    assert len(seen) == wanted


def test_an_empty_list_asks_for_no_more_than_the_total(admin):
    with statements() as seen:
        assert admin.get("/api/campaign") == (200, {"campaigns": [], "total": 0})
    assert len(seen) == 2


@pytest.mark.parametrize("parts", [1, 10, 100])
def test_a_detail(parts, admin):
    fill(1, parts, level())
    campaign_id = Campaign.objects.get().pk
    with statements() as seen:
        assert admin.get(f"/api/campaign/{campaign_id}")[0] == 200
    assert len(seen) == 9
