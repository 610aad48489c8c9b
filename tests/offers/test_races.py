"""Many answers and assignments at one moment."""

from collections import Counter

import pytest
from django.db import OperationalError, transaction

from loyalty_site.access.models import AuditEntry
from loyalty_site.errors import DomainError
from offers import services
from offers.answering import STEPS, Answer
from offers.batch_models import GiftBatch
from offers.bulk import giving
from offers.bulk import services as bulk
from offers.bulk.services import Wish
from offers.models import CustomerOffer
from tests.builders import AT, SHOP, customer
from tests.bursts import burst
from tests.jobs import work_off
from tests.offers.builders import answer, given, offer, stands

pytestmark = pytest.mark.django_db(transaction=True)


def outcome(results) -> Counter:
    return Counter(result.state if isinstance(result, CustomerOffer) else type(result).__name__ for result in results)


def changes() -> int:
    return AuditEntry.objects.filter(action__in=["offer accepted", "offer declined", "offer not answered"]).count()


def test_parallel_acceptances_step_the_version_once():
    made = given(offer(), customer())

    results = burst([lambda: answer(made, Answer.ACCEPTED)] * 16)

    assert outcome(results) == {"ACCEPTED": 16}
    assert {result.version for result in results} == {2}
    assert stands(made)[2] == 2
    assert changes() == 1


def test_parallel_declines_decline_once():
    made = given(offer(), customer())

    results = burst([lambda: answer(made, Answer.DECLINED)] * 16, refusals=DomainError)

    assert outcome(results) == {"DECLINED": 1, "OfferDeclined": 15}
    assert stands(made)[2] == 2


def test_mixed_answers_step_the_version_once_per_change():
    made = given(offer(), customer())
    words = [Answer.ACCEPTED, Answer.UNACCEPTED] * 12

    burst([lambda word=word: answer(made, word) for word in words])

    assert stands(made)[2] == 1 + changes()


def test_of_completion_and_decline_one_wins():
    made = given(offer(), customer())
    answer(made, Answer.ACCEPTED)
    complete = [lambda: services.complete(made.customer_id, made.code, **SHOP)] * 4
    decline = [lambda: answer(made, Answer.DECLINED)] * 4

    results = burst([*complete, *decline], refusals=DomainError)

    assert sum(isinstance(result, CustomerOffer) for result in results) == 1
    assert stands(made)[2] == 3


def test_parallel_assignments_all_succeed_under_different_codes():
    what, who = offer("COFFEE"), customer()

    results = burst([lambda: given(what, who)] * 12)

    codes = {result.code for result in results}
    assert len(codes) == 12
    assert "COFFEE" in codes
    assert set(who.offers.values_list("code", flat=True)) == codes


def naive_answer(made: CustomerOffer, said: Answer) -> CustomerOffer:
    """Reads, decides, writes, as one would without knowing better."""
    state, steps_from = STEPS[said]
    row = CustomerOffer.objects.get(pk=made.pk)
    if row.state in steps_from:
        row.state, row.version = state, row.version + 1
        row.accepted_at = row.given_at if state == "ACCEPTED" else None
        row.save(update_fields=["state", "version", "accepted_at"])
        row.changed = True
    return row


def test_without_the_guard_changes_would_be_lost():
    """The negative control: that this finds something shows that the tests above could."""
    for _ in range(30):
        made = given(offer(f"OFFER_{_}"), customer())
        words = [Answer.ACCEPTED, Answer.UNACCEPTED] * 8
        results = burst([lambda word=word, made=made: naive_answer(made, word) for word in words])
        if stands(made)[2] != 1 + sum(hasattr(result, "changed") for result in results):
            return
    pytest.fail("No two naive answers met in 30 bursts.")


@pytest.mark.postgresql_only
@pytest.mark.usefixtures("noon")
def test_a_batch_is_not_taken_back_within_a_step_that_gives_it(monkeypatch):
    wish = Wish(begins_at=AT, listed=[str(customer().pk)])
    batch = bulk.prepare(offer(), wish, **SHOP)
    bulk.start(batch.pk, **SHOP)
    give, found = giving.give, []

    @transaction.atomic
    def take_back() -> None:
        GiftBatch.objects.select_for_update(nowait=True, no_key=True).get(pk=batch.pk)

    def giving_meanwhile(*given, **options):
        found.extend(type(one).__name__ for one in burst([take_back], refusals=OperationalError))
        return give(*given, **options)

    monkeypatch.setattr(giving, "give", giving_meanwhile)
    work_off()

    assert found == ["OperationalError"]
    assert CustomerOffer.objects.filter(batch=batch).count() == 1
