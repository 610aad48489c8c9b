"""A browser in words, as far as it says what it is."""

from django.utils.translation import gettext as _

# the first that is found: most browsers claim to be several others as well
PROGRAMS = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
]
SYSTEMS = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
]


def in_words(agent: str) -> str:
    """As “Firefox on Windows”."""
    program, system = _first(PROGRAMS, agent), _first(SYSTEMS, agent)
    if program and system:
        return _("%(program)s on %(system)s") % {"program": program, "system": system}
    return program or system or _("unknown")


def _first(known: list[tuple[str, str]], agent: str) -> str:
    return next((name for mark, name in known if mark in agent), "")
