"""The tests' own look at answers finds what the description does not know."""

import pytest
from django.http import HttpResponse, JsonResponse

from tests.conformance import assert_described

ID = "000096cf-32a3-43bd-9034-4df343e5fd93"


def given(body, status=200):
    return JsonResponse(body, status=status, safe=False)


@pytest.mark.parametrize(
    "answer",
    [given({"campaignId": ID}), given({"error": {"code": 413, "message": "Payload Too Large"}}, 413)],
    ids=["described", "an answer of every path"],
)
def test_what_is_described_passes(answer):
    assert_described("campaign-switch-on", "POST", answer)


@pytest.mark.parametrize(
    "answer",
    [
        given({"campaignId": ID}, 201),
        given({"campaignId": "1"}),
        given({"campaignId": ID, "more": 1}),
        given({}),
        given({"error": "no"}, 413),
        given({"error": "Forbidden"}, 403),
        HttpResponse("<html>"),
        HttpResponse(b"", status=404),
    ],
    ids=[
        "another status",
        "no id",
        "another key",
        "a missing key",
        "another shape of what every path answers",
        "another shape of a failure",
        "HTML",
        "nothing",
    ],
)
def test_what_is_not_described_fails(answer):
    with pytest.raises(AssertionError, match="POST campaign-switch-on"):
        assert_described("campaign-switch-on", "POST", answer)
