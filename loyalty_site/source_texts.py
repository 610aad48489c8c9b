"""Texts as the code has them, in English, whatever language a reader has chosen: for what is kept."""

from django.utils.functional import Promise
from django.utils.translation import override


def as_written(text: str | Promise) -> str:
    """The text before it is translated."""
    with override(None):
        return str(text)
