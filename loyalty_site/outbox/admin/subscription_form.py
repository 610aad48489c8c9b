"""The form of a webhook. It checks the address as every delivery does."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loyalty_site.backoffice.theme import CheckboxesWidget, TextareaWidget
from loyalty_site.outbox.addresses import checked, resolved, target_of
from loyalty_site.outbox.errors import AddressRefused
from loyalty_site.outbox.kinds import kinds
from loyalty_site.outbox.models import Subscription

FIELDS = ["name", "url", "active", "kinds", "with_codes", "description"]


class SubscriptionForm(forms.ModelForm):
    kinds = forms.MultipleChoiceField(label=_("What it is told"), widget=CheckboxesWidget)

    class Meta:
        model = Subscription
        fields = ["name", "url", "active", "with_codes", "description"]
        widgets = {"description": TextareaWidget(attrs={"rows": 3})}
        help_texts = {
            "name": _("Which system is told."),
            "url": _("https://, on the public internet. Each event is sent there with POST."),
            "active": _("While it is off, nothing is kept for it."),
            "with_codes": _("Whoever runs that system can then use the codes."),
            "description": _("Whom to ask about it, for your colleagues."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "kinds" in self.fields:  # not where the page is only read
            self.fields["kinds"].choices = [(kind.name, f"{kind.name}: {kind.says}") for kind in kinds().values()]
        if not self.instance._state.adding:
            self.initial["kinds"] = list(self.instance.wanted.values_list("kind", flat=True))

    def clean_url(self) -> str:
        url = self.cleaned_data["url"].strip()
        try:
            checked(target_of(url), resolved)
        except AddressRefused as refusal:
            raise forms.ValidationError(str(refusal.because)) from refusal
        return url

    def plain_fields(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "kinds"}
