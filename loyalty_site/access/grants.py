"""Short-lived access tokens, as OAuth clients ask for with the credentials that their API token is.

Rules: Exchange Solutions, "API Reference" (OAuth 2.0 client credentials); Capillary, "OAuth" (`X-CAP-API-OAUTH-TOKEN`).
"""

from datetime import datetime, timedelta
from functools import cache

from django.db.models import QuerySet

from loyalty_site.access.models import AccessGrant, ApiToken
from loyalty_site.access.partners import values_of
from loyalty_site.access.tokens import digest_of, live, random_text

BEGINNING = "lpa_"  # no API token that we make begins so


def grant(token: ApiToken, ttl: timedelta, *, at: datetime) -> str:
    """A text that lets its holder in as the token does, for so long, and no longer than the token itself."""
    plain = f"{BEGINNING}{random_text(44)}"
    AccessGrant.objects.create(digest=digest_of(plain), api_token=token, expires_at=at + ttl)
    return plain


def find(plain: str, *, at: datetime) -> ApiToken | None:
    """The live token that a live access token stands for, and its `partner_values`."""
    found = _with_partners().filter(live(at, "api_token__"), digest=digest_of(plain), expires_at__gt=at).first()
    if found is None:
        return None
    found.api_token.partner_values = found.partner_values
    return found.api_token


@cache
def _with_partners() -> QuerySet:
    """Put together once, as for API tokens."""
    grants = AccessGrant.objects.select_related("api_token__partner")
    return grants.annotate(partner_values=values_of("api_token__partner"))


def purge(*, at: datetime) -> int:
    """Forget those that have expired. Returns how many."""
    return AccessGrant.objects.filter(expires_at__lte=at).delete()[0]
