"""What customers say to offers: the whole table of states and answers, and what stands in the way."""

from uuid import uuid4

import pytest
from django.db import transaction

from customers.models import Customer
from loyalty_site.access.models import AuditEntry
from offers import answering, services
from offers.answering import Answer
from offers.errors import (
    OfferCompleted,
    OfferDeclined,
    OfferExpired,
    OfferNotAccepted,
    OfferNotActive,
    OfferNotEffectiveYet,
    OfferNotShownYet,
    OfferNotTargeted,
)
from offers.models import CustomerOffer, Offer
from tests.builders import AT, SHOP, STAFF, customer, later
from tests.offers.builders import answer, given, offer, stands
from tests.statements import either, statements

pytestmark = pytest.mark.django_db

ACCEPTED, DECLINED, UNACCEPTED = Answer.ACCEPTED, Answer.DECLINED, Answer.UNACCEPTED
NOW = later(1)


def an_offer(state: str = "NONE", **fields) -> CustomerOffer:
    """One that came to that state a day ago."""
    made = given(offer(), customer(), **fields)
    said = {"NONE": [], "ACCEPTED": [ACCEPTED], "DECLINED": [DECLINED], "COMPLETED": [ACCEPTED]}[state]
    for word in said:
        answer(made, word)
    if state == "COMPLETED":
        services.complete(made.customer_id, made.code, **SHOP)
    return made


# state, answer → the state, the moment of acceptance and the version afterwards, or the refusal
TABLE = [
    ("NONE", ACCEPTED, ("ACCEPTED", NOW, 2)),
    ("NONE", DECLINED, ("DECLINED", None, 2)),
    ("NONE", UNACCEPTED, ("NONE", None, 1)),
    ("ACCEPTED", ACCEPTED, ("ACCEPTED", AT, 2)),
    ("ACCEPTED", DECLINED, ("DECLINED", None, 3)),
    ("ACCEPTED", UNACCEPTED, ("NONE", None, 3)),
    ("DECLINED", ACCEPTED, OfferDeclined),
    ("DECLINED", DECLINED, OfferDeclined),
    ("DECLINED", UNACCEPTED, OfferDeclined),
    ("COMPLETED", ACCEPTED, OfferCompleted),
    ("COMPLETED", DECLINED, OfferCompleted),
    ("COMPLETED", UNACCEPTED, OfferCompleted),
]


@pytest.mark.parametrize(("state", "said", "expected"), TABLE)
def test_each_state_meets_each_answer(state, said, expected):
    made = an_offer(state)
    before = stands(made)

    if isinstance(expected, tuple):
        told = answer(made, said, at=NOW)
        assert stands(made) == expected
        assert (told.state, told.accepted_at, told.version) == expected
    else:
        with pytest.raises(expected), transaction.atomic():
            answer(made, said, at=NOW)
        assert stands(made) == before


@pytest.mark.parametrize("said", Answer)
@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"displayed_from": later(-9), "effective_from": later(-9), "expires_at": later(seconds=-1)}, OfferExpired),
        ({"displayed_from": later(seconds=1), "effective_from": later(2)}, OfferNotShownYet),
    ],
)
def test_dates_stand_in_the_way_of_every_answer(fields, refusal, said):
    made = an_offer(**fields)
    with pytest.raises(refusal), transaction.atomic():
        answer(made, said)
    assert stands(made) == ("NONE", None, 1)


@pytest.mark.parametrize("said", Answer)
@pytest.mark.parametrize("status", [Offer.Status.DRAFT, Offer.Status.PAUSED, Offer.Status.CANCELLED])
def test_an_offer_switched_off_takes_no_answer(status, said):
    made = an_offer()
    services.set_status(made.offer_id, status, **SHOP)

    with pytest.raises(OfferNotActive, match=f"status={status}"), transaction.atomic():
        answer(made, said)

    assert stands(made) == ("NONE", None, 1)


@pytest.mark.parametrize(
    "fields",
    [
        {"expires_at": AT},
        {"expires_at": None},
        {"displayed_from": AT, "effective_from": AT},
        {"displayed_from": AT, "effective_from": later(9)},  # shown before it is effective
    ],
)
def test_an_offer_is_answered_at_the_edges_of_its_dates(fields):
    made = an_offer(**fields)
    answer(made, ACCEPTED)
    assert stands(made) == ("ACCEPTED", AT, 2)


