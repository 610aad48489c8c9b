"""What the endpoints of the points app take and answer, in OpenAPI's terms."""

from customers.api.descriptions import CUSTOMER_IN_PATH, PERCENT
from loyalty_site.api.description.operations import PAGING, Chapter, Operation, sorted_by
from loyalty_site.api.description.shapes import (
    EMPTY_LIST,
    ID,
    INTEGER,
    MOMENT,
    NUMBER,
    TEXT,
    list_of,
    page_of,
    record,
    saying,
    words,
)
from points.api.openloyalty import NOT_CANCELABLE, TransferForm
from points.api.transfer_filters import OF_CUSTOMERS, TYPES
from points.api.transfer_list import SORTS
from points.history import State

STATES = words([state.value for state in State])
TRANSFER_ID = record({"pointsTransferId": ID})
TRANSFER = record(
    {
        "pointsTransferId": ID,
        "accountId": ID,
        "customerId": ID,
        "customerFirstName?": TEXT,
        "customerLastName?": TEXT,
        "customerLoyaltyCardNumber?": TEXT,
        "customerEmail?": TEXT,
        "customerPhone?": TEXT,
        "createdAt": MOMENT,
        "expireAt?": MOMENT,
        "expiresAt?": saying(MOMENT, "The same, under the name that later clients read."),
        "value": INTEGER | {"minimum": 0},
        "state": STATES,
        "type": words(TYPES),
        "comment?": TEXT,
        "issuer": words(["system", "admin", "seller", "api"]),
    },
    title="Transfer",
)
STATUS = record(
    {
        "firstName": TEXT,
        "lastName": TEXT,
        "customerId": ID,
        "points": saying(INTEGER, "What can be spent now."),
        "usedPoints": INTEGER,
        "expiredPoints": INTEGER,
        "totalEarnedPoints": INTEGER,
        "lockedPoints": {"const": 0},
        "level": PERCENT,
        "levelName": TEXT,
        "nextLevel?": saying(PERCENT, "Left out on the highest level, as are the two keys beside it."),
        "nextLevelName?": TEXT,
        "transactionsAmountToNextLevel?": NUMBER,
        "transactionsAmountWithoutDeliveryCosts": NUMBER,
        "averageTransactionsAmount": saying(TEXT, "With two decimal places."),
        "transactionsCount": INTEGER,
        "transactionsAmount": NUMBER,
        "currency": TEXT,
    },
    title="CustomerStatus",
)
TRANSFERS = page_of("transfers", TRANSFER)
OWN = (
    PAGING
    | sorted_by(list(SORTS))
    | {"state[]": saying(list_of(STATES), "Any of these states."), "type": saying(words(TYPES), "The direction.")}
)
FILTERS = {"customerId": ID} | {name: saying(TEXT, "A part of it, in any case.") for name in OF_CUSTOMERS}
SETTINGS = record(
    {
        "programName": TEXT,
        "programPointsSingular": TEXT,
        "programPointsPlural": TEXT,
        "currency": TEXT,
        "timezone": TEXT,
        "allTimeActive": saying({"const": False}, "Points expire."),
        "pointsDaysActive": INTEGER,
        "tierAssignType": words(["transactions"]),
        "customerStatusesEarning": list_of(TEXT),
        "customerStatusesSpending": list_of(TEXT),
        "excludedDeliverySKUs": EMPTY_LIST,
        "excludedLevelSKUs": EMPTY_LIST,
        "excludedLevelCategories": EMPTY_LIST,
    }
)

status = Operation("Where a customer stands: points, level and sales", STATUS)
transfers = Operation("List movements of points, the latest first", TRANSFERS, query=OWN | FILTERS)
add = Operation(
    "Add points to a customer's account",
    TRANSFER_ID,
    note="They can be spent for `validityDuration` days.",
    form=TransferForm,
    root="transfer",
)
spend = Operation("Take points from a customer's account", TRANSFER_ID, form=TransferForm, root="transfer")
cancel = Operation(
    "Take back what is left of an addition",
    EMPTY_LIST,
    note="One that was cancelled before stays so, and is no error.",
    refusals=[NOT_CANCELABLE.text],
)

CHAPTERS = [
    Chapter(
        "Points",
        "Movements of points: listed, made by hand, and taken back.",
        {
            "points-transfer-list": {"GET": transfers},
            "seller-points-transfer-list": {"GET": transfers},
            "customer-points-transfer-list": {
                "GET": Operation("List my movements of points, the latest first", TRANSFERS, query=OWN)
            },
            "points-transfer-add": {"POST": add},
            "points-transfer-spend": {"POST": spend},
            "points-transfer-cancel": {"POST": cancel},
            "pos-points-transfer-add": {"POST": add},
            "pos-points-transfer-spend": {"POST": spend},
            "customer-status": {"GET": status},
            "admin-customer-status": {"GET": status},
            "seller-customer-status": {"GET": status},
        },
        {"transfer": saying(ID, "The movement's id."), "customer": CUSTOMER_IN_PATH},
    ),
    Chapter(
        "The programme",
        "How points work here.",
        {
            "settings": {"GET": Operation("The settings of the programme", record({"settings": SETTINGS}))},
            "earning-rule-list": {
                "GET": Operation(
                    "Rules that add points: there are none",
                    record({"earningRules": EMPTY_LIST, "total": {"const": 0}}),
                    note="Points are added by staff, tills and partners.",
                )
            },
        },
    ),
]
