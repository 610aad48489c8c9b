"""That store's rows and those of none."""

import pytest

from loyalty_site.access.models import Store, User
from loyalty_site.access.store_scope import in_scope_of


@pytest.fixture
def shops(db):
    shops = [Store.objects.create(name=name, identifier=name) for name in ("a", "b")]
    for shop in shops:
        User.objects.create(username=f"of {shop.name}", store=shop)
    User.objects.create(username="of none")
    return shops


def seen(scope):
    return sorted(User.objects.filter(scope).values_list("username", flat=True))


def test_a_store_sees_its_own_and_those_of_none(shops):
    assert seen(in_scope_of(shops[0].pk)) == ["of a", "of none"]


def test_no_store_sees_everybody(shops):
    assert seen(in_scope_of(None)) == ["of a", "of b", "of none"]


def test_the_store_may_be_a_step_away(shops):
    assert sorted(Store.objects.filter(in_scope_of(shops[1].pk, "user__store")).values_list("name", flat=True)) == ["b"]
