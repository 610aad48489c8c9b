"""`PUT /client/users/:correlation_id/offer/:offer_id`. Rule: Exchange Solutions, "Response to Offer"."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from customers.models import Customer
from loyalty_site.access.actors import Role
from loyalty_site.access.models import AuditEntry
from loyalty_site.access.scopes import OFFERS_READ, SCOPES
from offers import services
from offers.answering import Answer
from offers.models import CustomerOffer, Offer
from tests.builders import AT, SHOP, customer, later
from tests.callers import ANONYMOUS, logged_in, partner, user, with_token
from tests.offers.api.es import (
    COMPLETED,
    DECLINED,
    EXPIRED,
    INVALID_STATE,
    NOT_SHOWN_YET,
    NOT_TARGETED,
    STATES,
    invalid,
    path_of,
    refused,
    say,
    session,
)
from tests.offers.builders import answer, given, offer, stands
from tests.statements import either, statements

pytestmark = pytest.mark.django_db

BEFORE = later(hours=-1)
ENDS = datetime(2026, 12, 24, 22, 59, 59, 999_000, tzinfo=UTC)
BEGAN = datetime(2026, 3, 1, 12, tzinfo=UTC)


def an_offer(state="NONE", **fields) -> CustomerOffer:
    """One that came to that state an hour ago."""
    made = given(offer(), customer(), at=later(-1), **({"expires_at": ENDS} | fields))
    said = {"NONE": [], "ACCEPTED": ["ACCEPTED"], "DECLINED": ["DECLINED"], "COMPLETED": ["ACCEPTED"]}[state]
    for word in said:
        answer(made, Answer(word), at=BEFORE)
    if state == "COMPLETED":
        services.complete(made.customer_id, made.code, actor=SHOP["actor"], at=BEFORE)
    return made


def body_of(made: CustomerOffer, state: str, version: int, accepted: tuple = (None, None)):
    return {
        "accountID": str(made.customer_id),
        "offerCode": "COFFEE",
        "acceptanceDate": accepted[0],
        "acceptanceDateEpoch": accepted[1],
        "acceptanceState": state,
        "effectiveDate": "2026-03-01T12:00:00.000Z",
        "effectiveDateEpoch": 1772366400000,
        "expiryDate": "2026-12-24T22:59:59.999Z",
        "expiryDateEpoch": 1798153199999,
        "version": version,
    }


JUST_NOW, EARLIER = ("2026-03-02T12:00:00.000Z", 1772452800000), ("2026-03-02T11:00:00.000Z", 1772449200000)
# state, what is said → the answer's state, version and date of acceptance, or the refusal
TABLE = [
    ("NONE", "ACCEPTED", ("ACCEPTED", 2, JUST_NOW)),
    ("NONE", "DECLINED", ("DECLINED", 2)),
    ("NONE", "UNACCEPTED", ("NONE", 1)),
    ("ACCEPTED", "ACCEPTED", ("ACCEPTED", 2, EARLIER)),
    ("ACCEPTED", "DECLINED", ("DECLINED", 3)),
    ("ACCEPTED", "UNACCEPTED", ("NONE", 3)),
    *(("DECLINED", said, DECLINED) for said in STATES),
    *(("COMPLETED", said, COMPLETED) for said in STATES),
    *(
        (state, said, INVALID_STATE)
        for state in ("NONE", "ACCEPTED", "DECLINED", "COMPLETED")
        for said in ("NONE", "COMPLETED", "accepted", " ACCEPTED", "ACCEPT", "")
    ),
]


@pytest.mark.parametrize(("state", "said", "expected"), TABLE)
def test_each_state_meets_each_word(app, state, said, expected):
    made = an_offer(state)
    before = stands(made)

    got = app.put(path_of(made), say(said))

    if isinstance(expected[0], str):
        assert got == (200, body_of(made, *expected))
        assert (stands(made)[0], stands(made)[2]) == expected[:2]
    else:
        assert got == expected
        assert stands(made) == before


def test_the_fields_come_in_the_documented_order(app):
    _, body = app.put(path_of(an_offer()), say("ACCEPTED"))
    assert list(body) == [
        "accountID",
        "offerCode",
        "acceptanceDate",
        "acceptanceDateEpoch",
        "acceptanceState",
        "effectiveDate",
        "effectiveDateEpoch",
        "expiryDate",
        "expiryDateEpoch",
        "version",
    ]


@pytest.mark.parametrize("said", STATES)
def test_without_an_expiry_its_date_is_empty(app, said):
    _, body = app.put(path_of(an_offer(expires_at=None)), say(said))
    assert (body["expiryDate"], body["expiryDateEpoch"]) == ("", None)


def test_date_and_epoch_are_cut_to_the_same_millisecond(app, monkeypatch):
    made = an_offer(effective_from=datetime(2026, 3, 1, 12, 0, 0, 1_999, tzinfo=UTC))
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT + timedelta(microseconds=123_987))

    _, body = app.put(path_of(made), say("ACCEPTED"))

    assert (body["acceptanceDate"], body["acceptanceDateEpoch"]) == ("2026-03-02T12:00:00.123Z", 1772452800123)
    assert (body["effectiveDate"], body["effectiveDateEpoch"]) == ("2026-03-01T12:00:00.001Z", 1772366400001)
    assert app.put(path_of(made), say("ACCEPTED")) == (200, body)


def test_a_further_assignment_of_the_offer_is_answered_by_its_own_code(app):
    first = an_offer()
    second = given(first.offer, first.customer)
    _, body = app.put(path_of(second), say("ACCEPTED"))
    assert (body["offerCode"], stands(second)[0], stands(first)[0]) == (second.code, "ACCEPTED", "NONE")


# --- what stands in the way, in its order -----------------------------------------------------------------------------

OVER = {"displayed_from": later(-9), "effective_from": later(-9), "expires_at": later(seconds=-1)}
TO_COME = {"displayed_from": later(seconds=1), "effective_from": later(2)}


@pytest.mark.parametrize("said", STATES)
@pytest.mark.parametrize(("fields", "refusal"), [(OVER, EXPIRED), (TO_COME, NOT_SHOWN_YET)])
def test_dates_stand_in_the_way_of_every_answer(app, fields, refusal, said):
    made = an_offer(**fields)
    assert app.put(path_of(made), say(said)) == refusal
    assert stands(made) == ("NONE", None, 1)


@pytest.mark.parametrize("said", STATES)
@pytest.mark.parametrize("status", ["DRAFT", "PAUSED", "CANCELLED"])
def test_an_offer_switched_off_takes_no_answer(app, status, said):
    made = an_offer()
    services.set_status(made.offer_id, Offer.Status(status), **SHOP)
    assert app.put(path_of(made), say(said)) == invalid(f"Cannot accept {status} offer")
    assert stands(made) == ("NONE", None, 1)


@pytest.mark.parametrize(
    "fields",
    [
        {"expires_at": AT},
        {"displayed_from": AT, "effective_from": AT},
        {"effective_from": later(9)},  # shown before it is effective
    ],
)
def test_an_offer_is_accepted_at_the_edges_of_its_dates(app, fields):
    made = an_offer(**fields)
    assert app.put(path_of(made), say("ACCEPTED"))[0] == 200
    assert stands(made) == ("ACCEPTED", AT, 2)


@pytest.mark.parametrize(("state", "refusal"), [("DECLINED", DECLINED), ("COMPLETED", COMPLETED)])
def test_a_final_state_is_told_before_status_and_dates(app, state, refusal):
    made = an_offer(state, expires_at=later(seconds=-1))
    services.set_status(made.offer_id, Offer.Status.PAUSED, **SHOP)
    assert app.put(path_of(made), say("ACCEPTED")) == refusal


def test_the_status_is_told_before_the_dates(app):
    made = an_offer(**OVER)
    services.set_status(made.offer_id, Offer.Status.PAUSED, **SHOP)
    assert app.put(path_of(made), say("ACCEPTED")) == invalid("Cannot accept PAUSED offer")


def test_a_wrong_state_is_told_before_an_unknown_offer(app):
    assert app.put("/client/users/nobody/offer/NOTHING", say("LATER")) == INVALID_STATE


# --- who is meant -----------------------------------------------------------------------------------------------------


def test_a_session_of_the_partner_stands_for_its_customer(app):
    made = an_offer()
    for text in ("mck-1", str(uuid4())):
        session(made, text)
        assert app.put(path_of(made, text), say("ACCEPTED")) == (200, body_of(made, "ACCEPTED", 2, JUST_NOW))
    assert stands(made) == ("ACCEPTED", AT, 2)


def test_the_accounts_id_is_read_in_either_case(app):
    made = an_offer()
    assert app.put(path_of(made, str(made.customer_id).upper()), say("ACCEPTED"))[0] == 200


@pytest.mark.parametrize("said", STATES)
def test_who_has_not_been_given_the_offer_is_not_targeted(app, said):
    made, other = an_offer(), customer()
    session(CustomerOffer(customer_id=other.pk), "mck-other")
    named = [other.pk, "mck-other", "mck-unknown", uuid4(), str(made.customer_id).replace("-", ""), "%00", "%ED%A0%80"]
    for text in named:
        assert app.put(path_of(made, str(text)), say(said)) == NOT_TARGETED
    for code in ("NOTHING", "coffee", "COFFEE%00", "%00", "x" * 3_000):
        assert app.put(f"/client/users/{made.customer_id}/offer/{code}", say(said)) == NOT_TARGETED
    assert stands(made) == ("NONE", None, 1)


@pytest.mark.parametrize("hours", [24, 25])
def test_a_session_that_has_ended_stands_for_nobody(app, hours):
    made = an_offer()
    session(made, hours=hours)
    assert app.put(path_of(made, "mck-1"), say("ACCEPTED")) == NOT_TARGETED
    assert stands(made) == ("NONE", None, 1)


def test_another_partners_session_stands_for_nobody(app):
    made = an_offer()
    partner("Other")
    session(made, partner="Other")
    assert app.put(path_of(made, "mck-1"), say("ACCEPTED")) == NOT_TARGETED
    assert stands(made) == ("NONE", None, 1)


def test_an_erased_customer_is_not_targeted(app):
    made = an_offer()
    session(made)
    Customer.objects.update(status=Customer.Status.ERASED)
    for named in (None, "mck-1"):
        assert app.put(path_of(made, named), say("ACCEPTED")) == NOT_TARGETED
    assert stands(made) == ("NONE", None, 1)


# --- who may ----------------------------------------------------------------------------------------------------------


def test_without_a_credential(app):
    made = an_offer()
    answered = ANONYMOUS.send("PUT", path_of(made), say("ACCEPTED"))
    assert (answered.status_code, answered.json()) == refused(401, "Unauthorized", "UNAUTHORIZED")
    assert answered["WWW-Authenticate"] == "Bearer"
    assert ANONYMOUS.put(path_of(made), say("ACCEPTED"), Authorization="Bearer wrong")[0] == 401
    assert stands(made) == ("NONE", None, 1)


@pytest.mark.parametrize("role", list(Role))
def test_only_partners_with_the_scope_may(role):
    made = an_offer()
    callers = [with_token(role, set(SCOPES) if role is not Role.PARTNER else {OFFERS_READ})]
    if role is not Role.PARTNER:
        callers.append(logged_in(user(role, uuid4())))
    for caller in callers:
        assert caller.put(path_of(made), say("ACCEPTED")) == refused(403, "Forbidden", "FORBIDDEN")
    assert stands(made) == ("NONE", None, 1)


def test_the_change_is_told_in_the_audit_trail_once(app):
    made = an_offer()
    for _ in range(2):
        app.put(path_of(made), say("ACCEPTED"))
    told = AuditEntry.objects.get(action="offer accepted")
    assert (told.object_id, told.actor_label) == (str(made.pk), "till")


# --- statements -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("named", [None, "mck-1"], ids=["by account", "by session"])
def test_an_answer_takes_two_statements(app, named):
    made = an_offer()
    session(made)
    with statements() as seen:
        assert app.put(path_of(made, named), say("ACCEPTED"))[0] == 200
    assert len(seen) == either(postgresql=2, sqlite=4), seen


@pytest.mark.parametrize(("named", "number"), [(None, 4), ("mck-1", 4)], ids=["by account", "by session"])
def test_a_repeat_takes_two_more(app, named, number):
    made = an_offer("ACCEPTED")
    session(made)
    with statements() as seen:
        assert app.put(path_of(made, named), say("ACCEPTED"))[0] == 200
    assert len(seen) == number, seen
