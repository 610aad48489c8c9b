"""The reason that staff give for what they decide."""

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from loyalty_site.backoffice.theme import TextareaWidget

LONGEST = 500
LABEL = gettext_lazy("Reason")
KEPT = gettext_lazy("The audit trail shows it.")


def reason_field(help_text: Promise = KEPT, *, label: Promise = LABEL) -> forms.CharField:
    """`help_text` says who will read it."""
    widget = TextareaWidget(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=LONGEST, widget=widget, help_text=help_text)


class ReasonForm(forms.Form):
    reason = reason_field()
