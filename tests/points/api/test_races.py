"""Points moved by many callers at one moment, over HTTP."""

from collections import Counter
from uuid import uuid4

import pytest
from django.core.management import call_command

from loyalty_site.access.actors import Role
from points.models import Transfer
from tests.builders import balance, customer
from tests.bursts import burst
from tests.callers import logged_in, user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def callers():
    account = user(Role.ADMIN, uuid4())
    return [logged_in(account) for _ in range(32)]


def moving(caller, word, who, points):
    transfer = {"transfer": {"customer": str(who.pk), "points": points}}
    return lambda: caller.post(f"/api/points/transfer/{word}", transfer)


def test_points_added_and_spent_at_once_all_count(callers):
    member = customer(points=80)
    words = ["add", "spend"] * 16
    answers = burst([moving(caller, word, member, 5) for caller, word in zip(callers, words, strict=True)])
    assert Counter(status for status, _ in answers) == {200: 32}
    assert len({body["pointsTransferId"] for _, body in answers}) == 32
    assert (balance(member), Transfer.objects.count()) == (80, 33)
    call_command("verify_ledger")


def test_the_last_points_are_spent_once(callers):
    member = customer(points=12)
    answers = burst([moving(caller, "spend", member, 5) for caller in callers])
    assert Counter(status for status, _ in answers) == {200: 2, 400: 30}
    texts = [body["form"]["children"]["points"]["errors"] for status, body in answers if status == 400]
    assert texts == [["not enough points"]] * 30
    assert balance(member) == 2
    call_command("verify_ledger")


def test_the_first_points_of_a_customer_open_one_account(callers):
    newcomer = customer()
    answers = burst([moving(caller, "add", newcomer, 1) for caller in callers])
    assert Counter(status for status, _ in answers) == {200: 32}
    assert balance(newcomer) == 32
    call_command("verify_ledger")
