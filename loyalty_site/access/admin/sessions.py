"""Who of the staff is logged in, to be seen and ended."""

from ipaddress import ip_address
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from loyalty_site.access import browsers, granting, sessions
from loyalty_site.access.session_models import StaffSession
from loyalty_site.backoffice.records import ReadOnlyAdmin
from loyalty_site.backoffice.staff import actor_of


@admin.register(StaffSession)
class StaffSessionAdmin(ReadOnlyAdmin):
    purpose = gettext_lazy("Everybody who is logged in here is listed, with browser and address.")
    list_display = ["user", "browser", "address", "started_at", "seen_at"]
    list_select_related = ["user"]
    ordering = ["-seen_at"]
    search_help_text = gettext_lazy("Username, or address")
    fields = ["user", "browser", "address", "started_at", "seen_at"]
    readonly_fields = ["browser"]
    actions = ["end"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).filter(user__isnull=False, expire_date__gt=timezone.now())

    def search(self, rows: QuerySet, text: str) -> QuerySet:
        try:
            return rows.filter(address=str(ip_address(text)))
        except ValueError:
            return rows.filter(user__username__istartswith=text)

    def has_end_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("access.delete_staffsession")

    @admin.action(description=gettext_lazy("End"), permissions=["end"])
    def end(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Of those whose accounts the reader may change, and one's own."""
        facts: dict[str, Any] = {"actor": actor_of(request), "at": timezone.now()}
        ended = 0
        for user in {row.user for row in queryset}:
            if user == request.user or granting.may_change_account(request.user, user):
                ended += sessions.end(user, queryset, **facts)
        messages.success(request, ngettext("%(n)d session ended.", "%(n)d sessions ended.", ended) % {"n": ended})

    @admin.display(description=gettext_lazy("browser"))
    def browser(self, session: StaffSession) -> str:
        return browsers.in_words(session.agent)
