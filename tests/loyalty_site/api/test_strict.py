"""Partners' bodies, read strictly."""

import json
from datetime import date
from uuid import UUID

import pytest
from rest_framework.exceptions import ParseError, UnsupportedMediaType
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from loyalty_site.api.parsing import ObjectParser
from loyalty_site.api.strict import FieldsInvalid, Object, Offence, read
from loyalty_site.api.strict_fields import Day, Integer, OneOf, SomeOf, Text, Uuid

JSON = "application/json"
ID = "6d13456a-1304-5109-a117-af4de20b2487"


def request(content, media=JSON):
    content = content if isinstance(content, bytes) else json.dumps(content).encode()
    return Request(APIRequestFactory().generic("POST", "/x", content, media), parsers=[ObjectParser()])


def values(body: Object, content, **options):
    return read(request(content, **options), body)


def offences(body: Object, content):
    with pytest.raises(FieldsInvalid) as refusal:
        values(body, content)
    return list(refusal.value.offences)


def of(field, raw):
    """What the field makes of the value: what it says where it refuses it."""
    try:
        return values(Object({"it": field}), {"it": raw})["it"]
    except FieldsInvalid as refusal:
        return "; ".join(offence.message for offence in refusal.offences if offence.field == "it")


NO_NUMBER, TOO_FAR = "must be a whole number", f"must be from {-(2**63)} to {2**63 - 1}"


@pytest.mark.parametrize(
    ("raw", "read_as"),
    [
        (0, 0),
        (2**63 - 1, 2**63 - 1),
        (-(2**63), -(2**63)),
        (2**63, TOO_FAR),
        (-(2**63) - 1, TOO_FAR),
        (10**400, TOO_FAR),
        *((raw, NO_NUMBER) for raw in (True, False, "100", "", 100.5, 100.0, None, [1], {})),
    ],
    ids=str,
)
def test_whole_numbers(raw, read_as):
    assert of(Integer(), raw) == read_as
    assert type(of(Integer(), raw)) is type(read_as)


@pytest.mark.parametrize(("raw", "read_as"), [(1, 1), (9, 9), (0, "must be from 1 to 9"), (10, "must be from 1 to 9")])
def test_bounds(raw, read_as):
    assert of(Integer(1, 9), raw) == read_as


@pytest.mark.parametrize(
    ("raw", "read_as"),
    [("469", 469), ("-1", -1), *((raw, NO_NUMBER) for raw in ("4.0", "", " 4", "+4", "٤", "9" * 21, True))],
)
def test_numbers_in_texts_where_they_are_taken(raw, read_as):
    assert of(Integer(texts=True), raw) == read_as


@pytest.mark.parametrize(
    ("raw", "read_as"),
    [
        ("żółw 🐢\n", "żółw 🐢\n"),
        (" a ", " a "),
        ("🐢" * 8, "🐢" * 8),
        ("a" * 9, "must have at most 8 characters"),
        ("", "must not be blank"),
        (" \t\u00a0", "must not be blank"),
        ("a\x00b", "must not hold NUL or lone surrogates"),
        ("a\ud800", "must not hold NUL or lone surrogates"),
        *((raw, "must be a text") for raw in (1, True, None, ["a"], {})),
    ],
    ids=ascii,
)
def test_texts(raw, read_as):
    assert of(Text(8), raw) == read_as


@pytest.mark.parametrize("raw", ["", "  "])
def test_a_text_that_may_be_blank_is_kept_as_sent(raw):
    assert of(Text(8, blank=True), raw) == raw


@pytest.mark.parametrize("raw", [ID, ID.upper()])
def test_uuids_in_either_case(raw):
    assert of(Uuid(), raw) == UUID(ID)


@pytest.mark.parametrize("raw", [ID.replace("-", ""), f"{{{ID}}}", f"urn:uuid:{ID}", ID[:-1], ID + "0", "", 1, None])
def test_what_is_no_uuid(raw):
    assert of(Uuid(), raw) == "must be a UUID"


@pytest.mark.parametrize(
    ("raw", "read_as"),
    [
        ("2024-02-29", date(2024, 2, 29)),
        *(
            (raw, "must be a day such as 2024-05-21")
            for raw in (
                *("2023-02-29", "2024-13-01", "0000-01-01", "20240521", "2024-5-21", "2024-W21-2", "2024-05-21T00:00"),
                *("1899-12-31", "9999-01-01", "yyyy-mm-dd", "٢٠٢٤-05-21", "2024-05-21\n", "", 20240521, None),
            )
        ),
    ],
    ids=ascii,
)
def test_days(raw, read_as):
    assert of(Day(), raw) == read_as


@pytest.mark.parametrize(
    ("raw", "read_as"),
    [("ACCEPTED", "ACCEPTED"), *((raw, "must be one of ACCEPTED, DECLINED") for raw in ("accepted", "", None, 1, []))],
)
def test_one_of_a_few(raw, read_as):
    assert of(OneOf(["ACCEPTED", "DECLINED"]), raw) == read_as


