"""Changing a customer. Rule: Open Loyalty, "Customer API", 'Update a customer'."""

from datetime import UTC, datetime

import pytest

from customers.models import Customer, Level
from loyalty_site.access.actors import Role
from loyalty_site.access.models import AuditEntry, Store
from tests.bad_input import UNREADABLE, VALUES, errors_in, json_or_text, row_counts
from tests.builders import AT, customer, later, level
from tests.callers import BAD_REQUEST, FORBIDDEN, JSON, MEMBER_ID, NOT_FOUND, form, told, with_token
from tests.customers.api.registrations import BLANK, INVALID, USED
from tests.customers.api.registrations import refused as refused_form

pytestmark = pytest.mark.django_db

KNOWN = {
    "first_name": "John",
    "last_name": "Kowalski",
    "gender": "male",
    "email": "john4@example.com",
    "phone": "000000005000",
    "card_number": "0000",
    "street": "Street",
    "city": "Wroclaw",
    "company_name": "Company",
    "agreement1": True,
    "updated_at": later(-9),
}


@pytest.fixture
def john():
    return customer(**KNOWN)


def refused(errors):
    return refused_form(errors, password=False)


def put(caller, who, **fields):
    return caller.put(f"/api/customer/{getattr(who, 'pk', who)}", {"customer": fields})


def differences(before):
    """The columns that have other values now, and those values."""
    after = Customer.objects.get(pk=before.pk)
    columns = [field.attname for field in Customer._meta.concrete_fields]
    return {name: getattr(after, name) for name in columns if getattr(after, name) != getattr(before, name)}


def test_what_is_sent_is_changed_and_what_is_left_out_stays(seller, john):
    fields = {"customer[email]": "john5@example.com", "customer[phone]": "", "customer[agreement2]": "1"}
    status, body = seller.put(f"/api/customer/{john.pk}", form(fields))
    assert status == 200
    assert (body["customerId"], body["email"], body["agreement2"]) == (str(john.pk), "john5@example.com", True)
    assert "phone" not in body
    assert body["campaignPurchases"] == []
    assert differences(john) == {"email": "john5@example.com", "phone": None, "agreement2": True, "updated_at": AT}
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.before) == ("customer changed", {"agreement2": False})
    assert entry.after == {"email": "changed", "phone": "changed", "agreement2": True}


def test_by_card_number(admin, john):
    assert put(admin, "0000", loyaltyCardNumber="000012")[0] == 200
    assert differences(john) == {"card_number": "000012", "updated_at": AT}


def test_texts_that_are_sent_empty_are_emptied(admin, john):
    assert put(admin, john, email="", gender="", birthDate="", createdAt="", loyaltyCardNumber=None)[0] == 200
    assert differences(john) == {"email": None, "gender": "", "card_number": None, "updated_at": AT}


def test_address_and_company_are_sent_whole(admin, john):
    assert put(admin, john, address={"city": "Warszawa"}, company={})[0] == 200
    assert differences(john) == {"street": "", "city": "Warszawa", "company_name": "", "updated_at": AT}


def test_a_check_box_that_is_sent_off_is_off(admin, john):
    assert put(admin, john, agreement1=False)[0] == 200
    assert differences(john) == {"agreement1": False, "updated_at": AT}


@pytest.mark.parametrize("body", [{"customer": {}}, {"customer": {"email": "john4@example.com"}}, {"customer": []}])
def test_nothing_new_changes_nothing(body, admin, john):
    assert admin.put(f"/api/customer/{john.pk}", body)[0] == 200
    assert (differences(john), AuditEntry.objects.count()) == ({}, 0)


def test_what_an_answer_has_may_be_sent_back(admin, john):
    """The administration's front end sends all that it read."""
    _, read = admin.get(f"/api/customer/{john.pk}")
    assert put(admin, john, **read)[0] == 200
    assert differences(john).keys() <= {"updated_at"}


def test_another_level_is_set_by_hand_until_it_is_sent_empty(admin, john):
    gold = Level.objects.create(name="gold")
    assert put(admin, john, levelId=str(john.level_id))[0] == 200
    assert differences(john) == {}
    assert put(admin, john, levelId=str(gold.pk))[1]["manuallyAssignedLevelId"] == {"levelId": str(gold.pk)}
    assert differences(john) == {"level_id": gold.pk, "level_set_by_hand": True, "updated_at": AT}
    assert "manuallyAssignedLevelId" not in put(admin, john, levelId="")[1]
    assert differences(john) == {"level_id": gold.pk, "updated_at": AT}


@pytest.mark.parametrize("named", ["gold", "unknown", "nothing"])
def test_a_seller_sets_neither_the_level_nor_the_day_of_joining(named, seller, john):
    gold = Level.objects.create(name="gold")
    Customer.objects.filter(pk=john.pk).update(level_set_by_hand=True)
    john.refresh_from_db()
    level_id = {"gold": str(gold.pk), "unknown": "00000000-0000-474c-b092-000000000000", "nothing": ""}[named]
    assert put(seller, john, levelId=level_id, createdAt="2017-01-01", firstName="Jon")[0] == 200
    assert differences(john) == {"first_name": "Jon", "updated_at": AT}
    assert put(seller, john, levelId=level_id, createdAt="2017-01-01", firstName="Jon")[0] == 200
    assert AuditEntry.objects.count() == 1


def test_an_administrator_sets_the_day_of_joining(admin, john):
    assert put(admin, john, createdAt="2017-01-01 14:15:16")[0] == 200
    assert differences(john) == {"created_at": datetime(2017, 1, 1, 13, 15, 16, tzinfo=UTC), "updated_at": AT}


