"""What `make fuzz` makes of requests that are made up: real ids, whole forms, and the same for a seed each time."""

import copy
from types import SimpleNamespace

import pytest

from customers.demo import CUSTOMERS, TOM
from loyalty_site.access.demo import JOHN, TOKENS
from loyalty_site.api.dialect_paths import DIALECTS
from offers.demo import CONFIG, SAMPLES
from promotions.demo import PROGRAM, PROMOTIONS
from tools.fuzz import hooks, known
from tools.fuzz.callers import CALLERS

UNKNOWN = [f"{number:08}-0000-4000-8000-000000000000" for number in range(100)]
FORM = {"campaign[name]": "A", "campaign[levels][]": [], "campaign[campaignActivity][allTimeActive]": False}


@pytest.fixture(autouse=True)
def by_an_administrator(monkeypatch):
    monkeypatch.setenv("FUZZED_BY", "an administrator")


def call(path=None, query=None, body=None, headers=None):
    case = SimpleNamespace(path_parameters=path or {}, query=query or {}, body=body, headers=headers or {})
    hooks.before_call(None, case, {})
    return case


@pytest.fixture
def described():
    operations = {
        "get": {"x-roles": ["ROLE_ADMIN"], "security": [{}], "responses": {}},
        "put": {"x-roles": ["ROLE_SELLER"], "security": [{}], "responses": {}},
        "post": {"x-roles": [], "security": [], "responses": {}},
        "delete": {"x-roles": ["ROLE_PARTNER"], "security": [{}], "responses": {}},
    }
    one = {"get": operations["get"]}
    paths = {"/api/all": operations, "/api/one": one, "/client/one": operations, "/v2/one": operations}
    return {"paths": {path: copy.deepcopy(row) for path, row in paths.items()}, "components": {}}


@pytest.mark.parametrize(
    ("caller", "left"),
    [
        ("an administrator", {"/api/all": ["get"], "/api/one": ["get"], "/client/one": ["get"], "/v2/one": ["get"]}),
        ("a seller", {"/api/all": ["put"], "/client/one": ["put"], "/v2/one": ["put"]}),
        ("anybody", {"/api/all": ["post"], "/client/one": ["post"], "/v2/one": ["post"]}),
        ("a client of Exchange Solutions", {"/client/one": ["delete"]}),
        ("a client of Capillary", {"/v2/one": ["delete"]}),
    ],
)
def test_a_caller_is_left_what_it_may_call(caller, left, described, monkeypatch):
    monkeypatch.setenv("FUZZED_BY", caller)
    hooks.before_load_schema(None, described)
    assert {path: list(row) for path, row in described["paths"].items()} == left


def test_every_dialect_of_partners_has_a_caller():
    assert {path for caller in CALLERS.values() for path in caller.paths} == set(DIALECTS)


def test_partners_show_credentials_of_the_demo():
    shown = {name: caller.credential("") for name, caller in CALLERS.items() if caller.paths}
    assert shown == {
        "a partner of RBI": {"x-api-key": "partner-demo-token"},
        "a client of Capillary": {"Authorization": "Basic Y2FwaWxsYXJ5OmNhcGlsbGFyeQ=="},
        "a client of Exchange Solutions": {"Authorization": "Bearer client-demo-token"},
    }
    assert {"partner-demo-token", "capillary:capillary", "client-demo-token"} < set(TOKENS)


def test_the_known_ids_of_partners_are_the_demos():
    tom = CUSTOMERS[TOM]
    assert str(TOM) == known.TOM
    assert known.RBI["configId"] == [str(CONFIG)]
    assert known.CAPILLARY["programId"] == [PROGRAM]
    assert set(known.CAPILLARY["promotionId"]) == set(PROMOTIONS)
    assert known.EXCHANGE_SOLUTIONS["offer_id"] == list(SAMPLES)
    assert {
        "mobile": tom["phone"],
        "email": tom["email"],
        "externalId": tom["external_id"],
        "id": str(tom["number"]),
    } == known.IDENTIFIERS


