"""Enrolling over HTTP. Rule: Capillary, "Enrol a Customer to Loyalty Promotion"."""

import json
from uuid import uuid4

import pytest

from customers.models import Customer
from loyalty_site.access.actors import Role
from loyalty_site.access.models import AuditEntry, Store
from loyalty_site.access.scopes import PROMOTIONS_ENROL
from promotions import services
from promotions.models import Enrolment, Participation, Promotion
from tests.builders import AT, SHOP, customer, later
from tests.callers import JSON, with_token
from tests.capillary import (
    IDS_MISSING,
    INVALID,
    ISSUE,
    MOBILE,
    NO_CUSTOMER,
    NO_PROGRAM,
    NO_PROMOTION,
    NOT_IDENTIFIED,
    NOT_ISSUED,
    WRONG_NAME,
    WRONG_SOURCE,
    WRONG_TYPE,
    asked,
    ids,
    issue,
    issued,
    refused,
)
from tests.promotions.builders import promotion, turns

pytestmark = pytest.mark.django_db


@pytest.fixture
def tom():
    return customer(phone=MOBILE, email="tom.sawyer@example.com", external_id="000003873354", number=98_662_653)


def nothing_written():
    return not Enrolment.objects.exists() and not Participation.objects.exists()


def test_a_customer_is_enrolled(client, tom):
    into = promotion()

    answer = issue(client, into)

    made = Enrolment.objects.get()
    assert answer == issued(into, tom)
    assert (made.customer, made.state, made.enrolled_at, made.source) == (tom, "running", AT, "INSTORE")
    assert AuditEntry.objects.get(action="customer enrolled").actor == made.actor
    assert made.actor.startswith("token:")


def test_a_repeat_within_the_limit_replaces_the_running_enrolment(client, tom):
    into = promotion(enrolment_limit=2)
    first = issue(client, into)

    second = issue(client, into)

    assert second == issued(into, tom)
    assert second != first
    assert turns(into) == [(1, "replaced"), (2, "running")]


def test_beyond_the_limit_there_is_a_warning_and_no_error(client, tom):
    into = promotion(enrolment_limit=1)
    issue(client, into)

    assert issue(client, into) == NOT_ISSUED

    assert turns(into) == [(1, "running")]


@pytest.mark.parametrize(
    "fields",
    [
        {"status": Promotion.Status.DRAFT},
        {"status": Promotion.Status.PAUSED},
        {"status": Promotion.Status.CANCELLED},
        {"starts_at": later(seconds=1)},
        {"ends_at": AT},
        {"kind": Promotion.Kind.LOYALTY},
        {"kind": Promotion.Kind.GENERIC},
    ],
)
def test_a_promotion_that_takes_nobody_is_a_warning(fields, client, tom):
    assert issue(client, promotion(**fields)) == NOT_ISSUED
    assert nothing_written()


def test_a_blocked_customer_is_a_warning(client, tom):
    Customer.objects.update(status=Customer.Status.BLOCKED)
    assert issue(client, promotion()) == NOT_ISSUED
    assert nothing_written()


def test_an_erased_customer_is_not_found(client, tom):
    Customer.objects.update(status=Customer.Status.ERASED)
    assert issue(client, promotion(), identifierName="id", identifierValue="98662653") == NO_CUSTOMER
    assert nothing_written()


# --- who is meant --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("mobile", MOBILE),
        ("email", "tom.sawyer@example.com"),
        ("email", "Tom.SAWYER@Example.com"),
        ("externalId", "000003873354"),
        ("id", "98662653"),
    ],
)
def test_each_identifier_finds_its_customer(name, value, client, tom):
    customer(phone="1", email="jim@example.com", external_id="3873354", number=1)
    into = promotion()
    assert issue(client, into, identifierName=name, identifierValue=value) == issued(into, tom)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("mobile", "98662653"),
        ("mobile", f"{MOBILE} "),
        ("mobile", "tom.sawyer@example.com"),
        ("email", MOBILE),
        ("externalId", "3873354"),
        ("externalId", "98662653"),
        ("id", MOBILE),
        ("id", "-98662653"),
        ("id", "98662653.0"),
        ("id", "٩٨٦٦٢٦٥٣"),
        ("id", str(2**63)),
        ("id", "9" * 5_000),
        ("id", str(uuid4())),
    ],
)
def test_no_other_identifier_does(name, value, client, tom):
    assert issue(client, promotion(), identifierName=name, identifierValue=value) == NO_CUSTOMER
    assert nothing_written()


