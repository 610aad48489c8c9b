"""Places as bits: chunks of 8,192 of them, the same bit strings and functions on PostgreSQL and SQLite.

PostgreSQL has the type and its functions; SQLite keeps a BLOB and gets functions of the same names on each connection.
Bit 0 is the first, as PostgreSQL counts.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import compress
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

# Places in a chunk: a kilobyte of bits. A row stays below 2 KB, so PostgreSQL keeps it whole and changes it in place.
CHUNK = 8_192

NO_BITS = f"CAST(0 AS bit({CHUNK}))"  # on SQLite this is the number 0, which `set_bit` takes for no bits
CHUNK_OF_PLACE = f"p.id / {CHUNK}"
ZERO_OR_ONE = bytes.maketrans(b"01", b"\0\1")
BIT_OF_PLACE = f"CAST(p.id & {CHUNK - 1} AS integer)"


class BitsField(models.Field):
    """A chunk's bits; in Python a string of 0 and 1."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return f"bit({CHUNK})" if connection.vendor == "postgresql" else "blob"

    def from_db_value(self, value: str | bytes | None, expression: Any, connection: BaseDatabaseWrapper) -> str | None:
        return None if value is None else shown(value)

    def get_db_prep_value(self, value: str | None, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        if value is None or connection.vendor == "postgresql":
            return value
        return int(value, 2).to_bytes(CHUNK // 8)


def shown(bits: str | bytes) -> str:
    """Bits as a statement returns them, as a string of 0 and 1."""
    return bits if isinstance(bits, str) else f"{int.from_bytes(bits):0{CHUNK}b}"


def places_in(chunk: int, bits: str | bytes) -> Iterator[int]:
    """The places that a chunk's bits name, in their order."""
    set_or_not = shown(bits).encode().translate(ZERO_OR_ONE)
    return compress(range(chunk * CHUNK, (chunk + 1) * CHUNK), set_or_not)


def chunks_of(places: Iterable[int]) -> Iterator[tuple[int, str]]:
    """The chunks of these places with their bits, in the order of chunks."""
    drawn: dict[int, bytearray] = {}
    for place in places:
        chunk, bit = divmod(place, CHUNK)
        drawn.setdefault(chunk, bytearray(b"0" * CHUNK))[bit] = ord("1")
    for chunk in sorted(drawn):
        yield chunk, drawn[chunk].decode()


def give_functions(connection: BaseDatabaseWrapper, **facts: Any) -> None:
    """Receives `connection_created`: SQLite does not know these functions by itself."""
    if connection.vendor != "sqlite":
        return
    database: sqlite3.Connection = connection.connection
    for function, arguments in ((bit_count, 1), (get_bit, 2), (set_bit, 3), (bitor, 2), (bitxor, 2)):
        database.create_function(function.__name__, arguments, function, deterministic=True)
    database.create_aggregate("bit_or", 1, BitOr)


def bit_count(bits: bytes | None) -> int | None:
    return None if bits is None else int.from_bytes(bits).bit_count()


def get_bit(bits: bytes | None, bit: int) -> int | None:
    return None if bits is None else bits[bit // 8] >> (7 - bit % 8) & 1


def set_bit(bits: bytes | int, bit: int, value: int) -> bytes:
    changed, mask = bytearray(bits or CHUNK // 8), 0x80 >> bit % 8
    changed[bit // 8] = changed[bit // 8] | mask if value else changed[bit // 8] & ~mask
    return bytes(changed)


def bitor(one: bytes, other: bytes) -> bytes:
    return (int.from_bytes(one) | int.from_bytes(other)).to_bytes(len(one))


def bitxor(one: bytes, other: bytes) -> bytes:
    return (int.from_bytes(one) ^ int.from_bytes(other)).to_bytes(len(one))


class BitOr:
    """The aggregate `bit_or`; of no rows it is NULL."""

    def __init__(self) -> None:
        self.bits = 0
        self.length = 0

    def step(self, bits: bytes | None) -> None:
        if bits is not None:
            self.bits |= int.from_bytes(bits)
            self.length = len(bits)

    def finalize(self) -> bytes | None:
        return self.bits.to_bytes(self.length) if self.length else None
