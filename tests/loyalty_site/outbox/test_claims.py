"""Which deliveries a worker takes, and what becomes of them."""

from datetime import timedelta

import pytest

from loyalty_site.outbox.claims import LEASE, MAIL, claim, claim_of, keep, receivers_due
from loyalty_site.outbox.models import Delivery, Subscription
from loyalty_site.outbox.outcomes import Outcome
from tests.builders import AT, later
from tests.bursts import burst
from tests.loyalty_site.outbox.receivers import due, subscription

ARRIVED, FAILED = Outcome(arrived=True, status=204), Outcome(status=500, answer="no room")
A_SECOND = timedelta(seconds=1)


def stands(of: Delivery) -> tuple:
    now = Delivery.objects.get(pk=of.pk)
    return now.state, now.next_at, now.attempts, now.failures


def fail(delivery: Delivery, *, at, outcome: Outcome = FAILED) -> None:
    (taken,) = claim(delivery.subscription_id, 1, at=at)
    assert keep(claim_of(taken), outcome, at=at, draw=lambda: 0.0)


def pause_of(crm: Subscription) -> tuple:
    crm.refresh_from_db()
    return crm.failing_since, crm.paused_at, crm.paused_because


@pytest.mark.django_db
class TestWhatIsDue:
    def test_each_receiver_that_something_is_due_to(self):
        crm = subscription()
        due(crm)
        due(None)
        due(subscription(), next_at=later(1))
        due(subscription(), state="sent", next_at=None)
        due(subscription(paused_at=AT))
        due(subscription(active=False))
        assert receivers_due(at=AT) == [crm.pk, MAIL]

    def test_the_longest_due_first_and_no_more_than_asked_for(self):
        crm = subscription()
        late, later_one, last = (due(crm, next_at=AT - n * A_SECOND) for n in (3, 1, 2))
        due(None)
        assert {taken.pk for taken in claim(crm.pk, 2, at=AT)} == {late.pk, last.pk}
        assert stands(later_one) == ("waiting", AT - A_SECOND, 0, 0)

    def test_what_is_taken_is_not_taken_again_until_the_lease_is_over(self):
        one = due(None)
        assert [taken.pk for taken in claim(MAIL, 5, at=AT)] == [one.pk]
        assert stands(one) == ("waiting", AT + LEASE, 1, 0)
        assert claim(MAIL, 5, at=AT + LEASE - A_SECOND) == []
        assert [taken.attempts for taken in claim(MAIL, 5, at=AT + LEASE)] == [2]


@pytest.mark.django_db
class TestHowItWent:
    def test_it_arrived(self):
        one = due(subscription(failing_since=later(-1)))
        (taken,) = claim(one.subscription_id, 1, at=AT)
        assert keep(claim_of(taken), ARRIVED, at=AT)
        assert (stands(one), pause_of(one.subscription)[0]) == (("sent", None, 1, 0), None)

    def test_there_was_nobody_to_tell(self):
        one = due(None)
        keep(claim_of(claim(MAIL, 1, at=AT)[0]), Outcome(skipped=True), at=AT)
        assert stands(one) == ("skipped", None, 1, 0)

    def test_it_failed_and_is_tried_again(self):
        one = due(subscription())
        fail(one, at=AT)
        assert stands(one) == ("waiting", AT + timedelta(seconds=10), 1, 1)
        kept = Delivery.objects.get()
        assert (kept.last_at, kept.last_status, kept.last_answer) == (AT, 500, "no room")
        assert pause_of(one.subscription) == (AT, None, "")

    def test_after_many_failures_it_is_given_up(self):
        one = due(subscription(), failures=9, attempts=9)
        fail(one, at=AT)
        assert stands(one) == ("failed", None, 10, 10)

    def test_so_it_is_where_another_try_would_not_help(self):
        one = due(None)
        fail(one, at=AT, outcome=Outcome(final=True, answer="The mail server refused the recipient (550)."))
        assert stands(one) == ("failed", None, 1, 1)

    def test_whoever_comes_back_from_the_dead_keeps_nothing(self):
        one = due(subscription())
        (dead,) = claim(one.subscription_id, 1, at=AT)
        (other,) = claim(one.subscription_id, 1, at=AT + LEASE)
        assert not keep(claim_of(dead), FAILED, at=AT + LEASE)
        assert keep(claim_of(other), ARRIVED, at=AT + LEASE)
        assert not keep(claim_of(dead), FAILED, at=AT + LEASE)
        assert (stands(one)[0], pause_of(one.subscription)[0]) == ("sent", None)


@pytest.mark.django_db
class TestWhenASubscriptionIsPaused:
    def test_after_days_of_failures(self, settings):
        settings.WEBHOOK_PAUSED_AFTER = timedelta(days=3)
        one = due(subscription(failing_since=later(-3)))
        fail(one, at=AT)
        assert pause_of(one.subscription) == (later(-3), AT, "Nothing has arrived for days.")
        assert stands(one)[0] == "waiting"
        assert receivers_due(at=later(30)) == []

    def test_not_before(self, settings):
        settings.WEBHOOK_PAUSED_AFTER = timedelta(days=3)
        one = due(subscription(failing_since=later(-3) + A_SECOND))
        fail(one, at=AT)
        assert pause_of(one.subscription)[1] is None

    def test_at_once_where_it_wants_nothing_more(self):
        one = due(subscription())
        fail(one, at=AT, outcome=Outcome(gone=True, status=410))
        assert pause_of(one.subscription)[1:] == (AT, "The receiver said that it wants nothing more (410).")


@pytest.mark.django_db(transaction=True)
def test_several_workers_at_once_take_each_delivery_once():
    crm = subscription()
    keys = {due(crm).pk for _ in range(24)}
    taken = [delivery.pk for found in burst([lambda: claim(crm.pk, 5, at=AT)] * 5) for delivery in found]
    assert len(taken) == len(set(taken))
    taken += [delivery.pk for delivery in claim(crm.pk, 100, at=AT)]
    assert (len(taken), set(taken)) == (24, keys)
