"""Withdrawing free codes: the question, with how many it is about, and the deed."""

from django.contrib import messages
from django.contrib.admin import helpers
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns import services
from campaigns.models import Coupon
from loyalty_site.backoffice.staff import actor_of
from loyalty_site.backoffice.theme import ModelAdmin

SHOWN = 20


def ask_to_withdraw(admin: ModelAdmin, request: HttpRequest, chosen: QuerySet) -> HttpResponse | None:
    """The question, until it is answered with "yes". Codes that are not free are left as they are."""
    free = Coupon.objects.free().filter(pk__in=chosen.order_by().values("pk"))
    if "confirmed" in request.POST:
        _withdraw(request, free)
        return None
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Withdraw free codes"),
        "opts": admin.opts,
        "count": free.count(),
        "others": chosen.count() - free.count(),
        "codes": list(free.order_by("campaign", "position").values_list("code", flat=True)[:SHOWN]),
        "checkbox": helpers.ACTION_CHECKBOX_NAME,
        "selected": request.POST.getlist(helpers.ACTION_CHECKBOX_NAME),
        "select_across": request.POST.get("select_across", "0"),
    }
    return TemplateResponse(request, "campaigns/admin/withdraw.html", context)


def _withdraw(request: HttpRequest, free: QuerySet) -> None:
    gone, facts = 0, {"actor": actor_of(request), "at": timezone.now()}
    for campaign_id in list(free.order_by().values_list("campaign", flat=True).distinct()):
        gone += services.withdraw(campaign_id, free, **facts)
    told = ngettext("%(n)d code withdrawn.", "%(n)d codes withdrawn.", gone)
    messages.success(request, told % {"n": gone})
