"""Dice that fall alike whenever they are given the same seed."""

from base64 import b32encode
from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar
from uuid import UUID

T = TypeVar("T")

READABLE = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without those that are taken for each other
VERSION_4 = ~(0xF000 << 64) & ~(0xC000 << 48), (4 << 76) | (0x8000 << 48)


class Dice(Random):
    """Seeded with a text, which says what they are thrown for."""

    def uuid(self) -> UUID:
        keep, mark = VERSION_4
        return UUID(int=self.getrandbits(128) & keep | mark)

    def short_id(self) -> str:
        """Sixteen letters and digits."""
        return b32encode(self.randbytes(10)).decode()

    def letters(self, length: int, alphabet: str = READABLE) -> str:
        return "".join(self.choices(alphabet, k=length))

    def falls(self, chance: float) -> bool:
        """True so often out of once."""
        return self.random() < chance

    def weighted(self, of: Mapping[T, float]) -> T:
        """One of them, each as often as its weight says."""
        return self.choices(list(of), weights=list(of.values()))[0]

    def moment(self, first: datetime, last: datetime) -> datetime:
        """Between the two, on a whole second."""
        return first + timedelta(seconds=int(self.random() * (last - first).total_seconds()))
