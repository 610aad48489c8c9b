"""A picture in a form: seen at once when it is chosen, beside the one that is kept already."""

from dataclasses import dataclass

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

MIDDLE = (50, 50)


@dataclass(frozen=True)
class KeptPicture:
    """A picture that is kept already. Django's inputs for files take what has a `url` for a file."""

    url: str
    preview_url: str
    thumbnail_url: str
    alt: str
    focus: tuple[int, int] = MIDDLE  # what stays in sight where it is cut: percent from the left and from the top

    def __str__(self) -> str:
        return self.url


class PictureInput(forms.ClearableFileInput):
    """Its attributes `data-…` give a script the limits and what to say of them, before anything is sent.

    `data-focus-x` and `data-focus-y` name the form's inputs for what matters in the picture, in percent.
    """

    template_name = "backoffice/picture_input.html"

    class Media:
        js = ("backoffice/picture_input.js", "backoffice/picture_focus.js")


NO_PICTURE = SafeString('<span class="backoffice-thumbnail"></span>')


def thumbnail(picture: KeptPicture | None) -> SafeString:
    """For a list: a box that has its size before the picture is there, and asks for it when it is scrolled to."""
    if picture is None:
        return NO_PICTURE
    image = (
        '<img src="{}" alt="{}" width="64" height="48" loading="lazy" decoding="async" class="backoffice-thumbnail"{}>'
    )
    return format_html(image, picture.thumbnail_url, picture.alt, _cut_around(picture.focus))


def preview(picture: KeptPicture) -> SafeString:
    """For a page on which it is only looked at."""
    image = '<a href="{}" target="_blank" class="backoffice-frame"><img src="{}" alt="{}"></a>'
    return format_html(image, picture.url, picture.preview_url, picture.alt)


def _cut_around(focus: tuple[int, int]) -> SafeString | str:
    """An attribute that keeps the focus in sight; a browser keeps the middle by itself."""
    return "" if focus == MIDDLE else format_html(' style="object-position: {}% {}%"', *focus)
