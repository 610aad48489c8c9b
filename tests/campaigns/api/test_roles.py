"""Who may call what: 403 by role, then 404, then the body; each in its exact shape.

Rule: the roles of Open Loyalty's "Reward Campaigns API", and for buying each role on its own path.
"""

import pytest

from loyalty_site.access import scopes
from loyalty_site.access.actors import Role
from tests.books import books
from tests.builders import campaign, customer
from tests.callers import (
    ANONYMOUS,
    BAD_REQUEST,
    FORBIDDEN,
    NOT_ALLOWED,
    NOT_FOUND,
    UNAUTHORIZED,
    failure,
    told,
    with_token,
)
from tests.campaigns.api.endpoints import ENDPOINTS, FILES, FORMS, LISTS, NOBODY, NOT_JSON, PLAIN, ROLES, call

pytestmark = [pytest.mark.django_db, pytest.mark.once("postgresql")]


@pytest.fixture(scope="module")
def callers(admin, seller, member):
    return {"admin": admin, "seller": seller, "member": member}


@pytest.fixture(params=ENDPOINTS.values(), ids=ENDPOINTS)
def endpoint(request):
    return request.param


# --- 403 -----------------------------------------------------------------------------------------------------------


def test_with_the_wrong_role(endpoint, callers):
    """Before it is said whether the campaign or the customer exists, and before the body is read."""
    answers = {name: call(caller, endpoint) for name, caller in callers.items() if name not in endpoint.roles}
    assert answers == dict.fromkeys(callers.keys() - endpoint.roles, FORBIDDEN)


def test_a_partners_token_is_of_no_use_here(endpoint):
    assert call(with_token(Role.PARTNER), endpoint) == FORBIDDEN


def test_a_token_above_its_limit_of_requests():
    till = with_token(Role.SELLER, [scopes.CAMPAIGNS_READ], requests_per_minute=1)
    assert till.get("/api/seller/campaign")[0] == 200
    assert till.get("/api/seller/campaign") == failure(429, "Too Many Requests")


def test_a_token_without_the_scope(endpoint):
    others = [name for name in scopes.SCOPES if name != endpoint.scope]
    for name in endpoint.roles:
        assert call(with_token(ROLES[name], others), endpoint) == FORBIDDEN


# --- allowed: 404, then the body -----------------------------------------------------------------------------------


def test_with_the_right_role(endpoint, callers):
    name = next(name for name, one in ENDPOINTS.items() if one == endpoint)
    for role in endpoint.roles:
        answer = callers[role].send(endpoint.method, endpoint.path)
        if name in FILES:
            assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/csv; charset=utf-8")
            continue
        status, body = told(answer)
        if name in LISTS:
            assert (status, body) == (200, LISTS[name])
        elif name in FORMS:
            assert (status, body["errors"]) == (400, [])
        else:
            assert (status, body) == (BAD_REQUEST if name in PLAIN else NOT_FOUND)


def test_a_token_with_the_scope_alone(endpoint):
    for name in endpoint.roles:
        assert call(with_token(ROLES[name], [endpoint.scope]), endpoint)[0] in {200, 400, 404}


def test_an_unknown_campaign_comes_before_the_body(admin):
    assert told(admin.send("PUT", f"/api/campaign/{NOBODY}", {"campaign": {}})) == NOT_FOUND


def test_a_body_that_cannot_be_read_comes_last(admin):
    assert told(admin.send("PUT", f"/api/campaign/{campaign().pk}", **NOT_JSON)) == BAD_REQUEST


# --- 405 and unknown paths -----------------------------------------------------------------------------------------


def test_other_methods(endpoint, callers):
    path = endpoint.path
    allowed = {one.method for one in ENDPOINTS.values() if one.path == path}
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - allowed:
        for name in callers:
            assert told(callers[name].send(method, path)) == NOT_ALLOWED
        assert told(ANONYMOUS.send(method, path)) == UNAUTHORIZED


def test_paths_that_lead_nowhere(admin, endpoint):
    method, path = endpoint.method, endpoint.path
    for wrong in (f"{path}/", f"{path}/x/y/z", f"/API{path[4:]}", path.replace("/api/", "/api//")):
        assert told(admin.send(method, wrong)) == NOT_FOUND


def test_whoever_may_not_changes_nothing(callers):
    reward, buyer = campaign(), customer(points=100)
    before = books()
    paths = [
        ("seller", f"/api/admin/customer/{buyer.pk}/campaign/{reward.pk}/buy"),
        ("admin", f"/api/seller/customer/{buyer.pk}/campaign/{reward.pk}/buy"),
        ("member", f"/api/seller/customer/{buyer.pk}/campaign/{reward.pk}/buy"),
        ("seller", f"/api/campaign/{reward.pk}/inactive"),
    ]
    transfer = {"transfer": {"customer": str(buyer.pk), "points": 5}}
    for name, path in paths:
        assert callers[name].post(path) == FORBIDDEN
    assert callers["seller"].post("/api/points/transfer/add", transfer) == FORBIDDEN
    assert callers["member"].post("/api/points/transfer/spend", transfer) == FORBIDDEN
    assert books() == before
