"""Who can see a campaign: how many, through which levels and segments, and some of them by name."""

from datetime import datetime

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.audience import aimed_counts, aimed_customers
from campaigns.models import Campaign
from customers.models import Level, Segment
from loyalty_site.backoffice.numbers import grouped
from loyalty_site.backoffice.panels import Figure, Link, Panel, within_reach
from loyalty_site.backoffice.theme import day, link, moment

SAMPLE = 20
CUSTOMERS = "admin:customers_customer_changelist"


def page(admin: ModelAdmin, request: HttpRequest, campaign: Campaign) -> TemplateResponse:
    at = timezone.now()
    aimed_at = aimed_counts([campaign.pk]).get(campaign.pk, 0)
    shown = [_how_many(campaign, aimed_at, at), _groups(campaign)]
    if request.user.has_perm("customers.view_customer"):
        shown.append(_sample(campaign, aimed_at))
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Who can see “%(name)s”") % {"name": campaign.name},
        "opts": admin.opts,
        "panels": within_reach(shown),
    }
    return TemplateResponse(request, "backoffice/panels_page.html", context)


def _how_many(campaign: Campaign, aimed_at: int, at: datetime) -> Panel:
    """Counted now, exactly; where it is off or not shown, also how many it is meant for."""
    hidden = _why_hidden(campaign, at)
    seen = Figure(_("Can see it now"), grouped(0 if hidden else aimed_at), note=hidden or moment(at))
    meant = Figure(_("Would see it"), grouped(aimed_at), note=_("if it were switched on and shown now"))
    back = Link(_("Back to the campaign"), reverse("admin:campaigns_campaign_change", args=[campaign.pk]))
    return Panel(_("Customers"), figures=[seen, meant] if hidden else [seen], links=[back])


def _why_hidden(campaign: Campaign, at: datetime) -> str:
    if not campaign.active:
        return _("it is switched off")
    if campaign.is_visible_at(at):
        return ""
    if at < campaign.visible_from:
        return _("it is not shown before %(moment)s") % {"moment": moment(campaign.visible_from)}
    return _("it is not shown any more since %(moment)s") % {"moment": moment(campaign.visible_to)}


def _groups(campaign: Campaign) -> Panel:
    """Each level and segment with its customers. One may be in several, so they add up to more than see it."""
    everybody = reverse(CUSTOMERS)
    levels = Level.objects.with_customer_counts().filter(pk__in=campaign.level_targets.values("level_id"))
    segments = Segment.objects.with_customer_counts().filter(pk__in=campaign.segment_targets.values("segment_id"))
    found = [(_("Level"), group, f"{everybody}?level__id__exact={group.pk}") for group in levels]
    found += [(_("Segment"), group, f"{everybody}?segment={group.pk}") for group in segments]
    return Panel(
        _("Aimed at"),
        headers=[_("Group"), _("Name"), _("Customers")],
        rows=[(kind, link(group.name, url), grouped(group.customers_count)) for kind, group, url in found],
        empty=_("It is aimed at no level or segment that exists: nobody sees it."),
    )


def _sample(campaign: Campaign, aimed_at: int) -> Panel:
    """Those who joined last."""
    people, _total = aimed_customers(campaign, max(0, aimed_at - SAMPLE), aimed_at)
    rows = [
        (
            link(one, reverse("admin:customers_customer_change", args=[one.pk])),
            one.level.name if one.level else "",
            one.get_status_display(),
            day(one.created_at),
        )
        for one in reversed(people.select_related("level"))
    ]
    return Panel(
        _("Some of them: who joined last"),
        headers=[_("Customer"), _("Level"), _("Status"), _("Joined")],
        rows=rows,
        empty=_("No customer is on these levels or in these segments."),
    )
