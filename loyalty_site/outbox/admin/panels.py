"""What a webhook's page and the start page say of deliveries."""

from datetime import datetime
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from loyalty_site.backoffice import names
from loyalty_site.backoffice.panels import Link, Panel
from loyalty_site.backoffice.theme import link, moment
from loyalty_site.outbox.admin.showing import answer, health_badge, state_badge, when
from loyalty_site.outbox.models import Delivery, Subscription

SHOWN = 10
SHORT = 40  # characters of an answer


def start(request: HttpRequest, at: datetime) -> Panel | None:
    """For the start page, while a webhook is in trouble."""
    if not request.user.has_perm("outbox.view_subscription"):
        return None
    troubled = Subscription.objects.wanting().filter(~Q(paused_at=None) | ~Q(failing_since=None))
    rows = [[link(one, _page(one)), health_badge(one), _trouble(one)] for one in troubled]
    if not rows:
        return None
    return Panel(
        _("Webhooks in trouble"),
        headers=[_("Webhook"), _("State"), _("What is wrong")],
        rows=rows,
        links=[Link(_("Webhooks"), reverse("admin:outbox_subscription_changelist"))],
        is_urgent=True,
    )


def of_subscription(request: HttpRequest, subscription: Subscription) -> list[Panel]:
    return [panel for panel in (_banner(subscription), _log(request, subscription)) if panel]


def _banner(subscription: Subscription) -> Panel | None:
    if subscription.paused_at:
        return Panel(_("Paused"), empty=_trouble(subscription))
    return Panel(_("Failing"), empty=_trouble(subscription)) if subscription.failing_since else None


def _trouble(subscription: Subscription) -> str:
    if subscription.paused_at:
        facts = {"at": moment(subscription.paused_at), "why": subscription.paused_because}
        return _("Since %(at)s nothing is sent: %(why)s What happens meanwhile waits until it goes on.") % facts
    return _("Since %(at)s nothing has arrived.") % {"at": moment(subscription.failing_since)}


def _log(request: HttpRequest, subscription: Subscription) -> Panel | None:
    """Its latest deliveries."""
    if not request.user.has_perm("outbox.view_delivery"):
        return None
    latest = subscription.deliveries.select_related("event")[:SHOWN]
    chosen = urlencode({"subscription__id__exact": subscription.pk})
    return Panel(
        _("Deliveries"),
        headers=[_("Event"), _("State"), _("Attempts"), _("Answer"), _("Next try")],
        rows=[_line(delivery) for delivery in latest],
        empty=_("Nothing has happened yet that it wants to know. Send a test event to see whether it arrives."),
        links=[Link(_("All deliveries"), f"{reverse('admin:outbox_delivery_changelist')}?{chosen}")],
    )


def _line(delivery: Delivery) -> list[object]:
    page = reverse("admin:outbox_delivery_change", args=[delivery.pk])
    said, again = answer(delivery, SHORT), when(delivery.next_at)
    return [link(delivery.event.kind, page), state_badge(delivery), delivery.attempts, said, again]


def of_delivery(request: HttpRequest, site: AdminSite, delivery: Delivery) -> Panel:
    """What it tells, with names for ids. Codes are shown where codes are."""
    event = delivery.event
    facts = {_("What it happened to"): event.object_id} | event.data
    if event.customer_id:
        facts = {_("Customer"): str(event.customer_id)} | facts
    known = names.of_ids(request, site, [facts])
    rows = [[label, known.get(value, value) if isinstance(value, str) else value] for label, value in facts.items()]
    return Panel(_("What is told"), headers=[_("What"), _("Value")], rows=rows)


def _page(subscription: Subscription) -> str:
    return reverse("admin:outbox_subscription_change", args=[subscription.pk])
