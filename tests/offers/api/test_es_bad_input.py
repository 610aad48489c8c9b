"""Whatever Exchange Solutions' endpoints are sent: an answer in their shape below 500, and nothing written."""

import pytest

from offers.models import CustomerOffer
from tests.bad_input import BAD_QUERIES, NO_IDS, ODD_QUERIES, UNREADABLE, VALUES, json_or_text
from tests.builders import customer
from tests.callers import FORM, JSON, told
from tests.offers.builders import given, offer
from tests.statements import statements

pytestmark = [pytest.mark.django_db, pytest.mark.once("sqlite")]

STATE, SESSION = {"acceptanceState": "ACCEPTED"}, {"correlationId": "mck-1", "channel": "APP"}
GRANT = {"grant_type": "client_credentials", "client_id": "app", "client_secret": "sesame"}
# method, path, a body that would do
ENDPOINTS = {
    "answer": ("PUT", "/client/users/{who}/offer/COFFEE", STATE),
    "answer all": ("POST", "/client/users/{who}/offers", STATE),
    "session": ("POST", "/client/users/{who}/sessions", SESSION),
    "token": ("POST", "/client/oauth/token", GRANT),
}
TEXTS = {"correlationId": 128, "channel": 64, "client_id": 4096, "client_secret": 4096}  # and how long they may be
MAY_BE_BLANK = {"client_id", "client_secret"}
WORDS = ["NONE", "COMPLETED", "accepted", "Accepted", "ACCEPTED ", "\tACCEPTED", "ACCEPTED\x00", "ACCEPTED,DECLINED"]
NO_TEXTS = ["a\x00b", "\ud800", "\x00"]
LISTS = [["ACCEPTED"], {"acceptanceState": "ACCEPTED"}, [{"acceptanceState": "ACCEPTED"}], False, 1]


def is_bad(field, value) -> bool:
    if field not in TEXTS or not isinstance(value, str):
        return True
    return len(value) > TEXTS[field] or (not value.strip() and field not in MAY_BE_BLANK)


def rows():
    for name, (*_, good) in ENDPOINTS.items():
        for field in good:
            bad = VALUES + LISTS + (NO_TEXTS if field in TEXTS else WORDS)
            for number, value in enumerate(value for value in bad if value in NO_TEXTS or is_bad(field, value)):
                yield pytest.param(name, field, value, id=f"{name} {field} {number} {json_or_text(value)[:20]}")


@pytest.fixture(scope="module")
def ann(for_the_module):
    with for_the_module():
        who = customer()
        given(offer(), who)
        return who


@pytest.fixture(autouse=True)
def _nothing_is_written(ann):
    yield
    taken = CustomerOffer.objects.get()
    assert (taken.state, taken.version) == ("NONE", 1)


def send(app, name, body, *, media=JSON):
    method, path, _ = ENDPOINTS[name]
    return app.send(method, path.format(who="0"), body, media=media)


def is_refused(answer, status):
    got, body = told(answer)
    assert got == status, body
    assert (set(body), body["statusCode"]) == ({"statusCode", "errorMessage", "errorCode"}, status)
    assert all(isinstance(body[name], str) and body[name] for name in ("errorMessage", "errorCode"))
    return body


@pytest.mark.parametrize(("name", "field", "value"), list(rows()))
def test_a_wrong_value(app, ann, name, field, value):
    method, path, good = ENDPOINTS[name]
    with statements() as seen:
        body = is_refused(app.send(method, path.format(who=ann.pk), good | {field: value}), 400)
    assert body["errorCode"] == "INVALID_REQUEST"
    assert body["errorMessage"].startswith("Acceptance state is invalid" if field == "acceptanceState" else field)
    assert all(sql.startswith("SELECT") for sql in seen)


@pytest.mark.parametrize("name", ENDPOINTS)
def test_nothing_at_all(app, name):
    for body in (b"", {}):
        assert is_refused(send(app, name, body), 400)["errorCode"] == "INVALID_REQUEST"


@pytest.mark.parametrize("case", UNREADABLE)
@pytest.mark.parametrize("name", ENDPOINTS)
def test_a_body_that_cannot_be_read(app, name, case):
    body, media, status = UNREADABLE[case]
    takes = {JSON, FORM} if name == "token" else {JSON}
    with statements() as seen:
        is_refused(send(app, name, body, media=media), status if media in takes or status == 413 else 415)
    assert all(sql.startswith("SELECT") for sql in seen)


PATHS = {
    "whose offer": ("PUT", "/client/users/{}/offer/COFFEE", STATE),
    "which offer": ("PUT", "/client/users/{who}/offer/{}", STATE),
    "whose offers": ("POST", "/client/users/{}/offers", STATE),
    "whose list": ("GET", "/client/users/{}/offers", None),
    "whose session": ("POST", "/client/users/{}/sessions", SESSION),
}


@pytest.mark.parametrize("case", NO_IDS)
@pytest.mark.parametrize("name", PATHS)
def test_an_id_that_is_none(app, ann, name, case):
    method, path, body = PATHS[name]
    path = path.replace("{who}", str(ann.pk)).replace("{}", NO_IDS[case])
    expected = {"ACCOUNT_NOT_FOUND"} if name == "whose session" else {"PROMO_NOT_FOUND"}
    assert is_refused(app.send(method, path, body), 404)["errorCode"] in expected | {"NOT_FOUND"}


@pytest.mark.parametrize("query", [*BAD_QUERIES.values(), *ODD_QUERIES.values()], ids=[*BAD_QUERIES, *ODD_QUERIES])
def test_a_query_of_others(app, ann, query):
    answer = app.send("GET", f"/client/users/{ann.pk}/offers?{query}")
    if query.count("&") > 1_000:
        is_refused(answer, 400)
    else:
        assert (answer.status_code, len(answer.json())) == (200, 1)
