"""Offers given, and how they were answered, in what happened to a customer."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.models import Customer
from loyalty_site.access.models import AuditEntry
from loyalty_site.backoffice.timeline import Happening, Source
from offers.models import CustomerOffer

MOST_ANSWERED = 200  # of the latest offers the answers are told
GIVING = "offer given"


def _given(customer: Customer) -> QuerySet:
    return customer.offers.select_related("offer")


def _answers(customer: Customer) -> QuerySet:
    """The trail alone says when an offer was declined or completed."""
    ids = [str(pk) for pk in customer.offers.values_list("pk", flat=True)[:MOST_ANSWERED]]
    return AuditEntry.objects.filter(object_type="customeroffer", object_id__in=ids).exclude(action=GIVING)


def _tell_given(offers: list[CustomerOffer]) -> list[Happening]:
    return [
        Happening(
            _("Was given “%(offer)s”") % {"offer": given.offer},
            _page(given),
            note=" · ".join(filter(None, [given.source, given.reference])),
        )
        for given in offers
    ]


def _tell_answers(entries: list[AuditEntry]) -> list[Happening]:
    known = CustomerOffer.objects.select_related("offer").in_bulk([entry.object_id for entry in entries])
    offers = {str(pk): given for pk, given in known.items()}
    return [_answer(entry, offers[entry.object_id]) for entry in entries]


def _answer(entry: AuditEntry, given: CustomerOffer) -> Happening:
    states = CustomerOffer.State
    sentences = {
        states.ACCEPTED: _("Accepted “%(offer)s”"),
        states.DECLINED: _("Declined “%(offer)s”"),
        states.COMPLETED: _("Completed “%(offer)s”"),
        states.NONE: _("Took back the answer to “%(offer)s”"),
    }
    sentence = sentences.get((entry.after or {}).get("state"), _("“%(offer)s” was changed"))
    return Happening(sentence % {"offer": given.offer}, _page(given), note=entry.reason)


def _page(given: CustomerOffer) -> str:
    return reverse("admin:offers_customeroffer_change", args=[given.pk])


KIND = ("offers", gettext_lazy("Offers"), "offers.view_customeroffer")
GIVEN = Source(*KIND, _given, "given_at", _tell_given, tone="warning")
ANSWERS = Source(*KIND, _answers, "at", _tell_answers, tone="warning")
