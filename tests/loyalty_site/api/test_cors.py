"""Browser front ends on other origins may call `/api/`. Rule: the Open Loyalty contract's CORS settings."""

import pytest

from loyalty_site.access.actors import Role
from tests.callers import with_token

PREFLIGHT = {
    "origin": "https://till.example",
    "access-control-request-method": "PUT",
    "access-control-request-headers": "authorization,content-type,x-of-the-front-end",
}


@pytest.fixture
def preflight(client):
    return lambda path: client.options(path, headers=PREFLIGHT)


def test_any_origin_may_call_the_api(preflight):
    assert preflight("/api/campaign").headers["access-control-allow-origin"] == "*"


def test_any_header_may_be_sent_and_the_star_does_not_stand_for_authorization(preflight):
    assert preflight("/api/campaign").headers["access-control-allow-headers"] == "*, authorization"


def test_four_methods_are_allowed_for_an_hour(preflight):
    answer = preflight("/api/campaign")

    assert answer.headers["access-control-allow-methods"] == "POST, PUT, GET, DELETE"
    assert answer.headers["access-control-max-age"] == "3600"


def test_a_preflight_needs_no_credential(preflight):
    assert preflight("/api/campaign").status_code == 200


def test_an_answer_can_be_read_by_a_page_of_another_origin(client):
    answer = client.get("/api/campaign", headers={"origin": "https://till.example"})

    assert answer.status_code == 401
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["access-control-expose-headers"] == "Idempotent-Replayed, Retry-After"


def test_no_cookie_goes_along(preflight):
    assert "access-control-allow-credentials" not in preflight("/api/campaign").headers


def test_pages_of_other_origins_may_not_call_the_admin(client):
    answer = client.options("/admin/", headers=PREFLIGHT)

    assert not [name for name in answer.headers if name.lower().startswith("access-control-")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/api/campaign", "GET, POST, HEAD"),
        ("/loyalty/user/1/points", "GET, POST, HEAD"),
        ("/v2/promotion/issue", "POST"),
        ("/client/users/1/offer/A", "PUT"),
    ],
)
def test_a_caller_who_asks_without_a_browser_is_told_405_with_the_methods(path, methods):
    answer = with_token(Role.PARTNER).send("OPTIONS", path)

    assert answer.status_code == 405
    assert answer.headers["allow"].removesuffix(", OPTIONS") == methods
