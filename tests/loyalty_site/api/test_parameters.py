import pytest
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from loyalty_site.api.parameters import parameters_of, plain_query_of, query_of
from loyalty_site.api.parsing import BracketFormParser, StrictJSONParser

FORM = "application/x-www-form-urlencoded"


def asked(path, body=b"", content_type=FORM, method="GET"):
    request = APIRequestFactory().generic(method, path, body, content_type=content_type)
    return Request(request, parsers=[StrictJSONParser(), BracketFormParser()])


def test_the_query_string_is_a_tree():
    request = asked("/?labels[0][key]=type&labels[0][value]=a%26b&state[]=active&name=Zaż%C3%B3łć")
    assert query_of(request) == {
        "labels": {"0": {"key": "type", "value": "a&b"}},
        "state": {"0": "active"},
        "name": "Zażółć",
    }


@pytest.mark.parametrize("query", ["a=1&a[b]=2", "a[=1", "a=%00", "a=%ff", "a" + "[b]" * 40 + "=1"])
def test_a_malformed_query_string_is_refused(query):
    with pytest.raises(ParseError):
        query_of(asked(f"/?{query}"))


def test_a_query_string_that_no_server_sends_is_refused():
    request = asked("/")
    request.META["QUERY_STRING"] = "a=\u0142"
    with pytest.raises(ParseError):
        query_of(request)


def test_parameters_come_from_the_body_too_and_the_query_wins():
    assert parameters_of(asked("/?page=2", b"page=7&perPage=5")) == {"page": "2", "perPage": "5"}
    assert parameters_of(asked("/?page=2", b'{"page": 7, "perPage": 5}', "application/json")) == {
        "page": "2",
        "perPage": 5,
    }


def test_a_body_that_is_a_list_has_no_parameters():
    assert parameters_of(asked("/?page=2", b"[1]", "application/json")) == {"page": "2"}


def test_brackets_mean_nothing_in_a_plain_query():
    assert plain_query_of(asked("/?a=1&a[b]=2&c[=%C3%A9&d=&a=3")) == {"a": "3", "a[b]": "2", "c[": "é", "d": ""}


@pytest.mark.parametrize("query", ["a=%00", "a=%ff", "a=%ED%A0%80", "&".join(f"a{n}=" for n in range(20_001))])
def test_a_plain_query_must_be_readable(query):
    with pytest.raises(ParseError):
        plain_query_of(asked(f"/?{query}"))
