"""What the tests take for granted about migrations."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType

REFILLED = {ContentType, Permission}  # Django writes these again after each flush


@pytest.mark.django_db
def test_migrations_write_no_rows():
    """A test with `transaction=True` empties every table, so the tests after it would miss what a migration wrote.

    Rows that every installation needs belong into a `post_migrate` receiver, which runs after a flush too.
    """
    tables = set(apps.get_models(include_auto_created=True)) - REFILLED

    assert {model._meta.label for model in tables if model._base_manager.exists()} == set()
