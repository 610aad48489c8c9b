"""What a caller bound to a store may see."""

from uuid import UUID

from django.db.models import Q


def in_scope_of(store_id: UUID | None, field: str = "store") -> Q:
    """The rows of that store and those of none, by the named foreign key; everything where the caller has no store."""
    return Q() if store_id is None else Q(**{field: store_id}) | Q(**{f"{field}__isnull": True})
