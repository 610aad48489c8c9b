"""Giving an offer to a customer."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from customers.errors import CustomerNotFound
from customers.models import Customer
from loyalty_site.access.models import AuditEntry, Partner
from offers.errors import DatesInDisorder, OfferNotFound
from offers.models import CustomerOffer, Offer
from tests.books import refused
from tests.builders import AT, STAFF, customer, later
from tests.offers.builders import given, offer
from tests.statements import either, statements

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return Partner.objects.create(name="Brame")


def test_the_first_assignment_takes_the_offers_own_code():
    what, who = offer("COFFEE", rank=3), customer()

    made = given(what, who, source="brame", reference="Prize #2")

    stored = CustomerOffer.objects.get()
    assert (stored.pk, stored.trace_id, stored.code) == (made.pk, made.trace_id, "COFFEE")
    assert (stored.offer, stored.customer, stored.rank) == (what, who, 3)
    assert (stored.displayed_from, stored.effective_from, stored.expires_at) == (later(-1), later(-1), later(30))
    assert (stored.state, stored.accepted_at, stored.version) == ("NONE", None, 1)
    assert (stored.source, stored.reference, stored.partner, stored.given_at) == ("brame", "Prize #2", None, AT)


def test_each_further_assignment_gets_a_code_of_its_own():
    what, who = offer("COFFEE"), customer()

    codes = [given(what, who).code for _ in range(3)]

    assert codes[0] == "COFFEE"
    assert len(set(codes)) == 3
    assert all(code.isalnum() for code in codes)
    assert CustomerOffer.objects.values("trace_id").distinct().count() == 3


def test_every_customer_gets_the_offers_own_code_first():
    what = offer("COFFEE")
    assert [given(what, customer()).code for _ in range(2)] == ["COFFEE", "COFFEE"]


def test_a_rank_given_with_the_assignment_counts():
    assert CustomerOffer.objects.get(pk=given(offer(rank=5), customer(), rank=0).pk).rank == 0


def test_an_offer_need_not_expire():
    assert CustomerOffer.objects.get(pk=given(offer(), customer(), expires_at=None).pk).expires_at is None


def test_dates_may_lie_in_the_past():
    made = given(offer(), customer(), displayed_from=later(-9), effective_from=later(-9), expires_at=later(-8))
    assert CustomerOffer.objects.get(pk=made.pk).expires_at == later(-8)


@pytest.mark.parametrize(
    "dates",
    [{"displayed_from": later(1), "effective_from": AT}, {"effective_from": AT, "expires_at": later(-1)}],
)
def test_dates_in_disorder_are_refused(dates):
    what, who = offer(), customer()
    with pytest.raises(DatesInDisorder), transaction.atomic():
        given(what, who, **dates)
    assert not CustomerOffer.objects.exists()


@pytest.mark.parametrize("status", [Offer.Status.DRAFT, Offer.Status.PAUSED, Offer.Status.CANCELLED])
def test_an_offer_that_is_not_switched_on_is_not_given(status):
    what, who = offer(status=status), customer()
    with pytest.raises(OfferNotFound), transaction.atomic():
        given(what, who)
    assert not CustomerOffer.objects.exists()


def test_a_partner_gives_offers_released_to_it(partner):
    what, who = offer(partners=[partner]), customer()
    assert CustomerOffer.objects.get(pk=given(what, who, partner_id=partner.pk).pk).partner == partner


def test_a_partner_does_not_give_offers_of_others(partner):
    what, who = offer(partners=[Partner.objects.create(name="Other")]), customer()

    with pytest.raises(OfferNotFound), transaction.atomic():
        given(what, who, partner_id=partner.pk)

    assert not CustomerOffer.objects.exists()
    assert not AuditEntry.objects.filter(action="offer given").exists()


def test_an_unknown_customer_is_told_before_an_unknown_offer():
    nobody = uuid4()
    with refused(CustomerNotFound, id=nobody):
        given(Offer(pk=uuid4()), Customer(pk=nobody))


def test_an_erased_customer_is_given_nothing():
    what, who = offer(), customer(status=Customer.Status.ERASED)
    with refused(CustomerNotFound, id=who.pk):
        given(what, who)


def test_an_assignment_says_so_in_the_audit_trail():
    who = customer()
    made = given(offer("COFFEE"), who, source="brame", reference="Prize #2")

    told = AuditEntry.objects.get(action="offer given")

    assert (told.object_id, told.object_label, told.actor) == (str(made.pk), "COFFEE", STAFF.key)
    assert told.after == {"customer": str(who.pk)}  # the partner's texts may tell of her, and stand with the offer


def test_an_assignment_takes_two_statements():
    what, who = offer(), customer()
    with statements() as seen:
        given(what, who)
    assert len(seen) == either(postgresql=2, sqlite=3), seen


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "odd"},
        {"state": "ACCEPTED", "accepted_at": None},
        {"state": "NONE", "accepted_at": AT},
        {"state": "DECLINED", "accepted_at": AT},
        {"version": 0},
        {"expires_at": later(-2)},
        {"displayed_from": later(1)},
    ],
)
def test_the_database_refuses_what_cannot_be(fields):
    made = given(offer(), customer())
    with pytest.raises(IntegrityError), transaction.atomic():
        CustomerOffer.objects.filter(pk=made.pk).update(**fields)


def test_the_database_refuses_a_code_twice_for_one_customer():
    what, who = offer(), customer()
    given(what, who)
    second = given(what, who)
    with pytest.raises(IntegrityError), transaction.atomic():
        CustomerOffer.objects.filter(pk=second.pk).update(code=what.code)
