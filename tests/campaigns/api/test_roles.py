"""Who may call what: 401, then 403 by role, then 404, then the body; each in its exact shape.

Rule: the roles of Open Loyalty's "Reward Campaigns API", and for buying each role on its own path.
"""

from datetime import timedelta

import jwt
import pytest
from django.conf import settings

from loyalty_site.access import scopes
from loyalty_site.access.actors import SYSTEM, Role
from loyalty_site.access.endpoints import ENDPOINTS
from loyalty_site.access.log_in_tokens import make_jwt
from loyalty_site.access.models import ApiToken, User
from loyalty_site.access.tokens import revoke
from tests.books import books
from tests.builders import AT, campaign, customer, later
from tests.callers import (
    ADMIN_ID,
    ANONYMOUS,
    BAD_REQUEST,
    FORBIDDEN,
    INVALID_TOKEN,
    JSON,
    NOT_ALLOWED,
    NOT_FOUND,
    UNAUTHORIZED,
    Caller,
    bearer,
    logged_in,
    told,
    user,
    with_token,
)

pytestmark = pytest.mark.django_db

NOBODY = "00000000-0000-474c-b092-000000000000"
ADMIN, SELLER, BOTH = {"admin"}, {"seller"}, {"admin", "seller"}

# route, method, path with ids that name nothing, who may, the scope a token needs
ENDPOINTS_OF_THE_APPS = {
    "campaign-list GET": ("GET", "/api/campaign", ADMIN, scopes.CAMPAIGNS_READ),
    "campaign-list POST": ("POST", "/api/campaign", ADMIN, scopes.CAMPAIGNS_WRITE),
    "campaign-detail GET": ("GET", f"/api/campaign/{NOBODY}", BOTH, scopes.CAMPAIGNS_READ),
    "campaign-detail PUT": ("PUT", f"/api/campaign/{NOBODY}", ADMIN, scopes.CAMPAIGNS_WRITE),
    "campaign-switch-on POST": ("POST", f"/api/campaign/{NOBODY}/active", ADMIN, scopes.CAMPAIGNS_WRITE),
    "campaign-switch-off POST": ("POST", f"/api/campaign/{NOBODY}/inactive", ADMIN, scopes.CAMPAIGNS_WRITE),
    "admin-customer-available GET": (
        "GET",
        f"/api/admin/customer/{NOBODY}/campaign/available",
        BOTH,
        scopes.CUSTOMERS_READ,
    ),
    "admin-customer-buy POST": (
        "POST",
        f"/api/admin/customer/{NOBODY}/campaign/{NOBODY}/buy",
        ADMIN,
        scopes.REWARDS_BUY,
    ),
    "seller-campaign-list GET": ("GET", "/api/seller/campaign", BOTH, scopes.CAMPAIGNS_READ),
    "seller-campaign-detail GET": ("GET", f"/api/seller/campaign/{NOBODY}", BOTH, scopes.CAMPAIGNS_READ),
    "seller-customer-available GET": (
        "GET",
        f"/api/seller/customer/{NOBODY}/campaign/available",
        BOTH,
        scopes.CUSTOMERS_READ,
    ),
    "seller-customer-buy POST": (
        "POST",
        f"/api/seller/customer/{NOBODY}/campaign/{NOBODY}/buy",
        SELLER,
        scopes.REWARDS_BUY,
    ),
    "points-transfer-add POST": ("POST", "/api/points/transfer/add", ADMIN, scopes.POINTS_WRITE),
    "points-transfer-spend POST": ("POST", "/api/points/transfer/spend", ADMIN, scopes.POINTS_WRITE),
}
LISTS = {"campaign-list GET", "seller-campaign-list GET"}
FORMS = {"campaign-list POST", "points-transfer-add POST", "points-transfer-spend POST"}
NOT_JSON = {"body": "{", "media": JSON}


@pytest.fixture(scope="module")
def callers(admin, seller, member):
    return {"admin": admin, "seller": seller, "member": member}


