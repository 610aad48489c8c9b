"""Whatever is sent: an answer below 500, in JSON, in the dialect's words, and nothing half written.

Each test asks one endpoint all rows of a table in tests/bad_input.py.
"""

import pytest

from campaigns.models import Campaign
from points.models import Account
from tests.bad_input import (
    BAD_QUERIES,
    NO_IDS,
    ODD_QUERIES,
    PHRASES,
    UNREADABLE,
    VALUES,
    errors_in,
    json_or_text,
    row_counts,
)
from tests.builders import campaign, customer
from tests.callers import BAD_REQUEST, JSON, NOT_FOUND, failure, told
from tests.campaigns.api.documents import BLANK, SENT, refused, sent

pytestmark = [pytest.mark.django_db, pytest.mark.once("postgresql")]

# One of twins is enough.
WRITES = ["create", "update", "switch on", "seller buy", "mark coupons", "add points", "spend points"]
LISTS = ["list", "seller list", "available", "seller available", "visible", "active names", "all bought"]
DETAILS = ["detail", "seller detail"]


@pytest.fixture(scope="module")
def world(for_the_module):
    with for_the_module():
        return campaign(), customer(points=100)


@pytest.fixture(scope="module")
def ask(world, admin, seller):
    """Asks an endpoint, by its name, with other ids or with a query where they are given."""
    reward, buyer = (str(one.pk) for one in world)
    endpoints = {
        "create": (admin, "POST", "/api/campaign"),
        "update": (admin, "PUT", f"/api/campaign/{reward}"),
        "switch on": (admin, "POST", f"/api/campaign/{reward}/active"),
        "switch off": (admin, "POST", f"/api/campaign/{reward}/inactive"),
        "admin buy": (admin, "POST", f"/api/admin/customer/{buyer}/campaign/{reward}/buy"),
        "seller buy": (seller, "POST", f"/api/seller/customer/{buyer}/campaign/{reward}/buy"),
        "mark coupons": (admin, "POST", "/api/admin/campaign/coupons/mark_as_used"),
        "add points": (admin, "POST", "/api/points/transfer/add"),
        "spend points": (admin, "POST", "/api/points/transfer/spend"),
        "list": (admin, "GET", "/api/campaign"),
        "seller list": (seller, "GET", "/api/seller/campaign"),
        "available": (admin, "GET", f"/api/admin/customer/{buyer}/campaign/available"),
        "seller available": (seller, "GET", f"/api/seller/customer/{buyer}/campaign/available"),
        "visible": (admin, "GET", f"/api/campaign/{reward}/customers/visible"),
        "active names": (admin, "GET", "/api/campaign/active"),
        "all bought": (admin, "GET", "/api/campaign/bought"),
        "detail": (admin, "GET", f"/api/campaign/{reward}"),
        "seller detail": (seller, "GET", f"/api/seller/campaign/{reward}"),
    }

    def call(name, body=None, *, query="", campaign_id=reward, customer_id=buyer, **options):
        caller, method, path = endpoints[name]
        path = path.replace(reward, campaign_id).replace(buyer, customer_id)
        return told(caller.send(method, f"{path}?{query}" if query else path, body, **options))

    return call


# --- bodies ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*WRITES, "list", "available"])
def test_a_body_that_cannot_be_read(name, ask):
    before = row_counts()
    answers = {bad: ask(name, body, media=media) for bad, (body, media, _) in UNREADABLE.items()}
    assert answers == {bad: failure(status, PHRASES[status]) for bad, (_, _, status) in UNREADABLE.items()}
    assert row_counts() == before


@pytest.mark.parametrize("name", ["create", "seller buy"])
def test_nor_does_it_use_up_a_key(name, ask):
    before = row_counts()
    for body, media, status in UNREADABLE.values():
        assert ask(name, body, media=media, Idempotency_Key="1") == failure(status, PHRASES[status])
    assert row_counts() == before


def test_a_detail_asks_for_no_body(ask):
    answers = {bad: ask("detail", body, media=media)[0] for bad, (body, media, _) in UNREADABLE.items()}
    assert answers == {bad: 413 if status == 413 else 200 for bad, (_, _, status) in UNREADABLE.items()}


def test_an_empty_body_is_nothing_whatever_its_media_type(ask):
    for media in ("text/plain", "application/xml", "nonsense", "multipart/form-data", JSON):
        assert ask("create", media=media) == refused({}, {})


# --- fields ----------------------------------------------------------------------------------------------------------

TOLERANT = [
    "shortDescription",
    "conditionsDescription",
    "usageInstruction",
    "brandDescription",
    "active",
    "singleCoupon",
    "unlimited",
    "campaignActivity.allTimeActive",
    "campaignVisibility.allTimeVisible",
]
STRICT = [name for name in SENT if name not in TOLERANT] + [
    "campaignActivity.activeFrom",
    "campaignActivity.activeTo",
    "campaignVisibility.visibleFrom",
    "campaignVisibility.visibleTo",
]
TARGETS = {"target", "levels", "segments"}  # asked for together: nothing at one is told at the other as well


