"""The documented requests and answers, `tests/examples/<dialect>/*.json`, shown with the endpoints they ask.

They are read where the program runs from its source tree; elsewhere the description has none.
"""

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from loyalty_site.api.brackets import pairs_of
from loyalty_site.api.description.forms import JSON

NEW_ID = "<a new id>"  # what the tests know to be different each time


@dataclass(frozen=True)
class Example:
    name: str
    section: str  # of the public document
    method: str
    path: str  # without the query
    fields: Mapping[str, Any]  # of the body
    status: int
    body: Any  # None where the answer is no JSON

    def showing(self, value: Any) -> dict[str, Any]:
        """The value under this example's name."""
        return {self.name: {"summary": self.section, "value": value}}


@cache
def examples() -> tuple[Example, ...]:
    return tuple(_read(file) for file in sorted(Path(settings.API_EXAMPLES).glob("*/*.json")))


def differing(body: Any, changes: Mapping[str, Any]) -> Any:
    """A copy of the body with other values at these JSON pointers; null takes a key away, lists get one more."""
    changed = copy.deepcopy(body)
    for pointer, value in changes.items():
        *path, last = pointer.lstrip("/").split("/")
        place = changed
        for step in path:
            place = place[int(step) if isinstance(place, list) else step]
        if value is None:
            del place[last]
        elif isinstance(place, list):
            place.insert(int(last), value)
        else:
            place[last] = value
    return changed


def _read(file: Path) -> Example:
    shown = json.loads(file.read_text())
    asked, answered = shown["request"], shown.get("answered", shown["documented"])
    ours = {where: value for where, value in shown["with_demo_data"].items() if value != NEW_ID}
    return Example(
        name=file.stem,
        section=shown["section"],
        method=asked["method"],
        path=asked["path"].partition("?")[0],
        fields=_fields(asked["headers"].get("Content-type", ""), "&".join(asked.get("data", []))),
        status=answered["status"],
        body=differing(answered["body"], ours) if "body" in answered else None,
    )


def _fields(media: str, encoded: str) -> dict[str, Any]:
    """As OpenAPI writes a form: the items of a collection in one list."""
    if media == JSON and encoded:
        return json.loads(encoded)
    fields: dict[str, Any] = {}
    for name, value in pairs_of(encoded.encode()):
        group, bracket, index = name.rpartition("[")
        if bracket and index.rstrip("]").isdigit():
            fields.setdefault(f"{group}[]", []).append(value)
        else:
            fields[name] = value
    return fields
