import json
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser
from rest_framework.test import APIRequestFactory

from loyalty_site.api.failures import BodyTooLarge
from loyalty_site.api.parsing import BracketFormParser, BracketMultiPartParser, StrictJSONParser, body_limit

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


def parsed(parser, body, media_type, **context):
    request = APIRequestFactory().generic("POST", "/", body, content_type=media_type)
    return parser().parse(BytesIO(body), media_type, {"request": request, **context})


def parsed_json(text):
    return parsed(StrictJSONParser, text if isinstance(text, bytes) else text.encode(), JSON)


# --- JSON


def test_json_is_read_as_it_is():
    assert parsed_json('{"campaign": {"name": "Zażółć 😀", "active": true, "levels": ["a"], "limit": 1.5}}') == {
        "campaign": {"name": "Zażółć 😀", "active": True, "levels": ["a"], "limit": 1.5}
    }


def test_a_list_may_stand_on_top():
    assert parsed_json("[1, 2]") == [1, 2]


@pytest.mark.parametrize("text", ["1e400", "-1e400"])
def test_a_number_too_large_for_a_float_stays_text(text):
    assert parsed_json(f'{{"limit": {text}}}') == {"limit": text}


def test_an_escaped_pair_of_surrogates_is_one_character():
    assert parsed_json(r'{"name": "\ud83d\ude00"}') == {"name": "😀"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "{",
        "{}x",
        "5",
        '"text"',
        "null",
        "true",
        '{"a": NaN}',
        '{"a": Infinity}',
        '{"a": -Infinity}',
        '{"a": ' + "9" * 5_000 + "}",
        r'{"a": "\u0000"}',
        r'{"a\u0000": 1}',
        r'{"a": "\ud800"}',
        r'{"\udfff": 1}',
        r'{"a": [{"b": ["\ud800"]}]}',
        b'{"a": "\xff"}',
        b'\xef\xbb\xbf{"a": 1}',
        '{"a": 1}'.encode("utf-16"),
        "[" * 20_000,
        "[" * 20_000 + "]" * 20_000,
        '{"a":' * 20_000 + "1" + "}" * 20_000,
    ],
)
def test_malformed_json_is_a_parse_error(text):
    with pytest.raises(ParseError):
        parsed_json(text)


def test_thirty_two_levels_are_the_deepest_json():
    assert json.dumps(parsed_json("[" * 32 + "]" * 32)) == "[" * 32 + "]" * 32
    with pytest.raises(ParseError):
        parsed_json("[" * 33 + "]" * 33)
    with pytest.raises(ParseError):
        parsed_json('{"a":' * 33 + "1" + "}" * 33)


@given(st.binary() | st.text('{}[]",:\\u0d8ntrefalse1e-. ').map(str.encode))
def test_any_bytes_are_json_or_a_parse_error(body):
    try:
        value = parsed_json(body)
    except ParseError:
        return
    assert isinstance(value, dict | list)


JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abc[]ż"), inner),
    max_leaves=20,
)


@given(st.dictionaries(st.text("abc[]ż"), JSON_VALUES, max_size=5))
def test_any_json_reads_back(value):
    assert parsed_json(json.dumps(value)) == value


# --- forms


def test_a_form_is_read_as_a_tree():
    assert parsed(BracketFormParser, b"campaign[levels][0]=x&campaign[active]=1", FORM) == {
        "campaign": {"levels": {"0": "x"}, "active": "1"}
    }


def test_a_form_may_have_more_fields_than_django_allows():
    body = "&".join(f"campaign[coupons][{n}]=code{n}" for n in range(5_000)).encode()
    coupons = parsed(BracketFormParser, body, FORM)["campaign"]["coupons"]
    assert (len(coupons), coupons["4999"]) == (5_000, "code4999")


@given(st.binary())
def test_any_bytes_are_a_form_or_a_parse_error(body):
    try:
        value = parsed(BracketFormParser, body, FORM)
    except ParseError:
        return
    assert isinstance(value, dict)


# --- multipart


def multipart(fields):
    return parsed(BracketMultiPartParser, encode_multipart(BOUNDARY, fields), MULTIPART_CONTENT)


def test_files_stand_in_the_tree_beside_fields():
    tree = multipart({"photo[title]": "Zażółć", "photo[file]": SimpleUploadedFile("a.png", b"\x89PNG\x00")})
    assert tree["photo"]["title"] == "Zażółć"
    assert tree["photo"]["file"].read() == b"\x89PNG\x00"
    assert list(tree) == ["photo"]


