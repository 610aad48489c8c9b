"""Telling how far a long load is, how fast it goes and how long it will take."""

from collections.abc import Callable, Iterable, Iterator
from time import monotonic
from typing import TypeVar

T = TypeVar("T")
EVERY = 5.0  # seconds


class Progress:
    """One kind of rows that is being loaded."""

    def __init__(
        self, what: str, total: int, say: Callable[[str], object], clock: Callable[[], float] = monotonic
    ) -> None:
        self.what, self.total, self.say, self.clock = what, total, say, clock
        self.done = 0
        self.began = self.told = clock()

    def add(self, n: int) -> None:
        """So many more are in; told every few seconds."""
        self.done += n
        now = self.clock()
        if now - self.told >= EVERY and self.done < self.total:
            self.told = now
            self.say(self._line(now))

    def end(self) -> None:
        took = self.clock() - self.began
        self.say(f"{self.done:,} {self.what} in {span(took)}")

    def of(self, chunks: Iterable[list[T]]) -> Iterator[list[T]]:
        """The same chunks, counted once each of them has been dealt with."""
        for chunk in chunks:
            yield chunk
            self.add(len(chunk))
        self.end()

    def _line(self, now: float) -> str:
        rate = self.done / max(now - self.began, 0.001)
        left = span((self.total - self.done) / rate) if rate else "?"
        share = self.done * 100 // max(self.total, 1)
        return f"  {self.what}: {self.done:,} of {self.total:,} ({share}%), {rate:,.0f} a second, {left} left"


def span(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s"
