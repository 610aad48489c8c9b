"""How large a made-up data set is, and how what there is of a kind is shared out: a few have much, most have little."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

FEW_HAVE_MUCH = (1, 2, 3, 1, 5, 8, 2, 4, 3, 13, 1, 6, 2, 9, 4, 21, 3, 7, 34, 71)


@dataclass(frozen=True)
class Size:
    """How many rows of each kind."""

    customers: int
    campaigns: int
    coupons: int
    transfers: int


@dataclass(frozen=True)
class Shares:
    """So many things for so many takers, by a pattern of weights. All shares together are exactly the total."""

    total: int
    takers: int
    weights: Sequence[int] = FEW_HAVE_MUCH

    def of(self, n: int) -> int:
        """The n-th taker's, from 0 on."""
        return self._up_to(n + 1) - self._up_to(n)

    def _up_to(self, n: int) -> int:
        return self.total * self._weight_up_to(n) // self._weight_up_to(self.takers)

    def _weight_up_to(self, n: int) -> int:
        rounds, rest = divmod(n, len(self.weights))
        sums = (0, *accumulate(self.weights))
        return rounds * sums[-1] + sums[rest]