def with_value(value, *fields):
    """A sound campaign but for this value in these places."""
    body = sent()["campaign"]
    for field in fields:
        group, _, part = field.rpartition(".")
        if group:
            body[group] = body[group] | {part: value}
        else:
            body[field] = value
    return {"campaign": body}


def told_at(path, fields):
    return any(path == field or path.startswith(f"{field}.") or {path, field} <= TARGETS for field in fields)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        *(("create", [field]) for field in STRICT),
        ("create", TOLERANT),
        ("update", TOLERANT),
        ("update", ["name", "costInPoints", "coupons"]),
    ],
    ids=lambda part: part if isinstance(part, str) else part[0] if len(part) == 1 else "several",
)
def test_a_value_that_does_not_fit_is_told_at_its_field(name, fields, ask):
    taken = 0
    for value in VALUES:
        before = row_counts()
        status, body = ask(name, with_value(value, *fields))
        assert status in {200, 400}, json_or_text(value)
        if status == 200:
            taken += 1
            continue
        found = list(errors_in(body["form"]))
        assert found, json_or_text(value)
        assert [path for path in found if not told_at(path, fields)] == [], json_or_text(value)
        assert (body["errors"], row_counts()) == ([], before)
    status, listed = ask("list")
    assert (status, listed["total"]) == (200, 1 + (taken if name == "create" else 0))


@pytest.mark.parametrize("name", ["add points", "spend points"])
@pytest.mark.parametrize("field", ["customer", "points", "comment", "validityDuration"])
def test_a_value_that_does_not_fit_a_transfer_is_told_at_its_field(field, name, ask, world):
    fields = {"customer": str(world[1].pk), "points": 1, "comment": "c", "validityDuration": 1}
    for value in VALUES:
        before = row_counts()
        status, body = ask(name, {"transfer": fields | {field: value}})
        assert status in {200, 400}, json_or_text(value)
        if status == 400:
            assert list(errors_in(body["form"])) == [field], json_or_text(value)
            assert (body["errors"], row_counts()) == ([], before)


def test_twenty_thousand_fields_are_read(ask):
    status, body = ask("create", "&".join(f"campaign[coupons][{n}]=A" for n in range(20_000)))
    assert (status, body["form"]["children"]["name"]) == (400, {"errors": [BLANK]})
    assert body["form"]["children"]["coupons"] == {}  # of so many only what is wrong would be told


def test_keys_that_come_twice_in_json_count_the_second_time(ask):
    _, body = ask("create", '{"campaign": {"name": "x"}, "campaign": {"name": "a", "name": ""}}', media=JSON)
    assert body["form"]["children"]["name"] == {"errors": [BLANK]}


@pytest.mark.parametrize("value", [-0.0, "-0", "-0,0"])
def test_minus_zero_is_zero(value, ask):
    _, body = ask("create", sent(costInPoints=value))
    assert Campaign.objects.get(pk=body["campaignId"]).cost_in_points == 0
    assert str(ask("detail", campaign_id=body["campaignId"])[1]["costInPoints"]) == "0"


# --- queries ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*LISTS, *DETAILS, "switch on", "admin buy"])
def test_a_query_that_cannot_be_read(name, ask):
    before = row_counts()
    answers = {bad: ask(name, query=query) for bad, query in BAD_QUERIES.items()}
    assert answers == dict.fromkeys(BAD_QUERIES, BAD_REQUEST)
    assert row_counts() == before


@pytest.mark.parametrize("name", [*LISTS, *DETAILS])
def test_an_odd_query(name, ask):
    for odd, query in ODD_QUERIES.items():
        status, body = ask(name, query=query)
        assert (status, "error" in body) == (200, False), odd


@pytest.mark.parametrize("name", ["create", "add points", "update"])
def test_a_query_means_nothing_to_a_form(name, ask):
    before = row_counts()
    without = ask(name, {"campaign": {}, "transfer": {}})
    for query in (BAD_QUERIES | ODD_QUERIES).values():
        assert ask(name, {"campaign": {}, "transfer": {}}, query=query) == without
    assert row_counts() == before


# --- paths -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["update", "switch on", "switch off", "visible", "detail", "seller detail", "admin buy", "seller buy"]
)
def test_an_id_in_a_path_that_names_no_campaign(name, ask):
    before = row_counts()
    answers = {bad: ask(name, campaign_id=no_id) for bad, no_id in NO_IDS.items()}
    assert answers == dict.fromkeys(NO_IDS, NOT_FOUND)
    assert row_counts() == before


@pytest.mark.parametrize("name", ["admin buy", "seller buy", "available", "seller available"])
def test_an_id_in_a_path_that_names_nobody(name, ask, world):
    before = row_counts()
    answers = {bad: ask(name, customer_id=no_id) for bad, no_id in NO_IDS.items()}
    assert answers == dict.fromkeys(NO_IDS, NOT_FOUND)
    assert (row_counts(), Account.objects.get(pk=world[1].pk).balance) == (before, 100)


# --- headers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "*/*", "", "nonsense", "image/png;q=x"])
def test_json_is_answered_whatever_is_accepted(accept, ask):
    assert [ask(name, Accept=accept)[0] for name in ("list", "detail", "create")] == [200, 200, 400]
