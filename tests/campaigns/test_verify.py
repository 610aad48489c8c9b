"""The proof that all was sold once, paid and counted finds nothing in a right shop, and every error in a wrong one."""

import pytest

from campaigns import services, stock
from campaigns.models import CouponBatch, Purchase
from campaigns.verify import BATCHES, SALES, STOCK, findings
from loyalty_site.findings import Finding
from tests.builders import AT, STAFF, buy, campaign, customer, later, spend
from tests.lively import lively_world
from tests.walls import plant

pytestmark = pytest.mark.django_db

POOL = "(SELECT id FROM campaigns_campaign WHERE name = 'pool')"
SHARED = "(SELECT id FROM campaigns_campaign WHERE name = 'shared')"
COUNTED = "as many units on sale as codes, limit and purchases allow"
AT_PLACES = "each slice counts the free codes at its places"
WITHHELD = "the free codes that are not on sale are counted"

# Each error, and the rules it breaks. Of the pool A and B are sold (B was given back), C and D are on sale, E and F are
# not; S is shared, sold twice and may be sold three times more.
ERRORS = {
    "a unit was put on sale": (
        [f"UPDATE campaigns_slice SET stop = stop + 1 WHERE campaign_id = {POOL}"],
        {COUNTED},
    ),
    "a unit was lost": ([f"UPDATE campaigns_slice SET next = next + 1 WHERE campaign_id = {POOL}"], {COUNTED}),
    "a hole was counted where there is none": (
        [f"UPDATE campaigns_slice SET stop = stop + 1, holes = 1 WHERE campaign_id = {POOL}"],
        {AT_PLACES},
    ),
    "a slice stands at sold places": (
        [f"UPDATE campaigns_slice SET next = next - 1, stop = stop - 1 WHERE campaign_id = {POOL}"],
        {AT_PLACES},
    ),
    "a slice was doubled": (
        [
            "INSERT INTO campaigns_slice (campaign_id, shard, next, stop, holes)"
            f" SELECT campaign_id, 9, next, stop, holes FROM campaigns_slice WHERE campaign_id = {POOL}"
        ],
        {COUNTED, "no place lies in two slices"},
    ),
    "withheld codes were forgotten": (
        [f"UPDATE campaigns_campaign SET codes_withheld = 0 WHERE id = {POOL}"],
        {WITHHELD},
    ),
    "a limit was raised past the stock": (
        [f'UPDATE campaigns_campaign SET "limit" = 5 WHERE id = {POOL}'],
        {COUNTED, WITHHELD},
    ),
    "a free code was withdrawn past the stock": (
        ["UPDATE campaigns_coupon SET voided_at = '2026-03-02 12:00:00+00:00' WHERE code = 'C'"],
        {AT_PLACES, WITHHELD},
    ),
    "a number of a shared code is sold again": (
        [f"UPDATE campaigns_slice SET next = next - 1, stop = stop - 1 WHERE campaign_id = {SHARED}"],
        {"a place on sale was never sold"},
    ),
    "another code is shared": (
        [
            "UPDATE campaigns_slice SET shared_coupon_id = (SELECT id FROM campaigns_coupon WHERE code = 'T')"
            f" WHERE campaign_id = {SHARED}"
        ],
        {"a shared code is the first of the list"},
    ),
    "a code of a pool is shared": (
        [
            "UPDATE campaigns_slice SET shared_coupon_id = (SELECT id FROM campaigns_coupon WHERE code = 'C')"
            f" WHERE campaign_id = {POOL}"
        ],
        {"a shared code is the first of the list"},
    ),
    "more was sold than the limit": (
        [
            f'UPDATE campaigns_campaign SET "limit" = 1, codes_withheld = 4 WHERE id = {POOL}',
            f"UPDATE campaigns_slice SET stop = next WHERE campaign_id = {POOL}",
        ],
        {"no more sold than the limit"},
    ),
    "more was sold to one customer than the limit": (
        [f"UPDATE campaigns_campaign SET limit_per_customer = 1 WHERE id = {SHARED}"],
        {"no more sold to one customer than the limit"},
    ),
    "a purchase was counted wrongly": (
        [f"UPDATE campaigns_purchase SET n = 7 WHERE campaign_id = {POOL} AND n = 1 AND position = 0"],
        {"a customer's purchases are counted without a gap"},
    ),
    "a purchase was given another place": (
        ["UPDATE campaigns_purchase SET position = 99 WHERE position = 0"],
        {"a purchase has the coupon of its place"},
    ),
    "a purchase was given another campaign's coupon": (
        [
            "UPDATE campaigns_purchase SET coupon_id = (SELECT id FROM campaigns_coupon WHERE code = 'A')"
            " WHERE position = -1"
        ],
        {"a purchase has the coupon of its place"},
    ),
    "a coupon was sold twice": (
        [
            "DROP INDEX pooled_coupon_sold_once",
            "UPDATE campaigns_purchase SET coupon_id = (SELECT id FROM campaigns_coupon WHERE code = 'A')"
            " WHERE position = 1",
        ],
        {"a coupon of a pool is sold once", "a purchase has the coupon of its place", WITHHELD},
    ),
    "a sold code was withdrawn": (
        ["UPDATE campaigns_coupon SET voided_at = '2026-03-02 12:00:00+00:00' WHERE code = 'A'"],
        {"a sold code is not withdrawn"},
    ),
    "a purchase cost something else": (
        ["UPDATE campaigns_purchase SET cost_in_points = 11 WHERE position = 0"],
        {"a purchase is paid by its customer, with its cost"},
    ),
    "a purchase was given to somebody else": (
        [
            "UPDATE campaigns_purchase SET customer_id = (SELECT id FROM customers_customer WHERE first_name = 'Other')"
            " WHERE position = 0"
        ],
        {"a purchase is paid by its customer, with its cost"},
    ),
    "a spending claims to be for a reward": (
        ["UPDATE points_transfer SET channel = 'reward' WHERE kind = 'spend'"],
        {"points spent on a reward bought one"},
    ),
    "a refund gave no points back": (
        ["UPDATE campaigns_purchase SET refunded_at = '2026-03-03 12:00:00+00:00' WHERE position = 0"],
        {"the points of a refunded purchase were given back"},
    ),
    "a batch was miscounted": (
        ["UPDATE campaigns_couponbatch SET added = added - 1 WHERE label = 'full'"],
        {
            "a batch has the coupons that it added and did not take out",
            "an import accounts for every line, and a generation made what was wanted",
        },
    ),
    "a coupon was given another campaign's batch": (
        [
            "UPDATE campaigns_coupon SET batch_id = (SELECT id FROM campaigns_couponbatch WHERE label = 'full')"
            " WHERE code = 'T'",
            "UPDATE campaigns_coupon SET batch_id = NULL WHERE code = 'F'",
        ],
        {"a coupon came with a batch of its campaign"},
    ),
    "a code of an undone batch is left": (
        ["UPDATE campaigns_couponbatch SET state = 'emptied' WHERE label = 'full'"],
        {"of a batch that was undone only sold codes are left"},
    ),
}


