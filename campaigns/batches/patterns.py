"""Codes from a pattern such as SUMMER-####-####: each # is a letter or a digit, all else stays as it is.

All codes that a pattern can make are numbered. They are divided into as many equal stretches as codes are wanted, and
of each stretch one is drawn at random: so no two codes of a batch are alike, by construction, and who knows all the
others knows nothing of one. No secret is kept anywhere, and a batch goes on from any of its codes.
"""

import secrets
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import product
from math import gcd

from campaigns.errors import CodesTooGuessable, PatternRefused
from campaigns.models import Coupon

# Neither what looks alike (0 O, 1 I L) nor vowels: no code spells a word by chance.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"
AT_ONCE = 3  # signs that are found by one division: a million codes are not made sign by sign
SEVERAL = ["".join(reversed(signs)) for signs in product(ALPHABET, repeat=AT_ONCE)]
WILD = "#"
LONGEST = Coupon._meta.get_field("code").max_length
MOST_CODES = 10_000_000  # of one batch
LEAST_GUESSES = 10  # for one hit: below that nothing is generated
SAFE_GUESSES = 1_000  # below that somebody must be certain
GOOD_GUESSES = 1_000_000  # what is advised


class Fault(StrEnum):
    NO_WILD_SIGN = "no wild sign"
    TOO_LONG = "too long"
    UNSEEN = "unseen characters"


@dataclass(frozen=True)
class Pattern:
    """Raises PatternRefused where it can make no codes."""

    text: str

    def __post_init__(self) -> None:
        if len(self.text) > LONGEST:
            raise PatternRefused(fault=Fault.TOO_LONG)
        if not self.text.isprintable() or self.text != self.text.strip():
            raise PatternRefused(fault=Fault.UNSEEN)
        if not self.signs:
            raise PatternRefused(fault=Fault.NO_WILD_SIGN)

    @property
    def signs(self) -> int:
        return self.text.count(WILD)

    @property
    def space(self) -> int:
        """How many codes it can make."""
        return len(ALPHABET) ** self.signs

    def guesses(self, count: int) -> int:
        """How many guesses it takes on average to hit one of so many codes."""
        return self.space // count

    @cached_property
    def template(self) -> str:
        return self.text.replace("%", "%%").replace(WILD, "%s")

    def code(self, number: int) -> str:
        """The code of that number, from 0."""
        signs = ""
        for _ in range(0, self.signs, AT_ONCE):
            number, several = divmod(number, len(SEVERAL))
            signs += SEVERAL[several]
        return self.template % tuple(signs[: self.signs])

    def drawn(self, stretch: int, of: int) -> str:
        """A code of that stretch, of so many, at random."""
        first, stop = stretch * self.space // of, (stretch + 1) * self.space // of
        return self.code(first + secrets.randbelow(stop - first))


def signs_for(count: int, guesses: int) -> int:
    """How many # make so many codes this hard to guess."""
    signs = 1
    while len(ALPHABET) ** signs < count * guesses:
        signs += 1
    return signs


def check(pattern: Pattern, count: int, *, certain: bool) -> None:
    """Raises CodesTooGuessable where too few guesses hit one of the codes; `certain` accepts what is merely unwise."""
    least = LEAST_GUESSES if certain else SAFE_GUESSES
    if pattern.guesses(count) < least:
        raise CodesTooGuessable(guesses=pattern.guesses(count), least=LEAST_GUESSES)


@dataclass(frozen=True)
class Order:
    """In which order the stretches are drawn from: neighbours in the list do not look alike. It is no secret."""

    step: int
    offset: int
    count: int

    @classmethod
    def of(cls, count: int) -> "Order":
        step = 1 + secrets.randbelow(count)
        while gcd(step, count) > 1:
            step = 1 + secrets.randbelow(count)
        return cls(step, secrets.randbelow(count), count)

    def __getitem__(self, place: int) -> int:
        return (self.step * place + self.offset) % self.count
