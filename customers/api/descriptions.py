"""What the endpoints of the customers app take and answer, in OpenAPI's terms."""

from customers.api.customer_form import LONGEST_PASSWORD, PasswordField, RegistrationForm
from customers.api.customer_object import ADDRESS, COMPANY, STATES, TYPES
from customers.api.levels import CUSTOMER_SORTS
from customers.api.levels import SORTS as LEVEL_SORTS
from customers.api.sales_list import FILTERS as SALE_FILTERS
from customers.api.sales_list import SORTS as SALE_SORTS
from customers.api.segments import SORTS as SEGMENT_SORTS
from customers.api.stores import ADDRESS as STORE_ADDRESS
from customers.api.stores import SORTS as STORE_SORTS
from loyalty_site.api.description.forms import shape_of
from loyalty_site.api.description.operations import PAGING, Chapter, Operation, sorted_by
from loyalty_site.api.description.shapes import (
    ANYTHING,
    BOOLEAN,
    EMPTY_LIST,
    ID,
    INTEGER,
    MOMENT,
    NUMBER,
    TEXT,
    Schema,
    list_of,
    page_of,
    record,
    saying,
    words,
)

CUSTOMER_IN_PATH = saying(
    TEXT | {"example": "00000000-0000-474c-b092-b0dd880c07e2"}, "The customer's id or loyalty card number."
)
PERCENT = TEXT | {"pattern": r"^[0-9]+\.[0-9]{2}%$", "examples": ["14.00%"]}
LEVEL = record(
    {
        "id": ID,
        "name": TEXT,
        "description?": TEXT,
        "active": BOOLEAN,
        "conditionValue": saying(NUMBER, "The amount of sales from which on customers are on it."),
        "hasPhoto": {"const": False},
        "reward": record({"name": TEXT, "value": NUMBER, "code": TEXT}),
        "specialRewards": list_of(ANYTHING),
        "customersCount": INTEGER,
    },
    title="Level",
)
NAMED_CUSTOMER = record({"customerId": ID, "firstName?": TEXT, "lastName?": TEXT, "email?": TEXT})
SEGMENT = record(
    {
        "segmentId": ID,
        "name": TEXT,
        "description?": TEXT,
        "active": BOOLEAN,
        "parts": EMPTY_LIST,
        "createdAt": MOMENT,
        "customersCount": INTEGER,
    },
    title="Segment",
)
# A customer without what only other apps know.
CUSTOMER: dict[str, Schema] = {
    "customerId": ID,
    "active": saying(BOOLEAN, "Whether the customer may spend points."),
    "firstName?": TEXT,
    "lastName?": TEXT,
    "gender?": TEXT,
    "email?": TEXT,
    "phone?": TEXT,
    "birthDate?": MOMENT,
    "address?": record({f"{name}?": TEXT for name in ADDRESS}),
    "company?": record({f"{name}?": TEXT for name in COMPANY}),
    "loyaltyCardNumber?": TEXT,
    "createdAt": MOMENT,
    "levelId": ID,
    "manuallyAssignedLevelId?": record({"levelId": ID}),
    "posId?": ID,
    "posIdentifier?": TEXT,
    "agreement1": BOOLEAN,
    "agreement2": BOOLEAN,
    "agreement3": BOOLEAN,
    "status": record(
        {
            "availableTypes": list_of(words(TYPES)),
            "availableStates": list_of(words(STATES)),
            "type": TEXT,
            "state": words(STATES),
        }
    ),
    "updatedAt": MOMENT,
    "transactionsCount": INTEGER,
    "transactionsAmount": NUMBER,
    "transactionsAmountWithoutDeliveryCosts": NUMBER,
    "amountExcludedForLevel": NUMBER,
    "averageTransactionAmount": NUMBER,
    "lastTransactionDate?": MOMENT,
    "currency": TEXT,
    "levelPercent": PERCENT,
}

