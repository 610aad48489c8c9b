"""The stores, users and credentials of the demo data. They are published: they exist in demo data only."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from loyalty_site.access import attempts, scopes, tokens
from loyalty_site.access.actors import SYSTEM, Role
from loyalty_site.access.models import ApiToken, ShippedGroup, Store, User
from loyalty_site.access.partner_models import Partner, PartnerValue
from loyalty_site.access.staff_roles import StaffRole

POS_1 = UUID("00000000-0000-474c-1111-b0dd880c07e2")
POS_2 = UUID("00000000-0000-474c-1111-b0dd880c07e3")
STORES: dict[UUID, dict[str, Any]] = {
    POS_1: {"name": "test2", "identifier": "pos1", "city": "Wrocław", "country": "PL"},
    POS_2: {"name": "test1", "identifier": "pos2", "city": "Warszawa", "country": "PL"},
}
ADMIN = UUID("22200000-0000-474c-b092-b0dd880c07e2")
MARKETING = UUID("22200000-0000-474c-b092-b0dd880c07e3")
SUPPORT = UUID("22200000-0000-474c-b092-b0dd880c07e4")
AUDITOR = UUID("22200000-0000-474c-b092-b0dd880c07e5")
JOHN = UUID("00000000-0000-474c-b092-b0dd880c07e4")
JOHN_2 = UUID("00000000-0000-474c-b092-b0dd880c07e5")
USERS: dict[UUID, dict[str, Any]] = {
    ADMIN: {"username": "admin", "email": "admin@oloy.com", "role": Role.ADMIN, "is_staff": True, "is_superuser": True},
    MARKETING: {"username": "marketing", "first_name": "Marketing", "is_staff": True},
    SUPPORT: {"username": "support", "first_name": "Support", "is_staff": True},
    AUDITOR: {"username": "auditor", "first_name": "Auditor", "is_staff": True},
    JOHN: {
        "username": "john@doe.com",
        "email": "john@doe.com",
        "first_name": "John",
        "last_name": "Doe",
        "phone": "+48123123123",
        "role": Role.SELLER,
        "store_id": POS_1,
        "may_transfer_points": True,
    },
    JOHN_2: {
        "username": "john2@doe2.com",
        "email": "john2@doe2.com",
        "first_name": "John2",
        "last_name": "Doe2",
        "role": Role.SELLER,
        "store_id": POS_2,
    },
}
PARTNER = UUID("33300000-0000-474c-b092-b0dd880c07e1")
OTHER = UUID("33300000-0000-474c-b092-b0dd880c07e2")
CAPILLARY = UUID("33300000-0000-474c-b092-b0dd880c07e3")
CLIENT = UUID("33300000-0000-474c-b092-b0dd880c07e4")
PARTNERS = {PARTNER: "Partner", OTHER: "Other", CAPILLARY: "Capillary", CLIENT: "Client"}
VALUES = {PARTNER: "Partner", OTHER: "Other"}
RBI = {scopes.CUSTOMERS_READ, scopes.POINTS_ASSIGN, scopes.POINTS_READ, scopes.OFFERS_ASSIGN, scopes.OFFERS_READ}
LOOK_UP = {scopes.CUSTOMERS_READ, scopes.PROMOTIONS_READ}
# the text of a published token → whose it is, its name, what it may do
TOKENS: dict[str, tuple[UUID, str, set[str]]] = {
    "partner-demo-token": (PARTNER, "Partner's system", RBI),
    "other-demo-token": (OTHER, "Other's system", RBI),
    "capillary:capillary": (CAPILLARY, "Capillary client", {scopes.PROMOTIONS_ENROL, *LOOK_UP}),
    "capillary-readonly:capillary": (CAPILLARY, "Capillary client that only looks", LOOK_UP),
    "client-demo-token": (CLIENT, "Customer app", {scopes.OFFERS_READ, scopes.OFFERS_ANSWER}),
}
MEMBERS = {StaffRole.MARKETING: MARKETING, StaffRole.SUPPORT: SUPPORT, StaffRole.AUDITOR: AUDITOR}


@transaction.atomic
def load(say: Callable[[str], None], at: datetime) -> None:
    """Add what is missing; what is there stays as it is. Wrong passwords of before are forgotten."""
    for store_id, fields in STORES.items():
        Store.objects.get_or_create(id=store_id, defaults=fields)
    for user_id, fields in USERS.items():
        add_user(user_id, "open", **fields)
    for role, user_id in MEMBERS.items():
        ShippedGroup.objects.get(role=role.value).group.user_set.add(user_id)
    _add_partners(at)
    attempts.forget_all()
    say(f"{len(STORES)} stores, {len(USERS)} users, {len(MEMBERS)} of them staff with a role")
    say(f"{len(PARTNERS)} partners, {len(TOKENS)} API tokens")


def add_user(user_id: UUID, password: str, **fields: Any) -> User:
    """A log-in with a published password, unless the id has one; for the customers' demo data too."""
    defaults = fields | {"password": hashed(password)}
    return User.objects.get_or_create(id=user_id, defaults=defaults)[0]


def _add_partners(at: datetime) -> None:
    """No limit of requests and no ceiling of points applies to them."""
    for partner_id, name in PARTNERS.items():
        Partner.objects.get_or_create(id=partner_id, defaults={"name": name, "region": "DE"})
    for partner_id, value in VALUES.items():
        PartnerValue.objects.get_or_create(value=value, defaults={"partner_id": partner_id})
    known = set(ApiToken.objects.values_list("digest", flat=True))
    for text, (partner_id, name, allowed) in TOKENS.items():
        if tokens.digest_of(text) not in known:
            partner = Partner.objects.get(pk=partner_id)
            tokens.issue(name, Role.PARTNER, allowed, partner=partner, secret=text, actor=SYSTEM, at=at)


@cache
def hashed(password: str) -> str:
    """Hashing is slow on purpose, and a published password needs no salt of its own."""
    return make_password(password)
