"""When people go shopping: more on Saturdays than on Sundays, more before Christmas than in the summer."""

from bisect import bisect
from datetime import datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from django.conf import settings

from loyalty_site.made_up.dice import Dice

BY_MONTH = [0.8, 0.85, 0.95, 1.0, 1.05, 0.95, 0.75, 0.8, 1.0, 1.1, 1.3, 1.75]
BY_WEEKDAY = [0.85, 0.85, 0.95, 1.05, 1.35, 1.6, 0.45]
BY_HOUR = {8: 3, 9: 5, 10: 7, 11: 8, 12: 10, 13: 8, 14: 7, 15: 8, 16: 11, 17: 13, 18: 10, 19: 6, 20: 3}


def midnight_before(at: datetime) -> datetime:
    """When that day began in LOYALTY_TIME_ZONE. What is made up to there is the same whenever it is made that day."""
    return at.astimezone(ZoneInfo(settings.LOYALTY_TIME_ZONE)).replace(hour=0, minute=0, second=0, microsecond=0)


class Year:
    """The shopping days up to a moment, the last of them as long as it has been so far."""

    def __init__(self, until: datetime, days: int = 365) -> None:
        self.until = until
        self.zone = ZoneInfo(settings.LOYALTY_TIME_ZONE)
        last = until.astimezone(self.zone).date()
        self.days = [last - timedelta(days=back) for back in range(days, -1, -1)]
        self._sums = list(accumulate(BY_MONTH[day.month - 1] * BY_WEEKDAY[day.weekday()] for day in self.days))

    def moments(self, n: int, dice: Dice, since: datetime) -> list[datetime]:
        """So many moments in opening hours, in order; fewer where some would lie before `since` or ahead."""
        drawn = (self._moment(dice) for _ in range(n))
        return sorted(moment for moment in drawn if since < moment < self.until)

    def _moment(self, dice: Dice) -> datetime:
        day = self.days[bisect(self._sums, dice.random() * self._sums[-1])]
        clock = time(dice.weighted(BY_HOUR), dice.randrange(60), dice.randrange(60))
        return datetime.combine(day, clock, self.zone)
