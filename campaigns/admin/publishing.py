"""Publishing a campaign: its form or its page switches it on, once nothing blocks that."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.admin.campaign_form import PUBLISH
from campaigns.admin.showing import window_line
from campaigns.models import Campaign
from campaigns.readiness import findings
from loyalty_site.backoffice.records import Admin


def turned_away(request: HttpRequest, campaign: Campaign) -> HttpResponse | None:
    """Back to the campaign's page, with what blocks it and how to mend that; None where nothing does."""
    blocking = [finding for finding in findings(campaign, timezone.now()) if finding.blocks]
    for finding in blocking:
        messages.error(request, f"{finding.sentence} {finding.remedy}")
    return HttpResponseRedirect(page_of(campaign)) if blocking else None


def page_of(campaign: Campaign) -> str:
    return reverse("admin:campaigns_campaign_change", args=[campaign.pk])


class WithPublishing(Admin):
    """The part of a campaign's page that is about publishing: its buttons, and what is said afterwards."""

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, obj: Campaign | None = None, **options: Any
    ) -> HttpResponse:
        context["is_draft"] = obj is None or not obj.active
        context["show_save_and_add_another"] = False
        return super().render_change_form(request, context, *args, obj=obj, **options)

    def response_add(self, request: HttpRequest, obj: Campaign, *args: Any, **options: Any) -> HttpResponse:
        """A new campaign is gone on with: there are codes to load, and points of the checklist to settle."""
        if not self.has_view_or_change_permission(request, obj):
            return super().response_add(request, obj, *args, **options)
        if not _told_published(request, obj):
            messages.success(request, _("The draft “%(name)s” is saved. Nobody sees it yet.") % {"name": obj.name})
        return HttpResponseRedirect(page_of(obj))

    def response_change(self, request: HttpRequest, obj: Campaign) -> HttpResponse:
        if _told_published(request, obj):
            return HttpResponseRedirect(page_of(obj))
        return super().response_change(request, obj)


def _told_published(request: HttpRequest, campaign: Campaign) -> bool:
    """Whether the form published it, of which its reader is told then. The form's own campaign is as it was before."""
    published = PUBLISH in request.POST and not campaign.active
    if published:
        facts = {"name": campaign.name, "window": window_line(campaign)}
        messages.success(request, _("“%(name)s” is published. Customers can buy it: %(window)s.") % facts)
    return published
