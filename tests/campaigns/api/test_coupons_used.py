"""Marking many coupons as used at once. Rule: Open Loyalty, campaigns, "Mark coupons as used"."""

import pytest

from campaigns.models import Purchase
from campaigns.services import refund
from customers.models import Customer
from loyalty_site.access.actors import Role
from loyalty_site.access.models import AuditEntry, Store
from tests.bad_input import VALUES, json_or_text, row_counts
from tests.books import books
from tests.builders import SHOP, buy, campaign, customer
from tests.callers import ADMIN_ID, BAD_REQUEST, JSON, MEMBER_ID, NOT_FOUND, failure, form, with_token
from tests.statements import statements

pytestmark = pytest.mark.django_db

ADMINS, OWN = "/api/admin/campaign/coupons/mark_as_used", "/api/customer/campaign/coupons/mark_as_used"
PATHS = [ADMINS, OWN]


@pytest.fixture
def jane() -> Customer:
    """The customer whose log-in `member` has."""
    return customer(pk=MEMBER_ID, points=100)


@pytest.fixture
def mark(admin, member):
    return lambda path, body, **options: {ADMINS: admin, OWN: member}[path].post(path, body, **options)


def item(reward, who, code, **changes):
    return {"used": True, "campaignId": str(reward.pk), "customerId": str(who.pk), "code": code} | changes


def marked(*items):
    """What is answered for these."""
    keys = {"code": "name", "campaignId": "campaignId", "customerId": "customerId"}
    return 200, {"coupons": [{"used": True} | {name: one[key] for key, name in keys.items()} for one in items]}


def used():
    return sorted(Purchase.objects.filter(used=True).values_list("coupon__code", flat=True))


@pytest.mark.parametrize("path", PATHS)
def test_coupons_are_marked_and_answered_in_the_order_sent(path, mark, jane):
    reward, other = campaign(), campaign(["X"])
    codes = [buy(reward, jane), buy(reward, jane)]
    items = [item(other, jane, buy(other, jane)), item(reward, jane, codes[1])]

    assert mark(path, {"coupons": items}) == marked(*items)

    assert used() == ["B", "X"]
    actor = f"user:{ADMIN_ID if path == ADMINS else MEMBER_ID}"
    assert [entry.actor for entry in AuditEntry.objects.filter(action="coupon used")] == [actor] * 2


@pytest.mark.parametrize("path", PATHS)
def test_as_a_form_with_brackets(path, mark, jane):
    reward = campaign(["7"])
    sent = item(reward, jane, buy(reward, jane))
    body = form({f"coupons[0][{key}]": value for key, value in sent.items()})
    assert mark(path, body) == marked(sent)
    assert used() == ["7"]


@pytest.mark.parametrize("value", [True, 1, "1", "true", "no"])
def test_what_means_used(value, mark, jane):
    reward = campaign(["A"])
    sent = item(reward, jane, buy(reward, jane))
    assert mark(OWN, {"coupons": [sent | {"used": value}]}) == marked(sent)


def test_a_code_sent_as_a_number_and_ids_in_capitals(mark, jane):
    reward = campaign(["123"])
    sent = item(reward, jane, buy(reward, jane))
    loud = {"code": 123, "campaignId": sent["campaignId"].upper(), "customerId": sent["customerId"].upper()}
    assert mark(ADMINS, {"coupons": [sent | loud]}) == marked(sent)


@pytest.mark.parametrize("path", PATHS)
def test_twice_is_no_error(path, mark, jane):
    reward = campaign()
    sent = item(reward, jane, buy(reward, jane))
    assert mark(path, {"coupons": [sent, sent]}) == marked(sent, sent)
    assert mark(path, {"coupons": [sent]}) == marked(sent)
    assert AuditEntry.objects.filter(action="coupon used").count() == 1


# --- refusals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PATHS)
def test_nothing_to_mark_is_a_bad_request(path, mark, jane):
    for body in (None, {}, [], {"coupons": []}, {"coupons": {}}, "coupons=", {"coupons": "A"}):
        assert mark(path, body) == BAD_REQUEST


WRONG = [
    {"used": False},
    {"used": "0"},
    {"used": "false"},
    {"used": None},
    {"code": ""},
    {"code": "unknown"},
    {"code": ["A"]},
    {"campaignId": "1"},
    {"campaignId": "000096cf-32a3-43bd-9034-4df343e5fd93"},
    {"campaignId": None},
]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_one_wrong_coupon_marks_none(path, wrong, mark, jane):
    reward = campaign()
    items = [item(reward, jane, buy(reward, jane)), item(reward, jane, buy(reward, jane)) | wrong]
    before = books()
    assert mark(path, {"coupons": items}) == BAD_REQUEST
    assert books() == before


