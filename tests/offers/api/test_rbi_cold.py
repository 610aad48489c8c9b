"""Calls of RBI's partners that are answered at once and done later. Rule: RBI, guides for Braze, `hot` and `cold`."""

import logging
from uuid import UUID

import pytest
from django.utils import timezone

from loyalty_site.access.actors import Role
from loyalty_site.access.models import AuditEntry, Store
from loyalty_site.access.partner_models import Partner
from loyalty_site.cold import services as cold
from loyalty_site.cold.models import ColdCall
from loyalty_site.cold.upkeep import FORGET
from offers.models import CustomerOffer, Offer
from points.models import Transfer
from tests.bad_input import row_counts
from tests.builders import AT, balance, customer, later
from tests.callers import partner, with_token
from tests.offers.builders import offer
from tests.rbi import RBI_SCOPES, USER_NOT_FOUND, failed, rbi_partner
from tests.statements import statements

pytestmark = pytest.mark.django_db

GIVE, ADD = "/bulk-action/cold/create-offer", "/bulk-action/cold/assign-points"
NOBODY = "00000000-0000-474c-b092-000000000000"
OFFER_NOT_FOUND = failed(404, "OfferNotFoundError", "Offer not found")
TRACE_NOT_FOUND = failed(404, "TraceNotFoundError", "Trace not found")


@pytest.fixture
def who():
    return customer()


@pytest.fixture
def prize(brame, who):
    """What is sent to be given."""
    config = offer(partners=[Partner.objects.get(name="Brame")])
    rule = {"startDate": "2026-05-21", "endDate": "2026-05-22"}
    return {"userId": str(who.pk), "source": "braze", "reference": "#2", "configId": str(config.pk), "ruleParams": rule}


@pytest.fixture
def points(who):
    return {"userId": str(who.pk), "source": "braze", "reference": "Welcome", "pointsEarned": 30}


def work(at=AT):
    """Do all that waits. Returns how many calls."""
    done = 0
    while cold.do_next(at):
        done += 1
    return done


def queued(brame, path, body, **headers) -> str:
    status, answer = brame.post(path, body, **headers)
    assert (status, list(answer)) == (200, ["traceId"])
    return answer["traceId"]


def traced(brame, trace):
    status, body = brame.get(f"/bulk-action/{trace}")
    assert status == 200
    return body


def test_an_offer_is_given_when_its_turn_comes(brame, prize, who):
    trace = queued(brame, GIVE, prize, x_user_datetime="2026-03-02T13:00:00")
    assert not CustomerOffer.objects.exists()
    assert work(later(hours=1)) == 1
    given = CustomerOffer.objects.get()
    assert (given.trace_id, given.customer, given.code, given.partner.name) == (UUID(trace), who, "COFFEE", "Brame")
    assert (given.source, given.reference, given.state, given.given_at) == ("braze", "#2", "NONE", later(hours=1))
    assert not ColdCall.objects.exists()
    told = AuditEntry.objects.get(action="offer given")
    assert (told.actor_label, told.after["local_time"]) == ("till", "2026-03-02T13:00:00")


def test_it_is_the_offer_that_a_hot_call_gives(brame, prize):
    queued(brame, GIVE, prize | {"rank": 3})
    queued(brame, "/bulk-action/hot/create-offer", prize | {"rank": 3})
    work()
    same = [field.name for field in CustomerOffer._meta.fields if field.name not in {"id", "trace_id", "code"}]
    hot, later_one = CustomerOffer.objects.values(*same)
    assert hot == later_one


def test_points_are_added_when_their_turn_comes(brame, points, who):
    trace = queued(brame, ADD, points)
    assert not Transfer.objects.exists()
    assert work(later(hours=1)) == 1
    movement = Transfer.objects.get()
    assert (str(movement.pk), movement.points, movement.created_at) == (trace, 30, later(hours=1))
    assert (movement.partner, movement.comment, movement.reference) == ("Partner", "braze", "Welcome")
    assert (str(movement.expires_on), balance(who)) == ("2026-07-02", 30)


