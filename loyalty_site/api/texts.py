"""What a text from outside may hold, and what of it is trimmed."""

import re

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # PostgreSQL keeps no NUL, UTF-8 has no surrogates
CONTROLS = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0)]))
SEPARATORS = (
    " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
TRIMMED = CONTROLS + SEPARATORS


def is_storable(text: str) -> bool:
    return UNSTORABLE.search(text) is None


def trimmed(text: str) -> str:
    """The text without the spaces and control characters around it, as Symfony's forms trim."""
    return text.strip(TRIMMED)
