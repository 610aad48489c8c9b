"""How offers and customers' answers are shown."""

from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from loyalty_site.backoffice.theme import badge, day
from offers.models import CustomerOffer, Offer

STATUS_TONES = {
    Offer.Status.ACTIVE: "success",
    Offer.Status.PAUSED: "warning",
    Offer.Status.CANCELLED: "danger",
    Offer.Status.DRAFT: "",
}
STATE_TONES = {
    CustomerOffer.State.NONE: "",
    CustomerOffer.State.ACCEPTED: "info",
    CustomerOffer.State.COMPLETED: "success",
    CustomerOffer.State.DECLINED: "danger",
}


def status_badge(offer: Offer) -> SafeString:
    return badge(offer.get_status_display(), STATUS_TONES[Offer.Status(offer.status)])


def state_badge(given: CustomerOffer, at: datetime) -> SafeString:
    """The customer's answer; an offer that expired without a final one is over."""
    final = given.state in (CustomerOffer.State.DECLINED, CustomerOffer.State.COMPLETED)
    if not final and given.expires_at is not None and given.expires_at < at:
        return badge(_("expired"), "warning")
    return badge(given.get_state_display(), STATE_TONES[CustomerOffer.State(given.state)])


def span(given: CustomerOffer) -> str:
    first = day(given.effective_from)
    return f"{first} – {day(given.expires_at)}" if given.expires_at else _("from %(day)s") % {"day": first}
