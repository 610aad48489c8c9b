"""The stores and users of the demo data."""

from uuid import UUID

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import Group

from loyalty_site.access import attempts, demo, tokens
from loyalty_site.access.actors import Ceilings, Role
from loyalty_site.access.models import ApiToken, AttemptCounter, Store, User
from loyalty_site.access.partner_models import Partner
from tests.loyalty_site.access.conftest import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def said():
    lines = []
    demo.load(lines.append, AT)
    return lines


def test_it_says_what_it_loaded(said):
    assert said == ["2 stores, 6 users, 3 of them staff with a role", "4 partners, 5 API tokens"]


def test_the_stores(said):
    assert [(str(store.pk), store.name, store.identifier, store.city) for store in Store.objects.order_by("pk")] == [
        ("00000000-0000-474c-1111-b0dd880c07e2", "test2", "pos1", "Wrocław"),
        ("00000000-0000-474c-1111-b0dd880c07e3", "test1", "pos2", "Warszawa"),
    ]


def test_the_administrator(said):
    admin = User.objects.get(pk="22200000-0000-474c-b092-b0dd880c07e2")
    assert (admin.username, admin.email, admin.role) == ("admin", "admin@oloy.com", Role.ADMIN)
    assert admin.is_staff
    assert admin.is_superuser
    assert admin.check_password("open")


@pytest.mark.parametrize(
    ("user_id", "email", "names", "phone", "store", "may_transfer"),
    [
        ("00000000-0000-474c-b092-b0dd880c07e4", "john@doe.com", "John Doe", "+48123123123", "pos1", True),
        ("00000000-0000-474c-b092-b0dd880c07e5", "john2@doe2.com", "John2 Doe2", "", "pos2", False),
    ],
)
def test_the_sellers(said, user_id, email, names, phone, store, may_transfer):
    seller = User.objects.get(pk=user_id)
    assert (seller.email, seller.get_full_name(), seller.phone) == (email, names, phone)
    assert (seller.role, seller.store.identifier, seller.may_transfer_points) == (Role.SELLER, store, may_transfer)
    assert seller.check_password("open")
    assert not seller.is_staff


@pytest.mark.parametrize(
    ("name", "may", "may_not"),
    [
        (
            "marketing",
            ["campaigns.view_coupon", "customers.change_customer", "points.view_transfer", "points.adjust_points"],
            ["points.change_account", "points.add_transfer", "customers.delete_customer", "access.view_user"],
        ),
        (
            "support",
            ["customers.view_customer", "points.view_transfer", "campaigns.view_campaign", "campaigns.view_purchase"],
            ["campaigns.view_coupon", "customers.change_customer", "points.adjust_points", "access.view_user"],
        ),
        (
            "auditor",
            ["access.view_auditentry", "access.view_user", "customers.view_customer", "points.view_transfer"],
            ["campaigns.view_coupon", "campaigns.view_sold_codes", "customers.export_customers", "access.change_user"],
        ),
    ],
)
def test_the_staff(said, name, may, may_not):
    user = User.objects.get(username=name)
    assert (user.role, user.is_staff, user.is_superuser) == ("", True, False)
    assert user.check_password("open")
    assert user.has_perms(may)
    assert not any(user.has_perm(right) for right in may_not)


def test_everybody_logs_in_as_the_documents_show(said, client):
    for url, name in [
        ("/api/admin/login_check", "admin"),
        ("/api/admin/login_check", "admin@oloy.com"),
        ("/api/seller/login_check", "john@doe.com"),
        ("/api/seller/login_check", "john2@doe2.com"),
    ]:
        assert client.post(url, {"_username": name, "_password": "open"}).status_code == 200


RBI = "customers:read offers:assign offers:read points:assign points:read"


@pytest.mark.parametrize(
    ("text", "partner", "value", "may"),
    [
        ("partner-demo-token", "Partner", "Partner", RBI),
        ("other-demo-token", "Other", "Other", RBI),
        ("capillary:capillary", "Capillary", None, "customers:read promotions:enrol promotions:read"),
        ("capillary-readonly:capillary", "Capillary", None, "customers:read promotions:read"),
        ("client-demo-token", "Client", None, "offers:answer offers:read"),
    ],
)
def test_the_partners_tokens_bound_by_nothing(said, text, partner, value, may):
    token = tokens.find(text, at=AT)
    assert (token.role, token.partner.name, token.partner.region) == (Role.PARTNER, partner, "DE")
    assert " ".join(token.scopes) == may
    assert (token.requests_per_minute, token.store, token.expires_at) == (None, None, None)
    assert token.partner.facts.ceilings == Ceilings(None, None, None)
    assert token.partner_values == ([value] if value else None)


def test_loading_again_changes_nothing(said):
    User.objects.filter(username="admin").update(first_name="Ann")
    Store.objects.filter(identifier="pos1").update(name="mine")
    User.objects.get(username="support").groups.set(Group.objects.filter(name="auditor"))
    Partner.objects.filter(name="Other").update(active=False)
    demo.load(lambda line: None, AT)
    assert User.objects.get(username="admin").first_name == "Ann"
    assert Store.objects.get(identifier="pos1").name == "mine"
    assert [group.name for group in User.objects.get(username="marketing").groups.all()] == ["marketing"]
    assert tokens.find("other-demo-token", at=AT) is None
    assert (Partner.objects.count(), ApiToken.objects.count()) == (4, 5)
    assert (User.objects.count(), Store.objects.count(), Group.objects.count()) == (6, 2, 4)


def test_wrong_passwords_of_before_are_forgotten():
    attempts.begin("admin", "192.0.2.1", at=AT)
    demo.load(lambda line: None, AT)
    assert not AttemptCounter.objects.exists()


def test_a_published_password_is_hashed_once(monkeypatch):
    demo.hashed.cache_clear()
    hashed = []
    encode = MD5PasswordHasher.encode

    def counted(self, password, salt):
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    demo.load(lambda line: None, AT)
    demo.hashed.cache_clear()
    assert hashed == ["open"]


def test_other_demo_data_adds_log_ins_of_its_own():
    user_id = UUID("00000000-0000-474c-b092-b0dd880c07e2")
    fields = {"username": "jane", "email": "user-temp@oloy.com", "role": Role.CUSTOMER, "password_is_temporary": True}
    first = demo.add_user(user_id, "loyalty", **fields)
    again = demo.add_user(user_id, "other", **fields | {"email": "x@example.com"})
    assert first == again == User.objects.get()
    assert again.email == "user-temp@oloy.com"
    assert again.check_password("loyalty")
