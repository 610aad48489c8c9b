"""Who sends made-up requests, which operations are theirs, and which ids they know."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import requests

from loyalty_site.access.actors import Role
from tools.fuzz import known
from tools.fuzz.known import Known


@dataclass(frozen=True)
class Caller:
    """One credential of the demo: headers, or a `door` with the name and the password that open it.

    Asked are the operations of the role, below `paths` where some are named. Without a role: those for anybody.
    """

    role: Role | None
    known: Known
    headers: Mapping[str, str] = field(default_factory=dict)
    login: tuple[str, str, str] | None = None
    paths: tuple[str, ...] = ()

    def asks(self, path: str, operation: Mapping[str, Any]) -> bool:
        if self.role is None:
            return not operation["security"]
        below = not self.paths or path.strip("/").partition("/")[0] in self.paths
        return below and self.role in operation["x-roles"]

    def credential(self, server: str) -> Mapping[str, str]:
        if self.login is None:
            return self.headers
        door, name, password = self.login
        form = {"_username": name, "_password": password}
        answer = requests.post(f"{server}/api/{door}/login_check", data=form, timeout=20)
        answer.raise_for_status()
        return {"Authorization": f"Bearer {answer.json()['token']}"}


BASIC = b64encode(b"capillary:capillary").decode()
# Whoever may change the most comes last; an RBI partner gives the offers that an app of Exchange Solutions answers.
CALLERS = {
    "anybody": Caller(None, {**known.OPEN_LOYALTY, **known.CREDENTIALS}),
    "a partner of RBI": Caller(
        Role.PARTNER,
        known.RBI,
        {"x-api-key": "partner-demo-token"},
        paths=("loyalty", "bulk-action", "transactions"),
    ),
    "a client of Capillary": Caller(
        Role.PARTNER, known.CAPILLARY, {"Authorization": f"Basic {BASIC}"}, paths=("v2", "v3")
    ),
    "a client of Exchange Solutions": Caller(
        Role.PARTNER, known.EXCHANGE_SOLUTIONS, {"Authorization": "Bearer client-demo-token"}, paths=("client",)
    ),
    "a customer": Caller(Role.CUSTOMER, known.OPEN_LOYALTY, login=("customer", "user@oloy.com", "loyalty")),
    "a seller": Caller(Role.SELLER, known.OPEN_LOYALTY, login=("seller", "john@doe.com", "open")),
    "an administrator": Caller(Role.ADMIN, known.OPEN_LOYALTY, login=("admin", "admin", "open")),
}
