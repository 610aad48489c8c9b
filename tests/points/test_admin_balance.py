"""How a balance came about, on a customer's page."""

from datetime import timedelta

import pytest

from customers.models import Transaction
from points import services
from points.models import Transfer
from tests.backoffice import chief, queries
from tests.builders import AT, buy, campaign, customer, earn, later, note, spend
from tests.customers.test_admin_customers import page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def asked(text: str) -> str:
    return f"?as_of={text}"


def table(html: str) -> list[str]:
    """The numbers of the waterfall: earned, spent, expired, left."""
    rows = html.partition('class="backoffice-plain"')[2].partition("</table>")[0].split('<th scope="row">')[1:]
    return [row.partition("<td>")[2].partition("</a>")[0].rpartition(">")[2] for row in rows]


def test_the_balance_is_told_as_it_was_at_any_moment():
    who, staff = customer(), chief()
    earn(who, 30, valid=-1, at=later(-3))
    earn(who, 5, at=later(-1))
    spend(who, 2)

    now = staff.get(page(who)).content.decode()
    before = staff.get(page(who) + asked("2026-03-01T12:59")).content.decode()  # a minute before the 5 came
    midnight = staff.get(page(who) + asked("2026-03-02T00:00")).content.decode()
    assert table(now) == ["35", "-2", "-30", "3"]
    assert table(before) == ["30", "0", "0", "30"]
    assert table(midnight) == ["35", "0", "-30", "5"]
    assert "As it was on 2 Mar 2026, 00:00" in midnight
    assert "As it was on" not in now


@pytest.mark.parametrize("text", ["rubbish", "2026-03-02T13:01", "9999-99-99T00:00", "0001-01-01T00:00"])
def test_what_is_no_moment_that_has_passed_is_told(text):
    answer = chief().get(page(customer(30)) + asked(text))

    assert answer.status_code == 200
    assert table(answer.content.decode()) == ["30", "0", "0", "30"]
    assert 'role="alert"' in answer.content.decode()


def test_buckets_beyond_two_years_of_months_are_added_up():
    who = customer()
    for day in range(26):
        earn(who, 10, valid=day)
    text = chief().get(page(who)).content.decode()

    assert "<td>later</td><td>20</td>" in text


def test_a_movement_leads_to_its_cause():
    who = customer(100)
    sale = {"document_number": "FV/1", "gross_value": 12, "customer": who, "purchased_at": AT, "created_at": AT}
    document = Transaction.objects.create(**sale)
    sold = note(channel=Transfer.Channel.SALE, comment="transaction FV/1")
    services.earn(who.pk, 12, at=AT, note=sold)
    services.earn(customer().pk, 12, at=AT, note=sold)
    buy(campaign(name="Free coffee"), who)
    purchase = who.purchases.get()
    text = chief().get(page(who) + "?happened=points").content.decode()

    assert f'<a href="/admin/customers/transaction/{document.pk}/change/" class="text-link">Sale FV/1</a>' in text
    assert (
        f'<a href="/admin/campaigns/purchase/{purchase.pk}/change/" class="text-link">Reward “Free coffee”</a>' in text
    )


def test_a_page_costs_as_many_queries_for_many_movements_as_for_few():
    who, staff = customer(100), chief()
    shared = campaign(["A"], single_coupon=True, unlimited=True, cost_in_points=1)
    for _ in range(2):
        buy(shared, who)
    few = queries(staff, page(who)), queries(staff, page(who) + asked("2026-03-02T12:00"))
    for n in range(30):
        earn(who, n + 1, valid=n, at=AT - timedelta(minutes=n))
        buy(shared, who)

    assert queries(staff, page(who)) <= few[0] <= 45
    assert queries(staff, page(who) + asked("2026-03-02T12:00")) <= few[1] <= 45
