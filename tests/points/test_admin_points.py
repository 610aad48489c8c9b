"""Accounts and the ledger in the back office, and adjusting a balance by hand."""

import pytest

from loyalty_site.access.models import AuditEntry
from points.models import Account, Transfer
from tests.backoffice import chief, desk, queries, rows, told
from tests.builders import balance, buckets, customer, earn, later, spend

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

ACCOUNTS, LEDGER = "/admin/points/account/", "/admin/points/transfer/"
READ, ADJUST = "points.view_account", "points.adjust_points"
SORRY = {"points": "25", "reason": "Sorry for the wait", "key": "one page"}


def add_to(who) -> str:
    return f"{ACCOUNTS}{who.pk}/add_points/"


def take_from(who) -> str:
    return f"{ACCOUNTS}{who.pk}/take_points/"


def test_points_are_added_with_a_reason():
    who = customer()
    answer = desk("customers.view_customer", READ, ADJUST).post(add_to(who), SORRY, follow=True)

    added = Transfer.objects.get()
    assert told(answer) == ["25 points added. The balance is 25."]
    assert answer.redirect_chain == [(f"/admin/customers/customer/{who.pk}/change/", 302)]
    assert (added.kind, added.points, added.channel, added.comment) == ("earn", 25, "admin", "Sorry for the wait")
    assert added.actor_label == "maria"
    assert buckets(who) == {30: 25}
    assert AuditEntry.objects.get().reason == "Sorry for the wait"


def test_points_are_taken_with_a_reason():
    who = customer(100)
    answer = chief().post(take_from(who), SORRY, follow=True)

    assert told(answer) == ["25 points taken. The balance is 75."]
    assert (Transfer.objects.latest("sequence").kind, balance(who)) == ("deduct", 75)


def test_a_page_that_is_sent_twice_adds_once():
    who, staff = customer(), chief()
    first, second = (staff.post(add_to(who), SORRY, follow=True) for _ in range(2))

    assert told(first) == told(second) == ["25 points added. The balance is 25."]
    assert balance(who) == 25
    assert Transfer.objects.count() == 1


def test_a_page_that_is_sent_again_with_other_entries_adds_nothing():
    who, staff = customer(), chief()
    staff.post(add_to(who), SORRY)
    answer = staff.post(add_to(who), SORRY | {"points": "30"})

    assert answer.context["form"].non_field_errors() == [
        "This page was sent before, with other entries. Open it anew to do it once more."
    ]
    assert balance(who) == 25


def test_a_page_opened_anew_adds_once_more():
    who, staff = customer(), chief()
    for _ in range(2):
        staff.post(add_to(who), SORRY | {"key": staff.get(add_to(who)).context["key"]})

    assert balance(who) == 50


@pytest.mark.once("sqlite")
def test_more_points_than_there_are_cannot_be_taken():
    who, staff = customer(10), chief()
    answer = staff.post(take_from(who), SORRY)
    corrected = staff.post(take_from(who), SORRY | {"points": "10"}, follow=True)

    assert answer.context["form"].non_field_errors() == ["There are only 10 points to take."]
    assert told(corrected) == ["10 points taken. The balance is 0."]
    assert balance(who) == 0


@pytest.mark.once("sqlite")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"points": "0"}, "points"),
        ({"points": "-5"}, "points"),
        ({"points": "2.5"}, "points"),
        ({"reason": " "}, "reason"),
    ],
)
def test_an_adjustment_wants_whole_points_and_a_reason(changes, field):
    who = customer(10)
    answer = chief().post(add_to(who), SORRY | changes)

    assert list(answer.context["form"].errors) == [field]
    assert balance(who) == 10


@pytest.mark.once("sqlite")
def test_asking_moves_nothing_and_says_what_there_is():
    who = customer(10, first_name="Anna")
    text = chief().get(add_to(who)).content.decode()

    assert "Anna has 10 points to spend now." in text
    assert balance(who) == 10


@pytest.mark.once("sqlite")
def test_who_may_not_adjust_sees_no_button_and_is_refused():
    who, staff = customer(10), desk("customers.view_customer", READ)
    text = staff.get(f"/admin/customers/customer/{who.pk}/change/").content.decode()
    answers = [staff.post(add_to(who), SORRY), staff.post(take_from(who), SORRY), staff.get(add_to(who))]

    assert add_to(who) not in text
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert balance(who) == 10


def test_an_erased_or_unknown_customer_gets_nothing():
    gone, staff = customer(status="erased"), chief()

    assert staff.post(add_to(gone), SORRY).status_code == 404
    assert staff.post(f"{ACCOUNTS}broken/add_points/", SORRY).status_code == 404
    assert not Transfer.objects.exists()


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
    link = next(panel for panel in panels if panel.title == "Latest movements").links[0]
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
