"""Registering a customer. Rule: Open Loyalty, "Customer API", 'Create a new customer'."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.test import Client

from customers.models import Customer, Level
from loyalty_site.access.actors import Role
from loyalty_site.access.models import AuditEntry, IdempotencyKey, Store, User
from tests.bad_input import PHRASES, UNREADABLE, VALUES, errors_in, json_or_text, row_counts
from tests.builders import AT, customer, level
from tests.callers import ADMIN_ID, SELLER_ID, failure, form, told, with_token
from tests.customers.api.registrations import BLANK, INVALID, PATH, USED, refused, sent
from tests.statements import either, statements

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
REQUIRED = {"firstName": "John", "lastName": "Kowalski", "email": "john4@example.com", "agreement1": "1"}
UNKNOWN = "00000000-0000-474c-b092-000000000000"


@pytest.fixture(autouse=True)
def home():
    return level()


def registered(answer):
    status, body = answer
    assert status == 200
    return Customer.objects.get(pk=body["customerId"])


def test_registering_with_all_that_is_documented(admin, home):
    status, body = admin.post(PATH, sent())
    who = Customer.objects.get()
    assert (status, body) == (200, {"customerId": str(who.pk), "email": "john3@example.com"})
    assert (who.first_name, who.last_name, who.phone) == ("John", "Kowalski", "000000004000")
    assert who.birth_date == datetime(1989, 12, 31, 23, tzinfo=UTC)  # midnight in Warsaw
    assert (who.street, who.address1, who.postal) == ("Street", "", "00-000")
    assert (who.city, who.province, who.country) == ("Wroclaw", "Dolnoslaskie", "Poland")
    assert (who.company_name, who.company_tax_number) == ("Company name", "111-222-33-44")
    assert (who.card_number, who.gender) == ("00000000000000002", "")
    assert (who.agreement1, who.agreement2, who.agreement3) == (True, True, True)
    assert (who.level, who.level_set_by_hand, who.store) == (home, False, None)
    assert (who.created_at, who.updated_at) == (AT, AT)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.after) == ("customer registered", f"user:{ADMIN_ID}", {"status": "active"})
    assert not User.objects.filter(pk=who.pk).exists()


def test_registering_as_a_form_with_what_is_required(admin):
    who = registered(admin.post(PATH, form({f"customer[{name}]": value for name, value in REQUIRED.items()})))
    assert (who.email, who.phone, who.card_number, who.birth_date) == ("john4@example.com", None, None, None)
    assert (who.agreement1, who.agreement2, who.agreement3) == (True, False, False)


def test_by_an_administrator_the_customer_is_active_at_once(admin):
    assert registered(admin.post("/api/admin/customer/register", sent())).status == "active"


def test_by_a_seller_the_customer_is_new(seller):
    who = registered(seller.post("/api/seller/customer/register", sent()))
    assert who.status == "new"
    assert AuditEntry.objects.get().actor == f"user:{SELLER_ID}"


def test_registered_earlier(admin):
    who = registered(admin.post(PATH, sent(createdAt="2017-01-01 14:15:16")))
    assert (who.created_at, who.updated_at) == (datetime(2017, 1, 1, 13, 15, 16, tzinfo=UTC), AT)


def test_a_level_that_is_named_is_set_by_hand(admin):
    gold = Level.objects.create(name="gold", from_amount=200)
    who = registered(admin.post(PATH, sent(levelId=str(gold.pk))))
    assert (who.level, who.level_set_by_hand) == (gold, True)


@pytest.mark.parametrize("path", [PATH, "/api/seller/customer/register"])
def test_a_seller_sets_neither_the_level_nor_the_day_of_joining(path, seller, home):
    gold = Level.objects.create(name="gold", from_amount=200)
    who = registered(seller.post(path, sent(levelId=str(gold.pk), createdAt="2017-01-01 14:15:16")))
    assert (who.level, who.level_set_by_hand, who.created_at) == (home, False, AT)
    other = registered(seller.post(path, {"customer": REQUIRED | {"levelId": UNKNOWN}}))
    assert (other.level, other.level_set_by_hand) == (home, False)


def test_nor_does_a_tills_token(home):
    gold = Level.objects.create(name="gold", from_amount=200)
    till = with_token(Role.SELLER)
    who = registered(till.post(PATH, sent(levelId=str(gold.pk), createdAt="2017-01-01")))
    assert (who.level, who.level_set_by_hand, who.created_at) == (home, False, AT)


def test_a_store_that_is_named(seller):
    store = Store.objects.create(name="pos1", identifier="pos1")
    assert registered(seller.post(PATH, sent(posId=str(store.pk)))).store == store


def test_what_has_no_field_is_ignored(admin):
    registered(admin.post(PATH, sent(unknown="x", status="blocked", number=1, external_id="x")))
    assert Customer.objects.filter(status="active", external_id=None).exists()


# --- refusals --------------------------------------------------------------------------------------------------------


def test_without_a_form(admin):
    assert admin.post(PATH, {}) == refused({})
    assert not Customer.objects.exists()


def test_with_an_empty_form(admin):
    wanted = dict.fromkeys(["firstName", "lastName", "email", "agreement1"], BLANK)
    assert admin.post(PATH, {"customer": {}}) == refused(wanted)


@pytest.mark.once("postgresql")
@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("firstName", " ", BLANK),
        ("lastName", None, BLANK),
        ("email", "", BLANK),
        ("email", "john", "This value is not a valid email address."),
        ("agreement1", "0", BLANK),
        ("gender", "other", INVALID),
        ("phone", "call me", "This value is not a valid phone number."),
        ("phone", "jane@example.com", "This value is not a valid phone number."),
        ("loyaltyCardNumber", "jane@example.com", INVALID),
        ("birthDate", "1990-02-30", INVALID),
        ("birthDate", "2026-03-03", INVALID),
        ("createdAt", "tomorrow", INVALID),
        ("levelId", UNKNOWN, INVALID),
        ("levelId", "gold", INVALID),
        ("posId", UNKNOWN, INVALID),
        ("firstName", "x" * 256, "This value is too long. It should have 255 characters or less."),
        ("loyaltyCardNumber", "1" * 65, "This value is too long. It should have 64 characters or less."),
        ("plainPassword", "83920174655", "This password is entirely numeric."),
    ],
)
def test_a_field_that_is_wrong(field, value, text, admin):
    before = row_counts()
    assert admin.post(PATH, sent(**{field: value})) == refused({field: text})
    assert row_counts() == before


def test_a_part_of_the_address_that_is_wrong(admin):
    _, body = admin.post(PATH, sent(address={"postal": "1" * 33}))
    assert list(errors_in(body["form"])) == ["address.postal"]


def test_a_level_that_is_off(admin):
    off = Level.objects.create(name="off", active=False)
    assert admin.post(PATH, sent(levelId=str(off.pk))) == refused({"levelId": INVALID})


def test_where_there_is_no_level_yet(admin):
    Level.objects.all().delete()
    assert admin.post(PATH, sent()) == refused({"levelId": BLANK})


@pytest.mark.parametrize(
    ("field", "taken"),
    [
        ("email", {"email": "JOHN3@example.com"}),
        ("phone", {"phone": "000000004000"}),
        ("loyaltyCardNumber", {"card_number": "00000000000000002"}),
        ("loyaltyCardNumber", {"phone": "00000000000000002"}),
        ("phone", {"card_number": "000000004000"}),
        ("email", {"card_number": "john3@example.com"}),
    ],
)
def test_what_somebody_else_has(field, taken, admin):
    customer(**taken)
    before = row_counts()
    assert admin.post(PATH, sent(plainPassword=PASSWORD)) == refused({field: USED})
    assert row_counts() == before


# --- a till of one store ---------------------------------------------------------------------------------------------


@pytest.fixture
def stores():
    return [Store.objects.create(name=name, identifier=name) for name in ("pos1", "pos2")]


@pytest.mark.parametrize("naming", [True, False])
def test_a_till_of_a_store_registers_customers_of_that_store(naming, stores):
    till = with_token(Role.SELLER, store=stores[0])
    fields = {"posId": str(stores[0].pk)} if naming else {}
    assert registered(till.post(PATH, sent(**fields))).store == stores[0]


def test_a_till_of_a_store_registers_none_for_another(stores):
    till = with_token(Role.SELLER, store=stores[0])
    assert till.post(PATH, sent(posId=str(stores[1].pk))) == refused({"posId": INVALID})
    assert not Customer.objects.exists()


# --- a password ------------------------------------------------------------------------------------------------------


def test_with_a_password_the_customer_can_log_in(admin):
    who = registered(admin.post(PATH, sent(plainPassword=f" {PASSWORD} ")))
    account = User.objects.get(pk=who.pk)
    assert (account.role, account.is_staff, account.is_superuser) == (Role.CUSTOMER, False, False)
    assert (account.username, account.email, account.first_name) == (str(who.pk), None, "")
    for name in ("john3@example.com", "000000004000", "00000000000000002"):
        assert log_in(name, f" {PASSWORD} ")["token"]
    assert "token" not in log_in("john3@example.com", PASSWORD)  # a password is taken as it was typed


def log_in(name, password):
    return Client().post("/api/customer/login_check", {"_username": name, "_password": password}).json()


def test_a_password_is_written_down_nowhere(admin):
    admin.post(PATH, sent(plainPassword=PASSWORD), Idempotency_Key="1")
    kept = [*AuditEntry.objects.values(), *IdempotencyKey.objects.values(), *User.objects.values()]
    assert len(AuditEntry.objects.all()) == 2
    assert PASSWORD not in str(kept)


@pytest.mark.parametrize("password", ["short", "password123", "Kowalski", "john3@example.com"])
def test_a_weak_password(password, admin):
    before = row_counts()
    status, body = admin.post(PATH, sent(plainPassword=password))
    assert (status, list(errors_in(body["form"]))) == (400, ["plainPassword"])
    assert row_counts() == before


@pytest.mark.parametrize("password", ["", None])
def test_an_empty_password_is_none(password, admin):
    who = registered(admin.post(PATH, sent(plainPassword=password)))
    assert not User.objects.filter(pk=who.pk).exists()


# --- whatever is sent ------------------------------------------------------------------------------------------------


def test_a_repeat_with_the_same_key_registers_once(admin):
    first, second = (admin.post(PATH, sent(), Idempotency_Key="1") for _ in range(2))
    assert first == second
    assert str(UUID(first[1]["customerId"])) == str(Customer.objects.get().pk)


def test_a_refusal_is_kept_for_its_key(admin):
    other = customer(email="john3@example.com")
    assert admin.post(PATH, sent(), Idempotency_Key="1") == refused({"email": USED})
    Customer.objects.filter(pk=other.pk).update(email=None)
    assert admin.post(PATH, sent(), Idempotency_Key="1") == refused({"email": USED})


@pytest.mark.once("postgresql")
def test_a_body_that_cannot_be_read(admin):
    before = row_counts()
    answers = {bad: told(admin.send("POST", PATH, body, media=media)) for bad, (body, media, _) in UNREADABLE.items()}
    assert answers == {bad: failure(status, PHRASES[status]) for bad, (_, _, status) in UNREADABLE.items()}
    assert row_counts() == before


@pytest.mark.once("postgresql")
@pytest.mark.parametrize("field", ["firstName", "email", "phone", "birthDate", "agreement1"])
def test_a_value_that_does_not_fit_is_told_at_its_field(field, admin):
    for value in VALUES:
        before = row_counts()
        status, body = admin.post(PATH, sent(**{field: value}))
        assert status in {200, 400}, json_or_text(value)
        if status == 200:
            Customer.objects.update(email=None, phone=None, card_number=None)
            continue
        assert list(errors_in(body["form"])) == [field], json_or_text(value)
        assert (body["errors"], row_counts()) == ([], before)


@pytest.mark.once("postgresql")
@pytest.mark.parametrize("field", ["address", "company", "gender", "levelId", "posId", "plainPassword"])
def test_so_is_one_of_the_others(field, admin):
    for value in VALUES:
        status, body = admin.post(PATH, sent(**{field: value}))
        assert status in {200, 400}, json_or_text(value)
        if status == 200:
            Customer.objects.update(email=None, phone=None, card_number=None)
            continue
        assert {path.partition(".")[0] for path in errors_in(body["form"])} == {field}, json_or_text(value)


def test_how_many_statements_it_takes(admin):
    """The caller, the level, three identities, the customer, a place, the level's crowd, and the audit trail."""
    with statements() as seen:
        registered(admin.post(PATH, sent()))
    assert len(seen) == either(postgresql=9, sqlite=10) + 1  # and this test's own look
