"""Staff who manage staff: within what they may do themselves."""

import pytest
from django.contrib.auth.models import Group, Permission

from loyalty_site.access.actors import Role
from loyalty_site.access.models import User
from tests.backoffice import chief, desk, somebody, wrong

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

LIST = "/admin/access/user/"
MANAGER = ["access.view_user", "access.change_user", "access.manage_staff", "campaigns.view_campaign"]
ADMINISTRATOR = [*MANAGER, "auth.view_group", "auth.add_group", "auth.change_group", "auth.delete_group"]
PASSWORD = {"password1": "correct horse battery", "password2": "correct horse battery"}


def page(user: User, leaf: str = "change") -> str:
    return f"{LIST}{user.pk}/{leaf}/"


def entries(user: User, **changes) -> dict:
    return {"username": user.username, "is_active": "on", "is_staff": "on"} | changes


def group(name: str, *permissions: str) -> Group:
    made = Group.objects.create(name=name)
    made.permissions.set(Permission.objects.filter(codename__in=permissions))
    return made


def test_somebody_is_let_in_with_a_group_that_gives_nothing_more():
    other, readers = User.objects.create_user("ann"), group("readers", "view_campaign")
    desk(*MANAGER).post(page(other), entries(other, groups=[readers.pk]))

    other.refresh_from_db()
    assert (other.is_staff, list(other.groups.all())) == (True, [readers])


def test_a_group_that_gives_more_is_not_given():
    other, strong = User.objects.create_user("ann"), group("strong", "view_campaign", "change_campaign")
    answer = desk(*MANAGER).post(page(other), entries(other, groups=[strong.pk]))

    assert list(wrong(answer)) == ["groups"]
    assert not other.groups.exists()


def test_nobody_but_a_superuser_makes_superusers():
    other = User.objects.create_user("ann")
    desk(*MANAGER).post(page(other), entries(other, is_superuser="on"))
    other.refresh_from_db()
    assert (other.is_staff, other.is_superuser) == (True, False)

    chief().post(page(other), entries(other, is_superuser="on"))
    other.refresh_from_db()
    assert other.is_superuser


@pytest.mark.parametrize("leaf", ["change", "password"])
@pytest.mark.parametrize(
    "mighty",
    [{"is_superuser": True}, {"is_superuser": True, "is_active": False}, {"role": Role.ADMIN}],
    ids=["superuser", "switched off", "API"],
)
def test_the_account_of_somebody_above_is_not_touched(mighty, leaf):
    other = somebody(username="ann", password="sesame", **mighty)
    answer = desk(*MANAGER).post(page(other, leaf), entries(other, email="mine@example.com", **PASSWORD))

    other.refresh_from_db()
    assert answer.status_code == 403
    assert (other.email, other.check_password("sesame")) == (None, True)


def test_the_account_of_somebody_with_another_right_is_not_touched_even_when_switched_off():
    other = somebody("campaigns.change_campaign", username="ann", is_active=False)
    assert desk(*MANAGER).post(page(other), entries(other, email="mine@example.com")).status_code == 403


def test_the_account_of_somebody_with_fewer_rights_is():
    other = somebody("campaigns.view_campaign", username="ann")
    desk(*MANAGER).post(page(other), entries(other, email="ann@example.com"))

    other.refresh_from_db()
    assert other.email == "ann@example.com"


def test_who_may_not_manage_staff_touches_no_account_of_staff():
    other = somebody(username="ann")
    assert desk("access.view_user", "access.change_user").post(page(other), entries(other)).status_code == 403


def test_a_group_is_made_of_ones_own_rights_only():
    staff, stranger = desk(*ADMINISTRATOR), Permission.objects.get(codename="change_campaign")
    form = staff.get("/admin/auth/group/add/").context["adminform"].form
    answer = staff.post("/admin/auth/group/add/", {"name": "mine", "permissions": [stranger.pk]})

    offered = {right.codename for right in form.fields["permissions"].queryset}
    assert offered == {permission.partition(".")[2] for permission in ADMINISTRATOR}
    assert list(wrong(answer)) == ["permissions"]
    assert not Group.objects.filter(name="mine").exists()


@pytest.mark.parametrize("leaf", ["change", "delete"])
def test_a_group_that_gives_more_than_ones_own_is_not_touched(leaf):
    strong = group("strong", "change_campaign")
    answer = desk(*ADMINISTRATOR).post(f"/admin/auth/group/{strong.pk}/{leaf}/", {"name": "mine", "post": "yes"})

    assert answer.status_code == 403
    assert Group.objects.get(pk=strong.pk).name == "strong"


@pytest.mark.parametrize("leaf", ["change", "delete"])
def test_a_shipped_group_is_nobodys_to_change_and_says_why_it_has_what_it_has(leaf):
    shipped, staff = Group.objects.get(name="support"), chief()
    answer = staff.post(f"/admin/auth/group/{shipped.pk}/{leaf}/", {"name": "mine", "post": "yes"})

    assert answer.status_code == 403
    assert Group.objects.get(pk=shipped.pk).name == "support"
    text = staff.get(f"/admin/auth/group/{shipped.pk}/change/").content.decode()
    assert "a customer who lost the code asks for it" in text
