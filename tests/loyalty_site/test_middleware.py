import pytest
from django.core.checks import run_checks
from django.test import Client

pytestmark = pytest.mark.urls("tests.loyalty_site.api.site")

LIMIT = 2_621_440
TOO_LARGE = {"error": {"code": 413, "message": "Payload Too Large"}}


@pytest.mark.django_db
def test_sessions_accounts_and_messages_are_there_for_the_admin(client):
    assert client.get("/admin/traces").content == b"True True True"


@pytest.mark.django_db
def test_other_paths_do_without_them(client, django_assert_num_queries):
    client.cookies["sessionid"] = "anything"
    with django_assert_num_queries(0):
        response = client.get("/api/traces")
    assert response.content == b"False False False"
    assert "Vary" not in response or "Cookie" not in response["Vary"]
    assert not response.cookies


def test_no_csrf_token_is_asked_of_an_api_path():
    assert Client(enforce_csrf_checks=True).post("/api/echo").status_code == 200


def post(client, path, body, **headers):
    response = client.generic("POST", path, body, content_type="application/json", **headers)
    return response.status_code, response.json()


def test_a_body_of_more_than_the_limit_is_refused_before_it_is_read(client):
    assert post(client, "/api/echo", b"{}", CONTENT_LENGTH=str(LIMIT + 1)) == (413, TOO_LARGE)


def test_a_body_of_the_limit_is_read(client):
    body = b'{"a": "%s"}' % (b"x" * (LIMIT - len(b'{"a": ""}')))
    assert post(client, "/api/echo", body)[0] == 200


def test_a_view_may_have_a_limit_of_its_own(client):
    assert post(client, "/api/small", b'{"a":1234}') == (200, {"data": {"a": 1234}})
    assert post(client, "/api/small", b'{"a":12345}') == (413, TOO_LARGE)


def test_the_refusal_is_in_the_views_dialect(client):
    assert post(client, "/v2/small", b'{"a":12345}') == (413, {"errors": [{"code": 413}]})


def test_a_body_in_chunks_without_a_length_is_refused_rather_than_taken_as_empty(client):
    response = post(client, "/api/echo", b"", CONTENT_LENGTH="", HTTP_TRANSFER_ENCODING="chunked")
    assert response == (411, {"error": {"code": 411, "message": "Length Required"}})


@pytest.mark.django_db
def test_the_admin_takes_larger_bodies_so_that_its_forms_can_say_what_is_too_large(client):
    most = 32 * 1024 * 1024
    assert client.post("/admin/traces", CONTENT_LENGTH=str(most)).status_code != 413
    answer = client.post("/admin/traces", CONTENT_LENGTH=str(most + 1))
    assert (answer.status_code, answer.headers["Content-Type"]) == (413, "text/html; charset=utf-8")
    assert b"32 MB in all" in answer.content


@pytest.mark.parametrize(("length", "status"), [("x", 200), ("1e9", 200), ("-5", 400)])
def test_a_wrong_length_is_no_server_error(client, length, status):
    assert post(client, "/api/echo", b"{}", CONTENT_LENGTH=length)[0] == status


@pytest.mark.django_db
def test_uploads_to_the_admin_have_djangos_own_limits(client):
    assert client.generic("POST", "/admin/traces", b"", CONTENT_LENGTH=str(LIMIT + 1)).status_code == 200


def test_djangos_checks_find_nothing():
    assert run_checks() == []
