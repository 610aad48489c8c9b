"""The coupons that a customer holds, and refunding one from the customer's page."""

import pytest

from campaigns.services import refund
from customers.models import Customer
from tests.backoffice import chief, desk
from tests.builders import STAFF, balance, buy, campaign, customer, later

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

READ, LOOK, CODES = "customers.view_customer", "campaigns.view_purchase", "campaigns.view_sold_codes"


def address(who: Customer) -> str:
    return f"/admin/customers/customer/{who.pk}/change/"


def panels(staff, who: Customer) -> dict:
    return {panel.title: panel for panel in staff.get(address(who)).context["panels"]}


@pytest.fixture
def holder() -> Customer:
    """One coupon used, one given back, one held: bought in this order."""
    who, reward = customer(100, first_name="Anna"), campaign(["A", "B", "C"], limit_per_customer=3)
    for hour in range(3):
        buy(reward, who, at=later(hours=-3 + hour))
    used, returned, _ = who.purchases.order_by("purchased_at")
    who.purchases.filter(pk=used.pk).update(used=True)
    refund(returned.pk, actor=STAFF, at=later(), reason="Broken")
    return who


def test_only_what_can_still_be_used_is_held(holder):
    shown = panels(chief(), holder)

    assert shown["Coupons held"].headers == ["Reward", "Code", "Bought", "Act"]
    assert [row[1] for row in shown["Coupons held"].rows] == ["C"]
    assert [row[4] for row in shown["Rewards bought"].rows] == ["C", "B", "A"]
    assert ["Refund" in row[5] for row in shown["Rewards bought"].rows] == [True, False, True]


def test_codes_and_refunds_are_rights_of_their_own(holder):
    look = panels(desk(READ, LOOK), holder)
    codes = panels(desk(READ, LOOK, CODES, username="ola"), holder)

    assert look["Coupons held"].headers == ["Reward", "Bought"]
    assert look["Rewards bought"].headers == ["Bought", "Reward", "Points", "State"]
    assert codes["Coupons held"].headers == ["Reward", "Code", "Bought"]


def test_a_refund_leads_back_to_the_customer(holder):
    held = holder.purchases.get(used=False, refunded_at=None)
    answer = chief().post(f"/admin/campaigns/purchase/{held.pk}/refund/?back=customer", {"reason": "Broken"})

    assert (answer.status_code, answer.url) == (302, address(holder))
    assert balance(holder) == 90


def test_a_list_of_all_that_is_held_is_one_click_away(holder):
    staff = chief()
    link = panels(staff, holder)["Coupons held"].links[0]

    assert [row.coupon.code for row in staff.get(link.url).context["cl"].result_list] == ["C"]
