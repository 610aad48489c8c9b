"""What Capillary's calls take and answer, in OpenAPI's terms: those for looking customers up and for tokens too."""

from customers.api.capillary import ANY_SOURCE, NAMES, SOURCES
from loyalty_site.api.description.dialects import CAPILLARY_FAILURE, CAPILLARY_NOTE
from loyalty_site.api.description.operations import Chapter, Operation
from loyalty_site.api.description.shapes import (
    BOOLEAN,
    EMPTY_LIST,
    INTEGER,
    TEXT,
    Schema,
    list_of,
    one_of,
    record,
    saying,
    words,
)
from loyalty_site.api.strict_fields import MOST
from promotions.api.capillary_promotions import MOST_ON_A_PAGE
from promotions.models import Promotion

LONG = INTEGER | {"minimum": 1, "maximum": MOST}
MOMENT = TEXT | {"pattern": r"^[0-9-]{10}T[0-9:]{8}\.[0-9]{3}Z$", "examples": ["2024-10-31T18:30:00.000Z"]}
NUMBER_AS_TEXT = TEXT | {"pattern": "^[0-9]+$"}
NEEDED = ["identifierName", "identifierValue", "source"]


def identity(sources: tuple[str, ...]) -> dict[str, Schema]:
    """The parameters that say who is meant."""
    return {
        "identifierName": saying(words(NAMES), "By what the customer is looked up; case counts."),
        "identifierValue": saying(TEXT | {"example": "18767431754"}, "An e-mail is found in any case."),
        "source": saying(words(sources), "In any case. Every customer is known in every source."),
        "accountId": saying(TEXT, "The customer's own id or number, if given."),
    }


TYPE = saying(words(["CUSTOMER"]), "Enrolled are customers, and nothing else.")
EFFECT = record(
    {"programId": LONG, "issualId": LONG, "promotionId": LONG, "type": {"const": "Points promotion"}},
    title="CapillarySideEffect",
)
ISSUED = record({"warnings": list_of(CAPILLARY_NOTE), "errors": EMPTY_LIST, "sideEffects": list_of(EFFECT)})
RESTRICTION = record(
    {
        "kpi": words(["NUMBER_OF_ISSUALS"]),
        "maxLimit": NUMBER_AS_TEXT,
        "currentCustomerUsage": NUMBER_AS_TEXT,
        "limitOn": words(["CUSTOMER"]),
        "type": words(["NON_PERIOD_BASED"]),
    }
)
PROMOTION = record(
    {
        "promotionId": LONG,
        "promotionName": TEXT,
        "programId": LONG,
        "startDate": MOMENT,
        "endDate": one_of(MOMENT, {"type": "null"}),
        "identifier": TEXT,
        "description": TEXT,
        "active": saying(BOOLEAN, "Whether customers can be enrolled now."),
        "eventName": TEXT,
        "pointsOfferType": words(Promotion.Kind.values),
        "limits": record(
            {
                "maxPointsPerEvent": NUMBER_AS_TEXT,
                "pointsPerCustomer": NUMBER_AS_TEXT,
                "numberOFTimesPerCustomer": saying(INTEGER, "How often the customer can be enrolled."),
                "totalPointsInPromotion": NUMBER_AS_TEXT,
            }
        ),
        "customerUsage": record(
            {
                "currentPointsPerCustomer": NUMBER_AS_TEXT,
                "currentNumberOfTimesPerCustomer": saying(INTEGER, "How often the customer was enrolled."),
                "currentTotalPointsInPromotion": NUMBER_AS_TEXT,
            }
        ),
        "promotionRestriction": record(
            {
                "issualRestrictions": list_of(RESTRICTION),
                "earnRestrictions": EMPTY_LIST,
                "redemptionRestrictions": EMPTY_LIST,
            }
        ),
    },
    title="CapillaryPromotion",
)
PROMOTIONS = record(
    {
        "pageDetails": record(
            {"pageNumber": INTEGER, "pageSize": INTEGER, "totalEntries": INTEGER, "pageCount": INTEGER}
        ),
        "customerId": INTEGER,
        "promotions": list_of(PROMOTION),
        "warnings": EMPTY_LIST,
    }
)
PAGING = {
    "limit": saying(INTEGER | {"minimum": 0, "maximum": MOST_ON_A_PAGE, "default": MOST_ON_A_PAGE}, "How many."),
    "offset": saying(INTEGER | {"minimum": 0, "maximum": 10**18 - 1, "default": 0}, "How many to leave out before."),
}
ASKED = identity((*SOURCES, ANY_SOURCE))
KEY_AND_SECRET = {"key": TEXT | {"maxLength": 255}, "secret": TEXT | {"maxLength": 255, "format": "password"}}
GRANTED = record({"data": record({"accessToken": TEXT, "ttlSeconds": INTEGER}), "errors": {"type": "null"}})

CHAPTERS = [
    Chapter(
        "Promotions for partners",
        "In the dialect of Capillary: customers are looked up and enrolled in promotions.",
        {
            "oauth-token-generate": {
                "POST": Operation(
                    "Exchange a key and a secret for an access token",
                    GRANTED,
                    note="They are an API token's text before and after its colon.",
                    body=record(KEY_AND_SECRET),
                    others={401: CAPILLARY_FAILURE, 429: CAPILLARY_FAILURE},
                )
            },
            "customer-lookup": {
                "GET": Operation(
                    "Get a customer's number",
                    record({"entity": INTEGER, "warnings": EMPTY_LIST}),
                    query=ASKED,
                    needed=NEEDED,
                )
            },
            "customer-lookup-promotions": {
                "GET": Operation(
                    "List the promotions that a customer was enrolled in",
                    PROMOTIONS,
                    query=ASKED | PAGING,
                    needed=NEEDED,
                )
            },
            "promotion-issue": {
                "POST": Operation(
                    "Enrol a customer in a promotion",
                    ISSUED,
                    note="What has no error but a warning did not happen: the limit is used up, or the promotion or"
                    " the customer is not open to it.",
                    body=record({"programId": LONG, "promotionId": LONG}),
                    query=identity(SOURCES) | {"type": TYPE},
                    needed=NEEDED,
                )
            },
        },
    )
]
