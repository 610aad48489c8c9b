"""What partners' calls about offers take and answer, in OpenAPI's terms."""

from loyalty_site.api.description.dialects import RBI_FAILURE
from loyalty_site.api.description.operations import PAGING, Chapter, Operation
from loyalty_site.api.description.shapes import ID, INTEGER, TEXT, Schema, one_of, page_of, record, saying, words
from offers.api.rbi import LAST_RANK
from offers.models import CustomerOffer
from points.api.rbi_descriptions import DAY, IN_PATH, MILLISECOND, REFERENCE, SOURCE, TRACE_ID, USER

NOTHING: Schema = {"type": "null"}
GIFT = record(
    {
        **USER,
        "source": SOURCE,
        "reference?": REFERENCE,
        "configId": saying(ID, "The offer's id."),
        "ruleParams": record(
            {
                "startDate": saying(DAY, "The first day, from its first moment in the region."),
                "endDate": saying(DAY, "The last day, to its last moment; after the first."),
            }
        ),
        "rank?": saying(INTEGER | {"minimum": 0, "maximum": LAST_RANK}, "A lower number is shown first."),
    }
)
OFFER = record(
    {
        "traceId": ID,
        "offerCode": TEXT,
        "reference": TEXT,
        "configId": ID,
        "acceptanceState": words(CustomerOffer.State.values),
        "version": saying(INTEGER, "Steps with every answer of the customer's."),
        "effectiveDate": MILLISECOND,
        "expiryDate": saying(one_of(MILLISECOND, NOTHING), "Null: it does not expire."),
    },
    title="RbiOffer",
)
TRACE = record(
    {
        "traceId": ID,
        "status": saying(words(["COMPLETED", "QUEUED", "FAILED"]), "Of a hot call always COMPLETED."),
        "action": words(["create-offer", "assign-points"]),
        "userId": ID,
        "source": TEXT,
        "reference": TEXT,
        "createdAt": MILLISECOND,
        "offer?": OFFER,
        "pointsEarned?": INTEGER,
        "error?": saying(RBI_FAILURE, "Why it failed: the body that the hot call would have been refused with."),
    }
)

CHAPTERS = [
    Chapter(
        "Offers for partners",
        "In the dialect of RBI: partners give customers offers, and follow what became of them.",
        {
            "bulk-create-offer": {"POST": Operation("Give a customer an offer", TRACE_ID, body=GIFT, finds=True)},
            "bulk-create-offer-cold": {
                "POST": Operation(
                    "Let a customer be given an offer",
                    TRACE_ID,
                    note="Answered at once; what became of it is told to whoever asks for the trace.",
                    body=GIFT,
                    finds=True,
                )
            },
            "bulk-trace": {"GET": Operation("Get what a call of the partner's did", TRACE)},
            "loyalty-user-offers": {
                "GET": Operation("List the offers that the partner gave", page_of("offers", OFFER), query=PAGING)
            },
        },
        paths=IN_PATH | {"trace": saying(TEXT, "The traceId of an answer.")},
    )
]
