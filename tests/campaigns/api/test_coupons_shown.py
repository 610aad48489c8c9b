"""Who sees a campaign's codes: administrators, sellers unless the setting says otherwise, tokens by their scope."""

import pytest

from loyalty_site.access import scopes
from loyalty_site.access.actors import Role
from tests.builders import campaign, customer, level
from tests.callers import with_token

pytestmark = pytest.mark.django_db

READ = [scopes.CAMPAIGNS_READ, scopes.CUSTOMERS_READ]


@pytest.fixture
def reward():
    return campaign(["A", "B"], levels=[level().pk])


def codes_seen(caller, reward, role):
    """By every read of that role."""
    buyer = customer()
    lists = ["/api/seller/campaign", f"/api/{role}/customer/{buyer.pk}/campaign/available"]
    details = [f"/api/campaign/{reward.pk}", f"/api/seller/campaign/{reward.pk}"]
    if role == "admin":
        lists.append("/api/campaign")
    answers = [caller.get(path)[1]["campaigns"][0] for path in lists] + [caller.get(path)[1] for path in details]
    seen = {tuple(answer["coupons"]) for answer in answers}
    assert len(seen) == 1
    return list(seen.pop())


@pytest.mark.parametrize("sellers_see_coupons", [True, False])
def test_an_administrator_sees_them(sellers_see_coupons, admin, reward, settings):
    settings.SELLERS_SEE_COUPONS = sellers_see_coupons
    assert codes_seen(admin, reward, "admin") == ["A", "B"]


@pytest.mark.parametrize(("setting", "seen"), [(True, ["A", "B"]), (False, [])])
def test_a_seller_sees_them_by_the_setting(setting, seen, seller, reward, settings):
    settings.SELLERS_SEE_COUPONS = setting
    assert codes_seen(seller, reward, "seller") == seen


@pytest.mark.parametrize(("role", "name"), [(Role.ADMIN, "admin"), (Role.SELLER, "seller")])
@pytest.mark.parametrize(("more", "seen"), [([scopes.COUPONS_READ], ["A", "B"]), ([], [])], ids=["scope", "no scope"])
def test_a_token_sees_them_by_its_scope(role, name, more, seen, reward):
    assert codes_seen(with_token(role, [*READ, *more]), reward, name) == seen


def test_a_sellers_token_with_the_scope_sees_them_whatever_the_setting(reward, settings):
    settings.SELLERS_SEE_COUPONS = False
    assert codes_seen(with_token(Role.SELLER, [*READ, scopes.COUPONS_READ]), reward, "seller") == ["A", "B"]
