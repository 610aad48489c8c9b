"""Who has to wait after wrong passwords, and being let in again."""

from datetime import timedelta

import pytest
from django.test import Client

from loyalty_site.access import attempts, lock_outs
from loyalty_site.access.errors import TooManyAttempts
from loyalty_site.access.models import AttemptCounter, AuditEntry, LockOut
from tests.backoffice import desk, queries, somebody, told
from tests.builders import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

LIST = "/admin/access/lockout/"
SEE, CLEAR = "access.view_lockout", "access.delete_lockout"
HERE = "127.0.0.1"


def guess(name: str, times: int, address: str = HERE) -> None:
    for _ in range(times):
        attempts.begin(name, address, at=AT)


def shown(client: Client) -> list[tuple[str, str]]:
    found = client.get(LIST).context["cl"]
    return [(found.model_admin.who(row), found.model_admin.where_from(row)) for row in found.result_list]


def test_they_are_told_by_name_as_far_as_the_name_is_an_account_of_staff():
    maria = somebody(email="maria@example.com")
    guess("Maria@example.com", 5)
    guess("somebody else", 5, "192.0.2.7")
    for _ in range(5):
        attempts.begin_code(maria.pk, at=AT)

    assert sorted(shown(desk(SEE, username="boss"))) == [
        ("maria", "127.0.0.1"),
        ("maria", "everywhere"),
        ("no account of staff or sellers", "192.0.2.7"),
    ]


def test_who_may_still_try_is_not_among_them():
    guess("maria", 4)
    assert shown(desk(SEE, username="boss")) == []


def test_nor_is_whoever_had_to_wait_before():
    guess("maria", 5)
    assert not lock_outs.now_locked(AT + timedelta(minutes=15)).exists()


def test_an_address_is_everybody_there(settings):
    settings.LOGIN_LIMIT_ADDRESS = 5
    for n in range(5):
        guess(f"name{n}", 1)

    assert shown(desk(SEE, username="boss")) == [("everybody there", HERE)]


def test_who_is_let_in_again_tries_at_once():
    maria = somebody(password="sesame street")
    guess("maria", 5)
    boss, client = desk(SEE, CLEAR, username="boss"), Client()
    entries = {"username": "maria", "password": "sesame street"}
    before = client.post("/admin/login/", entries)
    locked = LockOut.objects.get(key__startswith="account:")
    answer = boss.post(LIST, {"action": "clear", "_selected_action": [locked.pk]}, follow=True)

    assert "Too many wrong passwords. Try again in 15 minutes." in before.content.decode()
    assert told(answer) == ["1 lock-out cleared."]
    assert client.post("/admin/login/", entries).status_code == 302
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor_label, entry.object_id) == ("lock-out cleared", "boss", str(maria.pk))
    assert entry.before == {"address": HERE}


def test_counters_below_their_limit_are_not_cleared():
    guess("maria", 4)
    boss = desk(SEE, CLEAR, username="boss")
    boss.post(LIST, {"action": "clear", "_selected_action": [AttemptCounter.objects.get(key__startswith="acc").pk]})

    assert AttemptCounter.objects.get(key__startswith="account:").count == 4
    assert not AuditEntry.objects.exists()


def test_codes_are_counted_for_themselves():
    maria = somebody()
    for _ in range(5):
        attempts.begin_code(maria.pk, at=AT)
    with pytest.raises(TooManyAttempts):
        attempts.begin_code(maria.pk, at=AT)
    attempts.code_succeeded(maria.pk)
    attempts.begin_code(maria.pk, at=AT)


def test_a_longer_list_takes_no_more_queries():
    boss = desk(SEE, username="boss")
    guess("maria", 5)
    few = queries(boss, LIST)
    guess("ann", 5)
    guess("eve", 5)

    assert queries(boss, LIST) == few
