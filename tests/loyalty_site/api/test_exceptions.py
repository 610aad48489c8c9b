import logging

import pytest

pytestmark = pytest.mark.urls("tests.loyalty_site.api.site")

BAD_REQUEST = {"error": {"code": 400, "message": "Bad Request"}}


def seen(response):
    return response.status_code, response.json(), response["Content-Type"]


@pytest.mark.parametrize(
    ("name", "status", "body"),
    [
        ("no-token", 401, {"code": 401, "message": "Invalid credentials"}),
        ("bad-token", 401, {"code": 401, "message": "Invalid JWT Token"}),
        ("bad-log-in", 401, {"code": 401, "message": "Bad credentials"}),
        ("forbidden", 403, {"error": {"code": 403, "message": "Forbidden"}}),
        ("permission-denied", 403, {"error": {"code": 403, "message": "Forbidden"}}),
        ("not-found", 404, {"error": {"code": 404, "message": "Not Found"}}),
        ("http-404", 404, {"error": {"code": 404, "message": "Not Found"}}),
        ("suspicious", 400, BAD_REQUEST),
        ("throttled", 429, {"error": {"code": 429, "message": "Too Many Requests"}}),
        ("lost-database", 503, {"error": {"code": 503, "message": "Service Unavailable"}}),
        ("sold-out", 400, {"error": "Only 0 left"}),
        ("nothing-left-today", 400, {"error": "Only 1 left"}),
        ("unknown", 404, {"error": {"code": 404, "message": "Not Found"}}),
    ],
)
def test_open_loyalty_words_each_error_in_its_shape(client, name, status, body):
    assert seen(client.get(f"/api/raise/{name}")) == (status, body, "application/json")


@pytest.mark.parametrize(
    ("name", "status", "body"),
    [
        ("no-token", 401, {"errors": [{"code": 401}]}),
        ("http-404", 404, {"errors": [{"code": 404}]}),
        ("lost-database", 503, {"errors": [{"code": 503}]}),
        ("nothing-left-today", 409, {"errors": [{"code": 8874, "message": "none of 3"}]}),
    ],
)
def test_another_dialect_words_them_its_own_way(client, name, status, body):
    assert seen(client.get(f"/v2/raise/{name}")) == (status, body, "application/json")


def test_a_401_names_the_dialects_challenge(client):
    assert client.get("/api/raise/bad-token")["WWW-Authenticate"] == "Bearer"
    assert client.get("/v2/raise/bad-token")["WWW-Authenticate"] == "Basic"


@pytest.mark.parametrize(("name", "seconds"), [("throttled", "3"), ("lost-database", "1")])
def test_what_passes_says_when_to_come_back(client, name, seconds):
    assert client.get(f"/api/raise/{name}")["Retry-After"] == seconds


def test_what_does_not_pass_says_nothing_of_coming_back(client):
    assert "Retry-After" not in client.get("/api/raise/http-404")


def test_a_lost_database_is_logged(client, caplog):
    client.get("/api/raise/lost-database")
    assert ("loyalty_site.api.exceptions", logging.WARNING) in [
        (name, level) for name, level, _ in caplog.record_tuples
    ]


@pytest.mark.parametrize("name", ["bug", "unworded"])
@pytest.mark.parametrize(
    ("root", "body"),
    [
        ("/api", {"error": {"code": 500, "message": "Internal Server Error"}}),
        ("/v2", {"errors": [{"code": 500}]}),
    ],
)
def test_a_programming_error_is_a_logged_500_in_json(client, caplog, name, root, body):
    client.raise_request_exception = False
    assert seen(client.get(f"{root}/raise/{name}")) == (500, body, "application/json")
    logged = [record for record in caplog.records if record.exc_info]
    assert [record.levelname for record in logged] == ["ERROR"]


def test_a_method_that_a_path_does_not_have(client):
    response = client.delete("/api/echo")
    assert seen(response) == (405, {"error": {"code": 405, "message": "Method Not Allowed"}}, "application/json")
    assert {"GET", "POST", "PUT"} <= set(response["Allow"].split(", "))


def test_options_tells_nothing_of_a_view(client):
    assert client.options("/api/echo").status_code == 405


@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_a_body_is_read_whatever_the_method(client, method):
    form = "application/x-www-form-urlencoded"
    response = client.generic(method, "/api/echo", "campaign[levels][0]=x", content_type=form)
    assert response.json() == {"data": {"campaign": {"levels": {"0": "x"}}}}


@pytest.mark.parametrize(
    "content_type", ["", "application/json", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain"]
)
def test_no_body_is_an_empty_tree_whatever_its_type(client, content_type):
    assert client.generic("POST", "/api/echo", b"", content_type=content_type).json() == {"data": {}}


@pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "application/jsonx", "x" * 5_000])
def test_a_body_of_an_unknown_type(client, content_type):
    response = client.generic("POST", "/api/echo", b"{}", content_type=content_type)
    assert seen(response) == (415, {"error": {"code": 415, "message": "Unsupported Media Type"}}, "application/json")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"{", "application/json"),
        (b"[" * 20_000, "application/json; charset=utf-8"),
        (b"a=1&a[b]=2", "application/x-www-form-urlencoded"),
        (b"x", "multipart/form-data"),
    ],
)
def test_a_malformed_body(client, body, content_type):
    response = client.generic("POST", "/api/echo", body, content_type=content_type)
    assert seen(response) == (400, BAD_REQUEST, "application/json")
