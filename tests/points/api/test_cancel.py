"""Cancelling an addition. Rule: Open Loyalty, "Points transfers", 'Cancel specific points transfer'."""

from collections import Counter
from uuid import uuid4

import pytest
from django.core.management import call_command

from loyalty_site.access.actors import Role
from loyalty_site.access.models import AuditEntry, Store
from points import services
from points.models import Transfer
from tests.bad_input import BAD_QUERIES, NO_IDS, UNREADABLE
from tests.books import books
from tests.builders import AT, balance, buckets, customer, earn, later, note, spend
from tests.bursts import burst
from tests.callers import ADMIN_ID, BAD_REQUEST, NOT_FOUND, logged_in, user, with_token
from tests.statements import statements

pytestmark = pytest.mark.django_db

DONE = 200, []
REFUSED = 400, {"error": "this transfer cannot be canceled"}


def path_of(transfer):
    return f"/api/points/transfer/{getattr(transfer, 'pk', transfer)}/cancel"


def test_the_points_are_taken_back(admin):
    who = customer(points=5, valid=3)
    mistake = earn(who, 100, valid=7)
    assert admin.post(path_of(mistake)) == DONE
    row = Transfer.objects.get(kind="cancel")
    assert (row.points, row.balance_after, row.corrects, row.channel) == (-100, 5, mistake, "admin")
    assert (row.actor, row.created_at) == (f"user:{ADMIN_ID}", AT)
    assert buckets(who) == {3: 5}


def test_of_a_partly_spent_one_what_is_left(admin):
    who = customer()
    mistake = earn(who, 100)
    spend(who, 30)
    assert admin.post(path_of(mistake)) == DONE
    assert (Transfer.objects.get(kind="cancel").points, balance(who)) == (-70, 0)


def test_it_is_written_down_who_did_it(admin):
    mistake = earn(customer(), 100)
    admin.post(path_of(mistake))
    entry = AuditEntry.objects.get(action="points addition cancelled")
    assert (entry.actor, entry.after) == (f"user:{ADMIN_ID}", {"points": -100, "balance": 0})


def test_what_was_cancelled_stays_so(admin):
    who = customer(points=5)
    mistake = earn(who, 100)
    admin.post(path_of(mistake))
    before = books()
    assert admin.post(path_of(mistake)) == DONE
    assert books() == before


def test_a_spending_is_not_cancelled(admin):
    who = customer(points=100)
    spending = spend(who, 30)
    before = books()
    assert admin.post(path_of(spending)) == REFUSED
    assert books() == before


def test_nor_is_anything_else(admin):
    who = customer(points=100, valid=1)
    services.reverse(spend(who, 30).pk, at=AT, note=note())
    services.deduct(who.pk, 10, at=AT, note=note())
    services.cancel(earn(who, 5, valid=9).pk, at=AT, note=note())
    services.expire(at=later(2))
    before = books()
    others = Transfer.objects.exclude(kind="earn")
    assert {row.kind: admin.post(path_of(row)) for row in others} == dict.fromkeys(
        ["spend", "reverse", "deduct", "cancel", "expire"], REFUSED
    )
    assert books() == before


@pytest.mark.parametrize("gone", ["spent", "expired"])
def test_nor_one_of_which_nothing_is_left(gone, admin):
    who = customer(points=100, valid=-1 if gone == "expired" else 9)
    if gone == "spent":
        spend(who, 100)
    addition = Transfer.objects.get(kind="earn")
    before = books()
    assert admin.post(path_of(addition)) == REFUSED
    assert books() == before


def test_an_id_that_names_no_transfer(admin):
    customer(points=10)
    before = books()
    assert {bad: admin.post(path_of(no_id)) for bad, no_id in NO_IDS.items()} == dict.fromkeys(NO_IDS, NOT_FOUND)
    assert books() == before


def test_a_token_bound_to_a_store_cancels_for_its_customers_and_for_those_of_none():
    ours, theirs = (Store.objects.create(name=name, identifier=name) for name in ("pos1", "pos2"))
    till = with_token(Role.ADMIN, store=ours)
    additions = [earn(customer(store=store), 10) for store in (ours, None, theirs)]
    assert [till.post(path_of(addition)) for addition in additions] == [DONE, DONE, NOT_FOUND]
    assert [balance(addition.account.customer) for addition in additions] == [0, 0, 10]


def test_what_cannot_be_read_cancels_nothing(admin):
    path = path_of(earn(customer(), 10))
    before = books()
    for body, media, status in UNREADABLE.values():
        assert admin.post(path, body, media=media)[0] == status
    for query in BAD_QUERIES.values():
        assert admin.post(f"{path}?{query}") == BAD_REQUEST
    assert books() == before


def test_one_key_answers_again(admin):
    who = customer()
    mistake = earn(who, 100)
    first = admin.send("POST", path_of(mistake), Idempotency_Key="1")
    again = admin.send("POST", path_of(mistake), Idempotency_Key="1")
    assert [(answer.status_code, answer.json()) for answer in (first, again)] == [DONE, DONE]
    assert [answer.headers.get("Idempotent-Replayed") for answer in (first, again)] == [None, "true"]
    assert Transfer.objects.filter(kind="cancel").count() == 1
    assert admin.post(path_of(spend(customer(points=5), 1)), Idempotency_Key="1")[0] == 422


def test_a_refusal_is_answered_again(admin):
    spending = spend(customer(points=5), 1)
    assert [admin.post(path_of(spending), Idempotency_Key="1") for _ in range(2)] == [REFUSED, REFUSED]


def test_it_takes_as_many_statements_however_many_movements(admin):
    who, counts = customer(), []
    for _ in range(2):
        for _ in range(5):
            mistake = earn(who, 5)
        with statements() as seen:
            assert admin.post(path_of(mistake)) == DONE
        counts.append(len(seen))
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
class TestAtOneMoment:
    @pytest.fixture
    def callers(self):
        account = user(Role.ADMIN, uuid4())
        return [logged_in(account) for _ in range(8)]

    def test_an_addition_is_cancelled_once(self, callers):
        who = customer(points=5)
        mistake = earn(who, 100)
        assert burst([lambda caller=caller: caller.post(path_of(mistake)) for caller in callers]) == [DONE] * 8
        assert list(Transfer.objects.filter(kind="cancel").values_list("points", flat=True)) == [-100]
        assert balance(who) == 5
        call_command("verify_ledger")

    def test_what_is_spent_meanwhile_is_not_taken_back(self, callers):
        who = customer()
        mistake = earn(who, 100)
        spending = {"transfer": {"customer": str(who.pk), "points": 30}}
        calls = [lambda caller=caller: caller.post("/api/points/transfer/spend", spending) for caller in callers[1:]]
        answers = burst([lambda: callers[0].post(path_of(mistake)), *calls])
        statuses = Counter(status for status, _ in answers[1:])
        assert (answers[0], statuses[200] + statuses[400]) == (DONE, 7)
        assert Transfer.objects.get(kind="cancel").points == 30 * statuses[200] - 100
        assert balance(who) == 0
        call_command("verify_ledger")