STORE = record(
    {
        "posId": ID,
        "name": TEXT,
        "identifier": TEXT,
        "description?": TEXT,
        "location": record({f"{name}?": TEXT for name in STORE_ADDRESS}),
        "transactionsAmount": NUMBER,
        "transactionsCount": INTEGER,
        "currency": TEXT,
    },
    title="Store",
)
SALE = record(
    {
        "grossValue": NUMBER,
        "transactionId": ID,
        "documentNumber": TEXT,
        "documentType": TEXT,
        "purchaseDate": MOMENT,
        "customerId": ID,
        "posId?": ID,
        "items": list_of(
            record(
                {
                    "sku": record({"code": TEXT}),
                    "name?": TEXT,
                    "quantity": NUMBER,
                    "grossValue": NUMBER,
                    "category?": TEXT,
                    "maker?": TEXT,
                }
            )
        ),
        "currency": TEXT,
    },
    title="Sale",
)


@shape_of.register
def _(field: PasswordField) -> Schema:
    return TEXT | {"format": "password", "maxLength": LONGEST_PASSWORD}


STORES = page_of("pos", STORE)
SALES = (
    PAGING
    | sorted_by(list(SALE_SORTS))
    | dict.fromkeys(SALE_FILTERS, TEXT)
    | {
        "posId": saying(ID, "The store's id."),
        "customerId": saying(TEXT, "Whose sales; administrators must say it, customers ask for their own."),
    }
)

stores = Operation("List stores with what they sold", STORES, query=PAGING | sorted_by(list(STORE_SORTS)))
register = Operation(
    "Register a customer",
    record({"customerId": ID, "email": TEXT}),
    note="`firstName`, `lastName`, `email` and `agreement1` must be there. With a password the customer can log in.",
    form=RegistrationForm,
    root="customer",
)
activate = Operation("Let a customer spend points", words([""]))
deactivate = Operation("Keep a customer from logging in and from spending points", words([""]))
levels = Operation("List levels", page_of("levels", LEVEL), query=PAGING | sorted_by(list(LEVEL_SORTS)))
level = Operation("One level", LEVEL)

CHAPTERS = [
    Chapter(
        "Registration",
        "Customers come in, and are let in or shut out.",
        {
            "customer-register": {"POST": register},
            "admin-customer-register": {"POST": register},
            "seller-customer-register": {"POST": register},
            "customer-activate": {"POST": activate},
            "customer-deactivate": {"POST": deactivate},
            "admin-customer-activate": {"POST": activate},
            "admin-customer-deactivate": {"POST": deactivate},
        },
        {"customer": CUSTOMER_IN_PATH},
    ),
    Chapter(
        "Levels",
        "Customers rise by what they buy in the shops.",
        {
            "level-list": {"GET": levels},
            "level-detail": {"GET": level},
            "level-customers": {
                "GET": Operation(
                    "List the customers on a level",
                    page_of("customers", NAMED_CUSTOMER),
                    query=PAGING | sorted_by(list(CUSTOMER_SORTS)),
                )
            },
            "seller-level-list": {"GET": levels},
            "seller-level-detail": {"GET": level},
        },
        {"level": saying(ID | {"example": "e82c96cf-32a3-43bd-9034-4df343e5fd94"}, "The level's id.")},
    ),
    Chapter(
        "Segments",
        "Groups of customers that campaigns are aimed at.",
        {
            "segment-list": {
                "GET": Operation(
                    "List segments",
                    page_of("segments", SEGMENT),
                    query=PAGING
                    | sorted_by(list(SEGMENT_SORTS))
                    | {"active": saying(words(["true", "false"]), "Switched on or off.")},
                )
            },
            "segment-detail": {"GET": Operation("One segment", SEGMENT)},
            "segment-activate": {"POST": Operation("Switch a segment on", None, status=204)},
            "segment-deactivate": {"POST": Operation("Switch a segment off", None, status=204)},
        },
        {"segment": saying(ID | {"example": "00000000-0000-0000-0000-000000000002"}, "The segment's id.")},
    ),
    Chapter(
        "Shops",
        "Stores, and what customers buy in them.",
        {
            "pos-list": {"GET": stores},
            "seller-pos-list": {"GET": stores},
            "pos-detail": {"GET": Operation("One store", STORE)},
            "pos-by-identifier": {"GET": Operation("One store by its identifier", STORE)},
            "customer-transaction-list": {
                "GET": Operation(
                    "List a customer's sales, the latest first", page_of("transactions", SALE), query=SALES, finds=True
                )
            },
        },
        {
            "store": saying(ID | {"example": "00000000-0000-474c-1111-b0dd880c07e2"}, "The store's id."),
            "identifier": saying(TEXT | {"example": "pos1"}, "The store's own identifier."),
        },
    ),
]
