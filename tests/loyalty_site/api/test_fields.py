from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.serializers import ValidationError

from loyalty_site.api.date_fields import DayField, MomentField
from loyalty_site.api.fields import (
    CheckBoxField,
    ChoiceField,
    EmailField,
    TextField,
    UploadField,
    URLField,
    UUIDField,
)
from loyalty_site.api.number_fields import LARGEST, DecimalField, IntegerField

BLANK = "This value should not be blank."
INVALID = "This value is not valid."
LEVEL = "e82c96cf-32a3-43bd-9034-4df343e5fd94"


def errors(field, raw):
    with pytest.raises(ValidationError) as caught:
        field.run_validation(raw)
    return [str(text) for text in caught.value.detail]


NOTHINGS = [None, ""]
SPACES = [" ", "\t\n", "\u00a0"]
FIELDS = [TextField, EmailField, URLField, UUIDField, IntegerField, DecimalField, MomentField, DayField, UploadField]


@pytest.mark.parametrize("kind", FIELDS)
@pytest.mark.parametrize("raw", NOTHINGS)
def test_nothing_is_none_or_blank(kind, raw):
    assert kind().run_validation(raw) is None
    assert errors(kind(required=True), raw) == [BLANK]


@pytest.mark.parametrize("kind", FIELDS)
def test_an_absent_field_is_none_or_blank(kind):
    assert kind().run_validation() is None
    assert errors(kind(required=True), None) == [BLANK]


@pytest.mark.parametrize("kind", FIELDS)
@pytest.mark.parametrize("raw", SPACES)
def test_spaces_are_nothing(kind, raw):
    assert kind().run_validation(raw) is None
    assert errors(kind(required=True), raw) == [BLANK]


@pytest.mark.parametrize("kind", [kind for kind in FIELDS if kind is not UploadField])
@pytest.mark.parametrize("raw", [[], {}, ["a"], {"a": "b"}, "a\x00", "\ud800"])
def test_a_group_or_what_cannot_be_kept_is_not_valid(kind, raw):
    assert errors(kind(), raw) == [INVALID]


# --- texts


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  a  b ", "a  b"),
        ("Zażółć 😀", "Zażółć 😀"),
        (5, "5"),
        (0, "0"),
        (5.0, "5"),
        (5.5, "5.5"),
        (True, "1"),
        (False, None),
    ],
)
def test_a_text(raw, text):
    assert TextField().run_validation(raw) == text


def test_a_text_has_a_longest_length():
    assert TextField(max_length=3).run_validation(" abc ") == "abc"
    assert errors(TextField(max_length=3), "abcd") == ["This value is too long. It should have 3 characters or less."]


@pytest.mark.parametrize("raw", ["user@oloy.com", " user+1@example.co.uk "])
def test_an_email_address(raw):
    assert EmailField().run_validation(raw) == raw.strip()


@pytest.mark.parametrize("raw", ["user", "user@", "@oloy.com", "a b@oloy.com", "user@oloy.com\nbcc: x@y.z", 5])
def test_what_is_no_email_address(raw):
    assert errors(EmailField(), raw) == ["This value is not a valid email address."]


@pytest.mark.parametrize("raw", ["http://example.com", "https://example.com:8443/a?b=c#d"])
def test_the_address_of_a_page(raw):
    assert URLField().run_validation(raw) == raw


@pytest.mark.parametrize(
    "raw", ["example.com", "javascript:alert(1)", "ftp://example.com", "http://", "http://[::1", "//x"]
)
def test_what_is_no_address_of_a_page(raw):
    assert errors(URLField(), raw) == ["This value is not a valid URL."]


@pytest.mark.parametrize(("raw", "choice"), [("level", "level"), (" segment ", "segment"), ("", None)])
def test_a_choice(raw, choice):
    assert ChoiceField(choices=["level", "segment"]).run_validation(raw) == choice


@pytest.mark.parametrize("raw", ["Level", "both", 1, True, ["level"]])
def test_what_is_none_of_the_choices(raw):
    assert errors(ChoiceField(choices=["level", "segment"]), raw) == [INVALID]


@pytest.mark.parametrize("raw", [LEVEL, LEVEL.upper(), f" {LEVEL} "])
def test_an_id(raw):
    assert UUIDField().run_validation(raw) == UUID(LEVEL)


@pytest.mark.parametrize("raw", ["1", 1, LEVEL.replace("-", ""), LEVEL + "0"])
def test_what_is_no_id(raw):
    assert errors(UUIDField(), raw) == [INVALID]


# --- check boxes


@pytest.mark.parametrize(
    "raw",
    [None, "", " ", False, 0, 0.0, "0", "false", "null", '"0"', "'false'", '"null"', "\"'false'\"", '""', [], {}],
)
def test_a_check_box_that_is_off(raw):
    assert CheckBoxField().run_validation(raw) is False


def test_an_absent_check_box_is_off():
    assert CheckBoxField().run_validation() is False


@pytest.mark.parametrize("raw", [True, 1, -1, 0.5, "1", "true", "on", "no", "off", "False", "NULL", "0.0", "00", ["x"]])
def test_a_check_box_that_is_on(raw):
    assert CheckBoxField().run_validation(raw) is True


