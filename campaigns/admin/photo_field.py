"""A campaign's picture in its form. The rules are those of the API, told so that staff know what to do."""

from math import ceil
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from campaigns.errors import (
    EmptyFile,
    FileTooLarge,
    ImageTooLow,
    ImageTooNarrow,
    NotAnImage,
    PictureRefused,
    TooManyPixels,
)
from campaigns.images import LARGEST_FILE, LEAST_HEIGHT, LEAST_WIDTH, Picture, redrawn
from campaigns.models import Campaign
from campaigns.models.campaign import MIDDLE
from loyalty_site.backoffice.pictures import KeptPicture, PictureInput
from loyalty_site.backoffice.theme import NumberWidget

MEGABYTE = 1024 * 1024
SENTENCES: dict[type[PictureRefused], Any] = {
    EmptyFile: gettext_lazy("The file is empty. Choose another one."),
    FileTooLarge: gettext_lazy("The picture has %(size)s MB; choose one of at most %(most)s MB."),
    NotAnImage: gettext_lazy("The file is no picture that can be read. Choose a PNG, a JPEG or a GIF."),
    TooManyPixels: gettext_lazy("The picture has too many pixels. Save it smaller, such as 2000 pixels wide."),
    ImageTooNarrow: gettext_lazy("The picture is %(width)s pixels wide; choose one of at least %(least)s."),
    ImageTooLow: gettext_lazy("The picture is %(height)s pixels high; choose one of at least %(least)s."),
}
LIMITS = format_lazy(
    gettext_lazy("PNG, JPEG or GIF, at least {width} by {height} pixels, at most {most} MB."),
    width=LEAST_WIDTH,
    height=LEAST_HEIGHT,
    most=LARGEST_FILE // MEGABYTE,
)
FOCUS = gettext_lazy("Click on what matters in the picture: where apps have less room, that part stays in sight.")
CHOOSE_AGAIN = gettext_lazy("Choose the picture again: a browser sends it anew each time.")


class PhotoField(forms.FileField):
    """Gives a Picture, drawn anew; False where the one there is goes; anything else where nothing changes."""

    widget = PictureInput(
        attrs={
            "accept": "image/png,image/jpeg,image/gif",
            "data-largest": LARGEST_FILE,
            "data-least-width": LEAST_WIDTH,
            "data-least-height": LEAST_HEIGHT,
            "data-too-large": SENTENCES[FileTooLarge],
            "data-too-narrow": SENTENCES[ImageTooNarrow],
            "data-too-low": SENTENCES[ImageTooLow],
            "data-no-picture": SENTENCES[NotAnImage],
            "data-focus-x": "focus_x",
            "data-focus-y": "focus_y",
        }
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, allow_empty_file=True, **options)

    def to_python(self, data: Any) -> Picture | None:
        file = super().to_python(data)
        if file is None:
            return None
        try:
            return redrawn(file)
        except PictureRefused as refused:
            raise forms.ValidationError(SENTENCES[type(refused)], params=_facts(refused)) from refused


class PercentField(forms.IntegerField):
    """A place on the picture's width or height. Left empty it stays what it was."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, initial=MIDDLE, min_value=0, max_value=100, widget=NumberWidget, **options)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return data not in self.empty_values and super().has_changed(initial, data)


class WithPhoto(forms.ModelForm):
    """The part of a campaign's form that is about its picture."""

    picture = PhotoField(label=gettext_lazy("Picture"), help_text=LIMITS)
    focus_x = PercentField(label=gettext_lazy("What matters, from the left (%)"), help_text=FOCUS)
    focus_y = PercentField(label=gettext_lazy("From the top (%)"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["picture"] = kept_picture(self.instance)

    def clean_focus_x(self) -> int:
        return self._or_as_before("focus_x")

    def clean_focus_y(self) -> int:
        return self._or_as_before("focus_y")

    def _or_as_before(self, name: str) -> int:
        value = self.cleaned_data[name]
        return getattr(self.instance, name) if value is None else value

    def full_clean(self) -> None:
        """What is wrong elsewhere costs a picture that was chosen: no form can send it a second time by itself."""
        super().full_clean()
        if self._errors and isinstance(self.cleaned_data.get("picture"), Picture):
            self.add_error("picture", CHOOSE_AGAIN)


def kept_picture(campaign: Campaign) -> KeptPicture | None:
    if not campaign.photo:
        return None
    url = reverse("campaign-photo", args=[campaign.pk])
    shows = campaign.photo_alt or campaign.name
    return KeptPicture(url, f"{url}?size=640", f"{url}?size=160", shows, (campaign.focus_x, campaign.focus_y))


def _facts(refused: PictureRefused) -> dict[str, object]:
    if not isinstance(refused, FileTooLarge):
        return refused.facts
    # Rounded up: what is a little too large is not told to be just right.
    return {"size": ceil(refused.size / MEGABYTE * 10) / 10, "most": refused.most // MEGABYTE}
