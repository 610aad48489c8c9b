"""What others are told of offers. The texts that receivers rely on stand in docs/webhooks.md."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from loyalty_site.outbox.kinds import EventKind
from loyalty_site.outbox.models import Event
from loyalty_site.outbox.telling import event
from offers.models import CustomerOffer

OFFER_ASSIGNED = EventKind("offer.assigned", _("A customer was given an offer."))
OFFER_ANSWERED = EventKind(
    "offer.answered", _("A customer accepted or declined an offer, or took the acceptance back.")
)
OFFER_WITHDRAWN = EventKind("offer.withdrawn", _("An offer was taken back from a customer who had not answered it."))
OFFER_COMPLETED = EventKind("offer.completed", _("A customer fulfilled an offer."))


def assigned(given: CustomerOffer) -> Event:
    data = {"offer": given.offer_id, "code": given.code, "source": given.source, "reference": given.reference}
    dates = {"effective_from": given.effective_from, "expires_at": given.expires_at}
    return event(OFFER_ASSIGNED, given.pk, given.customer_id, at=given.given_at, data=data | dates)


def answered(given: CustomerOffer, *, at: datetime) -> Event:
    """Of an answer; which row it is about, and whose, is known by the statement that writes both."""
    return event(OFFER_ANSWERED, at=at, data={"code": given.code, "state": given.state})


def withdrawn(given: CustomerOffer, *, at: datetime) -> Event:
    data = {"offer": given.offer_id, "code": given.code}
    return event(OFFER_WITHDRAWN, given.pk, given.customer_id, at=at, data=data)


def completed(given: CustomerOffer, *, at: datetime) -> Event:
    data = {"offer": given.offer_id, "code": given.code}
    return event(OFFER_COMPLETED, given.pk, given.customer_id, at=at, data=data)
