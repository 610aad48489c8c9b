"""Changing one's own password, and getting a new one by mail."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from loyalty_site.access import log_in_tokens
from loyalty_site.access.models import AuditEntry, User
from loyalty_site.jobs.kinds import UPKEEP
from loyalty_site.jobs.models import Job
from tests.backoffice import somebody, told, trail
from tests.builders import AT
from tests.jobs import work_off

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

CHANGE, FORGOTTEN, SENT = "/admin/password_change/", "/admin/password-reset/", "/admin/password-reset/sent/"
NEW = {"new_password1": "correct horse battery", "new_password2": "correct horse battery"}


@pytest.fixture
def maria() -> User:
    return somebody(password="sesame street", email="maria@example.com")


def logged_in(password: str = "sesame street") -> Client:
    client = Client()
    client.post("/admin/login/", {"username": "maria", "password": password})
    return client


def ask(email: str = "maria@example.com"):
    return Client().post(FORGOTTEN, {"email": email})


def letters() -> list[mail.EmailMessage]:
    """What the workers send."""
    work_off()
    return mail.outbox


def link_in(letter: mail.EmailMessage) -> str:
    return re.search(r"http://testserver(/admin/password-reset/\S+)", letter.body)[1]


def test_the_letter_does_not_wait_behind_an_import(maria):
    ask()
    assert Job.objects.get().kind == "access.password_letter"
    assert DBTaskResult.objects.get().queue_name == UPKEEP


def test_a_new_password_ends_every_other_session_and_log_in(maria):
    here, there = logged_in(), logged_in()
    jwt = log_in_tokens.make_jwt(maria, at=AT)
    answer = here.post(CHANGE, {"old_password": "sesame street", **NEW}, follow=True)

    maria.refresh_from_db()
    assert maria.check_password("correct horse battery")
    assert told(answer) == ["Your password is changed. All your other sessions ended."]
    assert (here.get("/admin/").status_code, there.get("/admin/").status_code) == (200, 302)
    assert log_in_tokens.holder_of(log_in_tokens.read_jwt(jwt), at=AT) is None
    assert trail() == ["maria: password set"]


def test_the_old_password_must_be_right(maria):
    answer = logged_in().post(CHANGE, {"old_password": "sesame", **NEW})

    maria.refresh_from_db()
    assert list(answer.context["form"].errors) == ["old_password"]
    assert maria.check_password("sesame street")


def test_the_old_password_is_not_guessed_at_will(maria):
    client = logged_in()
    for _ in range(5):
        client.post(CHANGE, {"old_password": "sesame", **NEW})
    answer = client.post(CHANGE, {"old_password": "sesame street", **NEW})

    assert answer.context["form"].errors["old_password"] == ["Too many wrong passwords. Try again in 15 minutes."]


def test_a_weak_password_is_refused(maria):
    weak = {"new_password1": "12345678", "new_password2": "12345678"}
    answer = logged_in().post(CHANGE, {"old_password": "sesame street", **weak})

    assert "This password is too common." in answer.context["form"].errors["new_password2"]


def test_a_letter_leads_to_a_new_password(maria, settings):
    ask()
    (letter,) = letters()
    client = Client()
    page = client.get(link_in(letter), follow=True)
    answer = client.post(page.request["PATH_INFO"], NEW, follow=True)

    maria.refresh_from_db()
    assert (letter.to, letter.from_email) == (["maria@example.com"], settings.DEFAULT_FROM_EMAIL)
    assert maria.check_password("correct horse battery")
    assert told(answer) == ["Your password is set. Log in with it."]
    assert client.get("/admin/").status_code == 302
    assert AuditEntry.objects.latest("id").actor_label == "maria"


def test_a_link_is_good_once(maria):
    ask()
    path = link_in(letters()[0])
    client = Client()
    page = client.get(path, follow=True)
    client.post(page.request["PATH_INFO"], NEW)

    assert "used up or too old" in Client().get(path, follow=True).content.decode()
    assert "new_password1" not in Client().get(path, follow=True).content.decode()


def test_known_and_unknown_addresses_are_answered_alike(maria):
    User.objects.create_user("till1", "till@example.com", role="ROLE_SELLER")
    somebody(username="gone", email="gone@example.com", is_active=False)
    addresses = ["maria@example.com", "nobody@example.com", "till@example.com", "gone@example.com"]
    answers = [ask(address) for address in addresses]

    assert {(answer.status_code, answer.url) for answer in answers} == {(302, SENT)}
    assert [letter.to for letter in letters()] == [["maria@example.com"]]
    assert "maria" not in Client().get(SENT).content.decode()


def test_asking_takes_the_same_work_for_any_address(maria):
    counts = []
    for address in ("nobody@example.com", "maria@example.com", "nobody@example.com"):
        with CaptureQueriesContext(connection) as captured:
            ask(address)
        counts.append(len(captured))
    assert counts[1] == counts[2]


def test_an_address_asks_five_times(maria):
    answers = [ask("nobody@example.com") for _ in range(6)]

    assert [answer.status_code for answer in answers] == [302] * 5 + [200]
    assert "Try again in 15 minutes." in answers[5].content.decode()


def test_an_account_gets_three_letters_an_hour(maria):
    for _ in range(4):
        ask()
    assert len(letters()) == 3


def test_the_letter_is_kept_from_the_trail_and_the_jobs(maria):
    ask()
    path = link_in(letters()[0])
    assert "maria@example.com" not in str(list(AuditEntry.objects.values()))
    assert path.split("/")[-2] not in str(list(AuditEntry.objects.values()))


def test_the_accounts_menu_leads_to_the_new_password(maria):
    assert '<a href="/admin/password_change/"' in logged_in().get("/admin/").content.decode()
