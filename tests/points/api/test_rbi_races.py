"""Partners' systems at one moment, over HTTP: nothing is overdrawn, and a key works once, whatever dies when."""

import os
import signal
from collections import Counter
from functools import partial

import pytest
from django.core.management import call_command
from django.db import connection, connections

from loyalty_site.access import idempotency
from loyalty_site.access.models import AuditEntry, IdempotencyKey
from points import services
from points.models import PartnerDay, Transfer
from tests.books import books
from tests.builders import balance, customer, earn
from tests.bursts import burst
from tests.callers import bearer
from tests.rbi import rbi_partner
from tests.stops import Stop

pytestmark = pytest.mark.django_db(transaction=True)

CALLERS = 32
KEY = {"Idempotency_Key": "game-17"}


def changing(token, who, points, **headers):
    """A call with a client of its own."""
    body = {"points": points, "partner": "Partner"}
    return lambda: bearer(token).send("POST", f"/loyalty/user/{who.pk}/points", body, **headers)


def told(answers):
    return Counter((answer.status_code, answer.json().get("code")) for answer in answers)


def test_removals_at_once_never_overdraw():
    token, who = rbi_partner().token, customer()
    for days in (10, 20, 30):
        earn(who, 40, valid=days)
    answers = burst([changing(token, who, -9)] * CALLERS)
    assert told(answers) == {(200, None): 13, (400, "TransactionInsufficientPoints"): CALLERS - 13}
    assert balance(who) == 120 - 13 * 9
    taken = [answer.json()["impactedExpirationBuckets"] for answer in answers if answer.status_code == 200]
    assert sum(bucket["points"] for buckets in taken for bucket in buckets) == -13 * 9
    call_command("verify_ledger")


def test_additions_and_removals_at_once_all_count():
    token, who = rbi_partner().token, customer(points=100)
    answers = burst([changing(token, who, 5 if n % 2 else -5) for n in range(CALLERS)])
    assert told(answers) == {(200, None): CALLERS}
    assert len({answer.json()["shortId"] for answer in answers}) == CALLERS
    assert balance(who) == 100
    call_command("verify_ledger")


def test_a_ceiling_holds_for_all_at_once():
    token, who = rbi_partner(per_customer_day=50).token, customer()
    answers = burst([changing(token, who, 9)] * CALLERS)
    assert told(answers) == {(200, None): 5, (400, "RulesError"): CALLERS - 5}
    assert (balance(who), PartnerDay.objects.get().points) == (45, 45)
    call_command("verify_ledger")


@pytest.mark.parametrize("points", [7, -7])
def test_retries_with_one_key_apply_once(points):
    token, who = rbi_partner().token, customer(points=100)
    answers = burst([changing(token, who, points, **KEY)] * CALLERS)
    assert {(answer.status_code, answer.content) for answer in answers} == {(200, answers[0].content)}
    assert Counter(answer.headers.get("Idempotent-Replayed") for answer in answers) == {None: 1, "true": CALLERS - 1}
    assert (balance(who), IdempotencyKey.objects.count()) == (100 + points, 1)
    call_command("verify_ledger")


@pytest.mark.postgresql_only
def test_a_retry_while_the_first_still_runs_waits_and_gets_its_answer(monkeypatch):
    token, who, stop = rbi_partner().token, customer(points=100), Stop()
    monkeypatch.setattr(services, "deduct", stop.after(services.deduct))
    call = changing(token, who, -7, **KEY)
    first, retry = burst([call, stop.meanwhile(call)])
    assert (first.status_code, retry.status_code, retry.content) == (200, 200, first.content)
    assert [answer.headers.get("Idempotent-Replayed") for answer in (first, retry)] == [None, "true"]
    assert balance(who) == 93
    call_command("verify_ledger")


@pytest.mark.postgresql_only
def test_a_retry_that_waits_too_long_is_told_to_come_again(monkeypatch):
    token, who, stop = rbi_partner().token, customer(points=100), Stop()
    monkeypatch.setattr(services, "deduct", stop.after(services.deduct))
    call = changing(token, who, -7, **KEY)

    def impatient():
        stop.wait()
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")
        try:
            return call()
        finally:
            stop.let_go()

    first, retry = burst([call, impatient])
    assert (first.status_code, retry.status_code, retry.headers["Retry-After"]) == (200, 409, "1")
    assert retry.json()["code"] == "IdempotencyKeyInFlight"
    again = call()
    assert (again.content, again.headers["Idempotent-Replayed"]) == (first.content, "true")
    assert balance(who) == 93


def dies(call, at):
    """Make the call in a process that is killed at that place: its module and name, before it is called."""
    connections.close_all()  # no process may use the connection of another
    child = os.fork()
    if child == 0:
        setattr(*at, lambda *args: os.kill(os.getpid(), signal.SIGKILL))
        try:
            call()
        finally:
            os._exit(0)  # not killed: it never came to that place
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL


PLACES = {
    "before the ledger row": (services, "execute_together"),
    "before the answer is kept": (idempotency, "execute"),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("points", [7, -7])
def test_a_retry_after_the_worker_was_killed_applies_once(points, place):
    token, who = rbi_partner().token, customer(points=100)
    call = changing(token, who, points, **KEY)
    bearer(token).get(f"/loyalty/user/{who.pk}")  # notes that the key is in use
    before = books()
    dies(call, PLACES[place])
    assert (books(), IdempotencyKey.objects.count()) == (before, 0)
    answers = burst([partial(call)] * 4)
    assert {(answer.status_code, answer.content) for answer in answers} == {(200, answers[0].content)}
    assert (balance(who), Transfer.objects.count()) == (100 + points, 2)
    assert AuditEntry.objects.filter(object_type="transfer").count() == 2
    call_command("verify_ledger")
