"""What the endpoints for customers and their purchases take and answer, in OpenAPI's terms."""

from campaigns.api.customers import SORTS, TOO_MANY, SearchForm
from campaigns.api.descriptions import PATHS
from campaigns.api.shapes import PURCHASE
from customers.api.customer_filters import FILTERS
from customers.api.customer_form import ChangeForm
from customers.api.descriptions import CUSTOMER
from loyalty_site.api.description.operations import PAGING, Chapter, Operation, sorted_by
from loyalty_site.api.description.shapes import ID, TEXT, list_of, page_of, record, saying, words

BOUGHT = saying(list_of(record(PURCHASE)), "The latest ones.")
WITH_PURCHASES = CUSTOMER | {"campaignPurchases": BOUGHT}
LISTED = record(WITH_PURCHASES, title="Customer")
DETAIL = record(
    WITH_PURCHASES | {"segments": list_of(record({"segmentId": ID, "name": TEXT}))}, title="CustomerInDetail"
)
OF_NESTED_CAMPAIGN = PURCHASE | {"campaignId": record({"campaignId": ID})}
VIEWER = record(CUSTOMER | {"campaignPurchases": list_of(record(OF_NESTED_CAMPAIGN))}, title="CustomerWhoSees")
MEMBER = record({"segmentId": ID, "segmentName": TEXT} | WITH_PURCHASES, title="CustomerInSegment")
ASKED = (
    PAGING
    | sorted_by(list(SORTS))
    | dict.fromkeys(FILTERS, TEXT)
    | {"strict": saying(words(["1", "0"]), "Filters must be all of the text, not a part of it.")}
)

customers = Operation(
    "List customers, those that fit best and the latest first", page_of("customers", LISTED), query=ASKED
)
change = Operation(
    "Change a customer",
    LISTED,
    note="What is sent is changed, what is left out stays as it is; address and company are sent whole.",
    form=ChangeForm,
    root="customer",
)

CHAPTERS = [
    Chapter(
        "Customers",
        "Who they are, and what they bought.",
        {
            "customer-list": {"GET": customers},
            "admin-customer-list": {"GET": customers},
            "customer-detail": {"GET": Operation("One customer", DETAIL), "PUT": change},
            "pos-search-customer": {
                "POST": Operation(
                    "Find a customer at the till",
                    record({"customers": list_of(LISTED)}),
                    note="By parts of texts, all of which must fit.",
                    form=SearchForm,
                    root="search",
                    refusals=list(TOO_MANY.values()),
                    keyed=False,
                )
            },
            "campaign-visible-customers": {
                "GET": Operation(
                    "List the customers who can see a campaign", page_of("customers", VIEWER), query=PAGING
                )
            },
            "segment-customers": {
                "GET": Operation("List the customers of a segment", page_of("customers", MEMBER), query=ASKED)
            },
        },
        PATHS | {"segment": ID},
    ),
]
