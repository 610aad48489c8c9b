"""The forms in which accounts are added and changed."""

from typing import Any

from django import forms
from django.contrib.auth.forms import UsernameField
from django.utils.translation import gettext_lazy

from loyalty_site.access.models import User
from loyalty_site.backoffice.theme import UserChangeForm, UserCreationForm


class OneEmailPerRole(forms.ModelForm):
    """Tells at the field what the database would refuse."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        email, role = data.get("email"), data.get("role", self.instance.role)
        others = User.objects.exclude(pk=self.instance.pk)
        if email and others.filter(email__iexact=email, role=role).exists():
            self.add_error("email", gettext_lazy("Another account with the same API role has this e-mail."))
        return data


class NewUserForm(OneEmailPerRole, UserCreationForm):
    class Meta:
        model = User
        fields = ["username"]
        field_classes = {"username": UsernameField}


class ChangedUserForm(OneEmailPerRole, UserChangeForm):
    class Meta:
        model = User
        fields = [
            *["username", "password", "is_active", "first_name", "last_name", "email", "phone"],
            *["role", "store", "may_transfer_points", "password_is_temporary"],
            *["is_staff", "is_superuser", "groups"],
        ]
        field_classes = {"username": UsernameField}
