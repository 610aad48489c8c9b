"""What is asked before something is sent that cannot be called back, or a secret is changed."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from loyalty_site.backoffice.decisions import Decision
from loyalty_site.backoffice.staff import actor_of
from loyalty_site.outbox import services, upkeep
from loyalty_site.outbox.models import Delivery, Subscription


def trying(request: HttpRequest, subscription: Subscription) -> Decision:
    def act(data: dict[str, Any]) -> str:
        services.send_test(subscription, actor=actor_of(request), at=timezone.now())
        return _("A test event is on its way. In a moment its line below says what came of it.")

    return Decision(
        title=_("Send “%(name)s” a test event") % {"name": subscription},
        explanation=_("An event of the kind webhook.test is sent to %(url)s. It tells of nothing that happened.")
        % {"url": subscription.url},
        button=_("Send"),
        act=act,
        refused=str,
        back=_page(subscription),
    )


def resuming(request: HttpRequest, subscription: Subscription) -> Decision:
    waiting = subscription.deliveries.filter(state=Delivery.State.WAITING)[:1_000].count()

    def act(data: dict[str, Any]) -> str:
        services.resume(subscription, actor=actor_of(request), at=timezone.now())
        return _("“%(name)s” goes on.") % {"name": subscription}

    return Decision(
        title=_("Go on with “%(name)s”") % {"name": subscription},
        explanation=_("What has waited is sent now: %(n)s deliveries.")
        % {"n": waiting if waiting < 1_000 else _("1,000 or more")},
        button=_("Go on"),
        act=act,
        refused=lambda refusal: _("It is not paused any more."),
        back=_page(subscription),
    )


def replaying_failed(request: HttpRequest, subscription: Subscription) -> Decision:
    def act(data: dict[str, Any]) -> str:
        job = upkeep.replay_all(subscription, Delivery.State.FAILED, actor=actor_of(request), at=timezone.now())
        return _("“%(job)s” has been queued.") % {"job": job}

    return Decision(
        title=_("Send “%(name)s” again what failed") % {"name": subscription},
        explanation=_("Every event that was given up is sent once more, under the id that it had."),
        button=_("Send again"),
        act=act,
        refused=str,
        back=_page(subscription),
    )


def replaying(request: HttpRequest, delivery: Delivery) -> Decision:
    def act(data: dict[str, Any]) -> str:
        services.replay(Delivery.objects.filter(pk=delivery.pk), actor=actor_of(request), at=timezone.now())
        return _("It is on its way again.")

    return Decision(
        title=_("Send it again"),
        explanation=_("The same event is sent once more, under its id: %(id)s.") % {"id": delivery.event_id},
        button=_("Send again"),
        act=act,
        refused=str,
        back=reverse("admin:outbox_delivery_change", args=[delivery.pk]),
    )


def renewing(request: HttpRequest, subscription: Subscription) -> Decision:
    def act(data: dict[str, Any]) -> str:
        services.renew_secret(subscription, actor=actor_of(request), at=timezone.now())
        return _("“%(name)s” has a new secret.") % {"name": subscription}

    return Decision(
        title=_("A new secret for “%(name)s”") % {"name": subscription},
        explanation=_("The next page shows it, once. For 24 hours we sign with both, then with the new one alone."),
        button=_("New secret"),
        act=act,
        refused=str,
        back=_page(subscription),
        dangerous=True,
    )


def _page(subscription: Subscription) -> str:
    return reverse("admin:outbox_subscription_change", args=[subscription.pk])
