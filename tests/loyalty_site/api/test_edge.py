from uuid import UUID

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory

from loyalty_site import outages
from loyalty_site.access.actors import Principal, Role
from loyalty_site.access.models import Store
from loyalty_site.api import edge
from loyalty_site.api.dialects import Saying
from loyalty_site.api.edge import run_write
from loyalty_site.api.exceptions import answer_to
from loyalty_site.api.failures import KeyOfAnotherRequest, KeyStillRunning
from loyalty_site.api.fingerprints import fingerprint_of
from loyalty_site.api.openloyalty import OPEN_LOYALTY, OpenLoyalty
from loyalty_site.api.parsing import StrictJSONParser
from loyalty_site.errors import DomainError

JOHN = UUID("00000000-0000-474c-b092-b0dd880c07e4")


class SoldOut(DomainError):
    pass


class NotNow(DomainError):
    pass


class Banned(DomainError):
    pass


class Unworded(DomainError):
    pass


DIALECT = OpenLoyalty(
    says={SoldOut: Saying(400, None, "Sold out"), NotNow: Saying(503, None, "later"), Banned: Saying(403, None, "no")}
)


def writing(key=None, body=b"{}", user=True):
    headers = {} if key is None else {"HTTP_IDEMPOTENCY_KEY": key}
    plain = APIRequestFactory().generic("POST", "/api/buy", body, content_type="application/json", **headers)
    request = Request(plain, parsers=[StrictJSONParser()])
    request.user = Principal("user", JOHN, "John", Role.SELLER) if user else None
    return request


class FromPostgreSQL(Exception):
    def __init__(self, sqlstate):
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


def database_error(sqlstate):
    error = OperationalError("text")
    error.__cause__ = FromPostgreSQL(sqlstate)
    return error


class Failing:
    """An effect that opens a store, fails so many times with that error, and then answers."""

    def __init__(self, times, error):
        self.times, self.error, self.calls = times, error, 0

    def __call__(self):
        self.calls += 1
        Store.objects.create(name="A", identifier=f"a{self.calls}")
        if self.calls <= self.times:
            raise self.error
        return 200, {"calls": self.calls}


@pytest.fixture
def pauses(monkeypatch):
    taken = []
    monkeypatch.setattr(outages, "sleep", taken.append)
    return taken


# --- the transaction


@pytest.mark.django_db
def test_a_write_is_one_transaction_and_answers():
    def effect():
        assert connection.in_atomic_block
        Store.objects.create(name="A", identifier="a")
        return 200, {"id": JOHN, "cost": 10.0}

    response = run_write(writing(), effect, dialect=OPEN_LOYALTY)
    assert (response.status_code, response.data) == (200, {"id": str(JOHN), "cost": 10})
    assert Store.objects.count() == 1


@pytest.mark.django_db
def test_an_effect_may_answer_with_a_response():
    response = run_write(writing(), lambda: Response({"a": 1}, 201), dialect=OPEN_LOYALTY)
    assert (response.status_code, response.data) == (201, {"a": 1})


@pytest.mark.django_db
@pytest.mark.parametrize("error", [SoldOut(left=0), ZeroDivisionError(), IntegrityError()])
def test_whatever_is_raised_undoes_everything(error):
    effect = Failing(1, error)
    with pytest.raises(type(error)):
        run_write(writing(), effect, dialect=DIALECT)
    assert (effect.calls, Store.objects.count()) == (1, 0)


@pytest.mark.django_db
def test_a_write_is_committed_by_itself_never_as_part_of_another(monkeypatch):
    asked = []
    atomic = transaction.atomic
    monkeypatch.setattr(edge.transaction, "atomic", lambda **options: asked.append(options) or atomic(**options))
    run_write(writing(), lambda: (200, {}), dialect=OPEN_LOYALTY)
    assert asked == [{"durable": True}]


# --- conflicts


@pytest.mark.django_db
@pytest.mark.parametrize("sqlstate", ["40001", "40P01"])
def test_a_conflict_runs_the_whole_write_anew(pauses, sqlstate):
    effect = Failing(5, database_error(sqlstate))
    response = run_write(writing(), effect, dialect=OPEN_LOYALTY)
    assert response.data == {"calls": 6}
    assert [store.identifier for store in Store.objects.all()] == ["a6"]
    assert len(pauses) == 5


@pytest.mark.django_db
def test_pauses_grow_and_are_drawn_at_random(pauses, monkeypatch):
    monkeypatch.setattr(outages.random, "uniform", lambda low, high: (low, high))
    run_write(writing(), Failing(5, database_error("40001")), dialect=OPEN_LOYALTY)
    assert pauses == [(0, 0.02), (0, 0.04), (0, 0.08), (0, 0.16), (0, 0.32)]


@pytest.mark.django_db
def test_a_conflict_that_does_not_end_is_a_503(pauses):
    effect = Failing(99, database_error("40P01"))
    with pytest.raises(OperationalError) as caught:
        run_write(writing(), effect, dialect=OPEN_LOYALTY)
    assert (effect.calls, Store.objects.count()) == (6, 0)
    answer = answer_to(caught.value, OPEN_LOYALTY)
    assert (answer.status, answer.headers) == (503, {"Retry-After": "1"})


