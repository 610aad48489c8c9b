"""Levels, segments and sales in the back office."""

import pytest

from customers.models import Level, Segment, Transaction
from customers.services import put_into_segment
from loyalty_site.access.models import AuditEntry
from tests.backoffice import chief, desk, queries, rows, trail
from tests.builders import AT, SHOP, customer, later, level

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

LEVELS, SEGMENTS, SALES = "/admin/customers/level/", "/admin/customers/segment/", "/admin/customers/transaction/"


def sale(number: str, **fields) -> Transaction:
    usual = {"document_number": number, "gross_value": 12, "purchased_at": AT, "created_at": AT}
    return Transaction.objects.create(**(usual | fields))


def test_levels_and_segments_are_shown_with_their_customers():
    vip = Segment.objects.create(name="VIP")
    put_into_segment(vip, [customer().pk, customer().pk], **SHOP)
    staff = chief()

    assert [row.customers_count for row in staff.get(LEVELS).context["cl"].result_list] == [2]
    assert [row.customers_count for row in staff.get(SEGMENTS).context["cl"].result_list] == [2]
    assert f'href="/admin/customers/customer/?segment={vip.pk}"' in staff.get(SEGMENTS).content.decode()


@pytest.mark.parametrize(("path", "model"), [(LEVELS, Level), (SEGMENTS, Segment)])
def test_a_list_takes_as_many_queries_for_many_groups_as_for_one(path, model):
    staff = chief()
    model.objects.create(name="First")
    few = queries(staff, path)
    for n in range(20):
        model.objects.create(name=f"Group {n}")

    assert queries(staff, path) == few <= 8


def test_a_new_level_and_its_change_are_told():
    staff = chief()
    entries = {"name": "Gold", "from_amount": "100", "reward_value": "0.15", "active": "on"}
    staff.post(f"{LEVELS}add/", entries)
    made = Level.objects.get()
    staff.post(f"{LEVELS}{made.pk}/change/", entries | {"from_amount": "150"})

    made.refresh_from_db()
    entry = AuditEntry.objects.latest("id")
    assert made.from_amount == 150
    assert trail() == ["chief: level added", "chief: level changed"]
    assert (entry.before, entry.after) == ({"from_amount": "100.00"}, {"from_amount": "150"})


def test_a_page_saved_as_it_is_is_not_told():
    made = Segment.objects.create(name="VIP")
    chief().post(f"{SEGMENTS}{made.pk}/change/", {"name": "VIP"})

    assert trail() == []


@pytest.mark.once("sqlite")
def test_a_group_with_customers_is_not_deleted():
    bronze = level()
    customer(level=bronze)
    staff = chief()

    assert staff.post(f"{LEVELS}{bronze.pk}/delete/", {"post": "yes"}).status_code == 403
    assert f"{LEVELS}{bronze.pk}/delete/" not in staff.get(f"{LEVELS}{bronze.pk}/change/").content.decode()
    assert Level.objects.get() == bronze


def test_an_empty_group_is_deleted_and_that_is_told():
    vip = Segment.objects.create(name="VIP")
    chief().post(f"{SEGMENTS}{vip.pk}/delete/", {"post": "yes"})

    assert not Segment.objects.exists()
    assert trail() == ["chief: segment deleted"]


@pytest.mark.once("sqlite")
def test_who_may_only_look_changes_no_level():
    made = level()
    answer = desk("customers.view_level").post(f"{LEVELS}{made.pk}/change/", {"name": "Mine"})

    assert answer.status_code == 403
    assert Level.objects.get().name == "bronze"


def test_a_sale_is_read_with_its_items():
    sold = sale("FV/1", customer=customer(first_name="Anna"))
    sold.items.create(position=1, sku="C-1", name="Coffee beans", gross_value=12)
    text = chief().get(f"{SALES}{sold.pk}/change/").content.decode()

    assert "Coffee beans" in text
    assert "Anna" in text
    assert 'name="_save"' not in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=FV/1", ["FV/1"]),
        ("q=anna@example.com", ["FV/1"]),
        ("q=FV", []),
        ("document_type__exact=return", ["FV/2"]),
        ("purchased_at_from=2026-03-02", ["FV/1"]),
    ],
)
def test_sales_are_found(query, found):
    sale("FV/1", customer=customer(email="anna@example.com"))
    sale("FV/2", document_type="return", purchased_at=later(-3))

    assert rows(chief().get(f"{SALES}?{query}")) == found


def test_sales_take_as_many_queries_for_many_as_for_one():
    staff = chief()
    sale("FV/0", customer=customer())
    few = queries(staff, SALES)
    for n in range(1, 20):
        sale(f"FV/{n}", customer=customer())

    assert queries(staff, SALES) == few <= 10


@pytest.mark.once("sqlite")
@pytest.mark.parametrize("leaf", ["change", "delete"])
def test_a_superuser_changes_no_sale_either(leaf):
    sold = sale("FV/1")

    assert chief().post(f"{SALES}{sold.pk}/{leaf}/", {"post": "yes"}).status_code == 403
    assert Transaction.objects.get().document_number == "FV/1"
