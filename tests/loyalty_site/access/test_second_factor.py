"""The second factor of staff: set up, asked for at the log-in, lost, and required."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from loyalty_site.access import log_in_tokens, second_factor
from loyalty_site.access.actors import SYSTEM, Role
from loyalty_site.access.errors import WrongCode
from loyalty_site.access.models import AuditEntry, User
from tests.backoffice import desk, somebody, told, trail
from tests.builders import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

OWN, LOG_IN, CODE = "/admin/account/second-factor/", "/admin/login/", "/admin/login/code/"
WRONG = "This code is not right, or was used before. Take the one that is shown now."


@pytest.fixture(autouse=True)
def clock_of_the_library(monkeypatch) -> None:
    """It reads its own."""
    monkeypatch.setattr("django_otp.plugins.otp_totp.models.time", SimpleNamespace(time=AT.timestamp))


@pytest.fixture
def maria() -> User:
    return somebody(password="sesame street", email="maria@example.com", role=Role.ADMIN)


@pytest.fixture
def phone(maria) -> str:
    """Her app's key. The code that turned it on is used up."""
    key = second_factor.new_key()
    second_factor.set_up(maria, key, code(key, ago=1), actor=SYSTEM, at=AT)
    return key


def code(key: str, ago: int = 0) -> str:
    """What the app shows now, or showed one step of half a minute ago."""
    app = TOTP(bytes.fromhex(key))
    app.time = AT.timestamp() - 30 * ago
    return f"{app.token():06d}"


def wrong(key: str) -> str:
    shown = {code(key, ago) for ago in (-2, -1, 0, 1, 2)}
    return next(text for text in ("000000", "111111", "222222", "333333", "444444", "555555") if text not in shown)


def password_given() -> Client:
    client = Client()
    client.post(LOG_IN, {"username": "maria", "password": "sesame street"})
    return client


def is_in(client: Client) -> bool:
    return client.get("/admin/account/sessions/").status_code == 200


def complaints(answer) -> list[str]:
    return answer.context["form"].errors.get("code", [])


def test_it_is_set_up_with_a_picture_and_a_code_and_gives_recovery_codes_once(maria):
    client = password_given()
    page = client.get(OWN)
    key = client.session["second_factor_key"]
    answer = client.post(OWN, {"code": code(key)})
    codes = answer.context["codes"]

    assert "<svg" in page.content.decode()
    assert second_factor.written_key(key) in page.content.decode()
    assert len(set(codes)) == 10
    assert all(re.fullmatch("[a-z2-9]{4}(-[a-z2-9]{4}){2}", text) for text in codes)
    assert "no-store" in answer.headers["Cache-Control"]
    assert "You have 10 recovery codes left." in client.get(OWN).content.decode()
    assert not any(text in client.get(OWN).content.decode() for text in codes)
    assert trail() == ["maria: second factor set up"]


def test_a_wrong_code_sets_nothing_up(maria):
    client = password_given()
    client.get(OWN)
    answer = client.post(OWN, {"code": wrong(client.session["second_factor_key"])})

    assert complaints(answer) == [WRONG]
    assert not second_factor.is_set_up(maria)
    assert trail() == []


def test_setting_it_up_ends_what_was_open_without_it(maria):
    here, there = password_given(), password_given()
    jwt = log_in_tokens.make_jwt(maria, at=AT)
    here.get(OWN)
    here.post(OWN, {"code": code(here.session["second_factor_key"])})

    assert (is_in(here), is_in(there)) == (True, False)
    assert log_in_tokens.holder_of(log_in_tokens.read_jwt(jwt), at=AT) is None


def test_the_log_in_asks_for_the_code(phone):
    client = Client()
    first = client.post(f"{LOG_IN}?next=/admin/customers/customer/", {"username": "maria", "password": "sesame street"})
    between = is_in(client)
    second = client.post(CODE, {"code": code(phone)})

    assert (first.status_code, first.url, between) == (302, CODE, False)
    assert (second.status_code, second.url) == (302, "/admin/customers/customer/")
    assert is_in(client)


def test_a_wrong_password_is_not_asked_for_a_code(phone):
    client = Client()
    assert client.post(LOG_IN, {"username": "maria", "password": "open"}).status_code == 200
    assert client.get(CODE).url == LOG_IN
    assert client.post(CODE, {"code": code(phone)}).url == LOG_IN
    assert not is_in(client)


def test_a_code_lets_in_once(phone):
    now, first, second = code(phone), password_given(), password_given()
    first.post(CODE, {"code": now})
    answer = second.post(CODE, {"code": now})

    assert complaints(answer) == [WRONG]
    assert (is_in(first), is_in(second)) == (True, False)


def test_after_five_wrong_codes_the_right_one_is_not_looked_at(phone):
    client = password_given()
    answers = [client.post(CODE, {"code": wrong(phone)}) for _ in range(5)]
    locked = password_given().post(CODE, {"code": code(phone)})

    assert [complaints(answer) for answer in answers] == [[WRONG]] * 5
    assert complaints(locked) == ["Too many wrong codes. Try again in 15 minutes."]


def test_the_first_step_is_forgotten_after_ten_minutes(phone, monkeypatch):
    client = password_given()
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT + timedelta(minutes=11))

    assert client.post(CODE, {"code": code(phone)}).url == LOG_IN
    assert not is_in(client)


def test_the_first_step_is_void_after_a_new_password(maria, phone):
    client = password_given()
    maria.set_password("another one")
    maria.save()

    assert client.post(CODE, {"code": code(phone)}).url == LOG_IN
    assert not is_in(client)


