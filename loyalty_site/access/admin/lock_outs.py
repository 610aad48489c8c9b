"""Who is locked out after too many wrong passwords or codes, to be let in again."""

from collections.abc import Iterable

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from loyalty_site.access import lock_outs
from loyalty_site.access.attempts import ADDRESS
from loyalty_site.access.models import LockOut
from loyalty_site.backoffice.records import ReadOnlyAdmin
from loyalty_site.backoffice.staff import actor_of
from loyalty_site.backoffice.theme import moment


@admin.register(LockOut)
class LockOutAdmin(ReadOnlyAdmin):
    purpose = gettext_lazy(
        "Whoever gave too many wrong passwords has to wait, and is listed here meanwhile. Nobody is."
    )
    list_display = ["who", "where_from", "until"]
    list_display_links = None
    ordering = ["-window_ends_at"]
    search_fields = ()
    actions = ["clear"]
    fields = ["who", "where_from", "until"]
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return lock_outs.now_locked(timezone.now())

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        changelist = super().get_changelist_instance(request)
        _say_whom(changelist.result_list)
        return changelist

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> LockOut | None:
        row = super().get_object(request, object_id, from_field)
        _say_whom([row] if row else [])
        return row

    def has_clear_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("access.delete_lockout")

    @admin.action(description=gettext_lazy("Let them try again"), permissions=["clear"])
    def clear(self, request: HttpRequest, queryset: QuerySet) -> None:
        cleared = lock_outs.clear(queryset, actor=actor_of(request), at=timezone.now())
        told = ngettext("%(n)d lock-out cleared.", "%(n)d lock-outs cleared.", cleared)
        messages.success(request, told % {"n": cleared})

    @admin.display(description=gettext_lazy("who"))
    def who(self, row: LockOut) -> str:
        if row.locked.user:
            return row.locked.user.username
        return _("everybody there") if row.key.startswith(ADDRESS) else _("no account of staff or sellers")

    @admin.display(description=gettext_lazy("from"))
    def where_from(self, row: LockOut) -> str:
        return row.locked.address or _("everywhere")

    @admin.display(description=gettext_lazy("until"), ordering="window_ends_at")
    def until(self, row: LockOut) -> str:
        return moment(row.window_ends_at)


def _say_whom(rows: Iterable[LockOut]) -> None:
    """In one go: the counters know names by their digests only."""
    rows = list(rows)
    known = lock_outs.whom(rows)
    for row in rows:
        row.locked = known[row.key]
