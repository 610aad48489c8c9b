"""The forms in which tokens are issued, limited and revoked."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loyalty_site.access import granting
from loyalty_site.access.actors import Role
from loyalty_site.access.models import ApiToken, User
from loyalty_site.backoffice.theme import CheckboxesWidget, NumberWidget, TextWidget


class NewTokenForm(forms.ModelForm):
    """Offers what the issuer may do, for nobody grants what he does not have."""

    issuer: User

    scopes = forms.MultipleChoiceField(label=gettext_lazy("What it may do"), widget=CheckboxesWidget)
    user_name = forms.CharField(
        label=gettext_lazy("User name"),
        required=False,
        max_length=64,
        validators=[RegexValidator(r"^[A-Za-z0-9._@-]+\Z", gettext_lazy("Letters, digits and . _ @ - only."))],
        widget=TextWidget,
        help_text=gettext_lazy("For systems that send a user name and a password (Basic). Others leave it empty."),
    )

    class Meta:
        model = ApiToken
        fields = ["name", "role", "partner", "scopes", "user_name", "store", "expires_at", "requests_per_minute"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["scopes"].choices = list(granting.grantable_scopes(self.issuer).items())
        of_a_partner = self.initial.get("partner")  # the first role of the list may do most
        self.initial.setdefault("role", (Role.PARTNER if of_a_partner else Role.SELLER).value)

    def clean_expires_at(self) -> datetime | None:
        ends = self.cleaned_data["expires_at"]
        if ends and ends <= timezone.now():
            raise forms.ValidationError(_("This is in the past."))
        return ends

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("role") == Role.PARTNER and "partner" in data and data["partner"] is None:
            self.add_error("partner", _("Choose whose token it is."))
        if data.get("role") != Role.PARTNER and data.get("partner"):
            self.add_error("partner", _("Only a token of the role “Partner” belongs to a partner."))
        return data


class LimitForm(forms.Form):
    requests_per_minute = forms.IntegerField(
        label=gettext_lazy("Requests per minute"),
        min_value=1,
        max_value=1_000_000,
        required=False,
        widget=NumberWidget(attrs={"min": 1}),
        help_text=gettext_lazy("More are refused until the minute is over. Empty: no limit."),
    )
