"""What made-up data is made with."""

from datetime import UTC, datetime, timedelta

from loyalty_site.made_up.dice import Dice
from loyalty_site.made_up.progress import Progress, span
from loyalty_site.made_up.seasons import Year
from loyalty_site.made_up.size import Shares

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Clock:
    """Shows the time that it was set to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_dice_fall_alike_for_the_same_purpose():
    def throws(purpose: str):
        dice = Dice(purpose)
        return dice.uuid(), dice.short_id(), dice.letters(4), dice.weighted({"a": 1, "b": 2})

    assert throws("one") == throws("one")
    assert throws("one") != throws("other")


def test_ids_have_their_forms():
    dice = Dice("ids")
    assert {dice.uuid().version for _ in range(50)} == {4}
    assert {dice.uuid().variant for _ in range(50)} == {"specified in RFC 4122"}
    assert all(len(text) == 16 and text.isalnum() and text.isupper() for text in (dice.short_id() for _ in range(50)))


def test_moments_lie_within_the_year_and_in_order():
    moments = Year(NOW).moments(500, Dice("year"), NOW - timedelta(days=30))
    assert moments == sorted(moments)
    assert NOW - timedelta(days=30) < moments[0]
    assert moments[-1] < NOW


def test_there_is_more_on_saturdays_and_before_christmas():
    moments = Year(NOW).moments(4_000, Dice("shape"), NOW - timedelta(days=365))
    by_weekday = [sum(moment.weekday() == day for moment in moments) for day in range(7)]
    by_month = [sum(moment.month == month for moment in moments) for month in range(1, 13)]
    assert (by_weekday.index(max(by_weekday)), by_weekday.index(min(by_weekday))) == (5, 6)
    assert by_month.index(max(by_month)) == 11


def test_progress_is_told_with_rate_and_time_left():
    lines, clock = [], Clock()
    progress = Progress("coupons", 1_000, lines.append, clock)
    for moment, n in ((1, 100), (5, 150), (6, 50), (20, 700)):
        clock.now = moment
        progress.add(n)
    progress.end()
    assert lines == ["  coupons: 250 of 1,000 (25%), 50 a second, 15.0 s left", "1,000 coupons in 20.0 s"]


def test_long_spans_are_told_in_minutes():
    assert (span(9.96), span(59.9), span(61)) == ("10.0 s", "59.9 s", "1 min 1 s")


def test_shares_are_uneven_and_exact():
    shares = Shares(1_000, 33)
    parts = [shares.of(n) for n in range(33)]
    assert sum(parts) == 1_000
    assert min(parts) < 10 < 100 < max(parts)
