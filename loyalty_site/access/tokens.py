"""API tokens: issued to tills, shops and partners, shown once, found by the SHA-256 of the whole text."""

import secrets
import string
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any

from django.db.models import Q, QuerySet

from loyalty_site.access import audit
from loyalty_site.access.actors import Actor, Role
from loyalty_site.access.errors import PartnerMisplaced, UnknownScope
from loyalty_site.access.models import ApiToken, Store, User
from loyalty_site.access.partner_models import Partner
from loyalty_site.access.partners import values_of
from loyalty_site.access.scopes import SCOPES
from loyalty_site.database import unit_of_work

ALPHABET = string.ascii_letters + string.digits
SHOWN = 24  # characters of a token's beginning, at most
USE_NOTED_EVERY = timedelta(minutes=1)


def digest_of(secret: str) -> str:
    """A fast hash will do: the secrets are random, nobody can try them all."""
    return sha256(secret.encode()).hexdigest()


@unit_of_work
def issue(
    name: str,
    role: Role,
    scopes: Iterable[str],
    *,
    actor: Actor,
    at: datetime,
    store: Store | None = None,
    expires_at: datetime | None = None,
    created_by: User | None = None,
    secret: str | None = None,
    partner: Partner | None = None,
    requests_per_minute: int | None = None,
    user_name: str = "",
) -> tuple[ApiToken, str]:
    """A new token and its plain text, which cannot be had again. Raises UnknownScope and PartnerMisplaced.

    With a `user_name` it is `user:password`, for systems that send Basic credentials. `secret` is for demo data, whose
    tokens are published; every other token is random.
    """
    if (role is Role.PARTNER) is (partner is None):
        raise PartnerMisplaced(role=role.value)
    beginning, rest = _new_text(user_name) if secret is None else (secret[:4], secret[4:])
    token = ApiToken(
        name=name,
        role=role.value,
        scopes=_known(scopes),
        store=store,
        partner=partner,
        requests_per_minute=requests_per_minute,
        expires_at=expires_at,
        created_by=created_by,
        prefix=beginning[:SHOWN],
        digest=digest_of(beginning + rest),
    )
    token.save(force_insert=True)
    audit.record("token issued", token, actor=actor, at=at, after=_told(token))
    return token, beginning + rest


@unit_of_work
def revoke(token: ApiToken, *, actor: Actor, at: datetime, reason: str = "") -> None:
    """End a token for good. One that was revoked before stays as it is."""
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at):
        token.revoked_at = at
        audit.record("token revoked", token, actor=actor, at=at, reason=reason)


def find(plain: str, *, at: datetime) -> ApiToken | None:
    """The live token with that text, and its `partner_values`.

    Found by its digest, so the time a look-up takes tells nothing of the text.
    """
    return _with_partners().filter(live(at), digest=digest_of(plain)).first()


@cache
def _with_partners() -> QuerySet:
    """Put together once: every request asks it."""
    return ApiToken.objects.select_related("partner").annotate(partner_values=values_of("partner"))


def live(at: datetime, path: str = "") -> Q:
    """The condition that a token lets its holder in; `path` leads to the token from what is asked, as `api_token__`."""
    unexpired = Q(**{f"{path}expires_at": None}) | Q(**{f"{path}expires_at__gt": at})
    of_an_active_partner = Q(**{f"{path}partner": None}) | Q(**{f"{path}partner__active": True})
    return unexpired & of_an_active_partner & Q(**{f"{path}revoked_at": None})


@unit_of_work
def limit(token: ApiToken, requests_per_minute: int | None, *, actor: Actor, at: datetime) -> None:
    """Let the token make so many requests a minute from now on; None: any number."""
    before, token.requests_per_minute = token.requests_per_minute, requests_per_minute
    token.save(update_fields=["requests_per_minute"])
    told = [{"requests_per_minute": number} for number in (before, requests_per_minute)]
    audit.record("token limited", token, actor=actor, at=at, before=told[0], after=told[1])


def note_use(token: ApiToken, *, at: datetime) -> None:
    """Remember when the token was last used, at most once a minute: a write per request would be a lock per request."""
    long_ago = at - USE_NOTED_EVERY
    if token.last_used_at is None or token.last_used_at <= long_ago:
        unnoted = Q(last_used_at=None) | Q(last_used_at__lte=long_ago)
        ApiToken.objects.filter(unnoted, pk=token.pk).update(last_used_at=at)


def random_text(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def _new_text(user_name: str) -> tuple[str, str]:
    """The part of a new token that may be shown, and the secret rest."""
    if user_name:
        return f"{user_name}:", random_text(40)
    return f"lp_{random_text(8)}", f"_{random_text(40)}"


def _told(token: ApiToken) -> dict[str, Any]:
    """What the audit trail says of a new token."""
    facts = {"role": token.role, "scopes": token.scopes, "store": token.store_id and str(token.store_id)}
    if token.partner_id:
        facts |= {"partner": str(token.partner_id)}
    if token.requests_per_minute:
        facts |= {"requests_per_minute": token.requests_per_minute}
    return facts


def _known(scopes: Iterable[str]) -> list[str]:
    wanted = sorted(set(scopes))
    for scope in wanted:
        if scope not in SCOPES:
            raise UnknownScope(scope=scope)
    return wanted
