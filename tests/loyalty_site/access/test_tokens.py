"""API tokens: issue, find, revoke, last use."""

import re
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import transaction

from loyalty_site.access import tokens
from loyalty_site.access.actors import SYSTEM, Actor, Role
from loyalty_site.access.errors import UnknownScope
from loyalty_site.access.models import ApiToken, AuditEntry, Store
from tests.loyalty_site.access.conftest import AT

ANN = Actor("user", "7", "ann")
pytestmark = pytest.mark.django_db


def issued(**fields):
    return tokens.issue("Till 3", Role.SELLER, ["rewards:buy"], **{"actor": ANN, "at": AT} | fields)


def test_a_token_begins_with_its_id_and_is_hard_to_guess():
    token, plain = issued()
    assert re.fullmatch(r"lp_[A-Za-z0-9]{8}_[A-Za-z0-9]{40}", plain)
    assert token.prefix == plain[:11]


def test_no_two_tokens_are_alike():
    assert issued()[1] != issued()[1]


def test_only_the_digest_of_the_whole_text_is_kept():
    token, plain = issued()
    row = ApiToken.objects.values().get(pk=token.pk)
    assert row["digest"] == sha256(plain.encode()).hexdigest()
    assert plain[11:] not in str(row)


def test_what_was_asked_for_is_stored():
    store = Store.objects.create(name="Shop", identifier="s1")
    token, _ = issued(store=store, expires_at=AT + timedelta(days=1))
    token.refresh_from_db()
    assert (token.name, token.role, token.scopes) == ("Till 3", "ROLE_SELLER", ["rewards:buy"])
    assert (token.store, token.expires_at, token.revoked_at) == (store, AT + timedelta(days=1), None)


def test_issuing_is_audited_without_the_secret():
    token, plain = issued()
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.object_id, entry.at) == ("token issued", "user:7", str(token.pk), AT)
    assert entry.after == {"role": "ROLE_SELLER", "scopes": ["rewards:buy"], "store": None}
    assert plain[11:] not in str(vars(entry))


def test_an_unknown_scope_is_refused():
    with pytest.raises(UnknownScope) as refusal, transaction.atomic():
        tokens.issue("x", Role.ADMIN, ["campaigns:read", "campaigns:*"], actor=ANN, at=AT)
    assert refusal.value.scope == "campaigns:*"
    assert not ApiToken.objects.exists()


def test_a_published_token_is_found_by_its_digest_whatever_its_form():
    token, plain = issued(secret="partner-demo-token")
    assert plain == "partner-demo-token"
    assert tokens.find("partner-demo-token", at=AT) == token
    assert token.prefix == "part"


def test_another_text_finds_nothing():
    _, plain = issued()
    for text in ("", plain[:-1], plain + " ", plain.upper(), plain[11:]):
        assert tokens.find(text, at=AT) is None


def test_a_token_is_good_until_the_moment_it_expires():
    token, plain = issued(expires_at=AT + timedelta(seconds=1))
    assert tokens.find(plain, at=AT) == token
    assert tokens.find(plain, at=AT + timedelta(seconds=1)) is None


def test_a_revoked_token_is_not_found():
    token, plain = issued()
    tokens.revoke(token, actor=SYSTEM, at=AT, reason="lost")
    assert tokens.find(plain, at=AT) is None
    assert ApiToken.objects.get().revoked_at == AT


def test_revoking_is_audited_once():
    token, _ = issued()
    tokens.revoke(token, actor=ANN, at=AT, reason="lost")
    tokens.revoke(token, actor=SYSTEM, at=AT + timedelta(days=1), reason="again")
    entries = AuditEntry.objects.filter(action="token revoked")
    assert [(entry.actor, entry.reason, entry.at) for entry in entries] == [("user:7", "lost", AT)]
    assert ApiToken.objects.get().revoked_at == AT


def test_the_first_use_is_noted():
    token, _ = issued()
    tokens.note_use(token, at=AT)
    assert ApiToken.objects.get().last_used_at == AT


def test_a_use_within_a_minute_writes_nothing(django_assert_num_queries):
    token, _ = issued()
    tokens.note_use(token, at=AT)
    token.refresh_from_db()
    with django_assert_num_queries(0):
        tokens.note_use(token, at=AT + timedelta(seconds=59))
    assert ApiToken.objects.get().last_used_at == AT


def test_a_use_after_a_minute_is_noted():
    token, _ = issued()
    tokens.note_use(token, at=AT)
    token.refresh_from_db()
    tokens.note_use(token, at=AT + timedelta(seconds=60))
    assert ApiToken.objects.get().last_used_at == AT + timedelta(seconds=60)


def test_a_use_noted_by_another_request_meanwhile_stays():
    token, _ = issued()
    ApiToken.objects.update(last_used_at=AT)
    tokens.note_use(token, at=AT + timedelta(seconds=10))
    assert ApiToken.objects.get().last_used_at == AT
