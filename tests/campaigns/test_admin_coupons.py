"""The list of codes, and withdrawing those that are free."""

import pytest

from campaigns.models import Coupon, Purchase
from customers.models import Customer
from loyalty_site.access.models import AuditEntry
from tests.backoffice import chief, desk, queries, rows, told
from tests.builders import AT, buy, campaign, customer
from tests.campaigns.pools import left, shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

LIST = "/admin/campaigns/coupon/"


def page(coupon: Coupon, leaf: str = "change") -> str:
    return f"{LIST}{coupon.pk}/{leaf}/"


def withdrawal(codes: list[str], **more) -> dict:
    chosen = Coupon.objects.filter(code__in=codes).values_list("pk", flat=True)
    return {"action": "withdraw", "_selected_action": [str(pk) for pk in chosen]} | more


def test_the_list_names_the_holder_of_a_code():
    buy(campaign(["A", "B"]), customer(100, first_name="Anna", last_name="Nowak"))
    answer = chief().get(LIST)

    assert rows(answer) == ["A", "B"]
    assert (
        f'<a href="/admin/customers/customer/{Customer.objects.get().pk}/change/" class="text-link">Anna Nowak</a>'
        in (answer.content.decode())
    )


def test_a_code_that_all_buyers_share_names_none_of_them():
    reward = campaign(["SHARED"], single_coupon=True)
    buy(reward, customer(100, first_name="Anna", last_name="Nowak"))
    text = chief().get(LIST).content.decode()

    assert "every buyer" in text
    assert "Anna Nowak" not in text


def test_a_list_takes_as_many_queries_for_fifty_codes_as_for_five():
    staff = chief()
    reward = campaign([f"A{n:02}" for n in range(5)], limit=100)
    buy(reward, customer(100))
    few = queries(staff, LIST)
    second = campaign([f"B{n:02}" for n in range(45)], name="Second", limit=100)
    for _ in range(10):
        buy(second, customer(100))

    assert queries(staff, LIST) == few <= 12


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=WI", ["WIN-1", "WIN-2"]),
        ("q=WIN-2", ["WIN-2"]),
        ("q=IN-", []),
        ("state=free", ["FREE"]),
        ("state=sold", ["WIN-1"]),
        ("state=used", ["WIN-2"]),
        ("state=refunded", ["OLD"]),
        ("state=withdrawn", ["GONE"]),
    ],
)
def test_the_list_finds(query, found):
    reward, buyer = campaign(["WIN-1", "WIN-2", "OLD", "FREE", "GONE"], limit=9, limit_per_customer=9), customer(100)
    for _ in range(3):
        buy(reward, buyer)
    Purchase.objects.filter(coupon__code="WIN-2").update(used=True, used_at=AT)
    Purchase.objects.filter(coupon__code="OLD").update(refunded_at=AT)
    Coupon.objects.filter(code="GONE").update(voided_at=AT)

    assert rows(chief().get(f"{LIST}?{query}")) == found


def test_the_list_of_one_campaign_shows_that_campaign_only():
    campaign(["A"], name="First")
    second = campaign(["B"], name="Second")

    assert rows(chief().get(f"{LIST}?campaign__id__exact={second.pk}")) == ["B"]


@pytest.mark.once("sqlite")
def test_withdrawing_asks_first_and_says_how_many_it_is_about():
    reward = campaign(["A", "B", "C"])
    buy(reward, customer(100))
    answer = chief().post(LIST, withdrawal(["A", "B"]))

    assert "1 free code will never be sold." in answer.content.decode()
    assert "1 chosen code is not free and stays as it is." in answer.content.decode()
    assert shown(reward) == ["A", "B", "C"]


def test_free_codes_are_withdrawn_and_sold_ones_stay():
    reward = campaign(["A", "B", "C"])
    buy(reward, customer(100))
    answer = chief().post(LIST, withdrawal(["A", "B"], confirmed="yes"), follow=True)

    assert told(answer) == ["1 code withdrawn."]
    assert shown(reward) == ["A", "C"]
    assert left(reward) == 1
    entry = AuditEntry.objects.get(action="coupons withdrawn")
    assert (entry.actor_label, entry.object_id, entry.after) == ("chief", str(reward.pk), {"withdrawn": 1})


def test_a_whole_filtered_list_is_withdrawn_campaign_by_campaign():
    first, second = campaign(["A1", "A2"], name="First"), campaign(["A3", "B1"], name="Second")
    chief().post(f"{LIST}?q=A", withdrawal(["A1"], select_across="1", confirmed="yes"))

    assert (shown(first), shown(second)) == ([], ["B1"])
    assert (left(first), left(second)) == (0, 1)


@pytest.mark.once("sqlite")
def test_who_may_only_look_withdraws_nothing():
    reward = campaign(["A", "B"])
    staff = desk("campaigns.view_coupon")
    staff.post(LIST, withdrawal(["A"], confirmed="yes"))

    assert "Withdraw free codes" not in staff.get(LIST).content.decode()
    assert shown(reward) == ["A", "B"]


@pytest.mark.once("sqlite")
@pytest.mark.parametrize("leaf", ["change", "delete"])
def test_a_superuser_changes_no_code_either(leaf):
    campaign(["A"])
    answer = chief().post(page(Coupon.objects.get(), leaf), {"code": "B", "post": "yes"})

    assert answer.status_code == 403
    assert Coupon.objects.get().code == "A"


@pytest.mark.once("sqlite")
def test_a_code_is_not_added_by_hand_either():
    campaign(["A"])

    assert chief().post(f"{LIST}add/", {"code": "B"}).status_code == 403
    assert Coupon.objects.count() == 1