def test_another_store_and_none(admin, john):
    store = Store.objects.create(name="pos1", identifier="pos1")
    assert put(admin, john, posId=str(store.pk))[1]["posIdentifier"] == "pos1"
    assert differences(john)["store_id"] == store.pk
    assert put(admin, john, posId="")[0] == 200
    assert differences(john) == {"updated_at": AT}


# --- refusals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("firstName", "", BLANK),
        ("lastName", " ", BLANK),
        ("email", "john", "This value is not a valid email address."),
        ("phone", "+44x", "This value is not a valid phone number."),
        ("levelId", "00000000-0000-474c-b092-000000000000", INVALID),
        ("posId", "00000000-0000-474c-b092-000000000000", INVALID),
        ("email", "taken@example.com", USED),
        ("phone", "111", USED),
        ("loyaltyCardNumber", "222", USED),
        ("loyaltyCardNumber", "111", USED),
        ("phone", "222", USED),
        ("loyaltyCardNumber", "taken@example.com", INVALID),
    ],
)
def test_a_field_that_is_wrong(field, value, text, admin, john):
    customer(email="Taken@example.com", phone="111", card_number="222")
    before = row_counts()
    assert put(admin, john, city="x", **{field: value}) == refused({field: text})
    assert (differences(john), row_counts()) == ({}, before)


def test_without_a_form(admin, john):
    assert admin.put(f"/api/customer/{john.pk}", {}) == refused({})


def test_a_form_that_is_none(admin, john):
    status, body = admin.put(f"/api/customer/{john.pk}", {"customer": "x"})
    assert (status, body["errors"], differences(john)) == (400, [INVALID], {})


@pytest.mark.parametrize("text", ["00000000-0000-474c-b092-000000000000", "1"])
def test_nobody(text, admin):
    assert put(admin, text, firstName="") == NOT_FOUND


def test_who_was_erased(admin, john):
    Customer.objects.update(status="erased")
    assert put(admin, john, firstName="x") == NOT_FOUND


def test_customers_do_not_change_themselves_here(member):
    own = customer(pk=MEMBER_ID)
    assert put(member, own, firstName="x") == FORBIDDEN


# --- a till of one store ---------------------------------------------------------------------------------------------


@pytest.fixture
def stores():
    return [Store.objects.create(name=name, identifier=name) for name in ("pos1", "pos2")]


def test_a_till_of_a_store_changes_its_own_customers_alone(stores):
    own, stranger = customer(store=stores[0]), customer(store=stores[1])
    till = with_token(Role.SELLER, store=stores[0])
    assert put(till, own, firstName="x", posId=str(stores[0].pk))[0] == 200
    assert put(till, stranger, firstName="x") == NOT_FOUND
    assert differences(stranger) == {}


def test_a_till_of_a_store_neither_takes_customers_nor_hands_them_over(stores):
    own, of_none = customer(store=stores[0]), customer()
    till = with_token(Role.SELLER, store=stores[0])
    assert put(till, of_none, posId=str(stores[0].pk)) == refused({"posId": INVALID})
    assert put(till, own, posId=str(stores[1].pk)) == refused({"posId": INVALID})
    assert put(till, own, posId="") == refused({"posId": INVALID})
    assert (differences(own), differences(of_none)) == ({}, {})


# --- whatever is sent ------------------------------------------------------------------------------------------------


def test_a_body_that_cannot_be_read(admin, john):
    path = f"/api/customer/{john.pk}"
    for bad, (body, media, status) in UNREADABLE.items():
        assert told(admin.send("PUT", path, body, media=media))[0] == status, bad
    assert told(admin.send("PUT", path, "{", media=JSON)) == BAD_REQUEST
    assert differences(john) == {}


@pytest.mark.parametrize("field", ["lastName", "email", "address", "levelId", "posId"])
def test_a_value_that_does_not_fit_is_told_at_its_field(field, admin, john):
    for value in VALUES:
        before = row_counts()
        status, body = put(admin, john, **{field: value})
        assert status in {200, 400}, json_or_text(value)
        if status == 400:
            assert {path.partition(".")[0] for path in errors_in(body["form"])} == {field}, json_or_text(value)
            assert row_counts() == before


def test_a_key_is_answered_alike_without_changing_anything_again(admin, john):
    path, body = f"/api/customer/{john.pk}", {"customer": {"firstName": "Jan"}}
    first = admin.put(path, body, Idempotency_Key="1")
    Customer.objects.update(first_name="Johann")
    assert admin.put(path, body, Idempotency_Key="1") == first
    assert Customer.objects.get(pk=john.pk).first_name == "Johann"


def test_a_key_is_answered_alike_though_the_card_in_the_path_was_changed(admin, john):
    path, body = "/api/customer/0000", {"customer": {"loyaltyCardNumber": "0001"}}
    first = admin.put(path, body, Idempotency_Key="1")
    assert (first[0], first[1]["loyaltyCardNumber"]) == (200, "0001")
    assert admin.put(path, body, Idempotency_Key="1") == first
    assert admin.put(path, body) == NOT_FOUND


def test_levels_and_crowds_follow(admin, john):
    gold = Level.objects.create(name="gold")
    put(admin, john, levelId=str(gold.pk))
    counts = {one["name"]: one["customersCount"] for one in admin.get("/api/level")[1]["levels"]}
    assert counts == {"gold": 1, level().name: 0}
