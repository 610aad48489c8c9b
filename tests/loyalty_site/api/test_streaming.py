"""An answer whose list is read while it is sent."""

import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_site.api.rendering import json_of
from loyalty_site.api.streaming import streamed

TEXTS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=9), max_size=5)
BODY = {"first": 1.0, "codes": [], "name": '\n  "codes": []', "inner": {"codes": []}, "last": None}


def raising(*parts):
    yield from parts
    raise OSError


@given(st.lists(TEXTS, max_size=4))
def test_it_is_byte_for_byte_what_would_be_rendered_whole(parts):
    whole = json_of(BODY | {"codes": [text for part in parts for text in part]})
    assert streamed(BODY, "codes", parts).getvalue() == whole


def test_its_headers_are_those_of_any_answer():
    answer = streamed(BODY, "codes", [["A"]])
    assert (answer.status_code, dict(answer.headers)) == (200, {"Content-Type": "application/json"})


def test_what_fails_before_the_first_byte_fails_at_once():
    with pytest.raises(OSError):
        streamed(BODY, "codes", raising())


def test_what_fails_later_leaves_no_json():
    """The status is out by then; a client must not take what it got for the whole."""
    sent = []
    with pytest.raises(OSError):
        sent.extend(streamed(BODY, "codes", raising(["A"], ["B"])))
    assert len(sent) == 2
    with pytest.raises(json.JSONDecodeError):
        json.loads(b"".join(sent))


def test_no_more_is_read_than_is_sent():
    read = []
    answer = iter(streamed(BODY, "codes", (read.append(text) or [text] for text in "ABC")))
    assert read == ["A"]
    next(answer)
    assert read == ["A"]
    next(answer)
    assert read == ["A", "B"]


def test_it_holds_one_part_at_a_time():
    parts = ([f"CODE-{part}-{n}" for n in range(1_000)] for part in range(100))
    answer, size = streamed(BODY, "codes", parts), 0
    tracemalloc.start()
    try:
        for piece in answer:
            size += len(piece)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert size > 1_500_000
    assert most < 500_000
