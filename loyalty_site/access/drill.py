"""The credentials of the drill's world: those of the demo, and an administrator's token that does not run out."""

from base64 import b64encode
from collections.abc import Callable
from datetime import datetime
from typing import Any

from loyalty_site.access import demo, tokens
from loyalty_site.access.actors import SYSTEM, Role
from loyalty_site.access.scopes import SCOPES

ADMIN_TOKEN = "admin-drill-token"  # noqa: S105 - published, as all of the demo's
AUTH = {
    "admin": f"Authorization: Bearer {ADMIN_TOKEN}",
    "partner": "x-api-key: partner-demo-token",
    "client": "Authorization: Bearer client-demo-token",
    "capillary": f"Authorization: Basic {b64encode(b'capillary:capillary').decode()}",
}


def load(say: Callable[[str], None], at: datetime) -> dict[str, Any]:
    """Add them. Returns a header line for each kind of caller, and what the partner calls itself."""
    demo.load(say, at)
    tokens.issue("Drill", Role.ADMIN, SCOPES, secret=ADMIN_TOKEN, actor=SYSTEM, at=at)
    return {"partner": demo.VALUES[demo.PARTNER], "auth": AUTH}
