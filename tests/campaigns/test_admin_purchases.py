"""The list of rewards that customers bought, and refunding one."""

import pytest

from campaigns.models import Purchase
from loyalty_site.access.models import AuditEntry
from points.models import Transfer
from tests.backoffice import chief, desk, queries, rows, told
from tests.builders import AT, balance, buy, campaign, customer, later

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

LIST = "/admin/campaigns/purchase/"
READ, REFUND = "campaigns.view_purchase", "campaigns.refund_purchase"
WHY = {"reason": "The till did not take it"}


def page(purchase: Purchase, leaf: str = "change") -> str:
    return f"{LIST}{purchase.pk}/{leaf}/"


@pytest.fixture
def bought() -> Purchase:
    buyer = customer(100, first_name="Anna", email="Anna@example.com", phone="+48 1", card_number="C1")
    buy(campaign(["A", "B"]), buyer)
    return Purchase.objects.get()


def test_a_refund_gives_the_points_back_and_tells_why(bought):
    answer = desk(READ, REFUND).post(page(bought, "refund"), WHY, follow=True)

    bought.refresh_from_db()
    assert told(answer) == ["Refunded: 10 points went back."]
    assert bought.refunded_at == AT
    assert balance(bought.customer) == 100
    assert Transfer.objects.get(kind="reverse").comment == "The till did not take it"
    entry = AuditEntry.objects.get(action="reward refunded")
    assert (entry.actor_label, entry.reason) == ("maria", "The till did not take it")


@pytest.mark.once("sqlite")
def test_a_refund_wants_a_reason(bought):
    answer = chief().post(page(bought, "refund"), {"reason": " "})

    assert answer.context["form"].errors == {"reason": ["This field is required."]}
    assert balance(bought.customer) == 90


@pytest.mark.once("sqlite")
def test_asking_for_a_refund_refunds_nothing(bought):
    text = chief().get(page(bought, "refund")).content.decode()

    assert "Anna gets 10 points back" in text
    assert balance(bought.customer) == 90


@pytest.mark.once("sqlite")
def test_a_second_refund_is_refused_in_words(bought):
    staff = chief()
    staff.post(page(bought, "refund"), WHY)
    answer = staff.post(page(bought, "refund"), WHY)

    assert answer.context["form"].non_field_errors() == ["This purchase was refunded before."]
    assert balance(bought.customer) == 100
    assert page(bought, "refund") not in staff.get(page(bought)).content.decode()


@pytest.mark.once("sqlite")
def test_who_may_only_look_refunds_nothing(bought):
    staff = desk(READ)
    answer = staff.post(page(bought, "refund"), WHY)

    assert answer.status_code == 403
    assert page(bought, "refund") not in staff.get(page(bought)).content.decode()
    assert balance(bought.customer) == 90


@pytest.mark.once("sqlite")
@pytest.mark.parametrize("leaf", ["change", "delete"])
def test_a_superuser_changes_no_purchase_either(bought, leaf):
    answer = chief().post(page(bought, leaf), {"cost_in_points": "1", "post": "yes"})

    assert answer.status_code == 403
    assert Purchase.objects.get().cost_in_points == 10


@pytest.mark.parametrize("text", ["anna@EXAMPLE.com", "%2B48 1", "C1", "A"])
def test_a_purchase_is_found_by_its_customer_and_by_its_code(bought, text):
    buy(bought.campaign, customer(100, email="other@example.com"))

    assert rows(chief().get(f"{LIST}?q={text}")) == ["Free coffee for Anna"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("used__exact=1", 1),
        ("used__exact=0", 1),
        ("refunded=yes", 1),
        ("refunded=no", 1),
        ("purchased_at_from=2026-03-02", 1),
        ("purchased_at_to=2026-03-02", 2),
        ("purchased_at_from=2026-03-03", 0),
        ("purchased_at_from=rubbish&purchased_at_to=9999-12-31", 2),
    ],
)
def test_the_list_is_filtered(query, found):
    reward, buyer = campaign(["A", "B"]), customer(100)
    buy(reward, buyer)
    buy(reward, buyer, at=later(-1))
    Purchase.objects.filter(coupon__code="A").update(used=True, used_at=AT)
    Purchase.objects.filter(coupon__code="B").update(refunded_at=AT)

    assert len(rows(chief().get(f"{LIST}?{query}"))) == found


def test_a_list_takes_as_many_queries_for_many_purchases_as_for_one(bought):
    staff = chief()
    few = queries(staff, LIST)
    reward = campaign([f"C{n}" for n in range(20)], limit=20)
    for _ in range(20):
        buy(reward, customer(100))

    assert queries(staff, LIST) == few <= 12
