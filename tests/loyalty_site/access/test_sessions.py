"""Sessions of the back office: seen and ended."""

from datetime import timedelta

import pytest
from django.test import Client

from loyalty_site.access import browsers, sessions
from loyalty_site.access.models import AuditEntry, User
from loyalty_site.access.session_models import StaffSession
from tests.backoffice import desk, queries, rows, somebody, told, trail
from tests.builders import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
OWN, LIST = "/admin/account/sessions/", "/admin/access/staffsession/"
SEE, END = "access.view_staffsession", "access.delete_staffsession"


@pytest.fixture
def maria() -> User:
    return somebody(password="sesame street")


def logged_in(name: str = "maria", **headers) -> Client:
    client = Client(headers={"User-Agent": FIREFOX} | headers)
    client.post("/admin/login/", {"username": name, "password": "sesame street"})
    return client


def is_in(client: Client) -> bool:
    return client.get(OWN).status_code == 200


def test_a_log_in_is_kept_with_whose_it_is_when_and_from_where(maria):
    client = logged_in()
    kept = StaffSession.objects.get()

    assert (kept.user, kept.address, kept.agent) == (maria, "127.0.0.1", FIREFOX)
    assert (kept.started_at, kept.seen_at) == (AT, AT)
    assert kept.session_key != client.cookies["sessionid"].value
    assert "Firefox on Windows" in client.get(OWN).content.decode()


def test_it_was_last_seen_to_the_minute(maria, monkeypatch, django_assert_num_queries):
    client = logged_in()
    for seconds, seen in {59: AT, 61: AT + timedelta(seconds=61)}.items():
        now = AT + timedelta(seconds=seconds)
        monkeypatch.setattr("django.utils.timezone.now", lambda now=now: now)
        client.get(OWN)
        kept = StaffSession.objects.get()
        assert (kept.started_at, kept.seen_at, kept.address) == (AT, seen, "127.0.0.1")


def test_a_session_that_is_ended_is_over_at_once(maria):
    stays, goes = logged_in(), logged_in()
    (other,) = [row["session"].pk for row in stays.get(OWN).context["rows"] if not row["is_this"]]
    answer = stays.post(OWN, {"session": other}, follow=True)

    assert (is_in(stays), is_in(goes)) == (True, False)
    assert told(answer) == ["1 session ended."]
    assert trail() == ["maria: sessions ended"]


def test_all_others_are_ended_in_one_go(maria):
    stays, others = logged_in(), [logged_in(), logged_in()]
    stays.post(OWN, {"session": "others"})

    assert [is_in(client) for client in (stays, *others)] == [True, False, False]
    assert AuditEntry.objects.get().after == {"sessions": 2}


def test_nobody_ends_a_session_of_somebody_else_from_there(maria):
    somebody(username="ann", password="sesame street")
    ann, mine = logged_in("ann"), logged_in()
    mine.post(OWN, {"session": StaffSession.objects.get(user__username="ann").pk})

    assert is_in(ann)
    assert trail() == []


def test_a_session_that_is_gone_does_not_come_back_with_its_cookie(maria):
    client = logged_in()
    key = client.cookies["sessionid"].value
    client.post("/admin/logout/")
    client.cookies["sessionid"] = key

    assert not is_in(client)
    assert not StaffSession.objects.filter(user=maria).exists()


def test_a_new_password_ends_all_sessions(maria):
    client = logged_in()
    maria.set_password("open sesame now")
    maria.save()

    assert not is_in(client)
    assert not StaffSession.objects.exists()


def test_administrators_see_and_end_those_of_others(maria):
    theirs, boss = logged_in(), desk(SEE, END, "access.manage_staff", username="boss")
    kept = StaffSession.objects.get(user=maria)
    text = boss.get(f"{LIST}?q=maria").content.decode()
    boss.post(LIST, {"action": "end", "_selected_action": [kept.pk]})

    assert ("Firefox on Windows" in text, theirs.cookies["sessionid"].value in text) == (True, False)
    assert not is_in(theirs)
    assert trail() == ["boss: sessions ended"]
    assert is_in(boss)


def test_the_session_of_somebody_above_goes_on(maria):
    User.objects.filter(pk=maria.pk).update(is_superuser=True)
    theirs, boss = logged_in(), desk(SEE, END, "access.manage_staff", username="boss")
    kept = StaffSession.objects.get(user=maria)
    boss.post(LIST, {"action": "end", "_selected_action": [kept.pk]})

    assert is_in(theirs)
    assert trail() == []


def test_what_is_over_is_not_listed(maria):
    logged_in()
    StaffSession.objects.update(expire_date=AT)

    assert rows(desk(SEE, username="boss").get(f"{LIST}?q=maria")) == []


def test_they_are_found_by_where_they_come_from(maria):
    logged_in()
    boss = desk(SEE, username="boss")

    assert [len(rows(boss.get(f"{LIST}?q={address}"))) for address in ("127.0.0.1", "127.0.0.2")] == [1, 0]


def test_a_longer_list_takes_no_more_queries(maria):
    boss = desk(SEE, username="boss")
    logged_in()
    few = queries(boss, LIST)
    for name in ("ann", "eve"):
        somebody(username=name, password="sesame street")
        logged_in(name)

    assert queries(boss, LIST) == few


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36", "Chrome on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8.5.0", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_browser_in_words(agent: str, words: str):
    assert browsers.in_words(agent) == words


def test_sessions_of_somebody_are_those_that_are_not_over(maria):
    logged_in()
    assert [row.user for row in sessions.of(maria, at=AT)] == [maria]
    assert not sessions.of(maria, at=AT + timedelta(days=15)).exists()
