"""One effect per key, whoever comes at the same moment."""

from functools import partial
from threading import Barrier, Event, Thread
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction

from loyalty_site.access.idempotency import KeyInFlight, KeyReused, Outcome, once
from loyalty_site.access.models import IdempotencyKey, Store
from loyalty_site.errors import DomainError
from tests.bursts import burst
from tests.loyalty_site.access.conftest import AT

pytestmark = pytest.mark.django_db(transaction=True)


class NotEnough(DomainError):
    pass


def open_shop():
    shop = Store.objects.create(name="Shop", identifier=str(uuid4()))
    return 200, {"id": str(shop.pk)}


def open_shop_and_refuse():
    open_shop()
    raise NotEnough(needed=1)


def tried(effect=open_shop, key="k1", fingerprint="f" * 64):
    return once("user:7", key, fingerprint, effect, lambda error: (400, {"error": "not enough"}), AT)


def test_64_at_one_key_have_one_effect_and_64_equal_answers():
    outcomes = burst([tried] * 64)
    shop = Store.objects.get()
    assert {(outcome.status, outcome.body["id"]) for outcome in outcomes} == {(200, str(shop.pk))}
    assert sorted(outcome.replayed for outcome in outcomes) == [False] + [True] * 63
    assert IdempotencyKey.objects.count() == 1


def test_64_refused_at_one_key_get_64_equal_refusals():
    outcomes = burst([partial(tried, open_shop_and_refuse)] * 64)
    assert {(outcome.status, outcome.body["error"]) for outcome in outcomes} == {(400, "not enough")}
    assert sum(not outcome.replayed for outcome in outcomes) == 1
    assert not Store.objects.exists()


def test_of_two_requests_under_one_key_one_wins():
    calls = [partial(tried, fingerprint=letter * 64) for letter in "ab"] * 16
    outcomes = burst(calls, refusals=KeyReused)
    assert Store.objects.count() == 1
    assert sum(isinstance(outcome, KeyReused) for outcome in outcomes) == 16
    winner = IdempotencyKey.objects.get().fingerprint[0]
    refused = {
        call.keywords["fingerprint"][0]
        for call, outcome in zip(calls, outcomes, strict=True)
        if isinstance(outcome, KeyReused)
    }
    assert refused == {"a", "b"} - {winner}


def test_different_keys_do_not_meet():
    outcomes = burst([partial(tried, key=f"k{number}") for number in range(32)])
    assert not any(outcome.replayed for outcome in outcomes)
    assert Store.objects.count() == 32


def test_the_next_in_line_takes_over_from_one_that_fails():
    """All but one fail, whoever comes first: the one that works has the only effect, and the key is its."""

    def fail():
        open_shop()
        raise ValueError

    outcomes = burst([partial(tried, fail)] * 8 + [tried], refusals=ValueError)
    done = [outcome for outcome in outcomes if isinstance(outcome, Outcome)]
    shop = Store.objects.get()
    assert {outcome.body["id"] for outcome in done} == {str(shop.pk)}
    assert sum(not outcome.replayed for outcome in done) == 1


@pytest.mark.postgresql_only
def test_a_request_that_waits_too_long_is_told_that_the_first_still_runs():
    begun, may_end = Event(), Event()
    outcomes = []

    def slow_effect():
        begun.set()
        assert may_end.wait(60)
        return open_shop()

    def first():
        try:
            outcomes.append(tried(slow_effect))
        finally:
            connections.close_all()

    thread = Thread(target=first)
    thread.start()
    try:
        assert begun.wait(60)
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")
        with pytest.raises(KeyInFlight):
            tried()
        assert not Store.objects.exists()
    finally:
        may_end.set()
        thread.join()
        connection.close()
    assert tried() == Outcome(200, outcomes[0].body, replayed=True)
    assert Store.objects.count() == 1


def test_checking_first_and_storing_last_would_repeat_the_effect():
    """What the claim in the effect's transaction is for: the same burst against look, do, remember."""
    all_have_looked = Barrier(8)

    def naively():
        known = IdempotencyKey.objects.filter(owner="user:7", key="k1").exists()
        all_have_looked.wait(60)
        if not known:
            with transaction.atomic():
                open_shop()
        row = IdempotencyKey(owner="user:7", key="k1", fingerprint="f" * 64, status=200, created_at=AT)
        IdempotencyKey.objects.bulk_create([row], ignore_conflicts=True)

    burst([naively] * 8)
    assert IdempotencyKey.objects.count() == 1
    assert Store.objects.count() == 8
