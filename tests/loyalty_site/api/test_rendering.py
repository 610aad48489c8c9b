import json
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_site.api.rendering import PrettyJSONRenderer, json_of, plain


def test_json_is_pretty_printed_utf_8():
    assert json_of({"name": "Zażółć", "levels": []}) == '{\n  "name": "Zażółć",\n  "levels": []\n}'.encode()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (10.0, "10"),
        (10.5, "10.5"),
        (-0.0, "0"),
        (1e22, "10000000000000000000000"),
        (Decimal("3.00"), "3"),
        (Decimal("10.50"), "10.5"),
        (9223372036854775807, "9223372036854775807"),
        (True, "true"),
        (None, "null"),
        (UUID("000096cf-32a3-43bd-9034-4df343e5fd93"), '"000096cf-32a3-43bd-9034-4df343e5fd93"'),
        ({UUID("000096cf-32a3-43bd-9034-4df343e5fd93"): 1.0}, '{\n  "000096cf-32a3-43bd-9034-4df343e5fd93": 1\n}'),
        ((1.0, [2.0]), "[\n  1,\n  [\n    2\n  ]\n]"),
    ],
)
def test_values_as_front_ends_read_them(value, text):
    assert json_of(value) == text.encode()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN")])
def test_what_is_no_number_is_never_written(value):
    with pytest.raises(ValueError):
        json_of({"points": value})


def test_a_date_must_be_formatted_by_the_dialect():
    with pytest.raises(TypeError):
        json_of(datetime(2017, 10, 5, tzinfo=UTC))


def test_no_data_is_no_body():
    assert PrettyJSONRenderer().render(None) == b""


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(st.characters(exclude_categories=["Cs"])),
        lambda inner: st.lists(inner) | st.dictionaries(st.text("ab"), inner),
    )
)
def test_plain_values_read_back(value):
    assert json.loads(json_of(value)) == value
    assert plain(plain(value)) == plain(value)


@pytest.mark.urls("tests.loyalty_site.api.site")
@pytest.mark.parametrize(
    "accept", ["text/html", "application/xml", "image/*;q=0.8", "nonsense", "", "application/json;indent=9"]
)
@pytest.mark.parametrize("query", ["", "?format=html", "?format=api"])
def test_the_answer_is_json_whatever_is_asked_for(client, accept, query):
    response = client.get(f"/api/echo{query}", HTTP_ACCEPT=accept)
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    assert response.content == b'{\n  "data": {}\n}'
