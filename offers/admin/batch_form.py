"""The form that prepares an offer to many: which offer, to whom, on what days."""

import re
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from customers.models import Level, Segment
from loyalty_site.backoffice.theme import DateWidget, FileWidget, SelectWidget, TextareaWidget, TextWidget
from offers.admin.giving import PICKED
from offers.batch_models import GiftBatch
from offers.bulk.services import Wish
from offers.days import first_moment, last_moment
from offers.models import Offer

MOST = 50_000  # lines of a list; more are better kept in a segment
LARGEST = 5 * 1024**2  # bytes of a file
LONGEST = 255  # characters of a line that are looked at
END_OF_CELL = re.compile(r"[;,\t]")
WHO = ("segment", "level", "pasted", "file")


class BatchForm(forms.ModelForm):
    segment = forms.ModelChoiceField(
        Segment.objects.all(),
        required=False,
        widget=SelectWidget,
        help_text=gettext_lazy("Everybody who is in it when it is given."),
    )
    level = forms.ModelChoiceField(Level.objects.all(), required=False, widget=SelectWidget)
    pasted = forms.CharField(
        label=gettext_lazy("Or these customers"),
        required=False,
        widget=TextareaWidget(attrs={"rows": 4}),
        help_text=gettext_lazy("One a line: e-mail, phone, loyalty card, external id, number or id."),
    )
    file = forms.FileField(
        label=gettext_lazy("Or those of a file"),
        required=False,
        widget=FileWidget(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
        help_text=gettext_lazy("A text or CSV file; of each line the first column counts."),
    )
    first_day = forms.DateField(
        label=gettext_lazy("First day"), widget=DateWidget(attrs=PICKED), initial=timezone.localdate
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

    class Meta:
        model = GiftBatch
        fields = ["offer", "segment", "level", "reference", "repeat"]
        labels = {"repeat": gettext_lazy("Give it once more to those who have it")}
        help_texts = {"repeat": gettext_lazy("Otherwise they are left out, unless theirs has expired.")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "offer" in self.fields:
            self.fields["offer"].queryset = Offer.objects.filter(status=Offer.Status.ACTIVE)

    def clean_pasted(self) -> list[str]:
        return _bounded(self.cleaned_data["pasted"].splitlines())

    def clean_file(self) -> list[str]:
        given: UploadedFile | None = self.cleaned_data["file"]
        if given is None:
            return []
        if given.size > LARGEST:
            raise forms.ValidationError(_("The file has more than 5 MB. Make a segment of these customers instead."))
        try:
            return _bounded(given.read().decode("utf-8-sig").splitlines())
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("The file is no text in UTF-8. Save it as “CSV UTF-8”.")) from error

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        first, last = values.get("first_day"), values.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("Choose a last day that is not before the first, or leave it empty."))
        if not self.errors and sum(bool(values.get(name)) for name in WHO) != 1:
            raise forms.ValidationError(_("Say in one way who shall get it: a segment, a level, a list or a file."))
        return values

    def wish(self) -> Wish:
        values = self.cleaned_data
        last = values["last_day"]
        return Wish(
            begins_at=first_moment(values["first_day"]),
            expires_at=last_moment(last) if last else None,
            reference=values["reference"],
            repeat=values["repeat"],
            segment=values["segment"],
            level=values["level"],
            listed=values["pasted"] or values["file"],
        )


def _bounded(lines: list[str]) -> list[str]:
    """The first cell of each line that has one."""
    cells = [END_OF_CELL.split(line.replace("\0", ""), maxsplit=1)[0].strip().strip('"')[:LONGEST] for line in lines]
    texts = [cell for cell in cells if cell]
    if len(texts) > MOST:
        told = ngettext("%(n)d line is too many.", "%(n)d lines are too many: make a segment of them.", len(texts))
        raise forms.ValidationError(told % {"n": len(texts)})
    return texts