def test_a_final_state_is_told_before_status_and_dates():
    made = an_offer("DECLINED")
    services.set_status(made.offer_id, Offer.Status.PAUSED, **SHOP)
    with pytest.raises(OfferDeclined), transaction.atomic():
        answer(made, ACCEPTED, at=later(99))


def test_the_status_is_told_before_the_dates():
    made = an_offer()
    services.set_status(made.offer_id, Offer.Status.PAUSED, **SHOP)
    with pytest.raises(OfferNotActive), transaction.atomic():
        answer(made, ACCEPTED, at=later(99))


def test_nobody_answers_another_customers_offer():
    made = an_offer()
    with pytest.raises(OfferNotTargeted), transaction.atomic():
        services.respond(customer().pk, made.code, ACCEPTED, **SHOP)
    assert stands(made) == ("NONE", None, 1)


def test_an_unknown_customer_and_an_unknown_code_are_no_target():
    made = an_offer()
    for who, code in [(uuid4(), made.code), (made.customer_id, "NO_SUCH")]:
        with pytest.raises(OfferNotTargeted), transaction.atomic():
            services.respond(who, code, ACCEPTED, **SHOP)


def test_an_erased_customers_offer_is_answered_no_more():
    made = an_offer()
    Customer.objects.update(status=Customer.Status.ERASED)
    for said in Answer:
        with pytest.raises(OfferNotTargeted), transaction.atomic():
            answer(made, said)
    assert stands(made) == ("NONE", None, 1)


def test_a_change_is_told_in_the_audit_trail_and_a_repeat_is_not():
    made = an_offer()
    for _ in range(2):
        answer(made, ACCEPTED)

    told = AuditEntry.objects.get(action="offer accepted")

    assert (told.object_type, told.object_id, told.object_label) == ("customeroffer", str(made.pk), "COFFEE")
    assert (told.after, told.actor) == ({"state": "ACCEPTED"}, STAFF.key)


def test_an_accepted_offer_is_completed_for_good():
    made = an_offer("ACCEPTED")

    services.complete(made.customer_id, made.code, actor=STAFF, at=NOW, reason="receipt 4711")

    assert stands(made) == ("COMPLETED", AT, 3)
    assert AuditEntry.objects.get(action="offer completed").reason == "receipt 4711"


@pytest.mark.parametrize(("state", "refusal"), [("NONE", OfferNotAccepted), ("DECLINED", OfferDeclined)])
def test_only_an_accepted_offer_is_completed(state, refusal):
    made = an_offer(state)
    before = stands(made)
    with pytest.raises(refusal), transaction.atomic():
        services.complete(made.customer_id, made.code, **SHOP)
    assert stands(made) == before


def test_an_offer_is_completed_once():
    made = an_offer("COMPLETED")
    with pytest.raises(OfferCompleted), transaction.atomic():
        services.complete(made.customer_id, made.code, **SHOP)
    assert stands(made) == ("COMPLETED", AT, 3)


def test_an_offer_brings_its_benefit_from_its_effective_date():
    made = an_offer("ACCEPTED", displayed_from=later(-1), effective_from=later(2))
    with pytest.raises(OfferNotEffectiveYet), transaction.atomic():
        services.complete(made.customer_id, made.code, **SHOP)
    services.complete(made.customer_id, made.code, actor=STAFF, at=later(2))
    assert stands(made)[0] == "COMPLETED"


def test_an_answer_takes_one_statement_on_postgresql():
    made = an_offer()
    with statements() as seen:
        answer(made, ACCEPTED)
    assert len(seen) == either(postgresql=1, sqlite=3), seen


def test_an_offer_that_is_paused_while_an_answer_waits_is_refused(monkeypatch):
    """Another answer changed the row at the first try, and was undone by a third; then staff paused the offer."""
    made = an_offer()
    step, refuse, tries = answering._step, answering._refuse, []

    def step_that_comes_too_late_once(*args, **options):
        tries.append(args)
        return None if len(tries) == 1 else step(*args, **options)

    def refuse_and_pause(given, at, *checks):
        refuse(given, at, *checks)
        Offer.objects.update(status=Offer.Status.PAUSED)

    monkeypatch.setattr(answering, "_step", step_that_comes_too_late_once)
    monkeypatch.setattr(answering, "_refuse", refuse_and_pause)
    with pytest.raises(OfferNotActive), transaction.atomic():
        answer(made, ACCEPTED, at=NOW)
    assert stands(made) == ("NONE", None, 1)
