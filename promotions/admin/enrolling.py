"""Enrolling one customer by hand."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.models import Customer
from loyalty_site.backoffice.decisions import Decision
from loyalty_site.backoffice.staff import actor_of
from loyalty_site.backoffice.theme import typed
from loyalty_site.errors import DomainError
from promotions import services
from promotions.errors import EnrolmentLimitReached, PromotionNotOpen
from promotions.models import Enrolment


class EnrollingForm(forms.Form):
    promotion = typed(Enrolment._meta.get_field("promotion"), label=gettext_lazy("Promotion"))


def enrolling(request: HttpRequest, customer: Customer) -> Decision:
    def act(data: dict[str, Any]) -> str:
        promotion, facts = data["promotion"], {"actor": actor_of(request), "at": timezone.now()}
        services.enrol(promotion, customer.pk, customer_status=customer.status, source="admin", **facts)
        return _("%(customer)s is enrolled in “%(promotion)s”.") % {"customer": customer, "promotion": promotion}

    return Decision(
        title=_("Enrol %(customer)s in a promotion") % {"customer": customer},
        explanation=_("It runs from now on. An enrolment in the same promotion that still runs is replaced by it."),
        button=_("Enrol"),
        form=EnrollingForm,
        media=EnrollingForm.base_fields["promotion"].widget.media,
        act=act,
        refused=_sentence,
        back=reverse("admin:customers_customer_change", args=[customer.pk]),
    )


def _sentence(refusal: DomainError) -> str:
    if isinstance(refusal, PromotionNotOpen):
        return _("This promotion takes nobody at the moment: look at its status, its dates and its kind.")
    if isinstance(refusal, EnrolmentLimitReached):
        return _("The customer has been enrolled in it as often as it allows.")
    return _("A blocked customer is enrolled in nothing.")
