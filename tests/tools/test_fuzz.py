"""What `make fuzz` makes of requests that are made up: real ids, whole forms, and the same for a seed each time."""

import copy
from types import SimpleNamespace

import pytest

from loyalty_site.access.demo import JOHN
from tools.fuzz import hooks

UNKNOWN = [f"{number:08}-0000-4000-8000-000000000000" for number in range(100)]
FORM = {"campaign[name]": "A", "campaign[levels][]": [], "campaign[campaignActivity][allTimeActive]": False}


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
    }
    return {"paths": {"/all": operations, "/one": {"get": copy.deepcopy(operations["get"])}}, "components": {}}


@pytest.mark.parametrize(
    ("role", "left"),
    [
        ("ROLE_ADMIN", {"/all": ["get"], "/one": ["get"]}),
        ("ROLE_SELLER", {"/all": ["put"]}),
        ("", {"/all": ["post"]}),
    ],
)
def test_a_role_is_left_what_it_may_call(role, left, described, monkeypatch):
    monkeypatch.setenv("FUZZED_ROLE", role)
    hooks.before_load_schema(None, described)
    assert {path: list(row) for path, row in described["paths"].items()} == left


def test_answers_have_no_room_for_other_keys(described, monkeypatch):
    monkeypatch.setenv("FUZZED_ROLE", "ROLE_ADMIN")
    described["components"] = {"schemas": {"A": {"type": "object", "properties": {"a": {"type": "string"}}}}}
    hooks.before_load_schema(None, described)
    assert described["components"]["schemas"]["A"]["additionalProperties"] is False


@pytest.mark.parametrize("place", ["path", "query", "body"])
def test_most_ids_are_of_the_demo(place):
    case = [call(**{place: {"customer": made_up}}) for made_up in UNKNOWN]
    asked = [{"path": one.path_parameters, "query": one.query, "body": one.body}[place]["customer"] for one in case]
    known = [made_up for made_up in asked if made_up in hooks.CUSTOMERS]
    assert 60 < len(known) < 90
    assert set(known) == set(hooks.CUSTOMERS)


def test_ids_within_forms_are_of_the_demo_too():
    flat = [call(body={"coupons[0][campaignId]": made_up}).body["coupons[0][campaignId]"] for made_up in UNKNOWN]
    deep = [call(body={"x": {"levels": [made_up]}}).body["x"]["levels"][0] for made_up in UNKNOWN]
    assert set(hooks.CAMPAIGNS) < set(flat)
    assert set(hooks.LEVELS) < set(deep)


def test_what_was_made_up_decides():
    first, second = ([call(path={"campaign": made_up}).path_parameters for made_up in UNKNOWN] for _ in range(2))
    assert first == second


def test_a_form_with_brackets_is_completed():
    assert hooks.completed(FORM) == {
        "campaign[name]": "A",
        "campaign[levels][]": hooks.LEVELS[:1],
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
