"""What Exchange Solutions' calls take and answer, in OpenAPI's terms: that for access tokens too."""

from loyalty_site.api.description.dialects import ES_FAILURE
from loyalty_site.api.description.operations import Chapter, Operation
from loyalty_site.api.description.shapes import INTEGER, TEXT, Schema, list_of, one_of, record, saying, words
from offers.answering import Answer
from offers.api.es_questions import MOST_RESULTS
from offers.api.es_sessions import IDENTIFIERS, USUAL_CHANNEL, USUAL_IDENTIFIER
from offers.models import CustomerOffer

NOTHING: Schema = {"type": "null"}
MOMENT = TEXT | {"pattern": r"^[0-9-]{10}T[0-9:]{8}\.[0-9]{3}Z$", "examples": ["2020-05-21T03:55:46.000Z"]}
MILLISECONDS = saying(INTEGER, "Milliseconds since 1970.")
ANSWERED: dict[str, Schema] = {
    "accountID": saying(TEXT | {"format": "uuid"}, "The member's."),
    "offerCode": TEXT,
    "acceptanceDate": saying(one_of(MOMENT, NOTHING), "Null unless it is accepted."),
    "acceptanceDateEpoch": one_of(MILLISECONDS, NOTHING),
    "acceptanceState": words(CustomerOffer.State.values),
    "effectiveDate": MOMENT,
    "effectiveDateEpoch": MILLISECONDS,
    "expiryDate": saying(one_of(MOMENT, words([""])), "Empty: it does not expire."),
    "expiryDateEpoch": one_of(MILLISECONDS, NOTHING),
    "version": saying(INTEGER, "Steps with every change."),
}
ANSWER = record(ANSWERED, title="EsAnsweredOffer")
OFFER = record(
    {
        "id": saying(TEXT, "The same as `offerCode`."),
        "rank": saying(INTEGER, "A lower number is shown first."),
        "acceptanceMethod": words(["LTC"]),
        "shortDescription1": TEXT,
        "longDescription": TEXT,
        "displayDate": MOMENT,
        "displayDateEpoch": MILLISECONDS,
        **ANSWERED,
    },
    title="EsOffer",
)
STATE = record({"acceptanceState": words(list(Answer))})
SESSION = record(
    {
        "accountId": TEXT | {"format": "uuid"},
        "loyaltyId": saying(one_of(TEXT, NOTHING), "The member's card."),
        "correlationId": TEXT,
        "channel": TEXT,
        "expiryDate": MOMENT,
        "expiryDateEpoch": MILLISECONDS,
    },
    title="EsSession",
)
SESSION_BODY = record({"correlationId": TEXT | {"maxLength": 128}, "channel?": TEXT | {"maxLength": 64}})
CREDENTIALS = record(
    {
        "grant_type": words(["client_credentials"]),
        "client_id?": TEXT,
        "client_secret?": TEXT | {"format": "password"},
    }
)
GRANTED = record({"access_token": TEXT, "token_type": words(["Bearer"]), "expires_in": saying(INTEGER, "Seconds.")})
IGNORED = saying(TEXT, "Accepted; changes nothing.")
SHORT = {"maxResults": saying(INTEGER | {"default": MOST_RESULTS}, f"At most {MOST_RESULTS}.")}
TEXT_AND_UNIT = {"locale": IGNORED, "businessUnit": IGNORED}
TIME = {
    "from": saying(INTEGER, "Only offers that bring their benefit later; milliseconds since 1970."),
    "until": saying(INTEGER, "Only offers that bring it before so many days after `from`, or from now."),
}
UNITS = {"businessUnit": saying(TEXT, "One that the setting LOYALTY_BUSINESS_UNITS names; may come several times.")}

CHAPTERS = [
    Chapter(
        "Offers for customers' apps",
        "In the dialect of Exchange Solutions: a member's offers are listed and answered.",
        {
            "es-token": {
                "POST": Operation(
                    "Exchange client credentials for an access token",
                    GRANTED,
                    note="Id and secret are an API token's text before and after its colon; of another token the text"
                    " is either of them. They may stand in Basic credentials, and the body may be a form.",
                    body=CREDENTIALS,
                    others={401: ES_FAILURE, 429: ES_FAILURE},
                )
            },
            "es-session": {
                "POST": Operation(
                    "Open a session for a member",
                    SESSION,
                    note=f"The header `X-Identifier-Type` says what the identifier is: {', '.join(IDENTIFIERS)};"
                    f" {USUAL_IDENTIFIER} where it is left out. The channel is {USUAL_CHANNEL} where it is.",
                    body=SESSION_BODY,
                )
            },
            "es-offer-answer": {"PUT": Operation("Answer an offer", ANSWER, body=STATE)},
            "es-best-offer": {"GET": Operation("Get the first offer that is open", OFFER, query=TEXT_AND_UNIT)},
            "es-offers": {
                "GET": Operation("List a member's offers", list_of(OFFER), query=SHORT | TIME | TEXT_AND_UNIT),
                "POST": Operation("Answer all offers that run", list_of(ANSWER), body=STATE, query=UNITS),
            },
            "es-future-offers": {
                "GET": Operation("List the offers of the coming year", list_of(OFFER), query=SHORT | TEXT_AND_UNIT)
            },
        },
        paths={
            "correlation_id": saying(TEXT, "A session's, or the member's account id."),
            "identifier": saying(TEXT, "Of the member, in the way that X-Identifier-Type says."),
            "offer_id": saying(TEXT, "The offer's code."),
        },
    )
]
