"""Which values a number in the books can have had, given what clients did and were told.

An operation that was acknowledged before the moment in question has surely moved the number; one that was begun before
its end may have; one that was refused, or begun later, has not. So every number lies between two bounds. What is left
to workers is sure when all of it was seen to be done.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from tools.crash.history import Counter, History, Kind, Operation

# of counters that no one read at the start
AT_FIRST = {"undeclined": 1, "turns": 1}


@dataclass(frozen=True)
class Move:
    operation: Operation
    amount: int
    begun: float
    settled: float


class Numbers:
    """All counters, their first values, and the moves of everything that was done."""

    def __init__(self, first: Mapping[Counter, int], history: History) -> None:
        self.first = first
        self.moves: dict[Counter, list[Move]] = defaultdict(list)
        for one in history.done:
            settled = history.worked_off if one.kind == Kind.GIVE_LATER else one.settled
            for counter, amount in one.moves.items():
                self.moves[counter].append(Move(one, amount, one.begun, settled))

    def bounds(
        self, counter: Counter, begun: float, ended: float, *, without: Operation | None = None
    ) -> tuple[int, int]:
        """The least and the most that it can have been at some moment from `begun` to `ended`."""
        least = most = self.at_first(counter)
        for move in self.moves[counter]:
            if move.begun > ended or move.operation is without:
                continue
            sure = move.settled < begun
            least += move.amount if sure else min(0, move.amount)
            most += move.amount if sure else max(0, move.amount)
        return least, most

    def at_last(self, counter: Counter) -> int:
        """When everything is settled."""
        return self.at_first(counter) + sum(move.amount for move in self.moves[counter])

    def at_first(self, counter: Counter) -> int:
        return self.first.get(counter, AT_FIRST.get(counter[0], 0))
