"""What the permission makes of the table, for views that no route of the site has."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.urls import path
from rest_framework.response import Response
from rest_framework.views import APIView

from loyalty_site.access import endpoints
from loyalty_site.access.actors import Principal, Role
from loyalty_site.access.endpoints import ANYBODY, EVERY_ROLE, Allowed, admin
from loyalty_site.access.permissions import ByEndpointTable

FORBIDDEN = {"error": {"code": 403, "message": "Forbidden"}}


class Thing(APIView):
    def get(self, request):
        return Response({"caller": request.user and request.user.label})

    post = put = get


urlpatterns = [
    path("thing", Thing.as_view(), name="thing"),
    path("unlisted", Thing.as_view(), name="unlisted"),
    path("unnamed", Thing.as_view()),
]


@pytest.fixture(autouse=True)
def _a_table_of_our_own(monkeypatch, settings):
    settings.ROOT_URLCONF = __name__
    table = {"thing": {"GET": EVERY_ROLE, "POST": admin("campaigns:write")}}
    monkeypatch.setattr(endpoints, "ENDPOINTS", table)


def test_a_listed_method_is_open_to_its_roles(client, seller, bearer_of):
    answer = client.get("/thing", headers=bearer_of(seller))
    assert (answer.status_code, answer.json()) == (200, {"caller": "till"})


def test_head_is_get(client, seller, bearer_of):
    assert client.head("/thing", headers=bearer_of(seller)).status_code == 200
    assert client.head("/thing").status_code == 401


def test_the_wrong_role_is_forbidden(client, seller, bearer_of):
    answer = client.post("/thing", headers=bearer_of(seller))
    assert (answer.status_code, answer.json()) == (403, FORBIDDEN)


def test_a_token_needs_the_scope(client, token_of):
    with_scope = {"Authorization": f"Bearer {token_of(scopes=['campaigns:write'])}"}
    without = {"Authorization": f"Bearer {token_of(scopes=['campaigns:read'])}"}
    assert client.post("/thing", headers=with_scope).status_code == 200
    assert client.post("/thing", headers=without).json() == FORBIDDEN


class TestByAccount:
    """What an account must allow besides; a token is allowed it by its scope."""

    @pytest.fixture(autouse=True)
    def _table(self, monkeypatch):
        monkeypatch.setitem(endpoints.ENDPOINTS, "thing", {"POST": endpoints.seller_moving_points("points:write")})

    @pytest.mark.parametrize(("may", "status"), [(True, 200), (False, 403)])
    def test_people(self, client, seller, bearer_of, may, status):
        seller.may_transfer_points = may
        seller.save(update_fields=["may_transfer_points"])
        assert client.post("/thing", headers=bearer_of(seller)).status_code == status

    def test_not_with_another_role(self, client, admin, bearer_of):
        admin.may_transfer_points = True
        admin.save(update_fields=["may_transfer_points"])
        assert client.post("/thing", headers=bearer_of(admin)).status_code == 403

    @pytest.mark.parametrize(("scope", "status"), [("points:write", 200), ("points:read", 403)])
    def test_tokens(self, client, token_of, scope, status):
        headers = {"Authorization": f"Bearer {token_of(Role.SELLER, scopes=[scope])}"}
        assert client.post("/thing", headers=headers).status_code == status


def test_a_view_called_without_a_route_is_denied(rf):
    assert Thing.as_view()(rf.get("/thing")).status_code == 401


@pytest.mark.parametrize("url", ["/unlisted", "/unnamed"])
def test_a_route_outside_the_table_is_denied(client, admin, bearer_of, url):
    assert client.get(url).status_code == 401
    assert client.get(url, headers=bearer_of(admin)).status_code == 403
    assert client.delete(url, headers=bearer_of(admin)).status_code == 403


def test_a_method_outside_the_table_is_denied_though_the_view_has_it(client, admin, bearer_of):
    assert client.put("/thing").status_code == 401
    assert client.put("/thing", headers=bearer_of(admin)).status_code == 403


def test_a_method_that_the_view_has_not_is_not_allowed(client, admin, bearer_of):
    assert client.delete("/thing").status_code == 401
    assert client.delete("/thing", headers=bearer_of(admin)).status_code == 405


def test_where_everything_is_open_to_anybody_a_missing_method_is_not_allowed(client, db, monkeypatch):
    monkeypatch.setitem(endpoints.ENDPOINTS, "thing", {"GET": ANYBODY})
    assert client.delete("/thing").status_code == 405


def test_an_endpoint_for_anybody_has_no_caller(client, admin, bearer_of, monkeypatch):
    monkeypatch.setitem(endpoints.ENDPOINTS, "thing", {"GET": ANYBODY})
    answer = client.get("/thing", headers=bearer_of(admin))
    assert (answer.status_code, answer.json()) == (200, {"caller": None})


def test_being_listed_with_a_scope_is_not_being_a_role():
    caller = Principal("token", uuid4(), "x", Role.PARTNER, frozenset({"a"}))
    request = SimpleNamespace(resolver_match=SimpleNamespace(url_name="thing"), method="POST", user=caller)
    endpoints.ENDPOINTS["thing"] = {"POST": Allowed(frozenset({Role.SELLER}), "a")}
    assert ByEndpointTable().has_permission(request, Thing()) is False
