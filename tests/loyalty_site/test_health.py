"""The probes `/healthz` and `/readyz`."""

from threading import Event

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from loyalty_site import health

PROBES = ["/healthz", "/readyz"]


def test_a_living_process_says_so_without_the_database(client: Client):
    response = client.get("/healthz")  # the database is out of bounds for this test

    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_a_migrated_database_that_answers_is_ready(client: Client):
    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.django_db(transaction=True)
def test_a_missing_migration_is_not_ready(client: Client):
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("access", "0001_initial")
    try:
        response = client.get("/readyz")
    finally:
        recorder.record_applied("access", "0001_initial")

    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "reason": "1 migrations are not applied"}


@pytest.mark.django_db
def test_a_lost_database_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch):
    nowhere = {"NAME": "/nowhere/at/all"} if connection.vendor == "sqlite" else {"HOST": "/nowhere/at/all"}
    monkeypatch.setitem(connections.settings, DEFAULT_DB_ALIAS, connection.settings_dict | nowhere)

    response = client.get("/readyz")  # asks in a thread, whose connection follows the changed settings

    assert (response.status_code, response["Retry-After"]) == (503, "1")
    assert response.json() == {"status": "unavailable", "reason": "the database does not answer"}


def test_a_question_that_hangs_is_given_up_and_holds_back_the_next():
    released, second_asked = Event(), Event()

    first = health.answer_in_time(released.wait, 0.01)
    second = health.answer_in_time(second_asked.set, 0.01)
    asked_meanwhile = second_asked.is_set()
    released.set()
    third = health.answer_in_time(lambda: "an answer", 30)

    assert (first, second, asked_meanwhile, third) == (health.SILENT, health.SILENT, False, "an answer")


@pytest.mark.django_db
@pytest.mark.parametrize("path", PROBES)
def test_a_head_request_gets_the_status_and_no_body(client: Client, path: str):
    response = client.head(path)

    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("path", PROBES)
@pytest.mark.parametrize("method", ["POST", "PUT", "OPTIONS", "TRACE", "BREW"])
def test_nothing_but_get_and_head_is_taken(path: str, method: str):
    response = Client(enforce_csrf_checks=True).generic(method, path)

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert response.json() == {"error": {"code": 405, "message": "Method Not Allowed"}}


@pytest.mark.django_db
@pytest.mark.parametrize("path", PROBES)
def test_a_probe_is_not_cached_and_opens_no_session(client: Client, path: str):
    response = client.get(path)

    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    assert not response.has_header("Vary")


@pytest.mark.parametrize("path", PROBES)
def test_a_plain_http_probe_is_not_redirected(client: Client, settings, path: str):
    settings.SECURE_SSL_REDIRECT = True

    assert client.post(path).status_code == 405
    assert client.get("/admin/").status_code == 301