def test_answers_have_no_room_for_other_keys(described):
    described["components"] = {"schemas": {"A": {"type": "object", "properties": {"a": {"type": "string"}}}}}
    hooks.before_load_schema(None, described)
    assert described["components"]["schemas"]["A"]["additionalProperties"] is False


@pytest.mark.parametrize("place", ["path", "query", "body"])
def test_most_ids_are_of_the_demo(place):
    case = [call(**{place: {"customer": made_up}}) for made_up in UNKNOWN]
    asked = [{"path": one.path_parameters, "query": one.query, "body": one.body}[place]["customer"] for one in case]
    real = [made_up for made_up in asked if made_up in known.CUSTOMERS]
    assert 60 < len(real) < 90
    assert set(real) == set(known.CUSTOMERS)


def test_ids_within_forms_are_of_the_demo_too():
    flat = [call(body={"coupons[0][campaignId]": made_up}).body["coupons[0][campaignId]"] for made_up in UNKNOWN]
    deep = [call(body={"x": {"levels": [made_up]}}).body["x"]["levels"][0] for made_up in UNKNOWN]
    assert set(known.CAMPAIGNS) < set(flat)
    assert set(known.LEVELS) < set(deep)


def test_an_id_replaces_what_is_of_its_type_only(monkeypatch):
    monkeypatch.setenv("FUZZED_BY", "a client of Capillary")
    numbers = {call(body={"programId": number}).body["programId"] for number in range(20)}
    texts = {call(body={"programId": made_up}).body["programId"] for made_up in UNKNOWN}
    assert known.CAPILLARY["programId"][0] in numbers
    assert texts == set(UNKNOWN)


def test_ids_differ_where_the_same_is_made_up_at_each_name(monkeypatch):
    monkeypatch.setenv("FUZZED_BY", "a client of Exchange Solutions")
    cases = [call(path={"offer_id": "0"}, body={"n": number}) for number in range(100)]
    assert {case.path_parameters["offer_id"] for case in cases} == {"0", *known.EXCHANGE_SOLUTIONS["offer_id"]}


def test_most_identifiers_are_of_the_kind_they_are_named(monkeypatch):
    monkeypatch.setenv("FUZZED_BY", "a client of Capillary")
    asked = [call(query={"identifierName": "mobile", "identifierValue": made_up}).query for made_up in UNKNOWN]
    fitting = [query for query in asked if query["identifierValue"] == known.IDENTIFIERS["mobile"]]
    assert 60 < len(fitting) < 90


@pytest.mark.parametrize("name", ["card", None, 5, ["mobile"]])
def test_an_unknown_kind_of_identifier_stays(name):
    query = {"identifierName": name, "identifierValue": "1"}
    assert [hooks.identified({**query, "n": number}) for number in range(9)] == [
        {**query, "n": number} for number in range(9)
    ]


def test_what_was_made_up_decides():
    first, second = ([call(path={"campaign": made_up}).path_parameters for made_up in UNKNOWN] for _ in range(2))
    assert first == second


def test_a_form_with_brackets_is_completed():
    assert hooks.completed(FORM) == {
        "campaign[name]": "A",
        "campaign[levels][]": known.LEVELS[:1],
        "campaign[limit]": 10,
        "campaign[limitPerUser]": 2,
        "campaign[coupons][]": ["A", "B"],
        "campaign[campaignVisibility][allTimeVisible]": "1",
        "campaign[campaignActivity][allTimeActive]": "1",
    }


def test_a_form_in_json_is_completed():
    body = hooks.completed({"transfer": {"points": 0, "comment": ""}, "more": 1})
    assert body == {"transfer": {"points": 1, "comment": ""}, "more": 1}


def test_what_is_there_stays():
    assert hooks.completed({"transfer": {"points": 7}}) == {"transfer": {"points": 7}}


def test_another_body_stays_as_it_is():
    assert hooks.completed({"used": "1"}) == {"used": "1"}
    assert call(body=[JOHN]).body == [JOHN]


def test_most_requests_go_without_the_key():
    cases = [call(body={"n": number}, headers={"Idempotency-Key": "0"}) for number in range(100)]
    with_key = [case for case in cases if case.headers == {"Idempotency-Key": "0"}]
    assert 10 < len(with_key) < 40
