"""Every route of the site × every caller × every method: who gets in is what the table says, and nothing else."""

import re

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from loyalty_site.access import log_in_tokens, tokens
from loyalty_site.access.actors import SYSTEM, Role
from loyalty_site.access.endpoints import ANYBODY, ENDPOINTS
from loyalty_site.access.models import ApiToken, User
from loyalty_site.access.scopes import SCOPES
from tests.api_fixtures import for_the_module
from tests.callers import partner

__all__ = ["for_the_module"]

pytestmark = pytest.mark.once("postgresql")

METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
NOBODY = "00000000-dead-4000-8000-000000000000"  # what stands for every id in a path
OPEN = "let in"


def routes(patterns=None, prefix=""):
    """Name → path of every route but the back office's; a route without a name is listed by its path."""
    found = {}
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            found[pattern.name or path] = "/" + re.sub("<[^>]+>", NOBODY, path)
        elif isinstance(pattern, URLResolver) and path != settings.ADMIN_PATH:
            found |= routes(pattern.url_patterns, path)
    return found


ROUTES = routes()


def due(route, method, role, scopes):
    """What the table says this caller is to be answered."""
    row = ENDPOINTS[route]
    entry = row.get(method)
    if entry is ANYBODY:
        return OPEN
    if role is None and any(entry is not ANYBODY for entry in row.values()):
        return 401
    if entry is None:
        return 405
    if role not in entry.roles or (scopes is not None and entry.scope and entry.scope not in scopes):
        return 403
    if entry.by_account and scopes is None:  # the accounts here do not allow what needs to be allowed
        return 403
    return OPEN


def given(answer):
    wrong_password = answer.status_code == 401 and answer.json().get("message") == "Bad credentials"
    assert answer.status_code != 500
    return answer.status_code if answer.status_code in {401, 403, 405} and not wrong_password else OPEN


def answers(client, route, headers, methods=METHODS):
    return {method: given(client.generic(method, ROUTES[route], headers=headers)) for method in methods}


def tried(route):
    """The route's methods, and one that it has not: the others are no different."""
    row = ENDPOINTS[route]
    return [*row, next(method for method in METHODS if method not in row)]


def assert_table_kept(client, route, headers, role, scopes):
    methods = tried(route)
    expected = {method: due(route, method, role, scopes) for method in methods}
    assert answers(client, route, headers, methods) == expected


def with_bearer(text):
    return {"Authorization": f"Bearer {text}"}


def with_token(role, scopes):
    owner = partner() if role is Role.PARTNER else None
    return with_bearer(tokens.issue("till", role, scopes, partner=owner, actor=SYSTEM, at=timezone.now())[1])


def logged_in(role):
    user = User.objects.create_user(role.value, role=role)
    return with_bearer(log_in_tokens.make_jwt(user, at=timezone.now()))


@pytest.fixture(scope="module")
def credentials(for_the_module):
    """The headers of callers, by the role of who has logged in or by a token's role and its one scope or none."""
    with for_the_module():
        made = {role: logged_in(role) for role in Role if role is not Role.PARTNER}
        made |= {(role, None): with_token(role, []) for role in Role}
        made |= {(role, scope): with_token(role, [scope]) for role in (Role.PARTNER, Role.ADMIN) for scope in SCOPES}
        ApiToken.objects.update(last_used_at=timezone.now())  # noted once a minute
    return made


def test_every_route_is_in_the_table():
    assert set(ROUTES) - set(ENDPOINTS) == set()


def test_every_row_has_a_route():
    assert set(ENDPOINTS) - set(ROUTES) == set()


def test_every_method_is_one_we_try():
    assert {method for row in ENDPOINTS.values() for method in row} <= set(METHODS)


def test_every_scope_is_explained():
    assert {entry.scope for row in ENDPOINTS.values() for entry in row.values() if entry.scope} <= set(SCOPES)


@pytest.mark.parametrize("route", sorted(ROUTES))
@pytest.mark.django_db
def test_without_a_credential(client, route):
    assert answers(client, route, {}) == {method: due(route, method, None, None) for method in METHODS}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PARTNER])
@pytest.mark.parametrize("route", sorted(ROUTES))
@pytest.mark.django_db
def test_logged_in(client, credentials, route, role):
    assert_table_kept(client, route, credentials[role], role, None)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("route", sorted(ROUTES))
@pytest.mark.django_db
def test_with_a_token_that_has_no_scope(client, credentials, route, role):
    assert_table_kept(client, route, credentials[role, None], role, frozenset())


def scopes_to_try(route):
    """Each that the route's row names, and one that it does not: the others are no different."""
    named = {entry.scope for entry in ENDPOINTS[route].values()} & set(SCOPES)
    return [*sorted(named), next(scope for scope in SCOPES if scope not in named)]


@pytest.mark.parametrize(
    ("route", "scope"), [(route, scope) for route in sorted(ROUTES) for scope in scopes_to_try(route)]
)
@pytest.mark.django_db
def test_with_a_token_of_one_scope(client, credentials, route, scope):
    role = Role.PARTNER if any(Role.PARTNER in entry.roles for entry in ENDPOINTS[route].values()) else Role.ADMIN
    assert_table_kept(client, route, credentials[role, scope], role, {scope})
