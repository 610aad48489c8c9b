"""The one table of who may call what: route name → method → the roles, and the scope that an API token needs.

What is not in it is denied. Roles: Open Loyalty, Reward Campaigns API; a sale at the till needs the seller's account,
a purchase in a customer's name by the administration needs an administrator's.
"""

from dataclasses import dataclass

from django.http import HttpRequest

from loyalty_site.access import scopes
from loyalty_site.access.actors import Role


@dataclass(frozen=True)
class Allowed:
    """The roles that may call, and the scope a token needs besides; no scope: any token of these roles.

    With `by_account`, people need besides that their account lets them move points.
    """

    roles: frozenset[Role]
    scope: str | None = None
    by_account: bool = False


ANYBODY = Allowed(frozenset())  # credentials are not even looked at
EVERY_ROLE = Allowed(frozenset(Role))
OF_PARTNERS = Allowed(frozenset({Role.PARTNER}))  # what the partner itself has done
OWN = Allowed(frozenset({Role.CUSTOMER}))  # what a customer has and may do


def admin(scope: str) -> Allowed:
    return Allowed(frozenset({Role.ADMIN}), scope)


def admin_seller_and_customer(scope: str) -> Allowed:
    return Allowed(frozenset({Role.ADMIN, Role.SELLER, Role.CUSTOMER}), scope)


def admin_and_customer(scope: str) -> Allowed:
    return Allowed(frozenset({Role.ADMIN, Role.CUSTOMER}), scope)


def seller(scope: str) -> Allowed:
    return Allowed(frozenset({Role.SELLER}), scope)


def seller_moving_points(scope: str) -> Allowed:
    return Allowed(frozenset({Role.SELLER}), scope, by_account=True)


def admin_and_seller(scope: str) -> Allowed:
    return Allowed(frozenset({Role.ADMIN, Role.SELLER}), scope)


def partner(scope: str) -> Allowed:
    return Allowed(frozenset({Role.PARTNER}), scope)