@pytest.mark.django_db
@pytest.mark.parametrize("sqlstate", ["55P03", "57014", None])
def test_nothing_else_is_tried_again(pauses, sqlstate):
    effect = Failing(1, database_error(sqlstate))
    with pytest.raises(OperationalError):
        run_write(writing(), effect, dialect=OPEN_LOYALTY)
    assert (effect.calls, pauses, Store.objects.count()) == (1, [], 0)


# --- the key


class Once:
    """Stands for the store of keys: remembers what it is asked, and answers as told."""

    def __init__(self, replayed=False, error=None):
        self.replayed, self.error, self.asked, self.kept = replayed, error, [], None

    def __call__(self, owner, key, fingerprint, effect, refusal, at):
        self.asked.append((owner, key, fingerprint))
        if self.error:
            raise self.error
        try:
            self.kept = effect()
        except DomainError as error:
            self.kept = refusal(error)
            if self.kept is None:
                raise
        return edge.idempotency.Outcome(*self.kept, replayed=self.replayed)


@pytest.fixture
def once(monkeypatch):
    def install(**options):
        store = Once(**options)
        monkeypatch.setattr(edge.idempotency, "once", store)
        return store

    return install


def test_a_key_goes_to_the_store_with_its_owner_and_fingerprint(once):
    store = once()
    request = writing("a-key", b'{"a": 1}')
    response = run_write(request, lambda: (200, {"id": JOHN}), dialect=DIALECT)
    assert store.asked == [(f"user:{JOHN}", "a-key", fingerprint_of(request))]
    assert store.kept == (200, {"id": str(JOHN)})
    assert (response.status_code, response.data) == (200, {"id": str(JOHN)})
    assert "Idempotent-Replayed" not in response


def test_a_replay_says_so(once):
    once(replayed=True)
    response = run_write(writing("a-key"), lambda: (200, {}), dialect=DIALECT)
    assert response["Idempotent-Replayed"] == "true"


def test_a_refusal_by_the_domain_is_kept_as_the_keys_answer(once):
    store = once()

    def effect():
        raise SoldOut

    response = run_write(writing("a-key"), effect, dialect=DIALECT)
    assert store.kept == (400, {"error": "Sold out"})
    assert (response.status_code, response.data) == store.kept


@pytest.mark.parametrize("error", [NotNow, Banned, Unworded])
def test_a_refusal_that_may_pass_or_that_nobody_worded_is_not_kept(once, error):
    store = once()

    def effect():
        raise error

    with pytest.raises(error):
        run_write(writing("a-key"), effect, dialect=DIALECT)
    assert store.kept is None


@pytest.mark.parametrize(
    ("raised", "failure", "status", "headers"),
    [
        ("KeyReused", KeyOfAnotherRequest, 422, {}),
        ("KeyInFlight", KeyStillRunning, 409, {"Retry-After": "1"}),
    ],
)
def test_a_key_that_is_taken(once, raised, failure, status, headers):
    once(error=getattr(edge.idempotency, raised)())
    effect = Failing(0, None)
    with pytest.raises(failure) as caught:
        run_write(writing("a-key"), effect, dialect=DIALECT)
    answer = answer_to(caught.value, DIALECT)
    assert (answer.status, answer.headers, answer.body["error"]["code"]) == (status, headers, status)
    assert effect.calls == 0


def test_a_conflict_asks_the_store_anew(once, pauses):
    store = once(error=database_error("40001"))
    with pytest.raises(OperationalError):
        run_write(writing("a-key"), lambda: (200, {}), dialect=DIALECT)
    assert (len(store.asked), len(pauses)) == (6, 5)


@pytest.mark.parametrize("key", ["!", "~" * 255, '"8e03978e-40d5-43e8-bc93-6894a57f9324"'])
def test_a_key_is_visible_ascii(once, key):
    store = once()
    run_write(writing(key), lambda: (200, {}), dialect=DIALECT)
    assert [asked[1] for asked in store.asked] == [key]


@pytest.mark.parametrize("key", ["", "x" * 256, "a b", "a\tb", "\x7f", "klucz-ż", "a\x00"])
def test_any_other_key_is_refused_before_anything_happens(once, key):
    store, effect = once(), Failing(0, None)
    with pytest.raises(ParseError):
        run_write(writing(key), effect, dialect=DIALECT)
    assert (store.asked, effect.calls) == ([], 0)


def test_a_malformed_body_is_refused_before_the_key_is_used(once):
    store, effect = once(), Failing(0, None)
    with pytest.raises(ParseError):
        run_write(writing("a-key", b"{"), effect, dialect=DIALECT)
    assert (store.asked, effect.calls) == ([], 0)


@pytest.mark.django_db
def test_a_caller_without_a_credential_shares_no_keys(once):
    store = once()
    response = run_write(writing("a-key", user=False), lambda: (200, {}), dialect=DIALECT)
    assert (response.status_code, store.asked) == (200, [])
