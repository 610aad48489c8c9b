"""Accounts and the ledger in the back office."""

import pytest

from points.models import Account, Transfer
from tests.backoffice import chief, queries, rows
from tests.builders import customer, earn, later, spend

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

ACCOUNTS, LEDGER = "/admin/points/account/", "/admin/points/transfer/"


def test_an_account_shows_what_can_be_spent_and_when_it_expires():
    who = customer(first_name="Anna")
    earn(who, 30, valid=-1)
    earn(who, 5, valid=3)
    answer = chief().get(f"{ACCOUNTS}{who.pk}/change/")

    assert answer.context["original"].spendable == 5
    assert "5 Mar 2026" in answer.content.decode()
    assert "1 Mar 2026" not in answer.content.decode()


def test_accounts_are_found_by_their_customers_and_take_few_queries():
    staff = chief()
    customer(1, first_name="Anna", email="anna@example.com")
    few = queries(staff, ACCOUNTS)
    for n in range(20):
        customer(1, first_name=f"Bob {n}")

    assert [row.customer.first_name for row in staff.get(f"{ACCOUNTS}?q=anna").context["cl"].result_list] == ["Anna"]
    assert queries(staff, ACCOUNTS) == few <= 8


def test_the_ledger_takes_as_many_queries_for_many_movements_as_for_one():
    staff, who = chief(), customer(100)
    few = queries(staff, LEDGER)
    for _ in range(20):
        spend(who, 1)
        customer(1)

    assert queries(staff, LEDGER) == few <= 10


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 3),
        ("kind__exact=spend", 1),
        ("channel__exact=admin", 3),
        ("channel__exact=till", 0),
        ("created_at_from=2026-03-02&created_at_to=2026-03-02", 2),
        ("q=anna@example.com", 2),
        ("q=anna", 0),
    ],
)
def test_the_ledger_is_searched_and_filtered(query, found):
    anna = customer(email="anna@example.com", first_name="Anna")
    earn(anna, 100, at=later(-1))
    spend(anna, 10)
    customer(5)

    assert len(rows(chief().get(f"{LEDGER}?{query}"))) == found


def test_a_movement_is_found_by_its_short_id_in_any_case():
    customer(5)
    moved = Transfer.objects.get()
    customer(6)

    assert rows(chief().get(f"{LEDGER}?q={moved.short_id.lower()}")) == [str(moved)]


def test_the_ledger_of_one_customer_is_a_click_away():
    anna, staff = customer(5), chief()
    customer(6)
    panels = staff.get(f"/admin/customers/customer/{anna.pk}/change/").context["panels"]
    link = next(panel for panel in panels if panel.title == "Points").links[0]
    answer = staff.get(link.url)

    assert [row.points for row in answer.context["cl"].result_list] == [5]
    assert f'<option value="{anna.pk}" selected>' in answer.content.decode()
    assert len(rows(staff.get(f"{LEDGER}?customer=rubbish"))) == 2


@pytest.mark.once("sqlite")
@pytest.mark.parametrize("leaf", ["change", "delete"])
def test_a_superuser_changes_no_book_either(leaf):
    who, staff = customer(5), chief()
    moved = Transfer.objects.get()

    assert staff.post(f"{LEDGER}{moved.pk}/{leaf}/", {"points": "50", "post": "yes"}).status_code == 403
    assert staff.post(f"{ACCOUNTS}{who.pk}/{leaf}/", {"balance": "50", "post": "yes"}).status_code == 403
    assert staff.post(f"{LEDGER}add/", {"points": "50"}).status_code == 403
    assert (Transfer.objects.get().points, Account.objects.get().balance) == (5, 5)


@pytest.mark.once("sqlite")
def test_no_button_for_saving_stands_on_a_page_of_the_books():
    customer(5)
    text = chief().get(f"{LEDGER}{Transfer.objects.get().pk}/change/").content.decode()

    assert 'name="_save"' not in text
    assert "+5 (2026-03-12)" in text
