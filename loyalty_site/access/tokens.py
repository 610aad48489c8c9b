"""API tokens: issued to tills, shops and partners, shown once, found by the SHA-256 of the whole text."""

import secrets
import string
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from django.db.models import Q

from loyalty_site.access import audit
from loyalty_site.access.actors import Actor, Role
from loyalty_site.access.errors import UnknownScope
from loyalty_site.access.models import ApiToken, Store, User
from loyalty_site.access.scopes import SCOPES
from loyalty_site.database import unit_of_work

ALPHABET = string.ascii_letters + string.digits
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
) -> tuple[ApiToken, str]:
    """A new token and its plain text, which cannot be had again. Raises UnknownScope.

    `secret` is for demo data, whose tokens are published; every other token is random.
    """
    plain = secret or f"lp_{_random_text(8)}_{_random_text(40)}"
    token = ApiToken(
        name=name,
        role=role.value,
        scopes=_known(scopes),
        store=store,
        expires_at=expires_at,
        created_by=created_by,
        prefix=plain[:11] if secret is None else plain[:4],
        digest=digest_of(plain),
    )
    token.save(force_insert=True)
    facts = {"role": token.role, "scopes": token.scopes, "store": store and str(store.pk)}
    audit.record("token issued", token, actor=actor, at=at, after=facts)
    return token, plain


@unit_of_work
def revoke(token: ApiToken, *, actor: Actor, at: datetime, reason: str = "") -> None:
    """End a token for good. One that was revoked before stays as it is."""
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at):
        token.revoked_at = at
        audit.record("token revoked", token, actor=actor, at=at, reason=reason)


def find(plain: str, *, at: datetime) -> ApiToken | None:
    """The live token with that text. Found by its digest, so the time a look-up takes tells nothing of the text."""
    live = ApiToken.objects.filter(Q(expires_at=None) | Q(expires_at__gt=at), revoked_at=None)
    return live.filter(digest=digest_of(plain)).first()


def note_use(token: ApiToken, *, at: datetime) -> None:
    """Remember when the token was last used, at most once a minute: a write per request would be a lock per request."""
    long_ago = at - USE_NOTED_EVERY
    if token.last_used_at is None or token.last_used_at <= long_ago:
        unnoted = Q(last_used_at=None) | Q(last_used_at__lte=long_ago)
        ApiToken.objects.filter(unnoted, pk=token.pk).update(last_used_at=at)


def _random_text(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def _known(scopes: Iterable[str]) -> list[str]:
    wanted = sorted(set(scopes))
    for scope in wanted:
        if scope not in SCOPES:
            raise UnknownScope(scope=scope)
    return wanted
