"""How one try to deliver went."""

from dataclasses import dataclass

LONGEST_ANSWER = 500  # characters that are kept


@dataclass(frozen=True)
class Outcome:
    """Neither arrived nor skipped: it failed, and is tried again unless it is final."""

    arrived: bool = False
    skipped: bool = False  # there is nobody to tell
    final: bool = False
    gone: bool = False  # the receiver wants nothing more
    status: int | None = None  # HTTP's
    answer: str = ""  # the beginning of what the receiver said, or why it was not asked

    @property
    def kept_answer(self) -> str:
        """Without what a database or a page cannot take."""
        return "".join(letter if letter.isprintable() else " " for letter in self.answer)[:LONGEST_ANSWER].strip()
