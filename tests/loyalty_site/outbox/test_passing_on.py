"""From events to deliveries."""

import pytest

from loyalty_site.outbox import passing_on
from loyalty_site.outbox.models import Delivery, Event
from loyalty_site.outbox.passing_on import pass_on
from tests.builders import AT, later
from tests.bursts import burst
from tests.loyalty_site.outbox.receivers import happened, subscription

VISITED = "tests.visited"


def told() -> list[tuple[str, str]]:
    lines = Delivery.objects.order_by("event__created_at", "pk").select_related("subscription")
    return [(line.event_id, str(line.subscription or "mail")) for line in lines]


@pytest.mark.django_db
class TestPassingOn:
    def test_each_who_wants_it_gets_it(self):
        subscription(VISITED, name="CRM")
        subscription(VISITED, name="Paused", paused_at=AT)
        subscription(VISITED, name="Off", active=False)
        subscription("points.added", name="Other")
        event = happened()
        assert pass_on(at=later(1)) == 1
        assert told() == [(event.pk, "CRM"), (event.pk, "Paused")]
        assert {(line.state, line.next_at, line.attempts) for line in Delivery.objects.all()} == {
            ("waiting", later(1), 0)
        }

    def test_so_does_the_customer_where_a_mail_is_sent_of_it(self, settings):
        settings.MAIL_EVENTS = [VISITED]
        event = happened()
        pass_on(at=AT)
        assert told() == [(event.pk, "mail")]

    def test_once(self):
        subscription(VISITED)
        happened()
        assert [pass_on(at=AT), pass_on(at=AT)] == [1, 0]
        assert len(told()) == 1

    def test_with_nothing_new_one_question_is_asked(self, django_assert_num_queries):
        with django_assert_num_queries(1):
            assert pass_on(at=AT) == 0

    def test_the_oldest_first(self, monkeypatch):
        monkeypatch.setattr(passing_on, "CHUNK", 2)
        subscription(VISITED)
        events = [happened(at=later(days)) for days in (2, 0, 1)]
        assert pass_on(at=AT) == 2
        assert [pk for pk, _ in told()] == [events[1].pk, events[2].pk]
        assert [event.pk for event in Event.objects.filter(passed_on=False)] == [events[0].pk]


@pytest.mark.django_db(transaction=True)
def test_several_workers_at_once_pass_each_event_on_once():
    subscription(VISITED)
    events = {happened().pk for _ in range(30)}
    while sum(burst([lambda: pass_on(at=AT)] * 4)):
        pass
    assert sorted(pk for pk, _ in told()) == sorted(events)
