"""RBI's partners, and what they are told."""

from loyalty_site.access import partners, scopes
from loyalty_site.access.actors import Role
from tests.callers import Caller, partner, with_token

RBI_SCOPES = (
    scopes.CUSTOMERS_READ,
    scopes.OFFERS_ASSIGN,
    scopes.OFFERS_READ,
    scopes.POINTS_ASSIGN,
    scopes.POINTS_READ,
)
USER_NOT_FOUND = (
    404,
    {
        "statusCode": 404,
        "code": "UserNotFoundError",
        "message": "User not found",
        "isEngineError": False,
        "details": {},
    },
)


def rbi_partner(name: str = "Brame", value: str = "Partner", *, may=RBI_SCOPES, **fields) -> Caller:
    """A partner for the region DE, with a text of its own for `partner`."""
    of = partner(name, **({"region": "DE"} | fields))
    partners.set_values(of, [value] if value else [])
    return with_token(Role.PARTNER, may, partner=of)


def failed(status: int, code: str, message: str):
    body = {"statusCode": status, "code": code, "message": message, "isEngineError": status >= 500, "details": {}}
    return status, body


def invalid(status: int = 400, /, **errors: str):
    """By field; `__` stands for the dot of a field's name."""
    told = [{"field": name.replace("__", "."), "message": message} for name, message in errors.items()]
    _, body = failed(status, "ValidationError", "Request validation failed")
    return status, body | {"details": {"errors": told}}


def fields_of(body) -> list[str]:
    """Which fields a refusal names."""
    assert (body["code"], body["isEngineError"]) == ("ValidationError", False)
    return [error["field"] for error in body["details"]["errors"]]
