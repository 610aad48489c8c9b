"""What Django has in its own translations, in every language that we ship."""

from functools import cache
from pathlib import Path

import django
from babel.messages.mofile import read_mo

from tools.messages.languages import LANGUAGES

PARTS = ("conf", "contrib/admin", "contrib/auth", "contrib/humanize", "contrib/contenttypes", "contrib/sessions")


def says_django(text: str | tuple[str, str], context: str | None) -> bool:
    first = text if isinstance(text, str) else text[0]
    return all((first, context) in _known(language) for language in LANGUAGES)


@cache
def _known(language: str) -> frozenset[tuple[str, str | None]]:
    found: set[tuple[str, str | None]] = set()
    for part in PARTS:
        path = Path(django.__file__).parent / part / "locale" / language / "LC_MESSAGES" / "django.mo"
        with path.open("rb") as file:
            found |= {(_singular(message.id), message.context) for message in read_mo(file)}
    return frozenset(found)


def _singular(text: str | tuple[str, ...]) -> str:
    return text if isinstance(text, str) else text[0]
