from datetime import timedelta

import pytest

from loyalty_site.outbox.backoff import PAUSES, next_try
from tests.builders import AT


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(1, 10), (2, 60), (3, 300), (4, 1_800), (5, 7_200), (6, 21_600), (7, 43_200), (8, 86_400), (9, 86_400)],
)
def test_each_pause_and_how_much_longer_it_may_be(failures, seconds):
    assert next_try(failures, at=AT, draw=lambda: 0.0) == AT + timedelta(seconds=seconds)
    assert next_try(failures, at=AT, draw=lambda: 1.0) == AT + timedelta(seconds=seconds * 1.1)


def test_then_it_is_given_up():
    assert next_try(10, at=AT) is None


def test_that_is_after_almost_three_days():
    assert sum(PAUSES, timedelta()) == timedelta(days=2, hours=20, minutes=36, seconds=10)
