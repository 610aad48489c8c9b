"""The front end of the customers: what one can get, getting it, and the coupons one has."""

from tools.clients.http import Connection, first_key, has, same

REWARD = {
    "name": "A cake with the coffee",
    "reward": "gift_code",
    "active": True,
    "costInPoints": 2,
    "target": "level",
    "limit": 2,
    "limitPerUser": 2,
    "coupons": ["CAKE-1", "CAKE-2"],
    "campaignVisibility": {"allTimeVisible": True},
    "campaignActivity": {"allTimeActive": True},
}


def play(server: str) -> None:
    app = Connection(server)
    claims = app.log_in("customer", "user@oloy.com", "loyalty")
    same("the role in the token", "ROLE_PARTICIPANT" in claims["roles"], True)
    campaign = somebody_offers_a_reward(server, claims["id"])
    sees_it(app, claims["id"], campaign)
    code = gets_it(app, campaign)
    uses_it(app, campaign, code)
    reads_the_movements(app)


def somebody_offers_a_reward(server: str, customer: str) -> str:
    staff = Connection(server)
    staff.log_in("admin", "admin", "open")
    staff.post("points/transfer/add", {"transfer": {"customer": customer, "points": 4}})
    levels = [level["id"] for level in staff.get("level")["levels"]]
    return staff.post("campaign", {"campaign": REWARD | {"levels": levels}})["campaignId"]


def sees_it(app: Connection, customer: str, campaign: str) -> None:
    """The button to buy is shown where no `will_be_active_*` is told and the points suffice."""
    offered = app.get("customer/campaign/available", perPage=1000, sort="description")
    (row,) = [row for row in offered[first_key(offered)] if row["campaignId"] == campaign]
    points = app.get(f"customer/{customer}/status")["points"]
    same("the button", "will_be_active_from" not in row and points >= row["costInPoints"], True)
    for secret in ("coupons", "levels", "segments"):
        same(f"{secret} shown to a customer", secret in row, False)
    same("the customer's name", app.get(f"customer/{customer}")["firstName"], "John")
    app.answer("GET", f"campaign/{campaign}/photo", 404, anonymous=True)


def gets_it(app: Connection, campaign: str) -> str:
    code = app.post(f"customer/campaign/{campaign}/buy")["coupon"]["code"]
    bought = app.get("customer/campaign/bought", includeDetails="true", perPage=1000)["campaigns"]
    (row,) = [row for row in bought if row["campaignId"] == campaign]
    same("the coupon", (row["coupon"]["code"], row["used"]), (code, False))
    same("the reward's name", row["campaign"]["name"], REWARD["name"])
    return code


def uses_it(app: Connection, campaign: str, code: str) -> None:
    """One by its own address, one among several."""
    same("the answer", app.post(f"customer/campaign/{campaign}/coupon/{code}", {"used": True}), {"used": True})
    second = app.post(f"customer/campaign/{campaign}/buy")["coupon"]["code"]
    coupon = {"used": True, "campaignId": campaign, "code": second}
    marked = app.post("customer/campaign/coupons/mark_as_used", {"coupons": [coupon]})["coupons"]
    same("the coupons marked", [(row["name"], row["used"]) for row in marked], [(second, True)])
    has(app.post(f"customer/campaign/{campaign}/buy", status=400), "error")


def reads_the_movements(app: Connection) -> None:
    listed = app.get("customer/points/transfer", page=1, perPage=10)
    same("the first key", first_key(listed), "transfers")
    for row in listed["transfers"]:
        has(row, "pointsTransferId", "value", "type", "state", "createdAt")
