"""How deliveries and webhooks look."""

from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from loyalty_site.backoffice.theme import badge, moment
from loyalty_site.outbox.models import Delivery, Subscription

SHORT = 60  # characters of an answer in a list


def state_badge(delivery: Delivery) -> SafeString:
    if delivery.state == Delivery.State.WAITING:
        return badge(_("to be tried again"), "warning") if delivery.failures else badge(_("waiting"), "info")
    return {
        Delivery.State.SENT: badge(_("sent"), "success"),
        Delivery.State.FAILED: badge(_("given up"), "danger"),
        Delivery.State.SKIPPED: badge(_("nobody to tell")),
    }[Delivery.State(delivery.state)]


def health_badge(subscription: Subscription) -> SafeString:
    if not subscription.active:
        return badge(_("off"), "")
    if subscription.paused_at:
        return badge(_("paused"), "danger")
    return badge(_("failing"), "warning") if subscription.failing_since else badge(_("works"), "success")


def receiver(delivery: Delivery) -> str:
    return str(delivery.subscription) if delivery.subscription else _("mail to the customer")


def answer(delivery: Delivery, longest: int = SHORT) -> str:
    """The status and the beginning of what the receiver said."""
    said = delivery.last_answer if len(delivery.last_answer) <= longest else f"{delivery.last_answer[:longest]}…"
    return " ".join(str(part) for part in (delivery.last_status, said) if part)


def when(at: datetime | None) -> str:
    return moment(at) if at else ""
