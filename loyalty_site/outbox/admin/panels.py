"""What a webhook's page and the start page say of deliveries."""

from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from loyalty_site.backoffice.panels import Link, Panel
from loyalty_site.backoffice.theme import link, moment
from loyalty_site.outbox.admin.showing import answer, health_badge, state_badge, when
from loyalty_site.outbox.models import Delivery, Subscription

SHOWN = 10


def start(request: HttpRequest, at: datetime) -> Panel | None:
    """For the start page, while a webhook is in trouble."""
    if not request.user.has_perm("outbox.view_subscription"):
        return None
    troubled = Subscription.objects.wanting().filter(~Q(paused_at=None) | ~Q(failing_since=None))
    rows = [[link(one, _page(one)), health_badge(one), _trouble(one)] for one in troubled]
    everything = [Link(_("Webhooks"), reverse("admin:outbox_subscription_changelist"))]
    return Panel(_("Webhooks in trouble"), headers=["", _("State"), ""], rows=rows, links=everything) if rows else None


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
        headers=[_("Event"), _("State"), _("Attempts"), _("Answer"), _("Last try"), _("Next try")],
        rows=[_line(delivery) for delivery in latest],
        empty=_("Nothing has happened yet that it wants to know. Send a test event to see whether it arrives."),
        links=[Link(_("All deliveries"), f"{reverse('admin:outbox_delivery_changelist')}?{chosen}")],
    )


def _line(delivery: Delivery) -> list[object]:
    page = reverse("admin:outbox_delivery_change", args=[delivery.pk])
    tries = [when(delivery.last_at), when(delivery.next_at)]
    return [link(delivery.event.kind, page), state_badge(delivery), delivery.attempts, answer(delivery), *tries]


def _page(subscription: Subscription) -> str:
    return reverse("admin:outbox_subscription_change", args=[subscription.pk])
