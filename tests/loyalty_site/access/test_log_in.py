"""The log-in endpoints."""

from unittest.mock import patch

import jwt
import pytest
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher

from loyalty_site.access import log_in_tokens
from loyalty_site.access.actors import Role
from loyalty_site.access.errors import BadCredentials
from loyalty_site.access.log_in import ADMIN as ADMIN_DOOR
from loyalty_site.access.log_in import log_in
from loyalty_site.access.models import AttemptCounter, RefreshToken, User
from tests.loyalty_site.access.conftest import AT

pytestmark = pytest.mark.django_db
ADMIN, SELLER, CUSTOMER = (f"/api/{who}/login_check" for who in ("admin", "seller", "customer"))
BAD = {"code": 401, "message": "Bad credentials"}


@pytest.fixture
def post(client):
    """A JSON log-in."""

    def posted(url, name, password="sesame"):
        return client.post(url, {"_username": name, "_password": password}, content_type="application/json")

    return posted


@pytest.fixture(autouse=True)
def _customers_by_username(monkeypatch):
    monkeypatch.setattr(settings, "CUSTOMER_LOGIN", f"{__name__}.find_by_username")


def find_by_username(text):
    return User.objects.filter(username=text).first()


def let_in(answer, user):
    assert answer.status_code == 200, answer.content
    claims = jwt.decode(answer.json()["token"], options={"verify_signature": False})
    return (claims["id"], claims["roles"]) == (str(user.pk), [user.role])


def kept_out(answer):
    return (answer.status_code, answer.json()) == (401, BAD)


@pytest.mark.parametrize("name", ["boss", "Boss@example.com", "BOSS@EXAMPLE.COM", " boss "])
def test_an_administrator_logs_in_by_username_or_email(post, admin, name):
    assert let_in(post(ADMIN, name), admin)


@pytest.mark.parametrize("name", ["till@example.com", "TILL@example.com", "00000000-0000-474c-b092-b0dd880c07e4"])
def test_a_seller_logs_in_by_email_or_id(post, seller, name):
    assert let_in(post(SELLER, name), seller)


def test_a_seller_does_not_log_in_by_username(post, seller):
    assert kept_out(post(SELLER, "till"))


@pytest.mark.parametrize("name", ["urn:uuid:00000000-0000-474c-b092-b0dd880c07e4", "000000000000474cb092b0dd880c07e4"])
def test_a_sellers_id_has_one_spelling(post, seller, name):
    assert kept_out(post(SELLER, name))


def test_a_customer_is_found_as_the_setting_says(post, customer_user):
    assert let_in(post(CUSTOMER, "member"), customer_user)


def test_a_form_is_taken_as_well_as_json(client, admin):
    assert let_in(client.post(ADMIN, {"_username": "boss", "_password": "sesame"}), admin)


def test_the_answer_is_two_tokens(post, admin):
    body = post(ADMIN, "boss").json()
    assert list(body) == ["token", "refresh_token"]
    assert log_in_tokens.read_jwt(body["token"]).user_id == admin.pk
    assert RefreshToken.objects.get().user == admin


def test_a_temporary_password_is_said_to_be_one(post, admin):
    User.objects.update(password_is_temporary=True)
    body = post(ADMIN, "boss").json()
    assert list(body) == ["token", "refresh_token", "error"]
    assert body["error"] == "password change needed"


@pytest.mark.parametrize("door", [ADMIN, SELLER, CUSTOMER])
@pytest.mark.parametrize("role", [Role.ADMIN, Role.SELLER, Role.CUSTOMER, ""])
def test_each_door_lets_in_its_own_role_only(post, door, role):
    User.objects.create_user("jo@example.com", "jo@example.com", "sesame", role=role)
    answer = post(door, "jo@example.com")
    own = {ADMIN: Role.ADMIN, SELLER: Role.SELLER, CUSTOMER: Role.CUSTOMER}[door]
    assert kept_out(answer) is (role != own)
    assert RefreshToken.objects.count() == (1 if role == own else 0)


def test_two_users_who_share_an_email_keep_their_doors(post, admin):
    seller = User.objects.create_user("other", "boss@example.com", "sesame", role=Role.SELLER)
    assert let_in(post(ADMIN, "boss@example.com"), admin)
    assert let_in(post(SELLER, "boss@example.com"), seller)


def test_a_username_goes_before_the_email_of_another(post, admin):
    named = User.objects.create_user("boss@example.com", None, "other", role=Role.ADMIN)
    assert let_in(post(ADMIN, "boss@example.com", "other"), named)
    assert kept_out(post(ADMIN, "boss@example.com", "sesame"))


def test_a_wrong_password_is_answered_like_an_unknown_user(post, admin):
    wrong, unknown = post(ADMIN, "boss", "wrong"), post(ADMIN, "nobody", "wrong")
    assert kept_out(wrong)
    assert (wrong.status_code, wrong.content, wrong.headers) == (unknown.status_code, unknown.content, unknown.headers)
    assert not RefreshToken.objects.exists()


@pytest.mark.parametrize("door", [ADMIN, SELLER, CUSTOMER])
@pytest.mark.parametrize(
    "name", ["boss", "till@example.com", "member", "nobody", "00000000-0000-0000-0000-000000000000"]
)
def test_every_attempt_hashes_one_password(post, admin, seller, customer_user, door, name):
    with patch.object(MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode) as encode:
        assert kept_out(post(door, name, "wrong"))
    assert encode.call_count == 1


