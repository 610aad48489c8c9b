"""The front end of the administrators: it speaks JSON only, and sends back on PUT what it read."""

from io import BytesIO
from typing import Any

from PIL import Image

from tools.clients.http import Broken, Connection, first_key, has, same

JOHN = "00000000-0000-474c-b092-b0dd880c07e1"
OF_THE_SERVER = {
    "campaignId",
    "id",
    "will_be_active_from",
    "will_be_active_to",
    "segmentNames",
    "levelNames",
    "usageLeft",
    "usageLeftForCustomer",
    "usersWhoUsedThisCampaignCount",
    "visibleForCustomersCount",
    "hasPhoto",
}
IN_THE_LIST = (
    "campaignId",
    "name",
    "active",
    "reward",
    "costInPoints",
    "unlimited",
    "usersWhoUsedThisCampaignCount",
    "coupons",
    "campaignActivity",
    "visibleForCustomersCount",
)


def play(server: str) -> None:
    app = Connection(server)
    signs_in(app)
    campaign = creates_a_campaign(app)
    edits_it(app, campaign)
    switches_it(app, campaign)
    gives_it_a_photo(app, campaign)
    sees_who_can_see_it(app, campaign)
    looks_a_customer_up(app)
    corrects_points(app)
    buys_for_a_customer(app, campaign)
    lists_what_was_redeemed(app)
    signs_out(app)


def signs_in(app: Connection) -> None:
    refused = app.call("POST", "admin/login_check", 401, json={"_username": "admin", "_password": "wrong"})
    has(refused, "code", "message")
    claims = app.log_in("admin", "admin", "open")
    same("the role in the token", "ROLE_ADMIN" in claims["roles"], True)
    has(app.post("token/refresh", {"refresh_token": app.refresh_token}), "token", "refresh_token")


def creates_a_campaign(app: Connection) -> str:
    """It fills the form's choices, shows what the server refuses, and sends again."""
    same("the first key of the segments", first_key(app.get("segment", perPage=1000, active="true")), "segments")
    levels = app.get("level")["levels"]
    has(levels[0], "id", "name")
    campaign = {
        "name": "Coffee for regulars",
        "reward": "discount_code",
        "shortDescription": "One **coffee**, any size",
        "active": True,
        "costInPoints": 5,
        "target": "level",
        "levels": [level["id"] for level in levels],
        "labels": "type:promotion;season:autumn",
        "unlimited": False,
        "singleCoupon": False,
        "limit": 3,
        "limitPerUser": 2,
        "coupons": ["COFFEE-1", "COFFEE-2", "COFFEE-3"],
        "campaignVisibility": {"allTimeVisible": True},
        "campaignActivity": window(all_time=False),
    }
    refused = app.post("campaign", {"campaign": campaign | {"name": ""}}, 400)
    same("the name's error", refused["form"]["children"]["name"]["errors"], ["This value should not be blank."])
    return app.post("campaign", {"campaign": campaign})["campaignId"]


def window(*, all_time: bool) -> dict[str, Any]:
    dates = {"activeFrom": "2020-01-01T00:00:00+02:00", "activeTo": "2037-01-01T00:00:00+02:00"}
    return {"allTimeActive": all_time, **dates}


def edits_it(app: Connection, campaign: str) -> None:
    """What it read goes back, less the keys it knows to be the server's; labels as text, dates also when all-time."""
    listed = app.get("campaign", page=1, perPage=20, sort="campaignActivity.activeFrom", direction="desc", active="1")
    for row in listed[first_key(listed)]:
        has(row, *IN_THE_LIST)
    before = app.get(f"campaign/{campaign}")
    labels = ";".join(f"{label['key']}:{label['value']}" for label in before["labels"])
    sent = {key: value for key, value in before.items() if key not in OF_THE_SERVER}
    sent |= {"target": "level", "labels": labels, "name": "Coffee for our regulars"}
    sent |= {"campaignActivity": window(all_time=True)}
    same("the id answered", app.put(f"campaign/{campaign}", {"campaign": sent})["campaignId"], campaign)
    after = app.get(f"campaign/{campaign}")
    for key in ("coupons", "labels", "levels", "limit", "limitPerUser", "shortDescription", "costInPoints"):
        same(f"{key} after the edit", after[key], before[key])
    same("the name after the edit", after["name"], "Coffee for our regulars")


def switches_it(app: Connection, campaign: str) -> None:
    app.post(f"campaign/{campaign}/inactive")
    same("the switch", app.get(f"campaign/{campaign}")["active"], False)
    app.post(f"campaign/{campaign}/active")
    same("the switch", app.get(f"campaign/{campaign}")["active"], True)


