"""One offer for many customers: looked at, given by a job, taken back."""

import random
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from customers.crowds import marking
from customers.crowds.models import Place
from customers.identifying import named_by
from customers.models import Customer, Segment, SegmentMembership
from loyalty_site.access.models import AuditEntry
from loyalty_site.jobs.models import Job
from loyalty_site.jobs.services import retry
from loyalty_site.outbox.models import Event
from offers import services as offers
from offers.answering import Answer
from offers.assigning import Terms
from offers.batch_models import GiftBatch
from offers.bulk import giving, jobs, services
from offers.bulk.services import Wish
from offers.errors import BatchMovedOn, DatesInDisorder, NobodyMeant, OfferNotFound
from offers.models import CustomerOffer, Offer
from offers.upkeep import FORGET_BATCHES
from tests.builders import AT, SHOP, STAFF, customer, later, level
from tests.jobs import work_off
from tests.loyalty_site.outbox.receivers import subscription
from tests.offers.builders import answer, given, offer
from tests.statements import statements

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

BEGINS, EXPIRES = later(1), later(9)


def members(count: int, **fields) -> tuple[Segment, list[Customer]]:
    segment = Segment.objects.create(name="Students")
    people = [customer(**fields) for _ in range(count)]
    SegmentMembership.objects.bulk_create(SegmentMembership(segment=segment, customer=one) for one in people)
    marking.join(segment.pk, [one.pk for one in people])
    return segment, people


def wish(**fields) -> Wish:
    return Wish(**({"begins_at": BEGINS, "expires_at": EXPIRES, "reference": "Spring"} | fields))


def prepared(**fields) -> GiftBatch:
    return services.prepare(Offer.objects.filter(code="COFFEE").first() or offer(), wish(**fields), **SHOP)


def give(batch: GiftBatch) -> Job:
    """To the end, or as far as it goes."""
    services.start(batch.pk, **SHOP)
    return work(batch)


def work(batch: GiftBatch) -> Job:
    work_off()
    batch.refresh_from_db()
    return Job.objects.get(pk=batch.job_id)


def holders() -> set:
    return set(CustomerOffer.objects.values_list("customer", flat=True))


def test_a_segment_is_given_an_offer():
    segment, people = members(3)
    customer()
    batch = prepared(segment=segment)
    assert (batch.preview["customers"], batch.preview["to_give"], CustomerOffer.objects.count()) == (3, 3, 0)
    job = give(batch)
    assert (job.state, job.outcome, batch.state, batch.given) == ("done", {"Offers given": 3}, "given", 3)
    assert holders() == {one.pk for one in people}
    facts = ("code", "source", "reference", "displayed_from", "effective_from", "expires_at", "state", "batch", "rank")
    assert set(CustomerOffer.objects.values_list(*facts)) == {
        ("COFFEE", "admin", "Spring", BEGINS, BEGINS, EXPIRES, "NONE", batch.pk, batch.offer.rank)
    }
    told = AuditEntry.objects.filter(object_id=str(batch.pk)).order_by("pk").values_list("action", flat=True)
    assert list(told) == ["offer to many prepared", "offer to many started"]


def test_a_level_is_given_an_offer():
    gold = level("gold")
    who = customer(level=gold)
    customer()
    customer(level=gold, status="erased")
    give(prepared(level=gold))
    assert holders() == {who.pk}


def test_who_joins_before_it_is_given_gets_it_and_who_leaves_does_not():
    segment, people = members(2)
    batch = prepared(segment=segment)
    late = customer()
    SegmentMembership.objects.create(segment=segment, customer=late)
    marking.join(segment.pk, [late.pk])
    marking.mark(people[0].pk, segments={segment.pk: False})
    job = give(batch)
    assert (holders(), job.done) == ({people[1].pk, late.pk}, 2)


