"""What log-in takes and answers, in OpenAPI's terms."""

from loyalty_site.access.api.sellers import PARTS, SORTS
from loyalty_site.api.description.dialects import FAILURE, UNAUTHORIZED
from loyalty_site.api.description.operations import PAGING, Chapter, Operation, sorted_by
from loyalty_site.api.description.shapes import BOOLEAN, EMPTY_LIST, ID, TEXT, one_of, page_of, record, saying, words

CREDENTIALS = record({"_username": TEXT, "_password": TEXT | {"format": "password"}})
TOKENS = {
    "token": saying(TEXT, "A JWT; clients may read `exp`, `roles` and `id` in it."),
    "refresh_token": TEXT,
}
LOGGED_IN = record(TOKENS | {"error?": words(["password change needed"])})
NOT_ACTIVE = record({"message": words(["Your account is not active"])})


def log_in(who: str, name: str) -> Operation:
    return Operation(
        f"Log in as {who}",
        LOGGED_IN,
        note=f"`_username` is {name}. A temporary password is told by `error` beside the tokens.",
        body=CREDENTIALS,
        others={400: one_of(FAILURE, NOT_ACTIVE), 401: UNAUTHORIZED, 429: FAILURE},
    )


SELLER = record(
    {
        "name?": TEXT,
        "sellerId": ID,
        "firstName?": TEXT,
        "lastName?": TEXT,
        "email?": TEXT,
        "phone?": TEXT,
        "posId?": ID,
        "posName?": TEXT,
        "posCity?": TEXT,
        "active": BOOLEAN,
        "deleted": saying({"const": False}, "An account is switched off, never deleted."),
    },
    title="Seller",
)
SELLERS = (
    PAGING
    | sorted_by(list(SORTS))
    | {name: saying(TEXT, "A part of it, in any case.") for name in PARTS}
    | {"posId": saying(ID, "The store's id."), "active": saying(words(["1", "0"]), "Switched on or off.")}
)


CHAPTERS = [
    Chapter(
        "Log-in",
        "A password for a token. A token is valid for a day, a refresh token for longer.",
        {
            "admin_login_check": {"POST": log_in("an administrator", "a user name or an e-mail address")},
            "seller_login_check": {"POST": log_in("a seller", "an e-mail address or an id")},
            "customer_login_check": {
                "POST": log_in("a customer", "an e-mail address, a loyalty card number or a phone number")
            },
            "token_refresh": {
                "POST": Operation(
                    "Get a new token",
                    record(TOKENS),
                    body=record({"refresh_token": TEXT}),
                    others={401: UNAUTHORIZED},
                )
            },
            "token_revoke": {"GET": Operation("End the caller's refresh tokens", EMPTY_LIST)},
        },
    ),
    Chapter(
        "Sellers",
        "Who logs in at the tills.",
        {"seller-list": {"GET": Operation("List sellers", page_of("sellers", SELLER), query=SELLERS)}},
    ),
]
