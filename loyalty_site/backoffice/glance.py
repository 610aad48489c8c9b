"""What is seen of a customer at one glance, and what can be done at once: each app adds its part.

Settings name the functions that make the parts, as they name those of panels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.module_loading import import_string

from loyalty_site.backoffice.panels import Figure, Link, Panel


@dataclass(frozen=True)
class Part:
    """What one app adds. `text` is a sentence below the figures; `acts` are buttons that something happens by."""

    figures: Sequence[Figure] = ()
    acts: Sequence[Link] = ()
    text: str = ""


def glance(title: str, names: Sequence[str], *facts: Any) -> Panel:
    """The parts that these functions make of the facts, in one panel. One that makes None has nothing to add."""
    parts = [part for part in (import_string(name)(*facts) for name in names) if part is not None]
    return Panel(
        title,
        figures=[figure for part in parts for figure in part.figures],
        empty=" ".join(part.text for part in parts if part.text),
        links=[act for part in parts for act in part.acts],
        anchor="glance",
        is_across=True,
    )
