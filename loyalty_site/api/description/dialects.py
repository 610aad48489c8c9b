"""What the description says of a dialect as a whole: its failures, its bodies, its credentials."""

from collections.abc import Sequence
from dataclasses import dataclass

from loyalty_site.api.capillary import CAPILLARY
from loyalty_site.api.description.forms import JSON, URL_ENCODED
from loyalty_site.api.description.shapes import BOOLEAN, INTEGER, TEXT, Schema, list_of, one_of, record
from loyalty_site.api.dialect_paths import dialect_at
from loyalty_site.api.dialects import Dialect
from loyalty_site.api.exchange_solutions import EXCHANGE_SOLUTIONS
from loyalty_site.api.openloyalty import OPEN_LOYALTY
from loyalty_site.api.rbi import RBI

# Each kind of credential is good everywhere; a dialect's own are described.
CREDENTIALS: dict[str, Schema] = {
    "Authorization": {
        "type": "http",
        "scheme": "bearer",
        "description": "The token that a log-in answers, an API token, or an access token that one was exchanged for.",
    },
    "Basic": {
        "type": "http",
        "scheme": "basic",
        "description": "An API token of the form `user:password`, made in the admin.",
    },
    **{
        name: {"type": "apiKey", "in": "header", "name": name, "description": text}
        for name, text in {
            "X-AUTH-TOKEN": "An API token, made in the admin.",
            "x-api-key": "An API token, made in the admin.",
            "X-CAP-API-OAUTH-TOKEN": "An access token that an API token was exchanged for.",
        }.items()
    },
}

FAILURE = record({"error": record({"code": INTEGER, "message": TEXT})}, title="Failure")
UNAUTHORIZED = record({"code": {"const": 401}, "message": TEXT}, title="Unauthorized")
REFUSED_TOKEN = record({"message": TEXT}, title="RefusedToken")
RBI_FAILURE = record(
    {
        "statusCode": INTEGER,
        "code": TEXT,
        "message": TEXT,
        "isEngineError": BOOLEAN,
        "details": {"type": "object"},
    },
    title="RbiFailure",
)
CAPILLARY_NOTE = record({"status": {"const": False}, "code": INTEGER, "message": TEXT}, title="CapillaryNote")
CAPILLARY_FAILURE = record(
    {"warnings": list_of(CAPILLARY_NOTE), "errors": list_of(CAPILLARY_NOTE)}, title="CapillaryFailure"
)
ES_FAILURE = record({"statusCode": INTEGER, "errorMessage": TEXT, "errorCode": TEXT}, title="EsFailure")


@dataclass(frozen=True)
class Telling:
    """How a dialect tells failures, which media types its bodies have, and its credentials by their names above."""

    dialect: Dialect
    failure: Schema
    unauthorized: Schema
    forbidden: Schema
    credentials: Sequence[str]
    bodies: Sequence[str] = (JSON,)


def _alike(dialect: Dialect, failure: Schema, *credentials: str) -> Telling:
    """Of a dialect that tells every failure in one shape."""
    return Telling(dialect, failure, failure, failure, credentials)


TELLINGS = [
    Telling(
        OPEN_LOYALTY,
        FAILURE,
        UNAUTHORIZED,
        one_of(FAILURE, REFUSED_TOKEN),
        ("Authorization", "X-AUTH-TOKEN"),
        (JSON, URL_ENCODED),
    ),
    _alike(RBI, RBI_FAILURE, "x-api-key", "Authorization"),
    _alike(CAPILLARY, CAPILLARY_FAILURE, "Basic", "X-CAP-API-OAUTH-TOKEN", "Authorization"),
    _alike(EXCHANGE_SOLUTIONS, ES_FAILURE, "Authorization"),
]


def telling_at(path: str) -> Telling:
    spoken = dialect_at(path)
    return next(telling for telling in TELLINGS if telling.dialect is spoken)
