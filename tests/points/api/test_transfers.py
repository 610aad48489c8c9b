"""Adding and spending points by hand. Rule: Open Loyalty, "Points transfers"."""

from uuid import UUID

import pytest

from loyalty_site.access.actors import Role
from loyalty_site.access.models import AuditEntry, IdempotencyKey, Store
from points.models import Account, Transfer
from tests.books import books
from tests.builders import AT, balance, buckets, customer, earn, later
from tests.callers import ADMIN_ID, form, with_token

pytestmark = pytest.mark.django_db

ADD, SPEND = "/api/points/transfer/add", "/api/points/transfer/spend"
NOBODY = "00000000-0000-474c-b092-000000000000"
BLANK, INVALID = "This value should not be blank.", "This value is not valid."
TOO_LOW, NOT_ENOUGH = "This value should be 1 or more.", "not enough points"
TOO_LONG = "This value is too long. It should have 2000 characters or less."
FIELDS = ["customer", "points", "comment", "validityDuration"]


@pytest.fixture
def member():
    return customer(points=100)


@pytest.fixture(params=[ADD, SPEND], ids=["add", "spend"])
def path(request):
    return request.param


def sent(who, points=5, **fields):
    fields = {"customer": str(getattr(who, "pk", who)), "points": points} | fields
    return {"transfer": {name: value for name, value in fields.items() if value is not None}}


def as_form(body):
    return form({f"transfer[{name}]": value for name, value in body["transfer"].items()})


def refused(errors, *whole):
    tree = {"children": {name: {"errors": [errors[name]]} if name in errors else {} for name in FIELDS}}
    return 400, {"form": tree | ({"errors": list(whole)} if whole else {}), "errors": list(whole)}


def moved(answer):
    """The ledger's row that the answer names."""
    status, body = answer
    assert (status, list(body)) == (200, ["pointsTransferId"])
    return Transfer.objects.get(pk=UUID(body["pointsTransferId"]))


@pytest.mark.parametrize("write", [dict, as_form], ids=["json", "form"])
def test_adding(write, admin, member):
    row = moved(admin.post(ADD, write(sent(member, 50, comment="For the trouble"))))
    assert (row.account_id, row.points, row.balance_after) == (member.pk, 50, 150)
    assert (row.kind, row.channel, row.comment) == ("earn", "admin", "For the trouble")
    assert (row.actor, row.created_at) == (f"user:{ADMIN_ID}", AT)
    assert balance(member) == 150


@pytest.mark.parametrize("write", [dict, as_form], ids=["json", "form"])
def test_spending(write, admin, member):
    row = moved(admin.post(SPEND, write(sent(member, 40, comment="A mug"))))
    assert (row.account_id, row.points, row.balance_after) == (member.pk, -40, 60)
    assert (row.kind, row.channel, row.comment) == ("spend", "admin", "A mug")
    assert balance(member) == 60


def test_the_first_points_open_the_account(admin):
    newcomer = customer()
    moved(admin.post(ADD, sent(newcomer, 7)))
    assert balance(newcomer) == 7


def test_added_points_are_valid_for_thirty_days(admin):
    newcomer = customer()
    admin.post(ADD, sent(newcomer, 7))
    assert buckets(newcomer) == {30: 7}


@pytest.mark.parametrize("days", [1, 90, "365", "7.0"])
def test_or_as_long_as_is_said(days, admin):
    newcomer = customer()
    admin.post(ADD, sent(newcomer, 7, validityDuration=days))
    assert buckets(newcomer) == {int(float(days)): 7}


def test_spending_takes_what_expires_soonest(admin):
    member = customer(points=10, valid=9)
    earn(member, 5, valid=2)
    admin.post(SPEND, sent(member, 7))
    assert buckets(member) == {9: 8}


def test_every_point_can_be_spent(admin, member):
    moved(admin.post(SPEND, sent(member, 100)))
    assert balance(member) == 0


def test_it_is_written_down_who_did_it_and_why(admin, member):
    row = moved(admin.post(ADD, sent(member, 5, comment="For the trouble")))
    entry = AuditEntry.objects.get(object_id=str(row.pk))
    assert (entry.actor, entry.reason, entry.after) == (
        f"user:{ADMIN_ID}",
        "For the trouble",
        {"points": 5, "balance": 105},
    )


@pytest.mark.parametrize(
    ("points", "number"), [("5", 5), (5.0, 5), ("5,0", 5), (" 5 ", 5), ("+5", 5), (2**31 - 1, 2**31 - 1)]
)
def test_points_as_clients_write_them(points, number, admin):
    assert moved(admin.post(ADD, sent(customer(), points))).points == number


@pytest.mark.parametrize("text", [None, "", " "])
def test_a_comment_may_be_missing(text, admin, member):
    assert moved(admin.post(ADD, sent(member, 5, comment=text))).comment == ""


def test_unknown_keys_are_ignored(admin, member):
    row = moved(admin.post(ADD, sent(member, 5, id=NOBODY, balance=10**6, kind="spend", actor="system", expiresAt="x")))
    assert (row.points, row.kind, row.actor) == (5, "earn", f"user:{ADMIN_ID}")


# --- refusals ------------------------------------------------------------------------------------------------------