def gives_it_a_photo(app: Connection, campaign: str) -> None:
    """It asks for the photo to see whether there is one, and shows it in `<img>`, which sends no token."""
    photo = f"campaign/{campaign}/photo"
    app.answer("GET", photo, 404)
    small = app.call("POST", photo, 400, files={"photo[file]": ("small.png", picture(100), "image/png")})
    has(small["form"]["children"]["file"], "errors")
    app.call("POST", photo, files={"photo[file]": ("coffee.png", picture(640), "image/png")})
    shown = app.answer("GET", photo, anonymous=True)
    same("the photo's kind", shown.headers["Content-Type"], "image/png")
    app.call("DELETE", photo)
    app.answer("GET", photo, 404)


def picture(side: int) -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (side, side), "tan").save(drawn, "PNG")
    return drawn.getvalue()


def sees_who_can_see_it(app: Connection, campaign: str) -> None:
    page = app.get(f"campaign/{campaign}/customers/visible", page=1, perPage=5)
    count = app.get(f"campaign/{campaign}")["visibleForCustomersCount"]
    same("the number of customers who see it", page["total"], count)
    for customer in page[first_key(page)]:
        has(customer, "customerId", "firstName", "lastName", "createdAt")


def looks_a_customer_up(app: Connection) -> None:
    found = app.get("customer", emailOrPhone="user@oloy.com")
    same("the customer found", found[first_key(found)][0]["customerId"], JOHN)
    same("the customer read", app.get(f"customer/{JOHN}")["email"], "user@oloy.com")
    has(app.get(f"admin/customer/{JOHN}/status"), "points", "level", "levelName")


def corrects_points(app: Connection) -> None:
    before = app.get(f"admin/customer/{JOHN}/status")["points"]
    transfer = {"customer": JOHN, "points": 7, "comment": "by mistake"}
    added = app.post("points/transfer/add", {"transfer": transfer})["pointsTransferId"]
    listed = app.get("points/transfer", customerId=JOHN)
    same("the newest transfer", listed[first_key(listed)][0]["pointsTransferId"], added)
    app.post(f"points/transfer/{added}/cancel")
    same("the points afterwards", app.get(f"admin/customer/{JOHN}/status")["points"], before)
    refused = app.post("points/transfer/spend", {"transfer": transfer | {"points": 10**6}}, 400)
    same("the refusal", refused["form"]["children"]["points"]["errors"], ["not enough points"])


def buys_for_a_customer(app: Connection, campaign: str) -> None:
    app.post("points/transfer/add", {"transfer": {"customer": JOHN, "points": 10, "comment": "welcome"}})
    rewards = f"admin/customer/{JOHN}/campaign"
    offered = app.get(f"{rewards}/available", perPage=1000)["campaigns"]
    same("the campaign is offered", campaign in {row["campaignId"] for row in offered}, True)
    code = app.post(f"{rewards}/{campaign}/buy", {})["coupon"]["code"]
    app.post(f"{rewards}/{campaign}/coupon/{code}", {"used": True})
    bought = app.get(f"{rewards}/bought", includeDetails="true", perPage=1000)["campaigns"]
    (row,) = [row for row in bought if row["campaignId"] == campaign]
    same("the coupon's use", (row["coupon"]["code"], row["used"]), (code, True))
    same("the campaign's name", row["campaign"]["name"], "Coffee for our regulars")
    second = app.post(f"{rewards}/{campaign}/buy", {})["coupon"]["code"]
    coupon = {"used": True, "campaignId": campaign, "code": second, "customerId": JOHN}
    marked = app.post("admin/campaign/coupons/mark_as_used", {"coupons": [coupon]})
    same("the coupons marked", [(row["name"], row["used"]) for row in marked["coupons"]], [(second, True)])
    same("the limit's refusal", app.post(f"{rewards}/{campaign}/buy", {}, 400)["error"], "Limit per customer exceeded")


def lists_what_was_redeemed(app: Connection) -> None:
    redeemed = app.get("campaign/bought", used="1", purchasedAtFrom="2020-01-01", perPage=5)
    for row in redeemed["boughtCampaigns"]:
        has(row, "purchasedAt", "campaignId", "customerId", "coupon", "used")
    same("the first key", first_key(redeemed), "boughtCampaigns")
    exported = app.answer("GET", "campaign/bought/export/csv", query={"used": "1"})
    if not exported.headers["Content-Type"].startswith("text/csv"):
        raise Broken(f"the export is {exported.headers['Content-Type']}")
    has(app.get("campaign/active")["campaigns"][0], "id", "name")


def signs_out(app: Connection) -> None:
    same("the answer to signing out", app.get("token/revoke"), [])
    refused = app.post("token/refresh", {"refresh_token": app.refresh_token}, 401)
    same("the code in the body", refused["code"], 401)