def test_nothing_is_done_for_a_partner_that_was_switched_off_meanwhile(brame, prize, points):
    """As after a theft: what the thief has left waiting is not given either."""
    gift, addition = queued(brame, GIVE, prize), queued(brame, ADD, points)
    Partner.objects.update(active=False)
    assert work() == 2
    assert (CustomerOffer.objects.count(), Transfer.objects.count()) == (0, 0)
    assert set(ColdCall.objects.values_list("state", "refusal")) == {("refused", "PartnerSwitchedOff")}
    Partner.objects.update(active=True)
    assert work() == 0
    assert {traced(brame, trace)["status"] for trace in (gift, addition)} == {"FAILED"}


def test_what_waits_is_told(brame, prize, points, who):
    asked = {"status": "QUEUED", "userId": str(who.pk), "source": "braze", "createdAt": "2026-03-02T12:00:00.000Z"}
    gift, addition = queued(brame, GIVE, prize), queued(brame, ADD, points)
    assert traced(brame, gift) == asked | {"traceId": gift, "action": "create-offer", "reference": "#2"}
    assert traced(brame, addition) == asked | {"traceId": addition, "action": "assign-points", "reference": "Welcome"}


@pytest.mark.parametrize(("path", "part"), [(GIVE, "offer"), (ADD, "pointsEarned")])
def test_what_is_done_is_told_as_of_a_hot_call(path, part, brame, prize, points):
    sent = prize if path == GIVE else points
    trace, hot = queued(brame, path, sent), queued(brame, path.replace("cold", "hot"), sent)
    work()
    told = traced(brame, trace)
    assert (told["status"], set(told)) == ("COMPLETED", set(traced(brame, hot)))
    assert told[part] == 30 if path == ADD else told[part]["traceId"] == trace


@pytest.mark.parametrize(
    "change",
    [lambda: Offer.objects.update(status="PAUSED"), lambda: Partner.objects.get().offers.clear()],
    ids=["switched off", "released no more"],
)
def test_an_offer_that_is_no_more_when_its_turn_comes(change, brame, prize):
    trace = queued(brame, GIVE, prize)
    change()
    work()
    told = traced(brame, trace)
    assert (told["status"], told["error"]) == ("FAILED", OFFER_NOT_FOUND[1])
    assert not CustomerOffer.objects.exists()


@pytest.mark.parametrize("path", [GIVE, ADD])
def test_a_user_who_is_erased_meanwhile(path, brame, prize, points, who):
    trace = queued(brame, path, prize if path == GIVE else points)
    who.status = "erased"
    who.save()
    work()
    told = traced(brame, trace)
    assert (told["status"], told["error"]) == ("FAILED", USER_NOT_FOUND[1])
    assert (CustomerOffer.objects.count(), Transfer.objects.count()) == (0, 0)


def test_a_ceiling_bounds_cold_calls_too(points):
    bound = rbi_partner("Bound", "Bound", per_customer_day=70)
    traces = [queued(bound, ADD, points) for _ in range(3)]
    work()
    told = sorted((traced(bound, trace) for trace in traces), key=lambda one: one["status"])
    assert [one["status"] for one in told] == ["COMPLETED", "COMPLETED", "FAILED"]
    refused = told[2]["error"]
    assert (refused["code"], refused["details"]["ruleEvaluation"][0]["currentValue"]) == ("RulesError", 90)
    assert Transfer.objects.count() == 2


