"""Fields for numbers. A comma may stand for the decimal point; what is no number is "not valid"."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from loyalty_site.api.fields import FormField
from loyalty_site.api.form_errors import INVALID
from loyalty_site.api.texts import trimmed

LARGEST = 2**53 - 1  # the largest that a browser holds exactly
NUMBER = re.compile(r"[+-]?(?:[0-9]{1,20}(?:\.[0-9]{0,20})?|\.[0-9]{1,20})")


class DecimalField(FormField):
    """A Decimal, rounded to so many places, that may have to be above or at least one number and below another."""

    default_error_messages = {
        "not_above": "This value should be greater than {bound}.",
        "too_small": "This value should be greater than or equal to {bound}.",
        "not_below": "This value should be less than {bound}.",
    }

    def __init__(
        self,
        *,
        places: int = 2,
        above: int | None = None,
        at_least: int | None = None,
        below: int | None = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.unit = Decimal(1).scaleb(-places)
        self.above, self.at_least, self.below = above, at_least, below

    def to_internal_value(self, data: Any) -> Decimal | None:
        number = self._number(data)
        if number is None:
            return None
        rounded = number.quantize(self.unit, ROUND_HALF_UP)
        if self.above is not None and rounded <= self.above:
            self.fail("not_above", bound=self.above)
        if self.at_least is not None and rounded < self.at_least:
            self.fail("too_small", bound=self.at_least)
        if self.below is not None and rounded >= self.below:
            self.fail("not_below", bound=self.below)
        return rounded

    def _number(self, data: Any) -> Decimal | None:
        """Any number within ±LARGEST; None for a text of spaces."""
        if isinstance(data, str) and not trimmed(data):
            return None
        number = _decimal(data)
        if number is None or not number.is_finite() or abs(number) > LARGEST:
            self.fail("invalid")
        return number


class IntegerField(DecimalField):
    """A whole number: `10`, `10.0` and `10,0` are the same. A fraction is not valid, or is cut off where `cut` says so.

    `too_low` is the text for numbers below `min_value`.
    """

    def __init__(
        self,
        *,
        min_value: int = -LARGEST,
        max_value: int = LARGEST,
        too_low: str = INVALID,
        cut: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.min_value, self.max_value, self.cut = min_value, max_value, cut
        self.error_messages["too_low"] = too_low

    def to_internal_value(self, data: Any) -> int | None:
        number = self._number(data)
        if number is None:
            return None
        whole = int(number)
        if (whole != number and not self.cut) or whole > self.max_value:
            self.fail("invalid")
        if whole < self.min_value:
            self.fail("too_low")
        return whole


def _decimal(data: Any) -> Decimal | None:
    if isinstance(data, str):
        text = trimmed(data).replace(",", ".")
        return Decimal(text) if NUMBER.fullmatch(text) else None
    if isinstance(data, float):
        return Decimal(str(data))  # as it was written, not as it is stored
    return Decimal(data) if isinstance(data, int) and not isinstance(data, bool) else None
