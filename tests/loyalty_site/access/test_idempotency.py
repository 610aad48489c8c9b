"""One effect per key: what is kept, what is not, in one thread."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from psycopg.errors import DeadlockDetected, LockNotAvailable, SerializationFailure

from loyalty_site.access.idempotency import KeyInFlight, KeyReused, Outcome, once, purge
from loyalty_site.access.models import IdempotencyKey, Store
from loyalty_site.errors import DomainError
from tests.loyalty_site.access.conftest import AT

pytestmark = pytest.mark.django_db
BEGIN_AND_END = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


class NotEnough(DomainError):
    """The business refuses."""


class NoSuchThing(DomainError):
    """The request names something that does not exist."""


def kept(error):
    return (400, {"error": f"needed {error.needed}"}) if isinstance(error, NotEnough) else None


def effect(answer=(200, {"ok": True}), fails=None):
    """Opens a shop, then answers or fails."""

    def run():
        Store.objects.create(name="Shop", identifier=str(Store.objects.count()))
        if fails:
            raise fails
        return answer

    return run


def tried(run, key="k1", owner="user:7", fingerprint="f" * 64, at=AT):
    return once(owner, key, fingerprint, run, kept, at)


def test_the_first_request_has_its_effect():
    assert tried(effect()) == Outcome(200, {"ok": True}, replayed=False)
    assert Store.objects.count() == 1


def test_the_key_keeps_the_answer():
    tried(effect((201, {"id": 7})))
    assert IdempotencyKey.objects.values("owner", "key", "fingerprint", "status", "body", "created_at").get() == {
        "owner": "user:7",
        "key": "k1",
        "fingerprint": "f" * 64,
        "status": 201,
        "body": '{"id": 7}',
        "created_at": AT,
    }


def test_a_repeat_gets_the_answer_without_the_effect():
    tried(effect((200, {"n": 1})))
    assert tried(effect((200, {"n": 2}))) == Outcome(200, {"n": 1}, replayed=True)
    assert Store.objects.count() == 1


@pytest.mark.parametrize("other", [{"key": "k2"}, {"owner": "user:8"}, {"key": "K1"}])
def test_another_key_or_owner_is_another_request(other):
    tried(effect())
    assert tried(effect(), **other).replayed is False
    assert Store.objects.count() == 2


def test_another_request_under_the_same_key_is_refused():
    tried(effect())
    with pytest.raises(KeyReused):
        tried(effect(), fingerprint="0" * 64)
    assert Store.objects.count() == 1
    assert IdempotencyKey.objects.get().fingerprint == "f" * 64


def test_a_refusal_undoes_the_effect_and_keeps_the_key():
    assert tried(effect(fails=NotEnough(needed=10))) == Outcome(400, {"error": "needed 10"}, replayed=False)
    assert not Store.objects.exists()
    assert IdempotencyKey.objects.get().status == 400


def test_a_repeat_of_a_refusal_is_refused_even_if_it_would_succeed_now():
    tried(effect(fails=NotEnough(needed=10)))
    assert tried(effect()) == Outcome(400, {"error": "needed 10"}, replayed=True)
    assert not Store.objects.exists()


@pytest.mark.parametrize(
    "failure", [NoSuchThing(id=7), ValueError("bug"), KeyboardInterrupt()], ids=["unkept refusal", "bug", "interrupt"]
)
def test_any_other_failure_undoes_everything_and_frees_the_key(failure):
    with pytest.raises(type(failure)) as raised:
        tried(effect(fails=failure))
    assert raised.value is failure
    assert not Store.objects.exists()
    assert not IdempotencyKey.objects.exists()
    assert tried(effect()).replayed is False


@pytest.mark.parametrize("cause", [SerializationFailure, DeadlockDetected, LockNotAvailable])
def test_what_the_caller_may_try_again_is_raised_as_it_is(cause):
    failure = OperationalError("try again")
    failure.__cause__ = cause()
    with pytest.raises(OperationalError) as raised:
        tried(effect(fails=failure))
    assert raised.value is failure
    assert not IdempotencyKey.objects.exists()


BODIES = [
    [],
    None,
    "text",
    7,
    {"b": 1, "a": [1.5, True, None]},
    {"text": "zażółć \U0001f600 \x00 \ud800"},
    {"number": 12345678901234567890123},
]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_a_replay_is_the_same_answer(body):
    first, second = tried(effect((200, body))), tried(effect((500, "other")))
    assert first.body == second.body == body
    assert repr(first.body) == repr(second.body)


def test_both_answers_are_what_json_makes_of_them():
    first, second = tried(effect((200, {"list": (1, 2), 3: "x"}))), tried(effect())
    assert first.body == second.body == {"list": [1, 2], "3": "x"}


@pytest.mark.parametrize("body", [float("nan"), {"at": AT}, {"set": {1}}], ids=["nan", "time", "set"])
def test_an_answer_that_is_not_json_undoes_everything(body):
    with pytest.raises((TypeError, ValueError)):
        tried(effect((200, body)))
    assert not Store.objects.exists()
    assert not IdempotencyKey.objects.exists()


def test_the_longest_key_fits():
    assert tried(effect(), key="~" * 255, owner="token:" + "8" * 36).replayed is False
    assert tried(effect(), key="~" * 255, owner="token:" + "8" * 36).replayed is True


def test_a_key_that_is_locked_for_too_long_is_in_flight(monkeypatch):
    def no_lock(sql, params):
        raise OperationalError from LockNotAvailable()

    monkeypatch.setattr("loyalty_site.access.idempotency.fetch_one", no_lock)
    with pytest.raises(KeyInFlight):
        tried(effect())
    assert not Store.objects.exists()


def test_another_failure_of_the_claim_is_raised_as_it_is(monkeypatch):
    def gone(sql, params):
        raise OperationalError("the connection is closed")

    monkeypatch.setattr("loyalty_site.access.idempotency.fetch_one", gone)
    with pytest.raises(OperationalError, match="the connection is closed"):
        tried(effect())


def test_it_costs_two_statements():
    with CaptureQueriesContext(connection) as queries:
        tried(lambda: (200, []))
    sent = [query["sql"] for query in queries if not query["sql"].startswith(BEGIN_AND_END)]
    assert [sql.split()[0] for sql in sent] == ["INSERT", "UPDATE"]


@pytest.mark.django_db(transaction=True)
def test_it_must_be_the_outermost_transaction():
    with pytest.raises(RuntimeError), transaction.atomic():
        tried(effect())
    assert not Store.objects.exists()
    assert not IdempotencyKey.objects.exists()


def aged(days, count=1):
    keys = [
        IdempotencyKey(
            owner="user:7",
            key=f"{days} days, {n}",
            fingerprint="f" * 64,
            status=200,
            body="[]",
            created_at=AT - timedelta(days=days),
        )
        for n in range(count)
    ]
    IdempotencyKey.objects.bulk_create(keys)


def test_purging_forgets_older_keys_only():
    aged(9)
    aged(8)
    aged(7)
    assert purge(before=AT - timedelta(days=7)) == 2
    assert IdempotencyKey.objects.get().key == "7 days, 0"


def test_purging_goes_in_batches():
    aged(8, count=5)
    with CaptureQueriesContext(connection) as queries:
        assert purge(before=AT, batch=2) == 5
    deletes = [query for query in queries if query["sql"].startswith("DELETE")]
    assert len(deletes) == 3
    assert not IdempotencyKey.objects.exists()


def test_the_command_keeps_seven_days():
    now = timezone.now()
    for key, age in {"new": timedelta(days=6, hours=23), "old": timedelta(days=7, seconds=1)}.items():
        tried(effect(), key=key, at=now - age)
    said = StringIO()
    call_command("purge_idempotency_keys", stdout=said)
    assert said.getvalue() == "1 idempotency keys deleted.\n"
    assert IdempotencyKey.objects.get().key == "new"
