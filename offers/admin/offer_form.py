"""The form in which staff set an offer up."""

from django import forms

from loyalty_site.backoffice.theme import TextareaWidget
from offers.models import Offer


class OfferForm(forms.ModelForm):
    class Meta:
        model = Offer
        fields = ["name", "code", "description", "status", "rank", "partners"]
        widgets = {"description": TextareaWidget(attrs={"rows": 3})}