def test_a_multipart_form_with_a_malformed_name_is_a_parse_error():
    with pytest.raises(ParseError):
        multipart({"photo[file": SimpleUploadedFile("a.png", b"x")})


def test_a_nul_in_a_multipart_text_is_a_parse_error():
    with pytest.raises(ParseError):
        multipart({"photo[title]": "a\x00"})


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (b"--b\r\nContent-Disposition: form-data; name=a\r\n\r\n\xff\r\n--b--", "multipart/form-data; boundary=b"),
        (b"x", "multipart/form-data"),
        (b"x", "multipart/form-data; boundary=" + "b" * 300),
        (b"x", "multipart/form-data; boundary=é"),
        (
            b"--b\r\nContent-Disposition: form-data; name=f; filename=f\r\n"
            b"Content-Transfer-Encoding: base64\r\n\r\n!\r\n--b--",
            "multipart/form-data; boundary=b",
        ),
        (
            b"--b\r\nContent-Disposition: form-data; name=f\r\n\r\nx\r\n" * 1_100 + b"--b--",
            "multipart/form-data; boundary=b",
        ),
    ],
)
def test_malformed_multipart_is_a_parse_error(body, media_type):
    with pytest.raises(ParseError):
        parsed(BracketMultiPartParser, body, media_type)


PARTS = st.lists(
    st.sampled_from(
        [
            b"--b",
            b"--b--",
            b"\r\n",
            b"\r\n\r\n",
            b"Content-Disposition: form-data; name=",
            b'"a[b]"',
            b"; filename=",
            b'"x.png"',
            b"; filename*=bogus''x",
            b"Content-Type: text/plain; charset=bz2",
            b"Content-Transfer-Encoding: base64",
            b"Content-Length: -5",
            b"\x00\xff",
        ]
    )
    | st.binary(max_size=20)
).map(b"".join)


def test_an_unknown_charset_in_the_media_type_is_a_parse_error():
    request = APIRequestFactory().post("/")
    with pytest.raises(ParseError):
        BracketMultiPartParser().parse(BytesIO(b"x"), "multipart/form-data; boundary*=bogus''b", {"request": request})


@given(PARTS)
def test_any_parts_are_a_form_or_a_parse_error(body):
    try:
        value = parsed(BracketMultiPartParser, body, "multipart/form-data; boundary=b")
    except ParseError:
        return
    assert isinstance(value, dict)


# --- sizes

LIMIT = 2_621_440
PARSERS = [
    (StrictJSONParser, JSON, b'{"a": "%s"}'),
    (BracketFormParser, FORM, b"a=%s"),
    (
        BracketMultiPartParser,
        "multipart/form-data; boundary=b",
        b"--b\r\nContent-Disposition: form-data; name=a\r\n\r\n%s\r\n--b--\r\n",
    ),
]


@pytest.mark.parametrize(("parser", "media_type", "around"), PARSERS)
def test_a_body_of_more_than_the_limit_is_too_large(parser, media_type, around):
    filling = b"x" * (LIMIT - len(around % b""))
    assert parsed(parser, around % filling, media_type) == {"a": filling.decode()}
    with pytest.raises(BodyTooLarge):
        parsed(parser, around % (filling + b"x"), media_type)


class Small:
    max_body = 10


def test_a_view_may_have_a_limit_of_its_own():
    assert parsed(StrictJSONParser, b'{"a":1234}', JSON, view=Small()) == {"a": 1234}
    with pytest.raises(BodyTooLarge):
        parsed(StrictJSONParser, b'{"a":12345}', JSON, view=Small())


def test_the_limit_of_a_view_without_one_is_the_setting():
    assert body_limit(None) == LIMIT


@pytest.mark.parametrize(("parser", "media_type", "around"), PARSERS)
def test_a_body_shorter_than_announced_is_a_parse_error(parser, media_type, around):
    whole = around % b"value"
    request = APIRequestFactory().generic("POST", "/", whole, content_type=media_type)
    with pytest.raises(ParseError):
        parser().parse(BytesIO(whole[:-1]), media_type, {"request": request})


class GoneAway(BytesIO):
    def read(self, size=-1):
        raise OSError


def test_a_client_that_went_away_is_a_parse_error():
    with pytest.raises(ParseError):
        StrictJSONParser().parse(GoneAway(), JSON, {})


def test_the_parsers_are_not_those_that_read_the_body_whole():
    """DRF reads the body of its own parsers' subclasses through Django, whose limit answers in HTML."""
    assert not issubclass(StrictJSONParser, JSONParser)
