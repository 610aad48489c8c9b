"""Handing out all data held on a customer, and erasing it: the questions."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.models import Customer
from customers.privacy import erasing, handing_out
from loyalty_site.access.errors import LogInOfStaff
from loyalty_site.backoffice.decisions import Decision
from loyalty_site.backoffice.reasons import reason_field
from loyalty_site.backoffice.staff import actor_of
from loyalty_site.backoffice.theme import TextWidget
from loyalty_site.errors import DomainError


def erase_form(customer: Customer) -> type[forms.Form]:
    """Typing the number makes sure that it is this customer who is meant."""

    class EraseForm(forms.Form):
        reason = reason_field(
            gettext_lazy("The audit trail shows it for good. Write no names, addresses or numbers of people.")
        )
        number = forms.CharField(
            label=_("Type %(number)s to confirm") % {"number": customer.number},
            help_text=gettext_lazy("It is the customer's number."),
            widget=TextWidget(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        )

        def clean_number(self) -> str:
            if self.cleaned_data["number"].strip() != str(customer.number):
                raise forms.ValidationError(_("That is not the number of this customer."))
            return str(customer.number)

    return EraseForm


def handing_out_data(request: HttpRequest, customer: Customer) -> Decision:
    def act(data: dict[str, Any]) -> str:
        handing_out.begin(customer, actor=actor_of(request), at=timezone.now())
        return _("A job writes the file. It will be under Jobs when it is done.")

    return Decision(
        title=_("Export all data held on %(name)s") % {"name": customer},
        explanation=_(
            "A file in JSON with everything that is held on this person: the record itself, points and their "
            "movements, purchases with codes, sales, offers, promotions, the log-in, mail, and what was done. Make "
            "sure that it reaches nobody but this person."
        ),
        button=_("Export"),
        act=act,
        refused=_sentence,
        back=_back(customer),
    )


def erasing_data(request: HttpRequest, customer: Customer) -> Decision:
    def act(data: dict[str, Any]) -> str:
        erasing.erase(customer.pk, actor=actor_of(request), at=timezone.now(), reason=data["reason"])
        return _("Customer %(number)s is erased.") % {"number": customer.number}  # no name: the answer is kept

    return Decision(
        title=_("Erase %(name)s") % {"name": customer},
        explanation=_("The person is forgotten, and the books keep their sums. There is no way back."),
        button=_("Erase for good"),
        form=erase_form(customer),
        act=act,
        refused=_sentence,
        back=_back(customer),
        consequences=_foretold(customer),
        dangerous=True,
    )


def _foretold(customer: Customer) -> list[str]:
    """Nothing where it has happened, and the page is sent once more."""
    if customer.status == Customer.Status.ERASED:
        return []
    return erasing.foretold(customer.pk, at=timezone.now())


def _back(customer: Customer) -> str:
    return reverse("admin:customers_customer_change", args=[customer.pk])


def _sentence(refusal: DomainError) -> str:
    if isinstance(refusal, LogInOfStaff):
        return _(
            "This person's log-in opens the back office. Take that away on the account's page first, then erase the "
            "customer."
        )
    return _("This customer does not exist any more.")