def test_crowds_are_walked_from_chunk_to_chunk(monkeypatch):
    """In steps that do not end where chunks do."""
    monkeypatch.setattr(jobs, "AT_ONCE", 4)
    segment = Segment.objects.create(name="Students")
    people = []
    for place in (8_189, 8_190, 8_191, 8_192, 8_193, 30_000, 30_001):
        who = Customer.objects.create(level=level(), created_at=AT, updated_at=AT)
        Place.objects.create(pk=place, customer=who)
        people.append(who.pk)
    marking.join(segment.pk, people)
    SegmentMembership.objects.bulk_create(SegmentMembership(segment=segment, customer_id=pk) for pk in people)
    job = give(prepared(segment=segment))
    assert (holders(), job.done, job.outcome) == (set(people), 7, {"Offers given": 7})


def test_a_list_names_customers_by_whatever_they_have():
    mail, card, phone, by_id, number = (
        customer(email="Ann@Example.com"),
        customer(card_number="C-1"),
        customer(phone="+48600"),
        customer(external_id="X1"),
        customer(),
    )
    several = customer(external_id="same"), customer(phone="same")
    texts = ["ann@example.COM", "C-1", "+48600", "X1", str(number.number), str(mail.pk), "nobody", "same", "c-1"]
    batch = prepared(listed=texts)
    told = batch.preview
    assert (told["customers"], told["to_give"], told["unknown"]) == (5, 5, 2)
    assert (told["ambiguous"], told["repeated"]) == (1, 1)
    assert (told["unknown_samples"], told["ambiguous_samples"]) == (["nobody", "c-1"], ["same"])
    job = give(batch)
    assert holders() == {mail.pk, card.pk, phone.pk, by_id.pk, number.pk} - {one.pk for one in several}
    assert (job.outcome, batch.listed) == ({"Offers given": 5}, "")


def test_texts_are_looked_up_together():
    for name in ("a", "b"):
        customer(email=f"{name}@example.com")
    texts = ["a@example.com", "b@example.com", "1", "+48", str(customer().pk)]
    with statements() as seen:
        assert len(named_by(texts)) == 3
    assert len(seen) == 2


def test_each_step_of_a_list_takes_the_next_lines(monkeypatch):
    monkeypatch.setattr(jobs, "AT_ONCE", 2)
    people = [customer(external_id=f"X{n}") for n in range(5)]
    job = give(prepared(listed=[f"X{n}" for n in range(5)]))
    assert (holders(), job.done) == ({one.pk for one in people}, 5)


def test_who_is_left_out_is_told_before_and_after():
    segment, (has_it, had_it, blocked, erased, fine) = members(5)
    what = offer()
    given(what, has_it)
    given(what, had_it, displayed_from=later(-9), effective_from=later(-9), expires_at=later(-1))
    Customer.objects.filter(pk=blocked.pk).update(status="blocked")
    batch = prepared(segment=segment)
    Customer.objects.filter(pk=erased.pk).update(status="erased")  # since it was looked at
    assert {name: batch.preview[name] for name in ("customers", "to_give", "have_it", "blocked")} == {
        "customers": 5,
        "to_give": 3,
        "have_it": 1,
        "blocked": 1,
    }
    assert set(batch.preview["samples"]) == {str(had_it.pk), str(erased.pk), str(fine.pk)}
    job = give(batch)
    assert job.outcome == {
        "Offers given": 2,
        "Have it already": 1,
        "Blocked": 1,
        "Erased, or not there any more": 1,
    }
    assert set(batch.gifts.values_list("customer", flat=True)) == {had_it.pk, fine.pk}


def test_who_has_it_may_get_it_once_more():
    segment, (who,) = members(1)
    given(offer(), who)
    batch = prepared(segment=segment, repeat=True)
    give(batch)
    codes = list(CustomerOffer.objects.order_by("given_at", "code").values_list("code", flat=True))
    assert (batch.given, len(set(codes)), codes.count("COFFEE")) == (1, 2, 1)