@pytest.fixture(params=ENDPOINTS_OF_THE_APPS.values(), ids=ENDPOINTS_OF_THE_APPS)
def endpoint(request):
    return request.param


def call(caller, endpoint, **options):
    """With a body that is no JSON, which nobody looks at before it is known who calls."""
    method, path, _, _ = endpoint
    return told(caller.send(method, path, **(NOT_JSON | options)))


def test_every_route_of_the_apps_is_asked():
    own = {
        f"{route} {method}"
        for route, methods in ENDPOINTS.items()
        for method in methods
        if route.startswith(("campaign", "admin-customer", "seller-c", "points"))
    }
    assert set(ENDPOINTS_OF_THE_APPS) == own


# --- 401 -----------------------------------------------------------------------------------------------------------


def test_without_a_credential(endpoint):
    method, path, _, _ = endpoint
    answer = ANONYMOUS.send(method, path, **NOT_JSON)
    assert (told(answer), answer.headers["WWW-Authenticate"]) == (UNAUTHORIZED, "Bearer")


def test_with_a_credential_of_no_known_kind(endpoint):
    for value in ("Basic YWRtaW46b3Blbg==", "Bearer", "Bearer ", "Bearer a b", "admin", "Token x"):
        assert call(Caller(Authorization=value), endpoint) == UNAUTHORIZED


def signed(claims, key=None, algorithm="HS256"):
    return jwt.encode(claims, key or settings.JWT_KEY, algorithm=algorithm)


@pytest.fixture(scope="module")
def bad_tokens(admin, for_the_module):
    with for_the_module():
        account = User.objects.get(pk=ADMIN_ID)
        good = make_jwt(account, at=AT)
        gone = user(Role.ADMIN, "22200000-0000-474c-b092-b0dd880c07ff", is_active=False)
        expired, revoked = (
            with_token(Role.ADMIN, expires_at=AT),
            with_token(Role.ADMIN),
        )
        revoke(ApiToken.objects.get(expires_at=None), actor=SYSTEM, at=AT)
        expired, revoked = (made.headers["Authorization"].removeprefix("Bearer ") for made in (expired, revoked))
        inactive = make_jwt(gone, at=AT)
    claims = jwt.decode(
        good, settings.JWT_KEY, algorithms=["HS256"], options={"verify_exp": False, "verify_iat": False}
    )
    return {
        "expired": signed(claims | {"exp": int(AT.timestamp())}),
        "of another key": signed(claims, "k" * 64),
        "unsigned": jwt.encode(claims, None, algorithm="none"),
        "of another algorithm": signed(claims, algorithm="HS512"),
        "changed": good[:-3] + ("aaa" if good[-3:] != "aaa" else "bbb"),
        "without an id": signed({"exp": claims["exp"], "roles": ["ROLE_ADMIN"]}),
        "of a user who does not exist": signed(claims | {"id": NOBODY}),
        "of an older password": signed(claims | {"tv": claims["tv"] - 1}),
        "of an account that is switched off": inactive,
        "API token, expired": expired,
        "API token, revoked": revoked,
        "nonsense": "nonsense",
        "three dots": "a.b.c",
        "very long": "x" * 5_000,
        "not ASCII": "żółć",
    }


def test_with_a_token_that_is_not_valid(endpoint, bad_tokens):
    answers = {name: call(bearer(token), endpoint) for name, token in bad_tokens.items()}
    assert answers == dict.fromkeys(bad_tokens, INVALID_TOKEN)


def test_a_token_in_the_query_is_no_credential(endpoint, admin):
    method, path, _, _ = endpoint
    token = admin.headers["Authorization"].removeprefix("Bearer ")
    for query in (f"auth_token={token}", f"access_token={token}", f"bearer={token}"):
        assert told(ANONYMOUS.send(method, f"{path}?{query}")) == UNAUTHORIZED