ENDPOINTS: dict[str, dict[str, Allowed]] = {
    # probes
    "healthz": {"GET": ANYBODY},
    "readyz": {"GET": ANYBODY},
    # the description of all this
    "api-description": {"GET": ANYBODY},
    "api-page": {"GET": ANYBODY},
    # log-in
    "admin_login_check": {"POST": ANYBODY},
    "seller_login_check": {"POST": ANYBODY},
    "customer_login_check": {"POST": ANYBODY},
    "token_refresh": {"POST": ANYBODY},
    "token_revoke": {"GET": EVERY_ROLE},
    # campaigns
    "campaign-list": {"GET": admin(scopes.CAMPAIGNS_READ), "POST": admin(scopes.CAMPAIGNS_WRITE)},
    "campaign-active-list": {"GET": admin(scopes.CAMPAIGNS_READ)},
    "campaign-bought-list": {"GET": admin(scopes.CUSTOMERS_READ)},
    "campaign-bought-export": {"GET": admin(scopes.CUSTOMERS_EXPORT)},
    "campaign-detail": {
        "GET": admin_seller_and_customer(scopes.CAMPAIGNS_READ),  # customers: what is visible for them
        "PUT": admin(scopes.CAMPAIGNS_WRITE),
    },
    "campaign-switch-on": {"POST": admin(scopes.CAMPAIGNS_WRITE)},
    "campaign-switch-off": {"POST": admin(scopes.CAMPAIGNS_WRITE)},
    "campaign-visible-customers": {"GET": admin(scopes.CUSTOMERS_READ)},
    "campaign-photo": {
        "GET": ANYBODY,  # front ends show it in <img>, which sends no credential
        "POST": admin(scopes.CAMPAIGNS_WRITE),
        "DELETE": admin(scopes.CAMPAIGNS_WRITE),
    },
    "admin-customer-available": {"GET": admin_and_seller(scopes.CUSTOMERS_READ)},
    "admin-customer-buy": {"POST": admin(scopes.REWARDS_BUY)},
    "seller-campaign-list": {"GET": admin_and_seller(scopes.CAMPAIGNS_READ)},
    "seller-campaign-detail": {"GET": admin_seller_and_customer(scopes.CAMPAIGNS_READ)},
    "seller-customer-available": {"GET": admin_and_seller(scopes.CUSTOMERS_READ)},
    "seller-customer-buy": {"POST": seller(scopes.REWARDS_BUY)},
    "admin-customer-bought": {"GET": admin_and_seller(scopes.CUSTOMERS_READ)},
    "seller-customer-bought": {"GET": admin_and_seller(scopes.CUSTOMERS_READ)},
    "admin-customer-coupon": {"POST": admin(scopes.REWARDS_BUY)},
    "admin-coupons-used": {"POST": admin(scopes.REWARDS_BUY)},
    # a customer's own rewards
    "customer-available": {"GET": OWN},
    "customer-bought": {"GET": OWN},
    "customer-buy": {"POST": OWN},
    "customer-coupon": {"POST": OWN},
    "customer-coupons-used": {"POST": OWN},
    # customers, levels and segments
    "customer-list": {"GET": admin_and_seller(scopes.CUSTOMERS_READ)},
    "admin-customer-list": {"GET": admin_and_seller(scopes.CUSTOMERS_READ)},
    "customer-detail": {
        "GET": admin_seller_and_customer(scopes.CUSTOMERS_READ),  # customers: themselves
        "PUT": admin_and_seller(scopes.CUSTOMERS_WRITE),
    },
    "customer-register": {"POST": admin_and_seller(scopes.CUSTOMERS_WRITE)},
    "admin-customer-register": {"POST": admin(scopes.CUSTOMERS_WRITE)},
    "seller-customer-register": {"POST": seller(scopes.CUSTOMERS_WRITE)},
    "customer-activate": {"POST": admin(scopes.CUSTOMERS_WRITE)},
    "customer-deactivate": {"POST": admin(scopes.CUSTOMERS_WRITE)},
    "admin-customer-activate": {"POST": admin(scopes.CUSTOMERS_WRITE)},
    "admin-customer-deactivate": {"POST": admin(scopes.CUSTOMERS_WRITE)},
    "customer-status": {"GET": admin_seller_and_customer(scopes.CUSTOMERS_READ)},  # customers: their own
    "admin-customer-status": {"GET": admin_and_seller(scopes.CUSTOMERS_READ)},
    "seller-customer-status": {"GET": admin_and_seller(scopes.CUSTOMERS_READ)},
    "pos-search-customer": {"POST": admin_and_seller(scopes.CUSTOMERS_READ)},
    "level-list": {"GET": admin_and_seller(scopes.CUSTOMERS_READ)},
    "level-detail": {"GET": admin_and_seller(scopes.CUSTOMERS_READ)},
    "level-customers": {"GET": admin_and_seller(scopes.CUSTOMERS_READ)},
    "seller-level-list": {"GET": admin_and_seller(scopes.CUSTOMERS_READ)},
    "seller-level-detail": {"GET": admin_and_seller(scopes.CUSTOMERS_READ)},
    "segment-list": {"GET": admin(scopes.CUSTOMERS_READ)},
    "segment-detail": {"GET": admin(scopes.CUSTOMERS_READ)},
    "segment-customers": {"GET": admin(scopes.CUSTOMERS_READ)},
    "segment-activate": {"POST": admin(scopes.CUSTOMERS_WRITE)},
    "segment-deactivate": {"POST": admin(scopes.CUSTOMERS_WRITE)},
    # points
    "points-transfer-list": {"GET": admin(scopes.POINTS_READ)},
    "points-transfer-add": {"POST": admin(scopes.POINTS_WRITE)},
    "points-transfer-spend": {"POST": admin(scopes.POINTS_WRITE)},
    "points-transfer-cancel": {"POST": admin(scopes.POINTS_WRITE)},
    "seller-points-transfer-list": {"GET": admin_and_seller(scopes.POINTS_READ)},
    "customer-points-transfer-list": {"GET": OWN},
    "pos-points-transfer-add": {"POST": seller_moving_points(scopes.POINTS_WRITE)},
    "pos-points-transfer-spend": {"POST": seller_moving_points(scopes.POINTS_WRITE)},
    # RBI
    "loyalty-user": {"GET": partner(scopes.CUSTOMERS_READ)},
    "loyalty-user-points": {"GET": partner(scopes.POINTS_READ), "POST": partner(scopes.POINTS_ASSIGN)},
    "loyalty-user-transactions": {"GET": partner(scopes.POINTS_READ)},
    "loyalty-user-offers": {"GET": partner(scopes.OFFERS_READ)},
    "transaction-search": {"POST": partner(scopes.POINTS_READ)},
    "bulk-assign-points": {"POST": partner(scopes.POINTS_ASSIGN)},
    "bulk-create-offer": {"POST": partner(scopes.OFFERS_ASSIGN)},
    "bulk-assign-points-cold": {"POST": partner(scopes.POINTS_ASSIGN)},
    "bulk-create-offer-cold": {"POST": partner(scopes.OFFERS_ASSIGN)},
    "bulk-trace": {"GET": OF_PARTNERS},
    # stores, sellers, the programme
    "seller-list": {"GET": admin(scopes.SETTINGS_READ)},
    "pos-list": {"GET": admin(scopes.SETTINGS_READ)},
    "pos-detail": {"GET": admin(scopes.SETTINGS_READ)},
    "pos-by-identifier": {"GET": admin(scopes.SETTINGS_READ)},
    "seller-pos-list": {"GET": admin_and_seller(scopes.SETTINGS_READ)},
    "settings": {"GET": admin(scopes.SETTINGS_READ)},
    "earning-rule-list": {"GET": admin(scopes.SETTINGS_READ)},
    "customer-transaction-list": {"GET": admin_and_customer(scopes.CUSTOMERS_READ)},  # customers: their own
    # partners: Capillary
    "oauth-token-generate": {"POST": ANYBODY},  # the body holds the credential
    "promotion-issue": {"POST": partner(scopes.PROMOTIONS_ENROL)},
    "customer-lookup": {"GET": partner(scopes.CUSTOMERS_READ)},
    "customer-lookup-promotions": {"GET": partner(scopes.PROMOTIONS_READ)},
    # Exchange Solutions
    "es-token": {"POST": ANYBODY},
    "es-session": {"POST": partner(scopes.OFFERS_READ)},
    "es-offer-answer": {"PUT": partner(scopes.OFFERS_ANSWER)},
    "es-best-offer": {"GET": partner(scopes.OFFERS_READ)},
    "es-offers": {"GET": partner(scopes.OFFERS_READ), "POST": partner(scopes.OFFERS_ANSWER)},
    "es-future-offers": {"GET": partner(scopes.OFFERS_READ)},
}


def route_of(request: HttpRequest) -> str | None:
    """The name of the route that the request took."""
    return request.resolver_match and request.resolver_match.url_name


def row_of(route: str | None) -> dict[str, Allowed]:
    """The methods of a route; none for a route that is not in the table."""
    return ENDPOINTS.get(route or "", {})


def allowed(route: str | None, method: str) -> Allowed | None:
    """Who may; None where nobody may. HEAD is GET without the body."""
    return row_of(route).get("GET" if method == "HEAD" else method)
