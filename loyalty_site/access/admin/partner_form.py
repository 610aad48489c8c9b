"""The form of a partner, with the texts that stand for it in calls."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loyalty_site.access.partner_models import Partner, PartnerValue
from loyalty_site.api.ids import uuid_in
from loyalty_site.api.texts import is_storable
from loyalty_site.backoffice.theme import TextareaWidget

LONGEST = PartnerValue._meta.get_field("value").max_length
MOST = 100


class PartnerForm(forms.ModelForm):
    names_in_calls = forms.CharField(
        label=gettext_lazy("Names in calls"),
        required=False,
        widget=TextareaWidget(attrs={"rows": 3}),
        help_text=gettext_lazy("What its systems send as “partner” to be told apart, one a line. Case counts."),
    )

    class Meta:
        model = Partner
        fields = [
            *["name", "active", "names_in_calls", "region", "note"],
            *["per_call", "per_customer_day", "per_partner_day"],
        ]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.instance._state.adding:
            values = self.instance.own_values.values_list("value", flat=True)
            self.initial["names_in_calls"] = "\n".join(values)

    def clean_names_in_calls(self) -> str:
        values = sorted({line.strip() for line in self.cleaned_data["names_in_calls"].splitlines()} - {""})
        if len(values) > MOST:
            raise forms.ValidationError(_("At most %(most)d names.") % {"most": MOST})
        if not all(len(value) <= LONGEST and is_storable(value) for value in values):
            raise forms.ValidationError(_("Each name has at most %(most)d characters.") % {"most": LONGEST})
        if any(map(uuid_in, values)):  # a partner without a name signs with its id, which no other may look like
            raise forms.ValidationError(_("A name cannot be a UUID."))
        others = PartnerValue.objects.filter(value__in=values).exclude(partner=self.instance.pk)
        if taken := list(others.values_list("value", flat=True)):
            raise forms.ValidationError(_("Another partner has: %(names)s.") % {"names": ", ".join(taken)})
        return "\n".join(values)
