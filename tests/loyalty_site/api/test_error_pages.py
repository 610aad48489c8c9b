import json

import pytest

from loyalty_site.api import error_pages

pytestmark = pytest.mark.urls("tests.loyalty_site.api.site")


@pytest.mark.parametrize(
    "path", ["/api/nothing", "/nothing", "/static/nothing.css", "/administrator", "/api/%00", "/api/%ff"]
)
def test_a_route_that_does_not_exist_is_a_404_in_json(client, path):
    response = client.get(path, HTTP_ACCEPT="text/html")
    assert (response.status_code, response.json(), response["Content-Type"]) == (
        404,
        {"error": {"code": 404, "message": "Not Found"}},
        "application/json",
    )


def test_a_host_that_is_not_served_is_a_400_in_json(client):
    response = client.get("/api/echo", HTTP_HOST="evil.example")
    assert (response.status_code, response.json()) == (400, {"error": {"code": 400, "message": "Bad Request"}})


@pytest.mark.parametrize(
    ("view", "arguments", "status", "phrase"),
    [
        ("bad_request", [Exception()], 400, "Bad Request"),
        ("permission_denied", [Exception()], 403, "Forbidden"),
        ("not_found", [Exception()], 404, "Not Found"),
        ("server_error", [], 500, "Internal Server Error"),
    ],
)
def test_outside_the_admin_errors_are_json(rf, view, arguments, status, phrase):
    response = getattr(error_pages, view)(rf.get("/api/x"), *arguments)
    assert (response.status_code, json.loads(response.content)) == (
        status,
        {"error": {"code": status, "message": phrase}},
    )
    assert response["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    ("view", "arguments", "status"),
    [
        ("bad_request", [Exception()], 400),
        ("permission_denied", [Exception()], 403),
        ("not_found", [Exception()], 404),
        ("server_error", [], 500),
    ],
)
@pytest.mark.parametrize("path", ["/admin", "/admin/", "/admin/campaigns/x"])
def test_inside_the_admin_errors_are_pages(rf, path, view, arguments, status):
    response = getattr(error_pages, view)(rf.get(path), *arguments)
    assert (response.status_code, response["Content-Type"].split(";")[0]) == (status, "text/html")