@pytest.mark.parametrize("seed", range(3))
def test_it_is_what_giving_it_one_by_one_comes_to(seed):
    """Random customers with random offers: the same rows, but for what is random in each."""
    chance = random.Random(seed)
    what, another = offer(), offer("TEA")
    segment, people = members(30)
    for who in people:
        for other in chance.choices([what, another], k=chance.randrange(3)):
            made = given(other, who, expires_at=chance.choice([None, later(-1) + timedelta(hours=1), later(30)]))
            if chance.random() < 0.5:
                CustomerOffer.objects.filter(pk=made.pk).update(state="DECLINED")
        Customer.objects.filter(pk=who.pk).update(status=chance.choice(["new", "active", "active", "erased"]))
    before = set(CustomerOffer.objects.values_list("pk", flat=True))

    def new_rows():
        rows = CustomerOffer.objects.exclude(pk__in=before)
        facts = ("customer", "offer", "rank", "displayed_from", "effective_from", "expires_at", "state", "version")
        more = ("source", "reference", "partner", "accepted_at")
        own = [(row[0], row[1] == "COFFEE") for row in rows.values_list("customer", "code")]
        return sorted(rows.values_list(*facts, *more), key=str), sorted(own, key=str)

    with transaction.atomic():
        giving.give(prepared(segment=segment, repeat=True), [one.pk for one in people], at=AT)
        together = new_rows()
        transaction.set_rollback(True)
    terms = Terms(displayed_from=BEGINS, effective_from=BEGINS, expires_at=EXPIRES, source="admin", reference="Spring")
    for who in Customer.objects.exclude(status="erased").filter(pk__in=[one.pk for one in people]):
        offers.assign(what.pk, who.pk, terms, actor=STAFF, at=AT)
    assert together == new_rows()
    assert len(together[0]) == Customer.objects.exclude(status="erased").count() > 10


def test_a_job_that_breaks_goes_on_without_giving_twice(monkeypatch):
    monkeypatch.setattr(jobs, "AT_ONCE", 2)
    segment, people = members(5)
    batch = prepared(segment=segment, repeat=True)
    write = jobs.giving.give

    def breaking(*args, **facts):
        write(*args, **facts)
        if CustomerOffer.objects.count() == 4:
            raise ZeroDivisionError

    monkeypatch.setattr(jobs.giving, "give", lambda *args, **facts: breaking(*args, **facts) or write(batch, [], at=AT))
    job = give(batch)
    assert (job.state, CustomerOffer.objects.count()) == ("failed", 2)
    monkeypatch.setattr(jobs.giving, "give", write)
    retry(job, actor=STAFF, at=AT)
    job = work(batch)
    assert (job.state, job.done, CustomerOffer.objects.count()) == ("done", 5, 5)
    assert holders() == {one.pk for one in people}


def test_the_database_refuses_a_second_gift_out_of_one_batch():
    segment, (who,) = members(1)
    batch = prepared(segment=segment)
    give(batch)
    twin = CustomerOffer.objects.values().get() | {"id": customer().pk, "trace_id": customer().pk, "code": "OTHER"}
    with pytest.raises(IntegrityError), transaction.atomic():
        CustomerOffer.objects.create(**twin)
    assert holders() == {who.pk}


def test_an_offer_that_is_switched_off_is_given_no_further(monkeypatch):
    monkeypatch.setattr(jobs, "AT_ONCE", 1)
    segment, people = members(3)
    batch = prepared(segment=segment)
    services.start(batch.pk, **SHOP)
    Offer.objects.update(status="PAUSED")
    job = work(batch)
    assert (job.state, CustomerOffer.objects.count()) == ("failed", 0)
    assert job.problem == "The offer is not switched on. Set its status to “active”, then try again."
    Offer.objects.update(status="ACTIVE")
    retry(job, actor=STAFF, at=AT)
    assert (work(batch).state, holders()) == ("done", {one.pk for one in people})


def test_a_segment_that_is_gone_ends_the_job():
    segment, _ = members(1)
    batch = prepared(segment=segment)
    services.start(batch.pk, **SHOP)
    segment.delete()
    job = work(batch)
    assert (job.state, job.problem) == ("failed", "The segment or level was deleted.")
    assert not CustomerOffer.objects.exists()


def test_what_nobody_answered_is_taken_back(monkeypatch):
    monkeypatch.setattr(jobs, "AT_ONCE", 2)
    segment, people = members(5)
    before = given(offer(), people[0])
    batch = prepared(segment=segment, repeat=True)
    give(batch)
    gifts = {gift.customer_id: gift for gift in batch.gifts.all()}
    CustomerOffer.objects.filter(batch=batch).update(displayed_from=AT)
    answer(gifts[people[1].pk], Answer.ACCEPTED)
    answer(gifts[people[2].pk], Answer.DECLINED)
    services.withdraw(batch.pk, **SHOP)
    job = work(batch)
    assert (job.state, job.outcome) == ("done", {"Offers taken back": 3, "Answered, so they stay": 2})
    assert (batch.state, batch.given, batch.withdrawn) == ("withdrawn", 5, 3)
    left = set(CustomerOffer.objects.values_list("pk", flat=True))
    assert left == {before.pk, gifts[people[1].pk].pk, gifts[people[2].pk].pk}


