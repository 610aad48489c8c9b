"""Whatever is sent: an answer below 500, in JSON, in Capillary's words, and nothing written.

Each test asks one endpoint all rows of a table: a field with all values, or all bodies.
"""

import json
from uuid import uuid4

import pytest

from loyalty_site.access.models import IdempotencyKey
from tests.bad_input import UNREADABLE, VALUES, row_counts
from tests.builders import customer
from tests.callers import JSON
from tests.capillary import (
    DATA,
    IDS_MISSING,
    INVALID,
    ISSUE,
    KNOWN,
    LOOK_UP,
    MOBILE,
    NO_CUSTOMER,
    NO_PROGRAM,
    NO_PROMOTION,
    NOT_IDENTIFIED,
    WRONG_NAME,
    WRONG_SOURCE,
    WRONG_TYPE,
    asked,
    ids,
    issue,
    refused,
)
from tests.promotions.builders import promotion

pytestmark = [pytest.mark.django_db, pytest.mark.once("sqlite")]

BIGGEST = 2**63 - 1
NO_LONGS = [
    *VALUES,
    False,
    2**63,
    2**64,
    -(2**63),
    -(10**30),
    BIGGEST,
    "469",
    " 469",
    "469.0",
    469.5,
    1e300,
    [1],
    {"id": 1},
]
TEXTS = [
    "x",
    "0",
    "-1",
    "null",
    "MOBILE",
    "customer",
    "١٢",
    "1" * 5_000,
    "x" * 20_000,
    "'; DROP TABLE promotions_enrolment; --",
    "%s %(x)s {0} \u202e \U0001f355",
    "a@b@c",
    "a,b",
    str(uuid4()),
    "\\",
    "*",
]
BLANK = ["", " ", "\t\r\n", "\u3000"]
UNKEPT = ["identifierValue=%00", "a=%00", "identifierValue=%FF", "identifierName=%ED%A0%80", "x=%C0%80"]
QUESTIONS = [LOOK_UP, DATA]


@pytest.fixture(scope="module")
def world(for_the_module):
    with for_the_module():
        return promotion(), customer(phone=MOBILE, number=98_662_653)


@pytest.fixture(autouse=True)
def _nothing_written(world):
    before = row_counts()
    yield
    assert row_counts() == before
    assert not IdempotencyKey.objects.exists()


# --- bodies ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "answer"), [("programId", NO_PROGRAM), ("promotionId", NO_PROMOTION)])
def test_ids_that_are_none(name, answer, client, world):
    for value in NO_LONGS:
        due = IDS_MISSING if value is None else answer
        body = ids(world[0]) | {name: value}
        assert client.post(asked(ISSUE), json.dumps(body).encode(), media=JSON) == due, value
    both_wrong = [{"programId": value, "promotionId": value} for value in NO_LONGS if value is not None]
    assert [client.post(asked(ISSUE), body) for body in both_wrong] == [NO_PROGRAM] * len(both_wrong)


@pytest.mark.parametrize("name", ["programId", "promotionId"])
def test_ids_that_are_missing(name, client, world):
    body = ids(world[0])
    del body[name]
    assert client.post(asked(ISSUE), body) == IDS_MISSING
    assert client.post(asked(ISSUE), body | {name.lower(): 1, f"{name} ": 1}) == IDS_MISSING


def test_bodies_that_cannot_be_read(client):
    """Those that hold unstorable texts can be read: the fields with them are not looked at."""
    for bad, (body, media, status) in UNREADABLE.items():
        if status == 413:
            due = refused(413, "Payload Too Large", 413)
        elif media != JSON:
            due = refused(415, "Unsupported Media Type", 415)
        else:
            due = IDS_MISSING if "a NUL" in bad or "surrogate" in bad else INVALID
        assert client.post(asked(ISSUE), body, media=media, Idempotency_Key="1") == due, bad


# --- queries ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("identifierName", WRONG_NAME),
        ("identifierValue", NO_CUSTOMER),
        ("source", WRONG_SOURCE),
        ("type", WRONG_TYPE),
        ("accountId", NO_CUSTOMER),
    ],
)
def test_parameters_when_enrolling(name, answer, client, world):
    for text in TEXTS:
        assert issue(client, world[0], **{name: text}) == answer, text
    if name in KNOWN:
        assert [issue(client, world[0], **{name: text}) for text in BLANK] == [NOT_IDENTIFIED] * len(BLANK)


@pytest.mark.parametrize("identifier", ["email", "externalId", "id"])
def test_values_of_other_identifiers(identifier, client, world):
    for text in TEXTS:
        answer = issue(client, world[0], identifierName=identifier, identifierValue=text)
        assert answer == NO_CUSTOMER, text


@pytest.mark.parametrize("path", QUESTIONS)
@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("identifierName", WRONG_NAME),
        ("identifierValue", NO_CUSTOMER),
        ("source", WRONG_SOURCE),
        ("accountId", NO_CUSTOMER),
    ],
)
def test_parameters_when_asking(path, name, answer, client):
    for text in [*TEXTS, *(BLANK if name in KNOWN else [])]:
        assert client.get(asked(path, **{name: text})) == answer, text


@pytest.mark.parametrize("path", [ISSUE, *QUESTIONS])
def test_queries_that_cannot_be_read(path, client, world):
    for bad in [*UNKEPT, "&".join(f"a{n}=" for n in range(20_001))]:
        method, body = ("POST", ids(world[0])) if path == ISSUE else ("GET", None)
        answer = client.send(method, f"{asked(path)}&{bad}", body)
        assert (answer.status_code, answer.json()) == INVALID, bad[:40]


@pytest.mark.parametrize("path", QUESTIONS)
def test_questions_have_no_body_to_be_wrong(path, client):
    for bad, (body, media, status) in UNREADABLE.items():
        answer = client.send("GET", asked(path), body, media=media)
        assert answer.status_code == (413 if status == 413 else 200), bad