@pytest.mark.parametrize("missing", ["used", "campaignId", "customerId", "code"])
def test_every_key_is_needed(missing, mark, jane):
    reward = campaign()
    sent = item(reward, jane, buy(reward, jane))
    del sent[missing]
    assert mark(ADMINS, {"coupons": [sent]}) == BAD_REQUEST
    assert used() == []


@pytest.mark.parametrize("wrong", ["1", "", "000096cf-32a3-43bd-9034-4df343e5fd93"])
def test_an_unknown_customer_is_a_bad_request(wrong, admin, jane):
    reward = campaign()
    sent = item(reward, jane, buy(reward, jane), customerId=wrong)
    assert admin.post(ADMINS, {"coupons": [sent]}) == BAD_REQUEST
    assert used() == []


@pytest.mark.parametrize("path", PATHS)
def test_a_refunded_coupon_is_unknown(path, mark, jane):
    reward = campaign()
    sent = item(reward, jane, buy(reward, jane))
    refund(Purchase.objects.get().pk, **SHOP)
    assert mark(path, {"coupons": [sent]}) == BAD_REQUEST
    assert used() == []


def test_customers_mark_their_own_whomever_they_name(member, jane):
    reward, other = campaign(), customer(points=50)
    theirs, own = item(reward, other, buy(reward, other)), item(reward, jane, buy(reward, jane))
    assert member.post(OWN, {"coupons": [theirs]}) == BAD_REQUEST
    assert member.post(OWN, {"coupons": [own | {"customerId": str(other.pk)}]}) == marked(own)
    assert used() == [own["code"]]


def test_an_account_without_a_customer_has_nothing_to_mark(member):
    assert member.post(OWN, "{", media=JSON) == NOT_FOUND


@pytest.mark.parametrize(("place", "answer"), [("own", 200), ("none", 200), ("other", 400)])
def test_a_token_of_a_store_marks_what_its_customers_have(place, answer):
    stores = {name: Store.objects.create(name=name, identifier=name) for name in ("own", "other")}
    reward, who = campaign(), customer(points=10, store=stores.get(place))
    till = with_token(Role.ADMIN, store=stores["own"])
    assert till.post(ADMINS, {"coupons": [item(reward, who, buy(reward, who))]})[0] == answer
    assert used() == (["A"] if answer == 200 else [])


def test_what_an_erased_customer_had_is_not_marked(admin):
    reward, who = campaign(), customer(points=10)
    sent = item(reward, who, buy(reward, who))
    Customer.objects.filter(pk=who.pk).update(status="erased")
    assert admin.post(ADMINS, {"coupons": [sent]}) == BAD_REQUEST
    assert used() == []


@pytest.mark.parametrize("field", ["campaignId", "customerId", "code", None])
def test_odd_values_are_answered_plainly(field, admin, jane):
    reward = campaign(["A"])
    sent = item(reward, jane, buy(reward, jane))
    before = row_counts()
    for value in VALUES:
        odd = [sent | {field: value}] if field else [value]
        assert admin.post(ADMINS, {"coupons": odd}) == BAD_REQUEST, json_or_text(value)
    assert (row_counts(), used()) == (before, [])


# --- how many, and once ----------------------------------------------------------------------------------------------


def test_a_thousand_at_most(mark, jane):
    reward = campaign()
    sent = item(reward, jane, buy(reward, jane))
    assert mark(OWN, {"coupons": [sent] * 1_001}) == BAD_REQUEST
    assert used() == []
    assert mark(OWN, {"coupons": [sent] * 1_000})[0] == 200


@pytest.mark.parametrize("many", [1, 30])
def test_many_take_as_many_statements_as_one(many, admin):
    """The caller, the customers, the holdings, the purchases, their change, the audit trail, and who is told of it."""
    reward = campaign([f"C{n}" for n in range(many)], limit=99, cost_in_points=0)
    buyers = [customer() for _ in range(many)]
    items = [item(reward, who, buy(reward, who)) for who in buyers]
    with statements() as seen:
        assert admin.post(ADMINS, {"coupons": items})[0] == 200
    assert len(seen) == 7


@pytest.mark.parametrize("path", PATHS)
def test_a_key_makes_it_safe_to_repeat(path, mark, jane):
    reward = campaign()
    sent = item(reward, jane, buy(reward, jane))
    assert [mark(path, {"coupons": [sent]}, Idempotency_Key="k") for _ in range(2)] == [marked(sent)] * 2
    assert mark(path, {"coupons": [sent, sent]}, Idempotency_Key="k") == failure(422, "Unprocessable Entity")