def test_one_of_none():
    assert of(OneOf([]), "ACCEPTED") == "has no value that is allowed"


@pytest.mark.parametrize("raw", [[], ["A"], ["B", "A", "B"]])
def test_some_of_a_few(raw):
    assert of(SomeOf(["A", "B"]), raw) == raw


@pytest.mark.parametrize("raw", [None, "A", {}, ["a"], ["A", "C"], [None], [["A"]], [{}], [1]])
def test_what_is_not_some_of_a_few(raw):
    assert of(SomeOf(["A", "B"]), raw) == "must be a list of any of A, B"


def ends_later(rule):
    if {"startDate", "endDate"} <= rule.keys() and rule["endDate"] <= rule["startDate"]:
        return [Offence("endDate", "must be after startDate")]
    return []


RULE = Object({"startDate": Day(), "endDate": Day()}, check=ends_later)
OFFER = Object({"userId": Uuid(), "source": Text(64), "rank": Integer(required=False), "ruleParams": RULE})


def offer(**changes):
    rule = {"startDate": "2024-05-21", "endDate": "2024-05-22"}
    return {"userId": ID, "source": "braze", "ruleParams": rule} | changes


def test_what_is_sent_is_read_and_what_nobody_asked_for_is_ignored():
    assert values(OFFER, offer(extra={"\x00": [None]}, Source=1)) == {
        "userId": UUID(ID),
        "source": "braze",
        "ruleParams": {"startDate": date(2024, 5, 21), "endDate": date(2024, 5, 22)},
    }


def test_all_that_is_wrong_is_told_by_dotted_names():
    sent = {"source": "", "rank": "1", "ruleParams": {"endDate": "yyyy-mm-dd"}}
    assert offences(OFFER, sent) == [
        Offence("userId", "is required", is_missing=True),
        Offence("source", "must not be blank"),
        Offence("rank", "must be a whole number"),
        Offence("ruleParams.startDate", "is required", is_missing=True),
        Offence("ruleParams.endDate", "must be a day such as 2024-05-21"),
    ]


def test_a_rule_over_several_fields_is_told_with_the_rest():
    sent = offer(userId=1, ruleParams={"startDate": "2024-05-22", "endDate": "2024-05-22"})
    assert offences(OFFER, sent) == [
        Offence("userId", "must be a UUID"),
        Offence("ruleParams.endDate", "must be after startDate"),
    ]


def test_what_is_wrong_outside_the_body_is_told_with_the_rest():
    region = Offence("x-region", "must be two letters")
    with pytest.raises(FieldsInvalid) as refusal:
        read(request(offer(source="")), OFFER, besides=[region])
    assert refusal.value.offences == (region, Offence("source", "must not be blank"))


@pytest.mark.parametrize("raw", [None, [], "x", 1])
def test_what_stands_in_an_objects_place(raw):
    assert offences(OFFER, offer(ruleParams=raw)) == [Offence("ruleParams", "must be an object")]


def test_null_is_taken_where_a_field_says_so():
    body = Object({"a": Text(8, nullable=True), "b": Object({}, nullable=True), "c": Text(8, required=False)})
    assert values(body, {"a": None, "b": None}) == {"a": None, "b": None}
    assert offences(body, {"a": None, "b": None, "c": None}) == [Offence("c", "must be a text")]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", "The body is empty."),
        (b"{", "The body is not JSON."),
        (b'{"a": NaN}', "The body is not JSON."),
        (b'{"a": -Infinity}', "The body is not JSON."),
        (b'{"a": "\xff"}', "The body is not JSON."),
        (b"\xef\xbb\xbf{}", "The body is not JSON."),
        (b"1" * 5_000, "The body is not JSON."),
        (b"[" * 100_000, "The body is not JSON."),
        (b'{"a":' * 33 + b"1" + b"}" * 33, "The body is too deep."),
        (b"[]", "The body is no object."),
        (b'"text"', "The body is no object."),
        (b"null", "The body is no object."),
    ],
    ids=[*"0123456789ab"],
)
def test_a_body_that_is_malformed(content, text):
    with pytest.raises(ParseError) as refusal:
        values(OFFER, content)
    assert str(refusal.value.detail) == text


def test_a_body_just_deep_enough():
    assert values(Object({}), b'{"a":' * 32 + b"1" + b"}" * 32) == {}


@pytest.mark.parametrize(
    "media", ["application/json; charset=utf-8", "application/json;charset=UTF-8", "Application/JSON"]
)
def test_json_may_name_its_charset(media):
    assert values(Object({"a": Integer()}), {"a": 1}, media=media) == {"a": 1}


@pytest.mark.parametrize("media", ["text/plain", "application/x-www-form-urlencoded", "application/xml", ""])
def test_any_other_media_type(media):
    with pytest.raises(UnsupportedMediaType):
        values(OFFER, offer(), media=media)


@pytest.mark.parametrize("media", ["application/x-www-form-urlencoded", "text/plain", ""])
def test_an_empty_body_of_any_type(media):
    with pytest.raises(ParseError):
        values(OFFER, b"", media=media)
