"""Bounds of numbers, and what is said beyond them."""

from decimal import Decimal

import pytest
from rest_framework.serializers import ValidationError

from loyalty_site.api.number_fields import DecimalField

ABOVE = "This value should be greater than 1."
AT_LEAST = "This value should be greater than or equal to 1."
BELOW = "This value should be less than 5."


def read(raw, **bounds):
    """The number, or the texts."""
    try:
        return DecimalField(**bounds).run_validation(raw)
    except ValidationError as refusal:
        return [str(text) for text in refusal.detail]


@pytest.mark.parametrize(
    ("bounds", "raw", "found"),
    [
        ({"above": 1}, "1.01", Decimal("1.01")),
        ({"above": 1}, "1", [ABOVE]),
        ({"above": 1}, "1.004", [ABOVE]),
        ({"at_least": 1}, 1, Decimal("1.00")),
        ({"at_least": 1}, "0.995", Decimal("1.00")),
        ({"at_least": 1}, "0.99", [AT_LEAST]),
        ({"below": 5}, "4.994", Decimal("4.99")),
        ({"below": 5}, "4.995", [BELOW]),
        ({"below": 5}, 5, [BELOW]),
        ({"above": 1, "below": 5}, "", None),
    ],
)
def test_a_number_is_rounded_and_then_held_against_its_bounds(bounds, raw, found):
    assert read(raw, **bounds) == found
