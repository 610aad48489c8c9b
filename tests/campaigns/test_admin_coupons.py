"""The list of codes, and withdrawing those that are free."""

import pytest
from django.utils.html import strip_tags

from campaigns import services
from campaigns.models import Coupon, Purchase
from campaigns.verify import findings
from customers.models import Customer
from loyalty_site.access.models import AuditEntry
from loyalty_site.bulk.models import BulkChange
from points.models import Transfer
from tests.backoffice import chief, desk, queries, rows, told
from tests.builders import AT, SHOP, buy, campaign, customer
from tests.campaigns.pools import left, shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

LIST = "/admin/campaigns/coupon/"


def page(coupon: Coupon, leaf: str = "change") -> str:
    return f"{LIST}{coupon.pk}/{leaf}/"


def chosen(action: str, codes: list[str], **more) -> dict:
    keys = Coupon.objects.filter(code__in=codes).values_list("pk", flat=True)
    return {"action": action, "_selected_action": [str(pk) for pk in keys]} | more


def text(answer) -> str:
    return " ".join(strip_tags(answer.content.decode()).split())


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


YES = {"confirmed": "yes", "reason": "Leaked"}


@pytest.mark.once("sqlite")
def test_withdrawing_asks_first_and_says_how_many_it_is_about():
    reward = campaign(["A", "B", "C"])
    buy(reward, customer(100))
    shown_page = text(chief().post(LIST, chosen("withdraw_codes", ["A", "B"])))

    assert (
        "2 rows of “Coupons” are chosen. 1 free code goes off sale. 1 was sold: it stays valid for its customer."
        in shown_page
    )
    assert "On sale in “Free coffee” now: 2." in shown_page
    assert shown(reward) == ["A", "B", "C"]


@pytest.mark.once("sqlite")
def test_nothing_is_withdrawn_without_a_reason():
    reward = campaign(["A"])
    answer = chief().post(LIST, chosen("withdraw_codes", ["A"], confirmed="yes"))

    assert "This field is required." in answer.content.decode()
    assert shown(reward) == ["A"]


def test_free_codes_are_withdrawn_and_come_back_when_that_is_undone():
    reward, staff = campaign(["A", "B", "C"]), chief()
    buy(reward, customer(100))
    answer = staff.post(LIST, chosen("withdraw_codes", ["A", "B"], **YES), follow=True)
    assert strip_tags(told(answer)[0]).startswith("1 code withdrawn. 1 was sold")
    assert (shown(reward), left(reward)) == (["A", "C"], 1)
    entry = AuditEntry.objects.get(action="coupons withdrawn")
    facts = (entry.actor_label, entry.object_id, entry.after, entry.reason)
    assert facts == ("chief", str(reward.pk), {"withdrawn": 1}, "Leaked")
    staff.post(f"/admin/bulk/bulkchange/{BulkChange.objects.get().pk}/undo/")

    assert (shown(reward), left(reward)) == (["A", "C", "B"], 2)
    assert list(findings()) == []


def test_a_whole_filtered_list_is_withdrawn_campaign_by_campaign():
    first, second = campaign(["A1", "A2"], name="First"), campaign(["A3", "B1"], name="Second")
    chief().post(f"{LIST}?q=A", chosen("withdraw_codes", ["A1"], select_across="1", **YES))

    assert (shown(first), shown(second)) == ([], ["B1"])
    assert (left(first), left(second)) == (0, 1)


@pytest.mark.once("sqlite")
def test_who_may_only_look_withdraws_nothing():
    reward = campaign(["A", "B"])
    staff = desk("campaigns.view_coupon")
    staff.post(LIST, chosen("withdraw_codes", ["A"], **YES))
    answers = [staff.post(page(coupon, "withdraw"), {"reason": "x"}) for coupon in Coupon.objects.all()]

    assert "Withdraw free codes" not in staff.get(LIST).content.decode()
    assert [answer.status_code for answer in answers] == [403, 403]
    assert shown(reward) == ["A", "B"]


@pytest.mark.once("sqlite")
def test_one_code_is_withdrawn_and_put_back_on_its_page():
    reward, staff = campaign(["A", "B"]), chief()
    code = Coupon.objects.get(code="A")
    off = staff.post(page(code, "withdraw"), {"reason": "Leaked"}, follow=True)
    assert (told(off), shown(reward)) == (["The code is withdrawn."], ["B"])
    again = staff.post(page(code, "withdraw"), {"reason": "Leaked"})
    back = staff.post(page(code, "release"), {"reason": "Mistake"}, follow=True)

    assert "Nothing was done: the code was sold, withdrawn or put back" in text(again)
    assert (told(back), shown(reward), left(reward)) == (["The code is back on sale."], ["B", "A"], 2)


def test_the_page_of_a_code_tells_its_whole_story():
    reward, anna = campaign(["A"]), customer(100, first_name="Anna", last_name="Nowak")
    buy(reward, anna)
    purchase = Purchase.objects.get()
    Purchase.objects.update(used=True, used_at=AT)
    services.refund(purchase.pk, reason="Broken", **SHOP)
    shown_page = chief().get(page(purchase.coupon)).content.decode()
    rest = ["Added by hand, or over the API", "Paid with 10 points", "Used", "Refunded: the code is never sold again"]

    assert [part for part in rest if part not in shown_page] == []
    links = [f"campaigns/purchase/{purchase.pk}", f"customers/customer/{anna.pk}"]
    links += [f"points/transfer/{pk}" for pk in Transfer.objects.exclude(kind="earn").values_list("pk", flat=True)]
    assert [link for link in links if f'href="/admin/{link}/change/"' not in shown_page] == []
    assert page(purchase.coupon, "release") not in shown_page


@pytest.mark.once("sqlite")
def test_the_story_tells_no_more_than_its_reader_may_see():
    buy(campaign(["A"]), customer(100, first_name="Anna", last_name="Nowak"))
    shown_page = text(desk("campaigns.view_coupon").get(page(Coupon.objects.get())))

    assert "Sold" in shown_page
    assert "Anna" not in shown_page
    assert "Paid with" not in shown_page


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
