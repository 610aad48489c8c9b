"""A marketplace that is a client of Capillary: it enrols its customers in promotions.

The customer is new each time, as the one who may be enrolled only once can be that only once.
"""

from typing import Any
from uuid import uuid4

from tools.clients.http import Connection, basic, same

LOOKUP, PROMOTIONS, ISSUE = "v2/customers/lookup", "v2/customers/lookup/promotionData", "v2/promotion/issue"
PROGRAM, ONCE, OFTEN = 469, 65777, 57099
TOM = {
    "mobile": "18767431754",
    "email": "tom.sawyer@example.com",
    "externalId": "000003873354",
    "id": "98662653",
}


def play(server: str) -> None:
    shop = Connection(server, root="")
    gets_a_token(shop)
    finds_a_customer_by_whatever_it_knows(shop)
    email = somebody_registers(server)
    enrols_once(shop, email)
    enrols_again_and_again(shop, email)
    sees_the_promotions(shop, email)
    is_told_what_is_wrong(shop, email)
    only_looks(server, email)


def gets_a_token(shop: Connection) -> None:
    generate = "v3/oauth/token/generate"
    refused = shop.post(generate, {"key": "capillary", "secret": "wrong"}, 401)
    same("the refusal", codes(refused), [401])
    granted = shop.post(generate, {"key": "capillary", "secret": "capillary"})["data"]
    same("the token lasts some time", granted["ttlSeconds"] > 0, True)
    shop.credential = {"X-CAP-API-OAUTH-TOKEN": granted["accessToken"]}


def finds_a_customer_by_whatever_it_knows(shop: Connection) -> None:
    for name, value in TOM.items():
        found = shop.get(LOOKUP, identifierName=name, identifierValue=value, source="INSTORE")
        same(f"the customer found by {name}", found, {"entity": 98662653, "warnings": []})


def somebody_registers(server: str) -> str:
    staff = Connection(server)
    staff.log_in("admin", "admin", "open")
    email = f"{uuid4()}@marketplace.example"
    customer = {"firstName": "Mia", "lastName": "Buyer", "email": email, "agreement1": True}
    staff.post("customer/register", {"customer": customer})
    return email


def enrols_once(shop: Connection, email: str) -> None:
    """The second time it is warned: there is no error, and nothing happened."""
    issued = enrols(shop, email, ONCE)
    same("warnings and errors", (issued["warnings"], issued["errors"]), ([], []))
    (effect,) = issued["sideEffects"]
    constant = {"programId": PROGRAM, "promotionId": ONCE, "type": "Points promotion"}
    same("the effect", effect, {"issualId": effect["issualId"], **constant})
    warned = enrols(shop, email, ONCE)
    same("errors and effects", (warned["errors"], warned["sideEffects"]), ([], []))
    same("the warning", [(note["status"], note["code"]) for note in warned["warnings"]], [(False, 8890)])


def enrols_again_and_again(shop: Connection, email: str) -> None:
    first, second = (enrols(shop, email, OFTEN)["sideEffects"][0]["issualId"] for _ in range(2))
    same("the later enrolment has the higher number", second > first, True)


def sees_the_promotions(shop: Connection, email: str) -> None:
    page = shop.get(PROMOTIONS, **by(email), limit=10, offset=0)
    same("the number of promotions", page["pageDetails"]["totalEntries"], 2)
    used = {row["promotionId"]: row["promotionRestriction"]["issualRestrictions"][0] for row in page["promotions"]}
    same("the promotion for once", usage(used[ONCE]), ("1", "1"))
    same("the other", usage(used[OFTEN]), ("2", "100"))
    second = shop.get(PROMOTIONS, **by(email), limit=1, offset=1)["promotions"]
    same("the second page", second, page["promotions"][1:])


def usage(restriction: dict[str, Any]) -> tuple[str, str]:
    return restriction["currentCustomerUsage"], restriction["maxLimit"]


def is_told_what_is_wrong(shop: Connection, email: str) -> None:
    same("of an unknown customer", codes(enrols(shop, f"{uuid4()}@nowhere.example", ONCE, 400)), [8015])
    same("of an unknown promotion", codes(enrols(shop, email, 1, 400)), [8874])
    unnamed = shop.call("POST", ISSUE, 400, json={"programId": PROGRAM, "promotionId": ONCE})
    same("of nobody", codes(unnamed), [11013])
    unknown = by(email) | {"source": "PAPER"}
    same("of an unknown source", codes(shop.get(LOOKUP, 400, **unknown)), [8003])


def only_looks(server: str, email: str) -> None:
    """A credential that may not write."""
    reader = Connection(server, basic("capillary-readonly", "capillary"), root="")
    before = reader.get(PROMOTIONS, **by(email))
    same("the refusal", codes(enrols(reader, email, OFTEN, 403)), [403])
    same("the promotions", reader.get(PROMOTIONS, **by(email)), before)


def enrols(shop: Connection, email: str, promotion: int, status: int = 200) -> Any:
    ids = {"programId": PROGRAM, "promotionId": promotion}
    return shop.call("POST", ISSUE, status, query=by(email), json=ids)


def by(email: str) -> dict[str, str]:
    return {"identifierName": "email", "identifierValue": email, "source": "ECOMMERCE"}


def codes(refused: dict[str, Any]) -> list[int]:
    same("the warnings", refused["warnings"], [])
    return [error["code"] for error in refused["errors"]]
