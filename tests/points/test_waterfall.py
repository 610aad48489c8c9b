"""How a balance came about, step by step."""

from points.admin.waterfall import Step, steps
from points.as_of import Standing


def test_each_bar_begins_where_the_one_before_ended():
    assert steps(Standing(earned=200, spent=50, expired=30)) == [
        Step("earned", 200, 0, 100),
        Step("spent", -50, 75, 25),
        Step("expired", -30, 60, 15),
        Step("left", 120, 0, 60),
    ]


def test_nothing_earned_has_no_bars():
    assert steps(Standing()) == [Step(name, 0, 0, 0) for name in ("earned", "spent", "expired", "left")]
