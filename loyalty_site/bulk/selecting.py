"""The rows that an act is meant for: those of a list, as it shows them to whoever asked."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import QuerySet

from loyalty_site.access.models import User
from loyalty_site.backoffice import listed
from loyalty_site.bulk.actions import Action
from loyalty_site.bulk.models import BulkChange, BulkRow
from loyalty_site.bulk_rows import add_rows

COLUMNS = ["change", "key", "state", "why", "who"]


def asked_by(change: BulkChange, action: Action) -> User | None:
    """Who asked for it; None for who may not do it any more."""
    person = User.objects.filter(pk=change.actor.id, is_active=True).first()
    return person if person and person.has_perm(action.permission) else None


def of_list(action: Action, person: User, query: str) -> QuerySet:
    return listed.rows(admin.site, apps.get_model(action.model), person, query)


def after(rows: QuerySet, edge: str | None, most: int) -> list[Any]:
    """The keys of the next rows, in the order of keys."""
    ordered = rows.order_by("pk") if edge is None else rows.filter(pk__gt=edge).order_by("pk")
    return list(ordered.values_list("pk", flat=True)[:most])


def note(change: BulkChange, keys: Iterable[Any]) -> None:
    """Write down that these rows are meant."""
    add_rows(BulkRow, COLUMNS, ((change.pk, str(key), BulkRow.State.WAITING, "", "") for key in keys))
