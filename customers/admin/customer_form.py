"""The customer's form. It checks and shapes; services save what it says."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models import Customer, Level, Segment
from loyalty_site.backoffice.reasons import reason_field
from loyalty_site.backoffice.theme import DateWidget, SearchableMultipleWidget, SelectWidget

PERSON = ["first_name", "last_name", "gender", "birth_date"]
IDENTITY = ["email", "phone", "card_number", "external_id"]
PROGRAMME = ["level", "level_set_by_hand", "store"]
AGREEMENTS = ["agreement1", "agreement2", "agreement3"]
MAIL = ["language", "reward_mail"]
ADDRESS = ["street", "address1", "address2", "postal", "city", "province", "country"]
COMPANY = ["company_name", "company_tax_number"]


class CustomerForm(forms.ModelForm):
    segments = forms.ModelMultipleChoiceField(
        Segment.objects.all(),
        required=False,
        widget=SearchableMultipleWidget,
        help_text=_("Campaigns aimed at one of these segments are shown to the customer."),
    )

    birth_date = forms.DateField(required=False, widget=DateWidget)
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("the programme's own")), *settings.MAIL_LANGUAGES],
        widget=SelectWidget,
    )

    class Meta:
        model = Customer
        fields = [*PERSON, *IDENTITY, *PROGRAMME, *AGREEMENTS, *MAIL, *ADDRESS, *COMPANY]
        help_texts = {
            "external_id": _("The customer's id in your CRM or shop."),
            "country": _("Two letters, such as PL."),
            "reward_mail": _("A mail with the code when the customer has bought a reward. It needs an e-mail above."),
            "level_set_by_hand": _("Keep the customer on this level, whatever he or she spends."),
            "store": _("Tokens bound to a store see that store's customers and those of none."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self._is_new:
            self.initial["level"] = Level.objects.for_new_customers()
        else:
            self.initial["segments"] = list(self.instance.memberships.values_list("segment", flat=True))
            self.initial["birth_date"] = self._birthday

    @property
    def _is_new(self) -> bool:
        return self.instance._state.adding

    @property
    def _birthday(self) -> Any:
        born = self.instance.birth_date
        return born and timezone.localtime(born).date()

    def clean_email(self) -> str | None:
        return self._log_in_name("email")

    def clean_phone(self) -> str | None:
        return self._log_in_name("phone")

    def clean_card_number(self) -> str | None:
        return self._log_in_name("card_number")

    def _log_in_name(self, field: str) -> str | None:
        """What a customer logs in by is one customer's alone, whether as e-mail, phone or card."""
        text = self.cleaned_data[field]
        if text and field != "email" and "@" in text:
            raise forms.ValidationError(_("Only an e-mail may have an “@”."))
        if text and Customer.objects.exclude(pk=self.instance.pk).by_login(text).exists():
            raise forms.ValidationError(_("Another customer has this e-mail, phone or card."))
        return text

    def clean_birth_date(self) -> datetime | None:
        """A day, which the column keeps as its first moment; the moment of an unchanged day stays."""
        day = self.cleaned_data["birth_date"]
        if day is None or day == self._birthday:
            return day and self.instance.birth_date
        return timezone.make_aware(datetime.combine(day, time.min))

    def plain_fields(self) -> dict[str, Any]:
        """What the services are told; segments go their own way."""
        return {name: value for name, value in self.cleaned_data.items() if name != "segments"}


class StatusForm(forms.Form):
    """Why a customer is blocked or let in again."""

    reason = reason_field(_("The audit trail keeps it. No personal details, please."))
