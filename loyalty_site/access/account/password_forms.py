"""The forms around one's own password."""

from typing import Any

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.utils import timezone
from django.utils.translation import gettext_lazy

from loyalty_site.access import attempts
from loyalty_site.access.errors import TooManyAttempts
from loyalty_site.access.forms import wait
from loyalty_site.backoffice.theme import AdminOwnPasswordChangeForm, EmailWidget, PasswordWidget


class OwnPasswordForm(AdminOwnPasswordChangeForm):
    """Wrong guesses at the old password count like wrong log-ins. `address` is where they come from."""

    def __init__(self, *args: Any, address: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.address = address

    def clean_old_password(self) -> str:
        try:
            attempts.begin(self.user.username, self.address, at=timezone.now())
        except TooManyAttempts as locked:
            raise wait(locked) from locked
        password = super().clean_old_password()
        attempts.succeeded(self.user.username, self.address)
        return password


class ForgottenForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("E-mail"), max_length=254, widget=EmailWidget(attrs={"autocomplete": "email"})
    )


class NewPasswordForm(SetPasswordForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("new_password1", "new_password2"):
            self.fields[name].widget = PasswordWidget(attrs={"autocomplete": "new-password"})
