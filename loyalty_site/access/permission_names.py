"""Permissions in the reader's words. The database keeps their names as they were in English when they were made."""

from django.contrib.auth.models import Permission
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

FOR_EVERY_MODEL = {
    "add": gettext_lazy("Can add %(things)s"),
    "change": gettext_lazy("Can change %(things)s"),
    "delete": gettext_lazy("Can delete %(things)s"),
    "view": gettext_lazy("Can view %(things)s"),
}


def permission_name(permission: Permission) -> str:
    """What it allows. Of a permission with a name of its own, the model's source has the text."""
    model = permission.content_type.model_class()
    act, _separator, model_name = permission.codename.partition("_")
    if model is None or act not in FOR_EVERY_MODEL or model_name != model._meta.model_name:
        return _(permission.name)
    return str(FOR_EVERY_MODEL[act] % {"things": model._meta.verbose_name_plural})