REFUSED = {
    "no customer": ({"customer": None}, {"customer": BLANK}),
    "an empty customer": ({"customer": ""}, {"customer": BLANK}),
    "an unknown customer": ({"customer": NOBODY}, {"customer": INVALID}),
    "a customer that is no UUID": ({"customer": "47834433524"}, {"customer": INVALID}),
    "no points": ({"points": None}, {"points": BLANK}),
    "empty points": ({"points": ""}, {"points": BLANK}),
    "points of spaces": ({"points": " "}, {"points": BLANK}),
    "a word for points": ({"points": "many"}, {"points": INVALID}),
    "a fraction of a point": ({"points": "1.5"}, {"points": INVALID}),
    "more points than fit": ({"points": 2**31}, {"points": INVALID}),
    "zero points": ({"points": 0}, {"points": TOO_LOW}),
    "negative points": ({"points": -5}, {"points": TOO_LOW}),
    "a comment too long": ({"comment": "c" * 2_001}, {"comment": TOO_LONG}),
    "valid for no day": ({"validityDuration": 0}, {"validityDuration": TOO_LOW}),
    "valid for a negative time": ({"validityDuration": -1}, {"validityDuration": TOO_LOW}),
    "valid for a word": ({"validityDuration": "long"}, {"validityDuration": INVALID}),
    "valid for ever": ({"validityDuration": 365_001}, {"validityDuration": INVALID}),
    "everything at once": (
        {"customer": "x", "points": 0, "validityDuration": "x"},
        {"customer": INVALID, "points": TOO_LOW, "validityDuration": INVALID},
    ),
}


@pytest.mark.once("sqlite")
@pytest.mark.parametrize("write", [dict, as_form], ids=["json", "form"])
@pytest.mark.parametrize(("fields", "errors"), REFUSED.values(), ids=REFUSED)
def test_refused(fields, errors, write, path, admin, member):
    before = books()
    assert admin.post(path, write(sent(member, **fields))) == refused(errors)
    assert books() == before


@pytest.mark.parametrize("points", [101, 2**31 - 1])
def test_more_than_there_is_cannot_be_spent(points, admin, member):
    before = books()
    assert admin.post(SPEND, sent(member, points)) == refused({"points": NOT_ENOUGH})
    assert books() == before


def test_a_customer_who_never_had_points(admin):
    newcomer = customer()
    assert admin.post(SPEND, sent(newcomer, 1)) == refused({"points": NOT_ENOUGH})
    assert Account.objects.count() == 0


def test_points_whose_day_has_passed_cannot_be_spent(admin):
    member = customer()
    earn(member, 100, valid=-1, at=later(-5))
    assert admin.post(SPEND, sent(member, 1)) == refused({"points": NOT_ENOUGH})


@pytest.mark.parametrize(("status", "can_be_given"), [("new", True), ("blocked", True), ("erased", False)])
def test_who_may_not_spend(status, can_be_given, admin):
    member = customer(points=10)
    type(member).objects.update(status=status)
    before = books()
    assert admin.post(SPEND, sent(member, 5)) == refused({"customer": INVALID})
    assert books() == before
    assert (admin.post(ADD, sent(member, 5)) != refused({"customer": INVALID})) is can_be_given
    assert balance(member) == (15 if can_be_given else 10)


@pytest.mark.once("sqlite")
@pytest.mark.parametrize("body", ["transfer=", {"transfer": {}}, {"transfer": None}, {"transfer": []}], ids=str)
def test_an_empty_form(body, path, admin):
    assert admin.post(path, body) == refused({"customer": BLANK, "points": BLANK})


@pytest.mark.once("sqlite")
@pytest.mark.parametrize("body", [None, {}, [], "customer=x", {"customer": NOBODY, "points": 5}], ids=str)
def test_no_form(body, path, admin):
    assert admin.post(path, body) == refused({})


@pytest.mark.once("sqlite")
@pytest.mark.parametrize("body", ["transfer=5", {"transfer": 5}, {"transfer": True}], ids=str)
def test_a_value_in_the_forms_place(body, path, admin):
    assert admin.post(path, body) == refused({}, INVALID)


# --- stores and keys -----------------------------------------------------------------------------------------------


def test_a_token_bound_to_a_store_moves_points_of_its_customers_and_of_those_of_none(path):
    ours, theirs = (Store.objects.create(name=name, identifier=name) for name in ("pos1", "pos2"))
    till = with_token(Role.ADMIN, store=ours)
    for who in (customer(points=10, store=ours), customer(points=10)):
        assert moved(till.post(path, sent(who))).account_id == who.pk
    stranger = customer(points=10, store=theirs)
    before = books()
    assert till.post(path, sent(stranger)) == till.post(path, sent(NOBODY)) == refused({"customer": INVALID})
    assert books() == before


def test_one_key_moves_points_once(path, admin, member):
    first = admin.send("POST", path, sent(member, 5), Idempotency_Key="1")
    again = admin.send("POST", path, sent(member, 5), Idempotency_Key="1")
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert [answer.headers.get("Idempotent-Replayed") for answer in (first, again)] == [None, "true"]
    assert Transfer.objects.count() == 2  # the first gave the member their hundred points
    assert admin.post(path, sent(member, 6), Idempotency_Key="1")[0] == 422


def test_a_refused_spending_is_answered_again(admin, member):
    first = admin.post(SPEND, sent(member, 101), Idempotency_Key="1")
    earn(member, 50)
    assert admin.post(SPEND, sent(member, 101), Idempotency_Key="1") == first == refused({"points": NOT_ENOUGH})
    assert balance(member) == 150


def test_a_form_that_is_not_valid_does_not_use_the_key_up(path, admin, member):
    assert admin.post(path, sent(member, 0), Idempotency_Key="1") == refused({"points": TOO_LOW})
    assert IdempotencyKey.objects.count() == 0
    assert moved(admin.post(path, sent(member, 5), Idempotency_Key="1")).account_id == member.pk
