"""Data that is made up goes into a database of its own."""

from django.apps import apps
from django.conf import settings
from django.core.management.base import CommandError


def refuse_unless_empty() -> None:
    """Raises CommandError where there is somebody whose data this would be mixed with."""
    model = apps.get_model(settings.EMPTY_WITHOUT)
    count = model.objects.count()
    if count:
        raise CommandError(f"The database holds {count} {model._meta.verbose_name_plural}: choose an empty one.")
