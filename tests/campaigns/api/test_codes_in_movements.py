"""What was spent on a reward names its coupon in the comment: to nobody who may not see codes."""

import pytest

from loyalty_site.access import scopes
from loyalty_site.access.actors import Role
from points import services
from tests.builders import AT, buy, campaign, customer, note
from tests.callers import MEMBER_ID, with_token

pytestmark = pytest.mark.django_db

ALL, TILL, OWN = "/api/points/transfer", "/api/seller/points/transfer", "/api/customer/points/transfer"
NAMED = "Tea, coupon: A"


@pytest.fixture(autouse=True)
def bought():
    buy(campaign(["A"], name="Tea"), customer(pk=MEMBER_ID, points=10))


def comments(caller, path):
    status, body = caller.get(f"{path}?type=spending")
    assert (status, body["total"]) == (200, 1)
    return [row.get("comment") for row in body["transfers"]]


def test_people_read_it(admin, seller, member):
    assert [comments(admin, ALL), comments(seller, TILL), comments(member, OWN)] == [[NAMED]] * 3


@pytest.mark.parametrize(("path", "role"), [(ALL, Role.ADMIN), (TILL, Role.SELLER)])
@pytest.mark.parametrize(("more", "comment"), [([scopes.COUPONS_READ], NAMED), ([], None)])
def test_a_token_reads_it_by_its_scope(path, role, more, comment):
    assert comments(with_token(role, [scopes.POINTS_READ, *more]), path) == [comment]


def test_sellers_who_log_in_read_it_by_the_setting(admin, seller, member, settings):
    settings.SELLERS_SEE_COUPONS = False
    assert [comments(admin, ALL), comments(seller, TILL), comments(member, OWN)] == [[NAMED], [None], [NAMED]]


def test_other_comments_are_for_every_token():
    services.spend(customer(points=3).pk, 3, at=AT, note=note(comment="by hand"))
    _, body = with_token(Role.ADMIN, [scopes.POINTS_READ]).get(f"{ALL}?type=spending")
    assert sorted(row.get("comment") or "" for row in body["transfers"]) == ["", "by hand"]