# --- numbers


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("10", 10),
        (" 10 ", 10),
        ("+10", 10),
        ("-10", -10),
        ("007", 7),
        ("0", 0),
        ("10.0", 10),
        ("10,0", 10),
        ("10.00", 10),
        ("10.", 10),
        (10, 10),
        (10.0, 10),
        (1e3, 1000),
        (LARGEST, LARGEST),
        (str(-LARGEST), -LARGEST),
    ],
)
def test_a_whole_number(raw, number):
    assert IntegerField().run_validation(raw) == number


@pytest.mark.parametrize("kind", [IntegerField, DecimalField])
@pytest.mark.parametrize(
    "raw",
    [
        "ten",
        "10 000",
        "1.000.000",
        "1,000.0",
        "1e3",
        "1e400",
        "0x10",
        "--1",
        ".",
        "-",
        ",",
        "NaN",
        "Infinity",
        "١٠",
        "1_000",
        "9" * 5_000,
        str(LARGEST + 1),
        LARGEST + 1,
        10**400,
        1e300,
        float("nan"),
        float("inf"),
        True,
        False,
    ],
)
def test_what_is_no_number(kind, raw):
    assert errors(kind(), raw) == [INVALID]


@pytest.mark.parametrize("raw", ["1.5", "1,5", 1.5, "0.00000000000000000001"])
def test_a_fraction_is_no_whole_number(raw):
    assert errors(IntegerField(), raw) == [INVALID]


@pytest.mark.parametrize(("raw", "number"), [("1.5", 1), ("1,9", 1), (1.5, 1), ("-1.5", -1), (".5", 0), (0.5, 0)])
def test_a_fraction_may_be_cut_off(raw, number):
    assert IntegerField(cut=True).run_validation(raw) == number


def test_a_whole_number_has_bounds():
    field = IntegerField(min_value=1, max_value=5)
    assert [field.run_validation(number) for number in (1, 5)] == [1, 5]
    assert errors(field, 0) == [INVALID]
    assert errors(field, 6) == [INVALID]


def test_too_low_a_number_may_have_a_text_of_its_own():
    field = IntegerField(min_value=1, too_low="This value should be 1 or more.")
    assert errors(field, "0") == ["This value should be 1 or more."]
    assert errors(field, "x") == [INVALID]


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("10.555", "10.56"),
        ("10,5", "10.50"),
        (10.5, "10.50"),
        (3, "3.00"),
        ("-0.005", "-0.01"),
        (".5", "0.50"),
        (0, "0.00"),
    ],
)
def test_a_decimal_number_is_rounded(raw, number):
    assert str(DecimalField().run_validation(raw)) == number


def test_a_decimal_number_has_the_places_asked_for():
    assert DecimalField(places=3).run_validation("0.1234") == Decimal("0.123")


def test_zero_is_a_number_and_not_blank():
    assert DecimalField(required=True).run_validation("0") == 0
    assert IntegerField(required=True).run_validation(0) == 0


@given(st.integers(-LARGEST, LARGEST))
def test_every_whole_number_reads_back(number):
    assert IntegerField().run_validation(str(number)) == number


@given(st.text() | st.text("0123456789.,+-e ") | st.floats() | st.integers() | st.none() | st.booleans())
def test_any_value_is_a_number_within_bounds_or_refused(raw):
    for kind in (IntegerField, DecimalField):
        try:
            number = kind(cut=True).run_validation(raw) if kind is IntegerField else kind().run_validation(raw)
        except ValidationError:
            continue
        assert number is None or abs(number) <= LARGEST


# --- dates


def test_a_moment():
    assert MomentField().run_validation("2017-10-05 10:59") == datetime(2017, 10, 5, 8, 59, tzinfo=UTC)
    assert MomentField(end=True).run_validation("2017-10-05") == datetime(2017, 10, 5, 21, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize("raw", ["2017-02-30", "soon", 1507193940, 1.5, True])
def test_what_is_no_moment(raw):
    assert errors(MomentField(), raw) == [INVALID]
    assert errors(DayField(), raw) == [INVALID]


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("1990-09-11", date(1990, 9, 11)),
        ("1990-09-11 23:59", date(1990, 9, 11)),
        ("1990-09-11T22:30:00Z", date(1990, 9, 12)),
    ],
)
def test_a_day_is_the_one_in_the_houses_zone(raw, day):
    assert DayField().run_validation(raw) == day


# --- uploads


def test_an_upload():
    file = SimpleUploadedFile("a.png", b"x")
    assert UploadField(required=True).run_validation(file) is file


@pytest.mark.parametrize("raw", ["C:\\fakepath\\a.png", 1, {"a": "b"}, ["x"]])
def test_a_text_in_place_of_an_upload_is_no_upload(raw):
    assert errors(UploadField(required=True), raw) == [BLANK]


def test_an_empty_file_is_an_upload_for_others_to_refuse():
    file = SimpleUploadedFile("a.png", b"")
    assert UploadField(required=True).run_validation(file) is file
