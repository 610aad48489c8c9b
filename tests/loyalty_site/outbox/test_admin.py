"""Webhooks and deliveries in the back office."""

from ipaddress import ip_address

import pytest
from django.urls import reverse

from loyalty_site.access.models import AuditEntry
from loyalty_site.jobs.models import Job
from loyalty_site.outbox.admin import subscription_form
from loyalty_site.outbox.models import Delivery, Subscription
from loyalty_site.outbox.signing import secret_of
from tests.backoffice import chief, desk, queries, rows, told, trail, wrong
from tests.builders import AT, customer, later
from tests.jobs import work_off
from tests.loyalty_site.outbox.receivers import due, happened, subscription

pytestmark = pytest.mark.django_db

ADD = reverse("admin:outbox_subscription_add")
LIST = reverse("admin:outbox_subscription_changelist")
LOG = reverse("admin:outbox_delivery_changelist")


@pytest.fixture(autouse=True)
def at_noon(noon, monkeypatch):
    addresses = {"crm.example": "93.184.216.34", "inner.example": "10.0.0.1"}
    found = lambda host, port: [ip_address(addresses[host])]  # noqa: E731
    monkeypatch.setattr(subscription_form, "resolved", found)


def page(of: Subscription | Delivery, leaf: str = "change") -> str:
    if leaf == "change":
        return reverse(f"admin:outbox_{of._meta.model_name}_change", args=[of.pk])
    return reverse(f"admin:outbox_{of._meta.model_name}_{leaf}", args=[of.pk])


def entries(**changes) -> dict:
    usual = {"name": "CRM", "url": "https://crm.example/hook", "active": "on", "kinds": ["points.added"]}
    return usual | changes


def kinds_of(one: Subscription) -> list[str]:
    return sorted(one.wanted.values_list("kind", flat=True))


class TestSettingUp:
    def test_the_answer_shows_the_secret_once(self):
        answer = chief().post(ADD, entries(kinds=["points.added", "reward.bought"]))
        made = Subscription.objects.get()
        assert (made.name, made.active, made.with_codes, made.created_at) == ("CRM", True, False, AT)
        assert kinds_of(made) == ["points.added", "reward.bought"]
        assert secret_of(made) in answer.content.decode()
        assert "no-store" in answer.headers["Cache-Control"]
        assert trail() == ["chief: webhook added"]
        assert "whsec_" not in str(AuditEntry.objects.get().after)

    @pytest.mark.parametrize(
        ("url", "complaint"),
        [
            ("http://crm.example/", "The address must begin with https://."),
            ("https://169.254.169.254/", "The host must be a full name such as crm.example.com, and no number."),
            ("https://inner.example/", "This host is not on the public internet."),
        ],
    )
    def test_an_address_that_would_be_refused_later_is_refused_now(self, url, complaint):
        assert wrong(chief().post(ADD, entries(url=url))) == {"url": [complaint]}
        assert not Subscription.objects.exists()

    def test_a_change_is_told_by_what_changed(self):
        one = subscription("points.added", name="CRM")
        chief().post(page(one), entries(kinds=["points.spent"], description="Ask Eve"))
        one.refresh_from_db()
        assert (kinds_of(one), one.description) == (["points.spent"], "Ask Eve")
        entry = AuditEntry.objects.get()
        assert entry.before == {"kinds": ["points.added"], "description": ""}
        assert entry.after == {"kinds": ["points.spent"], "description": "Ask Eve"}

    def test_saved_as_it_is_it_changes_nothing(self):
        one = subscription("points.added", name="CRM")
        chief().post(page(one), entries())
        assert (trail(), kinds_of(one)) == ([], ["points.added"])

    def test_codes_take_a_right_of_their_own(self):
        rights = ["outbox.view_subscription", "outbox.add_subscription", "outbox.change_subscription"]
        clerk = desk(*rights)
        clerk.post(ADD, entries(with_codes="on"))
        assert not Subscription.objects.get().with_codes
        told_codes = subscription("reward.bought", name="Till", with_codes=True)
        assert clerk.post(page(told_codes), entries(name="Till", url="https://evil.example/")).status_code == 403
        told_codes.refresh_from_db()
        assert told_codes.url == "https://crm.example/hook"
        chief().post(page(told_codes), entries(name="Till"))
        told_codes.refresh_from_db()
        assert not told_codes.with_codes


