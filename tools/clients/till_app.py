"""The front end of the tills: a seller looks customers and rewards up and moves points."""

from uuid import uuid4

from tools.clients.http import Connection, first_key, has, same

JANE = "00000000-0000-474c-b092-b0dd880c07e2"
ON_THE_SCREEN = (
    "campaignId",
    "name",
    "reward",
    "costInPoints",
    "active",
    "levels",
    "levelNames",
    "segments",
    "segmentNames",
    "unlimited",
    "coupons",
    "campaignActivity",
    "campaignVisibility",
)


def play(server: str) -> None:
    app = Connection(server)
    same("the role in the token", "ROLE_SELLER" in app.log_in("seller", "john@doe.com", "open")["roles"], True)
    shows_campaigns(app)
    finds_a_customer(app)
    shows_what_she_can_get(app)
    moves_points(app)
    registers_a_customer(app)
    reads_the_lists(app)
    is_told_what_is_not_a_sellers(app)


def shows_campaigns(app: Connection) -> None:
    listed = app.get("seller/campaign", page=1, perPage=20, sort="name", direction="asc")
    same("the first key", first_key(listed), "campaigns")
    for row in listed["campaigns"]:
        shown = app.get(f"seller/campaign/{row['campaignId']}")
        has(shown, *ON_THE_SCREEN)
        if not shown["unlimited"]:
            has(shown, "limit", "limitPerUser")


def finds_a_customer(app: Connection) -> None:
    found = app.post("pos/search/customer", {"search": {"email": "user-temp@oloy.com"}})["customers"]
    same("the customer found", [customer["customerId"] for customer in found], [JANE])
    listed = app.get("customer", lastName="Doe", perPage=5)
    same("the first key", first_key(listed), "customers")
    has(app.get(f"customer/{JANE}"), "customerId", "firstName", "lastName", "loyaltyCardNumber", "segments")
    has(app.get(f"seller/customer/{JANE}/status"), "points", "usedPoints", "level", "levelName", "transactionsCount")


def shows_what_she_can_get(app: Connection) -> None:
    for row in app.get(f"seller/customer/{JANE}/campaign/available")["campaigns"]:
        has(row, "canBeBoughtByCustomer", "usageLeftForCustomer")
    for row in app.get(f"seller/customer/{JANE}/campaign/bought", includeDetails="true")["campaigns"]:
        has(row, "campaign", "purchaseAt", "costInPoints", "coupon")


def moves_points(app: Connection) -> None:
    before = app.get(f"seller/customer/{JANE}/status")["points"]
    transfer = {"customer": JANE, "points": 4, "comment": "at the till"}
    app.post("pos/points/transfer/add", {"transfer": transfer})
    app.post("pos/points/transfer/spend", {"transfer": transfer})
    same("the points afterwards", app.get(f"seller/customer/{JANE}/status")["points"], before)
    listed = app.get("seller/points/transfer", customerId=JANE)
    for row in listed[first_key(listed)]:
        has(row, "pointsTransferId", "customerId", "value", "state", "type", "createdAt", "issuer")


def registers_a_customer(app: Connection) -> None:
    refused = app.post("seller/customer/register", {"customer": {"lastName": "Nowak"}}, 400)
    has(refused["form"]["children"]["firstName"], "errors")
    email = f"{uuid4()}@till.example"
    nowak = {"firstName": "Anna", "lastName": "Nowak", "email": email, "agreement1": True}
    registered = app.post("seller/customer/register", {"customer": nowak})
    found = app.post("pos/search/customer", {"search": {"email": email, "lastName": "nowak"}})["customers"]
    same("the customer registered", [customer["customerId"] for customer in found], [registered["customerId"]])


def reads_the_lists(app: Connection) -> None:
    has(app.get("seller/level")["levels"][0], "id", "name")
    has(app.get("seller/pos")["pos"][0], "posId", "name", "identifier")


def is_told_what_is_not_a_sellers(app: Connection) -> None:
    same("the refusal", app.get("campaign", 403), {"error": {"code": 403, "message": "Forbidden"}})
