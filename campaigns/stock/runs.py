"""Cutting places into slices from what the slices themselves say: no coupon is read, however large the pool."""

from collections.abc import Iterable
from itertools import pairwise

Run = tuple[int, int, int]  # next, stop, holes: what a slice sells


def units(run: Run) -> int:
    first, stop, holes = run
    return stop - first - holes


def cut(runs: Iterable[Run], *, small: int, most: int) -> list[Run]:
    """The same places in at most so many runs of about the same size; in a single one where there are few units.

    Between two runs nothing can be sold, so joined they get the places in between as holes. Runs with holes are never
    divided: nobody knows where the holes are.
    """
    joined = _adjacent_joined(sorted(run for run in runs if units(run)))
    total = sum(units(run) for run in joined)
    if total <= small:
        return [_joined(joined[0], joined[-1], total)] if joined else []
    return _divided(_few(joined, most, total // most), most)


def _adjacent_joined(runs: list[Run]) -> list[Run]:
    """Runs without holes that touch are one."""
    found: list[Run] = []
    for run in runs:
        if found and found[-1][1] == run[0] and not found[-1][2] and not run[2]:
            run = (found.pop()[0], run[1], 0)
        found.append(run)
    return found


def _few(runs: list[Run], most: int, fair: int) -> list[Run]:
    """Neighbours joined, the smallest first, until the runs are few enough and no two are less than a fair share."""
    runs = list(runs)
    while len(runs) > 1:
        sizes = [units(one) + units(other) for one, other in pairwise(runs)]
        size = min(sizes)
        if len(runs) <= most and size > fair:
            break
        at = sizes.index(size)
        runs[at : at + 2] = [_joined(runs[at], runs[at + 1], size)]
    return runs


def _joined(first: Run, last: Run, total: int) -> Run:
    return first[0], last[1], last[1] - first[0] - total


def _divided(runs: list[Run], most: int) -> list[Run]:
    """Runs without holes cut into equal parts, the largest into the most, until there are as many as there may be."""
    parts = [1] * len(runs)
    whole = [n for n, run in enumerate(runs) if not run[2]]
    for _ in range(most - len(runs) if whole else 0):
        largest = max(whole, key=lambda n: units(runs[n]) / parts[n])
        parts[largest] += units(runs[largest]) > parts[largest]
    return [part for run, number in zip(runs, parts, strict=True) for part in _equal_parts(run, number)]


def _equal_parts(run: Run, number: int) -> list[Run]:
    first, stop, holes = run
    if number == 1:
        return [run]
    edges = [first + (stop - first) * part // number for part in range(number + 1)]
    return [(edges[n], edges[n + 1], holes) for n in range(number)]
