"""What saving a user does to the log-ins from before."""

from unittest.mock import patch

import pytest
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.contrib.auth.hashers import MD5PasswordHasher

from loyalty_site.access import log_in_tokens
from loyalty_site.access.actors import Actor
from loyalty_site.access.models import AuditEntry, RefreshToken, User
from loyalty_site.access.passwords import is_right, set_password
from tests.loyalty_site.access.conftest import AT

ANN = Actor("user", "7", "ann")


@pytest.fixture
def logged_in(admin):
    log_in_tokens.start(admin, at=AT)
    return admin


def ended(user):
    user.refresh_from_db()
    return user.token_version == 1 and not RefreshToken.objects.exists()


def test_setting_a_password_ends_log_ins(logged_in):
    set_password(logged_in, "other", actor=ANN, at=AT)
    assert logged_in.token_version == 1
    assert ended(logged_in)
    assert logged_in.check_password("other")


def test_setting_a_password_is_audited_without_it(logged_in):
    set_password(logged_in, "other-secret", actor=ANN, at=AT, temporary=True, reason="forgot it")
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.object_id) == ("password set", "user:7", str(logged_in.pk))
    assert (entry.after, entry.reason) == ({"temporary": True}, "forgot it")
    assert "other-secret" not in str(vars(entry))


def test_a_password_of_ones_own_is_not_temporary_any_more(logged_in):
    set_password(logged_in, "first", actor=ANN, at=AT, temporary=True)
    assert User.objects.get().password_is_temporary is True
    set_password(logged_in, "own", actor=ANN, at=AT)
    assert User.objects.get().password_is_temporary is False


def test_the_admins_password_form_ends_log_ins(logged_in):
    form = AdminPasswordChangeForm(
        logged_in, {"usable_password": "true", "password1": "another-9-word", "password2": "another-9-word"}
    )
    assert form.is_valid(), form.errors
    form.save()
    assert ended(logged_in)


def test_deactivating_ends_log_ins(logged_in):
    logged_in.is_active = False
    logged_in.save()
    assert ended(logged_in)


def test_saving_another_field_ends_nothing(logged_in):
    logged_in.first_name = "Ann"
    logged_in.save()
    logged_in.refresh_from_db()
    assert (logged_in.token_version, logged_in.first_name) == (0, "Ann")
    assert RefreshToken.objects.count() == 1


def test_a_stale_object_does_not_set_the_version_back(logged_in):
    stale = User.objects.get()
    set_password(logged_in, "other", actor=ANN, at=AT)
    stale.first_name = "Ann"
    stale.save()
    assert stale.token_version == 1
    assert User.objects.get().token_version == 1


def test_two_stale_objects_step_the_version_twice(logged_in):
    first, second = User.objects.get(), User.objects.get()
    for user in (first, second):
        user.set_password("other")
        user.save()
    assert User.objects.get().token_version == 2


def test_a_stronger_hash_of_the_same_password_ends_nothing(logged_in, settings):
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.ScryptPasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    assert logged_in.check_password("sesame")
    logged_in.refresh_from_db()
    assert logged_in.password.startswith("scrypt$")
    assert logged_in.token_version == 0
    assert RefreshToken.objects.count() == 1


def test_noting_a_log_in_writes_nothing_else(logged_in, django_assert_num_queries):
    logged_in.last_login = AT
    with django_assert_num_queries(1):
        logged_in.save(update_fields=["last_login"])


def test_a_new_user_begins_at_version_0(admin):
    assert admin.token_version == 0


@pytest.mark.parametrize("known", [True, False])
def test_a_password_is_hashed_once_for_known_and_unknown_users(admin, known):
    with patch.object(MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode) as encode:
        assert is_right(admin if known else None, "wrong") is False
    assert encode.call_count == 1


def test_the_right_password_is_right(admin):
    assert is_right(admin, "sesame") is True


def test_a_users_audit_label_is_the_username(admin):
    assert admin.audit_label == "boss"


def test_a_customers_name_stays_out_of_the_audit_trail(customer_user):
    assert customer_user.audit_label == "customer"
