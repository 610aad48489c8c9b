"""The admin's log-in form."""

from math import ceil
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy, ngettext

from loyalty_site.access.errors import TooManyAttempts
from loyalty_site.backoffice.theme import AuthenticationForm


class StaffLogInForm(AuthenticationForm):
    """Says when a lock-out ends."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["username"].label = gettext_lazy("Username or e-mail")

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except TooManyAttempts as locked:
            raise wait(locked) from locked


def wait(locked: TooManyAttempts) -> ValidationError:
    """What a form says to somebody who is locked out."""
    minutes = ceil(locked.seconds / 60)
    text = ngettext(
        "Too many wrong passwords. Try again in %(minutes)d minute.",
        "Too many wrong passwords. Try again in %(minutes)d minutes.",
        minutes,
    )
    return ValidationError(text, code="locked", params={"minutes": minutes})
