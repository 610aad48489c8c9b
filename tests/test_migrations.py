"""What the tests take for granted about migrations."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

from loyalty_site.access.models import ShippedGroup

# Django writes the first two again after each flush, and we the others
REFILLED = {ContentType, Permission, Group, Group.permissions.through, ShippedGroup}


@pytest.mark.django_db
def test_migrations_write_no_rows():
    """A test with `transaction=True` empties every table, so the tests after it would miss what a migration wrote.

    Rows that every installation needs belong into a `post_migrate` receiver, which runs after a flush too.
    """
    tables = set(apps.get_models(include_auto_created=True)) - REFILLED

    assert {model._meta.label for model in tables if model._base_manager.exists()} == set()
