"""Fields for moments and days."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from loyalty_site.api.dates import UnreadableDate, house_zone, read_moment
from loyalty_site.api.fields import FormField
from loyalty_site.api.texts import trimmed


class MomentField(FormField):
    """A moment, in UTC. With `end`, a day without a time includes all of that day."""

    def __init__(self, *, end: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.end = end

    def to_internal_value(self, data: Any) -> datetime | None:
        if not isinstance(data, str):
            self.fail("invalid")
        if not trimmed(data):
            return None
        try:
            return read_moment(data, at=self.context.get("at") or timezone.now(), end=self.end)
        except UnreadableDate:
            self.fail("invalid")


class DayField(MomentField):
    """A day, such as one of birth: the day on which the moment falls in LOYALTY_TIME_ZONE."""

    def to_internal_value(self, data: Any) -> date | None:
        moment = super().to_internal_value(data)
        return moment and moment.astimezone(house_zone()).date()
