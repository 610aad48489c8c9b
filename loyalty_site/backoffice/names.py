"""What the ids in an audit entry stand for, as far as the reader may see it."""

import json
import re
from collections.abc import Iterable
from typing import Any

from django.contrib.admin import AdminSite
from django.db.models import UUIDField
from django.http import HttpRequest

LONG_ID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")


def of_ids(request: HttpRequest, site: AdminSite, facts: Iterable[Any]) -> dict[str, str]:
    """Each id among these facts, which are JSON, with what it is called now; ids of what is gone are left out."""
    ids = set(LONG_ID.findall(json.dumps(list(facts))))
    found: dict[str, str] = {}
    for model, admin in site._registry.items():
        if ids and isinstance(model._meta.pk, UUIDField) and admin.has_view_permission(request):
            found |= {str(row.pk): str(row) for row in model._default_manager.filter(pk__in=ids - found.keys())}
    return found


def shortened(text: str) -> str:
    """With no more of each id than people recognise it by."""
    return LONG_ID.sub(lambda found: f"{found[0][:8]}…", text)
