"""Events are written with what they tell of, where somebody wants them."""

import pytest
from django.db import transaction

from campaigns.models import Purchase
from campaigns.services import refund
from campaigns.using import mark_used
from customers.services import change_status, register
from loyalty_site.outbox.models import Event
from loyalty_site.outbox.telling import silence
from offers.answering import Answer, complete, respond
from points.models import Transfer
from points.services import expire
from promotions.enrolling import enrol, revoke
from tests.builders import AT, SHOP, STAFF, buy, campaign, customer, earn, later, level, spend
from tests.loyalty_site.outbox.receivers import subscription
from tests.offers.builders import given, offer
from tests.promotions.builders import promotion
from tests.statements import either, statements

pytestmark = pytest.mark.django_db


def kinds() -> list[str]:
    return list(Event.objects.order_by("created_at", "kind").values_list("kind", flat=True))


def only(kind: str) -> tuple:
    event = Event.objects.get(kind=kind)
    return event.object_id, event.customer_id, event.data, event.codes


class TestWhetherItIsWritten:
    def test_not_where_nobody_wants_it(self):
        buy(campaign(), customer(points=10))
        assert kinds() == []

    def test_only_the_kinds_that_somebody_wants(self):
        subscription("points.added")
        buy(campaign(), customer(points=10))
        assert kinds() == ["points.added"]

    def test_not_where_the_subscription_is_switched_off(self):
        subscription("points.added", active=False)
        customer(points=10)
        assert kinds() == []

    def test_while_a_subscription_is_paused_since_it_will_go_on(self):
        subscription("points.added", paused_at=AT)
        customer(points=10)
        assert kinds() == ["points.added"]

    def test_where_mail_is_sent_of_it(self, settings):
        settings.MAIL_EVENTS = ["reward.bought"]
        buy(campaign(), customer(points=10))
        assert kinds() == ["reward.bought"]

    def test_once_however_many_want_it(self):
        subscription("points.added")
        subscription("points.added")
        customer(points=10)
        assert kinds() == ["points.added"]

    def test_never_while_history_is_made_up(self, settings):
        settings.MAIL_EVENTS = ["reward.bought"]
        subscription("points.added", "offer.answered")
        one = given(offer(), customer())
        with silence():
            buy(campaign(), customer(points=10))
            respond(one.customer_id, one.code, Answer.ACCEPTED, **SHOP)
        assert kinds() == []

    def test_it_goes_with_the_transaction_that_is_undone(self):
        subscription("reward.bought")
        reward, who = campaign(), customer(points=10)
        with transaction.atomic():
            buy(reward, who)
            assert kinds() == ["reward.bought"]
            transaction.set_rollback(True)
        assert (kinds(), Purchase.objects.count()) == ([], 0)

    def test_it_takes_no_statement_more(self):
        subscription("points.spent")
        who = customer(points=10)
        with statements() as seen:
            spend(who, 5)
        assert len(seen) == either(postgresql=3, sqlite=5)
        assert kinds() == ["points.spent"]


class TestWhatItSays:
    def test_of_a_reward(self):
        subscription("reward.bought", "reward.refunded", "points.returned")
        reward, who = campaign(["CODE-1"]), customer(points=12)
        buy(reward, who)
        purchase = Purchase.objects.get()
        about = {"campaign": str(reward.pk), "name": "Free coffee", "reward": "discount_code", "cost": 10}
        paid = {"transfer": str(purchase.transfer_id), "balance": 2, "sequence": 2}
        assert only("reward.bought") == (str(purchase.pk), who.pk, about | paid, {"coupon": "CODE-1"})
        refund(purchase.pk, actor=STAFF, at=later(1))
        assert only("reward.refunded") == (str(purchase.pk), who.pk, about, {})
        assert only("points.returned")[2]["balance"] == 12

    def test_of_a_coupon(self):
        subscription("coupon.used", "coupon.not_used")
        reward, who = campaign(["CODE-1"]), customer(points=10)
        buy(reward, who)
        mark_used(reward.pk, who.pk, "CODE-1", True, **SHOP)
        mark_used(reward.pk, who.pk, "CODE-1", True, **SHOP)
        told = (str(Purchase.objects.get().pk), who.pk, {"campaign": str(reward.pk)}, {"coupon": "CODE-1"})
        assert (kinds(), only("coupon.used")) == (["coupon.used"], told)
        mark_used(reward.pk, who.pk, "CODE-1", False, **SHOP)
        assert only("coupon.not_used") == told

    def test_of_points(self):
        subscription("points.added", "points.expired")
        who = customer()
        added = earn(who, 7, valid=1)
        rest = {"channel": "admin", "partner": "", "reference": ""}
        data = {"points": 7, "balance": 7, "sequence": 1} | rest
        assert only("points.added") == (str(added.pk), who.pk, data, {})
        expire(at=later(3))
        expired = {"points": -7, "balance": 0, "sequence": 2} | rest | {"channel": "expiry"}
        assert only("points.expired") == (str(Transfer.objects.get(kind="expire").pk), who.pk, expired, {})

    def test_of_an_offer(self):
        subscription("offer.assigned", "offer.answered", "offer.completed")
        one = given(offer(), customer())
        assert only("offer.assigned")[:2] == (str(one.pk), one.customer_id)
        assert only("offer.assigned")[2]["code"] == one.code
        respond(one.customer_id, one.code, Answer.ACCEPTED, **SHOP)
        respond(one.customer_id, one.code, Answer.ACCEPTED, **SHOP)
        answered = (str(one.pk), one.customer_id, {"code": one.code, "state": "ACCEPTED"}, {})
        assert only("offer.answered") == answered
        complete(one.customer_id, one.code, **SHOP)
        completed = {"offer": str(one.offer_id), "code": one.code}
        assert only("offer.completed") == (str(one.pk), one.customer_id, completed, {})

    def test_of_an_enrolment(self):
        subscription("promotion.enrolled", "promotion.revoked")
        spring, who = promotion(), customer()
        enrolment = enrol(spring, who.pk, customer_status="active", source="till", **SHOP)
        ends = enrolment.ends_at and enrolment.ends_at.isoformat().replace("+00:00", "Z")
        turn = {"name": spring.name, "turn": 1}
        assert only("promotion.enrolled") == (str(spring.pk), who.pk, turn | {"ends_at": ends, "source": "till"}, {})
        revoke(enrolment.pk, **SHOP)
        assert only("promotion.revoked") == (str(spring.pk), who.pk, turn, {})

    def test_of_a_customer(self):
        subscription("customer.registered", "customer.status_changed")
        level()
        who = register(first_name="Ann", email="ann@example.com", **SHOP)
        assert only("customer.registered") == (str(who.pk), who.pk, {"number": who.number, "status": "new"}, {})
        change_status(who.pk, "blocked", **SHOP)
        change_status(who.pk, "blocked", **SHOP)
        blocked = {"number": who.number, "status": "blocked"}
        assert only("customer.status_changed")[2] == blocked
