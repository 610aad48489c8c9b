"""What the search of the back office finds of offers."""

from collections.abc import Sequence

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from loyalty_site.backoffice.finding import Finder, Hit, few, hit, uuid_in
from offers.models import CustomerOffer, Offer


def _offers(request: HttpRequest, text: str) -> Sequence[Hit]:
    """Offers are few: any part of their names will do."""
    asked = Q(name__icontains=text) | Q(code__iexact=text)
    if (offer_id := uuid_in(text)) is not None:
        asked = Q(pk=offer_id)
    return [hit(offer, offer.code) for offer in few(Offer.objects.filter(asked))]


def _given(request: HttpRequest, text: str) -> Sequence[Hit]:
    named = uuid_in(text)
    if named is None:
        return []
    given = CustomerOffer.objects.filter(Q(pk=named) | Q(trace_id=named)).select_related("offer", "customer")
    return [hit(one, str(one.offer)) for one in few(given)]


OFFERS = Finder(
    _("Offers"),
    _("A part of an offer's name, or its code"),
    ("offers.view_offer",),
    _offers,
    "admin:offers_offer_changelist",
)
GIVEN = Finder(
    _("Offers of customers"),
    _("The trace id that a partner was told of an offer"),
    ("offers.view_customeroffer",),
    _given,
)
