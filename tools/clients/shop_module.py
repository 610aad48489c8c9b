"""The module of a web shop, written in PHP: bracketed forms, an administrator's account, strict about statuses."""

from uuid import uuid4

from tools.clients.http import Connection, has, same

JOHN = "00000000-0000-474c-b092-b0dd880c07e1"
CARD = "47834433524"


def play(server: str) -> None:
    shop = Connection(server)
    logs_in_when_told_to(shop)
    customer = registers_a_customer(shop)
    updates_the_customer(shop, customer)
    finds_customers(shop)
    shows_points_and_rewards(shop)
    reads_the_programme(shop)


def logs_in_when_told_to(shop: Connection) -> None:
    """Without a token every answer is a 401 with that code inside, which is its sign to log in and ask again."""
    same("the code in the body", shop.get("level", 401)["code"], 401)
    shop.log_in("admin", "admin", "open", form=True)


def registers_a_customer(shop: Connection) -> str:
    email = f"{uuid4()}@shop.example"
    form = {
        "firstName": "Eve",
        "lastName": "Shopper",
        "email": email,
        "agreement1": True,
        "address": {"street": "Long Street", "city": "Gdańsk", "postal": "80-001", "country": "PL"},
    }
    registered = shop.call("POST", "customer/register", form={"customer": form})
    same("the e-mail answered", registered["email"], email)
    refused = shop.call("POST", "customer/register", 400, form={"customer": form})
    has(refused["form"]["children"]["email"], "errors")
    return registered["customerId"]


def updates_the_customer(shop: Connection, customer: str) -> None:
    read = shop.get(f"customer/{customer}")
    has(read, "customerId", "firstName", "lastName", "email", "agreement1")
    form = {"firstName": "Eva", "lastName": read["lastName"], "email": read["email"], "agreement1": True}
    shop.call("PUT", f"customer/{customer}", form={"customer": form})
    same("the name afterwards", shop.get(f"customer/{customer}")["firstName"], "Eva")


def finds_customers(shop: Connection) -> None:
    same("by e-mail", shop.get("customer", email="user@oloy.com")["customers"][0]["customerId"], JOHN)
    same("by phone", shop.get("customer", phone="11111")["customers"][0]["phone"].startswith("11111"), True)
    same("by card", shop.get(f"customer/{CARD}")["customerId"], JOHN)


def shows_points_and_rewards(shop: Connection) -> None:
    status = shop.get(f"customer/{JOHN}/status")
    has(status, "points", "levelName")
    float(status["level"].removesuffix("%"))
    rewards = f"admin/customer/{JOHN}/campaign"
    has(shop.get(f"{rewards}/available", page=1, perPage=1000), "campaigns")
    has(shop.get(f"{rewards}/bought", includeDetails="true"), "campaigns")
    shop.call("POST", "points/transfer/add", form={"transfer": {"customer": JOHN, "points": 3}})
    levels = [level["id"] for level in shop.get("level")["levels"]]
    campaign = {
        "reward": "value_code",
        "name": "Three off",
        "active": 1,
        "costInPoints": 3,
        "target": "level",
        "levels": levels,
        "unlimited": 1,
        "singleCoupon": 1,
        "coupons": ["THREE-OFF"],
        "campaignVisibility": {"allTimeVisible": 1},
        "campaignActivity": {"allTimeActive": 1},
    }
    campaign_id = shop.call("POST", "campaign", form={"campaign": campaign})["campaignId"]
    same("the coupon", shop.call("POST", f"{rewards}/{campaign_id}/buy")["coupon"]["code"], "THREE-OFF")


def reads_the_programme(shop: Connection) -> None:
    has(shop.get("settings"), "settings")
    has(shop.get("pos/identifier/pos1"), "posId")
    has(shop.get("earningRule"), "earningRules")
    has(shop.get("customer/transaction", customerId=JOHN), "transactions")
