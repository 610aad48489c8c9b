"""What a process manager does: whatever has ended is started again."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

PAUSE = 0.1  # seconds between two looks


class Supervised(Protocol):
    """A part of the system that runs as processes."""

    @property
    def has_ended(self) -> bool: ...

    def start(self) -> None: ...


@contextmanager
def supervised(parts: Sequence[Supervised]) -> Iterator[None]:
    """All of them are started by one thread that lives as long as this: Linux ends a child with the thread it is of."""
    end = threading.Event()

    def watch() -> None:
        while not end.wait(PAUSE):
            for part in parts:
                if part.has_ended:
                    part.start()

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        end.set()
        thread.join()
