"""Enrolments in what happened to a customer."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.models import Customer
from loyalty_site.access.models import AuditEntry
from loyalty_site.backoffice.timeline import Happening, Source
from promotions.models import Enrolment

MOST_REVOKED = 200  # of the latest enrolments the ends are told


def _begun(customer: Customer) -> QuerySet:
    return customer.enrolments.select_related("promotion")


def _revoked(customer: Customer) -> QuerySet:
    """The trail alone says when an enrolment was revoked."""
    ended = customer.enrolments.filter(state=Enrolment.State.REVOKED)
    ids = [str(pk) for pk in ended.values_list("pk", flat=True)[:MOST_REVOKED]]
    return AuditEntry.objects.filter(object_type="enrolment", object_id__in=ids)


def _tell_begun(enrolments: list[Enrolment]) -> list[Happening]:
    return [
        Happening(
            _("Enrolled in “%(promotion)s”") % {"promotion": enrolment.promotion},
            _page(enrolment),
            note=" · ".join(filter(None, [enrolment.source, enrolment.actor_label])),
        )
        for enrolment in enrolments
    ]


def _tell_revoked(entries: list[AuditEntry]) -> list[Happening]:
    numbers = [int(entry.object_id) for entry in entries]
    known = Enrolment.objects.select_related("promotion").in_bulk(numbers)
    return [
        Happening(
            _("Is no longer enrolled in “%(promotion)s”") % {"promotion": known[number].promotion},
            _page(known[number]),
            note=entry.reason,
        )
        for number, entry in zip(numbers, entries, strict=True)
    ]


def _page(enrolment: Enrolment) -> str:
    return reverse("admin:promotions_enrolment_change", args=[enrolment.pk])


KIND = ("promotions", gettext_lazy("Promotions"), "promotions.view_enrolment")
ENROLMENTS = Source(*KIND, _begun, "enrolled_at", _tell_begun)
REVOCATIONS = Source(*KIND, _revoked, "at", _tell_revoked)
