"""Campaigns made ready over the API, for stories that begin later, and what a till does with them."""

from typing import Any
from uuid import uuid4

from tools.clients.http import Connection

JOHN = "00000000-0000-474c-b092-b0dd880c07e1"


def administrator(server: str) -> Connection:
    connection = Connection(server)
    connection.log_in("admin", "admin", "open")
    return connection


def till(server: str) -> Connection:
    connection = Connection(server)
    connection.log_in("seller", "john@doe.com", "open")
    return connection


def reward(staff: Connection, **told: Any) -> str:
    """A campaign that everybody may buy from; its id. Its name is its own, so that it is found among others."""
    levels = [level["id"] for level in staff.get("level")["levels"]]
    campaign = {
        "name": f"Tea {uuid4()}",
        "reward": "gift_code",
        "active": True,
        "costInPoints": 1,
        "target": "level",
        "levels": levels,
        "limit": 100,
        "limitPerUser": 100,
        "coupons": ["TEA-1"],
        "campaignVisibility": {"allTimeVisible": True},
        "campaignActivity": {"allTimeActive": True},
    }
    return staff.post("campaign", {"campaign": campaign | told})["campaignId"]


def bought(seller: Connection, campaign: str, customer: str = JOHN) -> str:
    """The code that a till sold."""
    return seller.post(f"seller/customer/{customer}/campaign/{campaign}/buy")["coupon"]["code"]
