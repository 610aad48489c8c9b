"""Adding and spending points at a till. Rule: Open Loyalty: sellers whose account allows it."""

from uuid import uuid4

import pytest

from loyalty_site.access.actors import Role
from loyalty_site.access.models import Store
from points.models import Transfer
from tests.books import books
from tests.builders import balance, customer
from tests.callers import FORBIDDEN, SELLER_ID, logged_in, user, with_token

pytestmark = pytest.mark.django_db

ADD, SPEND = "/api/pos/points/transfer/add", "/api/pos/points/transfer/spend"


def sent(who, points):
    return {"transfer": {"customer": str(who.pk), "points": points, "comment": "at the till"}}


@pytest.fixture
def buyer():
    return customer(points=100)


@pytest.mark.parametrize(("path", "kind", "points", "left"), [(ADD, "earn", 30, 130), (SPEND, "spend", -30, 70)])
def test_a_seller_who_may(path, kind, points, left, seller, buyer):
    status, body = seller.post(path, sent(buyer, 30))
    row = Transfer.objects.get(pk=body["pointsTransferId"])
    assert (status, row.kind, row.points, row.balance_after) == (200, kind, points, left)
    assert (row.channel, row.actor, row.comment) == ("seller", f"user:{SELLER_ID}", "at the till")
    assert balance(buyer) == left


@pytest.mark.parametrize("path", [ADD, SPEND])
def test_a_seller_who_may_not(path, buyer):
    before = books()
    assert logged_in(user(Role.SELLER, uuid4())).post(path, sent(buyer, 30)) == FORBIDDEN
    assert books() == before


@pytest.mark.parametrize("path", [ADD, SPEND])
def test_a_tills_token_by_its_scope(path, buyer):
    without, having = (with_token(Role.SELLER, scopes) for scopes in (["points:read", "rewards:buy"], ["points:write"]))
    before = books()
    assert without.post(path, sent(buyer, 30)) == FORBIDDEN
    assert books() == before
    assert having.post(path, sent(buyer, 30))[0] == 200


def test_more_than_there_is(seller, buyer):
    before = books()
    status, body = seller.post(SPEND, sent(buyer, 101))
    assert (status, body["form"]["children"]["points"]) == (400, {"errors": ["not enough points"]})
    assert books() == before


@pytest.mark.parametrize("path", [ADD, SPEND])
def test_a_token_bound_to_a_store_serves_its_customers_and_those_of_none(path):
    ours, theirs = (Store.objects.create(name=name, identifier=name) for name in ("pos1", "pos2"))
    till = with_token(Role.SELLER, store=ours)
    statuses = [till.post(path, sent(customer(points=5, store=store), 5))[0] for store in (ours, None, theirs)]
    assert statuses == [200, 200, 400]
    assert Transfer.objects.filter(channel="seller").count() == 2


@pytest.mark.parametrize("path", [ADD, SPEND])
def test_one_key_moves_points_once(path, seller, buyer):
    answers = [seller.post(path, sent(buyer, 5), Idempotency_Key="1") for _ in range(2)]
    assert answers[0] == answers[1]
    assert Transfer.objects.filter(channel="seller").count() == 1
