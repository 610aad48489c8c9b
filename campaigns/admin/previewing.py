"""What stands beside a campaign's form: the list of what it lacks, and the card that customers would see.

Both are made anew from the form as it stands, whenever it changes. Nothing is saved.
"""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from campaigns.admin import checklist, preview_words
from campaigns.admin.as_it_stands import standing_of
from campaigns.admin.preview import Switches, draft_of, eyes_of, photo_of, published, served
from campaigns.models import Campaign
from campaigns.readiness import Finding, findings
from loyalty_site.backoffice.records import Admin


class WithPreview(Admin):
    """The part of a campaign's page that stands beside its form."""

    change_form_outer_after_template = "campaigns/admin/beside.html"

    class Media:
        css = {"all": ["campaigns/campaign_page.css"]}
        js = ["campaigns/campaign_page.js"]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("preview/", view(self.preview_new), name="campaigns_campaign_preview_new"),
            path("<uuid:campaign>/preview/", view(self.preview), name="campaigns_campaign_preview"),
            *super().get_urls(),
        ]

    def preview_new(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return self._beside(request, None)

    def preview(self, request: HttpRequest, campaign: UUID) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        return self._beside(request, self.found(request, str(campaign)))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, obj: Campaign | None = None, **options: Any
    ) -> HttpResponse:
        writes = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        if writes:
            names = ("campaigns_campaign_preview", [obj.pk]) if obj else ("campaigns_campaign_preview_new", [])
            found = findings(obj, timezone.now()) if obj else []
            context |= self._checked(request, obj, found) | {
                "preview_url": reverse(f"admin:{names[0]}", args=names[1]),
                "switches": Switches(),
            }
        return super().render_change_form(request, context, *args, obj=obj, **options)

    def _beside(self, request: HttpRequest, campaign: Campaign | None) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        at = timezone.now()
        form = self.get_form(request, campaign, change=campaign is not None)(request.POST, instance=campaign)
        form.full_clean()
        standing = standing_of(form, draft_of(form, photo_chosen="photo_chosen" in request.POST))
        checked = self._checked(request, campaign, checklist.of_form(form, standing, at))
        eyes = eyes_of(Switches(request.POST), form, at)
        shown = published(form, standing, eyes)
        unseen = preview_words.unseen_because(shown, [group.name for group in standing.groups], eyes)
        context = checked | {
            "card": served(shown, eyes),
            "photo": photo_of(shown),
            "unseen": unseen,
            "said": unseen or preview_words.greyed_because(shown, eyes) or preview_words.seen_by(eyes),
            "last_day": shown.active_to,
        }
        return TemplateResponse(request, "campaigns/admin/beside_answer.html", context)

    def _checked(self, request: HttpRequest, campaign: Campaign | None, found: list[Finding]) -> dict[str, Any]:
        may_load = request.user.has_perm("campaigns.add_coupon")
        is_on = bool(campaign and campaign.active)
        return {
            "points": checklist.points(found, checklist.place_of(campaign, may_load=may_load)),
            "summary": checklist.summary(found, is_on=is_on),
            "is_ready": not any(finding.blocks for finding in found),
        }
