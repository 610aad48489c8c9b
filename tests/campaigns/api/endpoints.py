"""Endpoints of this app and of points: who may call them, with paths whose ids name nothing."""

from typing import NamedTuple

from loyalty_site.access import scopes
from loyalty_site.access.actors import Role
from tests.callers import JSON, Caller, told

NOBODY = "00000000-0000-474c-b092-000000000000"
NOT_JSON = {"body": "{", "media": JSON}


class Endpoint(NamedTuple):
    method: str
    path: str
    roles: set[str]
    scope: str  # that a token needs


ADMIN, SELLER, BOTH, ALL = {"admin"}, {"seller"}, {"admin", "seller"}, {"admin", "seller", "member"}
ROLES = {"admin": Role.ADMIN, "seller": Role.SELLER, "member": Role.CUSTOMER}
ENDPOINTS = {
    "list": Endpoint("GET", "/api/campaign", ADMIN, scopes.CAMPAIGNS_READ),
    "create": Endpoint("POST", "/api/campaign", ADMIN, scopes.CAMPAIGNS_WRITE),
    "detail": Endpoint("GET", f"/api/campaign/{NOBODY}", ALL, scopes.CAMPAIGNS_READ),
    "update": Endpoint("PUT", f"/api/campaign/{NOBODY}", ADMIN, scopes.CAMPAIGNS_WRITE),
    "switch on": Endpoint("POST", f"/api/campaign/{NOBODY}/active", ADMIN, scopes.CAMPAIGNS_WRITE),
    "switch off": Endpoint("POST", f"/api/campaign/{NOBODY}/inactive", ADMIN, scopes.CAMPAIGNS_WRITE),
    "visible": Endpoint("GET", f"/api/campaign/{NOBODY}/customers/visible", ADMIN, scopes.CUSTOMERS_READ),
    "available": Endpoint("GET", f"/api/admin/customer/{NOBODY}/campaign/available", BOTH, scopes.CUSTOMERS_READ),
    "buy": Endpoint("POST", f"/api/admin/customer/{NOBODY}/campaign/{NOBODY}/buy", ADMIN, scopes.REWARDS_BUY),
    "seller list": Endpoint("GET", "/api/seller/campaign", BOTH, scopes.CAMPAIGNS_READ),
    "seller detail": Endpoint("GET", f"/api/seller/campaign/{NOBODY}", ALL, scopes.CAMPAIGNS_READ),
    "seller available": Endpoint(
        "GET", f"/api/seller/customer/{NOBODY}/campaign/available", BOTH, scopes.CUSTOMERS_READ
    ),
    "seller buy": Endpoint("POST", f"/api/seller/customer/{NOBODY}/campaign/{NOBODY}/buy", SELLER, scopes.REWARDS_BUY),
    "bought": Endpoint("GET", f"/api/admin/customer/{NOBODY}/campaign/bought", BOTH, scopes.CUSTOMERS_READ),
    "seller bought": Endpoint("GET", f"/api/seller/customer/{NOBODY}/campaign/bought", BOTH, scopes.CUSTOMERS_READ),
    "mark coupons": Endpoint("POST", "/api/admin/campaign/coupons/mark_as_used", ADMIN, scopes.REWARDS_BUY),
    "active names": Endpoint("GET", "/api/campaign/active", ADMIN, scopes.CAMPAIGNS_READ),
    "all bought": Endpoint("GET", "/api/campaign/bought", ADMIN, scopes.CUSTOMERS_READ),
    "export": Endpoint("GET", "/api/campaign/bought/export/csv", ADMIN, scopes.CUSTOMERS_EXPORT),
    "customer list": Endpoint("GET", "/api/customer", BOTH, scopes.CUSTOMERS_READ),
    "admin customer list": Endpoint("GET", "/api/admin/customer", BOTH, scopes.CUSTOMERS_READ),
    "customer detail": Endpoint("GET", f"/api/customer/{NOBODY}", ALL, scopes.CUSTOMERS_READ),
    "status": Endpoint("GET", f"/api/customer/{NOBODY}/status", ALL, scopes.CUSTOMERS_READ),
    "admin status": Endpoint("GET", f"/api/admin/customer/{NOBODY}/status", BOTH, scopes.CUSTOMERS_READ),
    "seller status": Endpoint("GET", f"/api/seller/customer/{NOBODY}/status", BOTH, scopes.CUSTOMERS_READ),
    "change customer": Endpoint("PUT", f"/api/customer/{NOBODY}", BOTH, scopes.CUSTOMERS_WRITE),
    "register": Endpoint("POST", "/api/customer/register", BOTH, scopes.CUSTOMERS_WRITE),
    "admin register": Endpoint("POST", "/api/admin/customer/register", ADMIN, scopes.CUSTOMERS_WRITE),
    "seller register": Endpoint("POST", "/api/seller/customer/register", SELLER, scopes.CUSTOMERS_WRITE),
    "activate": Endpoint("POST", f"/api/customer/{NOBODY}/activate", ADMIN, scopes.CUSTOMERS_WRITE),
    "deactivate": Endpoint("POST", f"/api/admin/customer/{NOBODY}/deactivate", ADMIN, scopes.CUSTOMERS_WRITE),
    "search customers": Endpoint("POST", "/api/pos/search/customer", BOTH, scopes.CUSTOMERS_READ),
    "level list": Endpoint("GET", "/api/level", BOTH, scopes.CUSTOMERS_READ),
    "level detail": Endpoint("GET", f"/api/level/{NOBODY}", BOTH, scopes.CUSTOMERS_READ),
    "level customers": Endpoint("GET", f"/api/level/{NOBODY}/customers", BOTH, scopes.CUSTOMERS_READ),
    "seller level list": Endpoint("GET", "/api/seller/level", BOTH, scopes.CUSTOMERS_READ),
    "seller level detail": Endpoint("GET", f"/api/seller/level/{NOBODY}", BOTH, scopes.CUSTOMERS_READ),
    "segment list": Endpoint("GET", "/api/segment", ADMIN, scopes.CUSTOMERS_READ),
    "segment detail": Endpoint("GET", f"/api/segment/{NOBODY}", ADMIN, scopes.CUSTOMERS_READ),
    "segment customers": Endpoint("GET", f"/api/segment/{NOBODY}/customers", ADMIN, scopes.CUSTOMERS_READ),
    "activate segment": Endpoint("POST", f"/api/segment/{NOBODY}/activate", ADMIN, scopes.CUSTOMERS_WRITE),
    "deactivate segment": Endpoint("POST", f"/api/segment/{NOBODY}/deactivate", ADMIN, scopes.CUSTOMERS_WRITE),
    "add points": Endpoint("POST", "/api/points/transfer/add", ADMIN, scopes.POINTS_WRITE),
    "spend points": Endpoint("POST", "/api/points/transfer/spend", ADMIN, scopes.POINTS_WRITE),
    "cancel points": Endpoint("POST", f"/api/points/transfer/{NOBODY}/cancel", ADMIN, scopes.POINTS_WRITE),
    "transfers": Endpoint("GET", "/api/points/transfer", ADMIN, scopes.POINTS_READ),
    "seller transfers": Endpoint("GET", "/api/seller/points/transfer", BOTH, scopes.POINTS_READ),
    "till add": Endpoint("POST", "/api/pos/points/transfer/add", SELLER, scopes.POINTS_WRITE),
    "till spend": Endpoint("POST", "/api/pos/points/transfer/spend", SELLER, scopes.POINTS_WRITE),
    "stores": Endpoint("GET", "/api/pos", ADMIN, scopes.SETTINGS_READ),
    "seller stores": Endpoint("GET", "/api/seller/pos", BOTH, scopes.SETTINGS_READ),
    "store": Endpoint("GET", f"/api/pos/{NOBODY}", ADMIN, scopes.SETTINGS_READ),
    "store by identifier": Endpoint("GET", "/api/pos/identifier/nowhere", ADMIN, scopes.SETTINGS_READ),
    "earning rules": Endpoint("GET", "/api/earningRule", ADMIN, scopes.SETTINGS_READ),
}
LISTS = {
    "list": {"campaigns": [], "total": 0},
    "seller list": {"campaigns": [], "total": 0},
    "active names": {"campaigns": []},
    "all bought": {"boughtCampaigns": [], "total": 0},
    "customer list": {"customers": [], "total": 0},
    "admin customer list": {"customers": [], "total": 0},
    "level list": {"levels": [], "total": 0},
    "seller level list": {"levels": [], "total": 0},
    "segment list": {"segments": [], "total": 0},
    "transfers": {"transfers": [], "total": 0},
    "seller transfers": {"transfers": [], "total": 0},
    "stores": {"pos": [], "total": 0},
    "seller stores": {"pos": [], "total": 0},
    "earning rules": {"earningRules": [], "total": 0},
}
FILES = {"export"}
PLAIN = {"mark coupons"}  # these tell no more than that the body is bad
REGISTRATIONS = {"register", "admin register", "seller register"}
TRANSFERS = {"add points", "spend points", "till add", "till spend"}
FORMS = {"create", "search customers"} | REGISTRATIONS | TRANSFERS  # the others name something in their path


def call(caller: Caller, endpoint: Endpoint):
    """With a body that is no JSON, which nobody looks at before it is known who calls."""
    return told(caller.send(endpoint.method, endpoint.path, **NOT_JSON))
