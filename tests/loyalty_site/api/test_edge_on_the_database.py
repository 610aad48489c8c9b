"""The edge with what stands beneath it: the store of keys, and PostgreSQL's own errors."""

from uuid import UUID

import pytest
from django.db import DatabaseError, connection
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from loyalty_site import outages
from loyalty_site.access.actors import Principal, Role
from loyalty_site.access.models import IdempotencyKey, Store
from loyalty_site.api.dialects import Saying
from loyalty_site.api.edge import run_write
from loyalty_site.api.failures import KeyOfAnotherRequest
from loyalty_site.api.openloyalty import OpenLoyalty
from loyalty_site.api.parsing import StrictJSONParser
from loyalty_site.errors import DomainError
from loyalty_site.outages import is_outage

pytestmark = pytest.mark.django_db

JOHN = Principal("user", UUID("00000000-0000-474c-b092-b0dd880c07e4"), "John", Role.SELLER)
JANE = Principal("user", UUID("00000000-0000-474c-b092-b0dd880c07e5"), "Jane", Role.SELLER)


class SoldOut(DomainError):
    pass


DIALECT = OpenLoyalty(says={SoldOut: Saying(400, None, "Sold out")})


def written(effect, body=b"{}", path="/api/buy", caller=JOHN):
    plain = APIRequestFactory().generic(
        "POST", path, body, content_type="application/json", HTTP_IDEMPOTENCY_KEY="a-key"
    )
    request = Request(plain, parsers=[StrictJSONParser()])
    request.user = caller
    return run_write(request, effect, dialect=DIALECT)


def open_store():
    store = Store.objects.create(name="A", identifier=f"a{Store.objects.count()}")
    return 200, {"id": store.pk, "cost": 10.0, "name": "Zażółć"}


def refuse():
    open_store()
    raise SoldOut


def seen(response):
    return response.status_code, response.data, response.get("Idempotent-Replayed")


def test_a_repeated_request_gets_the_first_answer_and_has_no_second_effect():
    first, second = written(open_store), written(open_store)
    store = Store.objects.get()
    body = {"id": str(store.pk), "cost": 10, "name": "Zażółć"}
    assert seen(first) == (200, body, None)
    assert seen(second) == (200, body, "true")


def test_a_repeated_refusal_stays_a_refusal():
    first, second = written(refuse), written(open_store)
    assert seen(first) == (400, {"error": "Sold out"}, None)
    assert seen(second) == (400, {"error": "Sold out"}, "true")
    assert Store.objects.count() == 0


@pytest.mark.parametrize("other", [{"body": b'{"a": 1}'}, {"path": "/api/other"}, {"path": "/api/buy?a=1"}])
def test_a_key_serves_one_request_only(other):
    written(open_store)
    with pytest.raises(KeyOfAnotherRequest):
        written(open_store, **other)
    assert Store.objects.count() == 1


def test_callers_do_not_share_keys():
    responses = [written(open_store, caller=caller) for caller in (JOHN, JANE)]
    assert [response.get("Idempotent-Replayed") for response in responses] == [None, None]
    assert Store.objects.count() == 2


def test_a_programming_error_leaves_the_key_free():
    with pytest.raises(ZeroDivisionError):
        written(lambda: 1 / 0)
    assert IdempotencyKey.objects.count() == 0
    assert written(open_store).status_code == 200


def fail_with(sqlstate):
    with connection.cursor() as cursor:
        cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION 'as told' USING ERRCODE = '{sqlstate}'; END $$")


@pytest.mark.postgresql_only
@pytest.mark.parametrize("sqlstate", ["40001", "40P01"])
def test_postgresqls_conflicts_run_the_write_anew(monkeypatch, sqlstate):
    monkeypatch.setattr(outages, "sleep", lambda seconds: None)
    calls = []

    def effect():
        calls.append(open_store())
        if len(calls) < 3:
            fail_with(sqlstate)
        return calls[-1]

    assert written(effect).status_code == 200
    assert (len(calls), Store.objects.count(), IdempotencyKey.objects.count()) == (3, 1, 1)


@pytest.mark.postgresql_only
@pytest.mark.parametrize("sqlstate", ["55P03", "57014", "57P01", "53300", "25006"])
def test_postgresqls_outages_are_known_and_leave_nothing(sqlstate):
    def effect():
        open_store()
        fail_with(sqlstate)

    with pytest.raises(DatabaseError) as caught:
        written(effect)
    assert is_outage(caught.value) is True
    assert (Store.objects.count(), IdempotencyKey.objects.count()) == (0, 0)
