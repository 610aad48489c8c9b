"""`POST /client/users/:correlation_id/offers`: one answer to all. Rule: Exchange Solutions, "Load All Offers"."""

from uuid import uuid4

import pytest

from loyalty_site.access.actors import Role
from loyalty_site.access.models import AuditEntry
from loyalty_site.access.scopes import OFFERS_READ
from offers import services
from offers.answering import Answer
from offers.models import Offer
from tests.builders import AT, SHOP, customer, later
from tests.callers import ANONYMOUS, with_token
from tests.offers.api.es import INVALID_STATE, NOT_TARGETED, refused, say, session
from tests.offers.builders import answer, given, offer, stands
from tests.statements import statements

pytestmark = pytest.mark.django_db

BEFORE = later(hours=-1)


@pytest.fixture
def ann():
    return customer()


def path_of(who) -> str:
    return f"/client/users/{who.pk}/offers"


def in_every_state(who):
    """One offer in each state, by its code; given in the order of their ranks."""
    made = {
        state: given(offer(state, rank=rank), who, at=later(-1))
        for rank, state in enumerate(["NONE", "ACCEPTED", "DECLINED", "COMPLETED"])
    }
    answer(made["ACCEPTED"], Answer.ACCEPTED, at=BEFORE)
    answer(made["DECLINED"], Answer.DECLINED, at=BEFORE)
    answer(made["COMPLETED"], Answer.ACCEPTED, at=BEFORE)
    services.complete(who.pk, "COMPLETED", actor=SHOP["actor"], at=BEFORE)
    return made


FINAL = {"DECLINED": ("DECLINED", None, 2), "COMPLETED": ("COMPLETED", BEFORE, 3)}


@pytest.mark.parametrize(
    ("said", "after", "told"),
    [
        ("ACCEPTED", {"NONE": ("ACCEPTED", AT, 2), "ACCEPTED": ("ACCEPTED", BEFORE, 2)}, ["NONE", "ACCEPTED"]),
        (
            "DECLINED",
            {"NONE": ("DECLINED", None, 2), "ACCEPTED": ("DECLINED", None, 3)},
            ["NONE", "ACCEPTED", "DECLINED"],
        ),
        ("UNACCEPTED", {"NONE": ("NONE", None, 1), "ACCEPTED": ("NONE", None, 3)}, ["NONE", "ACCEPTED"]),
    ],
)
def test_every_offer_takes_the_step_that_one_answer_would_be(app, ann, said, after, told):
    made = in_every_state(ann)

    status, body = app.post(path_of(ann), say(said))

    assert status == 200
    assert {code: stands(one) for code, one in made.items()} == after | FINAL
    assert [one["offerCode"] for one in body] == told


def test_each_is_told_as_after_one_answer(app, ann):
    made = given(offer(), ann)
    _, [told] = app.post(path_of(ann), say("ACCEPTED"))
    assert app.put(f"/client/users/{ann.pk}/offer/{made.code}", say("ACCEPTED")) == (200, told)


def test_a_repeat_changes_nothing_and_is_answered_alike(app, ann):
    in_every_state(ann)
    first = app.post(path_of(ann), say("ACCEPTED"))
    changes = AuditEntry.objects.count()
    assert app.post(path_of(ann), say("ACCEPTED")) == first
    assert AuditEntry.objects.count() == changes


def test_only_offers_that_run_are_answered(app, ann):
    others = [
        given(offer("OVER"), ann, expires_at=later(seconds=-1)),
        given(offer("TO_COME"), ann, displayed_from=later(seconds=1), effective_from=later(1)),
        given(offer("PREVIEW"), ann, effective_from=later(seconds=1)),
        given(offer("PAUSED"), ann),
        given(offer("OTHERS"), customer()),
    ]
    services.set_status(others[3].offer_id, Offer.Status.PAUSED, **SHOP)
    running = given(offer("RUNS"), ann, effective_from=AT, expires_at=AT)

    _, body = app.post(path_of(ann), say("ACCEPTED"))

    assert [one["offerCode"] for one in body] == ["RUNS"]
    assert stands(running) == ("ACCEPTED", AT, 2)
    assert {stands(one) for one in others} == {("NONE", None, 1)}


def test_each_change_is_told_in_the_audit_trail(app, ann):
    made = [given(offer(code), ann) for code in ("A_1", "B_1")]
    app.post(path_of(ann), say("ACCEPTED"))
    told = AuditEntry.objects.filter(action="offer accepted")
    assert {entry.object_id for entry in told} == {str(one.pk) for one in made}
    assert {(entry.actor_label, entry.after["state"]) for entry in told} == {("till", "ACCEPTED")}


def test_a_session_stands_for_its_customer(app, ann):
    session(given(offer(), ann))
    status, [told] = app.post("/client/users/mck-1/offers", say("ACCEPTED"))
    assert (status, told["accountID"]) == (200, str(ann.pk))


@pytest.mark.parametrize("named", [str(uuid4()), "mck-unknown", "%00"])
def test_an_unknown_customer_is_not_targeted(app, named):
    assert app.post(f"/client/users/{named}/offers", say("ACCEPTED")) == NOT_TARGETED


@pytest.mark.parametrize("said", ["NONE", "COMPLETED", "accepted", "", None])
def test_another_state_is_invalid(app, ann, said):
    made = given(offer(), ann)
    assert app.post(path_of(ann), say(said)) == INVALID_STATE
    assert stands(made) == ("NONE", None, 1)


@pytest.mark.parametrize("query", ["businessUnit=West", "businessUnit=North&businessUnit=West", "businessUnit="])
def test_an_unknown_business_unit_is_refused(app, ann, settings, query):
    settings.BUSINESS_UNITS = ["North", "South"]
    made = given(offer(), ann)
    told = refused(400, "Invalid business unit(s) provided.", "INVALID_BUSINESS_UNIT")
    assert app.post(f"{path_of(ann)}?{query}", say("ACCEPTED")) == told
    assert stands(made) == ("NONE", None, 1)


def test_every_offer_belongs_to_every_business_unit(app, ann, settings):
    settings.BUSINESS_UNITS = ["North", "South"]
    given(offer(), ann)
    status, body = app.post(f"{path_of(ann)}?businessUnit=North&businessUnit=South", say("ACCEPTED"))
    assert (status, len(body)) == (200, 1)


def test_who_may(ann):
    made = given(offer(), ann)
    assert ANONYMOUS.post(path_of(ann), say("ACCEPTED")) == refused(401, "Unauthorized", "UNAUTHORIZED")
    for caller in (with_token(Role.PARTNER, [OFFERS_READ]), with_token(Role.ADMIN)):
        assert caller.post(path_of(ann), say("ACCEPTED")) == refused(403, "Forbidden", "FORBIDDEN")
    assert stands(made) == ("NONE", None, 1)


@pytest.mark.parametrize("number", [1, 12])
def test_it_takes_six_statements_however_many_offers_there_are(app, ann, number):
    for index in range(number):
        given(offer(f"OFFER_{index}"), ann)
    with statements() as seen:
        assert len(app.post(path_of(ann), say("ACCEPTED"))[1]) == number
    assert len(seen) == 6, seen