def test_others_are_told_of_each_who_was_given_it_and_from_whom_it_was_taken_back():
    subscription("offer.assigned", "offer.withdrawn")
    segment, people = members(3)
    batch = prepared(segment=segment)
    give(batch)
    gifts = {(str(gift.pk), gift.customer_id, gift.code) for gift in batch.gifts.all()}
    services.withdraw(batch.pk, **SHOP)
    work(batch)
    for kind in ("offer.assigned", "offer.withdrawn"):
        told = Event.objects.filter(kind=kind)
        assert {(event.object_id, event.customer_id, event.data["code"]) for event in told} == gifts
        assert told.count() == len(people)
    assert {event.data["reference"] for event in Event.objects.filter(kind="offer.assigned")} == {"Spring"}


def test_what_stopped_on_the_way_is_taken_back_and_goes_on_no_more(monkeypatch):
    segment, _ = members(2)
    batch = prepared(segment=segment)
    services.start(batch.pk, **SHOP)
    with pytest.raises(BatchMovedOn), transaction.atomic():
        services.withdraw(batch.pk, **SHOP)  # it has not ended
    Offer.objects.update(status="PAUSED")
    stopped = work(batch)
    services.withdraw(batch.pk, **SHOP)
    assert work(batch).outcome == {"Offers taken back": 0, "Answered, so they stay": 0}
    Offer.objects.update(status="ACTIVE")
    retry(stopped, actor=STAFF, at=AT)
    work_off()
    stopped.refresh_from_db()
    assert (stopped.state, CustomerOffer.objects.count()) == ("failed", 0)


def test_a_batch_is_started_once():
    segment, _ = members(1)
    batch = prepared(segment=segment)
    give(batch)
    with pytest.raises(BatchMovedOn), transaction.atomic():
        services.start(batch.pk, **SHOP)
    with pytest.raises(BatchMovedOn), transaction.atomic():
        services.drop(batch.pk, **SHOP)
    assert (Job.objects.count(), CustomerOffer.objects.count()) == (1, 1)


def test_what_cannot_be_started():
    segment, _ = members(1)
    batch, nobody = prepared(segment=segment), prepared(listed=["nobody"])
    with pytest.raises(NobodyMeant), transaction.atomic():
        services.start(nobody.pk, **SHOP)
    Offer.objects.update(status="DRAFT")
    with pytest.raises(OfferNotFound), transaction.atomic():
        services.start(batch.pk, **SHOP)
    with pytest.raises(DatesInDisorder), transaction.atomic():
        prepared(segment=segment, expires_at=AT)
    assert (Job.objects.count(), GiftBatch.objects.filter(state="prepared").count()) == (0, 2)


def test_what_nobody_started_is_forgotten():
    segment, _ = members(1)
    old, young, begun = (prepared(segment=segment) for _ in range(3))
    give(begun)
    GiftBatch.objects.exclude(pk=young.pk).update(prepared_at=later(-8))
    assert FORGET_BATCHES.step(None, at=AT).outcome == {"Batches forgotten": 1}
    assert set(GiftBatch.objects.values_list("pk", flat=True)) == {young.pk, begun.pk}
    assert old.pk not in {young.pk, begun.pk}


def test_a_step_takes_as_many_statements_for_few_as_for_many():
    taken = []
    for count in (2, 12):
        segment, _ = members(count)
        batch = prepared(segment=segment)
        services.start(batch.pk, **SHOP)
        job = Job.objects.latest("created_at", "id") if count == 2 else Job.objects.get(arguments__batch=str(batch.pk))
        with statements() as seen:
            jobs.give(job, at=AT)
        taken.append(len(seen))
    assert taken[0] == taken[1] <= 7
