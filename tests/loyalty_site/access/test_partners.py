"""Partners, their names in calls, and what the database refuses of them."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from loyalty_site.access import grants, partners, tokens
from loyalty_site.access.actors import SYSTEM, Role
from loyalty_site.access.errors import PartnerMisplaced
from loyalty_site.access.models import ApiToken, AuditEntry, User
from loyalty_site.access.partner_models import Partner, PartnerValue
from tests.callers import partner
from tests.loyalty_site.access.conftest import AT

pytestmark = pytest.mark.django_db


def names(of: Partner) -> list[str]:
    return list(of.own_values.values_list("value", flat=True))


def found_with(of: Partner) -> ApiToken:
    return tokens.find(tokens.issue("system", Role.PARTNER, [], partner=of, actor=SYSTEM, at=AT)[1], at=AT)


def test_a_token_knows_its_partners_names_exactly_as_written():
    brame = partner()
    written = ["Partner", "brame-2", "a,b", '["x"]', "zażółć \N{BURRITO}"]
    partners.set_values(brame, written)
    assert sorted(found_with(brame).partner_values) == sorted(written)


def test_a_token_does_not_know_anothers_names():
    brame, other = partner(), partner("Other")
    partners.set_values(other, ["Other"])
    assert (found_with(brame).partner_values, found_with(other).partner_values) == (None, ["Other"])


def test_an_access_grant_knows_them_too():
    partners.set_values(partner(), ["Partner"])
    text = grants.grant(found_with(partner()), timedelta(minutes=5), at=AT)
    assert grants.find(text, at=AT).partner_values == ["Partner"]


def test_new_names_replace_those_of_before_and_keep_what_stays():
    brame = partner()
    partners.set_values(brame, ["a", "b"])
    stays = brame.own_values.get(value="b").pk
    partners.set_values(brame, ["b", "c", "c"])
    assert names(brame) == ["b", "c"]
    assert brame.own_values.get(value="b").pk == stays


def test_no_two_partners_share_a_name_in_calls():
    brame, other = partner(), partner("Other")
    partners.set_values(other, ["shared"])
    with pytest.raises(IntegrityError), transaction.atomic():
        partners.set_values(brame, ["shared"])
    assert (names(brame), names(other)) == ([], ["shared"])


def save(row) -> None:
    row.save(force_insert=True)


REFUSED = {
    "no name": lambda: Partner(name=""),
    "the name of another": lambda: Partner(name="Brame"),
    "no value": lambda: PartnerValue(partner=partner(), value=""),
    "a ceiling of nothing a call": lambda: Partner(name="New", per_call=0),
    "a ceiling of nothing a customer": lambda: Partner(name="New", per_customer_day=0),
    "a ceiling of nothing a day": lambda: Partner(name="New", per_partner_day=0),
    "a ceiling beyond all counting": lambda: Partner(name="New", per_call=10**15 + 1),
    "a partner's token of no partner": lambda: ApiToken(name="x", digest="x" * 64, role="ROLE_PARTNER"),
    "a till's token of a partner": lambda: ApiToken(name="x", digest="x" * 64, role="ROLE_SELLER", partner=partner()),
    "a limit of no request": lambda: ApiToken(name="x", digest="x" * 64, role="ROLE_SELLER", requests_per_minute=0),
    "a partner who logs in": lambda: User(username="x", role="ROLE_PARTNER"),
}


@pytest.mark.parametrize("row", REFUSED.values(), ids=REFUSED)
def test_the_database_refuses(row):
    partner()
    with pytest.raises(DatabaseError), transaction.atomic():
        save(row())
    assert (Partner.objects.count(), PartnerValue.objects.count(), ApiToken.objects.count()) == (1, 0, 0)


def test_a_partner_with_tokens_cannot_be_deleted():
    brame = partner()
    tokens.issue("x", Role.PARTNER, [], partner=brame, actor=SYSTEM, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        brame.delete()
    assert Partner.objects.get() == brame


@pytest.mark.parametrize(("role", "owner"), [(Role.PARTNER, None), (Role.SELLER, "Brame"), (Role.ADMIN, "Brame")])
def test_issuing_refuses_a_partner_where_none_belongs_and_none_where_one_does(role, owner):
    with pytest.raises(PartnerMisplaced) as refusal, transaction.atomic():
        tokens.issue("x", role, [], partner=owner and partner(owner), actor=SYSTEM, at=AT)
    assert refusal.value.facts == {"role": role.value}
    assert not ApiToken.objects.exists()


def test_issuing_and_limiting_are_audited():
    token, _ = tokens.issue(
        "x", Role.PARTNER, ["points:read"], partner=partner(), requests_per_minute=60, actor=SYSTEM, at=AT
    )
    tokens.limit(token, None, actor=SYSTEM, at=AT)
    issued, limited = AuditEntry.objects.order_by("id")
    assert issued.after == {
        "role": "ROLE_PARTNER",
        "scopes": ["points:read"],
        "store": None,
        "partner": str(token.partner_id),
        "requests_per_minute": 60,
    }
    assert (limited.action, limited.before, limited.after) == (
        "token limited",
        {"requests_per_minute": 60},
        {"requests_per_minute": None},
    )
    assert ApiToken.objects.get().requests_per_minute is None
