"""Slices cut anew from slices: the same units, evenly, in few runs."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.stock.runs import cut, units


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ([], []),
        ([(3, 3, 0), (7, 9, 2)], []),
        ([(0, 5, 0), (5, 8, 0)], [(0, 8, 0)]),
        ([(2, 5, 1), (9, 12, 0)], [(2, 12, 5)]),
        ([(0, 64, 0)], [(0, 16, 0), (16, 32, 0), (32, 48, 0), (48, 64, 0)]),
        ([(0, 3, 0), (3, 64, 0)], [(0, 16, 0), (16, 32, 0), (32, 48, 0), (48, 64, 0)]),
        ([(0, 90, 50), (90, 130, 0)], [(0, 90, 50), (90, 103, 0), (103, 116, 0), (116, 130, 0)]),
        ([(0, 20, 0), (25, 45, 0), (50, 70, 0), (75, 95, 0), (99, 100, 0)][::-1], None),
    ],
)
def test_runs_are_joined_and_divided(runs, expected):
    made = cut(runs, small=10, most=4)
    if expected is None:
        expected = [(0, 20, 0), (25, 45, 0), (50, 70, 0), (75, 100, 4)]
    assert made == expected


@st.composite
def slices(draw: st.DrawFn) -> list[tuple[int, int, int]]:
    """Up to 17 runs one behind the other, with holes and gaps."""
    runs, at = [], 0
    for _ in range(draw(st.integers(0, 17))):
        first = at + draw(st.sampled_from([0, 0, 1, 40]))
        size = draw(st.integers(1, 5_000))
        at = first + size
        runs.append((first, at, draw(st.sampled_from([0, 0, size // 3, size]))))
    return draw(st.permutations(runs))


@given(slices())
def test_no_unit_is_lost_and_none_is_doubled(runs):
    made = cut(runs, small=1_000, most=16)
    sellable = [run for run in runs if units(run)]

    assert sum(map(units, made)) == sum(map(units, sellable))
    assert len(made) <= (16 if sum(map(units, made)) > 1_000 else 1)
    assert all(one[1] <= other[0] for one, other in pairwise(made))
    assert all(run[2] >= 0 and units(run) for run in made)
    for first, stop, holes in sellable:
        within = [run for run in made if run[0] < stop and first < run[1]]
        assert within[0][0] <= first
        assert within[-1][1] >= stop
        assert holes <= sum(run[2] for run in within)


@given(slices())
def test_no_run_is_much_larger_than_a_fair_share_unless_its_holes_forbid(runs):
    made = cut([(first, stop, 0) for first, stop, _ in runs], small=10, most=16)
    fair = sum(map(units, made)) / 16
    whole = [run for run in made if not run[2]]

    assert all(units(run) <= 2 * fair + 1 for run in whole) or len(made) == 1
