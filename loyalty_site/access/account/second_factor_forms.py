"""Typing a code."""

from math import ceil

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from loyalty_site.access.errors import TooManyAttempts, WrongCode
from loyalty_site.backoffice.theme import TextWidget

TYPED = {"autocomplete": "one-time-code", "autofocus": "", "autocapitalize": "none", "spellcheck": "false"}


class CodeForm(forms.Form):
    """A code of the app, or a recovery code."""

    code = forms.CharField(label=gettext_lazy("Code"), max_length=40, widget=TextWidget(attrs=TYPED))


def complaint(refusal: WrongCode | TooManyAttempts) -> ValidationError:
    if isinstance(refusal, WrongCode):
        return ValidationError(_("This code is not right, or was used before. Take the one that is shown now."))
    minutes = ceil(refusal.seconds / 60)
    told = ngettext(
        "Too many wrong codes. Try again in %(minutes)d minute.",
        "Too many wrong codes. Try again in %(minutes)d minutes.",
        minutes,
    )
    return ValidationError(told % {"minutes": minutes})
