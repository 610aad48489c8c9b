"""What partners' calls about points take and answer, in OpenAPI's terms."""

from loyalty_site.api.description.operations import PAGING, Chapter, Operation
from loyalty_site.api.description.shapes import (
    BOOLEAN,
    EMPTY_LIST,
    ID,
    INTEGER,
    TEXT,
    Schema,
    list_of,
    page_of,
    record,
    saying,
    words,
)
from points.api.rbi import MOST
from points.api.rbi_reading import EVERY_CHANNEL, STATUSES

DAY: Schema = TEXT | {"format": "date"}
MILLISECOND: Schema = TEXT | {
    "pattern": r"^[0-9-]{10}T[0-9:]{8}\.[0-9]{3}Z$",
    "examples": ["2024-02-28T02:14:05.453Z"],
}
REFERENCE = saying(TEXT | {"maxLength": 255}, "What it is for; kept as it is sent.")
SOURCE = saying(TEXT | {"minLength": 1, "maxLength": 64}, "The system the call comes from.")
USER: dict[str, Schema] = {
    "userId?": ID,
    "email?": saying(TEXT | {"maxLength": 254}, "In place of the id, which wins where both are sent."),
}
IN_PATH = {"user": saying(TEXT, "The customer's id.")}
TRACE_ID = record({"traceId": ID})
COUNT: Schema = INTEGER | {"minimum": 0}
TRANSACTION: dict[str, Schema] = {
    "id": ID,
    "shortId": TEXT | {"pattern": "^[A-Z0-9]{16}$"},
    "loyaltyId": saying(ID, "The customer's id."),
    "channel": words(EVERY_CHANNEL),
    "status": words(["CLAIMED"]),
    "createdAt": MILLISECOND,
    "impactedExpirationBuckets": list_of(record({"expirationDate": DAY, "points": INTEGER})),
    "claimedAt": MILLISECOND,
    "pointsEarned": COUNT,
    "bonusPointsEarned": COUNT,
    "pointsUsed": saying(COUNT, "Spent on a reward."),
    "transactionDetails": record(
        {
            "fulfillment": record({"autoRelease": BOOLEAN, "type": words(["POINT_ASSIGNMENT"])}),
            "orders": EMPTY_LIST,
            "payments": EMPTY_LIST,
        }
    ),
    "metadata": record({"partner": TEXT, "reference": saying(TEXT, "Empty in what another partner did.")}),
    "pointsDeducted": COUNT,
}
CHANGED = record(TRANSACTION, title="RbiTransaction")
LISTED = record(TRANSACTION | {"points": saying(INTEGER, "With its sign.")}, title="RbiListedTransaction")
PROFILE = record(
    {
        "id": ID,
        "name": TEXT,
        "email": TEXT,
        "createdAt": MILLISECOND,
        "updatedAt": MILLISECOND,
        "points": COUNT,
        "expirationBuckets": list_of(record({"expirationDate": DAY, "pointsToExpire": INTEGER})),
        "loyaltyTier": record({"loyaltyTierKey": saying(TEXT, "The level's name.")}),
        "pointsEarningDisabled": BOOLEAN,
    },
    title="RbiUser",
)
CHANGE = record(
    {
        "points": saying(INTEGER | {"minimum": -MOST, "maximum": MOST}, "Added, or removed when negative; not 0."),
        "partner": saying(TEXT, "One of the caller's own names."),
        "reference?": REFERENCE,
    }
)
ASSIGNMENT = record(
    {**USER, "pointsEarned": INTEGER | {"minimum": 1, "maximum": MOST}, "source": SOURCE, "reference?": REFERENCE}
)
SEARCH = record(
    {
        "loyaltyId": saying(ID, "The customer's id."),
        "statuses?": list_of(words(STATUSES)),
        "excludedChannels?": list_of(words(EVERY_CHANNEL)),
    }
)

CHAPTERS = [
    Chapter(
        "Points for partners",
        "In the dialect of RBI: partners add points and remove them, and see what customers have.",
        {
            "loyalty-user": {"GET": Operation("Get a customer with points and level", PROFILE)},
            "loyalty-user-points": {
                "GET": Operation("Get a customer's balance", record({"balance": COUNT})),
                "POST": Operation("Add points, or remove them", CHANGED, body=CHANGE),
            },
            "loyalty-user-transactions": {
                "GET": Operation("List a customer's movements of points", page_of("transactions", LISTED), query=PAGING)
            },
            "transaction-search": {
                "POST": Operation(
                    "Find a customer's movements of points",
                    list_of(LISTED),
                    note="The latest 1,000 at most.",
                    body=SEARCH,
                    keyed=False,
                    finds=True,
                )
            },
            "bulk-assign-points": {
                "POST": Operation("Add points for a customer in the body", TRACE_ID, body=ASSIGNMENT, finds=True)
            },
            "bulk-assign-points-cold": {
                "POST": Operation(
                    "Let points be added for a customer in the body",
                    TRACE_ID,
                    note="Answered at once; what became of it is told to whoever asks for the trace.",
                    body=ASSIGNMENT,
                    finds=True,
                )
            },
        },
        paths=IN_PATH,
    )
]
