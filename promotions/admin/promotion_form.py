"""The form in which staff set a promotion up."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from loyalty_site.backoffice.theme import TextareaWidget
from promotions.models import MOST_DAYS, MOST_ENROLMENTS, Promotion


class PromotionForm(forms.ModelForm):
    class Meta:
        model = Promotion
        fields = [
            *["program", "name", "description", "kind", "status", "starts_at", "ends_at"],
            *["enrolment_limit", "valid_days"],
        ]
        widgets = {"description": TextareaWidget(attrs={"rows": 3})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "starts_at" in self.fields:
            self.fields["starts_at"].initial = timezone.now

    def clean_enrolment_limit(self) -> int:
        return self._within("enrolment_limit", MOST_ENROLMENTS)

    def clean_valid_days(self) -> int | None:
        return self._within("valid_days", MOST_DAYS)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        first, last = values.get("starts_at"), values.get("ends_at")
        if first and last and last <= first:
            self.add_error("ends_at", _("Choose an end after the start, or leave it empty."))
        return values

    def _within(self, name: str, most: int) -> int | None:
        number = self.cleaned_data[name]
        if number is not None and not 1 <= number <= most:
            raise forms.ValidationError(_("Choose a number from 1 to %(most)d.") % {"most": most})
        return number