@pytest.mark.parametrize("source", ["INSTORE", "instore", "MoBile_App", "WEB_ENGAGE", "tmall", "LINE"])
def test_a_customer_is_known_in_every_source_in_any_case(source, client, tom):
    into = promotion()
    assert issue(client, into, source=source) == issued(into, tom)
    assert Enrolment.objects.get().source == source.upper()


@pytest.mark.parametrize("type_", ["CUSTOMER", "", None])
def test_the_type_is_customer_unless_another_is_given(type_, client, tom):
    into = promotion()
    assert issue(client, into, type=type_) == issued(into, tom)


def test_an_account_is_the_customers_own_id_or_number(client, tom):
    into = promotion(enrolment_limit=5)
    for account in (str(tom.pk), str(tom.pk).upper(), "98662653", " ", ""):
        assert issue(client, into, accountId=account) == issued(into, tom)
    assert len(turns(into)) == 5


@pytest.mark.parametrize("account", ["1", "gh_07d2", str(uuid4()), "9" * 30, "-98662653", "x" * 5_000])
def test_somebody_elses_account_is_no_account_of_the_customer(account, client, tom):
    customer(number=1)
    assert issue(client, promotion(), accountId=account) == NO_CUSTOMER
    assert nothing_written()


def test_a_client_bound_to_a_store_does_not_find_the_customers_of_others(tom):
    here, there = (Store.objects.create(name=name, identifier=name) for name in ("here", "there"))
    bound = with_token(Role.PARTNER, [PROMOTIONS_ENROL], store=here)
    Customer.objects.filter(pk=tom.pk).update(store=there)
    assert issue(bound, promotion()) == NO_CUSTOMER
    assert nothing_written()


# --- what is wrong, and in which order -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["identifierName", "identifierValue", "source"])
@pytest.mark.parametrize("value", [None, "", "  ", "\t"])
def test_what_identifies_cannot_be_empty(name, value, client, tom):
    assert issue(client, promotion(), **{name: value}) == NOT_IDENTIFIED
    assert nothing_written()


def test_a_promotion_of_another_program_is_no_promotion(client, tom):
    into, other = promotion(), services.add_program(name="Other club", **SHOP)
    assert client.post(asked(ISSUE), ids(into) | {"programId": other.pk}) == NO_PROMOTION
    assert nothing_written()


def test_unknown_fields_and_parameters_are_ignored(client, tom):
    into = promotion()
    answer = client.post(asked(ISSUE, **{"a[b": "c", "type[]": "X"}), ids(into) | {"rank": 1, "source": None})
    assert answer == issued(into, tom)


def test_of_several_faults_the_first_is_told(client, tom):
    """Each row mends the fault of the row before."""
    into = promotion(status=Promotion.Status.PAUSED)
    query = {"identifierName": "x", "identifierValue": "", "source": "x", "type": "x", "accountId": "x"}
    unreadable, empty = ("{", JSON), ({}, None)
    wrong = ({"programId": "x", "promotionId": "x"}, None)
    steps = [
        ({}, ("a=1", None), refused(415, "Unsupported Media Type", 415)),
        ({}, unreadable, NOT_IDENTIFIED),
        ({"identifierValue": "x"}, unreadable, WRONG_TYPE),
        ({"type": "CUSTOMER"}, unreadable, WRONG_NAME),
        ({"identifierName": "mobile"}, unreadable, WRONG_SOURCE),
        ({"source": "INSTORE"}, unreadable, INVALID),
        ({}, empty, IDS_MISSING),
        ({}, wrong, NO_PROGRAM),
        ({}, ({"programId": into.program_id + 1, "promotionId": "x"}, None), NO_PROGRAM),
        ({}, (ids(into) | {"promotionId": "x"}, None), NO_PROMOTION),
        ({}, (ids(into), None), NO_CUSTOMER),
        ({"identifierValue": MOBILE}, (ids(into), None), NO_CUSTOMER),
        ({"accountId": str(tom.pk)}, (ids(into), None), NOT_ISSUED),
    ]
    for mended, (body, media), answer in steps:
        query |= mended
        assert client.post(asked(ISSUE, **query), body, media=media) == answer
    assert nothing_written()


def test_an_empty_body_has_no_ids(client, tom):
    assert client.post(asked(ISSUE), b"", media=JSON) == INVALID
    assert client.post(asked(ISSUE), b"{}", media=f"{JSON}; charset=utf-8") == IDS_MISSING
    assert client.post(asked(ISSUE), json.dumps({"programId": 1}).encode(), media=JSON) == IDS_MISSING
