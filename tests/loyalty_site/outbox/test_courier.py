"""A worker's round, with real receivers."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event as Signal

import pytest
from django.core import mail

from loyalty_site.jobs.running import stopping
from loyalty_site.outbox import courier, posting
from loyalty_site.outbox.claims import LEASE
from loyalty_site.outbox.courier import Courier
from loyalty_site.outbox.letters import Letter
from loyalty_site.outbox.models import Delivery
from loyalty_site.outbox.outcomes import Outcome
from tests.builders import AT
from tests.loyalty_site.outbox.receivers import Server, due, happened, serving, subscription

pytestmark = pytest.mark.django_db
VISITED = "tests.visited"


@pytest.fixture(autouse=True)
def to_this_machine(settings):
    settings.WEBHOOK_LOOPBACK = True
    settings.JOB_POLL = timedelta(milliseconds=10)
    yield
    stopping.clear()


def deliver(at=AT) -> None:
    with ThreadPoolExecutor(4) as threads:
        Courier(threads, clock=lambda: at).work()


def states() -> list[str]:
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


def letter(event) -> Letter | None:
    name = event.data.get("name")
    return name and Letter(f"{name}@example.com", f"Hello\n{name}", "A text", "<p>A text</p>", "en")


def broken_letter(event) -> Letter:
    raise ZeroDivisionError


def test_an_event_reaches_those_who_want_it():
    with serving(Server(200)) as server:
        subscription(VISITED, url=server.url)
        event = happened(data={"name": "Łódź"}, codes={"coupon": "SECRET"})
        deliver()
        deliver()
    ((headers, body),) = server.seen
    assert json.loads(body) == {
        "id": str(event.pk),
        "kind": VISITED,
        "at": "2026-03-02T12:00:00Z",
        "object": "7",
        "customer": None,
        "data": {"name": "Łódź"},
    }
    assert (headers["Loyalty-Event"], headers["Loyalty-Kind"]) == (str(event.pk), VISITED)
    assert headers["Content-Type"] == "application/json"
    assert states() == ["sent"]


def test_a_code_that_a_receiver_says_back_is_not_kept():
    with serving(Server(422, body=b"no such coupon: SECRET")) as server:
        subscription(VISITED, url=server.url, with_codes=True)
        happened(codes={"coupon": "SECRET"})
        deliver()
    assert Delivery.objects.get().last_answer == "no such coupon: …"


def test_codes_reach_only_those_who_get_them():
    with serving(Server(200)) as server:
        subscription(VISITED, url=server.url, with_codes=True)
        happened(codes={"coupon": "SECRET"})
        deliver()
    assert json.loads(server.seen[0][1])["data"] == {"n": 1, "coupon": "SECRET"}


def test_a_failure_is_tried_again_with_the_same_id_and_body():
    with serving(Server(503, 200)) as server:
        subscription(VISITED, url=server.url)
        happened()
        deliver()
        assert states() == ["waiting"]
        deliver(AT + timedelta(seconds=11))
    (first, again) = server.seen
    assert (first[0]["Loyalty-Event"], first[1]) == (again[0]["Loyalty-Event"], again[1])
    assert first[0]["Loyalty-Signature"] != again[0]["Loyalty-Signature"]
    assert states() == ["sent"]


def test_a_worker_that_dies_before_it_keeps_the_outcome_sends_again(monkeypatch):
    class Killed(BaseException):
        pass

    def die(*args, **options):
        raise Killed

    with serving(Server(200)) as server:
        due(subscription(url=server.url))
        with monkeypatch.context() as patch:
            patch.setattr(courier, "keep", die)
            with pytest.raises(Killed):
                deliver()
        deliver(AT + LEASE - timedelta(seconds=1))
        assert (len(server.seen), states()) == (1, ["waiting"])
        deliver(AT + LEASE)
    assert len({headers["Loyalty-Event"] for headers, _ in server.seen}) == 1
    assert (len(server.seen), states()) == (2, ["sent"])


def test_a_receiver_that_is_slow_holds_up_nobody_else(monkeypatch):
    slow, quick, released = subscription(url="https://slow.example/"), subscription(), Signal()
    for _ in range(5):
        due(slow)
        due(quick)
    seen = []

    def post(parcel):
        if parcel.url == slow.url:
            released.wait(60)
        seen.append(parcel.url)
        if seen.count(quick.url) == 5:
            released.set()
        return Outcome(arrived=True)

    monkeypatch.setattr(posting, "post", post)
    deliver()
    assert seen[:5] == [quick.url] * 5
    assert states() == ["sent"] * 10


def test_what_is_under_way_is_kept_when_the_process_is_asked_to_end(monkeypatch):
    crm = subscription()
    for _ in range(5):
        due(crm)

    def post(parcel):
        stopping.set()
        return Outcome(arrived=True)

    monkeypatch.setattr(posting, "post", post)
    deliver()
    assert sorted(states()) == ["sent"] * courier.TO_ONE + ["waiting"] * (5 - courier.TO_ONE)
    assert Delivery.objects.filter(state="waiting", attempts=0).count() == 5 - courier.TO_ONE


def test_what_nobody_foresaw_is_a_failure_too(monkeypatch, caplog):
    due(subscription())
    monkeypatch.setattr(posting, "post", lambda parcel: 1 / 0)
    deliver()
    one = Delivery.objects.get()
    assert (one.state, one.last_answer) == ("waiting", "Something unforeseen: ZeroDivisionError. The log says more.")
    assert "ZeroDivisionError" in caplog.text


class TestMail:
    @pytest.fixture(autouse=True)
    def one_letter(self, settings):
        settings.MAIL_EVENTS, settings.LETTERS = [VISITED], {VISITED: f"{__name__}.letter"}

    def test_it_is_sent_once_under_the_id_of_its_event(self):
        event = happened(data={"name": "ann"})
        deliver()
        deliver(AT + LEASE)
        (sent,) = mail.outbox
        assert (sent.to, sent.subject, sent.body) == (["ann@example.com"], "Hello ann", "A text")
        assert [(part.content, part.mimetype) for part in sent.alternatives] == [("<p>A text</p>", "text/html")]
        assert sent.message()["Message-ID"] == f"<{event.pk}@localhost.localdomain>"
        assert states() == ["sent"]

    def test_nobody_to_write_to(self):
        happened(data={})
        deliver()
        assert (mail.outbox, states()) == ([], ["skipped"])

    def test_a_server_that_is_away_is_tried_again(self, monkeypatch):
        happened(data={"name": "ann"})
        with monkeypatch.context() as patch:
            patch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
            deliver()
        one = Delivery.objects.get()
        assert (one.state, one.last_answer) == (
            "waiting",
            "The mail server does not answer (ConnectionRefusedError).",
        )
        deliver(AT + timedelta(seconds=11))
        assert (len(mail.outbox), states()) == (1, ["sent"])

    def test_a_letter_that_cannot_be_written_is_a_failure(self, settings, caplog):
        settings.LETTERS = {VISITED: f"{__name__}.broken_letter"}
        happened()
        deliver()
        assert (states(), mail.outbox) == (["waiting"], [])
        assert "ZeroDivisionError" in caplog.text


def refuse(self) -> None:
    raise ConnectionRefusedError
