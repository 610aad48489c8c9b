"""Giving an offer to one customer by hand."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.models import Customer
from loyalty_site.backoffice.decisions import Decision
from loyalty_site.backoffice.staff import actor_of
from loyalty_site.backoffice.theme import DateWidget, TextWidget, typed
from loyalty_site.days import FIRST_DAY, LAST_DAY
from loyalty_site.errors import DomainError
from offers import services
from offers.assigning import Terms
from offers.days import first_moment, last_moment
from offers.errors import OfferNotFound
from offers.models import CustomerOffer, Offer

PICKED = {"type": "date"}  # by the browser's own calendar
EXPLANATION = gettext_lazy("The customer can answer it from the first day on. Giving it once more gives a second one.")


class TermsForm(forms.Form):
    """On which days, and what for."""

    first_day = forms.DateField(
        label=gettext_lazy("First day"),
        widget=DateWidget(attrs=PICKED),
        initial=timezone.localdate,
        validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)],
    )
    last_day = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=DateWidget(attrs=PICKED),
        required=False,
        help_text=gettext_lazy("Empty: it does not expire."),
    )
    reference = forms.CharField(
        label=gettext_lazy("What for"),
        max_length=255,
        required=False,
        widget=TextWidget,
        help_text=gettext_lazy("The list of offers given shows it."),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        first, last = values.get("first_day"), values.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("Choose a last day that is not before the first, or leave it empty."))
        return values


class GivingForm(TermsForm):
    """Of one offer: to whom."""

    field_order = ["customer"]
    customer = forms.CharField(
        label=gettext_lazy("Customer"),
        max_length=255,
        widget=TextWidget,
        help_text=gettext_lazy("E-mail, phone, loyalty card, number or id."),
    )

    def clean_customer(self) -> Customer:
        """Exactly one: a text that fits two is refused rather than guessed at."""
        found = Customer.objects.exclude(status=Customer.Status.ERASED).by_identifier(self.cleaned_data["customer"])
        customers = list(found[:2])
        if len(customers) != 1:
            told = _("Several customers fit this; give the id.") if customers else _("No customer has this.")
            raise forms.ValidationError(told)
        return customers[0]


class GivingToForm(TermsForm):
    """To one customer: which offer."""

    field_order = ["offer"]
    offer = typed(CustomerOffer._meta.get_field("offer"), label=gettext_lazy("Offer"))


def giving(request: HttpRequest, offer: Offer) -> Decision:
    """One offer to a customer who is named in the form."""
    return Decision(
        title=_("Give “%(offer)s” to a customer") % {"offer": offer},
        explanation=EXPLANATION,
        button=_("Give"),
        form=GivingForm,
        act=lambda data: _give(request, offer, data["customer"], data),
        refused=_sentence,
        back=reverse("admin:offers_offer_change", args=[offer.pk]),
    )


def giving_to(request: HttpRequest, customer: Customer) -> Decision:
    """An offer that is named in the form to one customer."""
    return Decision(
        title=_("Give %(customer)s an offer") % {"customer": customer},
        explanation=EXPLANATION,
        button=_("Give"),
        form=GivingToForm,
        media=GivingToForm.base_fields["offer"].widget.media,
        act=lambda data: _give(request, data["offer"], customer, data),
        refused=_sentence,
        back=reverse("admin:customers_customer_change", args=[customer.pk]),
    )


def _give(request: HttpRequest, offer: Offer, customer: Customer, data: dict[str, Any]) -> str:
    first, last = data["first_day"], data["last_day"]
    terms = Terms(
        displayed_from=first_moment(first),
        effective_from=first_moment(first),
        expires_at=last_moment(last) if last else None,
        source="admin",
        reference=data["reference"],
    )
    services.assign(offer.pk, customer.pk, terms, actor=actor_of(request), at=timezone.now())
    return _("%(customer)s has the offer “%(offer)s” now.") % {"customer": customer, "offer": offer}


def _sentence(refusal: DomainError) -> str:
    if isinstance(refusal, OfferNotFound):
        return _("This offer is not switched on: set its status to “active” first.")
    return _("This customer does not exist any more.")
