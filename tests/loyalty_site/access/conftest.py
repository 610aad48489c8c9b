"""Users and credentials of the access tests."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.utils import timezone

from loyalty_site.access import log_in_tokens, tokens
from loyalty_site.access.actors import SYSTEM, Role
from loyalty_site.access.models import User
from loyalty_site.access.scopes import SCOPES
from tests.callers import partner

AT = datetime(2026, 3, 4, 12, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _real_limits(settings):
    settings.LOGIN_LIMIT_ACCOUNT = 5
    settings.LOGIN_LIMIT_ADDRESS = 20


@pytest.fixture
def admin(db):
    return User.objects.create_user(
        "boss",
        "Boss@Example.com",
        "sesame",
        id=UUID("22200000-0000-474c-b092-b0dd880c07e2"),
        role=Role.ADMIN,
        is_staff=True,
    )


@pytest.fixture
def seller(db):
    return User.objects.create_user(
        "till", "till@example.com", "sesame", id=UUID("00000000-0000-474c-b092-b0dd880c07e4"), role=Role.SELLER
    )


@pytest.fixture
def customer_user(db):
    return User.objects.create_user("member", "member@example.com", "sesame", role=Role.CUSTOMER)


@pytest.fixture
def bearer_of():
    """The headers of a user who has logged in just now."""

    def headers(user):
        return {"Authorization": f"Bearer {log_in_tokens.make_jwt(user, at=timezone.now())}"}

    return headers


@pytest.fixture
def token_of(db):
    """An API token's plain text."""

    def plain(role=Role.ADMIN, scopes=tuple(SCOPES), **fields):
        owner = {"partner": partner()} if role is Role.PARTNER else {}
        return tokens.issue("till 3", role, scopes, actor=SYSTEM, at=AT, **owner | fields)[1]

    return plain
