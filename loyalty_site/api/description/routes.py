"""The routes of the site as OpenAPI writes them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, resolve

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Route:
    name: str  # as in `urls.py` and in the table of endpoints
    path: str  # /api/campaign/{campaign}

    @property
    def parameters(self) -> list[str]:
        return re.findall(r"{(\w+)}", self.path)

    def leads(self, path: str) -> bool:
        """Whether a request to that path takes this route."""
        return _name_at(path) == self.name


@cache
def _name_at(path: str) -> str | None:
    return resolve(path).url_name


@cache
def routes() -> tuple[Route, ...]:
    """Every route but the back office's."""
    return tuple(_within(get_resolver().url_patterns, "/"))


def _within(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[Route]:
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield Route(pattern.name or path, PARAMETER.sub(r"{\1}", path))
        elif path != f"/{settings.ADMIN_PATH}":
            yield from _within(pattern.url_patterns, path)
