"""A date and a time in a form, where the time may be left out."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.validators import MinValueValidator

from loyalty_site.backoffice.theme import DateTimeWidget
from loyalty_site.days import FIRST_DAY

FIRST_SECOND, LAST_SECOND = time(0, 0), time(23, 59, 59)


class MomentField(forms.SplitDateTimeField):
    """A day without a time is meant whole: a window opens with its first second and closes with its last."""

    widget = DateTimeWidget

    def __init__(self, *, closes: bool = False, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.fields[0].validators.append(MinValueValidator(FIRST_DAY))
        self.untold_time = LAST_SECOND if closes else FIRST_SECOND

    def compress(self, data_list: list[date | time | None]) -> datetime | None:
        if data_list and data_list[0] and not data_list[1]:
            data_list = [data_list[0], self.untold_time]
        return super().compress(data_list)