# --- 403 -----------------------------------------------------------------------------------------------------------


def test_with_the_wrong_role(endpoint, callers):
    """Before it is said whether the campaign or the customer exists, and before the body is read."""
    *_, who, _ = endpoint
    answers = {name: call(caller, endpoint) for name, caller in callers.items() if name not in who}
    assert answers == dict.fromkeys(callers.keys() - who, FORBIDDEN)


def test_a_partners_token_is_of_no_use_here(endpoint):
    assert call(with_token(Role.PARTNER), endpoint) == FORBIDDEN


def test_a_token_without_the_scope(endpoint):
    *_, who, scope = endpoint
    others = [name for name in scopes.SCOPES if name != scope]
    for name in who:
        assert call(with_token(Role[name.upper()], others), endpoint) == FORBIDDEN


def test_the_roles_that_a_token_claims_are_not_believed(seller):
    token = seller.headers["Authorization"].removeprefix("Bearer ")
    claims = jwt.decode(
        token, settings.JWT_KEY, algorithms=["HS256"], options={"verify_exp": False, "verify_iat": False}
    )
    assert bearer(signed(claims | {"roles": ["ROLE_ADMIN"]})).get("/api/campaign") == FORBIDDEN


# --- allowed: 404, then the body -----------------------------------------------------------------------------------


def test_with_the_right_role(endpoint, callers):
    method, path, who, _ = endpoint
    key = next(key for key, value in ENDPOINTS_OF_THE_APPS.items() if value == endpoint)
    for name in who:
        status, body = told(callers[name].send(method, path))
        if key in LISTS:
            assert (status, body) == (200, {"campaigns": [], "total": 0})
        elif key in FORMS:
            assert (status, body["errors"]) == (400, [])
        else:
            assert (status, body) == NOT_FOUND


def test_a_token_with_the_scope_alone(endpoint):
    *_, who, scope = endpoint
    for name in who:
        assert call(with_token(Role[name.upper()], [scope]), endpoint)[0] in {200, 400, 404}


def test_an_unknown_campaign_comes_before_the_body(admin):
    assert told(admin.send("PUT", f"/api/campaign/{NOBODY}", {"campaign": {}})) == NOT_FOUND


def test_a_body_that_cannot_be_read_comes_last(admin):
    assert told(admin.send("PUT", f"/api/campaign/{campaign().pk}", **NOT_JSON)) == BAD_REQUEST


def test_an_admin_token_in_the_other_header(admin):
    token = with_token(Role.ADMIN).headers["Authorization"].removeprefix("Bearer ")
    assert Caller(X_AUTH_TOKEN=token).get("/api/campaign") == (200, {"campaigns": [], "total": 0})
    assert Caller(X_AUTH_TOKEN="wrong").get("/api/campaign") == (403, {"message": "Invalid credentials."})


# --- 405 and unknown paths -----------------------------------------------------------------------------------------


def test_other_methods(endpoint, callers):
    _, path, _, _ = endpoint
    allowed = {method for method, known, _, _ in ENDPOINTS_OF_THE_APPS.values() if known == path}
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - allowed:
        for name in callers:
            assert told(callers[name].send(method, path)) == NOT_ALLOWED
        assert told(ANONYMOUS.send(method, path)) == UNAUTHORIZED


def test_paths_that_lead_nowhere(admin, endpoint):
    method, path, _, _ = endpoint
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


def test_a_log_in_lasts_a_day(admin, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: later(1, seconds=-1))
    assert admin.get("/api/campaign")[0] == 200
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT + timedelta(days=1))
    assert admin.get("/api/campaign") == INVALID_TOKEN


def test_a_log_in_ends_when_the_account_is_switched_off():
    account = user(Role.ADMIN, NOBODY)
    caller = logged_in(account)
    assert caller.get("/api/campaign")[0] == 200
    account.is_active = False
    account.save()
    assert caller.get("/api/campaign") == INVALID_TOKEN