class TestItsPage:
    def test_a_test_event_is_queued(self):
        one = subscription()
        answer = chief().post(page(one, "try_it"), follow=True)
        sent = Delivery.objects.get()
        assert (sent.event.kind, sent.subscription, sent.state, sent.next_at) == ("webhook.test", one, "waiting", AT)
        assert sent.event.passed_on
        assert told(answer) == ["A test event is on its way. In a moment its line below says what came of it."]
        assert trail() == ["chief: webhook tried"]

    def test_a_paused_one_goes_on(self):
        one = subscription(paused_at=later(-1), paused_because="Nothing has arrived for days.", failing_since=later(-4))
        browser = chief()
        assert "Nothing has arrived for days." in browser.get(page(one)).content.decode()
        assert "Webhooks in trouble" in browser.get(reverse("admin:index")).content.decode()
        browser.post(page(one, "resume"))
        one.refresh_from_db()
        assert (one.paused_at, one.failing_since) == (None, None)
        assert "Webhooks in trouble" not in browser.get(reverse("admin:index")).content.decode()
        again = browser.post(page(one, "resume"))
        assert "It is not paused any more." in again.content.decode()

    def test_a_new_secret_is_shown_and_told_of(self):
        one = subscription()
        before = secret_of(one)
        answer = chief().post(page(one, "renew_secret"))
        one.refresh_from_db()
        assert (one.secret_version, one.secret_renewed_at) == (2, AT)
        assert secret_of(one) != before
        assert secret_of(one) in answer.content.decode()
        assert trail() == ["chief: webhook secret renewed"]

    def test_what_failed_is_sent_again_in_the_background(self):
        one = subscription()
        failed = [due(one, state="failed", next_at=None, failures=10, attempts=10) for _ in range(3)]
        sent, other = due(one, state="sent", next_at=None), due(subscription(), state="failed", next_at=None)
        chief().post(page(one, "send_failed_again"))
        assert Delivery.objects.filter(state="failed").count() == 4
        work_off()
        states = dict(Delivery.objects.values_list("pk", "state"))
        assert [states[line.pk] for line in [*failed, sent, other]] == ["waiting"] * 3 + ["sent", "failed"]
        assert set(Delivery.objects.filter(state="waiting").values_list("failures", "attempts", "next_at")) == {
            (0, 10, AT)
        }
        job = Job.objects.get()
        assert (job.state, job.outcome, job.done) == ("done", {"Deliveries sent again": 3}, 3)


class TestTheLog:
    def test_it_is_found_by_what_happened_and_to_whom(self):
        one = due(subscription(), event=happened(passed_on=True, customer_id="11100000-0000-474c-b092-b0dd880c07e1"))
        due(None)
        browser = chief()
        for text in (str(one.event_id), "11100000-0000-474c-b092-b0dd880c07e1"):
            assert rows(browser.get(LOG, {"q": text})) == [str(one)]
        assert len(rows(browser.get(LOG, {"q": "7"}))) == 2
        assert rows(browser.get(LOG, {"q": "nothing"})) == []

    def test_its_page_shows_the_answer_and_no_codes(self):
        event = happened(passed_on=True, codes={"coupon": "SECRET"})
        one = due(subscription(), event=event, last_status=500, last_answer="<b>no room</b>", last_at=AT)
        html = chief().get(page(one)).content.decode()
        assert "500 &lt;b&gt;no room&lt;/b&gt;" in html
        assert '<td data-label="Value">1</td>' in html
        assert "SECRET" not in html

    def test_its_page_names_whom_it_is_about(self):
        who = customer(first_name="Ann", last_name="Lee")
        one = due(None, event=happened(passed_on=True, customer_id=who.pk))
        assert "Ann Lee" in chief().get(page(one)).content.decode()
        reader = desk("outbox.view_delivery").get(page(one)).content.decode()
        assert ("Ann Lee" in reader, str(who.pk) in reader) == (False, True)

    def test_one_is_sent_again(self):
        one = due(None, state="sent", next_at=None, attempts=1)
        chief().post(page(one, "send_again"))
        one.refresh_from_db()
        assert (one.state, one.next_at, one.attempts) == ("waiting", AT, 1)
        entry = AuditEntry.objects.get()
        assert (entry.action, entry.after) == ("deliveries sent again", {"deliveries": 1, "receivers": ["mail"]})

    def test_so_are_those_that_are_chosen(self):
        crm = subscription(name="CRM")
        chosen = [due(crm, state="failed", next_at=None) for _ in range(2)]
        rest = due(crm, state="failed", next_at=None)
        sent = {"action": "send_selected_again", "_selected_action": [one.pk for one in chosen]}
        answer = chief().post(LOG, sent, follow=True)
        assert told(answer) == ["2 deliveries are on their way again."]
        assert list(Delivery.objects.filter(state="failed")) == [rest]
        assert AuditEntry.objects.get().after == {"deliveries": 2, "receivers": ["CRM"]}

    def test_who_only_looks_sends_nothing(self):
        one = due(None, state="failed", next_at=None)
        reader = desk("outbox.view_delivery")
        assert reader.post(page(one, "send_again")).status_code == 403
        reader.post(LOG, {"action": "send_selected_again", "_selected_action": [one.pk]})
        one.refresh_from_db()
        assert one.state == "failed"

    def test_more_lines_take_no_more_queries(self):
        browser, crm = chief(), subscription()
        due(crm)
        few = queries(browser, LOG), queries(browser, LIST), queries(browser, page(crm))
        for _ in range(4):
            due(crm)
            subscription("points.added")
        assert (queries(browser, LOG), queries(browser, LIST), queries(browser, page(crm))) == few
