"""The roles that are shipped, as groups."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission

from loyalty_site.access.models import ShippedGroup
from loyalty_site.access.shipped_groups import bring_up_to_date
from loyalty_site.access.staff_roles import StaffRole, permissions_of, rights

pytestmark = pytest.mark.django_db


def held_by(group: Group) -> set[str]:
    found = group.permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in found}


@pytest.mark.parametrize("role", StaffRole)
def test_a_role_is_there_after_the_migrations_with_what_its_tables_say(role):
    assert held_by(Group.objects.get(name=role.value)) == permissions_of(role)


def test_what_a_group_lost_or_gained_is_put_right():
    group = Group.objects.get(name="support")
    group.permissions.set(Permission.objects.filter(codename="change_user"))
    bring_up_to_date()
    assert held_by(group) == permissions_of(StaffRole.SUPPORT)


def test_a_renamed_group_stays_the_one():
    Group.objects.filter(name="support").update(name="service desk")
    bring_up_to_date()
    assert not Group.objects.filter(name="support").exists()
    assert held_by(Group.objects.get(name="service desk")) == permissions_of(StaffRole.SUPPORT)


def test_a_group_that_is_gone_comes_back():
    Group.objects.get(name="auditor").delete()
    bring_up_to_date()
    assert held_by(Group.objects.get(name="auditor")) == permissions_of(StaffRole.AUDITOR)


def test_a_companys_own_group_is_not_touched_even_under_a_shipped_name():
    Group.objects.get(name="auditor").delete()
    own = Group.objects.create(name="auditor")
    bring_up_to_date()
    assert held_by(own) == set()
    assert held_by(Group.objects.get(name="auditor (shipped)")) == permissions_of(StaffRole.AUDITOR)


def test_once_up_to_date_nothing_is_written(django_assert_num_queries):
    with django_assert_num_queries(2 + len(StaffRole)):
        bring_up_to_date()
    assert ShippedGroup.objects.count() == len(StaffRole)


def test_every_right_is_a_permission_and_stands_in_one_line():
    named = [right.permission for right in rights()]
    known = Permission.objects.values_list("content_type__app_label", "codename")
    assert len(named) == len(set(named))
    assert set(named) <= {f"{app}.{codename}" for app, codename in known}


def test_whatever_the_back_office_shows_somebody_may_see():
    shown = {f"{meta.app_label}.view_{meta.model_name}" for meta in (model._meta for model in admin.site._registry)}
    assert shown <= permissions_of(StaffRole.ADMINISTRATOR)


def test_the_auditor_changes_nothing_exports_the_books_alone_and_sees_no_codes():
    held = permissions_of(StaffRole.AUDITOR)
    beyond = {permission for permission in held if not permission.partition(".")[2].startswith(("view_", "see_"))}
    assert beyond == {"points.export_transfers"}
    assert not held & {"campaigns.view_coupon", "campaigns.view_sold_codes"}


@pytest.mark.parametrize("role", [StaffRole.MARKETING, StaffRole.SUPPORT])
def test_who_serves_customers_has_no_rights_over_accounts_keys_and_exports(role):
    held = permissions_of(role)
    assert {permission for permission in held if permission.startswith(("access.", "auth."))} == {"access.view_store"}
    assert "customers.export_customers" not in held