def test_a_deactivated_seller_with_the_right_password_is_told(post, seller):
    User.objects.update(is_active=False)
    answer = post(SELLER, "till@example.com")
    assert (answer.status_code, answer.json()) == (400, {"message": "Your account is not active"})
    assert not RefreshToken.objects.exists()


def test_a_deactivated_seller_with_a_wrong_password_is_not_told(post, seller):
    User.objects.update(is_active=False)
    assert kept_out(post(SELLER, "till@example.com", "wrong"))


@pytest.mark.parametrize(("door", "name"), [(ADMIN, "boss"), (CUSTOMER, "member")])
def test_other_deactivated_users_are_not_told(post, admin, customer_user, door, name):
    User.objects.update(is_active=False)
    assert kept_out(post(door, name))


NO_TEXTS = [None, "", 7, True, ["boss"], {"a": "boss"}, "b" * 5_000]


@pytest.mark.parametrize("broken", NO_TEXTS, ids=range(len(NO_TEXTS)))
@pytest.mark.parametrize("field", ["_username", "_password"])
def test_what_cannot_be_a_name_or_a_password_is_refused_uncounted(client, admin, field, broken):
    body = {"_username": "boss", "_password": "sesame"} | {field: broken}
    assert kept_out(client.post(ADMIN, body, content_type="application/json"))
    assert not AttemptCounter.objects.exists()


@pytest.mark.parametrize(("name", "password"), [("  ", "sesame"), ("bo\x00ss", "sesame"), ("boss", "ses\ud800ame")])
def test_what_no_account_can_have_is_refused_uncounted(admin, name, password):
    with pytest.raises(BadCredentials):
        log_in(ADMIN_DOOR, name, password, address="192.0.2.1", at=AT)
    assert not AttemptCounter.objects.exists()


@pytest.mark.parametrize("body", [{}, {"_username": "boss"}, {"_password": "sesame"}, [], [1]])
def test_a_body_without_credentials_is_refused_uncounted(client, admin, body):
    assert kept_out(client.post(ADMIN, body, content_type="application/json"))
    assert not AttemptCounter.objects.exists()


def test_the_fields_may_not_come_in_the_query(client, admin):
    assert kept_out(client.post(f"{ADMIN}?_username=boss&_password=sesame"))


def test_a_stale_token_does_not_keep_anybody_from_logging_in(client, admin):
    form = {"_username": "boss", "_password": "sesame"}
    assert let_in(client.post(ADMIN, form, headers={"Authorization": "Bearer stale"}), admin)


def test_a_get_is_not_allowed(client):
    assert client.get(ADMIN).status_code == 405


def test_the_right_password_of_a_locked_account_is_not_looked_at(post, admin):
    for _ in range(5):
        assert kept_out(post(ADMIN, "boss", "wrong"))
    answer = post(ADMIN, "boss")
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 900
    assert not RefreshToken.objects.exists()


def test_an_unknown_account_is_locked_alike(post, admin):
    for _ in range(5):
        post(ADMIN, "boss", "wrong")
        post(ADMIN, "nobody", "wrong")
    known, unknown = post(ADMIN, "boss"), post(ADMIN, "nobody")
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    assert known.status_code == 429


# --- refresh and revoke --------------------------------------------------------------------------------------------


def refresh(client, text):
    return client.post("/api/token/refresh", {"refresh_token": text}, content_type="application/json")


def test_a_refresh_gives_a_new_token_and_the_same_refresh_token(client, post, admin):
    first = post(ADMIN, "boss").json()
    answer = refresh(client, first["refresh_token"])
    assert let_in(answer, admin)
    assert list(answer.json()) == ["token", "refresh_token"]
    assert answer.json()["refresh_token"] == first["refresh_token"]


NO_TOKENS = [None, "", "unknown", 7, ["a"], {"a": "b"}, "ż", "x" * 100_000]


@pytest.mark.parametrize("text", NO_TOKENS, ids=range(len(NO_TOKENS)))
def test_an_unknown_refresh_token_is_bad_credentials(client, admin, text):
    assert kept_out(refresh(client, text))


def test_a_refresh_token_ends_with_a_new_password(client, post, admin):
    text = post(ADMIN, "boss").json()["refresh_token"]
    admin.set_password("other")
    admin.save()
    assert kept_out(refresh(client, text))


def test_revoking_answers_an_empty_list(client, post, admin):
    first = post(ADMIN, "boss").json()
    headers = {"Authorization": f"Bearer {first['token']}"}
    answer = client.get("/api/token/revoke", headers=headers)
    assert (answer.status_code, answer.json()) == (200, [])
    assert kept_out(refresh(client, first["refresh_token"]))
    assert client.get("/api/token/revoke", headers=headers).status_code == 200  # the JWT lives on


def test_an_api_token_has_nothing_to_revoke(client, post, admin, token_of):
    post(ADMIN, "boss")
    answer = client.get("/api/token/revoke", headers={"Authorization": f"Bearer {token_of()}"})
    assert (answer.status_code, answer.json()) == (200, [])
    assert RefreshToken.objects.count() == 1
