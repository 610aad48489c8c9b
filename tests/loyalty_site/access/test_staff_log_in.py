"""The admin's log-in form."""

import pytest
from django.contrib.admin import site
from django.test import RequestFactory

from loyalty_site.access.forms import StaffLogInForm
from loyalty_site.access.models import AttemptCounter, User

pytestmark = pytest.mark.django_db
REFUSED = "Please enter the correct username and password for a staff account."


def filled_in(name, password="sesame", address="192.0.2.1"):
    request = RequestFactory().post("/admin/login/", REMOTE_ADDR=address)
    form = StaffLogInForm(request, {"username": name, "password": password})
    form.is_valid()
    return form


def errors(form):
    return list(form.non_field_errors())


def test_the_admin_uses_this_form():
    assert site.login_form is StaffLogInForm


@pytest.mark.parametrize("name", ["boss", "boss@example.com"])
def test_staff_log_in_by_username_or_email(admin, name):
    form = filled_in(name)
    assert form.is_valid()
    assert form.get_user() == admin


def test_logging_in_opens_a_session(client, admin):
    answer = client.post("/admin/login/?next=/admin/", {"username": "boss@example.com", "password": "sesame"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/")
    assert client.session["_auth_user_id"] == str(admin.pk)


def test_staff_without_an_api_role_log_in(db):
    ann = User.objects.create_user("ann", None, "sesame", is_staff=True)
    assert filled_in("ann").get_user() == ann


def test_a_wrong_password_is_refused(admin):
    form = filled_in("boss", "wrong")
    assert errors(form)[0].startswith(REFUSED)
    assert form.get_user() is None


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}], ids=["deactivated", "not staff"])
def test_others_are_refused_in_the_same_words(admin, change):
    User.objects.update(**change)
    assert errors(filled_in("boss")) == errors(filled_in("nobody"))


def test_an_email_that_two_staff_share_names_neither(admin):
    User.objects.create_user("ann", "boss@example.com", "sesame", is_staff=True)
    assert errors(filled_in("boss@example.com"))[0].startswith(REFUSED)
    assert filled_in("boss").is_valid()


def test_after_five_wrong_passwords_the_right_one_is_not_looked_at(admin):
    for _ in range(5):
        filled_in("boss", "wrong")
    form = filled_in("boss")
    assert errors(form) == ["Too many wrong passwords. Try again in 15 minutes."]
    assert form.get_user() is None


def test_the_lock_is_per_address(admin):
    for _ in range(5):
        filled_in("boss", "wrong")
    assert filled_in("boss", address="192.0.2.2").is_valid()


def test_a_right_password_forgets_the_wrong_ones(admin):
    for _ in range(4):
        filled_in("boss", "wrong")
    assert filled_in("boss").is_valid()
    assert not AttemptCounter.objects.filter(key__startswith="account:").exists()


def test_the_admin_and_the_api_count_together(client, admin):
    for _ in range(5):
        filled_in("boss", "wrong", address="127.0.0.1")
    assert client.post("/api/admin/login_check", {"_username": "boss", "_password": "sesame"}).status_code == 429


def test_a_nul_is_refused(admin):
    assert not filled_in("bo\x00ss").is_valid()
    assert not filled_in("boss", "ses\x00ame").is_valid()