def test_a_call_that_breaks_holds_nobody_up(brame, prize, points, settings, caplog):
    settings.COLD_ACTIONS = settings.COLD_ACTIONS | {"create-offer": "tests.offers.api.test_rbi_cold.breaking"}
    broken, fine = queued(brame, GIVE, prize), queued(brame, ADD, points)
    with caplog.at_level(logging.ERROR):
        assert work() == 2
    told = traced(brame, broken)
    assert (told["status"], told["error"]["statusCode"], told["error"]["isEngineError"]) == ("FAILED", 500, True)
    assert traced(brame, fine)["status"] == "COMPLETED"
    assert "could not be done" in caplog.text
    assert not CustomerOffer.objects.exists()


def breaking(call, *, at):
    cold.import_string("offers.cold.give")(call, at=at)
    raise ZeroDivisionError


@pytest.mark.parametrize("user", [NOBODY, "erased"])
@pytest.mark.parametrize("path", [GIVE, ADD])
def test_nobody_is_refused_at_once(path, user, brame, prize, points):
    body = (prize if path == GIVE else points) | {
        "userId": user if user == NOBODY else str(customer(status="erased").pk)
    }
    before = row_counts()
    assert brame.post(path, body) == USER_NOT_FOUND
    assert row_counts() == before


@pytest.mark.parametrize("status", ["DRAFT", "PAUSED"])
def test_an_offer_that_is_not_live_is_refused_at_once(status, brame, prize):
    Offer.objects.update(status=status)
    assert brame.post(GIVE, prize) == OFFER_NOT_FOUND
    assert not ColdCall.objects.exists()


def test_an_offer_that_is_another_partners(prize):
    assert rbi_partner("Other", "Other").post(GIVE, prize) == OFFER_NOT_FOUND
    assert not ColdCall.objects.exists()


def test_a_repeat_with_a_key_is_one_call(brame, prize, points):
    for path, body, key in ((GIVE, prize, "a"), (ADD, points, "b")):
        first = queued(brame, path, body, Idempotency_Key=key)
        work()
        assert queued(brame, path, body, Idempotency_Key=key) == first
    assert work() == 0
    assert (CustomerOffer.objects.count(), Transfer.objects.count()) == (1, 1)


def test_another_partners_call_cannot_be_traced(brame, prize):
    trace = queued(brame, GIVE, prize)
    other = rbi_partner("Other", "Other")
    assert other.get(f"/bulk-action/{trace}") == TRACE_NOT_FOUND
    Offer.objects.update(status="PAUSED")
    work()
    assert other.get(f"/bulk-action/{trace}") == TRACE_NOT_FOUND


@pytest.mark.parametrize(("store", "status"), [("there", 404), ("here", 200), (None, 200)])
def test_a_token_bound_to_a_store(store, status, brame, points, who):
    here, there = (Store.objects.create(name=name, identifier=name) for name in ("here", "there"))
    bound = with_token(Role.PARTNER, RBI_SCOPES, partner=partner("Brame"), store=here)
    who.store = {"here": here, "there": there, None: None}[store]
    who.save()
    assert bound.post(ADD, points)[0] == status
    trace = queued(brame, ADD, points)
    assert bound.get(f"/bulk-action/{trace}")[0] == status


@pytest.mark.parametrize("path", [GIVE, ADD])
def test_how_many_statements(path, brame, prize, points):
    body = prize if path == GIVE else points
    brame.get(f"/bulk-action/{NOBODY}")  # notes that the key is in use
    for _ in range(3):
        with statements() as seen:
            queued(brame, path, body)
    assert len(seen) == (4 if path == GIVE else 3)


def test_refused_calls_are_forgotten_in_time(brame, prize):
    gone, kept = queued(brame, GIVE, prize), queued(brame, GIVE, prize)
    waiting = queued(brame, GIVE, prize)
    ColdCall.objects.filter(pk=gone).update(state="refused", refused_at=later(-31))
    ColdCall.objects.filter(pk=kept).update(state="refused", refused_at=later(-29))
    assert FORGET.step(None, at=timezone.now()).outcome == {"Calls forgotten": 1}
    assert {str(call.pk) for call in ColdCall.objects.all()} == {kept, waiting}
