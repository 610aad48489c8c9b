"""The list of campaigns, and the page on which staff build one."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import DateTimeField, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns import services
from campaigns.admin import audience_page, calendar_page, labels, showing
from campaigns.admin.campaign_form import TEXTS, WATCH, WORTH, CampaignForm
from campaigns.admin.duplicating import duplicating
from campaigns.admin.filters import ComingFilter, StateFilter, StockFilter, TargetLevelFilter
from campaigns.admin.generating import generating
from campaigns.admin.importing import ask_for_file
from campaigns.admin.photo_field import kept_picture
from campaigns.admin.photo_saving import save_photo
from campaigns.admin.previewing import WithPreview
from campaigns.admin.publishing import WithPublishing, turned_away
from campaigns.admin.state_badge import state_with_countdown
from campaigns.admin.stock_meter import meter_line
from campaigns.admin.stock_panels import watching
from campaigns.admin.switching import switching
from campaigns.bulk import labels as labelling
from campaigns.bulk.switching import PAUSE, PUBLISH
from campaigns.models import Campaign
from campaigns.stock_figures import figures
from customers.models import Level, Segment
from loyalty_site.backoffice import pictures
from loyalty_site.backoffice.decisions import decide
from loyalty_site.backoffice.panels import Panel
from loyalty_site.backoffice.staff import actor_of
from loyalty_site.backoffice.theme import ChangeList, ChoicesDropdownFilter, action
from loyalty_site.bulk.admin.offering import BulkAdmin

TIME_ZONE_NOTE = format_lazy(gettext_lazy("All times are those of {zone}."), zone=settings.LOYALTY_TIME_ZONE)
DETAILS = ["brand_description", "more_information_link", tuple(WORTH), "label_text"]
REWARD = ["name", "reward", *TEXTS]
PICTURE = ["picture", ("focus_x", "focus_y"), "photo_alt"]
PRICE = ["cost_in_points", "unlimited", ("limit", "limit_per_customer")]
WHEN = ["all_time_active", "active_from", "active_to", "all_time_visible", "visible_from", "visible_to"]
STOCK_WATCH = tuple(WATCH)
FIELDSETS = [
    (gettext_lazy("Reward"), {"fields": [*REWARD, *PICTURE, "more", *DETAILS]}),
    (gettext_lazy("Price and limits"), {"fields": PRICE}),
    (gettext_lazy("Who sees it"), {"fields": ["target", "levels", "segments"]}),
    (gettext_lazy("When"), {"fields": WHEN, "description": TIME_ZONE_NOTE}),
    (gettext_lazy("Coupons"), {"fields": ["single_coupon", "codes", STOCK_WATCH]}),
]
SHOWN = ["shown_picture", "brand_description", "more_information_link", tuple(WORTH), "shown_labels"]
READ_ONLY_FIELDSETS = [
    (gettext_lazy("Reward"), {"fields": [*REWARD, *SHOWN]}),
    (gettext_lazy("Price and limits"), {"fields": ["cost_in_points", "shown_limits", "single_coupon"]}),
    (gettext_lazy("Who sees it"), {"fields": ["shown_levels", "shown_segments"]}),
    (gettext_lazy("When"), {"fields": ["active", "activity", "visibility"], "description": TIME_ZONE_NOTE}),
    (gettext_lazy("Coupons"), {"fields": [STOCK_WATCH]}),
]
CONDITIONS = {
    **dict.fromkeys(["brand_description", "more_information_link", *WORTH, "label_text"], "more == true"),
    **dict.fromkeys(["limit", "limit_per_customer"], "unlimited == false"),
    "levels": "target != 'segment'",
    "segments": "target != 'level'",
    **dict.fromkeys(["active_from", "active_to"], "all_time_active == false"),
    **dict.fromkeys(["visible_from", "visible_to"], "all_time_visible == false"),
}

TRAIL_WORDS = {
    "active": gettext_lazy("Switched on"),
    "codes": gettext_lazy("Codes"),
    "added": gettext_lazy("Codes added"),
    "withdrawn": gettext_lazy("Codes withdrawn"),
    "left": gettext_lazy("Units left"),
    "copy_of": gettext_lazy("Copy of"),
}


@admin.register(Campaign)
class CampaignAdmin(WithPublishing, WithPreview, BulkAdmin):
    purpose = gettext_lazy(
        "A campaign is a reward that customers buy with points. Create one, give it codes, and publish it."
    )
    trail_words = TRAIL_WORDS
    form = CampaignForm
    list_display = [
        "thumbnail",
        "name",
        "shown_state",
        "shown_reward",
        "cost_in_points",
        "shown_stock",
        "sold",
        "shown_window",
    ]
    list_display_links = ["name"]
    list_filter = [StateFilter, StockFilter, ComingFilter, ("reward", ChoicesDropdownFilter), TargetLevelFilter]
    search_help_text = gettext_lazy("Name, or id")
    ordering = ["-created_at", "id"]
    bulk = [PUBLISH, PAUSE, labelling.ADD, labelling.REMOVE]
    actions_detail = ["switch_on", "switch_off", "import_coupons", "generate_coupons", "duplicate"]
    actions_list = ["calendar"]
    readonly_fields = [
        *["shown_picture", "shown_labels", "shown_limits", "shown_levels", "shown_segments", "activity", "visibility"]
    ]
    conditional_fields = CONDITIONS

    class Media:
        css = {"all": ["campaigns/watch.css"]}

    def get_urls(self) -> list[URLPattern]:
        audience = self.admin_site.admin_view(self.audience)
        return [path("<uuid:object_id>/audience/", audience, name="campaigns_campaign_audience"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the moment of asking, so that all rows of a page are judged at the same one."""
        asked_at = Value(timezone.now(), DateTimeField())
        return super().get_queryset(request).with_stock().with_sold().annotate(asked_at=asked_at)

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """With the figures of the stock of all campaigns on the page."""
        shown = super().get_changelist_instance(request)
        found = figures(shown.result_list, timezone.now())
        for campaign in shown.result_list:
            campaign.figures = found[campaign.pk]
        return shown

    def search(self, rows: QuerySet, text: str) -> QuerySet:
        try:
            return rows.filter(pk=UUID(text))
        except ValueError:
            return rows.filter(name__icontains=text)

    def get_fieldsets(self, request: HttpRequest, obj: Campaign | None = None) -> list[Any]:
        writes = self.has_change_permission(request, obj) if obj else True
        return FIELDSETS if writes else READ_ONLY_FIELDSETS

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was sold once stays in the books; a campaign is switched off instead."""
        return False

    def panels(self, request: HttpRequest, obj: Campaign) -> list[Panel]:
        return watching(request, obj, figures([obj], obj.asked_at)[obj.pk], obj.asked_at)

    def pointless_actions(self, obj: Campaign) -> set[str]:
        loading = {"import_coupons", "generate_coupons"} if obj.single_coupon else set()
        return loading | {"switch_on" if obj.active else "switch_off"}

    def save_model(self, request: HttpRequest, obj: Campaign, form: CampaignForm, change: bool) -> None:
        facts = {"actor": actor_of(request), "at": timezone.now()}
        if not change:
            services.create(form.draft(), campaign_id=obj.pk, codes_may_follow=True, **facts)
        elif form.publishes or form.changed_data != ["picture"]:
            services.revise(obj.pk, form.draft(), **facts)
        save_photo(request, obj.pk, form.cleaned_data)

    @action(description=gettext_lazy("Publish"), permissions=["change"], icon="play_arrow")
    def switch_on(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._switch(request, object_id, active=True)

    @action(description=gettext_lazy("Switch off"), permissions=["change"], icon="pause")
    def switch_off(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._switch(request, object_id, active=False)

    def has_load_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return request.user.has_perm("campaigns.add_coupon")

    @action(description=gettext_lazy("Import coupons"), permissions=["load"], icon="upload_file")
    def import_coupons(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return ask_for_file(self, request, self.found(request, object_id))

    @action(description=gettext_lazy("Generate coupons"), permissions=["load"], icon="casino")
    def generate_coupons(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return decide(self, request, generating(request, self.found(request, object_id)))

    def has_copy_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return self.has_add_permission(request)

    @action(description=gettext_lazy("Duplicate"), permissions=["copy"], icon="content_copy")
    def duplicate(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return decide(self, request, duplicating(request, self.found(request, object_id)))

    def has_look_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return self.has_view_permission(request)

    def audience(self, request: HttpRequest, object_id: UUID) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return audience_page.page(self, request, self.found(request, str(object_id)))

    @action(description=gettext_lazy("Calendar"), permissions=["look"], icon="calendar_month", url_path="calendar")
    def calendar(self, request: HttpRequest) -> HttpResponse:
        return calendar_page.page(self, request)

    def _switch(self, request: HttpRequest, object_id: str, *, active: bool) -> HttpResponse:
        campaign = self.found(request, object_id)
        refused = turned_away(request, campaign) if active and not campaign.active else None
        return refused or decide(self, request, switching(request, campaign, active=active))

    @admin.display(description=gettext_lazy("picture"))
    def thumbnail(self, campaign: Campaign) -> SafeString:
        return pictures.thumbnail(kept_picture(campaign))

    @admin.display(description=gettext_lazy("picture"))
    def shown_picture(self, campaign: Campaign) -> SafeString | str:
        picture = kept_picture(campaign)
        return pictures.preview(picture) if picture else _("none")

    @admin.display(description=gettext_lazy("state"))
    def shown_state(self, campaign: Campaign) -> SafeString:
        return state_with_countdown(campaign, campaign.asked_at)

    @admin.display(description=gettext_lazy("reward"), ordering="reward")
    def shown_reward(self, campaign: Campaign) -> str:
        return capfirst(campaign.get_reward_display())

    @admin.display(description=gettext_lazy("stock"))
    def shown_stock(self, campaign: Campaign) -> SafeString:
        return meter_line(campaign, campaign.figures, campaign.asked_at)

    @admin.display(description=gettext_lazy("sold"))
    def sold(self, campaign: Campaign) -> int:
        return campaign.sold

    @admin.display(description=gettext_lazy("can be bought"))
    def shown_window(self, campaign: Campaign) -> str:
        return showing.window_line(campaign)

    @admin.display(description=gettext_lazy("limits"))
    def shown_limits(self, campaign: Campaign) -> str:
        return showing.limits(campaign)

    @admin.display(description=gettext_lazy("can be bought"))
    def activity(self, campaign: Campaign) -> str:
        return showing.activity(campaign)

    @admin.display(description=gettext_lazy("shown"))
    def visibility(self, campaign: Campaign) -> str:
        return showing.visibility(campaign)

    @admin.display(description=gettext_lazy("labels"))
    def shown_labels(self, campaign: Campaign) -> str:
        return labels.written(campaign.labels.all())

    @admin.display(description=gettext_lazy("levels"))
    def shown_levels(self, campaign: Campaign) -> str:
        return ", ".join(
            Level.objects.filter(pk__in=campaign.level_targets.values("level_id")).values_list("name", flat=True)
        )

    @admin.display(description=gettext_lazy("segments"))
    def shown_segments(self, campaign: Campaign) -> str:
        return ", ".join(
            Segment.objects.filter(pk__in=campaign.segment_targets.values("segment_id")).values_list("name", flat=True)
        )
