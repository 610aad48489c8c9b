"""What a page's address asks of it: links and forms change one part and keep the others."""

from collections.abc import Iterator

from django.http import HttpRequest


def address(request: HttpRequest, anchor: str, **changes: str) -> str:
    """The page's own address with these parts changed, those that are empty left out, at that anchor."""
    asked = request.GET.copy()
    for name, value in changes.items():
        asked.pop(name, None)
        if value:
            asked[name] = value
    return f"{request.path}?{asked.urlencode()}#{anchor}" if asked else f"{request.path}#{anchor}"


def kept(request: HttpRequest, *own: str) -> Iterator[tuple[str, str]]:
    """The parts that a form repeats unseen: all but those that it asks itself."""
    return ((name, value) for name, value in request.GET.items() if name not in own)