def test_a_recovery_code_lets_in_once_however_it_is_typed(maria):
    key = second_factor.new_key()
    codes = second_factor.set_up(maria, key, code(key), actor=SYSTEM, at=AT)
    typed = codes[3].replace("-", " ").upper()
    clients = [password_given(), password_given()]
    for client in clients:
        client.post(CODE, {"code": typed})

    assert [is_in(client) for client in clients] == [True, False]
    assert AuditEntry.objects.latest("id").after == {"left": 9}
    assert trail() == ["system: second factor set up", "maria: recovery code used"]


def test_recovery_codes_and_keys_are_nowhere_to_be_read(maria):
    key = second_factor.new_key()
    codes = second_factor.set_up(maria, key, code(key), actor=SYSTEM, at=AT)
    told_of = str(list(AuditEntry.objects.values()))
    kept = set(StaticToken.objects.values_list("token", flat=True))

    assert key not in told_of
    assert not any(text in told_of for text in codes)
    assert not kept & {text.replace("-", "") for text in codes}


def test_new_recovery_codes_make_the_former_void(maria, phone):
    client = password_given()
    client.post(CODE, {"code": code(phone)})
    former = second_factor.renew_codes(maria, actor=SYSTEM, at=AT)
    answer = client.post(OWN, {"code": former[0], "wanted": "renew"})

    assert len(answer.context["codes"]) == 10
    with pytest.raises(WrongCode):
        second_factor.verify(maria, former[1], actor=SYSTEM, at=AT)


def test_it_is_taken_off_with_a_code(maria, phone):
    client = password_given()
    client.post(CODE, {"code": code(phone)})
    refused = client.post(OWN, {"code": code(phone), "wanted": "remove"})
    still = second_factor.is_set_up(maria)
    TOTPDevice.objects.update(last_t=-1)
    answer = client.post(OWN, {"code": code(phone), "wanted": "remove"}, follow=True)

    assert (complaints(refused), still) == ([WRONG], True)
    assert told(answer) == ["The second factor is off: your password is enough."]
    assert not second_factor.is_set_up(maria)
    assert is_in(password_given())
    assert trail()[-1] == "maria: second factor removed"


def test_an_administrator_resets_it_with_a_reason_which_ends_every_session(maria, phone):
    User.objects.filter(pk=maria.pk).update(role="")
    theirs = password_given()
    theirs.post(CODE, {"code": code(phone)})
    boss = desk("access.view_user", "access.change_user", "access.manage_staff", username="boss")
    page = f"/admin/access/user/{maria.pk}/reset_second_factor/"
    answer = boss.post(page, {"reason": "lost her phone, seen in person"}, follow=True)

    assert told(answer) == ["“maria” logs in without a second factor now, and can set up another."]
    assert not is_in(theirs)
    assert is_in(password_given())
    entry = AuditEntry.objects.latest("id")
    assert (entry.action, entry.actor_label) == ("second factor reset", "boss")
    assert entry.reason == "lost her phone, seen in person"


def test_that_of_somebody_above_is_not_reset(maria, phone):
    boss = desk("access.view_user", "access.change_user", "access.manage_staff", username="boss")
    answer = boss.post(f"/admin/access/user/{maria.pk}/reset_second_factor/", {"reason": "mine"})

    assert answer.status_code == 403
    assert second_factor.is_set_up(maria)


def test_ones_own_is_not_reset_that_way(maria, phone):
    User.objects.filter(pk=maria.pk).update(is_superuser=True)
    client = password_given()
    client.post(CODE, {"code": code(phone)})
    answer = client.post(f"/admin/access/user/{maria.pk}/reset_second_factor/", {"reason": "mine"})

    assert answer.status_code == 403
    assert second_factor.is_set_up(maria)


def test_a_password_alone_gets_no_token_of_the_api(client, maria):
    entries = {"_username": "maria", "_password": "sesame street"}
    before = client.post("/api/admin/login_check", entries).status_code
    key = second_factor.new_key()
    second_factor.set_up(maria, key, code(key), actor=SYSTEM, at=AT)

    assert (before, client.post("/api/admin/login_check", entries).status_code) == (200, 401)


def test_where_it_is_required_a_log_in_from_before_is_not_prolonged(client, maria, settings):
    refresh_token = log_in_tokens.start(maria, at=AT).refresh_token
    settings.SECOND_FACTOR = second_factor.REQUIRED
    answer = client.post("/api/token/refresh", {"refresh_token": refresh_token}, content_type="application/json")
    assert (answer.status_code, "token" in answer.json()) == (401, False)


def test_where_it_is_required_nothing_else_opens_before_it_is_set_up(maria, settings):
    settings.SECOND_FACTOR = "required"
    client = password_given()
    sent = [client.get(page) for page in ("/admin/", "/admin/account/sessions/", "/admin/password_change/")]
    key = client.get(OWN) and client.session["second_factor_key"]
    client.post(OWN, {"code": code(key)})

    assert {(answer.status_code, answer.url) for answer in sent} == {(302, OWN)}
    assert client.get("/admin/").status_code == 200
    assert "Turn it off" not in client.get(OWN).content.decode()


def test_where_it_is_required_a_session_without_it_ends(maria, phone, settings):
    client = Client()
    client.force_login(maria)
    settings.SECOND_FACTOR = "required"

    assert client.get("/admin/").url == LOG_IN
    settings.SECOND_FACTOR = "optional"
    assert not is_in(client)


def test_where_it_is_off_nobody_is_asked(phone, settings):
    settings.SECOND_FACTOR = "off"
    client = password_given()

    assert is_in(client)
    assert client.get(OWN).status_code == 404


def test_the_librarys_own_pages_are_not_there():
    boss = desk(is_superuser=True)
    assert boss.get("/admin/otp_totp/totpdevice/").status_code == 404
    assert boss.get("/admin/otp_static/staticdevice/").status_code == 404