@pytest.fixture
def shop():
    """John bought A of the pool and twice the shared code, Jane gave B back; the points were spent elsewhere too."""
    john, jane = customer(points=50), customer(points=50)
    customer(first_name="Other")
    pool = campaign(list("ABCDEF"), name="pool", limit=4)
    batch = CouponBatch.objects.create(
        campaign=pool, label="full", source="generation", state="filled", pattern="#", wanted=2, added=2, created_at=AT
    )
    pool.coupons.filter(code__in="EF").update(batch=batch)
    shared = campaign(["S", "T"], name="shared", single_coupon=True, limit=5)
    buy(pool, john, at=later(hours=1))
    returned = services.buy(pool.pk, jane.pk, actor=STAFF, at=later(hours=1))
    services.refund(returned.pk, actor=STAFF, at=later(hours=2))
    for _ in range(2):
        buy(shared, john, at=later(hours=1))
    spend(john, 1, at=later(hours=1))


def test_a_lively_world_is_right():
    lively_world()
    assert Purchase.objects.exclude(refunded_at=None).exists()
    assert list(findings()) == []


def test_an_empty_shop_is_right():
    assert list(findings()) == []


@pytest.mark.parametrize("error", ERRORS)
def test_an_error_is_found(shop, error):
    assert list(findings()) == []
    statements, rules = ERRORS[error]

    plant(*statements)

    assert {finding.check for finding in findings()} == rules


def test_every_check_finds_an_error():
    assert set().union(*(rules for _, rules in ERRORS.values())) == {check.rule for check in [*STOCK, *SALES, *BATCHES]}


def test_a_finding_names_the_row_and_what_was_expected(shop):
    purchase = Purchase.objects.get(position=0)
    plant("UPDATE campaigns_purchase SET cost_in_points = 11 WHERE position = 0")

    assert list(findings()) == [
        Finding("a purchase is paid by its customer, with its cost", f"purchase {purchase.pk}", 11, 10)
    ]


def test_a_limit_lowered_below_what_was_sold_is_no_error():
    reward, who = campaign(list("ABCDE"), limit=5, limit_per_customer=5, cost_in_points=0), customer()
    for _ in range(3):
        buy(reward, who, at=later(hours=1))

    lowered = {"limit": 1, "limit_per_customer": 1}
    services.change_settings(reward.pk, lowered, actor=STAFF, at=later(hours=2))

    assert list(findings()) == []


def test_a_sale_that_was_under_way_while_the_limit_was_lowered_is_no_error():
    reward, who = campaign(list("ABCDE"), limit=5, limit_per_customer=5, cost_in_points=0), customer()
    for _ in range(3):
        buy(reward, who, at=later(seconds=30))
    plant("UPDATE campaigns_campaign SET limit_per_customer = 1")

    assert list(findings()) == []


def test_a_refunded_purchase_leaves_room_for_another():
    reward, who = campaign(list("ABCDE"), limit_per_customer=1, cost_in_points=0), customer()
    for hour in (1, 3, 5):
        purchase = services.buy(reward.pk, who.pk, actor=STAFF, at=later(hours=hour))
        services.refund(purchase.pk, actor=STAFF, at=later(hours=hour + 1))
    buy(reward, who, at=later(hours=7))

    assert list(findings()) == []


def test_codes_that_are_gone_for_good_are_no_error():
    for settings in ({"single_coupon": True}, {"unlimited": True}, {"single_coupon": True, "unlimited": True}):
        reward = campaign(["A"], **settings)
        stock.void(reward, reward.coupons.all(), at=AT)
    assert list(findings()) == []
