"""The level and the store that a form names, and what they change of a customer."""

from typing import Any
from uuid import UUID

from customers.errors import LevelNotFound, StoreNotFound
from customers.models import Level
from loyalty_site.access.actors import Principal
from loyalty_site.access.models import Store
from loyalty_site.api.forms import Values


def level_change(values: Values, current: UUID | None = None) -> dict[str, Any]:
    """A level that is named is set by hand; one that is sent empty is left to spending again. Raises LevelNotFound."""
    if "levelId" not in values or (current and values["levelId"] == current):
        return {}
    level_id = values["levelId"]
    if level_id is None:
        return {"level_set_by_hand": False}
    level = Level.objects.filter(pk=level_id, active=True).first()
    if level is None:
        raise LevelNotFound(id=level_id)
    return {"level": level, "level_set_by_hand": True}


def store_change(values: Values, caller: Principal, current: UUID | None) -> dict[str, Any]:
    """A store that is named; a caller bound to one can name no other than there is. Raises StoreNotFound."""
    named = values.get("posId", current)
    if named == current:
        return {}
    if named is None and not caller.store_id:
        return {"store": None}
    store = None if caller.store_id else Store.objects.filter(pk=named).first()
    if store is None:
        raise StoreNotFound(id=named)
    return {"store": store}
